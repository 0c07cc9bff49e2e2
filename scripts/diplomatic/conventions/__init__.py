"""House conventions: label words and bracket rules as data (`archival.toml`, `wiki.toml`).

An edition adds to them, or overrides a rule by its name, in `tei/conventions.toml`; the head of
`archival.toml` documents the form.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from diplomatic.findings import EditionError, Finding, Place

Construct = Literal[
    "gap", "stamp", "signature", "emblem", "note", "handwriting", "sic", "blank", "page", "sound", "unclear",
    "supplied", "gloss", "identification", "original-wording", "received",
]  # fmt: skip
Certainty = Literal["high", "medium", "low"]
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class BracketRule(BaseModel):
    """One row of `[[bracket]]`; `archival.toml` says what each key means."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str
    pattern: str = ""
    before: str = ""
    after: str = ""
    own_line: bool | None = None
    signs: int = 0
    gives: Construct | None = None
    attributes: dict[str, str] = Field(default_factory=dict, alias="with")
    cert: Certainty = "medium"
    reason: str = ""
    rule: str = ""
    first: bool = False


class LineRule(BaseModel):
    """One row of `[[line]]`: what a whole line is, by its words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    pattern: str
    case: bool = False


class _File(BaseModel):
    """A conventions file."""

    model_config = ConfigDict(extra="forbid")

    words: dict[str, dict[str, list[str]]] = Field(default_factory=dict)
    map: dict[str, dict[str, str]] = Field(default_factory=dict)
    bracket: list[BracketRule] = Field(default_factory=list)
    line: list[LineRule] = Field(default_factory=list)


@dataclass(frozen=True)
class CompiledRule:
    """A bracket rule with its patterns compiled."""

    row: BracketRule
    pattern: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@dataclass
class Conventions:
    """The conventions in force: word lists, value maps, bracket rules and line rules, in order."""

    words: dict[str, list[str]] = field(default_factory=dict)
    maps: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: list[BracketRule] = field(default_factory=list)
    lines: list[LineRule] = field(default_factory=list)
    _compiled_patterns: dict[tuple[str, int], re.Pattern[str]] = field(default_factory=dict)

    def alternatives(self, name: str) -> str:
        """Return a list of words as the inside of a regular expression's group, longest first."""
        listed = sorted(self.words[name], key=lambda word: (-len(word), word))
        return "|".join(
            re.escape(word).replace(r"\ ", r",?\s+").replace("'", "['’]") for word in listed
        )

    def compile(self, pattern: str, flags: int = re.IGNORECASE | re.DOTALL) -> re.Pattern[str]:
        """Return a pattern with its `{name}` placeholders filled from the word lists.

        Raises:
            KeyError: a placeholder names no word list.
            re.error: the pattern is no regular expression.
        """
        known = self._compiled_patterns.get((pattern, flags))
        if known is None:
            filled = _PLACEHOLDER.sub(lambda found: f"(?:{self.alternatives(found[1])})", pattern)
            known = self._compiled_patterns[pattern, flags] = re.compile(filled, flags)
        return known

    @cached_property
    def brackets(self) -> list[CompiledRule]:
        """The bracket rules, compiled, in the order in which they are tried."""
        return [self._compiled(row) for row in self.rows]

    @cached_property
    def line_patterns(self) -> dict[str, re.Pattern[str]]:
        """The line rules, compiled, by name."""
        return {
            row.name: self.compile(row.pattern, 0 if row.case else re.IGNORECASE)
            for row in self.lines
        }

    @cached_property
    def word_sets(self) -> dict[str, frozenset[str]]:
        """The word lists as sets of lower-case words."""
        return {name: frozenset(w.lower() for w in listed) for name, listed in self.words.items()}

    def _compiled(self, row: BracketRule) -> CompiledRule:
        """Return one rule with its patterns compiled."""
        return CompiledRule(
            row,
            self.compile(rf"\s*(?:{row.pattern})\s*") if row.pattern else None,
            self.compile(f"(?:{row.before})$") if row.before else None,
            self.compile(row.after) if row.after else None,
        )


@cache
def load_conventions(edition_file: Path | None = None) -> Conventions:
    """Return the house conventions, with an edition's own file laid over them.

    Args:
        edition_file: the edition's `tei/conventions.toml`; None, or no such file: the house's alone.

    Raises:
        EditionError: D002 or D020, the edition's file is no TOML, or a rule in it cannot be used.
    """
    conventions = Conventions()
    package = resources.files("diplomatic.conventions")
    for name in ("archival.toml", "lines.toml"):
        _lay_over(conventions, tomllib.loads(package.joinpath(name).read_text("utf-8")), name)
    if edition_file is not None and edition_file.is_file():
        _lay_over(conventions, _read_toml(edition_file), str(edition_file))
        _prove(conventions, edition_file)
    return conventions


def _read_toml(path: Path) -> Mapping[str, Any]:
    """Read an edition's file, or say where it is broken."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(str(path), int(line[1]) if line else 0)
        raise EditionError(Finding("D002", str(error), place)) from error


def _lay_over(conventions: Conventions, data: Mapping[str, Any], name: str) -> None:
    """Add a file's words, maps and rules; a rule with a known name replaces that rule in its place."""
    try:
        read = _File.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise EditionError(Finding("D020", f"{key}: {first['msg']}", Place(name))) from error
    for words, by_language in read.words.items():
        known = conventions.words.setdefault(words, [])
        known.extend(w for listed in by_language.values() for w in listed if w not in known)
    for kind, values in read.map.items():
        conventions.maps.setdefault(kind, {}).update(values)
    conventions.lines = _merged(conventions.lines, read.line)
    fresh = {row.name: row for row in read.bracket}
    known_names = {row.name for row in conventions.rows}
    first_rows = [row for row in read.bracket if row.first and row.name not in known_names]
    last_rows = [row for row in read.bracket if not row.first and row.name not in known_names]
    kept = [fresh.get(row.name, row) for row in conventions.rows]
    conventions.rows = [*first_rows, *kept, *last_rows] if known_names else list(read.bracket)


def _merged(known: list[LineRule], fresh: list[LineRule]) -> list[LineRule]:
    """Return line rules with those of the same name replaced and the new ones put first."""
    by_name = {row.name: row for row in fresh}
    names = {row.name for row in known}
    return [row for row in fresh if row.name not in names] + [
        by_name.get(row.name, row) for row in known
    ]


def _prove(conventions: Conventions, path: Path) -> None:
    """Compile every rule, so that a broken one is named before any transcript is read."""
    for row in conventions.rows:
        try:
            conventions._compiled(row)
        except (KeyError, re.error) as error:
            reason = f"no word list {error}" if isinstance(error, KeyError) else str(error)
            finding = Finding("D020", f"bracket rule {row.name}: {reason}", Place(str(path)))
            raise EditionError(finding) from error
