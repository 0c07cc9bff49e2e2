"""Decisions: the editor's answers to doubts, corrections and notes, in `tei/decisions/{id}.toml`.

In: the file of one document. Out: `Decisions`, or every reason why the file cannot be used, with
its line. A file holds tables like these; order does not matter, comments stay:

    [[decision]]
    words = "[ustupil]"               # the words as the transcript has them, brackets included
    before = "…gave in "              # as much context as makes the place the only one;
    after = " to the…"                #   blank space of any kind counts as one blank
    reading = "original-wording"      # what the words are, see below

    [[decision]]
    words = "[2 words]"
    after = " at the harbour"
    reading = "gap"
    reason = "illegible"              # attributes of the element, where the reading has them:
    unit = "word"                     #   type, reason, place, unit with quantity, extent,
    quantity = 2                      #   at_least and at_most

    [[decision]]
    words = "[farms]"
    before = "the collective "
    confirm = true                    # it is as the program reads it …
    chosen = "supplied"               # … which was this; optional

    [[decision]]
    words = "Port Sabel"              # any words, not only brackets
    correct = "Port Sable"            # what they should be

    [[decision]]
    words = "harbour master"
    note = "Not identified."          # a note of this edition, after the words

    [[decision]]
    words = "[?]"
    line_hint = 12                    # decides where words and context fit several places
    ignore = true                     # leave it as it is and list it no more

Readings: supplied gloss identification original-wording expansion correction variant stamp
handwriting note gap signature emblem unclear note-reference sic blank page sound received, text:
leave the words, brackets included, as they are. `who`, `when` (a date) and `why` may be added to
any decision, and `note` may stand beside any other answer.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import AfterValidator, Field, ValidationError, model_validator

from diplomatic.configuration import ConfigurationError, explain, read_toml
from diplomatic.findings import Finding, Place
from diplomatic.settings import Settings
from diplomatic.transcript.addresses import Address, single_blanks

ReadingName = Literal[
    "supplied", "gloss", "identification", "original-wording", "expansion", "correction", "variant",
    "stamp", "handwriting", "note", "gap", "signature", "emblem", "unclear", "note-reference",
    "sic",
    "blank", "page", "sound", "received", "text",
]  # fmt: skip
READINGS: Final[tuple[str, ...]] = get_args(ReadingName)
# What the encoder calls a reading by its element, where decisions have a better word.
_ELEMENTS: Final = {
    "expan": "expansion",
    "corr": "correction",
    "reg": "variant",
    "ref": "note-reference",
    "vocal": "sound",
    "incident": "sound",
    "space": "blank",
}
_COUNTS: Final = frozenset({"quantity", "extent", "at_least", "at_most"})


def _set(words: str) -> frozenset[str]:
    """Return a set of words, written with blanks between."""
    return frozenset(words.split())


# The attributes that a reading can have, and the values that the schema allows for them.
_NOTES: Final = _set(
    "editorial gloss identification original-wording translator marginal resolution handwritten"
    " emphasis description biographical summary doubt received deletion"
)
_PLACES: Final = _set(
    "above below inline margin margin-left margin-right top top-left top-right bottom bottom-left"
    " bottom-right overleaf opposite across end"
)
_STAMPS: Final = _set("registry receipt office classification date signature other")
_GAPS: Final = _set(
    "editorial illegible inaudible damage signature unrecovered declassification"
    " omitted-in-original"
)
_UNITS: Final = _set(
    "char digit word name surname forename signature line paragraph page leaf group item second"
    " minute cm patronymic sentence number phrase section column"
)
VALUES: Final[dict[str, dict[str, frozenset[str]]]] = {
    "note": {"type": _NOTES, "place": _PLACES},
    "handwriting": {
        "type": frozenset(("marginal", "resolution", "handwritten")),
        "place": _PLACES,
    },
    "stamp": {"type": _STAMPS},
    "gap": {"reason": _GAPS, "unit": _UNITS, **dict.fromkeys(_COUNTS, frozenset[str]())},
    "supplied": {
        "reason": frozenset(("omitted-in-original", "illegible", "damage", "abbreviated"))
    },
    "unclear": {"reason": frozenset(("illegible", "damage", "inaudible", "undeciphered"))},
}
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Strings and comments are read over, so that a table's head inside one is none.
_HEADS: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|(?P<head>^[ \t]*\[\[[ \t]*decision[ \t]*\]\])",
    re.MULTILINE | re.DOTALL,
)


def _printable(words: str) -> str:
    """Return words on one line; refuse those that no XML document can hold, or that are none."""
    if found := _UNFIT.search(words):
        message = f"holds the character U+{ord(found[0]):04X}, which XML cannot hold"
        raise ValueError(message)
    if not single_blanks(words):
        message = "must hold a visible character"
        raise ValueError(message)
    return single_blanks(words)


Words = Annotated[str, AfterValidator(_printable)]


class Decision(Settings):
    """One decision; the head of the module says what each key means."""

    words: Words
    before: str = ""
    after: str = ""
    line_hint: Annotated[int, Field(ge=1)] | None = None
    reading: ReadingName | None = None
    confirm: Literal[True] | None = None
    chosen: str = ""
    correct: Words | None = None
    note: Words | None = None
    ignore: Literal[True] | None = None
    type: str | None = None
    reason: str | None = None
    place: str | None = None
    unit: str | None = None
    quantity: Annotated[int, Field(ge=0)] | None = None
    extent: Words | None = None
    at_least: Annotated[int, Field(ge=0)] | None = None
    at_most: Annotated[int, Field(ge=0)] | None = None
    who: str = ""
    when: datetime.date | None = None
    why: str = ""

    @model_validator(mode="after")
    def _fits_together(self) -> Decision:
        """Refuse a decision that says nothing, or two things, or what its reading cannot have."""
        answers = [key for key in ANSWERS if getattr(self, key) is not None]
        if not answers and self.note is None:
            message = f"says nothing: it needs one of {', '.join((*ANSWERS, 'note'))}"
            raise ValueError(message)
        if len(answers) > 1:
            message = f"says both {answers[0]} and {answers[1]}: one of them"
            raise ValueError(message)
        _check_attributes(self)
        return self

    @property
    def address(self) -> Address:
        """Where the decision holds."""
        return Address(self.words, self.before, self.after)

    @property
    def answer(self) -> str:
        """The key that says what is decided."""
        return next((key for key in ANSWERS if getattr(self, key) is not None), "note")

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes of TEI that the decision gives."""
        names = {"at_least": "atLeast", "at_most": "atMost"}
        given = {key: getattr(self, key) for key in _ATTRIBUTES}
        return {
            names.get(key, key): str(value) for key, value in given.items() if value is not None
        }


