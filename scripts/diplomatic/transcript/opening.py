"""The opening of a document: letterhead, stamps, references, headings, dateline, salutation.

It ends with the first unit that is none of these. Conventions §1, items 4 to 6, and §4.
"""

from __future__ import annotations

import re

from diplomatic.transcript.context import Setting
from diplomatic.transcript.copies import CopiesReader
from diplomatic.transcript.model import Block
from diplomatic.transcript.units import Unit, in_capitals, is_sentence, joined, stamp_block

LONGEST = 220


class Opening:
    """Reads units into blocks of a division's opening, until one that does not belong there."""

    def __init__(self, setting: Setting, journal: bool) -> None:
        self.setting = setting
        self.patterns = setting.conventions.line_patterns
        self.dates = setting.dates
        self.genre = setting.conventions.compile(
            r"[\W_]*(?:\d{1,4}\.\s+)?(?:\w+[\s-]+){0,3}{genre}\b"
        )
        self.organisation = setting.conventions.compile(r".*\b{organisation}\b")
        self.copies = CopiesReader(setting, "top")
        self.journal = journal
        self.blocks: list[Block] = []
        self.headed = False
        self.level = 0
        self.rest: Block | None = None

    def read(self, units: list[Unit]) -> int:
        """Read units from the first on; return how many belong to the opening."""
        count = self._read(units)
        last = self.blocks[-1] if self.blocks else None
        if last and last.kind == "fw" and not self.headed and count < len(units):
            words = self.setting.source.text[last.start : last.end]
            if in_capitals(words) and not self.organisation.match(words):
                self.blocks[-1] = Block("head", last.start, last.end, "top", {"type": "main"})
        return count

    def _read(self, units: list[Unit]) -> int:
        """Read units into blocks until one begins the body; return its index."""
        index = 0
        while index < len(units):
            unit = units[index]
            following = units[index + 1] if index + 1 < len(units) else None
            if self._begins_body(unit, following):
                return index
            if unit.lone is None and self._lists_copies(units, index):
                index, block = self.copies.read(units, index)
                self.blocks.append(block)
                continue
            found = self._block(unit, following)
            if found is None:
                return index
            self.blocks.append(found)
            index += 1
            if found.kind == "salute":
                return index
        return len(units)

    def _begins_body(self, unit: Unit, following: Unit | None) -> bool:
        """Whether the body begins here for certain: with a list, or a journal's first entry."""
        if following is None:
            return False
        bullet = self.matches("item", unit) and not unit.words[:1].isalnum()
        if bullet and self.matches("item", following):
            return True
        dated = self.journal and self.headed and self.setting.dates.is_alone(unit.words)
        return (
            dated and len(following.words) > 30 and not self.setting.dates.is_alone(following.words)
        )

    def _lists_copies(self, units: list[Unit], index: int) -> bool:
        """Whether a copies list stands here: with its head, and not the whole document."""
        unit = units[index]
        handled = self.matches("classification", unit) or self.matches("copy-number", unit)
        named = self.matches("copies-head", unit) is not None
        return named and not handled and not is_sentence(unit)

    def _block(self, unit: Unit, following: Unit | None) -> Block | None:
        """Return the block that a unit is, or None when the body begins with it."""
        if unit.known:
            return self._known(unit)
        if unit.lone is not None:
            return self._bracketed(unit)
        if greeting := self._greeting(unit):
            return greeting
        if not unit.single_line and _is_flattened(unit):
            return _seg("docket", unit)
        if len(unit.words) > LONGEST or not unit.single_line or _is_row(unit.words):
            return None
        for test in (self._by_pattern, self._heading, self._date_or_place, self._letterhead):
            if block := test(unit, following):
                return block
        return None

    def _known(self, unit: Unit) -> Block | None:
        """Return a heading that the file itself knows; the second level begins the body."""
        follows = self.blocks and self.blocks[-1].kind == "head" and unit.level == self.level
        if unit.block is not None or (self.headed and not follows):
            return None
        kind = "sub" if self.headed else "main"
        self.level = unit.level
        return self._head(kind, unit)

    def matches(self, name: str, unit: Unit) -> re.Match[str] | None:
        """Match a line rule against a unit."""
        return self.patterns[name].match(unit.words)

    def _bracketed(self, unit: Unit) -> Block | None:
        """Return the block of a unit that is one bracket."""
        if self.matches("omission", unit):
            return Block("gap", unit.start, unit.end, "top")
        if self.matches("page", unit):
            return Block("pb", unit.start, unit.end, "top")
        if (
            self.matches("dateline-received", unit)
            and self.blocks
            and self.blocks[-1].kind == "dateline"
        ):
            return self._extended(self.blocks.pop(), unit)
        return Block("bracket", unit.start, unit.end, "top")

    def _greeting(self, unit: Unit) -> Block | None:
        """Return the salutation; what follows it on its line begins the body."""
        found = self.matches("greeting", unit)
        if found is None or (
            unit.brackets and unit.brackets[0].start < unit.start + found.end("salute")
        ):
            return None
        rest = found["rest"] or ""
        end = unit.start + found.end("salute")
        if rest.strip():
            start = unit.start + found.start("rest") + len(rest) - len(rest.lstrip())
            self.rest = Block("p", start, unit.end, run_in=True)
        return Block("salute", unit.start, end, "top")

    def _by_pattern(self, unit: Unit, _following: Unit | None) -> Block | None:
        """Return the block of a unit that a line rule names."""
        if self.matches("omission", unit):
            return Block("gap", unit.start, unit.end, "top")
        if self.matches("rule", unit):
            return Block("milestone", unit.start, unit.end, "top")
        if self.matches("page", unit):
            return Block("pb", unit.start, unit.end, "top")
        if found := self.matches("stamp-line", unit):
            return stamp_block(unit, found, self.setting, "top")
        if self.matches("stamps-head", unit):
            return _seg("docket", unit)
        if self.matches("classification", unit):
            return _seg("classification", unit)
        if self.matches("copy-number", unit):
            return _seg("copy", unit)
        if self.matches("number-heading", unit) and not self.blocks:
            self.headed = True
            return Block("head", unit.start, unit.end, "top", {"type": "main"})
        if self.matches("number-heading", unit) and not self.headed:
            return _seg("reference", unit)
        titled = self.genre.match(unit.words) and unit.words[:4] == unit.words[:4].upper()
        if self.matches("reference", unit) and not is_sentence(unit) and not titled:
            return _seg("reference", unit)
        if (found := self.matches("field", unit)) and not is_sentence(unit):
            label = (unit.start, unit.start + found.end("label"))
            return Block("field", unit.start, unit.end, "top", {"type": "header"}, label)
        return None

    def _heading(self, unit: Unit, following: Unit | None) -> Block | None:
        """Return a heading: a word for the kind of document, the parties, or what continues one."""
        words = unit.words
        spaced = joined(words) != words
        capitals = in_capitals(words)
        if self.headed and self.blocks[-1].kind == "head":
            parties = self.matches("parties", unit) and not is_sentence(unit)
            goes_on = (
                parties or self.patterns["heading-goes-on"].match(words) or words[:1].islower()
            )
            if goes_on and not self.dates.any_in(words[:24]) and len(words) < LONGEST:
                return self._head("sub", unit)
        named = self.genre.match(joined(words))
        if (
            named
            and (capitals or spaced or not self.headed)
            and not (is_sentence(unit) or _tells(self.setting, words, named))
            and len(words) < 160
        ):
            return self._head("sub" if self.headed else "main", unit)
        if self.matches("parties", unit) and not is_sentence(unit):
            large = sum(1 for word in words.split() if not word[:1].islower())
            if not self.headed or (large > len(words.split()) * 0.65 and len(words) < 120):
                return self._head("sub" if self.headed else "main", unit)
        if (
            self.headed
            and capitals
            and self.blocks[-1].kind == "head"
            and not self.dates.any_in(words)
        ):
            return self._head("sub", unit)
        return None

    def _head(self, kind: str, unit: Unit) -> Block:
        """Return a heading."""
        self.headed = True
        attributes = {"type": kind}
        return Block("head", unit.start, unit.end, "top", attributes)

    def _date_or_place(self, unit: Unit, following: Unit | None) -> Block | None:
        """Return a dateline; in a journal a day alone begins an entry instead."""
        words = unit.words
        dated = self.dates.any_in(words)
        if self.dates.is_alone(words) and self.journal and not re.search(r"\d{4}", words):
            return None
        if dated and len(words) < 130 and not is_sentence(unit) and self.matches("dateline", unit):
            return self._dateline(unit)
        received = self.matches("dateline-received", unit)
        if received and self.blocks and self.blocks[-1].kind == "dateline":
            return self._extended(self.blocks.pop(), unit)
        placed = self.patterns["place"].match(words) or words[-2:] == "),"
        short = len(words) < 60 and placed and words != words.upper()
        if (
            short
            and (words[-1:] == "," or len(words.split()) < 5)
            and self._leads_to_date(following)
        ):
            return self._dateline(unit)
        if short and self.headed and len(words.split()) < 4 and len(words) < 45:
            return self._dateline(unit)
        return None

    def _leads_to_date(self, unit: Unit | None) -> bool:
        """Whether the next unit is the dated part of a dateline, or leads on to one."""
        if unit is None or not unit.single_line or is_sentence(unit) or len(unit.words) > 110:
            return False
        if self.matches("dateline", unit) is None:
            return False
        return self.dates.any_in(unit.words) or (
            unit.words[-1:] == "," and self.patterns["place"].match(unit.words) is not None
        )

    def _dateline(self, unit: Unit) -> Block:
        """Return a dateline, joined to the line of it before."""
        if (
            self.blocks
            and self.blocks[-1].kind == "dateline"
            and not has_date_block(self.blocks[-1])
        ):
            return self._extended(self.blocks.pop(), unit)
        return Block(
            "dateline",
            unit.start,
            unit.end,
            "top",
            {"dated": "1"} if self.dates.any_in(unit.words) else {},
        )

    def _extended(self, block: Block, unit: Unit) -> Block:
        """Return a block that goes on over the next unit."""
        dated = {"dated": "1"} if self.dates.any_in(unit.words) else {}
        return Block(block.kind, block.start, unit.end, block.role, {**block.attributes, **dated})

    def _letterhead(self, unit: Unit, following: Unit | None) -> Block | None:
        """Return a letterhead, an address, or another short line of the opening."""
        words = unit.words
        if is_sentence(unit) or len(words) > 120:
            return None
        capitals = in_capitals(words) and sum(map(str.isalpha, words)) > 2
        if not self.headed and (capitals or self.organisation.match(words)):
            return Block("fw", unit.start, unit.end, "top", {"type": "letterhead", "place": "top"})
        if self.matches("address", unit):
            return _seg("address", unit)
        if self.matches("serial-number", unit):
            return _seg("reference", unit)
        speaks = self.matches("speaker", unit) and not self.matches("not-speaker", unit)
        if following is None or self.matches("item", unit) or speaks:
            return None
        if len(words) < 70 and words[-1:] not in ".;" and not self.headed:
            return self._head("main", unit) if self._only_title(following) else _seg("docket", unit)
        if len(words) < 60 and words[-1:] not in ".:;" and self.blocks and not self.journal:
            return _seg("docket", unit)
        return None

    def _only_title(self, following: Unit) -> bool:
        """Whether running text comes right after: then a short line is the document's title."""
        return len(following.words) > 120


def has_date_block(block: Block) -> bool:
    """Whether a dateline already has its date."""
    return block.attributes.get("dated") == "1"


def _is_flattened(unit: Unit) -> bool:
    """Whether columns of a letterhead were flattened: a few words, then a bracket over lines."""
    outside, position = "", unit.start
    for bracket in (each for each in unit.brackets if each.start >= position):
        outside += unit.words[position - unit.start : bracket.start - unit.start]
        position = max(position, bracket.end)
    outside += unit.words[position - unit.start :]
    return "\n" not in outside and len(outside) < 100 and outside.strip()[-1:] not in ".!?;"


def _is_row(words: str) -> bool:
    """Whether a line is a row of a table."""
    return words.count("|") > 1 or "\t" in words


def _tells(setting: Setting, words: str, named: re.Match[str]) -> bool:
    """Whether words that name a kind of document tell of one, as in `I enclose the list`."""
    led = setting.conventions.compile(r"[\W_]*{subject}\b").match(words)
    return led is not None and words[-1:] in ".:;" and named.end() < len(words)


def _seg(kind: str, unit: Unit) -> Block:
    """Return a segment of an opener."""
    return Block("seg", unit.start, unit.end, "top", {"type": kind})
