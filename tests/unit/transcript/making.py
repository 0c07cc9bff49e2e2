"""Makes what the tests of this folder read: settings, units, contexts, from a few lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from diplomatic.conventions import load_conventions
from diplomatic.transcript.brackets import Bracket, lex
from diplomatic.transcript.context import Context, Reading, Setting
from diplomatic.transcript.model import Block, Division
from diplomatic.transcript.rules import RULES
from diplomatic.transcript.text import SourceText
from diplomatic.transcript.units import Unit, make_units

CONVENTIONS = load_conventions()


def brackets_of(source: SourceText) -> list[Bracket]:
    """Return the brackets of a text."""
    return lex(source, lambda words: words.lower().startswith(("stamp", "hand"))).brackets


def setting_of(text: str, labels: frozenset[str] = frozenset()) -> Setting:
    """Return the setting of a text, with the house's conventions."""
    return Setting(SourceText(text, "t.txt"), CONVENTIONS, labels)


def units_of(text: str) -> tuple[Setting, list[Unit]]:
    """Return a text's setting and its units."""
    setting = setting_of(text)
    source = setting.source
    lines = [line for line in source.lines if source.words(line)]
    return setting, make_units(setting, lines, brackets_of(source))


def context_of(text: str, zone: str = "middle", labels: frozenset[str] = frozenset()) -> Context:
    """Return the context of the first bracket of a text, which is all one block."""
    setting = setting_of(text, labels)
    return Context(setting, brackets_of(setting.source)[0], 0, len(text), zone)


def reading_by(rule: str, text: str, zone: str = "middle") -> Reading | None:
    """Return what one rule makes of the first bracket of a text."""
    return RULES[rule](context_of(text, zone))  # type: ignore[index]


def shape(content: Sequence[Block | Division]) -> list[object]:
    """Return the kinds of some content, each with the kinds inside it."""
    shown: list[object] = []
    inside: Sequence[Block | Division]
    for part in content:
        if isinstance(part, Division):
            kind, inside = part.type, part.content
        else:
            kind, inside = part.kind, part.children
        inner = shape(inside)
        shown.append((kind, inner) if inner else kind)
    return shown
