"""What the build remembers: of every file its hash, of every task what it was made from.

A task is out of date when one of its inputs has another hash than when it ran, or when one of its
outputs is not what it left. Files are asked for size and time first; only when these differ is a
file read (design §6). The memory is a cache: without it, or with a broken one, all is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from diplomatic.build.atomic import write_bytes
from diplomatic.findings import Finding, Place, codes

_FORMAT: Final = 4
# A file changed within this time of being hashed may change again under the same time stamp.
TICK_NS: Final = 50_000_000
# Nobody reads the names of all documents.
_TOLD: Final = 10
MISSING: Final = "missing"
# How names of files in the edition begin.
_INSIDE: Final = ("output", "tei")


@dataclass
class Task:
    """What a finished task was made from (label to hash), what it left, and what it said."""

    inputs: dict[str, str]
    outputs: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


class State:
    """The memory of the build of one edition."""

    def __init__(
        self, path: Path, root: Path, looked_at: Mapping[str, tuple[int, int]] | None = None
    ) -> None:
        """Read the memory at `path`; names of files are kept as seen from `root`.

        `looked_at` are sizes and times of files that were looked at just now, by their place.
        """
        self.path = path
        self.root = root
        self._prefix = f"{root}{os.sep}"
        stored = _load(path)
        self._files: dict[str, list[Any]] = stored.get("files", {})
        tasks = {name: _task(row) for name, row in stored.get("tasks", {}).items()}
        # What an older program said under a code that is no more cannot be said again.
        self.tasks: dict[str, Task] = {
            name: task
            for name, task in tasks.items()
            if all(finding.code in codes() for finding in task.findings)
        }
        self._seen: set[str] = set()
        self._looked_at: Mapping[str, tuple[int, int]] = looked_at or {}
        # What changed since it was looked at.
        self._again: set[str] = set()
        # What the build knows of its inputs beside their hashes.
        self.notes: dict[str, dict[str, Any]] = stored.get("notes", {})
        # Whether the manifest tells of all this; anything done since makes it out of date.
        self.reported: bool = bool(stored.get("reported"))
        self._changed = not stored or len(self.tasks) < len(tasks)

    def name(self, path: Path) -> str:
        """Return a path as seen from the edition's root where it is inside."""
        return str(path).removeprefix(self._prefix)

    def hash_of(self, path: Path) -> str:
        """Return the SHA-256 of a file, or `missing`; reads it only when it may have changed."""
        place = str(path)
        return self._hash(place.removeprefix(self._prefix), place)

    def _hash(self, name: str, place: str) -> str:
        """Return the SHA-256 of a file by its name and its place."""
        stamp = self._stamp(place)
        if stamp is None:
            self._changed |= self._files.pop(name, None) is not None
            return MISSING
        self._seen.add(name)
        size, changed, digest, hashed = self._files.get(name) or (None, 0, "", 0)
        if (size, changed) == stamp and changed < hashed - TICK_NS:
            return str(digest)
        now = time.time_ns()
        try:
            digest = hashlib.sha256(Path(place).read_bytes()).hexdigest()
        except OSError:
            # Whoever uses the file says what is wrong with it; it must not look unchanged.
            return "unreadable"
        self._files[name] = [*stamp, digest, now]
        self._changed = True
        return str(digest)

    def _stamp(self, place: str) -> tuple[int, int] | None:
        """Return size and time of a file; None where there is none."""
        stamp = self._looked_at.get(place)
        if stamp is not None and place not in self._again:
            return stamp
        try:
            # Without a Path: tens of thousands of files are asked for.
            status = os.stat(place)  # noqa: PTH116
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns

    def is_there(self, path: Path) -> bool:
        """Say whether there is a file."""
        return self._stamp(str(path)) is not None

    def changed_inside(self, folder: Path) -> set[str] | None:
        """Return the files in a folder that are new, gone, or not as they are known.

        None when nobody has looked at the folder as a whole.
        """
        start = f"{folder}{os.sep}"
        now = {place: stamp for place, stamp in self._looked_at.items() if place.startswith(start)}
        if not now:
            return None
        inside = start.removeprefix(self._prefix)
        changed = {
            n for n in self._files if n.startswith(inside) and f"{self._prefix}{n}" not in now
        }
        for place, stamp in now.items():
            name = place.removeprefix(self._prefix)
            row = self._files.get(name)
            if row and (row[0], row[1]) == stamp and row[1] < row[3] - TICK_NS:
                self._seen.add(name)
            else:
                changed.add(name)
        return changed

    def look_again(self, paths: Iterable[Path]) -> None:
        """Look at files again when they are asked for: they were written."""
        self._again.update(map(str, paths))

    def look_at_all(self, looked_at: Mapping[str, tuple[int, int]]) -> None:
        """Take what was looked at just now for what is there, and look at other files again."""
        self._looked_at, self._again = looked_at, set()

    def stamp_of(self, place: str) -> tuple[int, int] | None:
        """Return size and time that a file had when it was asked for in this run; None else."""
        name = place.removeprefix(self._prefix)
        row = self._files.get(name) if name in self._seen else None
        return (row[0], row[1]) if row else None

    def digest_of(self, place: str) -> str:
        """Return the hash that a file had when it was asked for in this run; nothing else."""
        name = place.removeprefix(self._prefix)
        return str(self._files[name][2]) if name in self._seen and name in self._files else ""

    def elsewhere(self, known: Collection[str]) -> dict[str, tuple[int, int]]:
        """Return the files asked for in this run that are not among those known, as they were."""
        found = {}
        for name in self._seen:
            place = f"{self._prefix}{name}"
            if (
                place not in known
                and name in self._files
                and (place := self._place(name)) not in known
            ):
                found[place] = (self._files[name][0], self._files[name][1])
        return found

    def _place(self, name: str) -> str:
        """Return where a file is, by its name."""
        inside = name.startswith(_INSIDE) or not Path(name).is_absolute()
        return f"{self._prefix}{name}" if inside else name

    def hash_of_all(self, paths: Iterable[Path]) -> str:
        """Return one hash for a group of files, with their names."""
        lines = sorted(f"{self.name(path)} {self.hash_of(path)}" for path in paths)
        return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()

    def why(self, name: str, inputs: Mapping[str, str]) -> str:
        """Return why a task must run, in words; nothing when it is up to date."""
        task = self.tasks.get(name)
        if task is None:
            return "never made"
        labels = [*inputs, *(label for label in task.inputs if label not in inputs)]
        changed = [label for label in labels if inputs.get(label) != task.inputs.get(label)]
        if changed:
            more = len(changed) - _TOLD
            told = changed if more <= 0 else [*changed[:_TOLD], f"and {more:,} more"]
            return f"changed: {', '.join(told)}"
        for output, digest in task.outputs.items():
            if self._hash(output, self._place(output)) != digest:
                return f"not as it was made: {output}"
        return ""

    def done(
        self,
        name: str,
        inputs: Mapping[str, str],
        outputs: Iterable[Path | str] = (),
        findings: Iterable[Finding] = (),
        **facts: object,
    ) -> None:
        """Remember that a task has run."""
        self.tasks[name] = Task(dict(inputs), self._left(outputs), list(findings), facts)
        self._changed, self.reported = True, False

    def _left(self, outputs: Iterable[Path | str]) -> dict[str, str]:
        """Return the hashes of files; those that are as they were cost next to nothing."""
        left = {}
        for place in map(str, outputs):
            name = place.removeprefix(self._prefix)
            row, stamp = self._files.get(name), self._looked_at.get(place)
            same = row and stamp and row[0] == stamp[0] and row[1] == stamp[1]
            if row and same and row[1] < row[3] - TICK_NS and place not in self._again:
                self._seen.add(name)
                left[name] = str(row[2])
            else:
                left[name] = self._hash(name, place)
        return left

    def forget(self, names: Iterable[str]) -> None:
        """Forget tasks."""
        for name in names:
            if self.tasks.pop(name, None):
                self._changed, self.reported = True, False

    def note(self) -> None:
        """Remember that something is to be kept that the manifest does not tell of."""
        self._changed = True

    def note_change(self) -> None:
        """Remember that the manifest does not tell of everything as it is now."""
        self._changed |= self.reported
        self.reported = False

    def note_report(self) -> None:
        """Remember that the manifest tells of everything as it is now."""
        self._changed |= not self.reported
        self.reported = True

    def outputs(self) -> set[str]:
        """Return every file that the remembered tasks left, as seen from the root."""
        return {output for task in self.tasks.values() for output in task.outputs}

    def save(self) -> None:
        """Write the memory if it changed; files that nobody asked for are forgotten.

        Raises:
            DiplomaticError: D801, it cannot be written.
        """
        known = {name: row for name, row in self._files.items() if name in self._seen}
        if not self._changed and len(known) == len(self._files):
            return
        data = {
            "format": _FORMAT,
            "reported": self.reported,
            "notes": self.notes,
            "files": known,
            "tasks": {name: _row(task) for name, task in sorted(self.tasks.items())},
        }
        write_bytes(self.path, json.dumps(data).encode("utf-8"))
        self._changed = False


def _load(path: Path) -> dict[str, Any]:
    """Return what is stored, or nothing when it cannot be used."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict) or stored.get("format") != _FORMAT:
        return {}
    return stored


def _row(task: Task) -> dict[str, Any]:
    """Return a task as plain data."""
    return {
        "inputs": task.inputs,
        "outputs": task.outputs,
        "findings": [plain(finding) for finding in task.findings],
        "facts": task.facts,
    }


def plain(finding: Finding) -> list[Any]:
    """Return a finding as plain data, with the hint only where it is its own."""
    place = finding.place
    where = [place.file, place.line, place.column, place.transcript_line]
    return [finding.code, finding.message, where, finding.hint]


def _task(row: dict[str, Any]) -> Task:
    """Return a task from plain data."""
    findings = [as_finding(each) for each in row["findings"]]
    return Task(row["inputs"], row["outputs"], findings, row["facts"])


def as_finding(row: Sequence[Any]) -> Finding:
    """Return a finding from plain data."""
    code, message, where, hint = row
    return Finding(code, message, Place(*where), hint)
