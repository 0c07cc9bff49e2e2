"""What the website remembers: what was read from each document, and what each file was made from.

In: keys, which name everything that something depends on. Out: what was made with the same key,
as long as the files are there as they were left. It is one SQLite file in the hidden part of
`output/`; whoever deletes it loses time only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diplomatic.edition import Edition
from diplomatic.findings import Finding, Place, codes

# To be raised when the tables, or what is kept in them, change.
_FORM: Final = 3
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, size INT, changed INT, digest TEXT);
CREATE TABLE IF NOT EXISTS readings (name TEXT PRIMARY KEY, key TEXT, facts TEXT, units TEXT,
  texts TEXT, corpus BLOB);
CREATE TABLE IF NOT EXISTS words (letter TEXT, name TEXT, words TEXT, PRIMARY KEY (letter, name))
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS words_of ON words (name);
CREATE TABLE IF NOT EXISTS made (name TEXT PRIMARY KEY, key TEXT, files TEXT, characters TEXT,
  findings TEXT);
"""
# A file changed within this time of being read may change again under the same time stamp.
_TICK_NS: Final = 50_000_000
# The digest of a file that is not there.
MISSING: Final = "missing"

Stamp = tuple[str, int, int]


@dataclass(frozen=True)
class Made:
    """Files that were made together: names with size and time, their characters, what was said.

    The characters are those outside of ASCII, each once.
    """

    files: tuple[Stamp, ...]
    characters: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Kept:
    """What was read from a document, as JSON: facts, and the small part of its units."""

    key: str
    facts: str
    units: str


def digest_of(data: bytes) -> str:
    """Return the digest of a file that has these bytes."""
    return hashlib.sha256(data).hexdigest()


