"""Lists: numbered, lettered, bulleted; nested; with paragraphs that belong to an item.

A number at the head of a paragraph makes a list only when another number follows or precedes it:
telegrams and despatches number themselves (conventions §4 "Lists", §7.21).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from diplomatic.transcript.context import Setting
from diplomatic.transcript.model import Block
from diplomatic.transcript.units import Unit

REACH = 6
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True)
class Mark:
    """An item's mark: its style (`1.`, `(a)`, `•`, a word), its number, where its words begin."""

    style: str
    number: int
    end: int
    alone: bool = False


class ListReader:
    """Finds the lists among some units and reads them."""

    def __init__(self, setting: Setting, units: list[Unit]) -> None:
        self.patterns = setting.conventions.line_patterns
        self.ordinals = setting.conventions.maps["ordinal"]
        self.units = units
        self.marks = _with_words([self._mark(unit) for unit in units])
        self.listed = [self._has_partner(index) for index in range(len(units))]
        self.spoken = False

    def begins(self, index: int) -> bool:
        """Whether a list begins with this unit."""
        return self.listed[index]

    def read(self, index: int) -> tuple[int, Block]:
        """Return the list that begins here, and the index of the unit after it."""
        first = self.marks[index]
        style = first.style if first else ""
        made = Block("list", self.units[index].start, self.units[index].end)
        made.attributes["rend"] = "bulleted" if style in "•-–—*--" else "numbered"
        while index < len(self.units):
            mark = self.marks[index]
            if mark and self.listed[index] and mark.style == style:
                if mark.number == 1 and made.children and self._last_number(made, index) > 1:
                    break  # another list: its numbers begin anew
                index = self._item(index, mark, made)
            elif mark and self.listed[index] and made.children and mark.number <= 1:
                index, nested = self.read(index)
                self._into_last(made, nested)
            elif made.children and self._page_inside(index, style):
                unit = self.units[index]
                made.children.append(Block("pb", unit.start, unit.end))
                index += 1
            elif made.children and self._next_in_reach(index, style, made):
                unit = self.units[index]
                self._into_last(made, Block("p", unit.start, unit.end))
                index += 1
            else:
                break
        return index, made

    def _item(self, index: int, mark: Mark, made: Block) -> int:
        """Add an item to a list; a mark alone on its line takes the next unit as its words."""
        unit = self.units[index]
        label = (unit.start, unit.start + mark.end)
        if mark.alone and index + 1 < len(self.units):
            content = self.units[index + 1]
            made.children.append(Block("item", unit.start, content.end, label=label))
            made.end = content.end
            return index + 2
        made.children.append(Block("item", unit.start, unit.end, label=label))
        made.end = unit.end
        return index + 1

    @staticmethod
    def _into_last(made: Block, block: Block) -> None:
        """Put a paragraph or a nested list into the last item."""
        last = next(child for child in reversed(made.children) if child.kind == "item")
        last.children.append(block)
        made.end = block.end

    def _page_inside(self, index: int, style: str) -> bool:
        """Whether a unit is a page number with the list going on right after it."""
        following = self.marks[index + 1] if index + 1 < len(self.units) else None
        page = self.patterns["page"].match(self.units[index].words) is not None
        return page and following is not None and following.style == style

    def _next_in_reach(self, index: int, style: str, made: Block) -> bool:
        """Whether the list goes on within a few units, so that what is between belongs to it."""
        if made.attributes["rend"] == "bulleted" or self._is_speech(index):
            return False
        last = self._last_number(made, index)
        for later in range(index, min(index + REACH, len(self.units))):
            mark = self.marks[later]
            if mark and mark.style == style:
                return self.listed[later] and mark.number == last + 1
            if len(self.units[later].words) < 20 and mark is None:
                return False
        return False

    def _is_speech(self, index: int) -> bool:
        """Whether somebody speaks in a unit, in a document where people speak in turn."""
        words = self.units[index].words
        named = self.patterns["speaker"].match(words) and not self.patterns["not-speaker"].match(
            words
        )
        return self.spoken and bool(named)

    def _last_number(self, made: Block, index: int) -> int:
        """Return the number of the last item before a unit."""
        start = next(c.start for c in reversed(made.children) if c.kind == "item")
        for earlier in range(index - 1, -1, -1):
            if self.units[earlier].start == start:
                mark = self.marks[earlier]
                return mark.number if mark else 0
        return 0

    def _mark(self, unit: Unit) -> Mark | None:
        """Return the mark that a unit begins with."""
        if unit.lone is not None or unit.known:
            return None
        if found := self.patterns["bare-label"].match(unit.words):
            return Mark(*_style_and_number(found[0], self.ordinals), len(found[0]), True)
        if found := self.patterns["item-word"].match(unit.words):
            return Mark(*_style_and_number(found["label"], self.ordinals), len(found["label"]))
        found = self.patterns["item"].match(unit.words)
        if found is None or not found["rest"].strip():
            return None
        return Mark(*_style_and_number(found["label"], self.ordinals), len(found["label"]))

    def _has_partner(self, index: int) -> bool:
        """Whether an item has another before or after it that its number agrees with."""
        mark = self.marks[index]
        if mark is None:
            return False
        for step in (1, -1):
            for distance in range(1, 2 * REACH):
                other_index = index + step * distance
                if not 0 <= other_index < len(self.units):
                    break
                other = self.marks[other_index]
                if other and other.style == mark.style and other.alone == mark.alone:
                    lost = mark.number == other.number == 1 and distance == 1
                    if mark.number == 0 or lost or other.number == mark.number + step:
                        return True
                    break
        return False


def _with_words(marks: list[Mark | None]) -> list[Mark | None]:
    """Return marks without those that stand alone and have no words on the line after."""
    kept: list[Mark | None] = []
    for position, mark in enumerate(marks):
        following = marks[position + 1] if position + 1 < len(marks) else None
        wordless = position + 1 == len(marks) or (following is not None and following.alone)
        kept.append(None if mark is not None and mark.alone and wordless else mark)
    return kept


def _style_and_number(label: str, ordinals: Mapping[str, str]) -> tuple[str, int]:
    """Return the style of a label, its number replaced by a sign of its kind, and the number."""
    word = re.search(r"\w+", label)
    if word is None:
        return label.strip(), 0
    inside = word[0].lower()
    if inside in ordinals:
        return "word", int(ordinals[inside])
    last = re.findall(r"\w+", label)[-1].lower()
    if last.isdigit():
        return label.replace(re.findall(r"\w+", label)[-1], "1"), int(last)
    if len(last) == 1 and last not in "ivx":
        return label.replace(word[0], "a" if word[0].islower() else "A"), ord(last) - 96
    if all(letter in _ROMAN for letter in last):
        return label.replace(
            re.findall(r"\w+", label)[-1], "i" if word[0].islower() else "I"
        ), _roman(last)
    return label, 0


def _roman(letters: str) -> int:
    """Return the value of a Roman numeral of small numbers."""
    values = [_ROMAN[letter] for letter in letters]
    total = 0
    for position, value in enumerate(values):
        total += -value if any(later > value for later in values[position + 1 :]) else value
    return total
