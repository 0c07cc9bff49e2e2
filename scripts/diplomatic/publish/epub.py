"""The ebook: EPUB 3.3 from TEI documents, through the templates of the website.

TEI → `xslt/epub.xsl` → XHTML, one file for each document, with title page, contents, note on the
text, index of names and colophon around them → one archive. `render_chapter` and `render_page` are
pure, so that workers can call them; `publish_epub` reads and writes an edition's files.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.workers import how_many, share
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding, sort_key
from diplomatic.publish.book_fonts import book_fonts, families
from diplomatic.publish.book_pictures import images, pictures
from diplomatic.publish.books import epub_path
from diplomatic.publish.epub_package import Package, archive
from diplomatic.publish.facts import DocumentFacts, read_facts
from diplomatic.publish.guests import identify, with_identifier
from diplomatic.publish.page_list import PART, Break, read_breaks
from diplomatic.publish.records import (
    EDITION_NS,
    IndexedName,
    document_record,
    edition_record,
    read_index,
)
from diplomatic.resources import xslt_dir
from diplomatic.settings import EditionSettings
from diplomatic.xml.reader import parse_bytes, parse_file
from diplomatic.xml.saxon import Parameter, stylesheet

_STYLESHEET: Final = "epub.xsl"
_TAG: Final = re.compile(r"<[^>]*>")
_ID: Final = re.compile(r'\sid="([^"]*)"')
_LINK: Final = re.compile(r'\shref="([^"#:]*)#([^"]*)"')
# Names of files that no document can have, since an id begins with a letter.
_TITLE: Final = "0-title.xhtml"
_NAVIGATION: Final = "0-contents.xhtml"
_NOTE: Final = "0-note.xhtml"
_NAMES: Final = "0-names.xhtml"
_COLOPHON: Final = "0-colophon.xhtml"
# Where the ebook has the parts of the printed volume; its apparatus stands after each document.
_PARTS: Final = {
    "half-title": _TITLE,
    "title-page": _TITLE,
    "contents": _NAVIGATION,
    "documents": _NAVIGATION,
    "note-on-the-text": _NOTE,
    "apparatus": _NAMES,
    "index": _NAMES,
}
_FEATURES: Final = (
    *("tableOfContents", "readingOrder", "structuralNavigation", "index", "ARIA"),
    *("displayTransformability", "unlocked"),
)
_PAGE_FEATURES: Final = ("pageBreakMarkers", "pageNavigation")
_SUMMARY: Final = (
    "Text in the order of reading; headings, languages, notes with their marks and tables are "
    "marked up, and pictures are described. What a colour or frame says is also said in words."
)


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
class _Book:
    """What the pages of a book are made from."""

    settings: EditionSettings
    documents: Sequence[Document]
    facts: Sequence[DocumentFacts]
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
        index = [_NAMES] if self.has_names else []
        return [_TITLE, _NAVIGATION, _NOTE, *chapters, *index, _COLOPHON]


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
    result = stylesheet(setup.entry or xslt_dir() / _STYLESHEET).transform(
        tei, parameters, name=name
    )
    return XhtmlPage(result.text, result.findings(name))


def render_page(record: bytes, setup: Setup) -> XhtmlPage:
    """Render a page around the documents, which the record names.

    Raises:
        DiplomaticError: D702, D712.
    """
    parameters: dict[str, Parameter] = {"interface-language": setup.language}
    result = stylesheet(setup.entry or xslt_dir() / _STYLESHEET).transform(record, parameters)
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


def publish_epub(edition: Edition) -> list[Finding]:
    """Write the ebook of an edition into its output folder.

    If a document cannot be rendered, the ebook that was there stays as it was.

    Raises:
        DiplomaticError: D801, the file cannot be written; D714, a font is missing.
    """
    documents, facts, unreadable = _read(edition)
    findings = list(unreadable)
    book = _Book(edition.settings, documents, facts, _names(edition), read_breaks(edition))
    own = edition.own_xslt_dir
    entry = own / _STYLESHEET if own and (own / _STYLESHEET).exists() else None
    pages = _pages(book, Setup(edition.settings.language, entry), findings)
    findings.sort(key=sort_key)
    if documents and not unreadable and all(pages.values()):
        path = epub_path(edition)
        write_if_changed(path, _bind(book, pages, edition))
    return list(dict.fromkeys(findings))


def _read(edition: Edition) -> tuple[list[Document], list[DocumentFacts], list[Finding]]:
    """Return the documents that can be read, their facts, and findings on the others."""
    documents, facts, findings = [], [], []
    for document in edition.documents:
        if not document.tei.exists():
            continue
        try:
            tree = parse_file(document.tei)
            identify(tree, document.id)
            facts.append(read_facts(tree))
            documents.append(document)
        except DiplomaticError as error:
            findings.append(error.finding)
    return documents, facts, findings


def _names(edition: Edition) -> dict[str, IndexedName]:
    """Return the names of the indices by key."""
    paths = edition.index_paths.values()
    return {name.key: name for path in paths for name in read_index(path)}


# ---------------------------------------------------------------------------------------- pages


def _pages(book: _Book, setup: Setup, findings: list[Finding]) -> dict[str, str]:
    """Return every page of the book by file name; what there is to say joins `findings`."""
    pages: dict[str, str] = {}
    chapters = _chapters(book)
    for file, page in share(render_piece, chapters, setup, how_many(len(chapters), None)):
        findings.extend(page.findings)
        pages[file] = page.xhtml
    frame = {
        _TITLE: ("title", "frontmatter", "titlepage"),
        _NAVIGATION: ("nav", "frontmatter", ""),
        _NOTE: ("note", "frontmatter", "foreword"),
        _NAMES: ("names", "backmatter", "index"),
        _COLOPHON: ("colophon", "backmatter", "colophon"),
    }
    fonts = families(_characters(pages.values())) if book.settings.web.fonts else []
    for file in book.spine:
        if file in frame:
            record = _frame_record(book, file, *frame[file])
            if file == _COLOPHON:
                record = _colophon_record(record, book, fonts)
            page = render_page(record, setup)
            findings.extend(page.findings)
            pages[file] = page.xhtml
    return _without_dead_links(pages)


def _chapters(book: _Book) -> list[Chapter]:
    """Return the work on each document."""
    chapters = []
    for position, document in enumerate(book.documents):
        record = document_record(book.settings, book.facts, position, book.names, {})
        root = _record(record, book)
        for break_ in book.breaks:
            if break_.document == document.id and break_.unit != PART:
                _add(root, "break", page=break_.page, unit=break_.unit)
        for address, name in images(document):
            _add(root, "image", url=address, href=f"assets/{name}")
        chapters.append(Chapter(f"{document.id}.xhtml", document.tei, etree.tostring(root)))
    return chapters


def _frame_record(book: _Book, file: str, page: str, matter: str, kind: str) -> bytes:
    """Return the record for a page around the documents, which has a file, a name and a type."""
    names = book.names if page == "names" else None
    root = _record(edition_record(book.settings, book.facts, page, names), book)
    root.set("matter", matter)
    root.set("house", book.settings.publisher)
    if kind:
        root.set("type", kind)
    for editor in book.settings.editors:
        _add(root, "editor").text = editor
    root.set("file", file)
    for break_ in book.breaks:
        _add(root, "break", page=break_.page, unit=break_.unit, file=_file_of(break_, book))
    return etree.tostring(root)


def _file_of(break_: Break, book: _Book) -> str:
    """Return the file of the book in which a printed page is marked."""
    if break_.unit != PART:
        return f"{break_.document}.xhtml"
    file = _PARTS.get(break_.document, _COLOPHON)
    return file if file in book.spine else _COLOPHON


def _colophon_record(record: bytes, book: _Book, fonts: Iterable[tuple[str, str]]) -> bytes:
    """Return the record of the colophon with what it says of fonts and sources."""
    root = parse_bytes(record, "record").getroot()
    for name, file in fonts:
        _add(root, "font", name=name, file=file, licence="SIL Open Font License 1.1")
    for document, facts in zip(book.documents, book.facts, strict=True):
        digest = hashlib.sha256(document.tei.read_bytes()).hexdigest()
        source = _add(root, "source", id=document.id, title=facts.title, sha256=digest)
        if facts.licence:
            source.set("licence", facts.licence)
    return etree.tostring(root)


def _record(record: bytes, book: _Book) -> etree._Element:
    """Return a record with the pages of the book, to which links are resolved."""
    root = parse_bytes(record, "record").getroot()
    _add(root, "file", name="title", href=_TITLE, title=book.settings.title, landmark="titlepage")
    _add(root, "file", name="index", href=_NAVIGATION, label="part.contents", landmark="toc")
    _add(root, "file", name="method", href=_NOTE, label="part.note", landmark="foreword")
    for number, (document, facts) in enumerate(zip(book.documents, book.facts, strict=True), 1):
        page = _add(root, "file", name=document.id, href=f"{document.id}.xhtml", title=facts.title)
        page.set("number", str(number))
        if number == 1:
            page.set("landmark", "bodymatter")
    if book.has_names:
        _add(root, "file", name="names", href=_NAMES, label="ebook.names", landmark="index")
    _add(root, "file", name="colophon", href=_COLOPHON, label="part.colophon", landmark="colophon")
    return root


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Add an element of the record's namespace."""
    return etree.SubElement(parent, f"{{{EDITION_NS}}}{tag}", attributes)


