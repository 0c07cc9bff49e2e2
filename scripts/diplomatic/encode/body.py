"""Divisions as TEI, their blocks placed where the content model of `div` lets them stand.

A division holds its opening, then blocks, then divisions, then its closing (encoding guide, "TEI
rules that decide the converter's shape"). What comes out of that order is wrapped, so that the
document is valid whatever the transcript does.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from diplomatic.encode.block_writer import BlockWriter, NamesFinder
from diplomatic.encode.identifiers import Identifiers
from diplomatic.encode.inline import Inline
from diplomatic.encode.kinds import GLOBAL, KINDS
from diplomatic.transcript.model import Block, Division
from diplomatic.transcript.text import SourceText
from diplomatic.xml.names import local_name, tei

# Children of opener; others of the opening (head, fw, gap, pb) stand beside it.
_IN_OPENER: Final = frozenset({"seg", "stamp", "field", "dateline", "salute", "bracket", "list"})
# Kinds of an opening that are plain lines where they come too late for one.
_LATE: Final = frozenset({"seg", "field", "dateline", "salute", "fw", "head"})
# Kinds of a closing that are plain lines where nothing stands before them.
_EARLY: Final = frozenset({"signed", "salute", "dateline", "ps"})
# What may stand in a division without being its text: a closing needs more before it.
_NO_BLOCKS: Final = GLOBAL | {"opener", "head"}


class BodyWriter(BlockWriter):
    """Writes divisions into `front`, `body` and `back`."""

    def __init__(
        self, source: SourceText, identifiers: Identifiers, inline: Inline, names: NamesFinder
    ) -> None:
        super().__init__(source, identifiers, inline, names, KINDS)

    def division(self, parent: etree._Element, division: Division) -> None:
        """Append a division."""
        element = etree.SubElement(parent, tei("div"), {"type": division.type})
        self.inline.set(element, division.attributes)
        _Placer(self, element).place(division.content)


class _Placer:
    """Places parts into a `div` in the order that its content model wants."""

    def __init__(self, writer: BodyWriter, element: etree._Element) -> None:
        self.writer = writer
        self.home = element
        self.element = element
        self.opener: etree._Element | None = None
        self.state = "top"

    def place(self, content: list[Block | Division]) -> None:
        """Append every part; wrap what comes too late for its place."""
        for part in content:
            if isinstance(part, Division):
                self._inner_division(part)
            elif part.role == "top" and self.state == "top":
                self._top(part)
            elif part.kind in ("closer", "postscript"):
                self._bottom(part)
            else:
                self._middle(part)
        if not len(self.home):
            etree.SubElement(self.home, tei("gap"), {"reason": "editorial", "resp": "#tool"})

    def _top(self, block: Block) -> None:
        """Append a block of the opening; those of an opener together."""
        if block.kind not in _IN_OPENER:
            self.opener = None
            self.writer.block(self.element, block)
            return
        if self.opener is None:
            self.opener = etree.SubElement(self.element, tei("opener"))
        self.writer.block(self.opener, block)

    def _middle(self, block: Block) -> None:
        """Append a block of the body; after a division or a closing in a division of its own."""
        if self.state in ("divisions", "bottom"):
            self._reopen()
        self.state = "middle"
        if block.role == "top" and block.kind in _LATE:
            attributes = {"type": "docket"}
            block = Block("ab", block.start, block.end, attributes=attributes, spans=block.spans)
        self.writer.block(self.element, block)

    def _loose(self, block: Block) -> None:
        """Append a part of a closing that nothing stands before, as a block of its own."""
        kind = "ab" if block.kind in _EARLY else block.kind
        attributes = {"type": "docket"} if kind == "ab" else block.attributes
        loose = Block(kind, block.start, block.end, "bottom", attributes, spans=block.spans)
        loose.children = block.children
        loose.label = block.label if kind != "ab" else None
        self._middle(loose)

    def _without_blocks(self) -> bool:
        """Whether nothing but an opening, notes, gaps and the like stands in the division yet."""
        return all(local_name(child.tag) in _NO_BLOCKS for child in self.element)

    def _reopen(self) -> None:
        """Go on in a new division: inside after divisions, beside after a closing."""
        parent = self.home if self.state == "divisions" else self.home.getparent()
        if parent is None:
            parent = self.home
        kind = "section" if self.state == "divisions" else "document"
        self.element = etree.SubElement(parent, tei("div"), {"type": kind})

    def _inner_division(self, division: Division) -> None:
        """Append a division."""
        if self.state == "bottom":
            self._reopen()
        target = self.home if self.state == "divisions" else self.element
        if self.element is not self.home and self.state == "middle":
            target = self.home
        self.writer.division(target, division)
        self.state = "divisions"

    def _bottom(self, block: Block) -> None:
        """Append a closing; a division must hold something before it."""
        if self.state == "top" or (self.state == "middle" and self._without_blocks()):
            for child in block.children:
                self._loose(child)
            return
        if self.state == "divisions":
            self.element = self.home
        self.state = "bottom"
        self.writer.block(self.element, block)
