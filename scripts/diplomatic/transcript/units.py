"""Units: the lines of a document's body, joined where a bracket or a hard line break joins them.

A unit is what one block is made from: as a rule one line, since one transcript paragraph is one
line (encoding guide, principle 4).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from diplomatic.transcript.brackets import Bracket
from diplomatic.transcript.context import Setting
from diplomatic.transcript.model import Block
from diplomatic.transcript.readings import stamp_type
from diplomatic.transcript.text import Line, SourceText, strip_blank

_BLANK_EDGE = re.compile("[\\s\ufeff\u200b]*")
# What was done with a document is no name: `Mailed to London.`
_SENT = r"[A-Z][a-z]+{verb_ending}\s+(?:{copy_to}|in)\s"
LETTERSPACED = re.compile(r"(?:\w ){3,}\w(?:\s{2,}(?:\w ){2,}\w)*[.:]?")
_WRAPPED_WIDTH = range(45, 111)


@dataclass
class Unit:
    """A stretch of the transcript without blank space at its ends, with the brackets in it.

    `block` is the list or table that the file itself says it is, `level` that of its heading.
    """

    start: int
    end: int
    words: str
    brackets: list[Bracket] = field(default_factory=list)
    after_blank: bool = False
    block: Block | None = None
    level: int = 0

    @property
    def known(self) -> bool:
        """Whether the file itself says what the unit is."""
        return self.block is not None or self.level > 0

    @property
    def lone(self) -> Bracket | None:
        """The bracket that the whole unit is, if it is one."""
        first = self.brackets[0] if self.brackets else None
        return first if first and first.start == self.start and first.end >= self.end - 1 else None

    @property
    def single_line(self) -> bool:
        """Whether the unit is one line of the transcript."""
        return "\n" not in self.words


def make_units(setting: Setting, lines: list[Line], brackets: list[Bracket]) -> list[Unit]:
    """Return the units of some lines, given the brackets of the whole transcript in order."""
    source = setting.source
    wrapped = wrapped_width(source, lines)
    starts = [bracket.start for bracket in brackets]
    units: list[Unit] = []
    index = 0
    while index < len(lines):
        last = _joined(source, lines, index, brackets, starts)
        while (
            wrapped and last + 1 < len(lines) and _continues(source, lines, last, wrapped, setting)
        ):
            last = _joined(source, lines, last + 1, brackets, starts)
        blank = index > 0 and lines[index].number > lines[index - 1].number + 1
        units.append(_unit(source, lines[index].start, lines[last].end, brackets, starts, blank))
        index = last + 1
    return units


def _joined(
    source: SourceText, lines: list[Line], index: int, brackets: list[Bracket], starts: list[int]
) -> int:
    """Return the index of the last line that brackets beginning in a line reach into."""
    last = index
    whole = source.layer.block_at(lines[index].start, lines[index].end)
    while whole is not None and last + 1 < len(lines) and lines[last + 1].start < whole.end:
        last += 1
    position = bisect_left(starts, lines[index].start)
    while position < len(brackets) and brackets[position].start < lines[last].end:
        while last + 1 < len(lines) and brackets[position].end > lines[last].end:
            last += 1
        position += 1
    return last


def _unit(
    source: SourceText,
    start: int,
    end: int,
    brackets: list[Bracket],
    starts: list[int],
    blank: bool,
) -> Unit:
    """Return the unit over a stretch, without the blank space at its ends."""
    text = source.text
    edge = _BLANK_EDGE.match(text, start, end)
    first = edge.end() if edge else start
    words = strip_blank(text[first:end])
    low, high = bisect_left(starts, start), bisect_left(starts, end)
    unit = Unit(first, first + len(words), words, brackets[low:high], blank)
    block = source.layer.block_at(start, end)
    # A bracket that reaches into a list or out of it makes lines of it, so that no word is lost.
    if block is not None and block.start == first and block.end >= first + len(words):
        unit.block = block
    unit.level = source.layer.head_at(first)
    return unit


def wrapped_width(source: SourceText, lines: list[Line]) -> int:
    """Return the width at which a transcript's lines are broken; 0 when a line is a paragraph."""
    lengths = sorted(len(source.words(line)) for line in lines)
    if len(lengths) < 8:
        return 0
    widest = lengths[int(len(lengths) * 0.95)]
    if widest not in _WRAPPED_WIDTH or lengths[-1] > widest + 25:
        return 0
    full = [words for line in lines if len(words := source.words(line)) > widest * 0.8]
    broken = sum(1 for words in full if words[-1:] not in '.!?:;”"')
    return widest if len(full) > len(lengths) * 0.5 and broken > len(full) * 0.6 else 0


def _continues(
    source: SourceText, lines: list[Line], index: int, width: int, setting: Setting
) -> bool:
    """Whether the line after `index` goes on with its paragraph, where lines are broken."""
    here, following = lines[index], lines[index + 1]
    if source.layer.block_at(following.start, following.end) is not None:
        return False
    if following.number > here.number + 1 or len(source.words(here)) < width * 0.72:
        return False
    words = source.words(following)
    patterns = setting.conventions.line_patterns
    return not any(
        patterns[name].match(words) for name in ("item", "enclosure", "omission", "field")
    )


def is_sentence(unit: Unit) -> bool:
    """Whether a unit reads as a sentence: many words, most of them small, and a full stop."""
    words = unit.words.split()
    small = sum(1 for word in words if word[:1].islower())
    return len(words) > 7 and small > len(words) * 0.45 and unit.words[-1:] in '.!?:;”"'


def is_name(unit: Unit, setting: Setting) -> bool:
    """Whether a unit can be a name or an office: capitalised words and no sentence."""
    return (
        len(unit.words) < 90
        and setting.conventions.line_patterns["name-line"].match(unit.words) is not None
        and any(len(w) > 2 and w[0].isupper() for w in unit.words.split())
        and setting.conventions.compile(_SENT, 0).match(unit.words) is None
        and not setting.dates.any_in(unit.words)
    )


def stamp_block(unit: Unit, found: re.Match[str], setting: Setting, role: str) -> Block:
    """Return the block of a line that names a stamp by its label, without brackets."""
    label = (unit.start, unit.start + found.end("label"))
    kind = stamp_type(found["words"], setting.conventions)
    attributes = {"type": kind, "rend": "no-brackets"}
    return Block("stamp", unit.start, unit.end, role, attributes, label)


def joined(words: str) -> str:
    """Return letterspaced words (`J O U R N A L`) as they are read; others as they are."""
    if LETTERSPACED.fullmatch(words) is None:
        return words
    return " ".join(part.replace(" ", "") for part in re.split(r"\s{2,}", words))


def in_capitals(words: str) -> bool:
    """Whether some words are in capitals; a script that has none is not."""
    return words == words.upper() and words != words.lower()