def _without_dead_links(pages: Mapping[str, str]) -> dict[str, str]:
    """Return pages whose links all lead to what the book has; the words of others stay."""
    anchors = {file: frozenset(_ID.findall(page)) for file, page in pages.items()}

    def checked(file: str, page: str) -> str:
        def resolve(link: re.Match[str]) -> str:
            return link[0] if link[2] in anchors.get(link[1] or file, frozenset()) else ""

        return _LINK.sub(resolve, page)

    return {file: checked(file, page) for file, page in pages.items()}


# -------------------------------------------------------------------------------------- binding


def _bind(book: _Book, pages: Mapping[str, str], edition: Edition) -> bytes:
    """Return the archive of a book."""
    files = {file: pages[file].encode() for file in book.spine}
    assets = _assets(pages.values(), edition) | pictures(book.documents)
    package = Package(
        identifier=_identifier(book.settings),
        metadata=_metadata(book, pictured=any("/images/" in name for name in assets)),
        language=book.settings.language,
        date=book.settings.date,
        spine=book.spine,
        navigation=_NAVIGATION,
        resources=sorted(assets),
    )
    return archive(package, files | assets)


def _characters(pages: Iterable[str]) -> set[str]:
    """Return the characters that pages show."""
    return {character for page in pages for character in _TAG.sub("", page)}


