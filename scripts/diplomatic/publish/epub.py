"""The ebook: EPUB 3.3 from TEI documents, through the templates of the website.

TEI → `xslt/epub.xsl` → XHTML, one file for each document, with title page, contents, note on the
text, index of names and colophon around them → one archive. `epub_chapters` renders the pages;
`publish_epub` reads and writes an edition's files.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.workers import how_many, share
from diplomatic.edition import Edition
from diplomatic.findings import DiplomaticError, Finding, sort_key
from diplomatic.publish.book_fonts import book_fonts, families
from diplomatic.publish.book_pictures import images, pictures
from diplomatic.publish.books import epub_path
from diplomatic.publish.epub_chapters import (
    COLOPHON,
    NAMES,
    NAVIGATION,
    NOTE,
    STYLESHEET,
    TITLE,
    Book,
    Setup,
    add,
    chapters,
    render_page,
    render_piece,
    with_files,
)
from diplomatic.publish.epub_package import Package, archive
from diplomatic.publish.facts import read_facts
from diplomatic.publish.guests import identify
from diplomatic.publish.page_list import PART, Break, read_breaks
from diplomatic.publish.records import IndexedName, edition_record, read_index
from diplomatic.resources import xslt_dir
from diplomatic.settings import EditionSettings
from diplomatic.xml.reader import parse_bytes, parse_file

_TAG: Final = re.compile(r"<[^>]*>")
_ID: Final = re.compile(r'\sid="([^"]*)"')
_LINK: Final = re.compile(r'\shref="([^"#:]*)#([^"]*)"')
# Where the ebook has the parts of the printed volume; its apparatus stands after each document.
_PARTS: Final = {
    "half-title": TITLE,
    "title-page": TITLE,
    "contents": NAVIGATION,
    "documents": NAVIGATION,
    "note-on-the-text": NOTE,
    "apparatus": NAMES,
    "index": NAMES,
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


def publish_epub(edition: Edition) -> list[Finding]:
    """Write the ebook of an edition into its output folder.

    If a document cannot be rendered, the ebook that was there stays as it was.

    Raises:
        DiplomaticError: D801, the file cannot be written; D714, a font is missing.
    """
    book, unreadable = read_book(edition)
    findings = list(unreadable)
    own = edition.own_xslt_dir
    entry = own / STYLESHEET if own and (own / STYLESHEET).exists() else None
    pages = _pages(book, Setup(edition.settings.language, entry), findings)
    findings.sort(key=sort_key)
    if book.documents and not unreadable and all(pages.values()):
        path = epub_path(edition)
        write_if_changed(path, _bind(book, pages, edition))
    return list(dict.fromkeys(findings))


def read_book(edition: Edition) -> tuple[Book, list[Finding]]:
    """Return what the book is made from: documents that can be read; findings on the others."""
    documents, facts, shown, findings = [], [], [], []
    for document in edition.documents:
        if not document.tei.exists():
            continue
        try:
            tree = parse_file(document.tei)
        except DiplomaticError as error:
            findings.append(error.finding)
            continue
        identify(tree, document.id)
        documents.append(document)
        facts.append(read_facts(tree))
        shown.append(list(images(tree, document.tei.parent)))
    names, breaks = _names(edition), read_breaks(edition)
    return Book(edition.settings, documents, facts, shown, names, breaks), findings


def _names(edition: Edition) -> dict[str, IndexedName]:
    """Return the names of the indices by key."""
    paths = edition.index_paths.values()
    return {name.key: name for path in paths for name in read_index(path)}


# ---------------------------------------------------------------------------------------- pages


def _pages(book: Book, setup: Setup, findings: list[Finding]) -> dict[str, str]:
    """Return every page of the book by file name; what there is to say joins `findings`."""
    pages: dict[str, str] = {}
    work = list(chapters(book))
    for file, page in share(render_piece, work, setup, how_many(len(work), None)):
        findings.extend(page.findings)
        pages[file] = page.xhtml
    frame = {
        TITLE: ("title", "frontmatter", "titlepage"),
        NAVIGATION: ("nav", "frontmatter", ""),
        NOTE: ("note", "frontmatter", "foreword"),
        NAMES: ("names", "backmatter", "index"),
        COLOPHON: ("colophon", "backmatter", "colophon"),
    }
    fonts = families(_characters(pages.values())) if book.settings.web.fonts else []
    for file in book.spine:
        if file in frame:
            record = _frame_record(book, file, *frame[file])
            if file == COLOPHON:
                record = _colophon_record(record, book, fonts)
            page = render_page(record, setup)
            findings.extend(page.findings)
            pages[file] = page.xhtml
    return _without_dead_links(pages)


def _frame_record(book: Book, file: str, page: str, matter: str, kind: str) -> bytes:
    """Return the record for a page around the documents, which has a file, a name and a type."""
    names = book.names if page == "names" else None
    record = edition_record(book.settings, book.facts, page, names)
    root = with_files(record, book, range(len(book.documents)))
    root.set("matter", matter)
    root.set("house", book.settings.publisher)
    if kind:
        root.set("type", kind)
    for editor in book.settings.editors:
        add(root, "editor").text = editor
    root.set("file", file)
    for break_ in book.breaks:
        add(root, "break", page=break_.page, unit=break_.unit, file=_file_of(break_, book))
    return etree.tostring(root)


def _file_of(break_: Break, book: Book) -> str:
    """Return the file of the book in which a printed page is marked."""
    if break_.unit != PART:
        return f"{break_.document}.xhtml"
    file = _PARTS.get(break_.document, COLOPHON)
    return file if file in book.spine else COLOPHON


def _colophon_record(record: bytes, book: Book, fonts: Iterable[tuple[str, str]]) -> bytes:
    """Return the record of the colophon with what it says of fonts and sources."""
    root = parse_bytes(record, "record").getroot()
    for name, file in fonts:
        add(root, "font", name=name, file=file, licence="SIL Open Font License 1.1")
    for document, facts in zip(book.documents, book.facts, strict=True):
        digest = hashlib.sha256(document.tei.read_bytes()).hexdigest()
        source = add(root, "source", id=document.id, title=facts.title, sha256=digest)
        if facts.licence:
            source.set("licence", facts.licence)
    return etree.tostring(root)


def _without_dead_links(pages: Mapping[str, str]) -> dict[str, str]:
    """Return pages whose links all lead to what the book has; the words of others stay."""
    anchors = {file: frozenset(_ID.findall(page)) for file, page in pages.items()}

    def checked(file: str, page: str) -> str:
        def resolve(link: re.Match[str]) -> str:
            return link[0] if link[2] in anchors.get(link[1] or file, frozenset()) else ""

        return _LINK.sub(resolve, page)

    return {file: checked(file, page) for file, page in pages.items()}


# -------------------------------------------------------------------------------------- binding


def _bind(book: Book, pages: Mapping[str, str], edition: Edition) -> bytes:
    """Return the archive of a book."""
    files = {file: pages[file].encode() for file in book.spine}
    assets = _assets(pages.values(), edition) | pictures(book.documents, book.images)
    package = Package(
        identifier=_identifier(book.settings),
        metadata=_metadata(book, pictured=any("/images/" in name for name in assets)),
        language=book.settings.language,
        date=book.settings.date,
        spine=book.spine,
        navigation=NAVIGATION,
        resources=sorted(assets),
    )
    return archive(package, files | assets)


def _characters(pages: Iterable[str]) -> set[str]:
    """Return the characters that pages show."""
    return set().union(*(_TAG.sub("", page) for page in pages))


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


def _metadata(book: Book, *, pictured: bool) -> list[tuple[str, str]]:
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
