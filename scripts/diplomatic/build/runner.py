"""The build: encode, check, publish; only what is out of date (design §6).

A document that fails keeps what it had and stops no other. Whatever ends the build, what was
finished is remembered, and the next build goes on from there.
"""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from diplomatic.build.cluster import on_cluster
from diplomatic.build.documents import Job, Outcome, travel_of, work
from diplomatic.build.doubts import as_text, doubts_paths, write_doubts
from diplomatic.build.encoding import prove_conventions
from diplomatic.build.inputs import Inputs
from diplomatic.build.last_written import forget_last, path_of
from diplomatic.build.lock import edition_lock
from diplomatic.build.progress import Progress
from diplomatic.build.publishing import PUBLICATIONS, SHOWN_FIRST, Published, forget, reader_for
from diplomatic.build.report import Account, write_reports
from diplomatic.build.settled import Settled
from diplomatic.build.state import State
from diplomatic.build.workers import how_many, in_processes, renew, share_widely
from diplomatic.edition import Document, Edition, split
from diplomatic.faults import fault
from diplomatic.findings import DiplomaticError, Finding, Place, Severity

# Seconds of work that a killed build may forget; it does that work again.
_SAVE_EVERY: Final = 2.0
# After how many new objects garbage is looked for, and how often among older ones.
_COLLECTED: Final = (100_000, 20, 50)
# Documents that are sent to a worker at a time, if there are many.
_TOGETHER: Final = 8
# After so many documents workers begin anew for the publications: with the memory of both they
# would come near 300 MB; the half second of a start is less than a fiftieth of the work.
_MANY: Final = 500


@dataclass(frozen=True)
class Options:
    """How to build: which publications, in how many processes, whether to make all anew.

    Without `whole`, what can be shown before all is made is made so; the next build does the rest.
    `scheduler` is the address of a Dask cluster that shares the work.
    """

    publications: tuple[str, ...] = tuple(PUBLICATIONS)
    documents: bool = True
    processes: int | None = None
    anew: bool = False
    whole: bool = True
    scheduler: str | None = None


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
        settled = Settled(edition, (options.publications, options.documents))
        account = None if options.anew else settled.account()
        if account is not None:
            return account
        settled.forget()
        stamps = settled.found.stamps if settled.found else None
        state = State(edition.hidden_dir / "state.json", edition.root, stamps)
        build = _Build(edition, options, state, progress)
        workers = in_processes(options.processes)
        with _rarely_collected(), _remembered(state), workers, on_cluster(options.scheduler):
            build.run()
        if build.settled:
            pieces = len(options.publications) + options.documents * build.account.documents
            settled.remember(build.account, state, pieces)
        return build.account


@contextmanager
def _remembered(state: State) -> Iterator[None]:
    """Keep what was finished, whatever happens."""
    try:
        yield
    except BaseException:
        # The failure itself is what must be told, not a second one on the way out.
        with contextlib.suppress(DiplomaticError):
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


