"""The text of a transcript, with places by line and column.

All offsets count characters (Unicode code points) from the start of the decoded file; lines and
columns count from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.sniffing import encoding_hint, other_kind
from diplomatic.transcript.layer import Layer

# A thousand pages of type are 3 MB; the TEI of more than this could not be read again.
_LARGEST = 16 << 20
# Characters that no XML 1.0 document can hold, other than those that count as blank space.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\ufffe\uffff]")
# Blank space: what Python calls space, and the signs that are written but never seen.
BLANK = re.compile("[\\s\ufeff\u200b]+")
_SEEN = re.compile("[^\\s\ufeff\u200b]")


@dataclass(frozen=True)
class Line:
    """One line of a transcript, as offsets; `end` stands before the line break."""

    number: int
    start: int
    end: int


class SourceText:
    """A transcript as it stands: its name, its characters, its lines.

    `layer` is what a file other than plain text says of them.
    """

    def __init__(self, text: str, name: str, layer: Layer | None = None) -> None:
        self.text = text
        self.name = name
        self.layer = layer or Layer()

    @cached_property
    def lines(self) -> list[Line]:
        """The lines, from first to last; a final line break starts no further line."""
        spans: list[Line] = []
        start = 0
        for number, raw in enumerate(self.text.splitlines(keepends=True), 1):
            spans.append(Line(number, start, start + len(raw.rstrip("\r\n\v\f\x85\u2028\u2029"))))
            start += len(raw)
        return spans

    @cached_property
    def _starts(self) -> list[int]:
        """Offsets at which lines start."""
        return [line.start for line in self.lines]

    def line_number(self, offset: int) -> int:
        """Return the number of the line that holds the character at `offset`."""
        return max(1, bisect_right(self._starts, offset))

    def place(self, offset: int) -> Place:
        """Return file, line and column of the character at `offset`."""
        number = self.line_number(offset)
        start = self._starts[number - 1] if self._starts else 0
        return Place(self.name, number, offset - start + 1)

    @cached_property
    def _words(self) -> list[str]:
        """The words of each line: they are asked for again and again."""
        return [strip_blank(self.text[line.start : line.end]) for line in self.lines]

    def words(self, line: Line) -> str:
        """Return the characters of a line without blank space at its ends."""
        return self._words[line.number - 1]


def strip_blank(words: str) -> str:
    """Return words without blank space at either end, the unseen signs included."""
    return words.strip(" \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2007\u202f\u3000\ufeff\u200b\u2009")


def is_visible(text: str) -> bool:
    """Say whether a text shows anything at all."""
    return _SEEN.search(text) is not None


def decode(data: bytes, name: str) -> SourceText:
    """Return the text of a transcript file, which must be UTF-8 and hold something.

    Raises:
        DiplomaticError: D010, not UTF-8; D011, nothing visible; D013, a control character that
            XML cannot hold; D034, no text at all; D035, too large. Each names the line.
    """
    if seen := other_kind(data):
        raise DiplomaticError(Finding("D034", f"this is {seen.what}", Place(name), seen.hint))
    if len(data) > _LARGEST:
        message = f"the file has {len(data) >> 20} MB; {_LARGEST >> 20} MB are read at most"
        raise DiplomaticError(Finding("D035", message, Place(name)))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"byte 0x{data[error.start]:02X} is no UTF-8"
        place = Place(name, line, column)
        raise DiplomaticError(Finding("D010", message, place, encoding_hint(data))) from error
    if not is_visible(text):
        raise DiplomaticError(Finding("D011", "the file holds no visible character", Place(name)))
    source = SourceText(text, name)
    if found := _FORBIDDEN.search(text):
        message = f"control character U+{ord(found[0]):04X}"
        place = source.place(found.start())
        raise DiplomaticError(Finding("D013", message, place, encoding_hint(data)))
    return source
