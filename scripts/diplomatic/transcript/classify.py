"""Classifying brackets: the table of rules, tried in order; the first that fits is chosen.

The next rule that would also have fitted is kept as the runner-up, so that an editor can choose
it. What is decided below "high" becomes a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from diplomatic.conventions import CompiledRule
from diplomatic.transcript.brackets import Bracket
from diplomatic.transcript.context import Context, Reading, Setting
from diplomatic.transcript.model import Doubt
from diplomatic.transcript.readings import CONSTRUCTS, OPAQUE
from diplomatic.transcript.rules import RULES
from diplomatic.transcript.spans import Span
from diplomatic.transcript.text import strip_blank

# What a reading is most easily taken for, where no further rule fits.
_MISTAKEN = {"supplied": "gloss", "gloss": "supplied", "note": "gloss"}


def readings_of(context: Context) -> Iterator[Reading]:
    """Yield the readings that fit a bracket, best first."""
    for rule in context.conventions.rules_for(context.inner, context.bracket.signs):
        reading = _apply(rule, context)
        if reading is not None:
            yield _over_lines(reading, context)


def _apply(rule: CompiledRule, context: Context) -> Reading | None:
    """Return what a rule makes of a bracket whose words fit, or None where its place does not."""
    row = rule.row
    if row.own_line is not None and row.own_line != context.own_line:
        return None
    if rule.before is not None and not rule.before.search(context.before):
        return None
    if rule.after is not None and not rule.after.match(context.after):
        return None
    if row.rule:
        return RULES[row.rule](context)
    construct = row.gives or "note"
    spans = CONSTRUCTS[construct](context, row.attributes)
    return Reading(row.name, construct, spans, row.cert, row.reason, construct in OPAQUE)


def _over_lines(reading: Reading, context: Context) -> Reading:
    """Return a reading whose words can hold the line breaks of the bracket.

    A description (`desc`, `figDesc`) is one line; over several, a note keeps them.
    """
    described = any(span.name in ("desc", "figDesc") for span in reading.spans)
    if not described or "\n" not in context.inner:
        return reading
    spans = [context.span("note", {"type": "editorial", "resp": "#tr"})]
    return Reading(reading.rule, "note", spans, reading.cert, reading.reason)


def classify(
    setting: Setting, bracket: Bracket, block: tuple[int, int], zone: str
) -> tuple[list[Span], list[Doubt]]:
    """Return the spans of a bracket and of all inside it, and what is doubtful about them.

    Args:
        setting: what holds for the whole transcript.
        bracket: the bracket.
        block: offsets of the block that it stands in.
        zone: the block's role (`Context.zone`).
    """
    context = Context(setting, bracket, *block, zone)
    if not strip_blank(context.inner) or (setting.raw_notes and bracket.signs > 1):
        return [], []
    found = readings_of(context)
    chosen = next(found, None)
    if setting.decide is not None:
        chosen = setting.decide(context, chosen)
    if chosen is None:
        return [], []
    doubts = []
    if chosen.cert != "high":
        runner_up = next((other for other in found if other.chosen != chosen.chosen), None)
        doubts.append(_doubt(context, chosen, runner_up))
        chosen = chosen.with_certainty(bracket.start, chosen.cert)
    spans = list(chosen.spans)
    if not chosen.opaque:
        for child in bracket.children:
            inner = (bracket.inner_start, bracket.inner_end)
            made, doubted = classify(
                setting, child, inner, "stamp" if chosen.chosen == "stamp" else zone
            )
            spans.extend(made)
            doubts.extend(doubted)
    return spans, doubts


def _doubt(context: Context, chosen: Reading, runner_up: Reading | None) -> Doubt:
    """Return the doubt that a reading below certain leaves."""
    bracket = context.bracket
    start = max(context.block_start, bracket.start - 40)
    return Doubt(
        bracket.start,
        bracket.end,
        context.text[bracket.start : bracket.end],
        context.text[start : min(context.block_end, bracket.end + 40)],
        chosen.rule,
        chosen.chosen,
        chosen.reason,
        chosen.cert,
        runner_up.chosen if runner_up else _MISTAKEN.get(chosen.chosen, "note"),
    )
