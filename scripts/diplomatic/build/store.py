"""The TEI documents on disk, and the promise that no edit by hand is ever overwritten.

Beside the documents lies `.encoded.toml`: for each, the SHA-256 of what the program last wrote.
It is committed with them, so that the promise also holds in another clone. A document whose
bytes are not those is edited by hand, and is left alone; so is one that is not in the list.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_bytes, write_if_changed
from diplomatic.findings import DiplomaticError, Finding, Place

RECORD: Final = ".encoded.toml"
_HEAD: Final = (
    "# What the program last wrote, by document (SHA-256). A document that differs was edited by\n"
    "# hand and is not overwritten. Written by the program; keep it with the documents.\n"
)


class Written(StrEnum):
    """What became of one encoded document."""

    NEW = "written"
    SAME = "unchanged"
    KEPT = "kept, edited by hand"


@dataclass(frozen=True)
class Stored:
    """What became of a document, the SHA-256 of what the program wrote, and what to say of it."""

    status: Written
    digest: str = ""
    findings: list[Finding] = field(default_factory=list)


def store(path: Path, data: bytes, recorded: str | None) -> Stored:
    """Write a document to `path`, unless somebody has edited what is there.

    Args:
        path: where the document lives.
        data: what the encoder made.
        recorded: the SHA-256 of what the program last wrote there, if it ever did.

    Raises:
        DiplomaticError: D801, it cannot be written; D012, what is there cannot be read.
    """
    digest = hashlib.sha256(data).hexdigest()
    current = _read(path)
    if current == data:
        return Stored(Written.SAME, digest)
    if current is not None and hashlib.sha256(current).hexdigest() != recorded:
        # Where encoding gives what it gave before, the edits stand, and there is nothing to say.
        if recorded == digest:
            return Stored(Written.KEPT)
        message = "edited by hand since it was last encoded; it is left as it is"
        return Stored(Written.KEPT, findings=[Finding("D803", message, Place(str(path)))])
    write_bytes(path, data)
    return Stored(Written.NEW, digest)


class DocumentStore:
    """The TEI documents of one folder."""

    def __init__(self, folder: Path) -> None:
        """Read the record of `folder`; a missing or broken one counts as empty.

        An empty record is safe: every document then counts as edited by hand.
        """
        self.folder = folder
        try:
            rows = tomllib.loads((folder / RECORD).read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            rows = {}
        self.record: dict[str, str] = {key: str(value) for key, value in rows.items()}

    def put(self, identifier: str, data: bytes) -> Stored:
        """Write a document, unless somebody has edited it, and note what was written.

        Raises:
            DiplomaticError: D801, it cannot be written; D012, what is there cannot be read.
        """
        stored = store(self.folder / f"{identifier}.xml", data, self.record.get(identifier))
        self.note(identifier, stored)
        return stored

    def note(self, identifier: str, stored: Stored) -> None:
        """Note what was written, perhaps by another process."""
        if stored.digest:
            self.record[identifier] = stored.digest

    def is_ours(self, identifier: str) -> bool:
        """Say whether the program ever wrote this document."""
        return identifier in self.record

    def save(self) -> None:
        """Write the record, without documents that are gone.

        Raises:
            DiplomaticError: D801, it cannot be written.
        """
        rows = [
            f'{_key(identifier)} = "{digest}"\n'
            for identifier, digest in sorted(self.record.items())
            if (self.folder / f"{identifier}.xml").exists()
        ]
        if rows or (self.folder / RECORD).exists():
            write_if_changed(self.folder / RECORD, (_HEAD + "".join(rows)).encode("utf-8"))


def _key(identifier: str) -> str:
    """Return an identifier as a key of TOML."""
    return f'"{identifier}"'


def _read(path: Path) -> bytes | None:
    """Return the bytes of a file, or None where there is none.

    Raises:
        DiplomaticError: D012, it is there and cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = error.strerror or "cannot be read"
        raise DiplomaticError(Finding("D012", message, Place(str(path)))) from error
