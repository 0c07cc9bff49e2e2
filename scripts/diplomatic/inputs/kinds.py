"""Which files can be transcripts, told by the ending of their name, then by their first bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.sniffing import other_kind

SUFFIXES: Final = (".txt", ".docx", ".odt", ".md", ".html", ".htm")
"""Endings of files that can be transcripts; of two files for one document the first counts."""

_ARCHIVES: Final = {".docx": b"word/", ".odt": b"content.xml"}
_ZIP: Final = b"PK\x03\x04"
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0"
# The stream in a file of the old kind that an encrypted .docx is put into.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def is_input(path: Path) -> bool:
    """Say whether a file's name is that of a transcript."""
    return path.suffix in SUFFIXES


def kind_of(data: bytes, name: str) -> str:
    """Return the kind of a file as an ending; what has another name than these is plain text.

    Raises:
        DiplomaticError: D034, it is no Word or OpenDocument file, whatever its name; D421, it has
            a password.
    """
    suffix = Path(name).suffix.lower()
    suffix = ".html" if suffix == ".htm" else suffix
    if suffix not in _ARCHIVES:
        return suffix if suffix in SUFFIXES else ".txt"
    if data.startswith(_ZIP) and _ARCHIVES[suffix] in data:
        return suffix
    place = Place(name)
    if data.startswith(_OLD_WORD) and _ENCRYPTED in data:
        raise DiplomaticError(Finding("D421", "it has a password", place))
    if seen := other_kind(data):
        raise DiplomaticError(Finding("D034", f"this is {seen.what}", place, seen.hint))
    hint = "If it is plain text, name it .txt; a saved web page is named .html."
    raise DiplomaticError(Finding("D034", f"this is no {suffix} file", place, hint))
