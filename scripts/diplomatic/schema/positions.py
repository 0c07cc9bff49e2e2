"""Where things stand in an XML file: line and column of each start tag, attribute and text.

lxml keeps lines only, so the file is read a second time, by expat, when there is something to say.
Elements are counted in document order, which lxml's `iter` shares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from lxml import etree

Spot = tuple[int, int]
"""Line and column, both from 1, the column in characters."""

_UNKNOWN: Final = (0, 0)
_TAG_END: Final = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
_LONGEST_TAG: Final = 50  # lines


@dataclass
class Positions:
    """Places of the elements and texts of one file."""

    starts: list[Spot] = field(default_factory=list)
    ends: dict[int, Spot] = field(default_factory=dict)
    texts: dict[tuple[int, int], Spot] = field(default_factory=dict)
    """By element and by the number of child elements before the text."""
    lines: list[str] = field(default_factory=list)

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
        """Return where an attribute of an element is written."""
        line, column = self.start(index)
        pattern = re.compile(rf"(?<![\w:.-])(?:[\w.-]+:)?{re.escape(name)}\s*=")
        text, begin = self._tag_text(line, column)
        found = pattern.search(text, begin)
        if found is None:
            return (line, column)
        before = text[: found.start()]
        return (line + before.count("\n"), found.start() - before.rfind("\n"))

    def _tag_text(self, line: int, column: int) -> tuple[str, int]:
        """Return the lines of a start tag up to its end, and where in them it begins."""
        if not line:
            return "", 0
        text = "\n".join(self.lines[line - 1 : line + _LONGEST_TAG])
        end = _TAG_END.match(text, column - 1)
        return text[: end.end() if end else None], column - 1


def line_of(node: etree._Element) -> int:
    """Return the line of a node, as lxml knows it, or 0."""
    line: int | None = getattr(node, "sourceline", None)  # lxml-stubs give it no usable type
    return line or 0


def find_positions(data: bytes) -> Positions:
    """Return the places of everything in a well-formed file without a DTD."""
    text = _decoded(data)
    found = Positions(lines=text.split("\n"))
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
