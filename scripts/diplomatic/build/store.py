"""The TEI documents on disk, and the promise that no edit by hand is ever overwritten.

What the program last wrote is kept beside each document (`last_written`). A document that differs
from it was edited by hand: it is merged with what encoding gives now, or, where both changed the
same, left as it is (design §3.8).

Both are written at any moment or neither is: what will be kept is announced, then the document is
written, then the announcement takes its place. A run that dies in between is set right by the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from diplomatic.build.atomic import write_bytes
from diplomatic.build.last_written import (
    LastWritten,
    announce,
    read_if_there,
    read_last,
    settle,
    write_last,
)
from diplomatic.findings import DiplomaticError, Finding, Place, Severity

if TYPE_CHECKING:
    from diplomatic.encode.changes import Side
    from diplomatic.encode.conflicts import Conflict


class Written(StrEnum):
    """What became of one encoded document."""

    NEW = "written"
    SAME = "unchanged"
    KEPT = "kept, edited by hand"
    MERGED = "merged with the edits by hand"


@dataclass(frozen=True)
class Stored:
    """What became of a document, and what to say of it."""

    status: Written
    findings: list[Finding] = field(default_factory=list)


def store(path: Path, data: bytes, prefer: Side | None = None) -> Stored:
    """Write a document to `path`, merged with what somebody has edited there.

    Args:
        path: where the document lives.
        data: what the encoder made.
        prefer: which side counts where an edit and the new encoding conflict.

    Raises:
        DiplomaticError: D801, it cannot be written; D012, what is there cannot be read.
    """
    current, last = read_if_there(path), read_last(path)
    if last is None:
        return _first(path, current, data)
    new, given = _with_identifiers(last, data, current)
    if current == new:
        status = Written.SAME
    elif current is None or current == last.xml:
        status = Written.NEW
        _write(path, new, new, given)
    elif last.xml == new:
        # Encoding gives what it gave before, so the edits stand, and there is nothing to say.
        status = Written.KEPT
    else:
        merged, findings = _merged(path, last.xml, current, new, prefer)
        if merged is None:
            return Stored(Written.KEPT, findings)
        status = Written.MERGED
        _write(path, merged, new, given)
    write_last(path, new, given)
    return Stored(status)


def identified(path: Path, data: bytes) -> bytes:
    """Return what the encoder made of the document at `path`, with the identifiers that it keeps.

    Raises:
        DiplomaticError: D012, what is there cannot be read.
    """
    last = read_last(path)
    return _with_identifiers(last, data, read_if_there(path))[0] if last else data


def _write(path: Path, document: bytes, new: bytes, given: Sequence[str]) -> None:
    """Write a document, and what the encoder gave; whatever happens, the two stay together."""
    announce(path, document, new, given)
    write_bytes(path, document)
    settle(path)


def _first(path: Path, current: bytes | None, data: bytes) -> Stored:
    """Store a document of which nothing was written before, as far as anybody knows."""
    if current is not None and current != data:
        message = "not written by the program, or what it last wrote is lost; it is left as it is"
        return Stored(Written.KEPT, [Finding("D803", message, Place(str(path)))])
    if current is None:
        _write(path, data, data, ())
    write_last(path, data)
    return Stored(Written.NEW if current is None else Written.SAME)


def _with_identifiers(
    last: LastWritten, data: bytes, current: bytes | None
) -> tuple[bytes, list[str]]:
    """Return the document with the identifiers it had, and those that may not be given again."""
    if last.xml == data:
        return data, list(last.given)
    from diplomatic.encode.keep_ids import given_before, identifiers_in, keep_identifiers

    by_hand = identifiers_in(current) if current else set()
    new = keep_identifiers(last.xml, data, {*last.given, *by_hand})
    return new, given_before(last.xml, new, last.given)


def _merged(
    path: Path, base: bytes, current: bytes, new: bytes, prefer: Side | None
) -> tuple[bytes | None, list[Finding]]:
    """Return the merged document; None and the reasons where it must be left as it is."""
    from diplomatic.encode.merge import UnlikeError, merge

    try:
        merged = merge(base, current, new, prefer)
    except (UnlikeError, DiplomaticError) as error:
        said = error.finding.message if isinstance(error, DiplomaticError) else str(error)
        message = f"edited by hand, and cannot be merged: {said}; it is left as it is"
        place = error.finding.place if isinstance(error, DiplomaticError) else Place()
        return None, [Finding("D803", message, Place(str(path), place.line, place.column))]
    if merged.conflicts:
        return None, [_conflict(path, conflict) for conflict in merged.conflicts]
    broken = _broken(path, current, new, merged.xml)
    return (None, broken) if broken else (merged.xml, [])


def _conflict(path: Path, conflict: Conflict) -> Finding:
    """Return the finding for an element in conflict."""
    message = (
        f"{conflict.element} was changed here and by encoding: "
        f"this file has {conflict.edited}, the transcript now gives {conflict.new}"
    )
    place = Place(str(path), conflict.line, conflict.column, conflict.transcript_line)
    return Finding("D807", message, place)


def _broken(path: Path, current: bytes, new: bytes, merged: bytes) -> list[Finding]:
    """Return what is wrong with a merged document and with neither of the two in it."""
    after = _errors(merged, path)
    if not after:
        return []
    known = [(each.code, each.message) for data in (current, new) for each in _errors(data, path)]
    return [
        Finding(
            "D808",
            f"merging would break the document: {each.message}",
            Place(str(path), transcript_line=each.place.transcript_line),
        )
        for each in after
        if (each.code, each.message) not in known
    ]


def _errors(data: bytes, path: Path) -> list[Finding]:
    """Return the errors of a document that is to live at `path`."""
    from diplomatic.checking.references import check_references
    from diplomatic.schema.validate import check_document
    from diplomatic.xml.reader import parse_bytes

    found = [
        *check_document(data, str(path)),
        *check_references(parse_bytes(data, str(path)), path, str(path)),
    ]
    return [each for each in found if each.severity is Severity.ERROR]
