"""The reports on doubts: output/reports/doubts.json and doubts.html.

A build writes those of all documents, from its memory; `encode` replaces those of the documents
that it encoded and keeps the others.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Final

from diplomatic.build.atomic import write_if_changed
from diplomatic.build.inputs import Inputs
from diplomatic.build.memory import BrokenMemoryError, memory_path, opened_to_read
from diplomatic.build.state import DOUBTS, State
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding

# How each doubt, and each of low certainty, begins in `as_text`; no string of it holds a quote.
_EACH: Final = '"document": "'
_LOW: Final = '"cert": "low"'
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


def tell_doubts(edition: Edition, state: State, program: str) -> None:
    """Write both reports from what is remembered, unless they are as they should be.

    Args:
        edition: whose reports they are.
        state: what is remembered.
        program: one word for the program that writes them.

    Raises:
        DiplomaticError: D801, they cannot be written.
    """
    inputs = {"title": edition.settings.title, "program": program}
    if not state.why(DOUBTS, inputs):
        return
    # Imported here: a build with nothing to do needs no page.
    from diplomatic.reports.doubts import as_section

    found = state.doubts()
    listed = [document.id for document in edition.documents if document.id in found]
    task = state.task(DOUBTS)
    known = task is not None and task.facts.get("program") == program
    missing = [name for name in listed if not (known and found[name][1])]
    shown = {name: as_section(_records(found[name][0])) for name in missing}
    state.keep_shown(shown)
    sections = (shown.get(name) or found[name][1] for name in listed)
    _write(edition, [found[name][0] for name in listed], sections)
    state.look_again(doubts_paths(edition))
    state.done(DOUBTS, inputs, doubts_paths(edition), program=program)


def _records(told: str) -> list[Record]:
    """Return the doubts of one document from the text that `as_text` makes of them."""
    found: list[Record] = json.loads(f"[{told}]")
    return found


def _write(edition: Edition, told: Collection[str], shown: Iterable[str]) -> None:
    """Write both reports, from the doubts of each document as data and as they are shown."""
    from diplomatic.reports.doubts import as_page

    report, page = doubts_paths(edition)
    rows = ",\n".join(told)
    write_if_changed(report, f"[{rows}]\n".encode())
    low = sum(text.count(_LOW) for text in told)
    title = f"Doubts: {edition.settings.title}"
    text = as_page(title, sum(text.count(_EACH) for text in told), low, shown)
    write_if_changed(page, text.encode("utf-8"))


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
    from diplomatic.reports.doubts import as_section

    known = (by_document.get(document.id) for document in edition.documents)
    listed = [records for records in known if records]
    _write(edition, [as_text(records) for records in listed], map(as_section, listed))


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
