"""The website: pages from TEI documents, as static files that work from a bare folder.

Rendering is pure (`render_document`, `render_edition_page`: bytes in, page out), so that workers
can do it; `publish_site` reads the edition, renders, and writes. In the folder:

    index.html  names.html  method.html  404.html  {document}.html
    assets/     edition.css, fonts.css, fonts/
    pdf/ epub/  the books, if they were made before
    tei/        documents/, indices/, sources/, schema/: the TEI as in the edition, so that every
                pointer in a downloaded file still finds its target
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.workers import how_many, share
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding, Place, sort_key
from diplomatic.inputs import transcript_of
from diplomatic.publish.books import books, edition_books, lay_in
from diplomatic.publish.citations import bibtex, csl_json, ris
from diplomatic.publish.exchange import Exchanged, exchange_files, exchange_names
from diplomatic.publish.facts import DocumentFacts, read_facts
from diplomatic.publish.labels import label
from diplomatic.publish.look import look_files, look_findings, own_entry
from diplomatic.publish.pages import EditionContent, about_records, site_pages
from diplomatic.publish.records import (
    IndexedName,
    SitePage,
    document_record,
    edition_record,
    read_index,
    source_record,
)
from diplomatic.publish.search import pagefind_files, search_data
from diplomatic.publish.tally import open_doubts
from diplomatic.publish.units import DocumentUnits, read_units
from diplomatic.publish.webfonts import web_fonts
from diplomatic.publish.wordlist import word_list
from diplomatic.resources import schema_dir, xslt_dir
from diplomatic.settings import EditionSettings
from diplomatic.xml.reader import parse_file
from diplomatic.xml.saxon import Parameter, stylesheet

_ID: Final = re.compile(r'(?<=\s)id="([^"]*)"')
_WRITERS: Final = 8
_PAGES: Final = {
    "home": "index.html",
    "method": "method.html",
    "missing": "404.html",
}


_Read = tuple[str, DocumentFacts | None, DocumentUnits | None, Finding | None]


@dataclass(frozen=True)
class Page:
    """A page as rendered, and what there is to say about it."""

    html: str
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Piece:
    """The work on one page: its name, the TEI file if it shows one, its record."""

    name: str
    tei: Path | None
    record: bytes


@dataclass(frozen=True)
class Setup:
    """What all pages have in common: language of the interface, entry stylesheet if not ours."""

    language: str
    entry: Path | None


@dataclass(frozen=True)
class Site:
    """What a website is made of: every file of it, changed or not, and the findings."""

    files: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def render_document(
    tei: bytes, record: bytes, *, name: str, language: str = "en", entry: Path | None = None
) -> Page:
    """Render the page of a TEI document.

    Args:
        tei: the document, already read safely.
        record: the edition as far as this page needs it (`records.document_record`).
        name: what findings call the document.
        language: language of the interface (BCP 47).
        entry: the stylesheet; None for the program's own.

    Raises:
        DiplomaticError: D702, D712, D713, the stylesheet stopped; D710, an anchor twice.
    """
    parameters: dict[str, Parameter] = {"edition": record, "interface-language": language}
    result = stylesheet(entry or xslt_dir() / "html.xsl").transform(tei, parameters, name=name)
    _check_anchors(result.text, name)
    return Page(_doctype(result.text), result.findings(name))


def render_edition_page(record: bytes, *, language: str = "en", entry: Path | None = None) -> Page:
    """Render a page about the whole edition, which the record names.

    Raises:
        DiplomaticError: D702, D712.
    """
    parameters: dict[str, Parameter] = {"interface-language": language}
    result = stylesheet(entry or xslt_dir() / "html.xsl").transform(record, parameters)
    return Page(_doctype(result.text), result.findings(""))


def publish_site(edition: Edition) -> Site:
    """Write the website of an edition into its output folder.

    A document that cannot be rendered is a finding and keeps its former page, if it has one.

    Raises:
        DiplomaticError: D801, a file cannot be written; D714, a font is missing.
    """
    content, documents, findings = _read(edition)
    content = replace(content, files=_data_files(edition, content.facts))
    setup = Setup(edition.settings.language, own_entry(edition))
    look = look_files(edition)
    findings.extend(look_findings(edition))
    listed = site_pages(content)
    pieces = _pieces(edition, documents, content, listed)
    pages: dict[str, str] = {}
    for piece, page in share(render_piece, pieces, setup, how_many(len(pieces), None)):
        findings.extend(page.findings)
        if page.html:
            pages[piece] = page.html
    # What is wrong with a stylesheet is wrong for every page; it is said once.
    findings = sorted(dict.fromkeys(findings), key=sort_key)
    files = {name: html.encode() for name, html in pages.items()}
    with ThreadPoolExecutor(1) as pool:
        # Pagefind is a process of its own, which works while the fonts are made.
        wanted = any(name == "search" for name, *_ in listed)
        search = pool.submit(_search, content, pages) if wanted else None
        files.update(_assets(edition, pages.values()))
        files.update(search.result() if search else {})
    files.update(look)
    # One sheet is one request: fonts.css stays beside it as the memory of what was made.
    files["assets/edition.css"] = files.get("assets/fonts.css", b"") + files["assets/edition.css"]
    files.update(_downloads(edition, documents))
    files.update(_citations(edition.settings, content.facts))
    made_from = Exchanged(edition.settings, content.facts, [d.tei for d in documents])
    files.update(exchange_files(made_from, [name for name in pages if name != "404.html"]))
    kept = [
        edition.html_dir / name for name in (piece.name for piece in pieces) if name not in files
    ]
    # A transcript that cannot be read just now keeps its former source page, which is linked.
    kept += [
        edition.html_dir / f"{document.id}.source.html"
        for document in documents
        if f"{document.id}.source.html" not in files
    ]
    written = _write(edition.html_dir, files) + [path for path in kept if path.exists()]
    written += lay_in(books(edition), edition.html_dir)
    return Site(written, findings)


def _read(edition: Edition) -> tuple[EditionContent, list[Document], list[Finding]]:
    """Return what the pages are made from, the documents that can be read, and findings."""
    documents: list[Document] = []
    facts: list[DocumentFacts] = []
    units: list[DocumentUnits] = []
    findings: list[Finding] = []
    there = [document for document in edition.documents if document.tei.exists()]
    # Reading takes a tenth of what rendering takes, so that fewer documents need no worker.
    processes = how_many(len(there) // 10, None)
    read = {one[0]: one for one in share(read_document, there, None, processes)}
    for document in there:
        _, found, content_units, finding = read[document.id]
        if found is None or content_units is None:
            findings += [finding] if finding else []
            continue
        facts.append(found)
        units.append(content_units)
        documents.append(document)
    doubts = open_doubts(edition.reports_dir / "doubts.json")
    if doubts is not None:
        facts = [replace(found, doubts=len(doubts.get(found.id, ()))) for found in facts]
    search = edition.settings.web.search
    listed = word_list((d.id, u) for d, u in zip(documents, units, strict=True)) if search else []
    content = EditionContent(
        edition.settings,
        facts,
        units,
        _names(edition),
        listed,
        manual=_manual(),
        doubts=doubts or {},
        sources=frozenset(d.id for d in documents if "source" in _addresses(edition, d)),
    )
    return content, documents, findings


def read_document(document: Document, _: None) -> _Read:
    """Read one document, in this process or a worker; of a broken one there is a finding."""
    try:
        tree = parse_file(document.tei)
    except DiplomaticError as error:
        return document.id, None, None, error.finding
    return document.id, read_facts(tree), read_units(tree), None


def _manual() -> etree._Element | None:
    """Return the manual of the encoding that is made from the schema, if it is there."""
    path = schema_dir() / "manual.html"
    return parse_file(path).getroot() if path.exists() else None


def _pieces(
    edition: Edition,
    documents: list[Document],
    content: EditionContent,
    listed: list[SitePage],
) -> list[Piece]:
    """Return the work on each page."""
    settings, facts = edition.settings, content.facts
    pieces = []
    for position, document in enumerate(documents):
        downloads = _addresses(edition, document)
        record = document_record(settings, facts, position, content.names, downloads, listed)
        pieces.append(Piece(f"{document.id}.html", document.tei, record))
        text = _transcript(document) if "source" in downloads else None
        if text is not None:
            record = source_record(settings, facts, position, downloads, text, listed)
            pieces.append(Piece(downloads["source"], document.tei, record))
    whole = edition_books(books(edition))
    for kind, name in _PAGES.items():
        record = edition_record(settings, facts, kind, pages=listed, books=whole)
        pieces.append(Piece(name, None, record))
    pieces += [Piece(name, None, record) for name, record in about_records(content, listed)]
    return pieces


def _transcript(document: Document) -> str | None:
    """Return a document's transcript; None when it cannot be read, which encoding has told."""
    try:
        return transcript_of(document.source)
    except DiplomaticError:
        return None


