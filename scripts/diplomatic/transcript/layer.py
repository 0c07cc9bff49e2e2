"""What a file says of a transcript's words beside the words themselves: italics, notes, tables.

A transcript in plain text has none of it. The readers of other files (`diplomatic.inputs`) write
such a file's words as lines, and put here what those lines cannot say: spans of the text, by
offset, and blocks whose extent and kind are known, so that nothing about them need be guessed.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from diplomatic.findings import Finding
from diplomatic.transcript.model import Block
from diplomatic.transcript.spans import Span

# Elements made of several brackets in a row, in which a note's mark cannot stand.
_WHOLE: Final = frozenset({"choice", "abbr", "expan", "ex"})


@dataclass
class Layer:
    """What is known of a text; empty for a transcript in plain text.

    Attributes:
        spans: markup over the words, in the order of their beginnings.
        heads: level of each heading, by the offset at which its line begins.
        blocks: lists and tables, whole, in the order of the text.
        notes: the notes, each with its label; they stand after `body_end`.
        furniture: lines of page heads and feet; they stand last.
        body_end: offset at which the document's own text ends.
        claimed: beginning and end of the brackets that the file itself explains.
        capture: the kind of capture, when the file shows it (`wiki`).
        reason: why it is of that kind.
        hands: identifier and words of each hand that the spans name.
        findings: what there is to say about the file.
    """

    spans: list[Span] = field(default_factory=list)
    heads: dict[int, int] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    furniture: list[Block] = field(default_factory=list)
    body_end: int = sys.maxsize
    claimed: dict[int, int] = field(default_factory=dict)
    capture: str = ""
    reason: str = ""
    hands: tuple[tuple[str, str], ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def within(self, start: int, end: int, label: int) -> list[Span]:
        """Return copies of the spans between two offsets, cut where a label ends between them."""
        first = bisect_left(self.spans, start, key=lambda span: span.start)
        found: list[Span] = []
        for span in self.spans[first:]:
            if span.start > end:
                break
            if span.end <= end:
                cut = span.divisible and span.start < label < span.end
                edges = (span.start, label, span.end) if cut else (span.start, span.end)
                for one, other in pairwise(edges):
                    copy = replace(span, start=one, end=other, attributes=dict(span.attributes))
                    found.append(copy)
        return found

    def claims(self, start: int, end: int) -> bool:
        """Whether the file itself explains the bracket that begins at an offset."""
        return start < end <= self.claimed.get(start, -1)

    def allows(self, span: Span) -> bool:
        """Whether a span that a rule made of brackets leaves those alone that the file explains."""
        if self.claims(span.start, span.end):
            return False
        whole = span.name in _WHOLE and self.claimed
        return not whole or not any(span.start <= start < span.end for start in self.claimed)

    def block_at(self, start: int, end: int) -> Block | None:
        """Return the list or table that begins between two offsets."""
        index = bisect_left(self.blocks, start, key=lambda block: block.start)
        found = self.blocks[index] if index < len(self.blocks) else None
        return found if found is not None and found.start < end else None

    def head_at(self, start: int) -> int:
        """Return the level of the heading that begins at an offset; 0 where none does."""
        return self.heads.get(start, 0)

    def part_from(self, typed: frozenset[str]) -> None:
        """Give the notes other keys where the transcriber typed notes of the same labels."""
        own = [block.attributes for block in self.notes]
        marks = [s.attributes for s in self.spans if s.attributes.get("type") == "noteref"]
        if typed.isdisjoint(attributes.get("n", "") for attributes in own):
            return
        for attributes in (*own, *marks):
            attributes["n"] = f"f{attributes['n']}"
