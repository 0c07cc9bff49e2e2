"""Brackets that correct: a number after a number, the right spelling after a wrong one."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from diplomatic.transcript import readings
from diplomatic.transcript.context import Context, Reading
from diplomatic.transcript.lexicon import familiarity

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NUMBERISH = r"(?:\d[\d.,:/]*(?:{ordinal_ending}|s)?|[ivxlcIVXLC]{1,6})"
_LABEL = (
    r"\s*(?:{thus}\s*[,;:–—-]\s*)?{corrected}(?:(?<=\.)|\b)"
    r"\s*(?P<sign>[:=])?\s*(?P<words>\S.{0,80})"
)
_NUMBER_BEFORE = rf"(?<![\w.]){_NUMBERISH}(?=[ \u00a0]$)"
_WORD = re.compile(r"[^\W\d_]{4,}")


def correction(context: Context) -> Reading | None:
    """Read a number that corrects the number before, or the right spelling of the word before."""
    words = context.inner.strip()
    if context.before[-1:].isdigit() or (words.isdigit() and context.after[:1].isdigit()):
        return _digits(context)
    compiled = context.conventions.compile
    found = context.ends(compiled(_NUMBER_BEFORE, 0), 20)
    if found is not None and found[0][0].isdigit() and compiled(_NUMBERISH, 0).fullmatch(words):
        digits, other = re.sub(r"\D", "", found[0]), re.sub(r"\D", "", words)
        if (len(other) == 4) != (len(digits) == 4) and _YEAR.fullmatch(words):
            return None
        base = context.bracket.start - len(context.before)
        target = (base + found.start(), base + found.end())
        spans = readings.second_reading(context, target, "sic", "corr")
        return Reading(
            "correction", "corr", spans, "medium", "a number after a number corrects it", True
        )
    return _spelling(context, words)


def corrected(context: Context) -> Reading | None:
    """Read a correction that says so: `12 [read: 21]`, `the 7th [in fact the 8th]`.

    Without a colon the words must be like those before: `[should be sent]` is supplied.
    """
    label = context.conventions.compile(_LABEL)
    found = label.fullmatch(context.inner)
    target = context.word_before
    if found is None or target is None:
        return None
    said, words = context.text[slice(*target)], found["words"].strip("\"“”'")
    if not found["sign"] and not _alike(said, words):
        return None
    spans = readings.sic(context, {})
    return Reading("corrected", "sic", spans, "high", "labelled as a correction", True)


def _alike(said: str, words: str) -> bool:
    """Whether words can correct others: numbers both, or of like letters."""
    last = words.split()[-1]
    if any(map(str.isdigit, said)) and any(map(str.isdigit, last)):
        return True
    return SequenceMatcher(None, said.lower(), words.lower()).ratio() >= 0.6


def _digits(context: Context) -> Reading | None:
    """Read digits inside a number: supplied by the transcriber."""
    if not context.inner.strip("?").isdigit():
        return None
    spans = readings.supplied(context, {"reason": "illegible"})
    return Reading("correction", "supplied", spans, "medium", "digits inside a number", True)


def _spelling(context: Context, words: str) -> Reading | None:
    """Read the right spelling of a misspelt word."""
    target = context.word_before
    if target is None or target[1] < context.bracket.start - 1 or not _WORD.fullmatch(words):
        return None
    said = context.text[slice(*target)].lower()
    right = words.lower()
    close = SequenceMatcher(None, said, right).ratio() >= 0.75
    if said == right or not close or familiarity(right) - familiarity(said) < 1.5:
        return None
    spans = readings.second_reading(context, target, "sic", "corr")
    reason = "the right spelling of the word before"
    return Reading("correction", "corr", spans, "high", reason, True)