class Ledger:
    """The memory of the website of one edition."""

    def __init__(self, path: Path, folder: Path) -> None:
        """Open the memory at `path` of the website in `folder`."""
        self._folder = folder
        self._base = _opened(path)
        self._files: dict[str, tuple[int, int, str]] = {
            name: (size, changed, digest)
            for name, size, changed, digest in self._base.execute("SELECT * FROM files")
        }
        self._made: dict[str, tuple[str, str, str, str]] = {
            name: (key, files, characters, findings)
            for name, key, files, characters, findings in self._base.execute("SELECT * FROM made")
        }

    # ------------------------------------------------------------ inputs

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of a file, or `missing`; reads it only when it may have changed."""
        try:
            status = os.stat(path)  # noqa: PTH116
            size, changed, digest = self._files.get(str(path), (-1, 0, ""))
            if (size, changed) == (status.st_size, status.st_mtime_ns):
                return digest
            now = time.time_ns()
            digest = digest_of(path.read_bytes())
        except OSError:
            return MISSING
        if status.st_mtime_ns < now - _TICK_NS:
            row = (status.st_size, status.st_mtime_ns, digest)
            self._files[str(path)] = row
            self._do("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (str(path), *row))
        return digest

    # ------------------------------------------------------------ readings

    def readings(self) -> dict[str, Kept]:
        """Return what was read from each document, by the name of the document."""
        rows = self._base.execute("SELECT name, key, facts, units FROM readings")
        return {name: Kept(key, facts, units) for name, key, facts, units in rows}

    def note_reading(
        self, name: str, kept: Kept, texts: str, words: Mapping[str, str], corpus: bytes
    ) -> None:
        """Remember what was read from a document; `words` are its words by initial, as JSON."""
        row = (name, kept.key, kept.facts, kept.units, texts, corpus)
        self._do("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?)", row)
        self._do("DELETE FROM words WHERE name = ?", (name,))
        with contextlib.suppress(sqlite3.Error):
            rows = ((letter, name, found) for letter, found in words.items())
            self._base.executemany("INSERT INTO words VALUES (?, ?, ?)", rows)

    def texts(self, name: str) -> str:
        """Return the words of a document by unit, as JSON."""
        return str(self._one("texts", name) or "[]")

    def words(self, letter: str) -> dict[str, str]:
        """Return the words of one initial by document, with the units where they stand, as JSON."""
        rows = self._base.execute("SELECT name, words FROM words WHERE letter = ?", (letter,))
        return dict(rows)

    def corpus(self, name: str) -> bytes:
        """Return a document as it stands in the file of all documents."""
        found = self._one("corpus", name)
        return found if isinstance(found, bytes) else b""

    def _one(self, column: str, name: str) -> object:
        """Return one column of what was read from a document."""
        query = f"SELECT {column} FROM readings WHERE name = ?"
        found = self._base.execute(query, (name,)).fetchone()
        return found[0] if found else None

    # ------------------------------------------------------------ outputs

    def names(self) -> list[str]:
        """Return every name under which something was made."""
        return sorted(self._made)

    def key(self, name: str) -> str | None:
        """Return the key with which something was made under a name."""
        row = self._made.get(name)
        return row[0] if row else None

    def kept(self, name: str, key: str) -> Made | None:
        """Return what was made under a name with this key, if all of it is there unchanged."""
        row = self._made.get(name)
        return self._there(row) if row and row[0] == key else None

    def why(self, name: str, key: str) -> str:
        """Return why something must be made that `kept` does not have, in words."""
        row = self._made.get(name)
        if row is None:
            return "never made, or not whole"
        if row[0] == key:
            return "not as it was made"
        old, new = _labels(row[0]), _labels(key)
        changed = [label for label in {**new, **old} if old.get(label) != new.get(label)]
        return f"changed: {', '.join(changed)}"

    def before(self, name: str) -> Made | None:
        """Return what was made under a name, with whatever key, if all of it is there unchanged."""
        row = self._made.get(name)
        return self._there(row) if row else None

    def _there(self, row: tuple[str, str, str, str]) -> Made | None:
        """Return what a row tells of, if its files are there as they were left."""
        _, files, characters, findings = row
        try:
            stamps = tuple((str(n), int(s), int(c)) for n, s, c in json.loads(files))
            said = tuple(_finding(*each) for each in json.loads(findings))
        except (TypeError, ValueError):
            return None
        if any(stamp(self._folder, name) != (name, *rest) for name, *rest in stamps):
            return None
        # What an older program said under a code that is no more cannot be said again.
        if any(finding.code not in codes() for finding in said):
            return None
        return Made(stamps, characters, said)

    def note(self, name: str, key: str, made: Made) -> None:
        """Remember what was made under a name."""
        findings = json.dumps([_plain(finding) for finding in made.findings])
        row = (key, json.dumps(made.files), made.characters, findings)
        self._made[name] = row
        self._do("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?)", (name, *row))

    def forget(self, name: str) -> None:
        """Forget what was made under a name, so that it is made again."""
        if self._made.pop(name, None):
            self._do("DELETE FROM made WHERE name = ?", (name,))

    def sweep(self, made: Collection[str], read: Collection[str]) -> None:
        """Forget all but what was made and read under these names."""
        for name in self._made.keys() - set(made):
            self.forget(name)
        known = {name for (name,) in self._base.execute("SELECT name FROM readings")}
        for name in known.difference(read):
            self._do("DELETE FROM readings WHERE name = ?", (name,))
            self._do("DELETE FROM words WHERE name = ?", (name,))

    def close(self) -> None:
        """Write what is new, as far as the disk lets it."""
        with contextlib.suppress(sqlite3.Error):
            self._base.commit()
        with contextlib.suppress(sqlite3.Error):
            self._base.close()

    def _do(self, command: str, values: Iterable[object]) -> None:
        """Change the memory; a disk that is full is no reason to fail."""
        with contextlib.suppress(sqlite3.Error):
            self._base.execute(command, tuple(values))


@contextlib.contextmanager
def site_ledger(edition: Edition) -> Iterator[Ledger]:
    """Open the memory of the website of an edition, and keep what was noted, whatever happens."""
    ledger = Ledger(ledger_path(edition), edition.html_dir)
    try:
        yield ledger
    finally:
        ledger.close()


def ledger_path(edition: Edition) -> Path:
    """Return where the memory of the website is."""
    return edition.hidden_dir / "site.db"


def stamp(folder: Path, name: str) -> Stamp | None:
    """Return a file with its size and time; None when it is not there."""
    try:
        # Without a Path: tens of thousands of files are asked for.
        status = os.stat(f"{folder}{os.sep}{name}")  # noqa: PTH116
    except OSError:
        return None
    return name, status.st_size, status.st_mtime_ns


def key_of(*parts: object) -> str:
    """Return one word for things that something is made from."""
    return hashlib.sha256(repr(parts).encode("utf-8")).hexdigest()


def key_by(**parts: object) -> str:
    """Return a key that tells, by label, what something is made from."""
    return "; ".join(f"{label.replace('_', ' ')}={key_of(part)}" for label, part in parts.items())


def _labels(key: str) -> dict[str, str]:
    """Return the parts of a key by label."""
    pairs = (part.partition("=") for part in key.split("; "))
    return {label: digest for label, _, digest in pairs}


def _opened(path: Path) -> sqlite3.Connection:
    """Return the memory at `path`: new if it is broken, in this process only if it cannot be."""
    for _ in range(2):
        with contextlib.suppress(sqlite3.Error, OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            return _prepared(sqlite3.connect(path))
        with contextlib.suppress(OSError):
            path.unlink()
    return _prepared(sqlite3.connect(":memory:"))


def _prepared(base: sqlite3.Connection) -> sqlite3.Connection:
    """Return a memory with its tables.

    Raises:
        sqlite3.Error: it is broken, of another form, or cannot be written to.
    """
    # A process that is killed loses nothing of it; a power failure may, which shows.
    base.execute("PRAGMA synchronous = OFF")
    form = base.execute("PRAGMA user_version").fetchone()[0]
    if form not in (0, _FORM):
        base.close()
        raise sqlite3.DatabaseError(f"form {form}")
    base.executescript(f"{_TABLES} PRAGMA user_version = {_FORM};")
    return base


def _plain(finding: Finding) -> list[object]:
    """Return a finding as plain data."""
    place = finding.place
    where = [place.file, place.line, place.column, place.transcript_line]
    return [finding.code, finding.message, where, finding.hint]


def _finding(code: str, message: str, where: list[object], hint: str) -> Finding:
    """Return a finding from plain data."""
    file, line, column, transcript_line = where
    place = Place(str(file), int(str(line)), int(str(column)), int(str(transcript_line)))
    return Finding(code, message, place, hint)
