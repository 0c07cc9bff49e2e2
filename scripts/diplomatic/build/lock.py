"""One build at a time: a lock that says who holds it, and that dies with its holder.

The operating system holds the lock on an open file, so a crash, even `kill -9`, releases it; what
is written in the file only serves the message to whoever comes second.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diplomatic.build.atomic import PREFIX
from diplomatic.edition import Edition
from diplomatic.findings import DiplomaticError, Finding, Place


@contextmanager
def edition_lock(edition: Edition) -> Iterator[None]:
    """Hold the lock of an edition, and sweep up what a holder that died left half-written.

    Raises:
        DiplomaticError: D802, another process holds it; D801, the folder cannot be written to.
    """
    with build_lock(edition.hidden_dir / "lock") as crashed:
        if crashed:
            _sweep(edition)
        yield


@contextmanager
def build_lock(path: Path) -> Iterator[bool]:
    """Hold the lock at `path`; yield whether its last holder died holding it.

    Raises:
        DiplomaticError: D802, another process holds it; D801, the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        message = error.strerror or "cannot be written"
        raise DiplomaticError(Finding("D801", message, Place(str(path.parent)))) from error
    try:
        if not _try_lock(descriptor):
            holder = os.read(descriptor, 200).decode("utf-8", "replace").strip() or "a process"
            message = f"{holder} is at work on this edition"
            raise DiplomaticError(Finding("D802", message, Place(str(path))))
        crashed = os.fstat(descriptor).st_size > 0
        _sign(descriptor, path)
        yield crashed
        os.ftruncate(descriptor, 0)
    finally:
        # A full disk must not keep the lock from being given back.
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _sign(descriptor: int, path: Path) -> None:
    """Write into the lock who holds it.

    Raises:
        DiplomaticError: D801, it cannot be written, as on a full disk.
    """
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode())
    except OSError as error:
        message = error.strerror or "cannot be written"
        raise DiplomaticError(Finding("D801", message, Place(str(path.parent)))) from error


def _sweep(edition: Edition) -> None:
    """Remove half-written files that a killed build left behind."""
    for folder in (edition.output_dir, edition.documents_dir):
        for path in folder.rglob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                path.unlink()


def _try_lock(descriptor: int) -> bool:
    """Take the lock if it is free; say whether it was."""
    if sys.platform == "win32":
        import msvcrt

        try:
            # Locked far behind the text, which whoever comes second must be able to read.
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
