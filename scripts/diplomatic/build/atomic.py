"""Writing files so that a reader, or a crash, sees the old file or the new one, never a half."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from diplomatic.findings import DiplomaticError, Finding, Place

# Begins the names of files that are being written; one left by a crash is swept by the build.
PREFIX = ".diplomatic-"
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_bytes(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write `data` to `path`, as `write_pieces` does.

    Raises:
        DiplomaticError: D801, it cannot be written; what was there before is untouched.
    """
    write_pieces(path, (data,), durable=durable)


def write_pieces(path: Path, pieces: Iterable[bytes], *, durable: bool = True) -> None:
    """Write pieces one after the other to `path`, which need not be in memory at the same time.

    Temporary file beside it, fsync, rename. Folders are made. What is not `durable` may be lost
    when the power fails, and is written three times as fast.

    Raises:
        DiplomaticError: D801, it cannot be written; what was there before is untouched.
    """
    # A name of our own: `tempfile` takes as long as all the rest of a small file.
    temporary = path.with_name(f"{PREFIX}{os.urandom(8).hex()}")
    try:
        with os.fdopen(_created(temporary), "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        _remove(temporary)
        message = error.strerror or "cannot be written"
        raise DiplomaticError(Finding("D801", message, Place(str(path)))) from error
    except BaseException:
        # Ctrl-C between two lines: leave nothing behind, then stop as asked.
        _remove(temporary)
        raise


def _created(path: Path) -> int:
    """Return a new file, open for writing; its folder is made."""
    try:
        return os.open(path, _NEW, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, _NEW, 0o600)


def write_if_changed(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Write `data` unless the file holds exactly that; say whether it was written.

    What is not `durable` may be lost when the power fails.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    if _holds(path, data):
        return False
    write_bytes(path, data, durable=durable)
    return True


def _holds(path: Path, data: bytes) -> bool:
    """Say whether a file holds exactly that."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _remove(temporary: Path) -> None:
    """Take a temporary file away, if there is one."""
    with contextlib.suppress(OSError):
        temporary.unlink()
