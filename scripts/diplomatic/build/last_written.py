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
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.findings import DiplomaticError, Finding, Place

FOLDER: Final = ".encoded"
# Behind the document: identifiers that were given once, are gone, and must not be given again.
_GIVEN: Final = re.compile(rb"<\?given-before ([^?]*)\?>\n\Z")


@dataclass(frozen=True)
class LastWritten:
    """What was last written, and the identifiers given earlier that are in it no more."""

    xml: bytes
    given: tuple[str, ...] = ()


def path_of(document: Path) -> Path:
    """Return where the last encoding of a document is kept."""
    return document.parent / FOLDER / document.name


def read_last(document: Path) -> LastWritten | None:
    """Return what was last written of a document, or None where nothing is kept.

    Raises:
        DiplomaticError: D012, it is there and cannot be read.
    """
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
    more = f"<?given-before {' '.join(given)}?>\n".encode() if given else b""
    write_if_changed(path_of(document), xml + more)


def forget_last(documents: Path, known: Collection[str]) -> None:
    """Remove what is kept of documents in a folder that are neither there nor to be made."""
    for path in (documents / FOLDER).glob("*.xml"):
        if path.stem not in known:
            with contextlib.suppress(OSError):
                path.unlink()


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
