"""The work on one document, as a worker does it: encode, store, check, in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field

from diplomatic.build.store import Stored, store
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding


@dataclass(frozen=True)
class Job:
    """What is to be done for one document.

    `recorded` is the SHA-256 of what the program last wrote of it.
    """

    document: Document
    encode: bool
    recorded: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What was done for one document; `stored` is None where it was not encoded."""

    id: str
    stored: Stored | None = None
    encode_findings: list[Finding] = field(default_factory=list)
    check_findings: list[Finding] = field(default_factory=list)
    doubts: int = 0


def work(job: Job, edition: Edition) -> Outcome:
    """Do a job; a failure is a finding of the outcome, and never touches what is there."""
    stored: Stored | None = None
    said: list[Finding] = []
    if job.encode:
        stored, said = _encode(job, edition)
    if not job.document.tei.exists():
        return Outcome(job.document.id, stored, said)
    from diplomatic.checking.document import check_file

    transcript = job.document.source if job.document.source.exists() else None
    checked = check_file(job.document.tei, transcript)
    return Outcome(job.document.id, stored, said, checked.findings, checked.doubts)


def _encode(job: Job, edition: Edition) -> tuple[Stored | None, list[Finding]]:
    """Encode and store a document; return what became of it, and what there is to say."""
    from diplomatic.build.encoding import encode_source

    try:
        encoded = encode_source(job.document.source, job.document.id, edition)
        stored = store(job.document.tei, encoded.xml, job.recorded)
    except DiplomaticError as error:
        return None, list(getattr(error, "findings", [error.finding]))
    return stored, [*encoded.findings, *stored.findings]
