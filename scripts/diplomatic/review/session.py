"""One document under review: its open doubts, and the decisions that are written as they are made.

Each decision is written at once and the document encoded again, so that what is shown is what
holds, a decision that would have no effect is taken back, and nothing is lost on Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_bytes
from diplomatic.build.encoding import encode_source
from diplomatic.configuration import read_text
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.transcript.decision_files import Value, extended
from diplomatic.transcript.model import Doubt

Stretch = tuple[int, int]
# What a decision that has no effect is told by.
_NO_EFFECT: Final = frozenset({"D602", "D603"})


@dataclass(frozen=True)
class _Step:
    """Something that can be undone: a doubt skipped, or a file changed (None: not there)."""

    skipped: Stretch | None = None
    before: bytes | None = None
    after: bytes = b""


class Session:
    """The review of one document."""

    def __init__(self, document: Document, edition: Edition) -> None:
        """Encode the document for the first time.

        Raises:
            DiplomaticError: the transcript, its sidecar or its decisions cannot be read.
        """
        self.document = document
        self.edition = edition
        self.written = 0
        self._skipped: set[Stretch] = set()
        self._steps: list[_Step] = []
        self.doubts: list[Doubt] = []
        self._findings: list[Finding] = []
        self._encode()

    @property
    def path(self) -> Path:
        """The decisions file."""
        return self.document.decisions

    @property
    def current(self) -> Doubt | None:
        """The first open doubt that was not skipped."""
        return next((d for d in self.doubts if (d.start, d.end) not in self._skipped), None)

    @property
    def left(self) -> int:
        """How many doubts have not been skipped."""
        return sum((d.start, d.end) not in self._skipped for d in self.doubts)

    def settle(self, values: Mapping[str, Value]) -> Finding | None:
        """Write a decision; one that would have no effect is taken back, and the reason returned.

        Raises:
            DiplomaticError: the file cannot be read, extended or written.
        """
        before = self._bytes()
        text = read_text(self.path) if before is not None else ""
        after = extended(text, values, self.path).encode("utf-8")
        known = {(finding.code, finding.place) for finding in self._findings}
        write_bytes(self.path, after)
        try:
            self._encode()
        except DiplomaticError:
            self._restore(before)
            raise
        trouble = next((f for f in self._findings if (f.code, f.place) not in known), None)
        if trouble is not None:
            self._restore(before)
            self._encode()
            return trouble
        self._steps.append(_Step(before=before, after=after))
        self.written += 1
        return None

    def skip(self) -> None:
        """Leave the current doubt open, for this session."""
        if doubt := self.current:
            self._skipped.add((doubt.start, doubt.end))
            self._steps.append(_Step(skipped=(doubt.start, doubt.end)))

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def undo(self) -> str:
        """Take the last step back; return what was done, in words."""
        step = self._steps.pop()
        if step.skipped:
            self._skipped.discard(step.skipped)
            return "asking again"
        if self._bytes() != step.after:
            return f"{self.path.name} was changed by somebody else; it is left as it is"
        self._restore(step.before)
        self.written -= 1
        self._encode()
        return "the last decision is taken back"

    def _encode(self) -> None:
        """Find out which doubts are open and which decisions have no effect."""
        encoded = encode_source(self.document.source, self.document.id, self.edition)
        self.doubts = encoded.doubts
        self._findings = [f for f in encoded.findings if f.code in _NO_EFFECT]

    def _bytes(self) -> bytes | None:
        """Return what the decisions file holds; None where there is none."""
        return self.path.read_bytes() if self.path.exists() else None

    def _restore(self, data: bytes | None) -> None:
        """Put the decisions file back as it was."""
        if data is None:
            self.path.unlink(missing_ok=True)
        else:
            write_bytes(self.path, data)
