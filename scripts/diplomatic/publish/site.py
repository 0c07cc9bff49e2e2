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

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final

from diplomatic.build.workers import Travel, how_many, renew, share, share_widely, warm
from diplomatic.edition import Document, Edition
from diplomatic.findings import Finding, sort_key
from diplomatic.publish.books import books, document_book, lay_in
from diplomatic.publish.ledger import (
    Ledger,
    Made,
    Outlines,
    key_by,
    key_of,
    ledger_path,
    site_ledger,
    stamp,
)
from diplomatic.publish.ledger_base import LostMemoryError
from diplomatic.publish.look import look_findings, own_entry
from diplomatic.publish.making import DocumentPiece, Outcome, PagePiece, Setup, make_piece
from diplomatic.publish.pages import about_pages, site_pages
from diplomatic.publish.parts import Ingredients, begun_search, data_files, made_parts
from diplomatic.publish.reading import read_edition
from diplomatic.publish.records import card, in_context
from diplomatic.publish.rendering import Page, render_document, render_edition_page
from diplomatic.publish.touched import Touched, touched_by
from diplomatic.publish.versions import program_key
from diplomatic.publish.word_pages import word_pages

__all__ = ["Page", "Site", "forget_site", "publish_site", "render_document", "render_edition_page"]

# After so many documents workers begin anew for the pages about the edition, which are large: they
# came on top of the memory of all documents before.
_MANY: Final = 500

# So many pieces are in memory together, with all that they are made from; of pages about the
# edition so many bytes of records. After each lot of these workers begin anew, too: Saxon takes
# more memory from page to page, up to twice of what it needs.
_TOGETHER: Final = 256
_HEAVY: Final = 12 << 20

Piece = DocumentPiece | PagePiece


