"""Copies and distribution lists: how many copies were made, and who has each.

They stand at the end of a document or, as Hungarian and Polish offices wrote, in its head
(conventions §1 items 4 and 9, §4 "Distribution"). The number of an entry is kept as it stands: it
is the copy's own, or how many copies.
"""

from __future__ import annotations

import re

from diplomatic.transcript.context import Setting
from diplomatic.transcript.model import Block
from diplomatic.transcript.units import Unit, is_name, is_sentence

_TIMES = re.compile(r"\d{1,2}\s?x$", re.IGNORECASE)
_ENTRY = re.compile(r"(?<!\S)(?P<number>\d{1,2})\s?[-–—]\s?(?=[^\W\d])")
_SHORT_DATE = re.compile(r"\d{1,2}\s?[./ -]\s?(?:\d{1,2}|[IVXivx]{1,4})\s?[./ -]\s?\d{2,4}\b")
# After these a line is something else, whatever it looks like.
_OTHER_LINES = ("drafter", "typist", "registration")


class CopiesReader:
    """Reads a copies list, or the one line that stands for it; `role` is where it stands."""

    def __init__(self, setting: Setting, role: str) -> None:
        self.setting = setting
        self.patterns = setting.conventions.line_patterns
        self.role = role

    def matches(self, name: str, unit: Unit) -> re.Match[str] | None:
        """Match a line rule against a unit."""
        return self.patterns[name].match(unit.words)

    def begins(self, units: list[Unit], index: int) -> bool:
        """Whether a copies list, or its head, begins with a unit."""
        return self.matches("copies-head", units[index]) is not None or self._headless(units, index)

    def _headless(self, units: list[Unit], index: int) -> bool:
        """Whether a copies list without a head begins with a unit.

        Its entries say "to", give a number of copies, or count from one.
        """
        unit = units[index]
        if self.matches("copy-share", unit):
            return True
        found = self.matches("copy-line", unit)
        if found is None or is_sentence(unit):
            return False
        label = found["label"].strip()
        if self.patterns["copy-to"].match(found["item"]) or _TIMES.match(label):
            return True
        following = units[index + 1] if index + 1 < len(units) else None
        second = self.matches("copy-line", following) if following else None
        numbers = [re.match(r"\d+", each["label"]) for each in (found, second) if each]
        return [each[0] for each in numbers if each] == ["1", "2"]

    def read(self, units: list[Unit], index: int) -> tuple[int, Block]:
        """Return the copies list that begins with a unit, and the index of the unit after it."""
        unit = units[index]
        made = Block("list", unit.start, unit.end, self.role, {"type": "distribution"})
        if self.matches("copies-head", unit) and not self._headless(units, index):
            made.children.append(Block("head", unit.start, unit.end, self.role))
            index += 1
        while index < len(units) and (found := self._items(units[index], bool(made.children))):
            made.children.extend(found)
            made.end = found[-1].end
            index += 1
        if len(made.children) == 1 and made.children[0].kind == "head":
            return index, self._line(made.children[0])
        if any(child.label for child in made.children):
            made.attributes["rend"] = "numbered"
        return index, made

    def _line(self, head: Block) -> Block:
        """Return the block of a head without entries."""
        if self.role == "top":
            return Block("seg", head.start, head.end, self.role, {"type": "copies"})
        return Block("ab", head.start, head.end, self.role, {"type": "distribution"})

    def _items(self, unit: Unit, listed: bool) -> list[Block]:
        """Return the entries of a unit; none when the list has ended."""
        if _SHORT_DATE.match(unit.words):
            return []
        if unit.lone is not None or self.setting.dates.is_alone(unit.words):
            return []
        if any(self.matches(name, unit) for name in _OTHER_LINES):
            return []
        if len(run := self._run(unit)) > 1:
            return run
        if found := self.matches("copy-line", unit):
            if self.role == "top" and is_sentence(unit):
                return []
            label = (unit.start, unit.start + len(found["label"].rstrip()))
            return [Block("item", unit.start, unit.end, self.role, label=label)]
        shared = self.matches("copy-share", unit) is not None
        named = (
            self.role == "bottom"
            and listed
            and len(unit.words) < 60
            and is_name(unit, self.setting)
        )
        return [Block("item", unit.start, unit.end, self.role)] if shared or named else []

    def _run(self, unit: Unit) -> list[Block]:
        """Return the entries of a line that holds several, counted from its first number on."""
        first = _ENTRY.match(unit.words)
        if first is None:
            return []
        marks = [first]
        for found in _ENTRY.finditer(unit.words, first.end()):
            if int(found["number"]) == int(marks[-1]["number"]) + 1:
                marks.append(found)
        ends = [*(mark.start() for mark in marks[1:]), len(unit.words)]
        return [
            Block(
                "item",
                unit.start + mark.start(),
                unit.start + len(unit.words[:end].rstrip()),
                self.role,
                label=(
                    unit.start + mark.start(),
                    unit.start + len(mark[0].rstrip()) + mark.start(),
                ),
                run_in=number > 0,
            )
            for number, (mark, end) in enumerate(zip(marks, ends, strict=True))
        ]
