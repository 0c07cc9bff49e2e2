"""The file that a website's memory is kept in: one SQLite file, which may be lost at any time.

In: tables, and what to ask and to change. What cannot be kept is no reason to fail: the memory of
that run is thrown away, so that the next one looks at everything.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any


class LostMemoryError(Exception):
    """The memory cannot be read; it is thrown away."""


class Base:
    """One memory, which threads may share."""

    def __init__(self, path: Path, tables: str, form: int) -> None:
        """Open the memory at `path`; one of another form, or a broken one, begins anew.

        Args:
            path: where it is; what cannot be written to is kept in this process only.
            tables: the commands that make the tables.
            form: to be raised when the tables, or what is kept in them, change.
        """
        self._path = path
        self._base = _opened(path, tables, form)
        self._lock = Lock()
        self._lost = False

    def ask(self, query: str, *values: object) -> list[Any]:
        """Return the rows that a query finds.

        Raises:
            LostMemoryError: it is broken.
        """
        try:
            with self._lock:
                return self._base.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._lost = True
            raise LostMemoryError(str(error)) from error

    def one(self, query: str, *values: object) -> Any:  # noqa: ANN401 - a row of anything
        """Return the first row that a query finds, or None.

        Raises:
            LostMemoryError: it is broken.
        """
        return next(iter(self.ask(query, *values)), None)

    def do(self, command: str, *values: object) -> None:
        """Change the memory."""
        self.do_each(command, [values])

    def do_each(self, command: str, rows: Iterable[Sequence[object]]) -> None:
        """Change the memory with each of some rows."""
        try:
            with self._lock:
                self._base.executemany(command, rows)
        except sqlite3.Error:
            self._lost = True

    def commit(self) -> None:
        """Keep what was changed, as far as the disk lets it."""
        try:
            self._base.commit()
        except sqlite3.Error:
            self._lost = True

    def close(self) -> None:
        """Keep what was changed, or nothing at all: half of it would tell of another website."""
        self.commit()
        with contextlib.suppress(sqlite3.Error):
            self._base.close()
        if self._lost:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def _opened(path: Path, tables: str, form: int) -> sqlite3.Connection:
    """Return the memory at `path`: new if it is broken, in this process only if it cannot be."""
    for _ in range(2):
        with contextlib.suppress(sqlite3.Error, OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(path, check_same_thread=False)
            return _prepared(base, tables, form)
        with contextlib.suppress(OSError):
            path.unlink()
    return _prepared(sqlite3.connect(":memory:", check_same_thread=False), tables, form)


def _prepared(base: sqlite3.Connection, tables: str, form: int) -> sqlite3.Connection:
    """Return a memory with its tables.

    Raises:
        sqlite3.Error: it is broken, of another form, or cannot be written to.
    """
    # A process that is killed loses nothing of it; a power failure may, which shows.
    base.execute("PRAGMA synchronous = OFF")
    found = base.execute("PRAGMA user_version").fetchone()[0]
    if found not in (0, form):
        base.close()
        raise sqlite3.DatabaseError(f"form {found}")
    base.executescript(f"{tables} PRAGMA user_version = {form};")
    return base
