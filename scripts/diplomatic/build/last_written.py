"""What the program last wrote of each document: `.encoded/{id}.xml` beside the documents.

An edit by hand can only be told, and merged, against what was there before it. Encoding the
recorded transcript again would not give that: program, indices and conventions have changed since.
So the last encoding is kept as it is, as plain XML, to be committed with the documents. That costs
next to nothing: while a document is not edited the copy has the same bytes, which git stores once,
and after that the difference of the two files is exactly what was done by hand, readable in review.
A hash in their place would tell that a document was edited, but not where.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_bytes, write_if_changed
from diplomatic.findings import DiplomaticError, Finding, Place

FOLDER: Final = ".encoded"
# Behind the document: identifiers that were given once, are gone, and must not be given again.
_GIVEN: Final = re.compile(rb"<\?given-before ([^?]*)\?>\n\Z")
# At the very end while a document is being written: the SHA-256 that it will have.
_COMING: Final = re.compile(rb"<\?document ([0-9a-f]{64})\?>\n\Z")


@dataclass(frozen=True)
class LastWritten:
    """What was last written, and the identifiers given earlier that are in it no more."""

    xml: bytes
    given: tuple[str, ...] = ()


def path_of(document: Path) -> Path:
    """Return where the last encoding of a document is kept."""
    return Path(document.parent, FOLDER, document.name)


def read_last(document: Path) -> LastWritten | None:
    """Return what was last written of a document, or None where nothing is kept.

    Raises:
        DiplomaticError: D012, it is there and cannot be read.
    """
    settle(document)
    data = read_if_there(path_of(document))
    if data is None:
        return None
    found = _GIVEN.search(data)
    if found is None:
        return LastWritten(data)
    return LastWritten(data[: found.start()], tuple(found.group(1).decode("utf-8").split()))


def write_last(document: Path, xml: bytes, given: Sequence[str] = ()) -> None:
    """Keep what was written of a document, and the identifiers that are in it no more.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    write_if_changed(path_of(document), _kept(xml, given))


def announce(document: Path, coming: bytes, xml: bytes, given: Sequence[str] = ()) -> None:
    """Announce that a document is about to be written, and what is to be kept of it then.

    Args:
        document: where it lives.
        coming: what will be written there.
        xml: what the encoder made, before any merge.
        given: identifiers that are in it no more.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    digest = hashlib.sha256(coming).hexdigest()
    data = _kept(xml, given) + f"<?document {digest}?>\n".encode()
    write_bytes(_pending(document), data, durable=False)


def deliver(document: Path, data: bytes, kept: bytes) -> None:
    """Write a document that was made elsewhere, and what is kept of it; the two stay together.

    Raises:
        DiplomaticError: D012, D801.
    """
    digest = hashlib.sha256(data).hexdigest()
    announced = kept + f"<?document {digest}?>\n".encode()
    write_bytes(_pending(document), announced, durable=False)
    write_bytes(document, data)
    settle(document)


def settle(document: Path) -> None:
    """Keep what was announced, if the document was written; else forget it.

    Raises:
        DiplomaticError: D012, D801.
    """
    announced = read_if_there(_pending(document))
    if announced is None:
        return
    found = _COMING.search(announced)
    current = read_if_there(document) or b""
    if found and found.group(1) == hashlib.sha256(current).hexdigest().encode():
        write_if_changed(path_of(document), announced[: found.start()])
    with contextlib.suppress(OSError):
        _pending(document).unlink(missing_ok=True)


def kept_of(documents: Path) -> list[Path]:
    """Return what is kept of the documents in a folder."""
    return [*(documents / FOLDER).glob("*.xml")]


def forget_last(documents: Path, name: str) -> Path | None:
    """Remove what is kept of a document in a folder; return where it was, if there was anything."""
    path = documents / FOLDER / f"{name}.xml"
    try:
        path.unlink()
    except OSError:
        return None
    return path


def _kept(xml: bytes, given: Sequence[str]) -> bytes:
    """Return what is kept of a document."""
    return xml + (f"<?given-before {' '.join(given)}?>\n".encode() if given else b"")


def _pending(document: Path) -> Path:
    """Return where it is announced that a document is being written."""
    return document.parent / FOLDER / f".{document.stem}.pending"


def read_if_there(path: Path) -> bytes | None:
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
