"""Which node of one sequence is which of another: by identifier, by what they say, by likeness."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Final

from diplomatic.encode.written import Kind, Node

Pairs = list[tuple[int, int]]
"""Indices in the one and in the other sequence, both rising."""

# Elements of one name that share less than this have nothing to do with each other.
_LIKE: Final = 0.3
# So many comparisons at most between two runs of changed elements; beyond, they are all new.
_MOST: Final = 40_000
# Longer sequences are aligned by their rarer members, else the time would grow with the square.
_LONG: Final = 5_000


def align(old: Sequence[Node], new: Sequence[Node]) -> Pairs:
    """Align the content of two elements.

    Elements with one xml:id are the same; then, nodes that say the same; in what is left, elements
    of one name that are most alike.
    """
    shared = _identifiers(old) & _identifiers(new)
    same = match([_key(node, shared) for node in old], [_key(node, shared) for node in new])
    rows, columns = _elements(old), _elements(new)
    return fill(same, rows, columns, lambda i, j: _likeness(old[i], new[j]))


def match(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Align two sequences by equality."""
    start, shortest = 0, min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle, other = old[start : len(old) - end], new[start : len(new) - end]
    matcher = SequenceMatcher(None, middle, other, autojunk=len(other) > _LONG)
    pairs = [(each, each) for each in range(start)]
    for block in matcher.get_matching_blocks() if middle and other else []:
        pairs += [(start + block.a + k, start + block.b + k) for k in range(block.size)]
    return [*pairs, *((len(old) - k, len(new) - k) for k in range(end, 0, -1))]


def fill(
    pairs: Pairs, old: Sequence[int], new: Sequence[int], like: Callable[[int, int], float]
) -> Pairs:
    """Add pairs of members that are alike, in the gaps that an alignment left.

    Args:
        pairs: the alignment.
        old: the members of the one sequence that may be paired, as rising indices.
        new: those of the other.
        like: how alike two members are, from 0 to 1.
    """
    found: Pairs = []
    row = column = 0
    for pair in [*pairs, None]:
        to_row = bisect_left(old, pair[0]) if pair else len(old)
        to_column = bisect_left(new, pair[1]) if pair else len(new)
        found += _best(old[row:to_row], new[column:to_column], like)
        if pair:
            found.append(pair)
            row, column = bisect_left(old, pair[0] + 1), bisect_left(new, pair[1] + 1)
    return found


def overlap(first: Node, second: Node) -> float:
    """Return how much two elements share of their words and attributes, from 0 to 1."""
    common = sum((first.bag & second.bag).values())
    return 2 * common / (sum(first.bag.values()) + sum(second.bag.values()))


def _best(rows: Sequence[int], columns: Sequence[int], like: Callable[[int, int], float]) -> Pairs:
    """Return the pairs in rising order that are most alike in all."""
    if not 0 < len(rows) * len(columns) <= _MOST:
        return []
    best: list[list[float]] = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for r in range(len(rows) - 1, -1, -1):
        for c in range(len(columns) - 1, -1, -1):
            alike = like(rows[r], columns[c])
            taken = alike + best[r + 1][c + 1] if alike >= _LIKE else 0.0
            best[r][c] = max(taken, best[r + 1][c], best[r][c + 1])
    pairs: Pairs = []
    r = c = 0
    while r < len(rows) and c < len(columns):
        if best[r][c] == best[r + 1][c]:
            r += 1
        elif best[r][c] == best[r][c + 1]:
            c += 1
        else:
            pairs.append((rows[r], columns[c]))
            r, c = r + 1, c + 1
    return pairs


def _likeness(first: Node, second: Node) -> float:
    """Return how alike two elements are."""
    # Two identifiers that did not meet are two things.
    if first.name != second.name or (first.identifier and second.identifier):
        return 0.0
    return overlap(first, second)


def _elements(nodes: Sequence[Node]) -> list[int]:
    """Return where the elements are among nodes."""
    return [index for index, node in enumerate(nodes) if node.kind is Kind.ELEMENT]


def _identifiers(nodes: Sequence[Node]) -> set[str]:
    """Return the identifiers among nodes."""
    return {node.identifier for node in nodes if node.identifier}


def _key(node: Node, shared: set[str]) -> str:
    """Return what a node is known by."""
    return f"#{node.identifier}" if node.identifier in shared else node.key
