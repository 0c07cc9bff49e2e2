"""Lists and what is like them: items with their labels, works, notes, tables."""

from __future__ import annotations

from lxml import etree

from diplomatic.encode.block_writer import BlockWriter
from diplomatic.transcript.model import Block
from diplomatic.transcript.read import scoped
from diplomatic.xml.names import XML_ID, local_name, tei


def write_list(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a list: all items labelled, or none (a label missing among others is text).

    An opener holds no list: there it stands in a segment, as a copies list does.
    """
    if local_name(parent.tag) == "opener":
        parent = etree.SubElement(parent, tei("seg"), {"type": "copies"})
    element = writer.start(parent, block, "list")
    del element.attrib["source"]
    labelled = all(child.label for child in block.children if child.kind == "item")
    for child in block.children:
        if child.kind != "item":
            writer.block(element, child)
        elif labelled:
            run_in = {"rend": "run-in"} if child.run_in else {}
            writer.label(element, child, **run_in)
            _item(writer, element, child)
        else:
            _item_with_label_as_text(writer, element, child)


def _item(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append an item after its label; one that holds blocks has its own words in a paragraph."""
    if not block.children:
        writer.after_label(writer.start(parent, block, "item"), block)
        return
    element = etree.SubElement(parent, tei("item"))
    first = Block("p", block.start, block.end, label=block.label, spans=block.spans)
    writer.after_label(writer.start(element, first, "p"), first)
    writer.children(element, block)


def _item_with_label_as_text(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append an item of a list whose items are not all labelled."""
    element = writer.start(parent, block, "item")
    writer.label(element, block, "seg", type="label")
    writer.stretch(element, block, block.label[1] if block.label else block.start, block.end)


def write_works(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a list of works."""
    element = writer.start(parent, block, "listBibl")
    del element.attrib["source"]
    writer.children(element, block)


def write_work(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a work of a list, with its bullet as `@n`."""
    element = writer.start(parent, block, "bibl")
    if block.label:
        element.set("n", writer.source.text[slice(*block.label)])
    writer.words(element, block)


def write_note(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a note of a note list, with its label as it stands."""
    element = writer.start(parent, block, "note")
    label = scoped(block.attributes.get("n", ""), block.attributes.get("scope", ""))
    identifier = writer.identifiers.note(label)
    if not writer.identifiers.take(identifier):
        identifier = writer.identifiers.next("n")
    element.set(XML_ID, identifier)
    sign = writer.label(element, block, "seg", type="label")
    start = block.label[1] if block.label else block.start
    holder = element
    if writer.bibliographic:
        first = writer.first_visible(start, block.end)
        if sign is not None and first > start:
            sign.tail = " "
        start = first
        holder = etree.SubElement(element, tei("bibl"))
    writer.stretch(holder, block, start, block.end)
    writer.children(element, block)


def write_table(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a table."""
    element = etree.SubElement(parent, tei("table"))
    writer.inline.set(element, block.attributes)
    for row in block.children:
        _row(writer, element, row)


def _row(writer: BlockWriter, parent: etree._Element, block: Block) -> None:
    """Append a row: cells between tabs or bars; bars are named, so that they come back."""
    element = writer.start(parent, block, "row")
    if block.children:
        for cell in block.children:
            made = etree.SubElement(element, tei("cell"), cell.attributes)
            writer.stretch(made, cell, cell.start, cell.end)
        return
    text = writer.source.text
    words = text[block.start : block.end]
    barred = "|" in words
    opened = barred and words.startswith("|")
    closed = barred and words.endswith("|")
    if barred:
        named = {"bars": True, "bar-start": opened, "bar-end": closed}
        element.set("rend", " ".join(token for token, holds in named.items() if holds))
    position = block.start + (1 if opened else 0)
    stop = block.end - (1 if closed and len(words) > 1 else 0)
    while position <= stop:
        found = text.find("|" if barred else "\t", position, stop)
        end = stop if found < 0 else found
        if barred or text[position:end].strip():
            writer.stretch(etree.SubElement(element, tei("cell")), block, position, end)
        position = end + 1
