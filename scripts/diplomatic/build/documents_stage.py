"""The first stage of a build: documents are encoded and checked, as far as they are out of date."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from diplomatic.build.documents import Job, Outcome, travel_of, work
from diplomatic.build.doubts import as_text, tell_doubts
from diplomatic.build.publishing import reader_for
from diplomatic.build.run import Run
from diplomatic.build.workers import how_many, renew, share_widely
from diplomatic.edition import Document
from diplomatic.findings import Finding

# Seconds of work that a killed build may forget; it does that work again.
_SAVE_EVERY: Final = 2.0
# Documents that are sent to a worker at a time, if there are many.
_TOGETHER: Final = 8
# After so many documents workers begin anew for the publications: with the memory of both they
# would come near 300 MB; the half second of a start is less than a fiftieth of the work.
_MANY: Final = 500


def make_documents(run: Run) -> None:
    """Encode and check the documents that are out of date."""
    with run.account.times.stage("what has changed"):
        jobs = [job for job in (_job(run, document) for document in run.asked) if job is not None]
        run.account.kept += len(run.documents) - len(run.asked)
    with run.account.times.stage("documents"):
        _work(run, jobs)
        run.inputs.entries.remember()


def _work(run: Run, jobs: Sequence[Job]) -> None:
    """Have jobs done, and remember each as it is."""
    run.progress.stage("documents", len(jobs))
    processes = how_many(len(jobs))
    known = {job.document.id: job.document for job in jobs}
    saved = time.monotonic()
    travel = travel_of(run.edition)
    together = max(1, min(_TOGETHER, len(jobs) // (8 * processes)))
    # A few documents are read sooner than the memory of what was read before.
    wanted = run.options.publications if processes > 1 else ()
    with reader_for(wanted, run.edition) as reader:
        jobs = [replace(job, read=reader.read) for job in jobs] if reader else jobs
        for outcome in share_widely(
            work, jobs, run.edition, travel, processes=processes, together=together
        ):
            _done(run, known[outcome.id], outcome)
            if reader and outcome.reading is not None:
                reader.keep(outcome.reading)
            run.account.times.add(outcome.seconds)
            run.progress.advance()
            if time.monotonic() - saved > _SAVE_EVERY:
                run.state.save()
                saved = time.monotonic()
    if len(jobs) >= _MANY:
        renew()


def _job(run: Run, document: Document) -> Job | None:
    """Return what is to be done for a document, or None."""
    encode = run.why(f"encode {document.id}", run.inputs.encoding(document))
    encode = encode if run.state.is_there(document.source) else ""
    check = run.why(f"check {document.id}", run.inputs.checking(document))
    check = check if run.state.is_there(document.tei) else ""
    if not encode and not check:
        run.account.kept += 1
        return None
    run.account.note("documents", document.id, encode or check)
    return Job(document, bool(encode))


def _done(run: Run, document: Document, outcome: Outcome) -> None:
    """Remember what was done for a document."""
    run.state.look_again(run.inputs.of(document))
    run.lost |= _faulty([*outcome.encode_findings, *outcome.check_findings])
    if outcome.stored is not None or outcome.encode_findings:
        names = outcome.names if outcome.stored else run.inputs.entries.everything
        inputs = run.inputs.encoding(document, names)
        run.state.done(
            f"encode {outcome.id}",
            _if_settled(inputs, outcome.encode_findings),
            [document.tei] if document.tei.exists() else [],
            outcome.encode_findings,
            indices=run.inputs.entries.version,
        )
    if outcome.stored:  # of a document that failed the doubts are as they were, as it is
        told, count = as_text(outcome.doubts), len(outcome.doubts)
        run.state.keep_doubts(document.id, told, count)
    if document.tei.exists():
        findings = outcome.check_findings
        pointed, facts = run.inputs.entries.pointing(document)
        inputs = run.inputs.checking(document, pointed)
        if outcome.checked not in ("", inputs["TEI document"]):  # somebody changed it meanwhile
            run.lost, inputs["TEI document"] = True, outcome.checked
        inputs = _if_settled(inputs, findings)
        run.state.done(f"check {outcome.id}", inputs, findings=findings, **facts)


def report_doubts(run: Run) -> None:
    """Write the open doubts before anything is published: the website shows them."""
    run.account.doubts = run.state.open_doubts()
    if run.options.documents:
        tell_doubts(run.edition, run.state, run.inputs.program)


def _if_settled(inputs: dict[str, str], findings: Iterable[Finding]) -> dict[str, str]:
    """Return the inputs to remember: none after what is to be tried again."""
    return {} if _faulty(findings) else inputs


def _faulty(findings: Iterable[Finding]) -> bool:
    """Whether a fault of the program or a full disk is among findings: it is tried again."""
    return any(finding.code in ("D801", "D899") for finding in findings)
