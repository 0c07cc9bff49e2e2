"""The edition of `examples/`, and guests in it: TEI that was not made here, each in its own style.

One build serves all. Guests (a play, a letter, minutes with an apparatus) are checked as TEI,
published in every form, found by the search, cited, and never rewritten.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from diplomatic.build.progress import Progress
from diplomatic.build.runner import Options, run_build
from diplomatic.checking.document import check_file
from diplomatic.edition import load_edition

FOREIGN = Path(__file__).parent / "foreign"
NAMES = sorted(path.stem for path in FOREIGN.glob("*.xml"))
WORDS = {
    "letter-1911": ["foresail", "It was the Gull, not the Tern.", "Burn this."],
    "minutes-1922": ["beschließt [B: empfiehlt]", "öffnen [B: schließen]", "Siehe 1. April."],
    "play": ["The lamp is out, and yet the sea", "an old man", "I see only the rain."],
}
OWN = {
    "ballad-1911": "the herring came to look at it",
    "telegram-1931-02-11": "request cutter stop",
    "letter-1931-02-12": "writes [ink: blue] that her master",
    "journal-1931-02": "nothing but ice on the oars",
    "minutes-1931-03-02": "It was a form.",
    "report-1931-03-20": "By her own log",
    "letter-1931-04-04": "The garden gate at Orm",
    "memorandum-1931-04-18": "Minutes of 2 March 1931.",
    "exhibition-1961": "“The cutter leaves at noon.”",
    "sable-canal": "Waters of Northland",
    "tern-light": "she could hear the herring",
}
EXAMPLE = Path(__file__).parents[2] / "examples" / "port-sable"
# What takes long and is tested elsewhere.
FASTER = (
    ("[web]", "[web]\nfonts = false"),
    ('document_page = "a4"', 'document_page = "a4"\ndocuments = false'),
)


@pytest.fixture(scope="module")
def edition_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("output"))
    shutil.copytree(FOREIGN, folder / "tei" / "documents", dirs_exist_ok=True)
    path = folder / "tei" / "edition.toml"
    text = path.read_text("utf-8")
    for old, new in FASTER:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(edition_dir):
    account = run_build(load_edition(edition_dir), Options(processes=1), Progress(quiet=True))
    return edition_dir, account


def test_the_example_builds_without_a_word_of_complaint(built):
    _, account = built
    own = [f for f in account.findings if Path(f.place.file).stem not in NAMES]
    assert {finding.code for finding in own} <= {"D130", "D427", "D601"}
    assert account.made["documents"] == len(OWN) + len(NAMES)


@pytest.mark.parametrize("name", OWN)
def test_each_of_its_documents_is_there_in_every_form(built, name):
    folder, _ = built
    page = (folder / "output/html" / f"{name}.html").read_text("utf-8")
    plain = " ".join(_text(page).split())
    assert OWN[name] in plain
    source = next((folder / "tei/sources").glob(f"{name}.[!t]*"), None)
    if source is not None and source.suffix != ".txt":
        # The file as received, and its lines as text, which the source view shows.
        sources = folder / "output/html/tei/sources"
        assert (sources / source.name).read_bytes() == source.read_bytes()
        text = (sources / f"{name}.txt").read_text("utf-8")
        shown = (folder / "output/html" / f"{name}.source.html").read_text("utf-8")
        assert text.splitlines()[0] in _text(shown)
        for address in (f"tei/sources/{name}.txt", f"tei/sources/{source.name}"):
            assert f'href="{address}" download' in page


@pytest.mark.parametrize("name", NAMES)
def test_it_is_held_to_tei_and_not_to_the_schema_of_the_edition(edition_dir, name):
    document = load_edition(edition_dir).document(name)
    assert document is not None
    assert document.is_guest
    found = check_file(document.tei, guest=True).findings
    assert [f.code for f in found if f.severity != "error"] == ["D130"]
    # A picture that is not here, and an editor whom the header does not name.
    wrong = {"letter-1911": ["D302"], "minutes-1922": ["D302"], "play": []}
    assert [f.code for f in found if f.severity == "error"] == wrong[name]


def test_what_is_no_tei_at_all_is_a_fault(tmp_path):
    path = tmp_path / "play.xml"
    text = (FOREIGN / "play.xml").read_text("utf-8")
    path.write_text(text.replace("<set>", "<sett>").replace("</set>", "</sett>"), "utf-8")
    assert "D102" in [finding.code for finding in check_file(path, guest=True).findings]


def test_one_that_names_the_schema_of_the_edition_is_held_to_it(tmp_path):
    path = tmp_path / "play.xml"
    model = '?>\n<?xml-model href="../schema/edition.rng"?>'
    text = (FOREIGN / "play.xml").read_text("utf-8").replace("?>", model, 1)
    path.write_text(text, "utf-8")
    codes = {finding.code for finding in check_file(path, guest=True).findings}
    assert "D130" not in codes
    assert "D103" in codes


def test_it_is_never_rewritten(built):
    folder, _ = built
    for name in NAMES:
        path = Path("tei") / "documents" / f"{name}.xml"
        assert (folder / path).read_bytes() == (FOREIGN / f"{name}.xml").read_bytes()
        assert (folder / "output/html" / path).read_bytes() == (folder / path).read_bytes()
    again = run_build(load_edition(folder), Options(processes=1), Progress(quiet=True))
    assert again.made == {}


@pytest.mark.parametrize("name", NAMES)
def test_its_words_are_on_its_page_and_in_the_search(built, name):
    folder, account = built
    assert account.made.keys() >= {"html", "pdf", "epub"}
    page = (folder / "output/html" / f"{name}.html").read_text("utf-8")
    plain = " ".join(_text(page).split())
    for words in WORDS[name]:
        assert words in plain
    found = (folder / "output/html/assets/search-1.js").read_text("utf-8")
    assert name in found


def test_it_is_cited(built):
    folder, _ = built
    cited = json.loads((folder / "output/html/play.json").read_text("utf-8"))
    cited = cited[0] if isinstance(cited, list) else cited
    assert cited["title"] == "The Lamp of Port Sable"


def test_it_is_in_the_book(built):
    folder, _ = built
    volume = next((folder / "output").rglob("volume.pdf"))
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext is not installed")
    made = subprocess.run([pdftotext, "-layout", volume, "-"], capture_output=True, check=True)
    text = " ".join(made.stdout.decode().split())
    for words in (
        "The lamp is out, and yet the sea",
        "Burn this.",
        "beschließt [B: empfiehlt]",
        "Frau Vey",
    ):
        assert words in text


def test_a_tracked_change_is_the_transcribers_and_not_the_documents(built):
    folder, _ = built
    page = _text((folder / "output/html/report-1931-03-20.html").read_text("utf-8"))
    assert "Struck out by the transcriber: a tracked change in the file." in page
    letter = _text((folder / "output/html/letter-1931-04-04.html").read_text("utf-8"))
    assert "Struck out in the document." in letter


def test_a_changed_odt_alone_is_encoded_anew(built):
    folder, _ = built
    path = folder / "tei/sources/letter-1931-04-04.odt"
    before = path.read_bytes()
    path.write_bytes(before + b"\0")
    try:
        only = Options(publications=())
        again = run_build(load_edition(folder), only, Progress(quiet=True))
        assert again.reasons == [("letter-1931-04-04", "changed: transcript")]
    finally:
        path.write_bytes(before)


def _text(html: str) -> str:
    """Return the words of a page."""
    from lxml import html as pages

    body = pages.document_fromstring(html).find("body")
    return str(body.xpath("string()"))