def _assets(pages: Iterable[str], edition: Edition) -> dict[str, bytes]:
    """Return the style sheet and the fonts, cut down to the characters of the book."""
    files = {"assets/ebook.css": (xslt_dir() / "assets" / "ebook.css").read_bytes()}
    if edition.settings.web.fonts:
        fonts = book_fonts(_characters(pages), edition.hidden_dir / "epub-fonts")
        files.update({f"assets/{name}": data for name, data in fonts.items()})
    return files


def _identifier(settings: EditionSettings) -> str:
    """Return an identifier that stays the same from version to version."""
    name = str(settings.base_url or f"{settings.publisher}\n{settings.title}")
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def _metadata(book: _Book, *, pictured: bool) -> list[tuple[str, str]]:
    """Return what the book says of itself, accessibility included, with or without pictures."""
    settings = book.settings
    title = ": ".join(part for part in (settings.title, settings.subtitle) if part)
    rights = [("dc:rights", settings.licence.name)] if settings.licence else []
    pages = [("pageBreakSource", f"{title}, {settings.version} (PDF)")] if book.breaks else []
    features = (*_FEATURES, *(_PAGE_FEATURES if book.breaks else ()))
    features += ("alternativeText",) if pictured else ()
    return [
        ("dc:title", title),
        *(("dc:creator", name) for name in settings.editors or [settings.publisher]),
        ("dc:publisher", settings.publisher),
        ("dc:date", settings.date.isoformat()),
        *rights,
        ("schema:accessMode", "textual"),
        *([("schema:accessMode", "visual")] if pictured else []),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in features),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", _SUMMARY),
        *pages,
    ]
