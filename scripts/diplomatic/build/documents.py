"""The work on one document, as a worker does it: encode, store, check, in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field

from diplomatic.build.store import Stored, store
from diplomatic.edition import Document, Edition
from diplomatic.faults import fault
from diplomatic.findings import DiplomaticError, Finding


@dataclass(frozen=True)
class Job:
    """What is to be done for one document: encoding if asked for, and the check."""

    document: Document
    encode: bool


@dataclass(frozen=True)
class Outcome:
    """What was done for one document; `stored` is None where it was not encoded.

    The doubts are the open decisions: those that the encoder made, those that the TEI shows.
    """

    id: str
    stored: Stored | None = None
    encode_findings: list[Finding] = field(default_factory=list)
    check_findings: list[Finding] = field(default_factory=list)
    encode_doubts: int = 0
    check_doubts: int = 0


def work(job: Job, edition: Edition) -> Outcome:
    """Do a job; a failure is a finding of the outcome, and never touches what is there."""
    stored, said, made = _encode(job, edition) if job.encode else (None, [], 0)
    if not job.document.tei.exists():
        return Outcome(job.document.id, stored, said)
    findings, shown = _check(job.document)
    return Outcome(job.document.id, stored, said, findings, made, shown)


def _encode(job: Job, edition: Edition) -> tuple[Stored | None, list[Finding], int]:
    """Encode and store a document; return what became of it, what to say, how many doubts."""
    try:
        from diplomatic.build.encoding import encode_source

        encoded = encode_source(job.document.source, job.document.id, edition)
        stored = store(job.document.tei, encoded.xml)
    except DiplomaticError as error:
        return None, list(getattr(error, "findings", [error.finding])), 0
    except Exception as error:  # one document must not stop the others
        return None, [fault(error, str(job.document.source))], 0
    return stored, [*encoded.findings, *stored.findings], len(encoded.doubts)


def _check(document: Document) -> tuple[list[Finding], int]:
    """Check a document; return what there is to say, and how many doubts are open."""
    try:
        from diplomatic.checking.document import check_file

        checked = check_file(document.tei, document.source if document.source.exists() else None)
    except Exception as error:  # one document must not stop the others
        return [fault(error, str(document.tei))], 0
    return checked.findings, checked.doubts
