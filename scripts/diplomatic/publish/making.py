"""What workers do for the website: all files of one document, or one page about the edition.

In: a piece of work with all that its files are made from. Out: the files, written, and an account
of them for the memory (`ledger`). A page that cannot be rendered is a finding, and the file that
was there stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from diplomatic.build.atomic import write_if_changed
from diplomatic.edition import Document
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.inputs import transcript_of
from diplomatic.publish.citations import bibtex, csl_json, ris
from diplomatic.publish.guests import with_identifier
from diplomatic.publish.ledger import Made, Stamp, stamp
from diplomatic.publish.records import Frame, InContext, source_record, text_record
from diplomatic.publish.rendering import Page, render_document, render_edition_page
from diplomatic.xml.saxon import parsed


@dataclass(frozen=True)
class Setup:
    """What all pages have in common: the edition around them, where they go, entry stylesheet."""

    frame: Frame
    folder: Path
    entry: Path | None

    @property
    def language(self) -> str:
        """Language of the interface."""
        return self.frame.settings.language


@dataclass(frozen=True)
class DocumentPiece:
    """The files of one document: its pages, citations, downloads."""

    document: Document
    context: InContext

    @property
    def name(self) -> str:
        """What the memory calls it."""
        return self.document.id

    @property
    def files(self) -> list[Path]:
        """What it is made from."""
        return [self.document.tei, self.document.source]


@dataclass(frozen=True)
class PagePiece:
    """One page about the edition: its file, and the record that it is made from."""

    name: str
    record: bytes

    @property
    def files(self) -> list[Path]:
        """What it is made from, beside the record."""
        return []


@dataclass(frozen=True)
class Outcome:
    """What came of a piece: the account of its files, and whether all of them could be made."""

    name: str
    made: Made
    whole: bool


def make_piece(piece: DocumentPiece | PagePiece, setup: Setup) -> Outcome:
    """Make the files of a piece of work, in this process or a worker.

    Raises:
        DiplomaticError: D801, a file cannot be written.
    """
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    pages = _pages_of(piece, setup) if isinstance(piece, DocumentPiece) else {}
    if isinstance(piece, PagePiece):
        pages = {piece.name: lambda: _edition_page(piece, setup)}
    characters: set[str] = set()
    for name, render in pages.items():
        try:
            page = render()
        except DiplomaticError as error:
            findings.append(error.finding)
            continue
        files[name] = page.html.encode("utf-8")
        characters |= set(page.html)
        findings += page.findings
    whole = _promised(piece) <= files.keys()
    if isinstance(piece, DocumentPiece):
        files |= _beside(piece, setup)
    foreign = "".join(sorted(each for each in characters if not each.isascii()))
    return Outcome(piece.name, Made(_written(files, setup), foreign, tuple(findings)), whole)


def _pages_of(piece: DocumentPiece, setup: Setup) -> Mapping[str, Callable[[], Page]]:
    """Return how each page of a document is rendered, by its file; it is read once for all."""
    context, name = piece.context, str(piece.document.tei)
    try:
        data = with_identifier(piece.document.tei.read_bytes(), piece.document.id, name)
        tei = parsed(data, name)
    except DiplomaticError as error:
        failure = error
        return {f"{piece.name}.html": lambda: _fail(failure)}

    def render(record: bytes) -> Page:
        return render_document(tei, record, name=name, language=setup.language, entry=setup.entry)

    pages = {f"{piece.name}.html": lambda: render(text_record(setup.frame, context))}
    transcript = readable_transcript(piece.document) if "source" in context.downloads else None
    if transcript is not None:
        text = transcript
        pages[context.downloads["source"]] = lambda: render(
            source_record(setup.frame, context, text)
        )
    return pages


def _promised(piece: DocumentPiece | PagePiece) -> set[str]:
    """Return the pages that others link to: one that cannot be made now stays as it was."""
    if isinstance(piece, PagePiece):
        return {piece.name}
    source = piece.context.downloads.get("source")
    return {f"{piece.name}.html", *([source] if source else [])}


def _fail(error: DiplomaticError) -> Page:
    """Tell of a failure where a page is asked for."""
    raise error


def _edition_page(piece: PagePiece, setup: Setup) -> Page:
    """Render a page about the edition."""
    return render_edition_page(piece.record, language=setup.language, entry=setup.entry)


def _beside(piece: DocumentPiece, setup: Setup) -> dict[str, bytes]:
    """Return what can be had of a document beside its pages."""
    document, settings, facts = piece.document, setup.frame.settings, piece.context.facts
    files = {
        f"{document.id}.bib": bibtex(settings, [facts]),
        f"{document.id}.ris": ris(settings, [facts]),
        f"{document.id}.json": csl_json(settings, [facts]),
        f"tei/documents/{document.id}.xml": document.tei.read_bytes(),
    }
    if settings.web.transcripts and document.source.exists():
        files[f"tei/sources/{document.source.name}"] = document.source.read_bytes()
        text = None if document.suffix == ".txt" else readable_transcript(document)
        if text is not None:
            files[f"tei/sources/{document.id}.txt"] = text.encode()
    return files


def _written(files: Mapping[str, bytes], setup: Setup) -> tuple[Stamp, ...]:
    """Write files that differ from what is there; return all of them as they are now."""
    for name, data in files.items():
        write_if_changed(setup.folder / name, data, durable=False)
    stamps = (stamp(setup.folder, name) for name in files)
    return tuple(each for each in stamps if each)


def readable_transcript(document: Document) -> str | None:
    """Return a document's transcript; None when it cannot be read, which encoding has told."""
    try:
        return transcript_of(document.source)
    except DiplomaticError:
        return None
