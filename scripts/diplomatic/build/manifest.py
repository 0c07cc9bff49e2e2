"""`output/reports/manifest.json`: every file with its SHA-256 and its task, every task's inputs.

In: what is remembered of the tasks, and the reports. Out: the same text after whatever builds, as
a JSON object with two members, `files` and `made from`; each of their members is a line. A task's
inputs are told once: thousands of pages are made from the same thousands of documents.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.state import State
from diplomatic.edition import Edition

MANIFEST: Final = "manifest.json"
_DOUBTS: Final = ("doubts.json", "doubts.html")
# How the tasks of the build begin that make reports.
_BY: Final = "report "
_NEXT: Final = ",\n"


def manifest_path(edition: Edition) -> Path:
    """Return where it is written what every file is made from."""
    return edition.reports_dir / MANIFEST


def write_manifest(edition: Edition, state: State) -> None:
    """Write the manifest of what is remembered.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    files = (_line(name, task, digest) for name, task, digest in state.outputs())
    tasks = ((task, inputs) for task, inputs in state.made_from() if not task.startswith(_BY))
    made_from = (f"{_quoted(name)}: {inputs}" for name, inputs in tasks)
    text = f'{{"files": {{\n{_NEXT.join(files)}\n}},\n"made from": {{\n'
    text += f"{_NEXT.join(made_from)}\n}}}}\n"
    write_if_changed(manifest_path(edition), text.encode("utf-8"))
    state.note_report()


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
            start = _line(path.relative_to(edition.root).as_posix(), _BY, "")[: -len('"}')]
            before, found, after = text.partition(start)
            text = f"{before}{found}{digest}{after[len(digest) :]}" if found else text
    except (OSError, ValueError):
        return  # `verify` says what is wrong with it, the next build makes it anew
    write_if_changed(manifest_path(edition), text.encode("utf-8"))


def _line(name: str, task: str, digest: str) -> str:
    """Return a file as it stands in the manifest."""
    maker = _BY.strip() if task.startswith(_BY) else task
    return f'{_quoted(name)}: {{"made by": {_quoted(maker)}, "sha256": "{digest}"}}'


def _quoted(text: str) -> str:
    """Return a text as JSON."""
    return json.encoder.encode_basestring(text)
