"""`output/reports/manifest.json`: every file with its SHA-256 and its task, every task's inputs.

In: what is remembered of the tasks, and the reports. Out: the same text after whatever builds, as
a JSON object with two members, `files` and `made from`. Each of their members is a line, and the
lines are in order, so that where few are other than before these are found and replaced. A task's
inputs are told once: thousands of pages are made from the same thousands of documents.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.state import State
from diplomatic.edition import Edition

MANIFEST: Final = "manifest.json"
_DOUBTS: Final = ("doubts.json", "doubts.html")
# How the tasks of the build begin that make reports.
_BY: Final = "report "
# What is before, between and behind the lines of files and of tasks.
_NEXT: Final = ",\n"
_BEGINNING: Final = '{"files": {\n'
_MIDDLE: Final = '\n},\n"made from": {\n'
_END: Final = "\n}}\n"


@dataclass(frozen=True)
class Since:
    """What may be other than the manifest has it: places of files, names of tasks."""

    places: Collection[str]
    tasks: Collection[str]


def manifest_path(edition: Edition) -> Path:
    """Return where it is written what every file is made from."""
    return edition.reports_dir / MANIFEST


def write_manifest(edition: Edition, state: State, since: Since | None) -> None:
    """Write the manifest of what is remembered: all of it, or the lines of what is other.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    path = manifest_path(edition)
    before = _apart(path) if since else None
    if before is None or since is None:
        files = sorted(_file_line(*row) for row in state.outputs())
        tasks = sorted(_task_line(*row) for row in state.made_from() if not row[0].startswith(_BY))
    else:
        files, tasks = before
        for name in {state.name(Path(place)) for place in since.places}:
            _replace(files, name, (_file_line(*row) for row in state.outputs(name)))
        for name in since.tasks:
            _replace(tasks, name, (_task_line(*row) for row in state.made_from(name)))
    text = f"{_BEGINNING}{_NEXT.join(files)}{_MIDDLE}{_NEXT.join(tasks)}{_END}"
    write_if_changed(path, text.encode("utf-8"))
    state.note_report()


def _apart(path: Path) -> tuple[list[str], list[str]] | None:
    """Return the lines of a manifest that tell of files, and of tasks; None if it has none."""
    try:
        text = path.read_text("utf-8")
    except (OSError, ValueError):
        return None
    files, middle, tasks = text.removeprefix(_BEGINNING).removesuffix(_END).partition(_MIDDLE)
    if not (middle and files and tasks):
        return None
    return files.split(_NEXT), tasks.split(_NEXT)


def _replace(lines: list[str], name: str, now: Iterable[str]) -> None:
    """Put what is told of a name now, if anything is, in the place of what was told before."""
    start = f"{_quoted(name)}: "
    position = bisect_left(lines, start)
    told = position < len(lines) and lines[position].startswith(start)
    lines[position : position + told] = now


def note_doubts(edition: Edition) -> None:
    """Tell the manifest of reports that `encode` wrote by itself, if a build has left one.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    try:
        text = manifest_path(edition).read_text("utf-8")
        for name in _DOUBTS:
            path = edition.reports_dir / name
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            start = _file_line(path.relative_to(edition.root).as_posix(), _BY, "")[: -len('"}')]
            before, found, after = text.partition(start)
            text = f"{before}{found}{digest}{after[len(digest) :]}" if found else text
    except (OSError, ValueError):
        return  # `verify` says what is wrong with it, the next build makes it anew
    write_if_changed(manifest_path(edition), text.encode("utf-8"))


def _file_line(name: str, task: str, digest: str) -> str:
    """Return a file as it stands in the manifest."""
    maker = _BY.strip() if task.startswith(_BY) else task
    return f'{_quoted(name)}: {{"made by": {_quoted(maker)}, "sha256": "{digest}"}}'


def _task_line(task: str, inputs: str) -> str:
    """Return a task as it stands in the manifest, from its inputs as JSON."""
    return f"{_quoted(task)}: {inputs}"


def _quoted(text: str) -> str:
    """Return a text as JSON."""
    return json.encoder.encode_basestring(text)
