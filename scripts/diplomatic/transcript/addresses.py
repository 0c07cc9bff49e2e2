"""Addresses: words of a transcript with their context, which survive edits elsewhere.

An address is the words themselves with as much of what stands before and after them as makes them
the only such place. Everything is compared with blank space made single, so that a line broken
elsewhere changes no address.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Final

from diplomatic.transcript.model import Doubt
from diplomatic.transcript.text import BLANK, SourceText

# How many characters of context are tried on each side, until the place is the only one.
_REACHES: Final = (24, 48, 96, 192, 384)
# Looking whether a place is the only one reads the whole text; so many characters are worth it.
_WORTH: Final = 20_000_000
_CUT: Final = "…"
# Blank space at the beginning, more than one sign of it, or another sign than a blank.
_ODD_BLANK: Final = re.compile(r"\A[\s\ufeff\u200b]+|[\s\ufeff\u200b]{2,}|[^\S ]|[\ufeff\u200b]")


def single_blanks(words: str) -> str:
    """Return words with each run of blank space as one blank, none at the ends."""
    return BLANK.sub(" ", words).strip()


@dataclass(frozen=True)
class Address:
    """Words and what stands before and after them, with blank space made single."""

    words: str
    before: str = ""
    after: str = ""


class Addressed:
    """A transcript in which places are found by their words."""

    def __init__(self, source: SourceText) -> None:
        self.source = source

    @cached_property
    def _made(self) -> tuple[str, list[int], list[int]]:
        """The text with single blanks, and where its runs of words begin, there and in the text."""
        parts: list[str] = []
        there: list[int] = []
        here: list[int] = []
        end = length = 0
        text = self.source.text
        for start, stop in _runs(text):
            if start > end:
                there.append(length)
                here.append(end)
                parts.append(text[end:start])
                length += start - end
            if stop > start and parts:
                parts.append(" ")
                length += 1
            end = stop
        return "".join(parts), there, here

    @property
    def text(self) -> str:
        """The text with blank space made single."""
        return self._made[0]

    def _there(self, offset: int) -> int:
        """Return where a character of the transcript is in the text with single blanks."""
        _, there, here = self._made
        index = max(0, bisect_right(here, offset) - 1)
        return min(there[index] + offset - here[index], len(self.text)) if there else 0

    def _here(self, offset: int) -> int:
        """Return where a character of the text with single blanks is in the transcript."""
        _, there, here = self._made
        index = max(0, bisect_right(there, offset) - 1)
        return here[index] + offset - there[index] if there else 0

    def find(self, address: Address) -> list[tuple[int, int]]:
        """Return every place that an address fits, as offsets of the transcript."""
        return list(self._fitting(address))

    def _fitting(self, address: Address) -> Iterator[tuple[int, int]]:
        """Yield the places that an address fits."""
        words = single_blanks(address.words)
        before, after = single_blanks(address.before), single_blanks(address.after)
        before, after = before.lstrip(_CUT).lstrip(), after.rstrip(_CUT).rstrip()
        for start in self._occurrences(words):
            if self._follows(start, before) and self._precedes(start + len(words), after):
                yield self._here(start), self._here(start + len(words) - 1) + 1

    def _occurrences(self, words: str) -> Iterator[int]:
        """Yield where words stand in the text with single blanks."""
        start = self.text.find(words) if words else -1
        while start >= 0:
            yield start
            start = self.text.find(words, start + 1)

    def _follows(self, start: int, before: str) -> bool:
        """Whether some words stand right before a place, with or without a blank between."""
        reach = max(0, start - len(before) - 1)
        return self.text[reach:start].rstrip().endswith(before)

    def _precedes(self, end: int, after: str) -> bool:
        """Whether some words stand right after a place, with or without a blank between."""
        return self.text[end : end + len(after) + 1].lstrip().startswith(after)

    def address(self, start: int, end: int, checked: bool = True) -> Address:
        """Return the address of a stretch: with as little context as makes it the only one.

        Args:
            start: offset of its first character.
            end: offset after its last.
            checked: whether to look if it is the only one; else a fixed context is given.
        """
        first, last = self._there(start), self._there(end - 1) + 1
        made = self._with_context(first, last, _REACHES[0])
        for reach in _REACHES[1:] if checked else ():
            if len(list(islice(self._fitting(made), 2))) == 1:
                break
            made = self._with_context(first, last, reach)
        return made

    def _with_context(self, first: int, last: int, reach: int) -> Address:
        """Return the address of a stretch of the text with single blanks, with some context."""
        text = self.text
        before, after = text[max(0, first - reach) : first], text[last : last + reach]
        after = _whole(after[::-1], last + reach < len(text))[::-1]
        return Address(text[first:last], _whole(before, first > reach), after)

    def addresses(self, stretches: Iterable[tuple[int, int]]) -> list[Address]:
        """Return the addresses of many stretches; of too many, without looking at each."""
        wanted = list(stretches)
        checked = len(wanted) * len(self.source.text) < _WORTH
        return [self.address(start, end, checked) for start, end in wanted]


def address_doubts(source: SourceText, doubts: list[Doubt]) -> list[Doubt]:
    """Return doubts with their places and addresses."""
    if not doubts:
        return []
    stretches = ((doubt.start, doubt.end) for doubt in doubts)
    found = zip(doubts, Addressed(source).addresses(stretches), strict=True)
    return [
        replace(
            doubt,
            line=source.place(doubt.start).line,
            column=source.place(doubt.start).column,
            before=address.before,
            after=address.after,
        )
        for doubt, address in found
    ]


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of blank space that are no single blank, and the end of the text."""
    for found in _ODD_BLANK.finditer(text):
        yield found.span()
    yield len(text), len(text)


def _whole(before: str, cut: bool) -> str:
    """Return context that begins with a whole word, and with an ellipsis where it was cut."""
    if not cut:
        return before
    _, blank, rest = before.partition(" ")
    return f"{_CUT}{rest if blank and rest.strip() else before}"
