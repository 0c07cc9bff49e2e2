"""Where things stand in an XML file: line and column of each start tag, attribute and text.

lxml keeps lines only, so the file is read a second time, by expat, when there is something to say.
Elements are counted in document order, which lxml's `iter` shares.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from lxml import etree

Spot = tuple[int, int]
"""Line and column, both from 1, the column in characters."""

_UNKNOWN: Final = (0, 0)
_TAG: Final = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_ATTRIBUTE: Final = re.compile(r"""(?:[\w.-]+:)?(?P<name>[\w.-]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass
class Positions:
    """Places of the elements and texts of one file."""

    starts: list[Spot] = field(default_factory=list)
    ends: dict[int, Spot] = field(default_factory=dict)
    texts: dict[tuple[int, int], Spot] = field(default_factory=dict)
    """By element and by the number of child elements before the text."""
    text_of_file: str = ""
    offsets: list[int] = field(default_factory=list)
    """Where in the text each line begins."""
    tags: dict[int, dict[str, int]] = field(default_factory=dict)
    """Of the tags that were asked for: their attributes, and where these are."""

    def start(self, index: int) -> Spot:
        """Return where the start tag of an element is."""
        return self.starts[index] if index < len(self.starts) else _UNKNOWN

    def end(self, index: int) -> Spot:
        """Return where the end tag of an element is."""
        return self.ends.get(index, self.start(index))

    def text(self, index: int, slot: int) -> Spot:
        """Return where the text after `slot` children of an element begins."""
        return self.texts.get((index, slot), self.start(index))

    def attribute(self, index: int, name: str) -> Spot:
        """Return where an attribute of an element is written, or its tag where it has none."""
        line, column = self.start(index)
        if not line:
            return _UNKNOWN
        begin = self.offsets[line - 1] + column - 1
        found = self._attributes(begin).get(name)
        if found is None:
            return (line, column)
        line = bisect_right(self.offsets, found)
        return (line, found - self.offsets[line - 1] + 1)

    def _attributes(self, begin: int) -> dict[str, int]:
        """Return where each attribute of the tag at an offset is written, by its local name."""
        if begin not in self.tags:
            tag = _TAG.match(self.text_of_file, begin)
            attributes = _ATTRIBUTE.finditer(self.text_of_file, *tag.span()) if tag else ()
            self.tags[begin] = {match["name"]: match.start() for match in attributes}
        return self.tags[begin]


def line_of(node: etree._Element) -> int:
    """Return the line of a node, as lxml knows it, or 0."""
    line: int | None = getattr(node, "sourceline", None)  # lxml-stubs give it no usable type
    return line or 0


def find_positions(data: bytes) -> Positions:
    """Return the places of everything in a well-formed file without a DTD."""
    text = _decoded(data)
    offsets = [0, *(match.end() for match in re.finditer("\n", text))]
    found = Positions(text_of_file=text, offsets=offsets)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = False
    stack: list[list[int]] = []

    def here() -> Spot:
        return (parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def start(_name: str, _attributes: dict[str, str]) -> None:
        if stack:
            stack[-1][1] += 1
        stack.append([len(found.starts), 0])
        found.starts.append(here())

    def end(_name: str) -> None:
        found.ends[stack.pop()[0]] = here()

    def characters(words: str) -> None:
        key = (stack[-1][0], stack[-1][1])
        if words.strip() and key not in found.texts:
            line, column = here()
            found.texts[key] = (line, column + len(words) - len(words.lstrip()))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError:  # what expat refuses and libxml2 reads has places as far as it goes
        return found
    return found


def _decoded(data: bytes) -> str:
    """Return the characters of a file, its line ends made single."""
    encoding = "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif declared := re.match(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)", data):
        encoding = declared.group(1).decode("ascii")
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        text = data.decode("utf-8", "replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
