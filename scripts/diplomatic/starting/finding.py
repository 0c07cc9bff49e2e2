"""What a folder holds that an edition could be made of, and what it holds that none could.

In: a folder, with folders in it. Out: the transcripts, TEI documents and sidecars in it, in the
order of their names; findings on files that look like documents but cannot be read.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from diplomatic.edition import tells_of_folder
from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.inputs import read_source
from diplomatic.xml.names import local_name
from diplomatic.xml.reader import parse_bytes

# Endings that a transcript may have, and the ending that it gets.
TRANSCRIPTS: Final = {
    ".txt": ".txt",
    ".text": ".txt",
    ".docx": ".docx",
    ".odt": ".odt",
    ".md": ".md",
    ".markdown": ".md",
    ".html": ".html",
    ".htm": ".html",
}
# Endings of documents in other forms, and what to do with them.
_ELSEWHERE: Final = {
    ".doc": "Open it in Word or LibreOffice and save it as .docx.",
    ".rtf": "Open it in Word or LibreOffice and save it as .docx.",
    ".pages": "Export it from Pages as Word (.docx).",
    ".pdf": "Save its text as .txt, or open it in a word processor and save it as .docx.",
    ".jpg": "",
    ".jpeg": "",
    ".png": "",
    ".tif": "",
    ".tiff": "",
}
_OVER: Final = frozenset({"__macosx", "node_modules"})
_JUNK: Final = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Found:
    """One file to take: where it is, its name in the folder, the ending that it gets.

    `name` has `/` between its parts and composed letters, whatever the system writes.
    """

    path: Path
    name: str
    suffix: str
    data: bytes
    sidecar: Path | None = None


@dataclass
class Haul:
    """All that was found in a folder."""

    files: list[Found] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def look_through(folder: Path, leave_out: Collection[Path] = ()) -> Haul:
    """Look through a folder and the folders in it.

    Args:
        folder: the folder.
        leave_out: folders and files in it that are not looked at.
    """
    haul = Haul()
    pictures = 0
    for path in _walk(folder, {path.resolve() for path in leave_out}):
        suffix = path.suffix.lower()
        if suffix == ".xml" or suffix in TRANSCRIPTS:
            _take(path, folder, haul)
        elif hint := _ELSEWHERE.get(suffix):
            message = f"a {suffix} file, which is left out"
            haul.findings.append(Finding("D030", message, Place(str(path)), hint))
        elif suffix in _ELSEWHERE:
            pictures += 1
    if pictures and not haul.files:
        hint = "Diplomatic reads transcripts, not scans: type or recognise (OCR) the text first."
        message = f"pictures ({pictures}), and no transcript of them"
        haul.findings.append(Finding("D030", message, Place(str(folder)), hint))
    return haul


def _walk(folder: Path, leave_out: Collection[Path]) -> Iterator[Path]:
    """Yield the files of a folder and the folders in it, by name; none that systems leave about."""
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name.lower() not in _OVER
            and (here / name).resolve() not in leave_out
        )
        for name in sorted(names):
            junk = name.startswith((".", "~$")) or name.lower() in _JUNK
            junk = junk or tells_of_folder(here / name)
            if not junk and (here / name).resolve() not in leave_out:
                yield here / name


def _take(path: Path, folder: Path, haul: Haul) -> None:
    """Take a file if it can be read; else say why not."""
    name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
    suffix = TRANSCRIPTS.get(path.suffix.lower(), ".xml")
    try:
        data = path.read_bytes()
    except OSError as error:
        message = error.strerror or "cannot be read"
        haul.findings.append(Finding("D012", message, Place(str(path))))
        return
    try:
        if suffix != ".xml":
            read_source(data, str(path))
        elif not _is_document(data, str(path)):
            return
    except DiplomaticError as error:
        haul.findings.append(error.finding)
        return
    beside = path.with_suffix(".toml")
    haul.files.append(Found(path, name, suffix, data, beside if beside.is_file() else None))


def _is_document(data: bytes, name: str) -> bool:
    """Whether XML is a TEI document with a text of its own.

    Raises:
        DiplomaticError: D100, D101, it is no XML.
    """
    root = parse_bytes(data, name).getroot()
    parts = [local_name(str(child.tag)) for child in root]
    return local_name(str(root.tag)) == "TEI" and "text" in parts
