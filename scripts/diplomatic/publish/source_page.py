"""The source page of a document: its rows, and what stands in them beside the text.

In: the TEI, the transcript, and the page as `xslt/html/source.xsl` leaves it. A row has the text,
the lines of the transcript that it came from, and its TEI; the last two are texts as they stand.
Every line stands in exactly one row; a line that no element of the text came from is listed at the
end of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, cast

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.xml.names import NSMAP, TEI_NS, tei
from diplomatic.xml.reader import parse_bytes

# Where a source page begins in what the stylesheet makes, and its open places.
_BEGINS: Final = "<?lines "
_PLACE: Final = re.compile(r"<\?(?:lines?|tei|row) [^>]*>")

# Control characters as their Unicode pictures; a tab stays.
_PICTURES: Final = {code: 0x2400 + code for code in range(0x20) if code != 0x09} | {0x7F: 0x2421}
_SOURCE: Final = re.compile(r"line:(\d+),(\d+)")
_SOURCED: Final = etree.XPath(
    "tei:text/descendant-or-self::*[starts-with(@source, 'line:')]", namespaces=NSMAP
)
_ITEM: Final = tei("item")
_LABEL: Final = tei("label")
_TEI: Final = f' xmlns="{TEI_NS}"'
# A declaration of a namespace in a tag. What is no tag has no `<` but that of a comment.
_DECLARATION: Final = re.compile(r"""(<[^!?<>][^<>]*?) xmlns(?::[^=<>]+)?="[^"]*\"""")


@dataclass(frozen=True)
class Row:
    """A row: its first and last line, and its elements by their place among those with a source."""

    start: int
    end: int
    elements: tuple[int, ...]


@dataclass(frozen=True)
class Source:
    """What a source page is made from: elements that have a source, rows, lines.

    `shown` are the numbers of the lines of each row, and last of those without a row.
    """

    elements: Sequence[etree._Element]
    rows: Sequence[Row]
    lines: Sequence[str]
    shown: Sequence[Sequence[int]]

    @property
    def parameter(self) -> str:
        """The rows as `source.xsl` takes them."""
        rows = [f"{row.start} {' '.join(str(n + 1) for n in row.elements)}" for row in self.rows]
        return "|".join([*rows, "rest"] if self.shown[-1] else rows)


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
    return Source(elements, rows, lines, _shown(rows, len(lines), filled))


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
    found = _SOURCE.fullmatch(element.get("source", ""))
    start, end = (int(found[1]) + 1, int(found[2])) if found else (1, 0)
    return range(start, min(end, max(start, count)) + 1)


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
        inner = within[number]
        theirs = {line for each in inner for line in spans[each]} if len(inner) > 1 else set()
        split = len(theirs) > 1 and filled.intersection(spans[number]) <= theirs
        within[-1 if around is None else places[around]] += inner if split else [number]
    return within[-1][::-1]


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


def parted(made: str) -> tuple[str, str]:
    """Return the page of the text and the open one of the source, as far as they are there."""
    text, mark, opened = made.partition(_BEGINS)
    return text, mark + opened


def fill(opened: str, source: Source, name: str) -> str:
    """Return the page that `source.xsl` left open, with lines and TEI.

    Raises:
        DiplomaticError: D702, the pattern is not as it should be.
    """
    pattern, _, page = opened.partition("<?page ")
    parts = _PLACE.split(pattern)
    if len(parts) != 6:
        raise DiplomaticError(Finding("D702", "no pattern of a row", Place(name)))
    _, list_start, line, list_end, tei_start, tei_end = parts
    top, *pieces = _PLACE.split(page.partition(">")[2])
    filled = [top]
    for number, (numbers, piece) in enumerate(zip(source.shown, pieces, strict=False)):
        filled += [list_start, *_lines(numbers, line, source.lines), list_end]
        if number < len(source.rows):
            encoded = "\n".join(_encoded(source.elements, source.rows[number]))
            filled += [tei_start, _escaped(encoded), tei_end]
        filled.append(piece)
    return "".join(filled)


def _lines(numbers: Sequence[int], line: str, lines: Sequence[str]) -> Iterable[str]:
    """Yield lines of the transcript as the pattern has them."""
    for number in numbers:
        shown = line.replace("\ue000", str(number)).replace("\ue001", str(number - 1))
        yield shown.replace("\ue002", _escaped(lines[number - 1]))


def _encoded(elements: Sequence[etree._Element], row: Row) -> Iterable[str]:
    """Yield the TEI of the elements of a row, each after the label of the list item it begins."""
    for number in row.elements:
        element = elements[number]
        label = _label_before(element)
        if label is not None:
            yield _written(label)
        yield _written(element)


def _label_before(element: etree._Element) -> etree._Element | None:
    """Return the label of the list item that an element is or begins."""
    item = element if element.tag == _ITEM else element.getparent()
    if item is None or item.tag != _ITEM:
        return None
    if item is not element and next(item.iterchildren("*"), None) is not element:
        return None
    before = next(item.itersiblings("*", preceding=True), None)
    return before if before is not None and before.tag == _LABEL else None


def _written(element: etree._Element) -> str:
    """Return an element as its file has it; the namespaces are understood."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    # The first thing in its tag, and in most elements the only one of the kind.
    text = text.replace(_TEI, "", 1)
    while " xmlns" in text:
        shorter = _DECLARATION.sub(r"\1", text)
        if shorter == text:
            break
        text = shorter
    return text


def _escaped(text: str) -> str:
    """Return text as HTML has it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\xa0", "&nbsp;")
