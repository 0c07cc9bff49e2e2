"""An edition's PDFs: which are written, and that a failure never takes away what was there."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from print_helpers import FIXTURES, TEI
from tagged import read_structure

from diplomatic.edition import Edition, load_edition
from diplomatic.publish import pdf
from diplomatic.publish.pdf import memory_path, publish_pdf
from diplomatic.publish.print import Press, Record, Source, prepare, volume_pdf

SETTINGS = """
title = "An Invented Edition"
publisher = "Nobody"
date = 2001-02-03
documents = ["phenomena", "x"]
"""


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    documents = tmp_path / "tei" / "documents"
    documents.mkdir(parents=True)
    (tmp_path / "tei" / "edition.toml").write_text(SETTINGS, "utf-8")
    for name in ("phenomena.xml", "map.png"):
        shutil.copy(FIXTURES / name, documents / name)
    shutil.copytree(FIXTURES / "indices", tmp_path / "tei" / "indices")
    (documents / "x.xml").write_text(TEI.format("<p>Words.</p>"), "utf-8")
    return load_edition(tmp_path)


def names(edition: Edition) -> list[str]:
    return sorted(path.name for path in edition.pdf_dir.iterdir())


def test_the_volume_and_one_for_each_document(edition: Edition) -> None:
    assert publish_pdf(edition) == []
    assert names(edition) == ["phenomena.pdf", "volume.pdf", "x.pdf"]


def test_only_what_the_settings_ask_for(edition: Edition) -> None:
    edition.settings_path.write_text(SETTINGS + "[print]\nvolume = false\n", "utf-8")
    publish_pdf(load_edition(edition.root))
    assert names(edition) == ["phenomena.pdf", "x.pdf"]


@pytest.mark.parametrize(
    ("broken", "code"), [("<p>\N{GRINNING FACE}</p>", "D733"), ("<p>unclosed", "D100")]
)
def test_a_failure_leaves_the_last_good_files(edition: Edition, broken: str, code: str) -> None:
    publish_pdf(edition)
    before = {name: (edition.pdf_dir / name).read_bytes() for name in names(edition)}
    (edition.documents_dir / "x.xml").write_text(TEI.format(broken), "utf-8")
    findings = publish_pdf(load_edition(edition.root))
    assert [finding.code for finding in findings] == [code]
    assert findings[0].place.file.endswith("x.xml")
    assert {name: (edition.pdf_dir / name).read_bytes() for name in names(edition)} == before


@pytest.mark.parametrize("page", ["volume", "a5", "a4", "letter"])
def test_every_page_can_be_set(edition: Edition, page: str) -> None:
    settings = SETTINGS + f'[print]\npage = "{page}"\ndocument_page = "{page}"\n'
    edition.settings_path.write_text(settings, "utf-8")
    assert publish_pdf(load_edition(edition.root)) == []


def test_a_pdf_for_each_page_that_is_asked_for(edition: Edition) -> None:
    pages = SETTINGS + '[print]\nvolume = false\ndocument_page = ["a4", "letter"]\n'
    edition.settings_path.write_text(pages, "utf-8")
    edition = load_edition(edition.root)
    assert publish_pdf(edition) == []
    assert names(edition) == ["phenomena.letter.pdf", "phenomena.pdf", "x.letter.pdf", "x.pdf"]
    assert sorted(pdf.pdf_names(edition)) == names(edition)
    sizes = []
    for name in ("x.pdf", "x.letter.pdf"):
        with pikepdf.open(edition.pdf_dir / name) as opened:
            sizes.append([round(float(side)) for side in opened.pages[0].MediaBox[2:]])
    assert sizes == [[595, 842], [612, 792]]


def test_references_between_documents(edition: Edition) -> None:
    body = '<p><ref target="phenomena.xml#phenomena-p2">2</ref>, <ptr target="phenomena.xml"/></p>'
    (edition.documents_dir / "x.xml").write_text(TEI.format(body), "utf-8")
    assert publish_pdf(edition) == []


def test_references_of_the_edition_name_the_page(edition: Edition) -> None:
    ref = '<ref target="phenomena.xml#phenomena-p2">there</ref>'
    body = f'<p>In words {ref}.<note resp="#ed">In a note {ref}.</note></p>'
    (edition.documents_dir / "x.xml").write_text(TEI.format(body), "utf-8")
    assert publish_pdf(edition) == []
    words = read_structure((edition.pdf_dir / "volume.pdf").read_bytes()).text()
    assert "In words there." in words
    assert re.search(r"In a note there \(p\. \d+\)\.", words)


def test_a_reference_to_nothing_stops_the_volume(edition: Edition) -> None:
    body = '<p>See\n<ref target="phenomena.xml#phenomena-p99">nowhere</ref>.</p>'
    (edition.documents_dir / "x.xml").write_text(TEI.format(body), "utf-8")
    findings = publish_pdf(edition)
    assert [(finding.code, finding.place.line) for finding in findings] == [("D734", 1)]
    assert findings[0].place.file.endswith("x.xml")
    assert names(edition) == ["phenomena.pdf", "x.pdf"]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the PDFs that are set, in order."""
    names: list[str] = []
    document, volume = pdf.make_document, pdf._publish_volume

    def note_document(work, *others):
        names.append(work.tei.stem)
        return document(work, *others)

    def note_volume(*others):
        names.append("volume")
        return volume(*others)

    monkeypatch.setattr(pdf, "make_document", note_document)
    monkeypatch.setattr(pdf, "_publish_volume", note_volume)
    return names


