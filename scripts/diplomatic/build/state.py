"""What the build remembers: of every task what it was made from, and of every file its hash.

A task is out of date when one of its inputs has another hash than when it ran, or when one of its
outputs is not what it left (design §6). It is kept in a `Memory`: without it, all is made again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from diplomatic.build.files import Files, Stamp
from diplomatic.build.memory import BrokenMemoryError, Memory, decoded
from diplomatic.findings import Finding, Place, codes

# The task that makes the reports on doubts.
DOUBTS: Final = "report doubts"
# Nobody reads the names of all documents.
_TOLD: Final = 10


@dataclass
class Task:
    """What a finished task was made from (label to hash), what it said, and what is to be kept."""

    inputs: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


class State(Files):
    """What is remembered of one edition."""

    def __init__(
        self,
        memory: Memory,
        root: Path,
        looked_at: Mapping[str, Stamp] | None = None,
        listed: Sequence[str] = (),
    ) -> None:
        """Use a memory, as `Files` does."""
        super().__init__(memory, root, looked_at, listed)
        self._tasks: dict[str, Task | None] = {}
        # Outputs that their task did not leave again, and those that it left otherwise or anew.
        self._dropped: set[str] = set()
        self._taken: set[str] = set()
        # Whether the manifest tells of everything; None while nobody asked.
        self._is_reported: bool | None = None

    def task(self, name: str) -> Task | None:
        """Return what is remembered of a task."""
        if name not in self._tasks:
            query = "SELECT inputs, findings, facts FROM tasks WHERE name = ?"
            self._tasks[name] = _task(self._memory.row(query, name))
        return self._tasks[name]

    def names(self) -> list[str]:
        """Return the names of all tasks."""
        return [name for (name,) in self._memory.rows("SELECT name FROM tasks")]

    def pointing_elsewhere(self) -> list[str]:
        """Return the names of the tasks with files that are not of their document alone."""
        query = "SELECT name FROM tasks WHERE instr(facts, '\"elsewhere\"') > 0"
        return [name for (name,) in self._memory.rows(query)]

    def findings(self) -> list[Finding]:
        """Return what all tasks had to say, by the names of the tasks."""
        query = "SELECT findings FROM tasks WHERE findings <> '[]' ORDER BY name"
        said = [
            each
            for (text,) in self._memory.rows(query)
            for each in as_findings(decoded(text, list))
        ]
        return [each for each in said if each.code in codes()]

    def outputs_of(self, name: str) -> dict[str, str]:
        """Return the files that a task left, with their hashes."""
        return dict(self._memory.rows("SELECT name, digest FROM outputs WHERE task = ?", name))

    def why(
        self, name: str, inputs: Mapping[str, str], changed: Collection[str] | None = None
    ) -> str:
        """Return why a task must run, in words; nothing when it is up to date.

        Outputs are looked at where they are among the places `changed`; all of them without.
        """
        task = self.task(name)
        if task is None:
            return "never made"
        if inputs != task.inputs:
            labels = [*inputs, *(label for label in task.inputs if label not in inputs)]
            differ = [label for label in labels if inputs.get(label) != task.inputs.get(label)]
            more = len(differ) - _TOLD
            told = differ if more <= 0 else [*differ[:_TOLD], f"and {more:,} more"]
            return f"changed: {', '.join(told)}"
        for output, digest in self._asked(name, changed):
            if self._hash(output, self._place(output)) != digest:
                return f"not as it was made: {output}"
        return ""

    def _asked(self, name: str, changed: Collection[str] | None) -> Iterable[tuple[str, str]]:
        """Return the outputs of a task, with their hashes; those in places that changed."""
        if changed is None:
            return self.outputs_of(name).items()
        names = (place.removeprefix(self._prefix) for place in changed)
        query = "SELECT name, digest, task FROM outputs WHERE name IN {}"
        rows = self._memory.rows_of(query, names)
        return sorted((each, digest) for each, digest, task in rows if task == name)

    def done(
        self,
        name: str,
        inputs: Mapping[str, str],
        outputs: Iterable[Path | str] = (),
        findings: Iterable[Finding] = (),
        **facts: object,
    ) -> None:
        """Remember that a task has run."""
        before, left = self.outputs_of(name), self.hashes_of(outputs)
        self._drop(name, before.keys() - left.keys())
        self._leave(name, {each: left[each] for each in left if before.get(each) != left[each]})
        self._keep(name, Task(dict(inputs), list(findings), facts))

    def done_in_part(
        self,
        name: str,
        inputs: Mapping[str, str],
        left: Iterable[Path | str],
        gone: Iterable[str],
        findings: Iterable[Finding] = (),
    ) -> None:
        """Remember the same of a task that looked at some of its outputs; others stand."""
        self._drop(name, {place.removeprefix(self._prefix) for place in gone})
        now = self.hashes_of(left)
        query = "SELECT name, digest, task FROM outputs WHERE name IN {}"
        known = {
            (each, digest) for each, digest, of in self._memory.rows_of(query, now) if of == name
        }
        self._leave(name, dict(now.items() - known))
        self._keep(name, Task(dict(inputs), list(findings)))

    def _keep(self, name: str, task: Task) -> None:
        """Remember a task."""
        self._tasks[name] = task
        said = json.dumps([plain(finding) for finding in task.findings])
        row = (name, _inputs(task.inputs), said, json.dumps(task.facts))
        self._memory.do("INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?)", [row])
        self.note_change()

    def note_fact(self, name: str, fact: str, value: object) -> None:
        """Remember something of a task that the manifest does not tell of."""
        if task := self.task(name):
            task.facts[fact] = value
            row = (json.dumps(task.facts), name)
            self._memory.do("UPDATE tasks SET facts = ? WHERE name = ?", [row])

    def _leave(self, name: str, left: Mapping[str, str]) -> None:
        """Remember files that a task left."""
        self._taken.update(left)
        rows = ((each, name, digest) for each, digest in left.items())
        self._memory.do("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)", rows)

    def _drop(self, name: str, outputs: Collection[str]) -> None:
        """Forget files that a task left before."""
        self._dropped.update(outputs)
        rows = ((each, name) for each in outputs)
        self._memory.do("DELETE FROM outputs WHERE name = ? AND task = ?", rows)

    def make_again(self, name: str) -> None:
        """Remember that a task must run, whatever it is made from."""
        if task := self.task(name):
            self._keep(name, replace(task, inputs={}))

    def forget(self, names: Iterable[str]) -> None:
        """Forget tasks, and the doubts of encodings."""
        for name in names:
            if self.task(name) is None:
                continue
            self._drop(name, self.outputs_of(name).keys())
            self._memory.do("DELETE FROM tasks WHERE name = ?", [(name,)])
            self._tasks[name] = None
            if name.startswith("encode "):
                self.keep_doubts(name.removeprefix("encode "), "", 0)
            self.note_change()

    @property
    def places(self) -> set[str]:
        """The places that changed in this run: files, and outputs that a task gave up or took on.

        A file that is as it was may be of a task again that was gone.
        """
        return {*self.changed, *map(self._place, self._dropped | self._taken)}

    def stale(self) -> list[str]:
        """Return the outputs that were left before this run, and that no task leaves now."""
        query = "SELECT 1 FROM outputs WHERE name = ?"
        return [name for name in sorted(self._dropped) if not self._memory.row(query, name)]

    # ------------------------------------------------------------ doubts

    def keep_doubts(self, document: str, told: str, count: int) -> None:
        """Remember the open doubts of a document; the report on doubts is to be made again."""
        before = self._memory.row("SELECT open, told FROM doubts WHERE document = ?", document)
        if before == (count, told) or (before is None and not count):
            return
        row = (document, count, told, "")
        self._memory.do("INSERT OR REPLACE INTO doubts VALUES (?, ?, ?, ?)", [row])
        self.make_again(DOUBTS)

    def doubts(self) -> dict[str, tuple[str, str]]:
        """Return the open doubts by document: as data, and as they are shown, if that is kept."""
        rows = self._memory.rows("SELECT document, told, shown FROM doubts WHERE open > 0")
        return {document: (told, shown) for document, told, shown in rows}

    def keep_shown(self, shown: Mapping[str, str]) -> None:
        """Remember how the doubts of documents are shown."""
        rows = ((text, document) for document, text in shown.items())
        self._memory.do("UPDATE doubts SET shown = ? WHERE document = ?", rows)

    def open_doubts(self, document: str | None = None) -> int:
        """Return how many doubts are open: in a document, or in all."""
        if document is None:
            found = self._memory.row("SELECT sum(open) FROM doubts WHERE open > 0")
        else:
            found = self._memory.row("SELECT open FROM doubts WHERE document = ?", document)
        return int(found[0] or 0) if found else 0

    # ------------------------------------------------------------ notes

    def note(self, name: str) -> dict[str, Any]:
        """Return what the build knows beside hashes, by name; nothing if it knows nothing."""
        return self._memory.note(name, dict) or {}

    def keep_note(self, name: str, content: Mapping[str, Any]) -> None:
        """Remember something beside hashes."""
        self._memory.keep(name, content)

    @property
    def reported(self) -> bool:
        """Whether the manifest tells of all this; anything done since makes it out of date."""
        return bool(self._memory.note("reported", bool))

    def note_change(self) -> None:
        """Remember that the manifest does not tell of everything as it is now."""
        if self._is_reported is not False:
            self._is_reported = False
            self._memory.keep("reported", None)

    def note_report(self) -> None:
        """Remember that the manifest tells of everything as it is now."""
        self._is_reported = True
        self._memory.keep("reported", True)

    def outputs(self, name: str | None = None) -> list[tuple[str, str, str]]:
        """Return the files that tasks left, or one of them, with its task and its hash."""
        query, values = "SELECT name, task, digest FROM outputs", (name,) if name else ()
        return self._memory.rows(f"{query} WHERE name = ?" if name else query, *values)

    def made_from(self, name: str | None = None) -> list[tuple[str, str]]:
        """Return the tasks that left files, or one of them, with their inputs as JSON."""
        query = "SELECT name, inputs FROM tasks WHERE name IN (SELECT task FROM outputs)"
        if name is None:
            return self._memory.rows(query)
        one = "SELECT name, inputs FROM tasks WHERE name = ?1 AND EXISTS "
        return self._memory.rows(f"{one} (SELECT 1 FROM outputs WHERE task = ?1)", name)

    def save(self) -> None:
        """Make what was remembered count, whatever happens from here.

        Raises:
            DiplomaticError: D801, it cannot be written.
        """
        self._memory.commit()


def plain(finding: Finding) -> list[Any]:
    """Return a finding as plain data, with the hint only where it is its own."""
    place = finding.place
    where = [place.file, place.line, place.column, place.transcript_line]
    return [finding.code, finding.message, where, finding.hint]


def as_findings(rows: Iterable[Sequence[Any]]) -> list[Finding]:
    """Return findings from plain data.

    Raises:
        BrokenMemoryError: they are none.
    """
    try:
        return [Finding(code, message, Place(*where), hint) for code, message, where, hint in rows]
    except (TypeError, ValueError) as error:
        raise BrokenMemoryError(str(error)) from error


def _inputs(inputs: Mapping[str, str]) -> str:
    """Return inputs as they are stored, and as the manifest tells them."""
    return json.dumps(inputs, ensure_ascii=False, sort_keys=True)


def _task(row: Sequence[Any] | None) -> Task | None:
    """Return a task from a row; what an older program said under another code is no task.

    Raises:
        BrokenMemoryError: it is not as it was stored.
    """
    if row is None:
        return None
    inputs, facts = decoded(row[0], dict), decoded(row[2], dict)
    findings = as_findings(decoded(row[1], list))
    # A code that is no more cannot be said again.
    return Task(inputs, findings, facts) if all(f.code in codes() for f in findings) else None
