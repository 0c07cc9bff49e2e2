"""The rows of a document's source page: which elements make them, which lines stand in them.

In: the TEI and the transcript. Out: rows. A row has the smallest elements that account for lines of
the transcript, and those lines. Every line stands in exactly one row, but those that no element of
the text came from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, cast

from lxml import etree

from diplomatic.xml.names import NSMAP
from diplomatic.xml.reader import parse_bytes

# Control characters as their Unicode pictures; a tab stays.
_PICTURES: Final = {code: 0x2400 + code for code in range(0x20) if code != 0x09} | {0x7F: 0x2421}
_SOURCED: Final = etree.XPath(
    "tei:text/descendant-or-self::*[starts-with(@source, 'line:')]", namespaces=NSMAP
)


class Row(NamedTuple):
    """A row: its first and last line, and its elements by their place among those with a source."""

    start: int
    end: int
    elements: tuple[int, ...]


@dataclass(frozen=True)
class Source:
    """What a source page is made from: elements that have a source, rows, lines.

    `shown` are the numbers of the lines of each row, and last of those without a row; `mark` is a
    word that the document does not have.
    """

    elements: Sequence[etree._Element]
    rows: Sequence[Row]
    lines: Sequence[str]
    shown: Sequence[Sequence[int]]
    mark: str

    @property
    def parameters(self) -> dict[str, str | bool]:
        """What `source.xsl` has to know of it."""
        places = " ".join(str(number + 1) for row in self.rows for number in row.elements)
        return {"source-elements": places, "lines-left": bool(self.shown[-1]), "mark": self.mark}


def source_of(data: bytes, transcript: str, name: str) -> Source:
    """Return what the source page of a document is made from.

    Raises:
        DiplomaticError: D100, D101, D120, the TEI is no safe XML.
    """
    elements = cast("list[etree._Element]", _SOURCED(parse_bytes(data, name).getroot()))
    lines = [
        line if line.isprintable() else line.translate(_PICTURES)
        for line in transcript.splitlines()
    ]
    filled = {number for number, line in enumerate(lines, 1) if line.strip(" \t")}
    rows = _rows(elements, filled, len(lines))
    mark = f"open-{hashlib.sha256(data).hexdigest()[:12]}"
    return Source(elements, rows, lines, _shown(rows, len(lines), filled), mark)


def _rows(elements: Sequence[etree._Element], filled: set[int], count: int) -> list[Row]:
    """Return the rows in the order of the transcript; elements that share a line share a row."""
    spans = [_span(element, count) for element in elements]
    chosen = [number for number in _smallest(elements, spans, filled) if spans[number]]
    rows: list[Row] = []
    for number in sorted(chosen, key=lambda number: spans[number].start):
        span = spans[number]
        if rows and span.start <= rows[-1].end:
            last = rows.pop()
            row = Row(last.start, max(last.end, span.stop - 1), (*last.elements, number))
        else:
            row = Row(span.start, span.stop - 1, (number,))
        rows.append(row)
    return rows


def _span(element: etree._Element, count: int) -> range:
    """Return the lines of the transcript that an element says it came from, counted from 1."""
    first, _, last = element.get("source", "").removeprefix("line:").partition(",")
    if not (first.isdecimal() and last.isdecimal()):
        return range(0)
    start = int(first) + 1
    return range(start, min(int(last), max(start, count)) + 1)


def _smallest(
    elements: Sequence[etree._Element], spans: Sequence[range], filled: set[int]
) -> list[int]:
    """Return the elements that make rows: the smallest that account for all lines of theirs."""
    places = {element: number for number, element in enumerate(elements)}
    within: list[list[int]] = [[] for _ in range(len(elements) + 1)]
    # From the last to the first, so that what is in an element is known before it.
    for number in range(len(elements) - 1, -1, -1):
        around = elements[number].getparent()
        while around is not None and around not in places:
            around = around.getparent()
        mine = within[number] if _splits(spans, within[number], spans[number], filled) else [number]
        within[-1 if around is None else places[around]] += mine
    return within[-1][::-1]


def _splits(spans: Sequence[range], inner: Sequence[int], own: range, filled: set[int]) -> bool:
    """Say whether the elements in another one have all of its lines that are not blank."""
    if len(inner) < 2:
        return False
    theirs = {line for each in inner for line in spans[each]}
    return len(theirs) > 1 and theirs.issuperset(filled.intersection(own))


def _shown(rows: Sequence[Row], count: int, filled: set[int]) -> list[list[int]]:
    """Return the lines that each row shows, blank ones after it too, and those of no row."""
    held = {number for row in rows for number in range(row.start, row.end + 1)}
    starts = [1, *(row.start for row in rows[1:]), count + 1] if rows else []
    shown = [
        [n for n in range(start, min(stop, count + 1)) if n in held or n not in filled]
        for start, stop in pairwise(starts)
    ]
    rest = (number for number in range(1, count + 1) if number not in held)
    return [*shown, [number for number in rest if number in filled or not rows]]
