"""Founding an edition: what is taken, what is guessed, and that nothing is ever overwritten."""

from __future__ import annotations

import datetime
import io
import re
import tomllib
from pathlib import Path

import docx
import pytest

from diplomatic.cli import main
from diplomatic.configuration import read_model
from diplomatic.edition import load_edition
from diplomatic.settings import Sidecar
from diplomatic.starting import founding
from diplomatic.starting.founding import found_edition
from diplomatic.starting.guessing import guesses, sidecar_text
from diplomatic.starting.sources_table import read_rows

LETTER = "Port Sable\n3 March 1951\nDear Comrade!\nI send [him] the list.\n[signature] (B.)\n"
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="old"><teiHeader/><text/></TEI>'


def word(words: str) -> bytes:
    """Return a Word document of one paragraph, made by another library than reads it."""
    document = docx.Document()
    document.add_paragraph(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


FILES = {
    "Letter to Belov.txt": LETTER.encode(),
    "1951/04.TXT": LETTER.replace("list", "ship").encode(),
    "Письма/Письмо 1951-03-09.txt": "Я пишу вам письмо. [неразборчиво] слова.\r\n".encode(),
    "with mark.text": b"\xef\xbb\xbf" + LETTER.replace("list", "crate").encode(),
    "an/old/Edition.xml": TEI.encode(),
    "Report.docx": word("The harbour is closed."),
    "broken.docx": b"PK\x03\x04 word/document.xml",
    "README.md": b"# About this folder\n",
    "Notes.MD": b"# Notes\n",
    "page.htm": b"<p>x</p>",
    "legacy.txt": "Привет всем".encode("cp1251"),
    "old.doc": b"\xd0\xcf\x11\xe0",
    "no-tei.xml": b"<a/>",
    "scan.jpg": b"\xff\xd8\xff",
    ".hidden.txt": b"x",
    "~$Report.docx": b"x",
    "__MACOSX/x.txt": b"x",
    "Thumbs.db": b"x",
}
TAKEN = {
    "Letter to Belov.txt": "sources/letter-to-belov.txt",
    "1951/04.TXT": "sources/d-1951-04.txt",
    "Письма/Письмо 1951-03-09.txt": "sources/pismo-1951-03-09.txt",
    "with mark.text": "sources/with-mark.txt",
    "an/old/Edition.xml": "documents/edition.xml",
    "Report.docx": "sources/report.docx",
    "Notes.MD": "sources/d-notes.md",
    "page.htm": "sources/page.html",
}


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files into a folder, which is returned."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file of a folder with its bytes and the time it was written."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return write(tmp_path_factory.mktemp("from"), FILES)


@pytest.fixture(scope="module")
def founded(source, tmp_path_factory):
    """An edition of everything, and the account of how it was founded."""
    folder = tmp_path_factory.mktemp("in") / "port-sable_letters"
    return folder, found_edition(folder, source)


@pytest.mark.parametrize("name", TAKEN)
def test_taken_byte_for_byte(founded, name):
    folder, _ = founded
    assert (folder / "tei" / TAKEN[name]).read_bytes() == FILES[name]


def test_nothing_else_is_taken_and_the_table_names_all(founded):
    folder, account = founded
    there = {
        path.relative_to(folder / "tei").as_posix()
        for kind in ("sources", "documents")
        for path in (folder / "tei" / kind).iterdir()
        if path.suffix != ".toml"
    }
    assert there == set(TAKEN.values())
    rows = read_rows(folder / "tei/sources.csv")
    assert {row.name: row.identifier for row in rows} == {
        name: Path(path).stem for name, path in TAKEN.items()
    }
    assert account.taken == rows


def test_what_is_left_out_is_said_with_a_way_out(founded):
    _, account = founded
    said = {(Path(f.place.file).name, f.code): f.hint for f in account.findings}
    assert set(said) == {("legacy.txt", "D010"), ("old.doc", "D030"), ("broken.docx", "D422")}
    assert "Windows-1251" in said["legacy.txt", "D010"]
    assert ".docx" in said["old.doc", "D030"]


def test_the_settings_are_an_edition(founded):
    folder, _ = founded
    edition = load_edition(folder)
    assert edition.settings.title == "Port sable letters"
    assert edition.findings == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("letter-to-belov", Sidecar(capture="plain", kind="letter", title="Letter to Belov")),
        (
            "pismo-1951-03-09",
            Sidecar(
                capture="plain",
                kind="letter",
                title="Письмо 1951-03-09",
                date=datetime.date(1951, 3, 9),
            ),
        ),
    ],
)
def test_guesses_are_marked_and_can_be_read(founded, name, expected):
    folder, _ = founded
    path = folder / f"tei/sources/{name}.toml"
    assert read_model(path, Sidecar) == expected
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            assert lines[number - 1].startswith("# A guess: ")


