"""What each side of a merge changed among the children of one element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from diplomatic.encode.alignment import Pairs, align
from diplomatic.encode.written import Node


class Side(StrEnum):
    """The two versions that are merged into the base."""

    EDITED = "edited"
    NEW = "new"


@dataclass(frozen=True)
class Change:
    """A change of one side: the base's children lo to hi became these."""

    side: Side
    lo: int
    hi: int
    items: Sequence[Node]


@dataclass
class Family:
    """The children of one element in three versions, and which is which."""

    base: Node
    sides: dict[Side, Node]
    pairs: dict[Side, dict[int, int]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        for side, node in self.sides.items():
            pairs = align(self.base.children, node.children)
            self.pairs[side] = dict(pairs)
            self.changes += _changes(side, pairs, self.base, node)
        self.changes.sort(key=lambda change: (change.lo, change.hi, change.side))

    def child(self, side: Side, index: int) -> Node:
        """Return what a child of the base, which is there, became on one side."""
        return self.sides[side].children[self.pairs[side][index]]

    def stretch(self, side: Side, group: Sequence[Change], lo: int, hi: int) -> list[Node]:
        """Return what one side has in place of the base's children lo to hi."""
        own = {change.lo: change for change in group if change.side is side}
        found: list[Node] = []
        index = lo
        while index <= hi:
            change = own.get(index)
            if change is not None:
                found += change.items
                index = change.hi
                own.pop(change.lo)
                continue
            if index < hi:
                found.append(self.child(side, index))
            index += 1
        return found

    def groups(self) -> Iterator[tuple[list[Change], int, int]]:
        """Yield the changes in their order; those that touch the same children together."""
        group: list[Change] = []
        lo = hi = 0
        for change in self.changes:
            both_at_a_point = group and lo == hi == change.lo == change.hi
            if group and (change.lo < hi or both_at_a_point):
                hi = max(hi, change.hi)
                group.append(change)
                continue
            if group:
                yield group, lo, hi
            group, lo, hi = [change], change.lo, change.hi
        if group:
            yield group, lo, hi


def _changes(side: Side, pairs: Pairs, base: Node, node: Node) -> Iterator[Change]:
    """Yield the changes that an alignment leaves between its pairs."""
    i = j = 0
    for k, m in [*pairs, (len(base.children), len(node.children))]:
        if i < k or j < m:
            yield Change(side, i, k, node.children[j:m])
        i, j = k + 1, m + 1
