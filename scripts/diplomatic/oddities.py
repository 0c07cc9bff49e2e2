"""What is odd about an edition's files without being in the way: names, places, orphans."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from diplomatic.edition import files_of, is_identifier, names_of, split, tells_of_folder
from diplomatic.findings import Finding, Place
from diplomatic.inputs.kinds import SUFFIXES

if TYPE_CHECKING:
    from diplomatic.edition import Edition


def oddities(edition: Edition) -> Iterator[Finding]:
    """Yield findings on names of files, on files out of place, and on the order of documents."""
    yield from _names(edition)
    yield from _deeper(edition)
    yield from _orphans(edition)
    known = {document.id: document for document in edition.documents}
    for name in edition.settings.documents:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"Did you mean {near[0]}?" if near else ""
            message = f"the order names {name!r}, which is not there"
            yield Finding("D005", message, Place(str(edition.settings_path)), hint)


def _names(edition: Edition) -> Iterator[Finding]:
    """Yield findings on names that name no document, and on two files for one document."""
    known = {document.id: document for document in edition.documents}
    for folder, suffixes in ((edition.sources_dir, SUFFIXES), (edition.documents_dir, (".xml",))):
        gone = _broken_links(folder)
        for name in names_of(folder, suffixes):
            stem, suffix = split(name)
            counted = known.get(stem)
            if not is_identifier(stem):
                message = f"{stem!r} cannot name a document"
                yield Finding("D004", message, Place(str(folder / name)), _better(name, known))
            elif name in gone:
                place = Place(str(folder / name))
                yield Finding("D012", "a link to a file that is not there", place)
            elif counted and folder == edition.sources_dir and suffix != counted.suffix:
                message = f"{counted.source.name} is the transcript of {stem} already"
                yield Finding("D019", message, Place(str(folder / name)))


def _broken_links(folder: Path) -> set[str]:
    """Return the names of links in a folder that lead nowhere."""
    if not folder.is_dir():
        return set()
    with os.scandir(folder) as entries:
        return {each.name for each in entries if each.is_symlink() and not _leads(each)}


def _leads(link: os.DirEntry[str]) -> bool:
    """Say whether a link leads to something."""
    try:
        link.stat()
    except OSError:
        return False
    return True


def _better(name: str, taken: Collection[str]) -> str:
    """Return what a file should be called, so that it names a document that is not there yet."""
    # Imported here: only a name that cannot be used needs the tables of letters.
    from diplomatic.starting.identifiers import identifier_for

    wanted, (stem, suffix) = identifier_for(name, taken), split(name)
    twin = stem.lower() if stem.lower() in taken else ""
    same = f"Windows and macOS take it for {twin}{suffix}. " if twin else ""
    return f"{same}Rename it to {wanted}{suffix.lower()}; the edition leaves it out until then."


def _deeper(edition: Edition) -> Iterator[Finding]:
    """Yield a finding on each folder inside the sources that has transcripts in it."""
    folder = edition.sources_dir
    for inner in (
        sorted(Path(each.path) for each in os.scandir(folder) if each.is_dir())
        if folder.is_dir()
        else ()
    ):
        found = [
            path
            for path in inner.rglob("*")
            if path.suffix.lower() in SUFFIXES and path.is_file() and not tells_of_folder(path)
        ]
        if found and not inner.name.startswith("."):
            message = f"a folder in tei/sources, with transcripts in it: {found[0].name}"
            yield Finding("D036", message, Place(str(inner)))


def _orphans(edition: Edition) -> Iterator[Finding]:
    """Yield findings on sidecars and decisions that are of no document."""
    known = {document.id for document in edition.documents}
    for folder in (edition.sources_dir, edition.tei_dir / "decisions"):
        for path in files_of(folder, (".toml",)):
            if path.stem not in known:
                near = difflib.get_close_matches(path.stem, sorted(known), 1)
                hint = f"Rename it to {near[0]}.toml, or take it away." if near else ""
                message = f"there is no document {path.stem}"
                yield Finding("D037", message, Place(str(path)), hint)
