"""The books in the folder of the website: linked only if they are there, and never stale."""

import datetime
import os
from pathlib import Path

import pytest
from lxml import html as lxml_html

from diplomatic.edition import Edition
from diplomatic.publish.books import books, edition_books, epub_path, lay_in, left_out
from diplomatic.publish.site import publish_site
from diplomatic.settings import MOST_DOCUMENTS, EditionSettings, PrintSettings, WebSettings

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a" xml:lang="en"><teiHeader><fileDesc>'
    "<titleStmt><title>A</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc>"
    "<p/></sourceDesc></fileDesc></teiHeader><text><body><p>One.</p></body></text></TEI>"
)


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """An edition of one document, without books."""
    settings = EditionSettings(
        title="An edition",
        publisher="Nobody",
        date=datetime.date(2026, 1, 2),
        web=WebSettings(fonts=False, search=False),
        print=PrintSettings(documents=True, volume=True),
    )
    folder = tmp_path / "tei" / "documents"
    folder.mkdir(parents=True)
    (folder / "a.xml").write_text(TEI, "utf-8")
    return Edition(tmp_path, settings)


def write_books(edition: Edition, content: bytes) -> None:
    """Write what stands for the books, as programs do: a new file in place of the old."""
    for path in (edition.pdf_dir / "a.pdf", edition.pdf_dir / "volume.pdf", epub_path(edition)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content)


def links(edition: Edition, page: str) -> set[str]:
    """Return the addresses of books on a page."""
    tree = lxml_html.parse(str(edition.html_dir / page))
    return {str(a) for a in tree.xpath("//a/@href") if str(a).endswith((".pdf", ".epub"))}


def test_the_folder_of_the_website_is_whole(edition: Edition) -> None:
    assert not publish_site(edition).findings
    assert not links(edition, "a.html") | links(edition, "index.html"), "no book, no link"
    write_books(edition, b"first")
    site = publish_site(edition)
    assert links(edition, "a.html") == {"pdf/a.pdf"}
    assert links(edition, "index.html") == {"pdf/volume.pdf", "epub/an-edition.epub"}
    assert links(edition, "data.html") == {"pdf/volume.pdf", "epub/an-edition.epub"}
    for address in ("pdf/a.pdf", "pdf/volume.pdf", "epub/an-edition.epub"):
        assert (edition.html_dir / address).read_bytes() == b"first"
        assert edition.html_dir / address in site.files
    assert edition_books(books(edition)) == {
        "volume": "pdf/volume.pdf",
        "ebook": "epub/an-edition.epub",
    }


@pytest.mark.parametrize("links_work", [True, False])
def test_a_new_book_takes_the_place_of_the_old(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, links_work: bool
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    if not links_work:
        monkeypatch.setattr(os, "link", refuse)
    write_books(edition, b"first")
    laid = lay_in(books(edition), edition.html_dir)
    stamp = laid[0].stat().st_mtime_ns
    assert lay_in(books(edition), edition.html_dir) == laid
    assert laid[0].stat().st_mtime_ns == stamp
    assert laid[1].samefile(edition.pdf_dir / "a.pdf") is links_work
    write_books(edition, b"second")
    lay_in(books(edition), edition.html_dir)
    assert {path.read_bytes() for path in laid} == {b"second"}
    assert not [path for path in edition.html_dir.rglob(".*") if path.is_file()]


def test_books_that_are_not_wanted_are_not_there(edition: Edition) -> None:
    write_books(edition, b"first")
    none = PrintSettings(documents=False, volume=False)
    settings = edition.settings.model_copy(update={"print": none})
    assert set(books(Edition(edition.root, settings))) == {"epub/an-edition.epub"}


@pytest.mark.parametrize(
    ("said", "documents", "volume", "ebook"),
    [
        ({}, 300, True, True),
        ({}, 301, False, True),
        ({}, 1001, False, False),
        ({"volume": True, "ebook": True}, 1001, True, True),
        ({"volume": False, "ebook": False}, 1, False, False),
    ],
)
def test_very_many_documents_make_a_book_only_if_it_is_asked_for(
    said: dict[str, bool], documents: int, *, volume: bool, ebook: bool
) -> None:
    settings = PrintSettings(**said)
    assert (settings.has_volume(documents), settings.has_ebook(documents)) == (volume, ebook)


def test_a_book_that_is_left_out_unasked_is_told(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST_DOCUMENTS, "ebook", 0)
    assert [finding.code for finding in left_out(edition, "ebook")] == ["D738"]
    assert left_out(edition, "volume") == []  # its settings ask for it
