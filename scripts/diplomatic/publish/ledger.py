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
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diplomatic.edition import Edition
from diplomatic.findings import Finding, Place, codes
from diplomatic.publish import ledger_readings
from diplomatic.publish.ledger_base import Base
from diplomatic.publish.ledger_readings import ReadingRows

# To be raised when the tables, or what is kept in them, change.
_FORM: Final = 5
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, size INT, changed INT, digest TEXT);
CREATE TABLE IF NOT EXISTS made (name TEXT PRIMARY KEY, key TEXT, files TEXT, characters TEXT,
  findings TEXT);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT);
"""
# A file changed within this time of being read may change again under the same time stamp.
_TICK_NS: Final = 50_000_000
# The digest of a file that is not there.
MISSING: Final = "missing"
# What a row of what was made has: key, files, characters, findings; the last three as text.
_Row = tuple[str, str, str, str]

Stamp = tuple[str, int, int]


@dataclass(frozen=True)
class Made:
    """Files that were made together: names with size and time, their characters, what was said.

    The characters are those outside of ASCII, each once.
    """

    files: tuple[Stamp, ...]
    characters: str = ""
    findings: tuple[Finding, ...] = ()


def digest_of(data: bytes) -> str:
    """Return the digest of a file that has these bytes."""
    return hashlib.sha256(data).hexdigest()


class Ledger:
    """The memory of the website of one edition."""

    def __init__(self, path: Path, folder: Path) -> None:
        """Open the memory at `path` of the website in `folder`."""
        self._folder = folder
        self._base = Base(path, _TABLES + ledger_readings.TABLES, _FORM)
        self._doubted: Collection[str] | None = None
        self._dropped: set[str] = set()
        # The files that are not as this memory had them when it was opened.
        self.written: set[str] = set()
        self.readings = ReadingRows(self._base)

    def trust(self, doubted: Collection[str] | None) -> None:
        """Take all files of the website but these to be as they were left; None: look at each."""
        self._doubted = doubted

    # ------------------------------------------------------------ inputs

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of a file, or `missing`; reads it only when it may have changed."""
        query = "SELECT size, changed, digest FROM files WHERE name = ?"
        try:
            status = os.stat(path)  # noqa: PTH116
            row = self._base.one(query, str(path))
            if row and row[:2] == (status.st_size, status.st_mtime_ns):
                return str(row[2])
            now = time.time_ns()
            digest = digest_of(path.read_bytes())
        except OSError:
            return MISSING
        if status.st_mtime_ns < now - _TICK_NS:
            known = (str(path), status.st_size, status.st_mtime_ns, digest)
            self._base.do("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", *known)
        return digest

    # ------------------------------------------------------------ outputs

    def names(self, ending: str = "") -> list[str]:
        """Return every name, or those that end so, under which something was made."""
        query = (
            "SELECT name FROM made WHERE substr(name, -length(?1)) = ?1 OR ?1 = '' ORDER BY name"
        )
        return [name for (name,) in self._base.ask(query, ending)]

    def key(self, name: str) -> str | None:
        """Return the key with which something was made under a name."""
        row = self._row(name)
        return row[0] if row else None

    def kept(self, name: str, key: str) -> Made | None:
        """Return what was made under a name with this key, if all of it is there unchanged."""
        row = self._row(name)
        return self._there(row) if row and row[0] == key else None

    def why(self, name: str, key: str) -> str:
        """Return why something must be made that `kept` does not have, in words."""
        row = self._row(name)
        if row is None:
            return "never made, or not whole"
        if row[0] == key:
            return "not as it was made"
        old, new = _labels(row[0]), _labels(key)
        changed = [label for label in {**new, **old} if old.get(label) != new.get(label)]
        return f"changed: {', '.join(changed)}"

    def before(self, name: str) -> Made | None:
        """Return what was made under a name, with whatever key, if all of it is there unchanged."""
        row = self._row(name)
        return self._there(row) if row else None

    def gone(self, there: Collection[str]) -> list[str]:
        """Return the files that were of the website when all of it was looked at, and are no more.

        Args:
            there: the files that were made or looked at since.
        """
        before = json.loads(self.noted("gone") or "[]")
        return sorted(self._dropped.union(before).difference(there))

    def every_file(self) -> set[str]:
        """Return the files of everything that was made."""
        rows = self._base.ask("SELECT files FROM made")
        return {name for row in json.loads(f"[{','.join(f for (f,) in rows)}]") for name, *_ in row}

    def characters(self) -> set[str]:
        """Return the characters outside of ASCII of all that was made."""
        return set(
            "".join(found for (found,) in self._base.ask("SELECT DISTINCT characters FROM made"))
        )

    def findings(self) -> list[Finding]:
        """Return what was said of all that was made."""
        rows = self._base.ask("SELECT findings FROM made WHERE findings != '[]'")
        return [finding for (said,) in rows for finding in _findings(said)]

    def files(self, name: str) -> tuple[Stamp, ...]:
        """Return the files that were made under a name, whether they are there or not."""
        row = self._row(name)
        return _stamps(row[1]) if row else ()

    def _row(self, name: str) -> _Row | None:
        """Return what is remembered under a name."""
        query = "SELECT key, files, characters, findings FROM made WHERE name = ?"
        row: _Row | None = self._base.one(query, name)
        return row

    def _there(self, row: _Row) -> Made | None:
        """Return what a row tells of, if its files are there as they were left."""
        _, files, characters, findings = row
        try:
            stamps, said = _stamps(files), _findings(findings)
        except (TypeError, ValueError):
            return None
        if not all(map(self._is_as_left, stamps)):
            return None
        # What an older program said under a code that is no more cannot be said again.
        if any(finding.code not in codes() for finding in said):
            return None
        return Made(stamps, characters, said)

    def _is_as_left(self, left: Stamp) -> bool:
        """Say whether a file is there as it was left."""
        is_trusted = self._doubted is not None and left[0] not in self._doubted
        return is_trusted or stamp(self._folder, left[0]) == left

    def note(self, name: str, key: str, made: Made) -> None:
        """Remember what was made under a name."""
        findings = json.dumps([_plain(finding) for finding in made.findings])
        before = self.files(name)
        self._dropped.update(file for file, *_ in before)
        self.written.update(file for file, *_ in set(made.files).difference(before))
        row = (name, key, json.dumps(made.files), made.characters, findings)
        self._base.do("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?)", *row)

    def forget(self, name: str) -> None:
        """Forget what was made under a name, so that it is made again."""
        self._dropped.update(file for file, *_ in self.files(name))
        self._base.do("DELETE FROM made WHERE name = ?", name)

    def sweep(self, made: Collection[str], read: Collection[str]) -> None:
        """Forget all but what was made and read under these names."""
        for name in set(self.names()).difference(made):
            self.forget(name)
        self.readings.keep_only(read)

    # ------------------------------------------------------------ notes

    def noted(self, name: str) -> str | None:
        """Return a note."""
        row = self._base.one("SELECT value FROM notes WHERE name = ?", name)
        return str(row[0]) if row else None

    def set_note(self, name: str, value: str | None) -> None:
        """Write a note, or take it away."""
        if value is None:
            self._base.do("DELETE FROM notes WHERE name = ?", name)
        elif value != self.noted(name):
            self._base.do("INSERT OR REPLACE INTO notes VALUES (?, ?)", name, value)

    def close(self) -> None:
        """Write what is new, as far as the disk lets it."""
        self._base.close()


@dataclass(frozen=True)
class Outlines:
    """The pages that each list had, by what it was made from: `program` is what all are made with.

    A list that did not change is not put together only to learn what pages it has.
    """

    ledger: Ledger
    program: str

    def outline(self, name: str, key: str) -> list[tuple[str, str]] | None:
        """Return the pages of a list, with their keys, if they are known by the list's key."""
        known, pages = json.loads(self.ledger.noted(f"pages of {name}") or '["", []]')
        is_same = known == key_of(self.program, key)
        return [(page, its_key) for page, its_key in pages] if is_same else None

    def note_outline(self, name: str, key: str, pages: Sequence[tuple[str, str]]) -> None:
        """Remember the pages of a list, with their keys."""
        value = json.dumps([key_of(self.program, key), pages])
        self.ledger.set_note(f"pages of {name}", value)


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


def _stamps(files: str) -> tuple[Stamp, ...]:
    """Return files with size and time from JSON."""
    return tuple((str(name), int(size), int(changed)) for name, size, changed in json.loads(files))


def _findings(said: str) -> tuple[Finding, ...]:
    """Return findings from JSON."""
    return tuple(_finding(*each) for each in json.loads(said))


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
