"""Reading conventions files: the house's own, and an edition's laid over them."""

from __future__ import annotations

import difflib
import re
import tomllib
from functools import cache
from importlib import resources
from itertools import takewhile
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from diplomatic.configuration import BrokenEditionError, ConfigurationError, read_toml
from diplomatic.conventions.rows import BracketRule, ConventionsFile, LineRule
from diplomatic.conventions.table import Conventions
from diplomatic.findings import Finding, Place

HOUSE_FILES: Final = (
    "archival.toml",
    "lines.toml",
    "forms.toml",
    "dates.toml",
    "sources.toml",
    "names.toml",
    "wiki.toml",
)


def load_conventions(edition_file: Path | None = None) -> Conventions:
    """Return the house conventions, with an edition's own file laid over them.

    Args:
        edition_file: the edition's `tei/conventions.toml`; None, or no such file: only the house's.

    Raises:
        BrokenEditionError: D002, D010 or D020, the edition's file is no TOML, or something in it
            cannot be used; each line that is wrong is named.
    """
    if edition_file is None or not edition_file.is_file():
        return _house()
    conventions = _read_house()
    _EditionFile(edition_file).lay_over(conventions)
    return conventions


@cache
def _house() -> Conventions:
    """Return the house conventions, read once; nobody may change them."""
    return _read_house()


def _read_house() -> Conventions:
    """Return the house conventions, read anew."""
    conventions = Conventions()
    house = resources.files("diplomatic.conventions")
    for name in HOUSE_FILES:
        data = tomllib.loads(house.joinpath(name).read_text("utf-8"))
        conventions.lay_over(ConventionsFile.model_validate(data))
    return conventions


class _EditionFile:
    """An edition's own file: it is proved before any transcript is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = ""
        self.findings: list[Finding] = []

    def lay_over(self, conventions: Conventions) -> None:
        """Add the file to the conventions, or say which of its lines are broken."""
        added = self._read()
        house = dict(conventions.line_patterns)
        known = {*conventions.words, *conventions.maps}
        conventions.lay_over(added)
        self._prove_lists(added, known)
        for index, rule in enumerate(added.bracket):
            if rule.gives is None and rule.rule is None:
                reason = f'bracket rule {rule.name} has neither "gives" nor "rule"'
                self._note("bracket", index, "name", reason)
            self._prove("bracket", index, rule, conventions)
        for index, line in enumerate(added.line):
            self._prove_line(index, line, conventions, house)
        if self.findings:
            raise BrokenEditionError(sorted(self.findings, key=lambda finding: finding.place))

    def _read(self) -> ConventionsFile:
        """Return the rows of the file."""
        try:
            data, self.text = read_toml(self.path)
        except ConfigurationError as error:
            raise BrokenEditionError(error.findings) from error
        try:
            return ConventionsFile.model_validate(data)
        except ValidationError as error:
            for each in error.errors():
                unknown = each["type"] == "extra_forbidden"
                self._invalid(each["loc"], "there is no such key" if unknown else each["msg"])
            raise BrokenEditionError(self.findings) from error

    def _invalid(self, loc: tuple[int | str, ...], message: str) -> None:
        """Note a key that is unknown or has a value that cannot be used."""
        table, *inner = loc
        index = inner.pop(0) if inner and isinstance(inner[0], int) else 0
        if table in ("words", "map") and inner:
            table = f"{table}.{inner.pop(0)}"
        key = str(inner[0]) if inner else ""
        named = ".".join(part for part in (str(table), key) if part)
        self._note(str(table), int(index), key, f"{named}: {message}")

    def _prove_lists(self, added: ConventionsFile, known: set[str]) -> None:
        """Note the lists and maps that nothing asks for: most likely a name is misspelt."""
        patterns = " ".join(
            [*(line.pattern for line in added.line)]
            + [f"{rule.pattern} {rule.before} {rule.after}" for rule in added.bracket]
        )
        for table, names in (("words", added.words), ("map", added.map)):
            for name in names:
                if name not in known and f"{{{name}}}" not in patterns:
                    near = difflib.get_close_matches(name, known, 1)
                    meant = f"; is {near[0]} meant?" if near else ""
                    message = f"no rule asks for the list {name}{meant}"
                    self._note(f"{table}.{name}", 0, "", message)

    def _prove_line(
        self,
        index: int,
        line: LineRule,
        conventions: Conventions,
        house: dict[str, re.Pattern[str]],
    ) -> None:
        """Note what is wrong with a line rule: its name, its pattern, a part that is missing."""
        if line.name not in house:
            near = difflib.get_close_matches(line.name, house, 1)
            meant = f"; is {near[0]} meant?" if near else ""
            self._note("line", index, "name", f"there is no line rule {line.name}{meant}")
            return
        compiled = self._prove("line", index, line, conventions)
        if compiled is None:
            return
        missing = house[line.name].groupindex.keys() - compiled.groupindex.keys()
        if missing:
            parts = ", ".join(f"(?P<{name}>…)" for name in sorted(missing))
            reason = f"line rule {line.name} needs the parts {parts}"
            self._note("line", index, "pattern", reason)

    def _prove(
        self, table: str, index: int, row: BracketRule | LineRule, conventions: Conventions
    ) -> re.Pattern[str] | None:
        """Compile a rule, so that a broken one is named at its line; return a line's pattern."""
        key = "pattern"
        try:
            if isinstance(row, LineRule):
                return conventions.compiled_line(row)
            for key in ("pattern", "before", "after"):
                conventions.compile(getattr(row, key))
        except KeyError as error:
            reason = f"{table} rule {row.name}: there is no word list {error.args[0]}"
            self._note(table, index, key, reason)
        except re.error as error:
            reason = f"{table} rule {row.name}: no regular expression: {error}"
            self._note(table, index, key, reason)
        return None

    def _note(self, table: str, index: int, key: str, message: str) -> None:
        """Note what is wrong with a key in a table, at its line."""
        place = Place(str(self.path), _line_of(self.text, table, index, key))
        self.findings.append(Finding("D020", message, place))


def _line_of(text: str, table: str, index: int, key: str) -> int:
    """Return the number of the line where a key stands in a table of TOML.

    Args:
        text: the file.
        table: the table's name.
        index: which of the tables of that name, from 0.
        key: the key; where it is not found, the line of the table's name is returned.
    """
    lines = text.splitlines()
    header = re.compile(rf"\s*\[{{1,2}}\s*{re.escape(table)}\s*\]{{1,2}}")
    starts = [number for number, line in enumerate(lines, 1) if header.match(line)]
    if index >= len(starts):
        parent, dot, name = table.rpartition(".")
        if dot:
            return _line_of(text, parent, 0, name)
        named = (n for n, line in enumerate(lines, 1) if line.lstrip(" \t[").startswith(table))
        return next(named, 0)
    start = starts[index]
    rows = takewhile(lambda line: not line.lstrip().startswith("["), lines[start:])
    numbered = enumerate(rows, start + 1)
    return next((n for n, line in numbered if line.partition("=")[0].strip() == key), start)