def _addresses(edition: Edition, document: Document) -> dict[str, str]:
    """Return what can be had of a document beside its page, by kind."""
    addresses = {"tei": f"tei/documents/{document.id}.xml"}
    if edition.settings.web.transcripts and document.source.exists():
        addresses["text"] = f"tei/sources/{document.id}.txt"
        page = f"{document.id}.source.html"
        if _transcript(document) is not None or (edition.html_dir / page).exists():
            addresses["source"] = page
    book = f"pdf/{document.id}.pdf"
    if book in books(edition, [document]):
        addresses["pdf"] = book
    addresses.update(bib=f"{document.id}.bib", ris=f"{document.id}.ris", csl=f"{document.id}.json")
    return addresses


def render_piece(piece: Piece, setup: Setup) -> tuple[str, Page]:
    """Render one page, in this process or a worker; a failure is a page without HTML."""
    try:
        if piece.tei is None:
            page = render_edition_page(piece.record, language=setup.language, entry=setup.entry)
            return piece.name, page
        page = render_document(
            piece.tei.read_bytes(),
            piece.record,
            name=str(piece.tei),
            language=setup.language,
            entry=setup.entry,
        )
    except DiplomaticError as error:
        page = Page("", [error.finding])
    return piece.name, page


def _names(edition: Edition) -> dict[str, IndexedName]:
    """Return the names of the indices by key."""
    paths = edition.index_paths.values()
    return {name.key: name for path in paths for name in read_index(path)}


