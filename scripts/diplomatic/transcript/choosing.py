"""Choosing a reading: what a bracket becomes when the editor, not a rule, says what it is.

Where a rule gives the reading that is asked for, its markup is taken; otherwise the construct is
made from the bracket as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from diplomatic.transcript.classify import readings_of
from diplomatic.transcript.context import Context, Reading
from diplomatic.transcript.decisions import reading_name
from diplomatic.transcript.readings import CONSTRUCTS, OPAQUE, second_reading
from diplomatic.transcript.spans import Added, Span

# What a construct needs that no rule is there to say.
_DEFAULTS: Final[dict[str, dict[str, str]]] = {
    "gap": {"reason": "editorial"},
    "note": {"type": "editorial"},
    "sound": {"element": "incident"},
}
_COUNTS: Final = ("unit", "quantity", "extent", "atLeast", "atMost")
_DESCRIBED: Final = frozenset({"desc", "figDesc"})
# The word before a bracket, with nothing but a blank between.
_WORD: Final = re.compile(r"[^\s\[\]()“”\"«»]+(?=[ \u00a0]?\Z)")


def read_as(context: Context, name: str, attributes: Mapping[str, str]) -> Reading | str:
    """Return the reading of a bracket that an editor names, or why it cannot be that.

    Args:
        context: the bracket.
        name: one of `diplomatic.transcript.decisions.READINGS`.
        attributes: attributes of TEI that the editor gives the element.
    """
    made = next((r for r in readings_of(context) if reading_name(r.chosen) == name), None)
    if made is None:
        spans = _MADE[name](context) if name in _MADE else _construct(context, name)
        if spans is None:
            return "no word stands before the bracket, which it could belong to"
        if "\n" in context.inner and any(span.name in _DESCRIBED for span in spans):
            return f"a bracket over several lines cannot be read as {name}"
        opaque = name in OPAQUE or (name in _MADE and name != "text")
        made = Reading("decision", name, spans, opaque=opaque)
    return with_attributes(made, context, attributes)


def with_attributes(reading: Reading, context: Context, attributes: Mapping[str, str]) -> Reading:
    """Return a reading whose element has further attributes; counts replace those of the words."""
    at = context.bracket.start
    root = reading.root(at)
    if root is None or not attributes:
        return reading
    counted = any(name in _COUNTS for name in attributes)
    kept = {
        name: value for name, value in root.attributes.items() if not (counted and name in _COUNTS)
    }
    return reading.with_root(at, {**kept, **attributes})


def settled(reading: Reading, context: Context, mark: Mapping[str, str]) -> Reading:
    """Return a reading as the editor's: certain, and so in the TEI; `mark` is added to it."""
    at = context.bracket.start
    certain = reading.with_certainty(at, "high")
    root = certain.root(at)
    if root is not None:
        certain = certain.with_root(at, {**root.attributes, **mark})
    return replace(certain, cert="high", reason="settled by the editor")


def _construct(context: Context, name: str) -> list[Span]:
    """Return the spans of a construct that no rule made."""
    return CONSTRUCTS[name](context, dict(_DEFAULTS.get(name, {})))


def _expansion(context: Context) -> list[Span] | None:
    """Return letters that complete the word around them, or words that stand for the one before."""
    bracket = context.bracket
    lead = re.search(r"[^\W\d_]+\.?\Z", context.before)
    tail = re.match(r"[^\W\d_]+", context.after)
    if not lead and not tail:
        return _second(context, "abbr", "expan")
    start = bracket.start - (len(lead[0]) if lead else 0)
    end = bracket.end + (len(tail[0]) if tail else 0)
    short = context.text[start : bracket.start] + context.text[bracket.end : end]
    choice = Span(start, end, "choice", before=(Added("abbr", short),))
    return [choice, Span(start, end, "expan", {"resp": "#tr"}), context.span("ex", {})]


def _correction(context: Context) -> list[Span] | None:
    """Return the word before as an error, and the bracket as its correction."""
    return _second(context, "sic", "corr")


def _variant(context: Context) -> list[Span] | None:
    """Return the word before as it stands, and the bracket as its usual form."""
    return _second(context, "orig", "reg")


def _second(context: Context, first: str, second: str) -> list[Span] | None:
    """Return a choice of the word before and the bracket; None where no word stands there."""
    found = _WORD.search(context.before)
    if found is None:
        return None
    base = context.bracket.start - len(context.before)
    target = (base + found.start(), base + found.end())
    return second_reading(context, target, first, second)


def _note_reference(context: Context) -> list[Span]:
    """Return the mark of a note, by its label; the note may be missing, which is a finding."""
    bracket = context.bracket
    attributes = {"type": "noteref", "n": context.inner.strip()}
    return [Span(bracket.start, bracket.end, "ref", attributes)]


def _text(_context: Context) -> list[Span]:
    """Return nothing: the words stay as they are, signs included."""
    return []


_MADE: Final[dict[str, Callable[[Context], list[Span] | None]]] = {
    "expansion": _expansion,
    "correction": _correction,
    "variant": _variant,
    "note-reference": _note_reference,
    "text": _text,
}
