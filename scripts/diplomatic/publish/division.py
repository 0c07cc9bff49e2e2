"""How a list that is too long for one page is divided: by a rule that hangs on the list alone.

In: entries in order, each of which names the parts it would go into, from wide to narrow (the year,
the month, the day of a document; the letters that a word begins with). Out: a tree of parts, each a
page. A list that is not too long is one part, whatever its entries; one that is too long has the
parts that its entries name first, and so on. What cannot be told apart by name goes into numbered
parts. Who changes one entry changes the pages that show it, and seldom another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Generic, Protocol, TypeVar

UNDATED: Final = "undated"
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Entry(Protocol):
    """What a list is divided by: the names of parts, and how much an entry takes."""

    @property
    def size(self) -> int:
        """How many lines it takes on a page."""

    def part(self, depth: int) -> str:
        """Return the part that it would go into, the widest at depth 0; '' if there is none."""


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Part(Generic[E]):
    """A page of a list: the entries that it shows itself, and the parts that it leads to.

    `name` is empty for the list as a whole; a part that is numbered has the name of what it is a
    part of. `size` is that of all entries, those in its parts included.
    """

    name: str
    own: Sequence[E]
    size: int
    parts: tuple[Part[E], ...] = field(default=())
    number: int = 0
    of: int = 0

    @property
    def file(self) -> str:
        """What its file is called, without a suffix, when its name can be part of an address."""
        return f"{self.name}-part-{self.number}" if self.number else self.name

    def all(self) -> Iterator[E]:
        """Yield its entries and those of its parts."""
        yield from self.own
        for part in self.parts:
            yield from part.all()


@dataclass(frozen=True)
class Placed(Generic[E]):
    """A part, what it is within (the whole first), and its neighbours in the order of reading."""

    part: Part[E]
    above: tuple[Part[E], ...] = ()
    previous: Part[E] | None = None
    next: Part[E] | None = None


def divided(entries: Sequence[E], limit: int) -> Part[E]:
    """Return the parts of a list, none of which is longer than `limit` if that can be."""
    return _divided("", entries, 0, limit)


def _divided(name: str, entries: Sequence[E], depth: int, limit: int) -> Part[E]:
    """Return a part whose entries have `depth` names in common, the last of which is its own."""
    size = sum(entry.size for entry in entries)
    if size <= limit:
        return Part(name, entries, size)
    groups: dict[str, list[E]] = defaultdict(list)
    own: list[E] = []
    for entry in entries:
        name_below = entry.part(depth)
        (groups[name_below] if name_below else own).append(entry)
    pieces = list(_pieces(own, limit))
    if not groups and len(pieces) == 1:
        return Part(name, entries, size)
    parts = [_divided(key, groups[key], depth + 1, limit) for key in sorted(groups)]
    if len(pieces) > 1:
        parts += [
            Part(name, piece, sum(entry.size for entry in piece), (), number, len(pieces))
            for number, piece in enumerate(pieces, 1)
        ]
        own = []
    return Part(name, own, size, tuple(parts))


def _pieces(entries: Iterable[E], limit: int) -> Iterator[list[E]]:
    """Yield entries in pieces that are as long as they can be."""
    piece: list[E] = []
    size = 0
    for entry in entries:
        if piece and size + entry.size > limit:
            yield piece
            piece, size = [], 0
        piece.append(entry)
        size += entry.size
    if piece:
        yield piece


def placed(whole: Part[E]) -> Iterator[Placed[E]]:
    """Yield every part of a list in the order of reading; first the whole, no neighbour of any."""
    yield Placed(whole)
    walked = list(_walked(whole, (whole,)))
    before = [None, *(part for part, _ in walked)]
    after = [*(part for part, _ in walked[1:]), None]
    for (part, above), previous, following in zip(walked, before, after, strict=False):
        yield Placed(part, above, previous, following)


def _walked(
    part: Part[E], above: tuple[Part[E], ...]
) -> Iterator[tuple[Part[E], tuple[Part[E], ...]]]:
    """Yield the parts below a part, each with those that it is within."""
    for each in part.parts:
        yield each, above
        yield from _walked(each, (*above, each))


@lru_cache(maxsize=1 << 16)
def date_path(date: str | None) -> tuple[str, ...]:
    """Return the year, month and day of an ISO date, as far as it goes; else that there is none."""
    found = _DATE.match(date or "")
    if not found:
        return (UNDATED,)
    given = [each for each in found.groups() if each]
    return tuple("-".join(given[:depth]) for depth in range(1, len(given) + 1))
