"""How each kind of block is written; a kind that is not here is an element with its words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from diplomatic.encode.block_writer import BlockWriter, KindWriter
from diplomatic.encode.listed import write_list, write_note, write_table, write_work, write_works
from diplomatic.transcript.model import Block
from diplomatic.transcript.read import words_of
from diplomatic.xml.names import local_name, tei

GLOBAL: Final = frozenset(
    {"gap", "note", "space", "figure", "pb", "fw", "milestone", "vocal", "incident"}
)
"""Elements that may stand between blocks (TEI, model.global)."""


def _gap(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append an omission that has its line to itself."""
    words = writer.source.text[block.start : block.end]
    element = writer.start(parent, block, "gap")
    writer.inline.set(element, {"reason": "editorial", "resp": "#tr"})
    if words == "[…]":
        return
    bracketed = words.startswith("[") and words.endswith("]") and len(words) > 2
    if not bracketed:
        element.set("rend", "no-brackets")
    etree.SubElement(element, tei("desc")).text = words[1:-1] if bracketed else words


def _milestone(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a rule, its strokes as `@n`."""
    element = writer.start(parent, block, "milestone")
    element.set("unit", "rule")
    element.set("rend", "rule")
    element.set("n", writer.source.text[block.start : block.end])


def _page_break(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a page break; the words that told of it stay as forme work."""
    words = writer.source.text[block.start : block.end]
    digits = "".join(sign for sign in words if sign.isdigit())
    etree.SubElement(parent, tei("pb"), {"n": digits} if digits else {})
    element = writer.start(parent, block, "fw")
    element.set("type", "pageNum")
    element.text = words


def _field(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a labelled line of a telegram's or memorandum's head."""
    element = writer.start(parent, block, "seg")
    writer.label(element, block, "seg", type="label")
    writer.stretch(element, block, *words_of(block))


def _stamp(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a stamp that a line names with its label, without brackets."""
    holder = parent
    if local_name(parent.tag) not in ("opener", "closer"):
        holder = etree.SubElement(parent, tei("ab"), {"type": "docket"})
    element = writer.start(holder, block, "stamp")
    writer.label(element, block, "seg", type="caption", resp="#tr")
    writer.stretch(element, block, *words_of(block))


def _bracket(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a bracket that has its lines to itself: bare where it may stand so, else wrapped."""
    within = local_name(parent.tag)
    if not _stands_bare(block, within):
        if within == "closer":
            writer.plain(parent, block, "signed")
            return
        block.attributes.setdefault("type", "docket")
        writer.plain(parent, block, "seg" if within == "opener" else "ab")
        return
    last = next(parent.iterchildren(reversed=True), None)
    writer.stretch(parent, block, block.start, block.end)
    written = parent.iterchildren() if last is None else last.itersiblings()
    for element in list(written):
        if local_name(element.tag) != "pb":
            element.set("source", writer.lines_of(block))


def _stands_bare(block: Block, within: str) -> bool:
    """Whether a bracket is all one element, which may stand where it is without a wrapper."""
    root = next((s for s in block.spans if s.start == block.start and s.end > s.start), None)
    if root is None or root.end < block.end:
        return False
    # What looks different as a whole is words in a line, even if they are a bracket.
    if any(s.divisible and s.start <= block.start and s.end >= block.end for s in block.spans):
        return False
    if root.name == "stamp":
        return within in ("opener", "closer")
    return root.name in GLOBAL and root.name != "fw"


def _speech(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a speech: the speaker as labelled, and what is said on the same line."""
    element = etree.SubElement(parent, tei("sp"))
    speaker = etree.SubElement(element, tei("speaker"))
    start, end = words_of(block)
    inside = [span for span in block.spans if span.start < start]
    names = writer.names(block.start, start)
    writer.inline.write(speaker, block.start, start, [*inside, *names])
    said = Block("p", start, end, run_in=not writer.breaks_after_label(block), spans=block.spans)
    paragraph = writer.start(element, said, "p")
    writer.stretch(paragraph, block, writer.first_visible(start, end), end)


def _postscript_text(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append the label and the words of a postscript."""
    start, end = words_of(block)
    first = writer.first_visible(start, end)
    if block.label is None or first == end:
        alone = Block("ab", block.start, block.end, attributes={"type": "label"})
        writer.plain(parent, alone, "ab")
        return
    writer.label(parent, block)
    writer.plain(parent, Block("p", first, end, run_in=True, spans=block.spans), "p")


def _closer(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a closer with its parts."""
    writer.children(writer.start(parent, block, "closer"), block)


def _postscript(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a postscript; what it holds is put into blocks where none is one (TEI wants one)."""
    element = etree.SubElement(parent, tei("postscript"))
    writer.children(element, block)
    if any(local_name(child.tag) in ("p", "ab", "list", "table") for child in element):
        return
    for child in list(element):
        held = etree.Element(tei("ab"), {"type": "docket"})
        element.replace(child, held)
        held.append(child)


KINDS: Final[Mapping[str, KindWriter]] = MappingProxyType(
    {
        "gap": _gap,
        "milestone": _milestone,
        "pb": _page_break,
        "field": _field,
        "stamp": _stamp,
        "bracket": _bracket,
        "list": write_list,
        "listBibl": write_works,
        "bibl": write_work,
        "note": write_note,
        "table": write_table,
        "sp": _speech,
        "closer": _closer,
        "postscript": _postscript,
        "ps": _postscript_text,
    }
)
"""The writer of each kind of block (`Block.kind`) that is more than an element with its words."""
