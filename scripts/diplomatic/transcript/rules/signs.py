"""Brackets told by their signs and their place: points, `[?]`, `[[x]]`, `[1]`, whole lines."""

from __future__ import annotations

import re

from diplomatic.transcript import readings
from diplomatic.transcript.context import Context, Reading
from diplomatic.transcript.spans import Span

# A question that the sentence before a bracket asks.
_ASKS = r"(?:^|[.!?:]\s+|[\"“]){interrogative}\b[^.!?]*$"
# A name is wanted: after a title, an opening sign, or a stop inside the sentence.
_LEADS_TO_NAME = r"(?:[(\[,;:–—-]|\b{leads_to_name}\.?)$"
_SENTENCE_BEGINS = re.compile(r"\s*(?:[A-Z“\"]|$)")
_NOTE_WORD = r"^{note_word}\.?\s*(?=\d)"
_NUMBER_SIGN = r"{number_sign}\s?$"
LONGEST_DOUBT = 60


def ellipsis(context: Context) -> Reading:
    """Read `[…]`: left out by the transcript, or lost where it stands in a stamp or a word."""
    glued = context.before[-1:].isalnum() or context.after[:1].isalnum()
    lost = context.zone == "stamp" or glued
    attributes = {"reason": "illegible" if lost else "editorial", "resp": "#tr"}
    if context.inner == "…":
        whole = (context.bracket.start, context.bracket.end)
        spans = [Span(*whole, "gap", {**attributes, **context.rend}, (whole,))]
    else:
        spans = [context.span("gap", attributes), context.inside("desc")]
    if lost:
        return Reading("ellipsis", "gap", spans, "medium", "points inside a word or a stamp", True)
    reason = "points alone: left out by the transcript"
    return Reading("ellipsis", "gap", spans, "high", reason, True)


def question(context: Context) -> Reading | None:
    """Read `[?]`: a missing question mark, an unreadable name, or doubt of the word before."""
    before = context.before.rstrip()
    compiled = context.conventions.compile
    at_end = not context.after.strip() or _SENTENCE_BEGINS.match(context.after)
    asks = at_end and len(before.split()) > 3 and compiled(_ASKS).search(before)
    if context.inner.strip() == "?" and asks:
        spans = readings.supplied(context, {})
        return Reading("question", "supplied", spans, "medium", "the sentence asks", True)
    word = context.word_before
    lone = not before or compiled(_LEADS_TO_NAME).search(before)
    if lone or "??" in context.inner or word is None:
        spans = readings.gap(context, {"reason": "illegible"})
        reason = "a name or word that cannot be read"
        return Reading("question", "gap", spans, "medium", reason, True)
    doubted = {"reason": "illegible", "cert": "low", "resp": "#tr"}
    mark = context.span("note", {"type": "doubt", "resp": "#tr"})
    spans = [Span(*word, "unclear", doubted), mark]
    return Reading("question", "unclear", spans, "medium", "doubt of the word before", True)


def doubled(context: Context) -> Reading | None:
    """Read `[[x]]`: a doubtful reading."""
    inside = context.inner.strip()
    if context.bracket.signs < 2 or not inside or context.setting.raw_notes:
        return None
    if len(inside) > LONGEST_DOUBT:
        spans = readings.note(context, {"type": "editorial"})
        return Reading("doubled", "note", spans, "low", "a long text in doubled brackets")
    spans = readings.unclear(context, {})
    return Reading("doubled", "unclear", spans, "high", "doubled brackets mark a doubtful reading")


def note_reference(context: Context) -> Reading | None:
    """Read `[1]` where a note of that number exists, or where the capture has notes of its own."""
    compiled = context.conventions.compile
    label = compiled(_NOTE_WORD).sub("", context.inner.strip())
    known = label in context.setting.note_labels
    if not known and not (context.setting.raw_notes and label.isdigit()):
        return None
    if context.bracket.signs > 1 or context.ends(compiled(_NUMBER_SIGN), 20):
        return None
    bracket = context.bracket
    reason = "a note of this number exists" if known else "a note mark whose note is not there"
    span = Span(bracket.start, bracket.end, "ref", {"type": "noteref", "n": label})
    return Reading("note-reference", "ref", [span], "high" if known else "medium", reason, True)


def omission(context: Context) -> Reading | None:
    """Read words that tell what the transcript leaves out."""
    spans = readings.gap(context, {"reason": "editorial"})
    cert = "high" if context.own_line else "medium"
    return Reading("omission", "gap", spans, cert, "tells what was left out", True)


def summary(context: Context) -> Reading | None:
    """Read a line of its own in brackets: a summary of what is left out, or an editor's word."""
    words = context.inner.strip()
    if context.zone == "top" or "\n" in words:
        return None
    if words.endswith(".") and words[:1].isupper():
        spans = readings.gap(context, {"reason": "editorial"})
        return Reading("summary", "gap", spans, "medium", "a summary in place of the text", True)
    return None