def test_every_line_that_can_be_filled_in_is_a_setting(founded):
    folder, _ = founded
    text = (folder / "tei/sources/letter-to-belov.toml").read_text("utf-8")
    values = tomllib.loads(re.sub(r"(?m)^#(?=[\w\[])", "", text))
    Sidecar.model_validate(values)
    assert values.keys() == Sidecar.model_fields.keys() - {"licence"}


def test_a_second_run_changes_nothing(founded, source):
    folder, _ = founded
    before = everything(folder)
    account = found_edition(folder, source)
    assert everything(folder) == before
    assert (account.written, account.taken, account.known) == ([], [], len(TAKEN))


def test_new_transcripts_are_added_and_old_ones_kept(tmp_path):
    source = write(tmp_path / "from", {"letter.txt": LETTER.encode()})
    found_edition(tmp_path / "edition", source)
    kept = tmp_path / "edition/tei/sources/letter.txt"
    kept.write_text("corrected by the editors\n")
    write(source, {"letter.txt": b"changed\n", "more/letter.txt": b"new\n", "twin.txt": b"new\n"})
    account = found_edition(tmp_path / "edition", source)
    assert kept.read_text() == "corrected by the editors\n"
    assert [row.identifier for row in account.taken] == ["twin", "more-letter"]
    assert sorted(finding.code for finding in account.findings) == ["D032", "D033"]
    assert len(read_rows(tmp_path / "edition/tei/sources.csv")) == 3


def test_two_forms_of_one_name_are_two_documents_and_said(tmp_path):
    files = {"a.txt": LETTER.encode(), "a.xml": TEI.encode(), "in/a.md": b"Other words.\n"}
    account = found_edition(tmp_path / "edition", write(tmp_path / "from", files))
    assert [row.identifier for row in account.taken] == ["a", "a-2", "in-a"]
    (finding,) = account.findings
    assert (finding.code, Path(finding.place.file).name) == ("D033", "a.xml")
    assert "of one name with a.txt" in finding.message


def test_an_edition_among_its_transcripts_is_not_taken_in(tmp_path):
    write(tmp_path, {"letter.txt": LETTER.encode()})
    assert len(found_edition(tmp_path, tmp_path).taken) == 1
    assert found_edition(tmp_path, tmp_path).taken == []


def test_an_edition_below_its_transcripts_is_not_taken_in(tmp_path):
    write(tmp_path, {"letter.txt": LETTER.encode()})
    for taken in (1, 0):
        assert len(found_edition(tmp_path / "edition", tmp_path).taken) == taken


def test_a_sidecar_beside_a_transcript_comes_with_it(tmp_path):
    files = {"a.txt": LETTER.encode(), "a.toml": b'title = "By hand"\n'}
    found_edition(tmp_path / "edition", write(tmp_path / "from", files))
    assert (tmp_path / "edition/tei/sources/a.toml").read_bytes() == b'title = "By hand"\n'


@pytest.mark.parametrize("words", ["1951-02-30 x", "no day", "19510", "99-99-1951"])
def test_no_date_that_is_none(words):
    assert "date" not in guesses(b"Some words.\n", f"{words}.txt")


@pytest.mark.parametrize("words", ["letter 1951-03-09", "09.03.1951", "x_19510309", "9_3_1951 b"])
def test_dates_in_names(words):
    assert guesses(b"Some words.\n", f"{words}.txt")["date"].value == datetime.date(1951, 3, 9)


def test_a_sidecar_without_guesses_says_nothing():
    assert tomllib.loads(sidecar_text({})) == {}


def test_the_command_says_what_to_do_next(tmp_path, monkeypatch, capsys):
    write(tmp_path / "from", {"letter one.txt": LETTER.encode()})
    monkeypatch.chdir(tmp_path)
    assert main(["init", "the edition", "--from", "from", "--title", "A Title"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].split() == ["letter", "one.txt", "is", "now", "letter-one"]
    assert "diplomatic build --edition 'the edition'" in out[-3]
    assert load_edition(Path("the edition")).settings.title == "A Title"
    assert "# A Title" in Path("the edition/README.md").read_text()


def test_without_transcripts_it_says_where_they_go(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    assert "Next: put transcripts into tei/sources" in capsys.readouterr().out.replace("\\", "/")


@pytest.mark.parametrize("where", ["file", "edition/inside"])
def test_no_place_for_an_edition(tmp_path, where, capsys):
    (tmp_path / "file").write_text("x")
    found_edition(tmp_path / "edition", None)
    assert main(["init", str(tmp_path / where)]) == 1
    assert "D031" in capsys.readouterr().err


def test_the_workflow_needs_no_secret_and_names_commands_that_there_are():
    text = (Path(founding.__file__).parent / "templates/workflow.yml").read_text("utf-8")
    assert "secrets." not in text
    assert "\t" not in text
    assert re.findall(r"run: diplomatic (.+)", text) == ["build", "check"]