ANSWERS: Final = ("reading", "confirm", "correct", "ignore")
_ATTRIBUTES: Final = (
    *("type", "reason", "place", "unit"),
    *("quantity", "extent", "at_least", "at_most"),
)


def _check_attributes(decision: Decision) -> None:
    """Refuse attributes and values that the element of the reading cannot have.

    Raises:
        ValueError: with the reason.
    """
    given = {key for key in _ATTRIBUTES if getattr(decision, key) is not None}
    allowed = VALUES.get(decision.reading or "", {})
    for key in sorted(given):
        if key not in allowed:
            of = f"the reading {decision.reading}" if decision.reading else "this answer"
            message = f"{key} does not go with {of}"
            raise ValueError(message)
        if allowed[key] and getattr(decision, key) not in allowed[key]:
            message = f"{key} must be one of {', '.join(sorted(allowed[key]))}"
            raise ValueError(message)
    if given & _COUNTS and decision.unit is None:
        message = 'a count needs a unit, as in unit = "word"'
        raise ValueError(message)
    if decision.quantity is not None and given & {"at_least", "at_most"}:
        message = "quantity is exact, at_least and at_most are a range: one of them"
        raise ValueError(message)
    if given >= {"at_least", "at_most"} and (decision.at_least or 0) > (decision.at_most or 0):
        message = "at_least is more than at_most"
        raise ValueError(message)


@dataclass(frozen=True)
class Decisions:
    """The decisions of one document, with the place of each."""

    items: tuple[tuple[Decision, Place], ...] = ()

    def __iter__(self) -> Iterator[tuple[Decision, Place]]:
        """Yield each decision with its place."""
        return iter(self.items)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.items)


def reading_name(chosen: str) -> str:
    """Return what decisions call a reading that the encoder names by its element."""
    return _ELEMENTS.get(chosen, chosen)


def load_decisions(path: Path) -> Decisions:
    """Return the decisions in a file; none where there is no file.

    Raises:
        ConfigurationError: D002, D010, D012, the file cannot be read; D003, decisions that cannot
            be used, one finding each.
    """
    if not path.exists():
        return Decisions()
    values, text = read_toml(path)
    return decisions_of(values, text, str(path))


def decisions_of(values: dict[str, Any], text: str, name: str) -> Decisions:
    """Return the decisions that the values of a TOML file are.

    Args:
        values: what the file holds.
        text: the file itself, for the lines.
        name: what findings call the file.

    Raises:
        ConfigurationError: D003, once for each wrong key.
    """
    tables = values.get("decision", [])
    findings = [_unknown(key, text, name) for key in values if key != "decision"]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        message = "decision must be tables of their own: [[decision]]"
        raise ConfigurationError([*findings, Finding("D003", message, Place(name, 1))])
    lines = _head_lines(text)
    if len(lines) != len(tables):
        lines = [0] * len(tables)
    items: list[tuple[Decision, Place]] = []
    for table, first in zip(tables, lines, strict=True):
        try:
            items.append((Decision.model_validate(table), Place(name, first)))
        except ValidationError as error:
            part = "\n".join(text.splitlines()[first:]) if first else ""
            findings += explain(error, Decision, Path(name), part, first)
    if findings:
        raise ConfigurationError(findings)
    return Decisions(tuple(items))


def _unknown(key: str, text: str, name: str) -> Finding:
    """Return the finding on a key that stands outside the tables."""
    rows = text.splitlines()
    line = next((n for n, row in enumerate(rows, 1) if row.lstrip(" [\"'").startswith(key)), 1)
    hint = "A decisions file holds [[decision]] tables and nothing else."
    return Finding("D003", f"{key} is not a setting", Place(name, line), hint)


def _head_lines(text: str) -> list[int]:
    """Return the lines on which tables of decisions begin."""
    return [
        text.count("\n", 0, found.end()) + 1 for found in _HEADS.finditer(text) if found["head"]
    ]
