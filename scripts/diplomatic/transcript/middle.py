"""The body of a division: paragraphs, lists, tables, speakers, headings, dated entries.

Conventions §4. Each reader takes units from an index on and says where it stopped.
"""

from __future__ import annotations

import re
from functools import cached_property

from diplomatic.transcript.context import Setting
from diplomatic.transcript.lists import ListReader
from diplomatic.transcript.model import Block, Division
from diplomatic.transcript.units import Unit, in_capitals, is_sentence, stamp_block

_CELLS = re.compile(r"\t+|\s*\|\s*")


class Middle:
    """Reads the units between opening and closing into blocks and divisions."""

    def __init__(self, setting: Setting, units: list[Unit], journal: bool) -> None:
        self.setting = setting
        self.patterns = setting.conventions.line_patterns
        self.units = units
        self.journal = journal
        self.lists = ListReader(setting, units)
        self.spoken = self.lists.spoken = self._has_speakers()

    def matches(self, name: str, unit: Unit) -> re.Match[str] | None:
        """Match a line rule against a unit."""
        return self.patterns[name].match(unit.words)

    def read(self) -> list[Block | Division]:
        """Return blocks and divisions in the transcript's order."""
        content: list[Block | Division] = []
        target = content
        outer: list[tuple[int, Division]] = []
        index = 0
        while index < len(self.units):
            unit = self.units[index]
            if heading := self._division(index):
                # Headings without a level, as capitals in plain text, are all of one.
                while outer and outer[-1][0] >= max(unit.level, 1):
                    outer.pop()
                (outer[-1][1].content if outer else content).append(heading)
                outer.append((max(unit.level, 1), heading))
                target = heading.content
                index += 1
                continue
            index, block = self._block(index, unit)
            target.append(block)
        return content

    def _division(self, index: int) -> Division | None:
        """Return the division that a unit heads: a dated entry or a section."""
        unit = self.units[index]
        if not unit.single_line or unit.lone is not None or unit.block is not None:
            return None
        head = Block("head", unit.start, unit.end, "top")
        if unit.level:
            dated = self.setting.dates.is_alone(unit.words)
            return Division("entry" if dated else "section", [head])
        if self._is_dated(unit) and self._entries:
            return Division("entry", [head])
        if self._section_head(index):
            return Division("section", [head])
        return None

    @cached_property
    def _entries(self) -> bool:
        """Whether dates alone on their line head entries: in a journal, or if there are several."""
        return self.journal or sum(1 for unit in self.units if self._is_dated(unit)) > 1

    def _is_dated(self, unit: Unit) -> bool:
        """Whether a unit is a date alone, as one heads an entry."""
        return len(unit.words) < 42 and self.setting.dates.is_alone(unit.words)

    def _section_head(self, index: int) -> bool:
        """Whether a unit heads a section: capitals, no stop, and running text after it."""
        unit = self.units[index]
        words = unit.words
        if self.matches("section-head", unit) and index + 1 < len(self.units):
            return True
        if len(words) > 110 or words[-1:] in ".,;:" or index + 1 >= len(self.units):
            return False
        letters = [letter for letter in words if letter.isalpha()]
        if len(letters) < 4 or not in_capitals(words) or self.matches("classification", unit):
            return False
        following = self.units[index + 1]
        return len(following.words) > 60 and self.matches("page", unit) is None

    def _block(self, index: int, unit: Unit) -> tuple[int, Block]:
        """Return the block that begins with a unit, and the index of the unit after it."""
        if unit.block is not None:
            return index + 1, unit.block
        if self.matches("omission", unit):
            return index + 1, Block("gap", unit.start, unit.end)
        if self.matches("rule", unit):
            return index + 1, Block("milestone", unit.start, unit.end)
        if self.matches("page", unit):
            return index + 1, Block("pb", unit.start, unit.end)
        if unit.lone is not None:
            return index + 1, Block("bracket", unit.start, unit.end)
        if (found := self.matches("stamp-line", unit)) and not is_sentence(unit):
            return index + 1, stamp_block(unit, found, self.setting, "middle")
        if self._is_row(index):
            return self._table(index)
        if self.lists.begins(index):
            return self.lists.read(index)
        if self.spoken and (found := self._speaker(unit)):
            label = (unit.start, unit.start + found.end("label"))
            alone = not found["rest"].strip()
            if alone and index + 1 >= len(self.units):
                return index + 1, Block("p", unit.start, unit.end)
            last = index + 1 if alone else index
            return last + 1, Block("sp", unit.start, self.units[last].end, label=label)
        return index + 1, Block("p", unit.start, unit.end)

    # ------------------------------------------------------------ tables

    def _columns(self, index: int) -> int:
        """Return how many columns a unit has as a row of a table; 0 when it is none."""
        if index >= len(self.units) or not self.units[index].single_line:
            return 0
        if self.units[index].known:
            return 0
        words = self.units[index].words
        if not words.strip("| \t"):
            return 0
        if (words.count("|") < 2 and "\t" not in words) or len(words) > 400:
            return 0
        return len(_CELLS.split(words.strip("| \t")))

    def _is_row(self, index: int) -> bool:
        """Whether a unit begins a table: two rows of about as many cells."""
        here, following = self._columns(index), self._columns(index + 1)
        return here > 1 and following > 1 and abs(here - following) <= 1

    def _table(self, index: int) -> tuple[int, Block]:
        """Return the table that begins here."""
        first = self.units[index]
        table = Block("table", first.start, first.end)
        while self._columns(index) > 1:
            unit = self.units[index]
            table.children.append(Block("row", unit.start, unit.end))
            table.end = unit.end
            index += 1
        return index, table

    # ------------------------------------------------------------ speakers

    def _speaker(self, unit: Unit) -> re.Match[str] | None:
        """Return the match of a unit that begins with a speaker's label."""
        if unit.known or self.matches("not-speaker", unit):
            return None
        return self.matches("speaker", unit)

    def _has_speakers(self) -> bool:
        """Whether people speak in turn: three labels or more, one of them twice or all titled."""
        labels = [found["label"] for unit in self.units if (found := self._speaker(unit))]
        titled = all(self.patterns["titled-speaker"].match(label) for label in labels)
        return len(labels) > 2 and (titled or len(set(labels)) < len(labels))