@dataclass(frozen=True)
class Site:
    """What a website is made of: the place of every file, changed or not, and the findings.

    `made` tells of each document and page that was made anew, and why; `stamps` has the size and
    time of files by their place. Unless `is_all`, `places` and `stamps` tell only of files that
    were written, or had changed; others are as they were left, but for those that are `gone`.
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

    made: dict[str, Made]
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
    try:
        return _published(edition, changed, whole=whole)
    except LostMemoryError:
        return _published(edition, None, whole=whole)


def _published(edition: Edition, changed: Collection[str] | None, *, whole: bool) -> Site:
    """Make what is out of date, and say what there is.

    Raises:
        DiplomaticError: D801, a file cannot be written; D714, a font is missing.
        LostMemoryError: what was remembered cannot be read; it is not there any more.
    """
    with site_ledger(edition) as ledger:
        ingredients = _gathered(edition, ledger, changed, whole=whole)
        result = _Result(ingredients.made)
        _make(_documents(ingredients), ingredients, result)
        if len(result.anew) >= _MANY:
            renew()
        with begun_search(ingredients, whole=whole) as begun:
            if whole:
                _make(_about(ingredients), ingredients, result)
                _forget_pages(ingredients)
            result.made |= made_parts(ingredients, begun, whole=whole)
        return _told(ingredients, result, whole=whole)


def _gathered(
    edition: Edition, ledger: Ledger, changed: Collection[str] | None, *, whole: bool
) -> Ingredients:
    """Read the edition, no more of it than needs to be, and gather what its pages are made from.

    What changed is enough to go by while all that the documents share is as it was when the website
    was last finished.
    """
    program = program_key(edition, ledger)
    known = changed is not None and ledger.noted("program") == program
    touched = touched_by(edition, changed) if known and changed is not None else None
    found = _read(edition, ledger, program, touched, whole=whole)
    if touched and ledger.noted("shared") != _shared(found):
        touched = None
        found = _read(edition, ledger, program, None, whole=whole)
    if touched is None:
        # Until all of it is finished, nothing is known to be as it was left.
        ledger.set_note("program", None)
    ledger.trust(touched.files if touched else None)
    return found


def _read(
    edition: Edition, ledger: Ledger, program: str, touched: Touched | None, *, whole: bool
) -> Ingredients:
    """Read the edition: all of it, or what was touched."""
    reading = read_edition(edition, ledger, program, whole=whole, touched=touched)
    content = replace(reading.content, files=data_files(edition, reading.content))
    frame = replace(content.frame, pages=tuple(site_pages(content)))
    setup = Setup(frame, edition.html_dir, own_entry(edition))
    return Ingredients(edition, content, setup, reading, program, {}, ledger, touched)


def _shared(ingredients: Ingredients) -> str:
    """Return one word for all that the documents have in common beside the program."""
    frame, reading = ingredients.setup.frame, ingredients.reading
    names = [document.id for document in reading.documents]
    return key_of(names, reading.indices, frame.has_names, frame.pages, ingredients.content.files)


def _told(ingredients: Ingredients, result: _Result, *, whole: bool) -> Site:
    """Remember that the website was finished, and say what there is."""
    edition, ledger, touched = ingredients.edition, ingredients.ledger, ingredients.touched
    documents = ingredients.reading.documents
    found = [*ingredients.reading.findings, *look_findings(edition), *result.findings]
    made = [each for made in result.made.values() for each in made.files]
    there = {*(name for name, _, _ in made), *result.left}
    if touched is None:
        ledger.sweep(result.made, [document.id for document in documents])
        laid, gone = books(edition), list[str]()
    else:
        asked = [documents[position] for position in ingredients.reading.downloads]
        laid = books(edition, asked)
        gone = [*ledger.gone([*there, *laid]), *_no_more_laid(edition, asked, laid)]
        found += ledger.findings()
    ledger.set_note("gone", json.dumps(gone))
    if whole and touched is None:
        ledger.set_note("shared", _shared(ingredients))
        ledger.set_note("program", ingredients.program)
    # What is wrong with a stylesheet is wrong for every page; it is said once.
    findings = sorted(dict.fromkeys(found), key=sort_key)
    folder = f"{edition.html_dir}{os.sep}"
    if touched is not None:
        told = ledger.written | touched.files
        made = [each for each in made if each[0] in told]
    stamps = {f"{folder}{name}": (size, changed) for name, size, changed in made}
    places = sorted({*stamps, *(f"{folder}{name}" for name in result.left)})
    places += map(str, lay_in(laid, edition.html_dir))
    missing = [f"{folder}{name}" for name in gone]
    return Site(places, findings, result.anew, stamps, missing, is_all=touched is None)


def _no_more_laid(
    edition: Edition, documents: Iterable[Document], laid: Collection[str]
) -> list[str]:
    """Return the books of documents that lie in the folder of the website and are no more."""
    addresses = (document_book(document) for document in documents)
    return [each for each in addresses if each not in laid and (edition.html_dir / each).exists()]


def forget_site(edition: Edition) -> None:
    """Forget what was made before, so that all of it is made anew."""
    ledger_path(edition).unlink(missing_ok=True)


def _documents(ingredients: Ingredients) -> Iterator[tuple[Piece, str]]:
    """Yield the work on each document, with all that its files are made from as a key."""
    content, reading, frame = ingredients.content, ingredients.reading, ingredients.setup.frame
    # Few are read one by one, all of them together.
    facts = content.facts if ingredients.touched else list(content.facts)
    for position, downloads in reading.downloads.items():
        context = in_context(facts, position, content.names, downloads)
        around = [each and card(each, 0) for each in (context.previous, context.next)]
        key = key_by(
            document=reading.keys[position],
            names_used=context.names,
            neighbours=around,
            place=(context.number, frame.total, frame.has_names, frame.pages),
            downloads=sorted(downloads.items()),
            program_or_settings=ingredients.program,
        )
        yield DocumentPiece(reading.documents[position], context), key


def _about(ingredients: Ingredients) -> Iterator[tuple[Piece, str]]:
    """Yield the work on each page about the edition, with what its record shows as a key."""
    content, listed = ingredients.content, ingredients.setup.frame.pages
    memory = Outlines(ingredients.ledger, ingredients.program)
    pages = (about_pages(content, listed, memory), word_pages(content, listed, memory))
    for page in chain.from_iterable(pages):
        key = key_by(content=page.key, program_or_settings=ingredients.program)
        record = b"" if ingredients.ledger.kept(page.file, key) else page.record()
        yield PagePiece(page.file, record), key


def _forget_pages(ingredients: Ingredients) -> None:
    """Forget the pages about the edition that are no more: a word is gone, or a name."""
    ledger = ingredients.ledger
    for name in ledger.names(".html"):
        if name not in ingredients.made:
            ledger.forget(name)


def _make(pieces: Iterable[tuple[Piece, str]], made_from: Ingredients, result: _Result) -> None:
    """Make the pieces that are out of date, and remember them; add all of them to the result."""
    stale: list[tuple[Piece, str]] = []
    ledger, weight = made_from.ledger, 0
    for piece, key in pieces:
        if len(stale) == _TOGETHER or weight > _HEAVY:
            _make_all(stale, made_from, result)
            if weight > _HEAVY:
                renew()
            stale, weight = [], 0
        kept = ledger.kept(piece.name, key)
        if kept is None:
            stale.append((piece, key))
            weight += piece.weight
            result.anew.append((piece.name, ledger.why(piece.name, key)))
        else:
            result.made[piece.name] = kept
            result.findings += kept.findings
    _make_all(stale, made_from, result)


def _make_all(stale: Sequence[tuple[Piece, str]], made_from: Ingredients, result: _Result) -> None:
    """Make pieces with these keys."""
    work, setup, ledger = [piece for piece, _ in stale], made_from.setup, made_from.ledger
    keys = {piece.name: key for piece, key in stale}
    for outcome in _outcomes(work, setup, made_from.edition.root):
        result.made[outcome.name] = outcome.made
        result.findings += outcome.made.findings
        if outcome.whole:
            ledger.note(outcome.name, keys[outcome.name], outcome.made)
            continue
        ledger.forget(outcome.name)
        result.left += _former(outcome.name, setup)
        result.left += [name for name, _, _ in outcome.made.files]


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
