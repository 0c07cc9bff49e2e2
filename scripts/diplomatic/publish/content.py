"""What the pages about the edition, and the files for other programs, are made from.

In: the edition's settings; facts and units of its documents, which may be read later than this; its
names. Out: `EditionContent`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from lxml import etree

from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.ledger import key_of
from diplomatic.publish.records import Frame, IndexedName
from diplomatic.publish.shown import Days, Shown, dated_of, days_of, shown_of
from diplomatic.publish.tally import Doubts
from diplomatic.publish.units import DocumentUnits
from diplomatic.publish.wordlist import Initial
from diplomatic.settings import EditionSettings


@dataclass(frozen=True)
class EditionContent:
    """All that pages about the edition are made from.

    `files` are downloads by what they are (`data.KEY` in the labels); `manual` is the manual of
    the encoding as a tree; `doubts` are the records of output/reports/doubts.json by document.
    `known` has words for what is shown of the documents, which may be read later than that.
    """

    settings: EditionSettings
    facts: Sequence[DocumentFacts]
    units: Sequence[DocumentUnits]
    names: Mapping[str, IndexedName]
    words: Sequence[Initial] = ()
    files: Sequence[tuple[str, str]] = ()
    manual: etree._Element | None = None
    doubts: Doubts = field(default_factory=dict)
    sources: frozenset[str] = field(default_factory=frozenset)
    known: Shown | None = None

    def shown(self, what: str) -> Sequence[str]:
        """Return a word for something that is shown of each document (`shown_of`)."""
        if self.known is not None:
            return self.known.shown(what)
        pairs = zip(self.facts, self.units, strict=True)
        return [shown_of(facts, units)[what] for facts, units in pairs]

    def dated(self, what: str) -> Sequence[Sequence[Sequence[Any]]]:
        """Return what a list is divided by, of each document (`dated_of`)."""
        if self.known is not None:
            return self.known.dated(what)
        pairs = zip(self.facts, self.units, strict=True)
        return [dated_of(facts, units)[what] for facts, units in pairs]

    def all_shown(self, what: str) -> str:
        """Return one word for that of all documents."""
        return self.known.all_shown(what) if self.known else key_of(list(self.shown(what)))

    @cached_property
    def _days(self) -> dict[int, Days]:
        """The days of documents that were asked for."""
        return {}

    def days(self, position: int) -> Days:
        """Return the dates of a document with the places that name them."""
        if position not in self._days:
            self._days[position] = days_of(self.facts[position], self.units[position])
        return self._days[position]

    @property
    def ids(self) -> Sequence[str]:
        """The identifier of each document."""
        if self.known is not None:
            return self.known.names
        return [document.id for document in self.facts]

    @property
    def a_letter(self) -> Sequence[DocumentFacts]:
        """One document of which it is known who sent it to whom; none if there is none."""
        found = (position for position, word in enumerate(self.shown("letter")) if word)
        return [self.facts[position] for position in islice(found, 1)]

    @cached_property
    def doubts_word(self) -> str:
        """One word for all doubts."""
        return self.known.doubts if self.known else key_of(list(self.doubts.items()))

    @cached_property
    def frame(self) -> Frame:
        """What pages of this edition have in common."""
        return Frame(self.settings, len(self.facts), any(self.shown("mentions")))
