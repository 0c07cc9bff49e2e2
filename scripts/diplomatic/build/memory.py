"""The file in which the build keeps what it remembers: one SQLite base in the hidden folder.

In: its path. Out: a `Memory`, from which only what is asked for is read, and into which only what
changed is written, in transactions: a build that is killed loses what it did since the last. It is
a cache: one that is broken, foreign, of another form or not writable is begun anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from diplomatic.edition import Edition
from diplomatic.findings import DiplomaticError, Finding, Place

# To be raised when the tables, or what is kept in them, change.
_FORM: Final = 2
# `listing` and `since` belong to `settled`, the others to `state`.
_TABLES: Final = """
CREATE TABLE files (name TEXT PRIMARY KEY, size INT, changed INT, digest TEXT, hashed INT)
  WITHOUT ROWID;
CREATE TABLE tasks (name TEXT PRIMARY KEY, inputs TEXT, findings TEXT, facts TEXT);
CREATE INDEX said ON tasks (name) WHERE findings <> '[]';
CREATE INDEX elsewhere ON tasks (name) WHERE instr(facts, '"elsewhere"') > 0;
CREATE TABLE outputs (name TEXT PRIMARY KEY, task TEXT, digest TEXT) WITHOUT ROWID;
CREATE INDEX outputs_of ON outputs (task);
CREATE TABLE doubts (document TEXT PRIMARY KEY, open INT, told TEXT, shown TEXT);
CREATE INDEX doubts_open ON doubts (open) WHERE open > 0;
CREATE TABLE notes (name TEXT PRIMARY KEY, content TEXT);
CREATE TABLE listing (folder BLOB PRIMARY KEY, files BLOB);
CREATE TABLE since (place BLOB PRIMARY KEY) WITHOUT ROWID;
"""
# What an older program left in the place of this file.
_OLD: Final = ("state.json", "settled.json")
# Not enough memory for these and the disk, or somebody else, is at fault, not what is stored.
_OUTSIDE: Final = frozenset(
    (
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
    )
)
_FULL: Final = "No space left on device"
# So many names can be in one query.
_AT_ONCE: Final = 500
T = TypeVar("T")


class BrokenMemoryError(Exception):
    """What is remembered cannot be used: it is to be begun anew."""


class Memory:
    """What a build remembers, as tables; what is written counts from the next `commit`."""

    def __init__(self, base: sqlite3.Connection, path: Path, *, writes: bool = True) -> None:
        """Use an open base; without `writes`, nothing is ever changed in it."""
        self._base = base
        self._path = path
        self._writes = writes

    def rows(self, query: str, *values: object) -> list[Any]:
        """Return the rows that a query finds.

        Raises:
            BrokenMemoryError: the memory cannot be used.
            DiplomaticError: D801, the disk does not let it be read.
        """
        with self._told():
            return self._base.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Any:  # noqa: ANN401 - whatever is in the columns
        """Return the first row that a query finds, or None; fails as `rows` does."""
        with self._told():
            return self._base.execute(query, values).fetchone()

    def rows_of(self, query: str, names: Iterable[str]) -> Iterator[Any]:
        """Yield the rows of many names, for which a query has `{}`; fails as `rows` does."""
        several = iter(names)
        while some := [*islice(several, _AT_ONCE)]:
            yield from self.rows(query.format(f"({', '.join('?' * len(some))})"), *some)

    def do(self, command: str, rows: Iterable[tuple[object, ...]] = ((),)) -> None:
        """Change the memory, once for each row of values; fails as `rows` does."""
        if self._writes:
            with self._told():
                self._base.executemany(command, rows)

    def note(self, name: str, kind: type[T]) -> T | None:
        """Return what was noted under a name, or None; fails as `rows` does."""
        found = self.row("SELECT content FROM notes WHERE name = ?", name)
        return decoded(found[0], kind) if found else None

    def keep(self, name: str, content: object) -> None:
        """Note something under a name; None to note nothing any more. Fails as `rows` does."""
        if content is None:
            self.do("DELETE FROM notes WHERE name = ?", [(name,)])
        else:
            row = (name, json.dumps(content))
            self.do("INSERT OR REPLACE INTO notes VALUES (?, ?)", [row])

    def commit(self) -> None:
        """Make what was written count; fails as `rows` does."""
        with self._told():
            self._base.commit()

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        with contextlib.suppress(sqlite3.Error):
            self._base.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what failed: the memory, or what it lies on."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code is None or code & 0xFF not in _OUTSIDE:
                raise BrokenMemoryError(str(error)) from error
            message = _FULL if code == sqlite3.SQLITE_FULL else str(error)
            raise DiplomaticError(Finding("D801", message, Place(str(self._path)))) from error


def memory_path(edition: Edition) -> Path:
    """Return where the memory of an edition's builds is."""
    return edition.hidden_dir / "state.db"


def memory_places(edition: Edition) -> list[Path]:
    """Return every place where the memory can have files."""
    path = memory_path(edition)
    return [path, path.with_name(f"{path.name}-journal")]


@contextmanager
def opened(path: Path, *, anew: bool = False) -> Iterator[Memory]:
    """Open the memory at `path` for a build, which must hold the lock.

    One that cannot be used, or is not wanted any more (`anew`), is begun anew; where that cannot
    be, what a build remembers ends with it.
    """
    memory = Memory(_begun(path, anew=anew), path)
    try:
        yield memory
    finally:
        memory.close()


def opened_to_read(path: Path) -> Memory:
    """Open the memory at `path` while somebody else may be at work; an empty one if there is none.

    Nothing is ever written to it.
    """
    with contextlib.suppress(sqlite3.Error):
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        if _form_of(base) == _FORM:
            return Memory(base, path, writes=False)
        base.close()
    return Memory(_empty(":memory:"), path, writes=False)


def _begun(path: Path, *, anew: bool) -> sqlite3.Connection:
    """Return the memory at `path`, or a new one."""
    with contextlib.suppress(sqlite3.Error):
        if not anew and os.access(path, os.W_OK):
            base = sqlite3.connect(path)
            if _form_of(base) == _FORM:
                return base
            base.close()
    with contextlib.suppress(sqlite3.Error, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for name in (path.name, f"{path.name}-journal", *_OLD):
            path.with_name(name).unlink(missing_ok=True)
        return _empty(path)
    return _empty(":memory:")


def _form_of(base: sqlite3.Connection) -> int:
    """Return the form of what is stored.

    Raises:
        sqlite3.Error: it is no memory at all.
    """
    return int(base.execute("PRAGMA user_version").fetchone()[0])


def _empty(path: Path | str) -> sqlite3.Connection:
    """Return a memory that has its tables and nothing else.

    Raises:
        sqlite3.Error: it cannot be written.
    """
    base = sqlite3.connect(path)
    base.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_FORM}; COMMIT;")
    return base


def decoded(text: object, kind: type[T]) -> T:
    """Return what is stored as JSON, which is of this kind.

    Raises:
        BrokenMemoryError: it is not.
    """
    try:
        found = json.loads(str(text))
    except ValueError as error:
        raise BrokenMemoryError(str(error)) from error
    if not isinstance(found, kind):
        raise BrokenMemoryError(f"no {kind.__name__}")
    return found
