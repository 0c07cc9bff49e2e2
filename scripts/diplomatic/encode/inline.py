"""The words of a block with their spans, as mixed content of TEI elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from diplomatic.encode.identifiers import Identifiers
from diplomatic.transcript.spans import Node, Span, nest
from diplomatic.transcript.text import strip_blank
from diplomatic.xml.names import XML_ID, XML_LANG, local_name, tei

# Blank space that XML cannot hold, or that nobody sees: one blank stands for it.
_ODD_BLANK = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029\ufeff\u200b]+")
_BREAK = re.compile(r"[^\S\r\n]*(?:\r\n?|\n|\x0b|\x0c|\x85|\u2028|\u2029)\s*")
_ATTRIBUTES = {"xml:id": XML_ID, "xml:lang": XML_LANG}
# Elements whose content model has no line break (TEI, macro.limitedContent): a blank stands there.
_NO_BREAK = frozenset({"desc", "figDesc"})

# Elements that hold nothing but their description, or the members of a choice.
_ONLY = {
    "gap": frozenset({"desc"}),
    "space": frozenset({"desc"}),
    "vocal": frozenset({"desc"}),
    "incident": frozenset({"desc"}),
    "figure": frozenset({"figDesc"}),
    "ex": frozenset(),
    "idno": frozenset(),
    "choice": frozenset({"sic", "corr", "orig", "reg", "abbr", "expan"}),
}


class Inline:
    """Writes stretches of a transcript, with their spans, into elements."""

    def __init__(self, text: str, identifiers: Identifiers) -> None:
        self.text = text
        self.identifiers = identifiers
        self.note_targets: frozenset[str] = frozenset()

    def write(self, parent: etree._Element, start: int, end: int, spans: Iterable[Span]) -> None:
        """Append the characters from `start` to `end` to an element, marked up by spans."""
        inside = [
            span
            for span in spans
            if start <= span.start
            and span.end <= end
            and (span.start == span.end or strip_blank(self.text[span.start : span.end]))
        ]
        self._content(parent, start, end, nest(inside), ())

    def _content(
        self,
        parent: etree._Element,
        start: int,
        end: int,
        nodes: list[Node],
        hidden: tuple[tuple[int, int], ...],
    ) -> None:
        """Append text and child elements in order."""
        position = start
        for node in nodes:
            self._text(parent, position, node.span.start, hidden)
            self._element(parent, node)
            position = max(position, node.span.end)
        self._text(parent, position, end, hidden)

    def _element(self, parent: etree._Element, node: Node) -> None:
        """Append one span as an element."""
        span = node.span
        if span.divisible and not strip_blank(self.text[span.start : span.end]):
            # A piece between two brackets: a blank looks like nothing.
            self._content(parent, span.start, span.end, node.children, ())
            return
        element = etree.SubElement(parent, tei(span.name))
        self.set(element, span.attributes)
        for added in span.before:
            self._added(element, added.name, added.text, added.attributes)
        children = [] if span.name in _NO_BREAK else fitting(span.name, node.children)
        self._content(element, span.start, span.end, children, span.hidden)
        for added in span.after:
            self._added(element, added.name, added.text, added.attributes)

    def _added(
        self, parent: etree._Element, name: str, text: str, attributes: Mapping[str, str]
    ) -> None:
        """Append an element that stands in no transcript; without a name, its words alone."""
        if not name:
            append_text(parent, text)
            return
        element = etree.SubElement(parent, tei(name))
        self.set(element, attributes)
        element.text = text

    def set(self, element: etree._Element, attributes: Mapping[str, str]) -> None:
        """Set attributes, with identifiers and targets in place of placeholders."""
        for name, value in attributes.items():
            element.set(_ATTRIBUTES.get(name, name), self._value(value))
        if element.get("type") == "noteref":
            self._note_reference(element)

    def _value(self, value: str) -> str:
        """Return an attribute value with its placeholder replaced."""
        if value.startswith("#@"):
            return f"#{self.identifiers.at(value[1:], 't')}"
        return self.identifiers.at(value, "t") if value.startswith("@") else value

    def _note_reference(self, element: etree._Element) -> None:
        """Give a note mark its identifier, and its target where the note exists."""
        label = element.attrib.pop("n", "")
        element.set(XML_ID, self.identifiers.next("r"))
        if label in self.note_targets:
            element.set("target", f"#{self.identifiers.note(label)}")

    def _text(
        self, parent: etree._Element, start: int, end: int, hidden: tuple[tuple[int, int], ...]
    ) -> None:
        """Append characters that no hidden sign covers; a line break becomes `lb`."""
        position = start
        for first, last in sorted(hidden):
            if last <= position or first >= end:
                continue
            self._lines(parent, self.text[position : max(position, first)])
            position = max(position, min(last, end))
        if position < end:
            self._lines(parent, self.text[position:end])

    def _lines(self, parent: etree._Element, words: str) -> None:
        """Append words, with `lb` between lines."""
        if local_name(parent.tag) in _NO_BREAK:
            append_text(parent, _BREAK.sub(" ", words))
            return
        lines = _BREAK.split(words)
        append_text(parent, lines[0])
        for line in lines[1:]:
            etree.SubElement(parent, tei("lb"))
            append_text(parent, line)


def fitting(name: str, nodes: list[Node]) -> list[Node]:
    """Return the nodes that an element can hold; one it cannot gives way to what is inside it."""
    allowed = _ONLY.get(name)
    if allowed is None:
        return nodes
    kept: list[Node] = []
    for node in nodes:
        kept.extend([node] if node.span.name in allowed else fitting(name, node.children))
    return kept


def append_text(parent: etree._Element, words: str) -> None:
    """Append characters after everything that an element holds."""
    words = _ODD_BLANK.sub(" ", words)
    if not words:
        return
    # Not len(parent): it counts the children one by one, thousands of times on a long line.
    last = next(parent.iterchildren(reversed=True), None)
    if last is None:
        parent.text = (parent.text or "") + words
    else:
        last.tail = (last.tail or "") + words
