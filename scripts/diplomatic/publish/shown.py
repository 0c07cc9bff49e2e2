"""What the pages about the edition show of a document, as digests by what it is.

In: facts and units of a document. Out: a word for each thing that is shown, '' where there is
nothing of it. A page hangs on the words of all documents for what it shows: so it is told without
reading what they stand for that it need not be made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final, Protocol

from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.records import card
from diplomatic.publish.units import DocumentUnits

# What searches can be narrowed by, of the names that a document mentions.
NARROWING: Final = ("person", "place")


def shown_of(facts: DocumentFacts, units: DocumentUnits) -> dict[str, str]:
    """Return a word for each thing that is shown of a document.

    - `card`: what lists say of it; `incipit`: its first words, which the home page has too.
    - `facts`: all other facts but mentions, parties and doubts, for other programs; `parties`: who
      wrote to whom, if anybody did; `letter`: whether it is known who did.
    - `mentions`: its mentions of names; `places`: those of places; `facets`: what a search for it
      can be narrowed by.
    - `timeline`: its dates; `versions`: its changes.

    Three are no digests but what is shown itself, from which lists are put together: `dated`, its
    date; `report`, its words, marks and notes in numbers, as JSON; `doubts`, how many it leaves
    open, as far as that is known.
    """
    mentions = [tuple(vars(mention).values()) for mention in facts.mentions]
    named = dict.fromkeys((m.kind, m.key) for m in facts.mentions if m.kind in NARROWING)
    dates = [*units.dates, facts.date] if facts.date else units.dates
    said: dict[str, object] = {
        "card": list(card(facts, 0).values()),
        "incipit": facts.incipit,
        "facts": [value for name, value in plain_facts(facts).items() if name != "incipit"],
        "mentions": mentions,
        "places": [(m.key, m.words) for m in facts.mentions if m.kind == "place"],
        "facets": [facts.kind, facts.date, facts.languages, list(named)],
        "parties": list(map(vars, facts.parties)),
        "letter": facts.is_letter,
        "timeline": dates,
        "versions": units.changes,
    }
    digests = {name: digest_of(as_json(each)) if each else "" for name, each in said.items()}
    return digests | {
        "dated": facts.date or "",
        "report": as_json([units.words, units.marks, facts.notes]),
        "doubts": "" if facts.doubts is None else str(facts.doubts),
    }


# A day that a document bears or names, as ISO 8601: where it does, with '' for its own date.
Days = dict[str, list[tuple[str, bool]]]


def days_of(facts: DocumentFacts, units: DocumentUnits) -> Days:
    """Return the dates of a document, each with the units that name it; its own date is `True`."""
    found: dict[str, dict[tuple[str, bool], None]] = {}
    if facts.date:
        found[facts.date] = {("", True): None}
    for when, unit in units.dates:
        found.setdefault(when, {})[unit, False] = None
    return {when: list(places) for when, places in found.items()}


def dated_of(facts: DocumentFacts, units: DocumentUnits) -> dict[str, list[list[object]]]:
    """Return what long lists by date are divided by, without what stands in them.

    `timeline` has each day with the number of places that name it and a digest of these, `versions`
    each change with its day.
    """
    days = days_of(facts, units).items()
    return {
        "timeline": [[when, len(found), digest_of(as_json(found))] for when, found in days],
        "versions": [list(change) for change in units.changes],
    }


def plain_facts(facts: DocumentFacts) -> dict[str, object]:
    """Return facts as plain data, without those that are long, and what the TEI does not say."""
    left_out = ("mentions", "parties", "doubts")
    return {name: value for name, value in vars(facts).items() if name not in left_out}


def digest_of(text: str) -> str:
    """Return a short name for a text."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=8).hexdigest()


def as_json(value: object) -> str:
    """Return plain data as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Shown(Protocol):
    """Knows the words for what is shown of documents, their names, and one for all doubts."""

    @property
    def names(self) -> Sequence[str]:
        """The identifier of each document."""

    @property
    def doubts(self) -> str:
        """One word for all doubts."""

    def shown(self, what: str) -> Sequence[str]:
        """Return the word for something that is shown of each document (`shown_of`)."""

    def dated(self, what: str) -> Sequence[Sequence[Sequence[Any]]]:
        """Return what a list is divided by, of each document (`dated_of`)."""

    def all_shown(self, what: str) -> str:
        """Return one word for that of all documents."""
