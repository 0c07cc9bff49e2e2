"""Note lists of archival transcripts, and note marks that are no square brackets.

A mark is only a mark where a note of that label exists (conventions §6.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from diplomatic.conventions import Conventions
from diplomatic.transcript.model import Block, Division
from diplomatic.transcript.spans import Span
from diplomatic.transcript.units import Unit

# The letter of a part says which form the label has; label_of() takes whichever is there.
_LABEL = re.compile(
    r"""(?P<label>(?:(?:Foot)?[Nn]otes?:\s+(?=\[))?(?:
          \[(?P<a>\d{1,3}|[ivxlc]{1,6}|\*{1,3}|[a-z])\]   # [1]  [iv]  [*]  [a]
        | \((?P<b>\d{1,3})\)                              # (1)
        | (?P<c>\d{1,3})[.)](?=\s)                        # 1.  1)
        | (?P<d>\*{1,3})(?=\s)                            # *
        | (?P<f>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})(?=\s)                  # ¹
        | (?P<e>\d{1,3})(?=\s+[A-ZÀ-Þ“\"])                # 1 See
        ))\s*(?=\S)""",
    re.VERBOSE,
)
_GLUE = re.compile(r"(?:[^\W\d_]|[.,;:”\"’)»])$")
_NUMBER_BEFORE = re.compile(r"\d[.,:]$")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d[.,]$")
_NAMED_BEFORE = re.compile(
    r"""(?<![^\W\d_])(?: [A-ZÀ-ÞЀ-Я]
        | (?:[Nn]os?|[Nn]r|N[ºo°]|pp?|vol|arts?|para|fond|op|ll?|figs?|docs?|chap|sect?)\. )$""",
    re.VERBOSE,
)
_RAISED = "¹²³⁴⁵⁶⁷⁸⁹⁰"


@dataclass(frozen=True)
class NoteList:
    """The notes found: where they begin among the units, their division, their labels."""

    start: int
    division: Division | None
    labels: frozenset[str]


def find_notes(text: str, units: list[Unit], conventions: Conventions) -> NoteList:
    """Return the note list at the end of some units, if there is one, or the two (notes, comments).

    Its labels rise, and either a heading stands before it, or it is written as `[1]`, or each of
    its labels is a mark in the text before.
    """
    last = _last_notes(text, units, conventions)
    if last.division is None or not _is_headed(last):
        return last
    above = _last_notes(text, units[: last.start], conventions)
    if above.division is None or above.labels & last.labels:
        return last
    return _made(units, above.start, [*above.labels, *last.labels])


def _is_headed(notes: NoteList) -> bool:
    """Whether a heading stands before the notes."""
    first = notes.division.content[0] if notes.division else None
    return isinstance(first, Block) and first.kind == "head"


def _last_notes(text: str, units: list[Unit], conventions: Conventions) -> NoteList:
    """Return the last note list of some units."""
    heading = conventions.line_patterns["notes-heading"]
    start = len(units)
    labels: list[str] = []
    for index in range(len(units) - 1, -1, -1):
        label = label_of(units[index])
        if label is None:
            if labels and heading.match(units[index].words):
                return _made(units, index, labels)
            if not (labels and _continues_note(units, index)):
                break
            continue
        if labels and not _rises(label, labels[0]):
            break
        labels.insert(0, label)
        start = index
    apart = start < len(units) and (units[start].after_blank or units[start].words[:1] == "[")
    before = text[units[0].start : units[start].start] if units and start < len(units) else ""
    first = labels[0] if labels else ""
    if (
        labels
        and start > 0
        and (first in ("1", "i", "*", "a") or apart)
        and _marked(before, labels)
    ):
        return _made(units, start, labels)
    return NoteList(len(units), None, frozenset())


def find_leading_notes(text: str, units: list[Unit]) -> tuple[int, Division | None]:
    """Return how many units at the beginning are notes written as `[1]`, and their division.

    A bilingual capture may have them before the text; each must have its mark further on.
    """
    count = 0
    while count < len(units) and units[count].words.startswith(f"[{count + 1}]"):
        count += 1
    if count < 2 or count == len(units):
        return 0, None
    after = text[units[count].start : units[-1].end]
    if not all(f"[{number}]" in after for number in range(1, count + 1)):
        return 0, None
    return count, _made(units[:count], 0, []).division


def label_of(unit: Unit) -> str | None:
    """Return the label of the note that a unit begins; None when it begins none."""
    found = None if unit.known else _LABEL.match(unit.words)
    return _inside(found) if found else None


def _inside(found: re.Match[str]) -> str:
    """Return a label without its brackets or stop."""
    return next(value for name, value in found.groupdict().items() if value and name != "label")


def _continues_note(units: list[Unit], index: int) -> bool:
    """Whether a unit without a label belongs to a note that begins right before it."""
    return index > 0 and label_of(units[index - 1]) is not None and len(units[index].words) < 400


def _rises(label: str, following: str) -> bool:
    """Whether a label can stand before another."""
    if label.isdecimal() and following.isdecimal():
        return int(label) < int(following)
    return not label.isdecimal() and not following.isdecimal()


def _marked(before: str, labels: list[str]) -> bool:
    """Whether most labels are marks in the text before the list."""
    seen = sum(1 for label in labels if _mark_of(re.escape(label)).search(before))
    return seen >= max(1, len(labels) * 0.6)


def _mark_of(label: str) -> re.Pattern[str]:
    """Return the pattern of a label's mark: in brackets, or glued to a word or a stop."""
    return re.compile(
        rf"[\[(]\s?{label}\s?[\])]"
        rf"|(?<=[^\W\d_.,;:”\"’)]){label}(?!\w)"
        rf"|(?<!\d)[.,;:”\"’)]{label}(?![\w.,]\d|\w)"
    )


def _made(units: list[Unit], start: int, labels: list[str]) -> NoteList:
    """Return the division of the notes from a unit on."""
    division = Division("notes")
    for unit in units[start:]:
        found = _LABEL.match(unit.words)
        if found:
            attributes = {"type": "endnote", "place": "end", "n": _inside(found)}
            extent = (unit.start, unit.start + len(found["label"].rstrip()))
            division.content.append(
                Block("note", unit.start, unit.end, attributes=attributes, label=extent)
            )
        elif (
            division.content
            and isinstance(last := division.content[-1], Block)
            and last.kind == "note"
        ):
            last.children.append(Block("p", unit.start, unit.end))
        else:
            division.content.append(Block("head", unit.start, unit.end, "top"))
    return NoteList(start, division, frozenset(labels))


def _may_be_glued(before: str) -> bool:
    """Whether a note's digit can follow some words without a blank.

    No mark is the second half of a decimal, of a time or of a section's number (`1.2`), the number
    after a short form (`No.2`), or part of a name (`M1`); after a year's full stop one may stand.
    """
    if _NUMBER_BEFORE.search(before):
        return _YEAR_BEFORE.search(before) is not None
    return _GLUE.search(before) is not None and _NAMED_BEFORE.search(before) is None


def plain_marks(text: str, start: int, end: int, labels: frozenset[str]) -> Iterator[Span]:
    """Yield note marks in round brackets, or glued to the word before, whose note exists."""
    for label in (each for each in labels if not each.isalnum() or each in _RAISED):
        for found in re.finditer(rf"(?<=\S)(?<!\*){re.escape(label)}(?![\*\w])", text[start:end]):
            first, last = start + found.start(), start + found.end()
            yield Span(first, last, "ref", {"type": "noteref", "n": label}, firm=False)
    digits = [label for label in labels if label.isdigit() and label not in _RAISED]
    if not digits:
        return
    listed = "|".join(sorted(digits, key=len, reverse=True))
    pattern = re.compile(
        rf"(?<=[^\s\d(\[])(?P<glued>{listed})(?![\w%]|[.,]\d|[-–]\d)(?<![A-Z]-\d)"
        rf"|\((?P<round>{listed})\)"
    )
    for found in pattern.finditer(text, start, end):
        before = text[max(start, found.start() - 12) : found.start()]
        if found["glued"] and not _may_be_glued(before):
            continue
        label = found["glued"] or found["round"]
        yield Span(*found.span(), "ref", {"type": "noteref", "n": label}, firm=False)
