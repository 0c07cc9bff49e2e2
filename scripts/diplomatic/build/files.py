"""The files of an edition as they are remembered: each with its hash, size and time.

In: paths. Out: their SHA-256. A file is asked for size and time first; only when these are not as
they were is it read (design §6).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diplomatic.build.memory import Memory

# A file changed within this time of being hashed may change again under the same time stamp.
TICK_NS: Final = 50_000_000
MISSING: Final = "missing"
# How names of files in the edition begin.
_INSIDE: Final = ("output", "tei")

Stamp = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A file as it was when it was hashed, and when that was."""

    size: int
    changed: int
    digest: str
    hashed: int

    @property
    def stamp(self) -> Stamp:
        """Size and time."""
        return self.size, self.changed

    @property
    def is_sure(self) -> bool:
        """Whether the file cannot have changed after that without another time stamp."""
        return self.changed < self.hashed - TICK_NS


class Files:
    """What is remembered of the files that a build reads and writes."""

    def __init__(
        self,
        memory: Memory,
        root: Path,
        looked_at: Mapping[str, Stamp] | None = None,
        listed: Sequence[str] = (),
    ) -> None:
        """Use a memory; names of files are kept as seen from `root`.

        Args:
            memory: where it is kept.
            root: the folder of the edition.
            looked_at: sizes and times of files that were looked at just now, by place, if most of
                what is remembered will be asked for: then it is read at once.
            listed: the folders of which somebody else has a list (`settled`).
        """
        self._memory = memory
        self.root = root
        self._prefix = f"{root}{os.sep}"
        self._files: dict[str, Row | None] = {}
        self._looked_at: Mapping[str, Stamp] = looked_at or {}
        # What changed since it was looked at.
        self._again: set[str] = set()
        # Files that were read, or found gone, in this run; by place, as they were then.
        self.found: dict[str, Stamp | None] = {}
        # Those of them that are not as they were remembered.
        self.changed: set[str] = set()
        # Files asked for that are in none of the folders listed, as they are.
        self._listed = tuple(f"{folder}{os.sep}" for folder in listed)
        self.outside: dict[str, Stamp | None] = {}
        self._asked_for: set[str] = set()
        self._has_all = False
        if looked_at is not None:
            self._read_all()

    def name(self, path: Path) -> str:
        """Return a path as seen from the edition's root where it is inside."""
        return str(path).removeprefix(self._prefix)

    def _place(self, name: str) -> str:
        """Return where a file is, by its name."""
        inside = name.startswith(_INSIDE) or not Path(name).is_absolute()
        return f"{self._prefix}{name}" if inside else name

    def hash_of(self, path: Path) -> str:
        """Return the SHA-256 of a file, or `missing`; reads it only when it may have changed."""
        place = str(path)
        return self._hash(place.removeprefix(self._prefix), place)

    def _hash(self, name: str, place: str) -> str:
        """Return the SHA-256 of a file by its name and its place."""
        self._asked_for.add(name)
        row, stamp = self.row(name), self._stamp(place)
        if not place.startswith(self._listed):
            self.outside[place] = stamp
        if stamp is None:
            if row:
                self.is_gone(place)
            return MISSING
        if row and row.stamp == stamp and row.is_sure:
            return row.digest
        now, stamp = time.time_ns(), stamp_of(place) or stamp
        try:
            digest = hashlib.sha256(Path(place).read_bytes()).hexdigest()
        except OSError:
            # Whoever uses the file says what is wrong with it; it must not look unchanged.
            return "unreadable"
        self._note_file(name, Row(*stamp, digest, now))
        self.found[place] = stamp
        if row is None or (row.stamp, row.digest) != (stamp, digest):
            self.changed.add(place)
        return digest

    def _read_all(self) -> None:
        """Read what is remembered of all files."""
        rows = self._memory.rows("SELECT name, size, changed, digest, hashed FROM files")
        asked = self._files
        self._files = {name: Row(*row) for name, *row in rows}
        self._files |= asked
        self._has_all = True

    def _read(self, names: Collection[str]) -> None:
        """Read what is remembered of many files."""
        query = "SELECT name, size, changed, digest, hashed FROM files WHERE name IN {}"
        self._files |= dict.fromkeys(names)
        self._files |= {name: Row(*row) for name, *row in self._memory.rows_of(query, names)}

    def row(self, name: str) -> Row | None:
        """Return what is remembered of a file."""
        if name not in self._files and not self._has_all:
            query = "SELECT size, changed, digest, hashed FROM files WHERE name = ?"
            found = self._memory.row(query, name)
            self._files[name] = Row(*found) if found else None
        return self._files.get(name)

    def _note_file(self, name: str, row: Row | None) -> None:
        """Remember a file, or that there is none."""
        self._files[name] = row
        if row is None:
            self._memory.do("DELETE FROM files WHERE name = ?", [(name,)])
        else:
            values = (name, row.size, row.changed, row.digest, row.hashed)
            self._memory.do("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", [values])

    def _stamp(self, place: str) -> Stamp | None:
        """Return size and time of a file; None where there is none."""
        stamp = self._looked_at.get(place)
        return stamp if stamp is not None and place not in self._again else stamp_of(place)

    def is_there(self, path: Path) -> bool:
        """Say whether there is a file."""
        return self._stamp(str(path)) is not None

    def look_again(self, paths: Iterable[Path]) -> None:
        """Look at files again when they are asked for: they were written."""
        self._again.update(map(str, paths))

    def look_at_all(self, looked_at: Mapping[str, Stamp]) -> None:
        """Take what was looked at just now for what is there, and look at other files again."""
        self._looked_at, self._again = looked_at, set()

    def is_gone(self, place: str) -> None:
        """Remember that a file is there no more."""
        self._note_file(place.removeprefix(self._prefix), None)
        self.found[place] = None
        self.changed.add(place)

    def digest_at(self, place: str) -> str:
        """Return the hash that is remembered of a file, without a look at it; nothing else."""
        row = self.row(place.removeprefix(self._prefix))
        return row.digest if row else ""

    def confirm(self, place: str) -> bool:
        """Whether a file is as it is remembered, and can be no other without another time stamp.

        A file that was written just before it was hashed is read once more, if time has passed.
        """
        name = place.removeprefix(self._prefix)
        row, now = self.row(name), time.time_ns()
        if row is None or row.is_sure:
            return True
        if row.changed >= now - TICK_NS or stamp_of(place) != row.stamp:
            return False
        if digest_of(place) != row.digest:
            return False
        self._note_file(name, Row(*row.stamp, row.digest, now))
        return True

    def hash_of_all(self, paths: Iterable[Path]) -> str:
        """Return one hash for a group of files, with their names."""
        return hash_of_lines(f"{self.name(path)} {self.hash_of(path)}" for path in paths)

    def digests_in(self, folder: Path) -> dict[str, str]:
        """Return the hash of every file of a folder by its name there, as it was last asked for."""
        start = f"{self.name(folder)}{os.sep}"
        query = "SELECT name, digest FROM files WHERE name > ? AND name < ?"
        rows = self._memory.rows(query, start, f"{start[:-1]}{chr(ord(os.sep) + 1)}")
        return {name[len(start) :]: digest for name, digest in rows}

    def hashes_of(self, outputs: Iterable[Path | str]) -> dict[str, str]:
        """Return the hashes of files; those that are as they were cost next to nothing."""
        left, places = {}, {str(each).removeprefix(self._prefix): str(each) for each in outputs}
        if not self._has_all:
            self._read(places.keys() - self._files.keys())
        for name, place in places.items():
            row, stamp = self.row(name), self._looked_at.get(place)
            if row and stamp == row.stamp and row.is_sure and place not in self._again:
                self._asked_for.add(name)
                left[name] = row.digest
            else:
                left[name] = self._hash(name, place)
        return left

    def forget_files(self) -> None:
        """Forget the files that nobody asked for, after a run that asks for all."""
        known = {name for (name,) in self._memory.rows("SELECT name FROM files")}
        self._memory.do("DELETE FROM files WHERE name = ?", ((n,) for n in known - self._asked_for))


def stamp_of(place: str) -> Stamp | None:
    """Return size and time of a file; None where there is none."""
    try:
        # Without a Path: tens of thousands of files are asked for.
        status = os.stat(place)  # noqa: PTH116
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def digest_of(place: str) -> str:
    """Return the SHA-256 of a file, or `missing`."""
    try:
        return hashlib.sha256(Path(place).read_bytes()).hexdigest()
    except OSError:
        return MISSING


def hash_of_lines(lines: Iterable[str]) -> str:
    """Return one hash for lines in whatever order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8")).hexdigest()
