"""What is odd about an edition's files without being in the way: names, places, orphans."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from diplomatic.edition import files_of, is_identifier, tells_of_folder
from diplomatic.findings import Finding, Place
from diplomatic.inputs.kinds import SUFFIXES

if TYPE_CHECKING:
    from diplomatic.edition import Edition


def oddities(edition: Edition) -> Iterator[Finding]:
    """Yield findings on names of files, on files out of place, and on the order of documents."""
    yield from _names(edition)
    yield from _deeper(edition)
    yield from _orphans(edition)
    known = [document.id for document in edition.documents]
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
        for path in files_of(folder, suffixes):
            counted = known.get(path.stem)
            if not is_identifier(path.stem):
                message = f"{path.stem!r} cannot name a document"
                yield Finding("D004", message, Place(str(path)), _better(path, known))
            elif not path.exists():
                yield Finding("D012", "a link to a file that is not there", Place(str(path)))
            elif counted and folder == edition.sources_dir and path != counted.source:
                message = f"{counted.source.name} is the transcript of {path.stem} already"
                yield Finding("D019", message, Place(str(path)))


def _better(path: Path, taken: Collection[str]) -> str:
    """Return what a file should be called, so that it names a document that is not there yet."""
    # Imported here: only a name that cannot be used needs the tables of letters.
    from diplomatic.starting.identifiers import identifier_for

    wanted = identifier_for(path.name, taken)
    twin = path.stem.lower() if path.stem.lower() in taken else ""
    same = f"Windows and macOS take it for {twin}{path.suffix}. " if twin else ""
    return (
        f"{same}Rename it to {wanted}{path.suffix.lower()}; the edition leaves it out until then."
    )


def _deeper(edition: Edition) -> Iterator[Finding]:
    """Yield a finding on each folder inside the sources that has transcripts in it."""
    folder = edition.sources_dir
    for inner in (
        sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ()
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
