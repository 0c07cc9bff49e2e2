"""What writing any block takes: its element, its label, its words, where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from diplomatic.encode.identifiers import Identifiers
from diplomatic.encode.inline import Inline
from diplomatic.transcript.model import Block
from diplomatic.transcript.read import words_of
from diplomatic.transcript.spans import Span
from diplomatic.transcript.text import SourceText
from diplomatic.xml.names import XML_ID, tei

# Attributes of a block that say something to the encoder, and nothing in TEI.
_OWN_WORDS = frozenset({"dated", "scope"})

NamesFinder = Callable[[int, int], list[Span]]
"""Finds the edition's names between two offsets."""


class BlockWriter:
    """Writes blocks as elements; `kinds` says how those that are more than element and words."""

    def __init__(
        self,
        source: SourceText,
        identifiers: Identifiers,
        inline: Inline,
        names: NamesFinder,
        kinds: Mapping[str, KindWriter],
    ) -> None:
        self.source = source
        self.identifiers = identifiers
        self.inline = inline
        self.names = names
        self.kinds = kinds
        self.part = "body"
        self.bibliographic = False

    def block(self, parent: etree._Element, block: Block) -> None:
        """Append a block by its kind; a kind without a writer of its own names the element."""
        write = self.kinds.get(block.kind)
        if write is not None:
            write(self, parent, block)
        else:
            self.plain(parent, block, block.kind)

    def children(self, element: etree._Element, block: Block) -> None:
        """Append the blocks inside a block."""
        for child in block.children:
            self.block(element, child)

    def start(self, parent: etree._Element, block: Block, name: str) -> etree._Element:
        """Append an element for a block, with its attributes and the lines that it comes from."""
        element = etree.SubElement(parent, tei(name))
        if name in ("p", "item") and self.part == "body" and block.role == "middle":
            element.set(XML_ID, self.identifiers.next("p"))
        attributes = {k: v for k, v in block.attributes.items() if k not in _OWN_WORDS}
        if block.run_in:
            before = self.source.text[max(0, block.start - 1) : block.start + 1]
            parted = any(sign.isspace() for sign in before)
            token = "run-in" if parted else "adjacent"
            attributes["rend"] = " ".join([attributes.get("rend", ""), token]).strip()
        self.inline.set(element, attributes)
        element.set("source", self.lines_of(block))
        return element

    def lines_of(self, block: Block) -> str:
        """Return the lines of the transcript that a block comes from, as a pointer (RFC 5147)."""
        first = self.source.line_number(block.start)
        last = self.source.line_number(max(block.start, block.end - 1))
        return f"line:{first - 1},{last}"

    def plain(self, parent: etree._Element, block: Block, name: str) -> etree._Element:
        """Append an element with a block's words, then its inner blocks."""
        element = self.start(parent, block, name)
        self.words(element, block)
        self.children(element, block)
        return element

    def words(self, element: etree._Element, block: Block) -> None:
        """Append a block's own words after its label."""
        start, end = words_of(block)
        if block.label:
            while start < end and self.source.text[start].isspace():
                start += 1
        self.stretch(element, block, start, end)

    def stretch(self, element: etree._Element, block: Block, start: int, end: int) -> None:
        """Append the characters between two offsets, marked up by the block's spans and names."""
        self.inline.write(element, start, end, [*block.spans, *self.names(start, end)])

    def label(
        self, parent: etree._Element, block: Block, name: str = "label", **attributes: str
    ) -> etree._Element | None:
        """Append a block's label as an element of its own; None where it has no label."""
        if block.label is None:
            return None
        element = etree.SubElement(parent, tei(name), attributes)
        # What begins where the label ends belongs to the words after it.
        inside = [span for span in block.spans if span.start < block.label[1]]
        self.inline.write(element, *block.label, inside)
        return element

    def first_visible(self, start: int, end: int) -> int:
        """Return the offset of the first sign between two offsets that is no blank space."""
        words = self.source.text[start:end]
        return start + len(words) - len(words.lstrip())

    def after_label(self, element: etree._Element, block: Block) -> None:
        """Append the words after a label, saying how they follow it."""
        if self.breaks_after_label(block):
            etree.SubElement(element, tei("lb"))
        elif block.label and not self.source.text[block.label[1] : block.label[1] + 1].isspace():
            tokens = [*(element.get("rend") or "").split(), "adjacent"]
            element.set("rend", " ".join(tokens))
        self.words(element, block)

    def breaks_after_label(self, block: Block) -> bool:
        """Whether a block's words stand on the line after its label."""
        if block.label is None:
            return False
        start, end = words_of(block)
        return "\n" in self.source.text[start : self.first_visible(start, end)]


KindWriter = Callable[[BlockWriter, etree._Element, Block], None]
"""Appends one block to a parent."""
