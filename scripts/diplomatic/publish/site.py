"""The website: pages from TEI documents, as static files that work from a bare folder.

`publish_site` reads the edition, has workers make what is out of date (`making`), and writes what
is made from all of it (`parts`). What was made before from the same things is kept (`ledger`), so
that a change makes only the pages that it touches; whatever was kept, the files are those of a
clean run, byte for byte. In the folder:

    index.html  names.html  method.html  404.html  {document}.html
    assets/     edition.css, fonts/, scripts
    pdf/ epub/  the books, if they were made before
    tei/        documents/, indices/, sources/, schema/: the TEI as in the edition, so that every
                pointer in a downloaded file still finds its target
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from diplomatic.build.workers import Travel, how_many, renew, share, share_widely, warm
from diplomatic.edition import Edition
from diplomatic.findings import Finding, sort_key
from diplomatic.publish.books import books, edition_books, lay_in
from diplomatic.publish.ledger import Ledger, Made, key_by, key_of, ledger_path, site_ledger, stamp
from diplomatic.publish.look import look_findings, own_entry
from diplomatic.publish.making import DocumentPiece, Outcome, PagePiece, Setup, make_piece
from diplomatic.publish.pages import (
    AboutPage,
    about_pages,
    site_pages,
    word_pages,
)
from diplomatic.publish.parts import Ingredients, begun_search, data_files, made_parts
from diplomatic.publish.reading import Reading, read_edition
from diplomatic.publish.records import card, edition_record, in_context
from diplomatic.publish.rendering import Page, render_document, render_edition_page
from diplomatic.publish.versions import program_key

__all__ = ["Page", "Site", "forget_site", "publish_site", "render_document", "render_edition_page"]

_PAGES: Final = {
    "home": "index.html",
    "method": "method.html",
    "missing": "404.html",
}

# After so many documents workers begin anew for the pages about the edition, which are large: they
# came on top of the memory of all documents before.
_MANY: Final = 500

Piece = DocumentPiece | PagePiece


@dataclass(frozen=True)
class Site:
    """What a website is made of: the place of every file, changed or not, and the findings.

    `made` tells of each document and page that was made anew, and why; `stamps` has the size and
    time of files by their place. Unless `is_all`, `places` and `stamps` tell only of what was made
    or looked at; other files are as they were left, but for those that are `gone`.
    """

    places: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    made: list[tuple[str, str]] = field(default_factory=list)
    stamps: dict[str, tuple[int, int]] = field(default_factory=dict)
    gone: Sequence[str] = ()
    is_all: bool = True

    @property
    def files(self) -> list[Path]:
        """Every file of it as a path."""
        return list(map(Path, self.places))


@dataclass
class _Result:
    """What has been made or kept, by the name of the piece; what was made anew; what was said."""

    made: dict[str, Made] = field(default_factory=dict)
    anew: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def publish_site(
    edition: Edition, *, whole: bool = True, changed: Collection[str] | None = None
) -> Site:
    """Write the website of an edition into its output folder.

    A document that cannot be rendered is a finding and keeps its former page, if it has one.

    Args:
        edition: the edition.
        whole: without, search, data and pages about the edition stay as the last whole run left
            them: a preview shows the document that was changed, and makes the rest when it can.
        changed: the places of all files of the edition, made or not, that came, went or changed
            since the website was last finished whole; None when nobody knows.

    Raises:
        DiplomaticError: D801, a file cannot be written; D714, a font is missing.
    """
    with site_ledger(edition) as ledger:
        program = program_key(edition, ledger)
        reading = read_edition(edition, ledger, program, whole=whole)
        content = replace(reading.content, files=data_files(edition, reading.content))
        listed = site_pages(content)
        frame = replace(content.frame, pages=tuple(listed))
        setup = Setup(frame, edition.html_dir, own_entry(edition))
        result = _Result()
        ingredients = Ingredients(edition, content, setup, reading, program, result.made)
        _make(_documents(reading, setup, ledger, program), ingredients, ledger, result)
        if len(result.anew) >= _MANY:
            renew()
        with begun_search(ingredients, ledger, whole=whole) as begun:
            if whole:
                _make(_about(ingredients, ledger), ingredients, ledger, result)
            result.made |= made_parts(ingredients, ledger, begun, whole=whole)
        ledger.sweep(result.made, [document.id for document in reading.documents])
    found = [*reading.findings, *look_findings(edition), *result.findings]
    # What is wrong with a stylesheet is wrong for every page; it is said once.
    findings = sorted(dict.fromkeys(found), key=sort_key)
    folder = f"{edition.html_dir}{os.sep}"
    made = (each for made in result.made.values() for each in made.files)
    stamps = {f"{folder}{name}": (size, changed) for name, size, changed in made}
    laid = lay_in(books(edition), edition.html_dir)
    places = sorted({*stamps, *(f"{folder}{name}" for name in result.left)})
    return Site([*places, *map(str, laid)], findings, result.anew, stamps)


def forget_site(edition: Edition) -> None:
    """Forget what was made before, so that all of it is made anew."""
    ledger_path(edition).unlink(missing_ok=True)


def _documents(
    reading: Reading, setup: Setup, ledger: Ledger, program: str
) -> Iterator[tuple[Piece, str]]:
    """Yield the work on each document, with all that its files are made from as a key."""
    content, frame = reading.content, setup.frame
    for position, document in enumerate(reading.documents):
        downloads = reading.downloads[position]
        context = in_context(content.facts, position, content.names, downloads)
        around = [each and card(each, 0) for each in (context.previous, context.next)]
        key = key_by(
            document=reading.keys[position],
            names_used=context.names,
            neighbours=around,
            place=(context.number, frame.total, frame.has_names, frame.pages),
            downloads=sorted(downloads.items()),
            program_or_settings=program,
        )
        yield DocumentPiece(document, context), key


def _about(ingredients: Ingredients, ledger: Ledger) -> Iterator[tuple[Piece, str]]:
    """Yield the work on each page about the edition, with what its record shows as a key."""
    edition, content = ingredients.edition, ingredients.content
    whole, listed = edition_books(books(edition)), ingredients.setup.frame.pages
    shown = [content.shown(what) for what in ("card", "incipit")]
    shared = key_of(listed, whole, ingredients.setup.frame.has_names, shown)
    home = partial(edition_record, edition.settings, content.facts, pages=listed, books=whole)
    pages = [
        AboutPage(name, key_of(kind, shared), partial(home, kind)) for kind, name in _PAGES.items()
    ]
    for page in (*pages, *about_pages(content, listed), *word_pages(content, listed)):
        key = key_by(content=page.key, program_or_settings=ingredients.program)
        record = b"" if ledger.kept(page.file, key) else page.record()
        yield PagePiece(page.file, record), key


def _make(
    pieces: Iterable[tuple[Piece, str]], made_from: Ingredients, ledger: Ledger, result: _Result
) -> None:
    """Make the pieces that are out of date, and remember them; add all of them to the result."""
    stale: dict[str, tuple[Piece, str]] = {}
    for piece, key in pieces:
        kept = ledger.kept(piece.name, key)
        if kept is None:
            stale[piece.name] = (piece, key)
            result.anew.append((piece.name, ledger.why(piece.name, key)))
        else:
            result.made[piece.name] = kept
            result.findings += kept.findings
    work, setup = [piece for piece, _ in stale.values()], made_from.setup
    for outcome in _outcomes(work, setup, made_from.edition.root):
        result.made[outcome.name] = outcome.made
        result.findings += outcome.made.findings
        if outcome.whole:
            ledger.note(outcome.name, stale[outcome.name][1], outcome.made)
            continue
        ledger.forget(outcome.name)
        result.left += _former(outcome.name, setup)


def _outcomes(work: list[Piece], setup: Setup, root: Path) -> Iterator[Outcome]:
    """Yield what comes of each piece; those of an edition's own templates are not sent away."""
    # Workers that are there already make a few pages sooner than this process alone.
    processes = max(how_many(len(work)), min(warm(), len(work)))
    if setup.entry is not None:
        yield from share(make_piece, work, setup, processes, together=4)
        return
    travel = Travel(root, lambda piece: piece.files)
    for outcome in share_widely(make_piece, work, setup, travel, processes=processes, together=4):
        # A file that came from afar has the time of its arrival.
        names = (name for name, _, _ in outcome.made.files)
        stamps = tuple(each for each in (stamp(setup.folder, name) for name in names) if each)
        yield replace(outcome, made=replace(outcome.made, files=stamps))


def _former(name: str, setup: Setup) -> list[str]:
    """Return the pages that are there of a piece that could not be made."""
    names = [name] if name.endswith(".html") else [f"{name}.html", f"{name}.source.html"]
    return [each for each in names if stamp(setup.folder, each)]
