"""The second stage of a build: publications are made, as far as they are out of date."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from diplomatic.build.files import MISSING
from diplomatic.build.publishing import PUBLICATIONS, SHOWN_FIRST, Published
from diplomatic.build.run import Run
from diplomatic.faults import fault
from diplomatic.findings import DiplomaticError, Finding, Place, Severity
from diplomatic.publish.books import epub_path

# What the next build has to do after one that was not whole.
_LATER: Final = "what was left for later"


class Publications:
    """What a run publishes."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._state = run.state
        # What all publications are made from, if each document must be asked for.
        self._made_from: dict[str, str] | None = None

    def make(self) -> None:
        """Make the publications that are out of date."""
        for name in self._run.options.publications:
            with self._run.account.times.stage(name):
                self._publication(name)

    def _publication(self, name: str) -> None:
        """Make one publication, if it is out of date."""
        run, task = self._run, f"publish {name}"
        before = self._state.task(task)
        changed = run.changed() if before and before.inputs else None
        inputs = self._inputs_of(name, before.inputs if before and changed is not None else None)
        reason = run.why(task, inputs, changed)
        if not reason:
            run.account.kept += 1
            return
        run.progress.stage(name, 1)
        run.account.note(name, name, reason)
        self._state.look_at_all({})
        first = None if run.options.whole else SHOWN_FIRST.get(name)
        try:
            known = changed if run.has_same_documents else None
            published = (first or PUBLICATIONS[name])(run.edition, known)
        except DiplomaticError as error:
            self._stopped(task, getattr(error, "findings", [error.finding]))
            return
        except OSError as error:
            message = error.strerror or "cannot be read or written"
            place = Place(str(error.filename or run.edition.output_dir))
            self._stopped(task, [Finding("D012", message, place)])
            return
        except Exception as error:  # one publication must not stop the others
            self._stopped(task, [fault(error, name)])
            return
        if _is_nothing(published):
            run.account.take_back(name)
        self._published(task, inputs | {_LATER: MISSING} if first else inputs, published)
        run.progress.advance()

    def _inputs_of(self, name: str, before: Mapping[str, str] | None) -> dict[str, str]:
        """Return what a publication is made from; `before`, when it was made, if that helps."""
        run = self._run
        if before is not None:
            known = {label: digest for label, digest in before.items() if label != _LATER}
            inputs = run.inputs.publishing(run.documents, known, run.asked, run.gone)
        else:
            self._made_from = run.inputs.publishing(run.documents, self._made_from)
            inputs = dict(self._made_from)
        if name == "html" and (before is None or self._have_books_changed()):
            inputs["books"] = run.inputs.books
        return inputs

    def _have_books_changed(self) -> bool:
        """Whether books may be others than when the website was made."""
        run = self._run
        folders = (run.edition.pdf_dir, epub_path(run.edition).parent)
        inside = tuple(f"{folder}{os.sep}" for folder in folders)
        changed = run.changed()
        if changed is None or not run.has_same_documents:
            return True
        return any(place.startswith(inside) for place in changed)

    def _published(self, task: str, inputs: dict[str, str], published: Published) -> None:
        """Remember what a publication left."""
        stage = task.removeprefix("publish ")
        self._run.account.reasons += [(f"{stage} {name}", why) for name, why in published.made]
        self._state.look_at_all(published.stamps)
        if any(finding.severity is Severity.ERROR for finding in published.findings):
            self._failed(task, published.findings, published.files)
        elif published.is_all:
            self._state.done(task, inputs, published.files, published.findings)
        else:
            left, gone = {*map(str, published.files), *published.stamps}, published.gone
            self._state.done_in_part(task, inputs, left, gone, published.findings)
        self._state.look_at_all({})

    def _stopped(self, task: str, findings: Iterable[Finding]) -> None:
        """Remember that a task stopped on its way, and did not say what it had left by then."""
        self._run.lost = True
        self._failed(task, findings)

    def _failed(
        self, task: str, findings: Iterable[Finding], files: Iterable[Path | str] = ()
    ) -> None:
        """Remember that a task failed: what it left before stays, and it runs again next time."""
        self._run.failed = True
        root = self._run.edition.root
        kept = (root / output for output in self._state.outputs_of(task))
        left = {*map(str, files), *(str(path) for path in kept if path.exists())}
        self._state.done(task, {}, left, findings)


def _is_nothing(published: Published) -> bool:
    """Whether there was nothing to make, and nothing failed."""
    failed = any(finding.severity is Severity.ERROR for finding in published.findings)
    return published.is_all and not published.files and not failed
