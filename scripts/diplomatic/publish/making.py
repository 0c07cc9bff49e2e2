"""What workers do for the website: all files of one document, or one page about the edition.

In: a piece of work with all that its files are made from. Out: the files, written, and an account
of them for the memory (`ledger`). A page that cannot be rendered is a finding, and the file that
was there stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.edition import Document
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.inputs import transcript_of
from diplomatic.publish.citations import bibtex, csl_json, ris
from diplomatic.publish.guests import with_identifier
from diplomatic.publish.ledger import Made, Stamp, stamp
from diplomatic.publish.records import Frame, InContext, text_record
from diplomatic.publish.rendering import DocumentPages, Page, render_edition_page
from diplomatic.publish.source_rows import Source, source_of
from diplomatic.xml.saxon import parsed

_ASCII: Final = bytes(range(0x80))


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

    @property
    def weight(self) -> int:
        """How much of the memory it takes: next to nothing."""
        return 0


@dataclass(frozen=True)
class PagePiece:
    """One page about the edition: its file, and the record that it is made from."""

    name: str
    record: bytes

    @property
    def files(self) -> list[Path]:
        """What it is made from, beside the record."""
        return []

    @property
    def weight(self) -> int:
        """How many bytes its record has."""
        return len(self.record)


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
    characters = b""
    pages = _pages_of(piece, setup) if isinstance(piece, DocumentPiece) else _page(piece, setup)
    for name, page in pages:
        if isinstance(page, DiplomaticError):
            findings.append(page.finding)
            continue
        files[name] = page.html.encode("utf-8")
        characters += files[name].translate(None, _ASCII)
        findings += page.findings
    whole = _promised(piece) <= files.keys()
    if isinstance(piece, DocumentPiece):
        files |= _beside(piece, setup)
    foreign = "".join(sorted(set(characters.decode("utf-8"))))
    return Outcome(piece.name, Made(_written(files, setup), foreign, tuple(findings)), whole)


def _pages_of(piece: DocumentPiece, setup: Setup) -> Iterator[tuple[str, Page | DiplomaticError]]:
    """Yield each page of a document by its file, or why there is none; it is read once for all."""
    context, path, file = piece.context, piece.document.tei, f"{piece.name}.html"
    try:
        data = with_identifier(path.read_bytes(), piece.document.id, str(path))
        record = text_record(setup.frame, context)
        pages = DocumentPages(
            parsed(data, str(path)), record, str(path), setup.language, setup.entry
        )
        source = _source(piece, data)
    except DiplomaticError as error:
        yield file, error
        return
    if source is None:
        yield file, _tried(pages.text)
        return
    try:
        text, beside = pages.both(source)
    except DiplomaticError:
        # One of them; the other is made all the same.
        yield file, _tried(pages.text)
        yield context.downloads["source"], _tried(lambda: pages.source(source))
    else:
        yield file, text
        yield context.downloads["source"], beside


def _source(piece: DocumentPiece, data: bytes) -> Source | None:
    """Return what the source page is made from; None without one, or a transcript to be read."""
    wanted = "source" in piece.context.downloads
    transcript = readable_transcript(piece.document) if wanted else None
    return None if transcript is None else source_of(data, transcript, str(piece.document.tei))


def _tried(render: Callable[[], Page]) -> Page | DiplomaticError:
    """Return a page, or why there is none."""
    try:
        return render()
    except DiplomaticError as error:
        return error


def _promised(piece: DocumentPiece | PagePiece) -> set[str]:
    """Return the pages that others link to: one that cannot be made now stays as it was."""
    if isinstance(piece, PagePiece):
        return {piece.name}
    source = piece.context.downloads.get("source")
    return {f"{piece.name}.html", *([source] if source else [])}


def _page(piece: PagePiece, setup: Setup) -> Iterator[tuple[str, Page | DiplomaticError]]:
    """Yield a page about the edition by its file, or why there is none."""
    language, entry = setup.language, setup.entry
    yield (
        piece.name,
        _tried(lambda: render_edition_page(piece.record, language=language, entry=entry)),
    )


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
