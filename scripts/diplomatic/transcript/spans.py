"""Spans: stand-off markup over a transcript, and the tree that they make.

Every rule of the converter only says "from here to there stands this element, and these signs are
given back by its rendering". Nesting comes last, in one place, so that rules need not know of
each other and no character can be lost: each is either text or a hidden sign of a span.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise


@dataclass(frozen=True)
class Added:
    """An element that stands in no transcript: put before or after the content of a span.

    Without a name it is the words alone.
    """

    name: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Span:
    """One element over a stretch of the transcript (offsets in characters).

    `hidden` are stretches inside it that its rendering gives back: brackets, underscores. A span
    with `firm` false gives way where it would cross another; one that is `divisible`, as italics
    are, is cut into pieces there. `before` and `after` are added at the two ends of its content.
    """

    start: int
    end: int
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    hidden: tuple[tuple[int, int], ...] = ()
    firm: bool = True
    before: tuple[Added, ...] = ()
    after: tuple[Added, ...] = ()
    divisible: bool = False


@dataclass
class Node:
    """A span in the tree, with the spans inside it in order."""

    span: Span
    children: list[Node] = field(default_factory=list)


def nest(spans: Iterable[Span]) -> list[Node]:
    """Return spans as trees; of two that cross, the one that is not firm (or comes later) goes.

    Spans over the same stretch nest in the order in which they were given.
    """
    given = list(spans)
    whole = _sorted([span for span in given if not span.divisible])
    kept = _without_crossings(whole)
    if len(whole) < len(given):
        # Divisible spans nest in one another as they are given; first, so that they stand outside.
        parts = [part for span in given if span.divisible for part in _pieces(span, kept)]
        kept = _sorted([*parts, *kept])
    roots: list[Node] = []
    stack: list[Node] = []
    for span in kept:
        while stack and stack[-1].span.end <= span.start:
            stack.pop()
        node = Node(span)
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
    return roots


def _sorted(spans: list[Span]) -> list[Span]:
    """Return spans in the order in which they nest."""
    return [span for _, span in sorted(enumerate(spans), key=_order)]


def _pieces(span: Span, others: list[Span]) -> list[Span]:
    """Return a span cut where it would cross others, or stand in signs that they hide."""
    crossing = [
        other
        for other in others
        if other.start < span.end and span.start < other.end and not _around(span, other)
    ]
    cuts = {span.start, span.end}
    for other in crossing:
        edges = (other.start, other.end, *(edge for hidden in other.hidden for edge in hidden))
        cuts.update(edge for edge in edges if span.start < edge < span.end)
    covered = [hidden for other in crossing for hidden in other.hidden]
    return [
        replace(span, start=first, end=last)
        for first, last in pairwise(sorted(cuts))
        if not any(start <= first and last <= end for start, end in covered)
    ]


def _around(span: Span, other: Span) -> bool:
    """Whether a span stands around all of another."""
    return span.start <= other.start and other.end <= span.end


def _order(pair: tuple[int, Span]) -> tuple[int, bool, int, int]:
    """Return the place of a numbered span: empty ones first, then the longer before the shorter."""
    number, span = pair
    return (span.start, span.end > span.start, -span.end, number)


def _without_crossings(ordered: list[Span]) -> list[Span]:
    """Return ordered spans without those that would cross another."""
    dropped: set[int] = set()
    stack: list[Span] = []
    for span in ordered:
        while stack and stack[-1].end <= span.start:
            stack.pop()
        while stack and _gives_way(stack[-1], span):
            dropped.add(id(stack.pop()))
        if stack and (stack[-1].end < span.end or _in_hidden(stack[-1], span)):
            dropped.add(id(span))
            continue
        stack.append(span)
    return [span for span in ordered if id(span) not in dropped]


def _gives_way(outer: Span, span: Span) -> bool:
    """Whether a span that was found first goes: it would be crossed, or its letters parted."""
    if outer.firm:
        return False
    return outer.end < span.end or len(outer.hidden) > 2


def _in_hidden(parent: Span, span: Span) -> bool:
    """Whether a span stands in signs that its parent hides, where nothing can stand."""
    return any(start < span.end and span.start < end for start, end in parent.hidden)
