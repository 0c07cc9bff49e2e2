"""The reports on doubts: output/reports/doubts.json and doubts.html.

A build writes those of all documents, from its memory; `encode` replaces those of the documents
that it encoded and keeps the others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.inputs import Inputs
from diplomatic.build.memory import BrokenMemoryError, memory_path, opened_to_read
from diplomatic.build.state import State
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding

# What the build remembers the reports as.
_TASK: Final = "report doubts"
Record = dict[str, Any]
# What `check` has to say of decisions, beside what it says of the TEI.
_DECISIONS: Final = frozenset({"D602", "D603", "D604"})


def as_text(found: Iterable[Record]) -> str:
    """Return the doubts of one document as they stand in the report, in their order; a line each.

    The build keeps them so: the report of an edition is put together without reading them.
    """
    listed = sorted(found, key=lambda each: (each["line"], each["column"]))
    rows = (json.dumps(each, ensure_ascii=False, sort_keys=True) for each in listed)
    return ",\n".join(rows)


def tell_doubts(
    edition: Edition,
    state: State,
    found: Iterable[str] | None,
    changed: Collection[str] | None,
    program: str,
) -> None:
    """Write both reports from the doubts of each document (`as_text`), in their order.

    Args:
        edition: whose reports they are.
        state: what is remembered.
        found: the doubts; None where they are as they were.
        changed: the places that changed since all was done; None if that is not known.
        program: one word for the program that writes them.

    Raises:
        DiplomaticError: D801, they cannot be written.
    """
    task, text = state.task(_TASK), None if found is None else _joined(found)
    known = task.inputs.get("doubts", "") if task else ""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest() if text is not None else known
    inputs = {"doubts": digest, "title": edition.settings.title, "program": program}
    if state.why(_TASK, inputs, changed):
        text = _joined(state.doubts_of(edition.documents)) if text is None else text
        _write(edition, text)
        state.look_again(doubts_paths(edition))
        state.done(_TASK, inputs, doubts_paths(edition))


def _joined(found: Iterable[str]) -> str:
    """Return the list of all doubts from those of each document."""
    rows = ",\n".join(filter(None, found))
    return f"[{rows}]\n"


def _write(edition: Edition, text: str) -> None:
    """Write both reports from the list of all doubts."""
    # Imported here: a build with nothing to do needs no page.
    from diplomatic.reports.doubts import as_page

    report, page = doubts_paths(edition)
    write_if_changed(report, text.encode("utf-8"))
    title = f"Doubts: {edition.settings.title}"
    write_if_changed(page, as_page(json.loads(text), title).encode("utf-8"))


def doubts_paths(edition: Edition) -> tuple[Path, Path]:
    """Return where both reports are: for programs, for people."""
    return edition.reports_dir / "doubts.json", edition.reports_dir / "doubts.html"


def update_doubts(edition: Edition, encoded: Collection[str], found: Iterable[Record]) -> None:
    """Write both reports with what was found in the documents encoded, and the rest as it was.

    Raises:
        DiplomaticError: D801, they cannot be written.
    """
    before = _read(edition.reports_dir / "doubts.json")
    by_document: dict[str, list[Record]] = {}
    for record in [*(each for each in before if each.get("document") not in encoded), *found]:
        by_document.setdefault(str(record.get("document")), []).append(record)
    listed = (by_document.get(document.id, []) for document in edition.documents)
    _write(edition, _joined(map(as_text, listed)))


def _read(path: Path) -> list[Record]:
    """Return the records that an earlier run wrote; none where they cannot be used."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return []
    if not isinstance(stored, list):
        return []
    return [record for record in stored if isinstance(record, dict) and _is_whole(record)]


def _is_whole(record: Record) -> bool:
    """Whether a record has what the page shows."""
    needed = ("line", "column", "words", "before", "after", "chosen", "cert", "settle")
    return all(key in record for key in (*needed, "file", "rule", "reason", "runner_up"))


class OpenDoubts:
    """What is left open in the documents of an edition: as the last build knows, if it still holds.

    A document whose transcript, decisions or anything else changed since is read anew, so that
    the answer is true whatever was built before.
    """

    def __init__(self, edition: Edition) -> None:
        """Open the memory of the edition's last build, if there was one."""
        self._edition = edition
        self._state = State(opened_to_read(memory_path(edition)), edition.root)
        self._inputs = Inputs(edition, self._state)

    def of(self, document: Document) -> tuple[int, list[Finding]]:
        """Return how many doubts a document leaves open, and what is wrong with its decisions."""
        if not document.source.exists():
            return 0, []
        try:
            known = self._known(document)
        except (BrokenMemoryError, DiplomaticError):
            known = None
        return known or self._anew(document)

    def _known(self, document: Document) -> tuple[int, list[Finding]] | None:
        """Return the same as the last build knows it; None where it does not hold.

        Raises:
            BrokenMemoryError: what is remembered cannot be used.
            DiplomaticError: D801, it cannot be read.
        """
        name = f"encode {document.id}"
        task = self._state.task(name)
        if task is None or self._state.why(name, self._inputs.encoding(document)):
            return None
        return self._state.open_doubts(document.id), _on_decisions(task.findings)

    def _anew(self, document: Document) -> tuple[int, list[Finding]]:
        """Return the same by encoding the document, which writes nothing."""
        from diplomatic.build.encoding import encode_source

        try:
            encoded = encode_source(document.source, document.id, self._edition)
        except DiplomaticError as error:
            found = list(getattr(error, "findings", [error.finding]))
            return 0, [each for each in found if each.place.file == str(document.decisions)]
        return len(encoded.doubts), _on_decisions(encoded.findings)


def _on_decisions(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that tell of decisions."""
    return [each for each in findings if each.code in _DECISIONS]
