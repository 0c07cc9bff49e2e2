"""The chapters of the ebook: the work on each document, and how it is done.

In: the documents with their facts, and the printed pages. Out: XHTML, one page for each document. A
chapter knows of the book what it can link to and no more, so that a large book is made like a small
one. `render_piece` is pure, so that workers can call it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic.edition import Document
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.guests import with_identifier
from diplomatic.publish.page_list import PART, Break
from diplomatic.publish.records import EDITION_NS, IndexedName, frame_of, in_context, text_record
from diplomatic.resources import xslt_dir
from diplomatic.settings import EditionSettings
from diplomatic.xml.reader import parse_bytes
from diplomatic.xml.saxon import Parameter, stylesheet

STYLESHEET: Final = "epub.xsl"
# Names of files that no document can have, since an id begins with a letter.
TITLE: Final = "0-title.xhtml"
NAVIGATION: Final = "0-contents.xhtml"
NOTE: Final = "0-note.xhtml"
NAMES: Final = "0-names.xhtml"
COLOPHON: Final = "0-colophon.xhtml"
# Whatever can be the identifier of a document, or the file of one.
_WORD: Final = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class Chapter:
    """The work on one document: its file in the book, its TEI, the record for its page."""

    file: str
    tei: Path
    record: bytes


@dataclass(frozen=True)
class Setup:
    """What all pages have in common: language of the interface, entry stylesheet if not ours."""

    language: str
    entry: Path | None = None


@dataclass(frozen=True)
class XhtmlPage:
    """A page of the book as rendered, and what there is to say about it."""

    xhtml: str
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Book:
    """What the pages of a book are made from.

    `images` are the pictures of each document that the book brings: address, name in the book.
    """

    settings: EditionSettings
    documents: Sequence[Document]
    facts: Sequence[DocumentFacts]
    images: Sequence[Sequence[tuple[str, str]]]
    names: Mapping[str, IndexedName]
    breaks: Sequence[Break]

    @property
    def has_names(self) -> bool:
        """Whether a document names anybody."""
        return any(document.mentions for document in self.facts)

    @property
    def spine(self) -> list[str]:
        """The files in the order of reading."""
        chapters = [f"{document.id}.xhtml" for document in self.documents]
        index = [NAMES] if self.has_names else []
        return [TITLE, NAVIGATION, NOTE, *chapters, *index, COLOPHON]


def render_chapter(tei: bytes, record: bytes, setup: Setup, *, name: str) -> XhtmlPage:
    """Render the chapter of a TEI document.

    Args:
        tei: the document, already read safely.
        record: the edition as far as this page needs it.
        setup: language and stylesheet.
        name: what findings call the document.

    Raises:
        DiplomaticError: D702, D712, the stylesheet stopped.
    """
    parameters: dict[str, Parameter] = {"edition": record, "interface-language": setup.language}
    result = stylesheet(setup.entry or xslt_dir() / STYLESHEET).transform(
        tei, parameters, name=name
    )
    return XhtmlPage(result.text, result.findings(name))


def render_page(record: bytes, setup: Setup) -> XhtmlPage:
    """Render a page around the documents, which the record names.

    Raises:
        DiplomaticError: D702, D712.
    """
    parameters: dict[str, Parameter] = {"interface-language": setup.language}
    result = stylesheet(setup.entry or xslt_dir() / STYLESHEET).transform(record, parameters)
    return XhtmlPage(result.text, result.findings(""))


def render_piece(chapter: Chapter, setup: Setup) -> tuple[str, XhtmlPage]:
    """Render one document, in this process or a worker; a failure is a page without text."""
    try:
        name = str(chapter.tei)
        data = with_identifier(chapter.tei.read_bytes(), chapter.tei.stem, name)
        page = render_chapter(data, chapter.record, setup, name=str(chapter.tei))
    except DiplomaticError as error:
        page = XhtmlPage("", [error.finding])
    return chapter.file, page


def chapters(book: Book) -> Iterator[Chapter]:
    """Yield the work on each document.

    Raises:
        OSError: a document cannot be read any more.
    """
    frame = frame_of(book.settings, book.facts)
    positions = {document.id: position for position, document in enumerate(book.documents)}
    breaks: dict[str, list[Break]] = defaultdict(list)
    for break_ in book.breaks:
        breaks[break_.document].append(break_)
    for position, document in enumerate(book.documents):
        record = text_record(frame, in_context(book.facts, position, book.names, {}))
        root = with_files(record, book, _named(document, positions))
        for break_ in breaks[document.id]:
            if break_.unit != PART:
                add(root, "break", page=break_.page, unit=break_.unit)
        for address, name in book.images[position]:
            add(root, "image", url=address, href=f"assets/{name}")
        yield Chapter(f"{document.id}.xhtml", document.tei, etree.tostring(root))


def _named(document: Document, positions: Mapping[str, int]) -> list[int]:
    """Return the positions of the documents that a document may point to: it has their names.

    Raises:
        OSError: it cannot be read.
    """
    text = document.tei.read_bytes().replace(b"\0", b"").decode("utf-8", "replace")
    words = set(_WORD.findall(text))
    names = {word.removesuffix(".html").removesuffix(".xml") for word in words}
    return sorted(positions[name] for name in names & positions.keys())


def with_files(record: bytes, book: Book, positions: Collection[int]) -> etree._Element:
    """Return a record with the files of the book to which its links are resolved.

    Args:
        record: the record.
        book: the book.
        positions: of the documents whose files are told, beside those around the documents.
    """
    root = parse_bytes(record, "record").getroot()
    add(root, "file", name="title", href=TITLE, title=book.settings.title, landmark="titlepage")
    add(root, "file", name="index", href=NAVIGATION, label="part.contents", landmark="toc")
    add(root, "file", name="method", href=NOTE, label="part.note", landmark="foreword")
    for position in positions:
        name, title = book.documents[position].id, book.facts[position].title
        page = add(root, "file", name=name, href=f"{name}.xhtml", title=title)
        page.set("number", str(position + 1))
        if position == 0:
            page.set("landmark", "bodymatter")
    if book.has_names:
        add(root, "file", name="names", href=NAMES, label="ebook.names", landmark="index")
    add(root, "file", name="colophon", href=COLOPHON, label="part.colophon", landmark="colophon")
    return root


def add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Add an element of the record's namespace."""
    return etree.SubElement(parent, f"{{{EDITION_NS}}}{tag}", attributes)