def _search(content: EditionContent, pages: Mapping[str, str]) -> dict[str, bytes]:
    """Return the index of Pagefind, and the one for bare files."""
    own = {f"{document.id}.html" for document in content.facts}
    texts = {name: html.encode() for name, html in pages.items() if name in own}
    language = content.settings.language
    kinds = {key: label(f"kind.{key}", language) for key in {d.kind for d in content.facts}}
    files = pagefind_files(texts, language) if texts else {}
    files["assets/search-data.js"] = search_data(content.facts, content.units, content.names, kinds)
    return files


def _assets(edition: Edition, pages: Iterable[str]) -> dict[str, bytes]:
    """Return the style sheet and the fonts."""
    names = ("pages.css", "edition.js", "icon.svg")
    files = {f"assets/{name}": (xslt_dir() / "assets" / name).read_bytes() for name in names}
    if edition.settings.web.fonts:
        # Tags and all: what they are written in is in the fonts in any case.
        characters: set[str] = set().union(*pages)
        fonts = web_fonts(characters, edition.html_dir / "assets")
        files.update({f"assets/{name}": data for name, data in fonts.items()})
    return files


def _downloads(edition: Edition, documents: list[Document]) -> dict[str, bytes]:
    """Return the TEI and the transcripts as they are, laid out as in the edition."""
    paths = {f"documents/{document.id}.xml": document.tei for document in documents}
    paths.update({f"indices/{path.name}": path for path in edition.index_paths.values()})
    for name in ("edition.rng", "edition.sch"):
        paths[f"schema/{name}"] = schema_dir() / name
    if edition.settings.web.transcripts:
        paths.update({f"sources/{d.source.name}": d.source for d in documents})
    files = {f"tei/{name}": path.read_bytes() for name, path in paths.items() if path.exists()}
    if edition.settings.web.transcripts:
        for document in documents:
            text = None if document.suffix == ".txt" else _transcript(document)
            if text is not None:
                files[f"tei/sources/{document.id}.txt"] = text.encode()
    return files


def _data_files(edition: Edition, facts: Sequence[DocumentFacts]) -> list[tuple[str, str]]:
    """Return the files for other programs by what they are, as the page on data lists them."""
    names = exchange_names(edition.settings, facts)
    files = [(key, name) for key, name in names.items()]
    files += edition_books(books(edition)).items()
    files += [("index", f"tei/indices/{path.name}") for path in edition.index_paths.values()]
    return [*files, ("schema", "tei/schema/edition.rng"), ("rules", "tei/schema/edition.sch")]


def _citations(settings: EditionSettings, facts: Iterable[DocumentFacts]) -> dict[str, bytes]:
    """Return the citation of each document, in three forms."""
    files = {}
    for document in facts:
        files[f"{document.id}.bib"] = bibtex(settings, [document])
        files[f"{document.id}.ris"] = ris(settings, [document])
        files[f"{document.id}.json"] = csl_json(settings, [document])
    return files


def _write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files that differ from what is there; return all of them."""
    ordered = sorted(files.items())
    # Writing is waiting for the disk, which threads can do together.
    with ThreadPoolExecutor(_WRITERS) as pool:
        list(pool.map(lambda item: write_if_changed(folder / item[0], item[1]), ordered))
    return [folder / name for name, _ in ordered]


def _doctype(html: str) -> str:
    """Return a page that begins with the doctype of HTML and ends with a line end."""
    text = html.strip()
    return (text if text.lower().startswith("<!doctype") else f"<!DOCTYPE html>\n{text}") + "\n"


def _check_anchors(html: str, name: str) -> None:
    """See that no anchor is twice on a page.

    Raises:
        DiplomaticError: D710, one is.
    """
    twice = [anchor for anchor, number in Counter(_ID.findall(html)).items() if number > 1]
    if twice:
        message = f"on the page more than once: {', '.join(twice[:5])}"
        raise DiplomaticError(Finding("D710", message, Place(name)))
