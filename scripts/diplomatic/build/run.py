"""One run of the build: what its stages share.

In: edition, options, what is remembered, what changed. Out: a `Run`, with the account of it.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from diplomatic.build.account import Account
from diplomatic.build.files import hash_of_lines
from diplomatic.build.inputs import Inputs
from diplomatic.build.progress import Progress
from diplomatic.build.publishing import PUBLICATIONS
from diplomatic.build.settled import Settled
from diplomatic.build.state import State
from diplomatic.edition import Document, Edition, split


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


class Run:
    """What the stages of one run share."""

    def __init__(
        self, edition: Edition, options: Options, state: State, settled: Settled, progress: Progress
    ) -> None:
        """Find out what changed."""
        self.edition = edition
        self.options = options
        self.state = state
        self.progress = progress
        self.inputs = Inputs(edition, state)
        self.account = Account(findings=settled.oddities())
        self.documents = edition.documents
        self.account.documents = len(self.documents)
        self._settled = settled
        with self.account.times.stage("what has changed"):
            # What documents are made from beside their own files, and which there are.
            names = (f"{document.id}{document.suffix}" for document in self.documents)
            self.shared = {"around": self.inputs.around, "documents": hash_of_lines(names)}
            # The documents with a file that changed since all was done; None: look at all. And
            # names of files that changed and are of no document, such as one that is gone.
            self.gone: set[str] = set()
            self.touched = self._touched()
        # Whether something failed that is to be tried again, and whether it may have left files
        # that nobody knows of.
        self.failed = self.lost = False

    def _touched(self) -> Sequence[Document] | None:
        """Return the documents with a file that is not as when all of them were last done.

        The others need not be asked for: what all of them share is as it was. None otherwise.
        """
        if self._settled.changed is None or self._settled.shared("around") != self.shared["around"]:
            return None
        inside = f"{self.edition.tei_dir}{os.sep}"
        changed = (place for place in self._settled.changed if place.startswith(inside))
        names = {split(place.rpartition(os.sep)[2])[0] for place in changed}
        names |= {name.partition(" ")[2] for name in self.state.pointing_elsewhere()}
        touched = [document for document in self.documents if document.id in names]
        self.gone = names.difference(document.id for document in touched)
        return touched

    @property
    def has_same_documents(self) -> bool:
        """Whether there are the same documents as when all was done last."""
        return self._settled.shared("documents") == self.shared["documents"]

    @property
    def asked(self) -> Sequence[Document]:
        """The documents that may be out of date."""
        return self.documents if self.touched is None else self.touched

    def changed(self) -> frozenset[str] | None:
        """Return the places that changed since all was done, by this run too; None: not known."""
        if self.touched is None or self._settled.changed is None:
            return None
        return self._settled.changed | self.state.places

    def why(self, name: str, inputs: dict[str, str], changed: Collection[str] | None = None) -> str:
        """Return why a task must run; nothing when it need not; `changed` as `State.why` has it."""
        if self.options.anew:
            return "asked for"
        reason, label = self.state.why(name, inputs, changed), "index entries"
        if label in reason and (task := self.state.task(name)):
            told = self.inputs.entries.told(task.inputs.get(label, ""), inputs[label])
            return reason.replace(label, told)
        return reason
