"""The work on one document, as a worker does it: encode, store, check, in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field

from diplomatic.build.store import Stored, store
from diplomatic.edition import Document, Edition
from diplomatic.faults import fault
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
    stored, said = _encode(job, edition) if job.encode else (None, [])
    if not job.document.tei.exists():
        return Outcome(job.document.id, stored, said)
    findings, doubts = _check(job.document)
    return Outcome(job.document.id, stored, said, findings, doubts)


def _encode(job: Job, edition: Edition) -> tuple[Stored | None, list[Finding]]:
    """Encode and store a document; return what became of it, and what there is to say."""
    try:
        from diplomatic.build.encoding import encode_source

        encoded = encode_source(job.document.source, job.document.id, edition)
        stored = store(job.document.tei, encoded.xml, job.recorded)
    except DiplomaticError as error:
        return None, list(getattr(error, "findings", [error.finding]))
    except Exception as error:  # one document must not stop the others
        return None, [fault(error, str(job.document.source))]
    return stored, [*encoded.findings, *stored.findings]


def _check(document: Document) -> tuple[list[Finding], int]:
    """Check a document; return what there is to say, and how many doubts are open."""
    try:
        from diplomatic.checking.document import check_file

        checked = check_file(document.tei, document.source if document.source.exists() else None)
    except Exception as error:  # one document must not stop the others
        return [fault(error, str(document.tei))], 0
    return checked.findings, checked.doubts