class _Build:
    """One run."""

    def __init__(
        self, edition: Edition, options: Options, state: State, progress: Progress
    ) -> None:
        self.edition = edition
        self.options = options
        self.state = state
        self.progress = progress
        self.inputs = Inputs(edition, state)
        self.account = Account(findings=list(edition.findings))
        self.before = state.outputs()
        # For what all documents were done; it is not so any more as soon as anything is hashed.
        self.done_for = state.notes.pop("documents", None)
        # Whether a build after this one has nothing to do, as long as no file changes.
        self.settled = options.whole

    def run(self) -> None:
        """Do everything that is out of date."""
        documents = self.edition.documents
        self.account.documents = len(documents)
        timed = self.account.times.stage
        if self.options.documents:
            self._documents(documents)
        self._doubts(documents)
        there = [document for document in documents if self.state.is_there(document.tei)]
        inputs = self.inputs.publishing(there) if self.options.publications else {}
        for name in self.options.publications:
            with timed(name):
                self._publication(name, dict(inputs))
        with timed("reports"):
            self._forget(documents)
            self._remove_stale()
            self._gather(documents)
            self.state.look_at_all({})
            write_reports(self.edition, self.account, self.state, manifest=self.options.whole)

    # ------------------------------------------------------------ documents

    def _documents(self, documents: Sequence[Document]) -> None:
        """Encode and check the documents that are out of date."""
        with self.account.times.stage("what has changed"):
            around = {"made from": self.inputs.around(documents)}
            asked = self._touched(documents) if self.done_for == around else documents
            jobs = [job for job in map(self._job, asked) if job is not None]
            self.account.kept += len(documents) - len(asked)
        with self.account.times.stage("documents"):
            self._work(jobs, documents)
            self.inputs.entries.remember()
        if all(map(self._is_done, documents)):
            self.state.notes["documents"] = around

    def _touched(self, documents: Sequence[Document]) -> Sequence[Document]:
        """Return the documents with a file that is not as when all of them were last done.

        The others need not be asked for: what all of them share is as it was.
        """
        changed = None if self.options.anew else self.state.changed_inside(self.edition.tei_dir)
        if changed is None:
            return documents
        names = {split(name.rpartition("/")[2])[0] for name in changed}
        tasks = self.state.tasks.items()
        names |= {name.partition(" ")[2] for name, task in tasks if task.facts.get("elsewhere")}
        return [document for document in documents if document.id in names]

    def _is_done(self, document: Document) -> bool:
        """Whether all that is to be done for a document has been, and is remembered."""
        wanted = {"encode": document.source, "check": document.tei}
        tasks = ((self.state.tasks.get(f"{n} {document.id}"), path) for n, path in wanted.items())
        return all((task and task.inputs) or not self.state.is_there(path) for task, path in tasks)

    def _work(self, jobs: Sequence[Job], documents: Sequence[Document]) -> None:
        """Have jobs done, and remember each as it is."""
        self.progress.stage("documents", len(jobs))
        processes = how_many(len(jobs))
        known = {document.id: document for document in documents}
        saved = time.monotonic()
        travel = travel_of(self.edition)
        together = max(1, min(_TOGETHER, len(jobs) // (8 * processes)))
        # A few documents are read sooner than the memory of what was read before.
        wanted = self.options.publications if processes > 1 else ()
        with reader_for(wanted, self.edition) as reader:
            jobs = [replace(job, read=reader.read) for job in jobs] if reader else jobs
            for outcome in share_widely(
                work, jobs, self.edition, travel, processes=processes, together=together
            ):
                self._done(known[outcome.id], outcome)
                if reader and outcome.reading is not None:
                    reader.keep(outcome.reading)
                self.account.times.add(outcome.seconds)
                self.progress.advance()
                if time.monotonic() - saved > _SAVE_EVERY:
                    self.state.save()
                    saved = time.monotonic()
        if len(jobs) >= _MANY:
            renew()

    def _job(self, document: Document) -> Job | None:
        """Return what is to be done for a document, or None."""
        encode = self._why(f"encode {document.id}", self.inputs.encoding(document))
        encode = encode if self.state.is_there(document.source) else ""
        check = self._why(f"check {document.id}", self.inputs.checking(document))
        check = check if self.state.is_there(document.tei) else ""
        if not encode and not check:
            self.account.kept += 1
            return None
        self.account.note("documents", document.id, encode or check)
        return Job(document, bool(encode))

    def _done(self, document: Document, outcome: Outcome) -> None:
        """Remember what was done for a document."""
        self.state.look_again(self.inputs.of(document))
        self.settled &= not _faulty([*outcome.encode_findings, *outcome.check_findings])
        if outcome.stored is not None or outcome.encode_findings:
            names = outcome.names if outcome.stored else self.inputs.entries.everything
            inputs = self.inputs.encoding(document, names)
            inputs = _if_settled(inputs, outcome.encode_findings)
            outputs = [document.tei] if document.tei.exists() else []
            before = self.state.tasks.get(f"encode {outcome.id}")
            kept = dict(before.facts) if before else {}
            if outcome.stored:
                kept |= {"doubts": as_text(outcome.doubts), "open": len(outcome.doubts)}
            self.state.done(
                f"encode {outcome.id}",
                inputs,
                outputs,
                outcome.encode_findings,
                # A document that failed is as it was, and so are its doubts.
                **kept | {"indices": self.inputs.entries.version},
            )
        if document.tei.exists():
            findings = outcome.check_findings
            pointed, facts = self.inputs.entries.pointing(document)
            inputs = _if_settled(self.inputs.checking(document, pointed), findings)
            self.state.done(f"check {outcome.id}", inputs, findings=findings, **facts)

    def _why(self, name: str, inputs: dict[str, str]) -> str:
        """Return why a task must run; nothing when it need not."""
        if self.options.anew:
            return "asked for"
        reason, label = self.state.why(name, inputs), "index entries"
        if label in reason and (task := self.state.tasks.get(name)):
            told = self.inputs.entries.told(task.inputs.get(label, ""), inputs[label])
            return reason.replace(label, told)
        return reason

    # ------------------------------------------------------------ publications

    def _publication(self, name: str, inputs: dict[str, str]) -> None:
        """Make one publication, if it is out of date."""
        task = f"publish {name}"
        if name == "html":
            inputs["books"] = self.inputs.books
        reason = self._why(task, inputs)
        if not reason:
            self.account.kept += 1
            return
        self.progress.stage(name, 1)
        self.account.note(name, name, reason)
        self.state.look_at_all({})
        first = None if self.options.whole else SHOWN_FIRST.get(name)
        try:
            published = (first or PUBLICATIONS[name])(self.edition, None)
        except DiplomaticError as error:
            self._failed(task, getattr(error, "findings", [error.finding]))
            return
        except OSError as error:
            message = error.strerror or "cannot be read or written"
            place = Place(str(error.filename or self.edition.output_dir))
            self._failed(task, [Finding("D012", message, place)])
            return
        except Exception as error:  # one publication must not stop the others
            self._failed(task, [fault(error, name)])
            return
        self._published(task, {} if first else inputs, published)
        self.progress.advance()

    def _published(self, task: str, inputs: dict[str, str], published: Published) -> None:
        """Remember what a publication left; without inputs, it will be made again."""
        stage = task.removeprefix("publish ")
        self.account.reasons += [(f"{stage} {name}", why) for name, why in published.made]
        if any(finding.severity is Severity.ERROR for finding in published.findings):
            self._failed(task, published.findings, published.files)
        else:
            self.state.look_at_all(published.stamps)
            self.state.done(task, inputs, published.files, published.findings)
            self.state.look_at_all({})

    def _failed(
        self, task: str, findings: Iterable[Finding], files: Iterable[Path | str] = ()
    ) -> None:
        """Remember that a task failed: what it left before stays, and it runs again next time."""
        self.settled = False
        previous = self.state.tasks.get(task)
        before = [self.edition.root / output for output in previous.outputs] if previous else []
        kept: list[Path | str] = [path for path in before if path.exists()]
        self.state.done(task, {}, {*kept, *files}, findings)

    def _doubts(self, documents: Sequence[Document]) -> None:
        """Write the open doubts before anything is published: the website shows them."""
        encoded = (self.state.tasks.get(f"encode {document.id}") for document in documents)
        facts = [task.facts for task in encoded if task]
        self.account.doubts = sum(each.get("open", 0) for each in facts)
        found = (str(each.get("doubts", "")) for each in facts)
        if self.options.documents and write_doubts(self.edition, found):
            self.state.look_again(doubts_paths(self.edition))
            self.state.note_change()

    # ------------------------------------------------------------ the end

    def _forget(self, documents: Sequence[Document]) -> None:
        """Forget the tasks of documents that are gone."""
        known = {document.id for document in documents}
        gone = [
            name
            for name in self.state.tasks
            if not name.startswith("publish ") and name.partition(" ")[2] not in known
        ]
        self.state.forget(gone)
        forget_last(self.edition.documents_dir, known)

    def _remove_stale(self) -> None:
        """Remove generated files that nothing makes any more; TEI documents are never removed."""
        for output in sorted(self.before - self.state.outputs()):
            path = self.edition.root / output
            if not path.is_relative_to(self.edition.output_dir):
                continue
            with contextlib.suppress(OSError):
                path.unlink()
                self.account.removed += 1
                path.parent.rmdir()  # fails, as it should, while something is in it

    def _gather(self, documents: Sequence[Document]) -> None:
        """Gather every finding that stands, from this run and from those before."""
        tasks = self.state.tasks
        for task in tasks.values():
            self.account.findings += task.findings
        # Website and ebook come from the same templates, which say the same of a document.
        self.account.findings = list(dict.fromkeys(self.account.findings))
        there = self.state.is_there
        for document in documents:
            if there(document.source) or not there(document.tei):
                continue
            if path_of(document.tei).exists():
                message = f"the transcript of {document.id} is gone"
                self.account.findings.append(Finding("D804", message, Place(str(document.tei))))


def _if_settled(inputs: dict[str, str], findings: Iterable[Finding]) -> dict[str, str]:
    """Return the inputs to remember: none after what is to be tried again."""
    return {} if _faulty(findings) else inputs


def _faulty(findings: Iterable[Finding]) -> bool:
    """Whether a fault of the program or a full disk is among findings: it is tried again."""
    return any(finding.code in ("D801", "D899") for finding in findings)