def test_only_what_holds_a_changed_word_is_set_again(edition: Edition, made: list[str]) -> None:
    publish_pdf(edition)
    assert made == ["phenomena", "x", "volume"]
    publish_pdf(edition)
    assert made[3:] == []
    (edition.documents_dir / "x.xml").write_text(TEI.format("<p>Other words.</p>"), "utf-8")
    publish_pdf(load_edition(edition.root))
    assert made[3:] == ["x", "volume"]
    index = edition.indices_dir / "persons.xml"
    index.write_text(index.read_text("utf-8").replace("</persName>", "!</persName>"), "utf-8")
    publish_pdf(load_edition(edition.root))
    assert made[5:] == ["volume"]


def test_a_file_that_is_not_as_it_was_made_is_set_again(edition: Edition, made: list[str]) -> None:
    publish_pdf(edition)
    (edition.pdf_dir / "x.pdf").write_bytes(b"")
    publish_pdf(edition)
    assert made[3:] == ["x"]
    memory_path(edition).write_text("[", "utf-8")
    publish_pdf(edition)
    assert made[4:] == ["phenomena", "x", "volume"]


def test_what_was_said_of_a_kept_file_is_said_again(edition: Edition) -> None:
    (edition.documents_dir / "x.xml").write_text(TEI.format("<p>a <egg>b</egg></p>"), "utf-8")
    first = publish_pdf(edition)
    assert [finding.code for finding in first] == ["D736"]
    assert publish_pdf(edition) == first


def test_pdfs_of_removed_documents_are_swept(edition: Edition) -> None:
    publish_pdf(edition)
    (edition.pdf_dir / "own.pdf").touch()
    (edition.documents_dir / "x.xml").unlink()
    publish_pdf(load_edition(edition.root))
    assert names(edition) == ["own.pdf", "phenomena.pdf", "volume.pdf"]


def test_the_colophon_of_a_large_volume_says_each_thing_once(press: Press) -> None:
    """Licences once, with the numbers of their documents; one hash for all of many documents."""

    def record(number: int, licence: str) -> Record:
        body = f'<p xml:id="d{number}-p1">Words.</p>'
        licensed = f"<availability><licence>{licence}</licence></availability>"
        tei = TEI.format(body).replace('xml:id="x"', f'xml:id="d{number}"')
        tei = tei.replace("<publicationStmt><p>p</p>", f"<publicationStmt>{licensed}")
        return prepare(Source(tei.encode(), f"d{number}.xml"), press, number)

    licences = ["CC0", "CC0", "CC0", "MIT", "CC0", *("CC BY" for _ in range(9)), ""]
    records = [record(number, licence) for number, licence in enumerate(licences, 1)]
    words = " ".join(read_structure(volume_pdf(records, [], press)).text().split())
    colophon = words[words.rindex("Colophon") :]
    assert "Licence of documents 1\N{EN DASH}3, 5: CC0" in colophon
    assert "Licence of documents 6\N{EN DASH}14: CC BY" in colophon
    assert "Licence of t: MIT" in colophon
    listed = "".join(
        f"{hashlib.sha256(each.tei.encode()).hexdigest()}  {each.id}.xml\n" for each in records
    )
    assert hashlib.sha256(listed.encode()).hexdigest() in colophon.replace(" ", "")
