"""The build: encode, check, publish; only what is out of date (design §6).

A document that fails keeps what it had and stops no other. Whatever ends the build, what was
finished is remembered, and the next build goes on from there.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from diplomatic.build.account import Account
from diplomatic.build.cluster import on_cluster
from diplomatic.build.documents_stage import make_documents, report_doubts
from diplomatic.build.encoding import prove_conventions
from diplomatic.build.last_written import forget_last, kept_of, path_of
from diplomatic.build.lock import edition_lock
from diplomatic.build.memory import BrokenMemoryError, Memory, memory_path, opened
from diplomatic.build.progress import Progress
from diplomatic.build.publications_stage import Publications
from diplomatic.build.publishing import forget
from diplomatic.build.report import write_reports
from diplomatic.build.run import Options, Run
from diplomatic.build.settled import Settled
from diplomatic.build.state import State
from diplomatic.build.workers import in_processes
from diplomatic.edition import Edition
from diplomatic.findings import DiplomaticError, Finding, Place

__all__ = ["Options", "run_build"]

# After how many new objects garbage is looked for, and how often among older ones.
_COLLECTED: Final = (100_000, 20, 50)


def run_build(edition: Edition, options: Options, progress: Progress) -> Account:
    """Build an edition and return the account of it.

    Raises:
        EditionError: D002, D020, the edition's conventions cannot be used.
        DiplomaticError: D801, the output folder cannot be written to; D802, another build is at
            work; D806, a worker died.
    """
    prove_conventions(edition)
    with edition_lock(edition):
        if options.anew:
            forget(edition)
        try:
            with opened(memory_path(edition)) as memory:
                return _built(edition, options, progress, memory)
        except BrokenMemoryError:
            with opened(memory_path(edition), anew=True) as memory:
                return _built(edition, options, progress, memory)


def _built(edition: Edition, options: Options, progress: Progress, memory: Memory) -> Account:
    """Build with what is remembered.

    Raises:
        BrokenMemoryError: that cannot be used.
        DiplomaticError: D801, D806.
    """
    settled = Settled(edition, (options.publications, options.documents), memory)
    account = None if options.anew else settled.account()
    if account is not None:
        return account
    if options.anew:
        settled.doubt()
    settled.begin()
    stamps = None
    if settled.changed is None:
        stamps = settled.found.stamps if settled.found else {}
    state = State(memory, edition.root, stamps, settled.folders)
    workers = in_processes(options.processes)
    with _rarely_collected(), _remembered(settled, state), workers, on_cluster(options.scheduler):
        run = Run(edition, options, state, settled, progress)
        _make(run)
        _settle(run, settled)
    return run.account


@contextmanager
def _remembered(settled: Settled, state: State) -> Iterator[None]:
    """Keep what was finished, whatever happens."""
    try:
        yield
    except BaseException:
        # The failure itself is what must be told, not a second one on the way out.
        with contextlib.suppress(DiplomaticError, BrokenMemoryError):
            settled.forget()
            state.save()
        raise
    state.save()


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Look for garbage in cycles less often: among a million records that stay, it takes long."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _make(run: Run) -> None:
    """Do everything that is out of date."""
    _forget(run)
    if run.options.documents:
        make_documents(run)
    report_doubts(run)
    Publications(run).make()
    with run.account.times.stage("reports"):
        _remove_stale(run)
        _gather(run)
        run.state.look_at_all({})
        write_reports(run)


def _settle(run: Run, settled: Settled) -> None:
    """Remember what a build after this one need not do, as long as no file changes."""
    if run.lost:
        settled.forget()
    elif run.options.whole:
        if run.touched is None:
            run.state.forget_files()
        pieces = len(run.options.publications) + run.options.documents * len(run.documents)
        settled.remember(run.account, run.state, pieces, run.shared, again=run.failed)
    else:
        settled.pause(run.state.places)


def _forget(run: Run) -> None:
    """Forget the tasks of documents that are gone, and the encoding of gone transcripts."""
    there, names = run.state.is_there, run.gone
    if run.touched is None:
        known = {document.id for document in run.documents}
        tasks = (name.split(" ", 1) for name in run.state.names())
        names = {name for kind, name in tasks if kind in ("encode", "check")} - known
        names |= {path.stem for path in kept_of(run.edition.documents_dir)} - known
    for name in names:
        run.state.forget((f"encode {name}", f"check {name}"))
        if removed := forget_last(run.edition.documents_dir, name):
            run.state.is_gone(str(removed))
    gone = (document.id for document in run.asked if not there(document.source))
    run.state.forget(f"encode {name}" for name in gone)


def _remove_stale(run: Run) -> None:
    """Remove generated files that nothing makes any more; TEI documents are never removed."""
    for output in run.state.stale():
        path = run.edition.root / output
        if not path.is_relative_to(run.edition.output_dir):
            continue
        with contextlib.suppress(OSError):
            path.unlink()
            run.state.is_gone(str(path))
            run.account.removed += 1
            path.parent.rmdir()  # fails, as it should, while something is in it


def _gather(run: Run) -> None:
    """Gather every finding that stands, from this run and from those before."""
    run.account.findings += run.state.findings()
    # Website and ebook come from the same templates, which say the same of a document.
    run.account.findings = list(dict.fromkeys(run.account.findings))
    folder = run.edition.sources_dir
    there = {*os.listdir(folder)} if folder.is_dir() else {}  # noqa: PTH208 - no Path for each
    for document in run.documents:
        if f"{document.id}{document.suffix}" in there:
            continue
        if document.tei.exists() and path_of(document.tei).exists():
            message = f"the transcript of {document.id} is gone"
            run.account.findings.append(Finding("D804", message, Place(str(document.tei))))
