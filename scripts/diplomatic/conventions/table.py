"""The conventions in force: what all the files together say, with its patterns compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from diplomatic.conventions.rows import BracketRule, ConventionsFile, LineRule
from diplomatic.conventions.tries import one_of

# Brackets of up to so many characters, and so many of them, are remembered with their rules.
REMEMBERED_LENGTH = 120
REMEMBERED = 20_000
LONGEST_BRACKET = 4000
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_Row = TypeVar("_Row", BracketRule, LineRule)
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class CompiledRule:
    """A bracket rule with its patterns compiled."""

    row: BracketRule
    pattern: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def may_hold(self, words: str, signs: int) -> bool:
        """Whether a bracket of these words and signs can be one of the rule, wherever it stands."""
        if self.row.signs and min(signs, 2) != self.row.signs:
            return False
        return self.pattern is None or self.pattern.fullmatch(words) is not None


@dataclass
class Conventions:
    """The conventions in force: word lists, value maps, bracket rules and line rules, in order.

    `languages` has the language of each word of a word list, where only one language has it.
    """

    words: dict[str, list[str]] = field(default_factory=dict)
    languages: dict[str, dict[str, str]] = field(default_factory=dict)
    maps: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: list[BracketRule] = field(default_factory=list)
    lines: list[LineRule] = field(default_factory=list)
    _compiled_patterns: dict[tuple[str, int], re.Pattern[str]] = field(default_factory=dict)
    _made: dict[Callable[[Conventions], Any], Any] = field(default_factory=dict)
    _remembered: dict[tuple[str, int], tuple[CompiledRule, ...]] = field(default_factory=dict)

    def lay_over(self, added: ConventionsFile) -> None:
        """Add a file's words, values and rules; a rule whose name is known replaces that rule.

        New line rules come first, new bracket rules last, or first where they say so.
        """
        for name, by_language in added.words.items():
            known = self.words.setdefault(name, [])
            known.extend(word for listed in by_language.values() for word in listed)
            tagged = self.languages.setdefault(name, {})
            for language, listed in by_language.items():
                tagged.update(dict.fromkeys(listed, language))
        for name, values in added.map.items():
            self.maps.setdefault(name, {}).update(values)
        fresh_lines, self.lines = _replaced(self.lines, added.line)
        self.lines = [*fresh_lines, *self.lines]
        fresh, kept = _replaced(self.rows, added.bracket)
        first = [row for row in fresh if row.first]
        self.rows = [*first, *kept, *(row for row in fresh if not row.first)]
        self._compiled_patterns.clear()
        self._remembered.clear()
        self._made.clear()
        for compiled in ("brackets", "line_patterns", "word_sets"):
            self.__dict__.pop(compiled, None)

    def alternatives(self, name: str, flags: int = re.IGNORECASE) -> str:
        """Return a list of words as the inside of a regular expression's group.

        Raises:
            KeyError: neither a word list nor a map has that name.
        """
        listed = self.words[name] if name in self.words else self.maps[name]
        folded = (word.lower() for word in listed) if flags & re.IGNORECASE else listed
        return one_of(folded)

    def value(self, name: str, words: str) -> str:
        """Return what some words that `{name}` matched mean, by the map of that name.

        Raises:
            KeyError: the map has no such words.
        """
        return self.maps[name][" ".join(words.replace(",", "").replace("’", "'").split())]

    def compile(self, pattern: str, flags: int = re.IGNORECASE | re.DOTALL) -> re.Pattern[str]:
        """Return a pattern with its `{name}` placeholders filled from the word lists and maps.

        Raises:
            KeyError: a placeholder names no word list and no map.
            re.error: the pattern is no regular expression.
        """
        known = self._compiled_patterns.get((pattern, flags))
        if known is None:
            filled = _PLACEHOLDER.sub(lambda m: f"(?:{self.alternatives(m[1], flags)})", pattern)
            known = self._compiled_patterns[pattern, flags] = re.compile(filled, flags)
        return known

    def made(self, kind: Callable[[Conventions], _Made]) -> _Made:
        """Return what a class makes of the conventions; it is made once."""
        if kind not in self._made:
            self._made[kind] = kind(self)
        made: _Made = self._made[kind]
        return made

    @cached_property
    def brackets(self) -> list[CompiledRule]:
        """The bracket rules, compiled, in the order in which they are tried."""
        return [self.compiled_bracket(row) for row in self.rows]

    def rules_for(self, words: str, signs: int) -> tuple[CompiledRule, ...]:
        """Return the bracket rules that a bracket of these words can be one of, in order.

        Transcripts have the same few brackets over and over: their rules are remembered.
        """
        key = (words, min(signs, 2))
        known = self._remembered.get(key)
        if known is None:
            part = words[:LONGEST_BRACKET]
            known = tuple(rule for rule in self.brackets if rule.may_hold(part, signs))
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            if len(words) <= REMEMBERED_LENGTH:
                self._remembered[key] = known
        return known

    @cached_property
    def line_patterns(self) -> dict[str, re.Pattern[str]]:
        """The line rules, compiled, by name."""
        return {row.name: self.compiled_line(row) for row in self.lines}

    @cached_property
    def word_sets(self) -> dict[str, frozenset[str]]:
        """The word lists as sets of lower-case words."""
        return {name: frozenset(w.lower() for w in listed) for name, listed in self.words.items()}

    def compiled_line(self, row: LineRule) -> re.Pattern[str]:
        """Return the pattern of a line rule; raises as `compile` does."""
        return self.compile(row.pattern, 0 if row.case else re.IGNORECASE)

    def compiled_bracket(self, row: BracketRule) -> CompiledRule:
        """Return a bracket rule with its patterns compiled; raises as `compile` does."""
        return CompiledRule(
            row,
            self.compile(rf"\s*(?:{row.pattern})\s*") if row.pattern else None,
            self.compile(f"(?:{row.before})$") if row.before else None,
            self.compile(row.after) if row.after else None,
        )


def _replaced(known: Iterable[_Row], added: Iterable[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Return the added rows whose name is new, and the known rows with those of a name replaced."""
    known = list(known)
    by_name = {row.name: row for row in added}
    kept = [by_name.pop(row.name, row) for row in known]
    return list(by_name.values()), kept
