"""Read an encoded document back: its words, and which transcript characters each element covers.

In: the TEI that the encoder wrote and the transcript it came from. Out: the words of an
element, and the elements found at a stretch of the transcript. The alignment knows nothing of the
rules of the encoder: it compares characters, so that it can judge any encoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

XML_NS = "{http://www.w3.org/XML/1998/namespace}"
TOOL = {"#tool", "#ed"}
FIRST = {"abbr", "sic", "orig"}
SECOND = {"expan", "corr", "reg"}
BLANK_BEFORE = {
    "lb", "p", "head", "ab", "item", "label", "row", "cell", "fw", "stamp", "dateline", "salute",
    "closer", "opener", "postscript", "bibl", "note", "trailer", "speaker", "sp", "l", "lg",
    "signed", "list", "div", "table", "seg", "gap", "figure", "gloss", "supplied",
}  # fmt: skip


def name(element: etree._Element) -> str:
    """Local name of an element."""
    return etree.QName(element).localname


def text_root(tree: etree._Element) -> etree._Element:
    """The ``text`` element of a TEI document."""
    found = tree.find("{*}text")
    if found is None:
        message = "a TEI document without text"
        raise ValueError(message)
    return found


def added_by_tool(element: etree._Element) -> bool:
    """Whether the element's words are not words of the transcript."""
    responsible = set((element.get("resp") or "").split())
    own_words = {"expan", "corr", "reg", "note", "supplied", "gap", "unclear"}
    return bool(responsible & TOOL) and name(element) in own_words - {"gap", "unclear"}


def kept(element: etree._Element) -> bool:
    """Whether an element holds words of the transcript that are printed nowhere else."""
    if added_by_tool(element):
        return False
    parent = element.getparent()
    if parent is not None and name(parent) == "choice":
        local = name(element)
        if local in SECOND and element.get("corresp"):
            return False
        if local == "abbr":
            return not any(
                name(other) == "expan"
                and not added_by_tool(other)
                and other.find(".//{*}ex") is not None
                for other in parent
            )
    return True


def words(element: etree._Element) -> str:
    """The transcript's words of an element, blanks collapsed."""
    parts: list[str] = []

    def walk(node: etree._Element) -> None:
        parts.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str):
                local = name(child)
                if local in BLANK_BEFORE and child.get("break") != "no":
                    parts.append("\u2028")
                if kept(child):
                    walk(child)
            parts.append(child.tail or "")

    walk(element)
    joined = "".join(parts)
    return " ".join(joined.replace("\u2028", " ").split())


def key(text: str) -> str:
    """What two texts are compared by: letters and digits; the bare signs where there are none."""
    letters = re.sub(r"[\W_]+", "", text).casefold()
    return letters or re.sub(r"[\s\[\]]+", "", text)


@dataclass(frozen=True)
class Place:
    """An element and the characters it covers, without (start, end) and with signs."""

    element: etree._Element
    start: int
    end: int
    before: int
    after: int

    @property
    def empty(self) -> bool:
        """Whether no character of the transcript is inside the element."""
        return self.end <= self.start


def _stream(root: etree._Element) -> tuple[list[str], list[tuple[etree._Element, int, int]]]:
    """Characters of a tree without blanks, and the first and last position of each element."""
    chars: list[str] = []
    spans: list[tuple[etree._Element, int, int]] = []

    def put(text: str | None) -> None:
        chars.extend(c for c in text or "" if not c.isspace())

    def walk(node: etree._Element) -> None:
        first = len(chars)
        put(node.text)
        for child in node:
            if isinstance(child.tag, str):
                if kept(child):
                    walk(child)
                else:
                    spans.append((child, len(chars), len(chars)))
            put(child.tail)
        spans.append((node, first, len(chars)))

    walk(root)
    return chars, spans


def _match(transcript: list[str], found: list[str]) -> list[int]:
    """For each character of the TEI the position of the same one in the transcript, or -1."""
    mapped = [-1] * len(found)
    matcher = SequenceMatcher(None, transcript, found, autojunk=False)
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            mapped[block.b + offset] = block.a + offset
    return mapped


def align(transcript: str, tree: etree._Element) -> list[Place]:
    """Places of all elements of the text, in characters of the transcript without blanks."""
    source = [c for c in transcript if not c.isspace()]
    chars, spans = _stream(text_root(tree))
    mapped = _match(source, chars)
    before = [-1] * (len(chars) + 1)
    for index in range(len(chars)):
        before[index + 1] = mapped[index] if mapped[index] >= 0 else before[index]
    after = [len(source)] * (len(chars) + 1)
    for index in range(len(chars) - 1, -1, -1):
        after[index] = mapped[index] if mapped[index] >= 0 else after[index + 1]
    places = []
    for element, first, last in spans:
        own = [mapped[i] for i in range(first, last) if mapped[i] >= 0]
        start, end = (own[0], own[-1] + 1) if own else (before[first] + 1, before[first] + 1)
        places.append(Place(element, start, end, before[first] + 1, after[last]))
    return places


def span_of(text: str, mark: str, nth: int, offset: int = 0) -> tuple[int, int]:
    """Where the n-th occurrence of a mark stands, counted without blanks.

    Raises:
        ValueError: the mark does not occur that often.
    """
    position = offset - 1
    for _ in range(nth):
        position = text.find(mark, position + 1)
        if position < 0:
            message = f"the mark {mark!r} does not occur {nth} times"
            raise ValueError(message)
    first = sum(not c.isspace() for c in text[:position])
    return first, first + sum(not c.isspace() for c in mark)


def _touches(place: Place, start: int, end: int) -> bool:
    """Whether an empty element stands in a stretch; a page break also beside its number."""
    if name(place.element) in {"pb", "milestone", "space"}:
        return place.before <= end and place.after >= start
    return place.before < end and place.after > start


def at(places: list[Place], start: int, end: int) -> Iterator[Place]:
    """Places that have to do with a stretch: they overlap it, or are empty and stand in it."""
    for place in places:
        if place.empty:
            if _touches(place, start, end):
                yield place
        elif (place.start < end and place.end > start) or (
            place.before < end
            and place.after > start
            and name(place.element) in {"choice", "sic", "term"}
        ):
            yield place
