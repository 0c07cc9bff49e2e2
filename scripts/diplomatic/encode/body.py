"""Divisions and blocks as TEI, placed where the content model of `div` lets them stand.

A division holds its opening, then blocks, then divisions, then its closing (encoding guide, "TEI
rules that decide the converter's shape"). What comes out of that order is wrapped, so that the
document is valid whatever the transcript does.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from diplomatic.encode.identifiers import Identifiers
from diplomatic.encode.inline import Inline
from diplomatic.transcript.model import Block, Division
from diplomatic.transcript.read import words_of
from diplomatic.transcript.spans import Span
from diplomatic.transcript.text import SourceText
from diplomatic.xml.names import XML_ID, tei

# Children of opener; others of the opening (head, fw, gap, pb) stand beside it.
_IN_OPENER = frozenset({"seg", "stamp", "field", "dateline", "salute", "bracket"})
# Elements that may stand between blocks (model.global).
_GLOBAL = frozenset(
    {"gap", "note", "space", "figure", "pb", "fw", "milestone", "vocal", "incident"}
)
NamesFinder = Callable[[int, int], list[Span]]


class BodyWriter:
    """Writes divisions into `front`, `body` and `back`."""

    def __init__(
        self, source: SourceText, identifiers: Identifiers, inline: Inline, names: NamesFinder
    ) -> None:
        self.source = source
        self.identifiers = identifiers
        self.inline = inline
        self.names = names
        self.part = "body"
        self.bibliographic = False

    def division(self, parent: etree._Element, division: Division) -> None:
        """Append a division."""
        element = etree.SubElement(parent, tei("div"), {"type": division.type})
        self.inline.set(element, division.attributes)
        _Placer(self, element).place(division.content)

    def block(self, parent: etree._Element, block: Block) -> None:
        """Append a block by its kind."""
        writer = getattr(self, f"_write_{block.kind}", None)
        if writer is not None:
            writer(parent, block)
        else:
            self._plain(parent, block, block.kind)

    # ------------------------------------------------------------ helpers

    def _start(self, parent: etree._Element, block: Block, name: str) -> etree._Element:
        """Append an element for a block, with its attributes and the lines that it comes from."""
        element = etree.SubElement(parent, tei(name))
        if name in ("p", "item") and self.part == "body" and block.role != "bottom":
            element.set(XML_ID, self.identifiers.next("p"))
        attributes = {k: v for k, v in block.attributes.items() if k != "dated"}
        if block.run_in:
            before = self.source.text[max(0, block.start - 1) : block.start + 1]
            parted = any(sign.isspace() for sign in before)
            token = "run-in" if parted else "adjacent"
            attributes["rend"] = " ".join([attributes.get("rend", ""), token]).strip()
        self.inline.set(element, attributes)
        first = self.source.line_number(block.start)
        last = self.source.line_number(max(block.start, block.end - 1))
        element.set("source", f"line:{first - 1},{last}")
        return element

    def _words(self, element: etree._Element, block: Block) -> None:
        """Append a block's own words after its label."""
        start, end = words_of(block)
        if block.label:
            while start < end and self.source.text[start].isspace():
                start += 1
        self.inline.write(element, start, end, [*block.spans, *self.names(start, end)])

    def _plain(self, parent: etree._Element, block: Block, name: str) -> etree._Element:
        """Append an element with a block's words, then its inner blocks."""
        element = self._start(parent, block, name)
        self._words(element, block)
        for child in block.children:
            self.block(element, child)
        return element

    def _labelled(self, parent: etree._Element, block: Block) -> None:
        """Append a block's label as the `label` of a list."""
        if block.label is None:
            return
        label = etree.SubElement(parent, tei("label"))
        self.inline.write(label, *block.label, [])

    def _adjacent(self, element: etree._Element, block: Block) -> None:
        """Say that a block's words follow its label without a blank between."""
        if block.label and not self.source.text[block.label[1] : block.label[1] + 1].isspace():
            tokens = [*(element.get("rend") or "").split(), "adjacent"]
            element.set("rend", " ".join(tokens))

    def _breaks_after_label(self, block: Block) -> bool:
        """Whether a block's words stand on the line after its label."""
        if block.label is None:
            return False
        start, end = words_of(block)
        words = self.source.text[start:end]
        return "\n" in words[: len(words) - len(words.lstrip())]

    # ------------------------------------------------------------ kinds

    def _write_gap(self, parent: etree._Element, block: Block) -> None:
        """Append an omission that has its line to itself."""
        words = self.source.text[block.start : block.end]
        element = self._start(parent, block, "gap")
        self.inline.set(element, {"reason": "editorial", "resp": "#tr"})
        if words == "[…]":
            return
        bracketed = words.startswith("[") and words.endswith("]") and len(words) > 2
        if not bracketed:
            element.set("rend", "no-brackets")
        etree.SubElement(element, tei("desc")).text = words[1:-1] if bracketed else words

    def _write_milestone(self, parent: etree._Element, block: Block) -> None:
        """Append a rule, its strokes as `@n`; where none may stand, the strokes as a blank."""
        element = self._start(parent, block, "milestone")
        element.set("unit", "rule")
        element.set("rend", "rule")
        element.set("n", self.source.text[block.start : block.end])

    def _write_pb(self, parent: etree._Element, block: Block) -> None:
        """Append a page break; the words that told of it stay as forme work."""
        words = self.source.text[block.start : block.end]
        digits = "".join(sign for sign in words if sign.isdigit())
        etree.SubElement(parent, tei("pb"), {"n": digits} if digits else {})
        element = self._start(parent, block, "fw")
        element.set("type", "pageNum")
        element.text = words

    def _write_field(self, parent: etree._Element, block: Block) -> None:
        """Append a labelled line of a telegram's or memorandum's head."""
        element = self._start(parent, block, "seg")
        if block.label:
            label = etree.SubElement(element, tei("seg"), {"type": "label"})
            self.inline.write(label, *block.label, [])
            start, end = block.label[1], block.end
            self.inline.write(element, start, end, [*block.spans, *self.names(start, end)])

    def _write_stamp(self, parent: etree._Element, block: Block) -> None:
        """Append a stamp that a line names with its label, without brackets."""
        holder = parent
        if etree.QName(parent).localname not in ("opener", "closer"):
            holder = etree.SubElement(parent, tei("ab"), {"type": "docket"})
        element = self._start(holder, block, "stamp")
        if block.label:
            caption = etree.SubElement(element, tei("seg"), {"type": "caption", "resp": "#tr"})
            self.inline.write(caption, *block.label, [])
        start, end = words_of(block)
        self.inline.write(element, start, end, [*block.spans, *self.names(start, end)])

    def _write_bracket(self, parent: etree._Element, block: Block) -> None:
        """Append a bracket that has its lines to itself: bare where it may, else wrapped."""
        local = etree.QName(parent).localname
        root = next((s for s in block.spans if s.start == block.start and s.end > s.start), None)
        name = root.name if root else ""
        whole = root is not None and root.end >= block.end
        bare = whole and (
            (name in _GLOBAL and name != "fw")
            or (name == "stamp" and local in ("opener", "closer"))
        )
        if not bare:
            block.attributes.setdefault("type", "docket")
            wrapper = {"opener": "seg", "closer": "signed"}.get(local, "ab")
            if wrapper == "signed":
                block.attributes.pop("type")
            self._plain(parent, block, wrapper)
            return
        first = self.source.line_number(block.start)
        last = self.source.line_number(max(block.start, block.end - 1))
        count = len(parent)
        self.inline.write(
            parent, block.start, block.end, [*block.spans, *self.names(block.start, block.end)]
        )
        for element in parent[count:]:
            if not element.tag.endswith("}pb"):
                element.set("source", f"line:{first - 1},{last}")

    def _write_list(self, parent: etree._Element, block: Block) -> None:
        """Append a list: all items labelled, or none (a label missing among others is `@n`)."""
        element = self._start(parent, block, "list")
        del element.attrib["source"]
        items = [child for child in block.children if child.kind == "item"]
        labelled = all(item.label for item in items)
        for child in block.children:
            if child.kind != "item":
                self.block(element, child)
            elif labelled:
                self._labelled(element, child)
                self._item(element, child)
            else:
                self._item_without_label(element, child)

    def _item(self, parent: etree._Element, block: Block) -> None:
        """Append an item after its label."""
        if not block.children:
            element = self._start(parent, block, "item")
            self._after_label(element, block)
            return
        element = etree.SubElement(parent, tei("item"))
        first = Block("p", block.start, block.end, label=block.label, spans=block.spans)
        paragraph = self._start(element, first, "p")
        self._after_label(paragraph, first)
        for child in block.children:
            self.block(element, child)

    def _after_label(self, element: etree._Element, block: Block) -> None:
        """Append the words after a label, saying how they follow it."""
        if self._breaks_after_label(block):
            etree.SubElement(element, tei("lb"))
        else:
            self._adjacent(element, block)
        self._words(element, block)

    def _item_without_label(self, parent: etree._Element, block: Block) -> None:
        """Append an item of a list whose items are not all labelled: its label is its own text."""
        element = self._start(parent, block, "item")
        if block.label:
            seg = etree.SubElement(element, tei("seg"), {"type": "label"})
            self.inline.write(seg, *block.label, [])
        start = block.label[1] if block.label else block.start
        self.inline.write(element, start, block.end, [*block.spans, *self.names(start, block.end)])

    def _write_note(self, parent: etree._Element, block: Block) -> None:
        """Append a note of a note list, with its label as it stands."""
        element = self._start(parent, block, "note")
        identifier = self.identifiers.note(block.attributes.get("n", ""))
        if not self.identifiers.take(identifier):
            identifier = self.identifiers.next("n")
        element.set(XML_ID, identifier)
        if block.label:
            seg = etree.SubElement(element, tei("seg"), {"type": "label"})
            self.inline.write(seg, *block.label, [])
        start = block.label[1] if block.label else block.start
        holder = element
        if self.bibliographic:
            words = self.source.text[start : block.end]
            if words[:1].isspace():
                seg.tail = " "
            start += len(words) - len(words.lstrip())
            holder = etree.SubElement(element, tei("bibl"))
        self.inline.write(holder, start, block.end, [*block.spans, *self.names(start, block.end)])
        for child in block.children:
            self.block(element, child)

    def _write_bibl(self, parent: etree._Element, block: Block) -> None:
        """Append a work of a list, with its bullet as `@n`."""
        element = self._start(parent, block, "bibl")
        if block.label:
            element.set("n", self.source.text[slice(*block.label)])
        self._words(element, block)

    def _write_listBibl(self, parent: etree._Element, block: Block) -> None:  # noqa: N802 - TEI's name
        """Append a list of works."""
        element = self._start(parent, block, "listBibl")
        del element.attrib["source"]
        for child in block.children:
            self.block(element, child)

    def _write_sp(self, parent: etree._Element, block: Block) -> None:
        """Append a speech: the speaker as labelled, and what is said on the same line."""
        element = etree.SubElement(parent, tei("sp"))
        speaker = etree.SubElement(element, tei("speaker"))
        start, end = words_of(block)
        self.inline.write(speaker, block.start, start, self.names(block.start, start))
        broken = self._breaks_after_label(block)
        said = Block("p", start, end, run_in=not broken, spans=block.spans)
        paragraph = self._start(element, said, "p")
        words = self.source.text[start:end]
        first = start + len(words) - len(words.lstrip())
        self.inline.write(paragraph, first, end, [*block.spans, *self.names(first, end)])

    def _write_ps(self, parent: etree._Element, block: Block) -> None:
        """Append the label and the words of a postscript."""
        start, end = words_of(block)
        words = self.source.text[start:end]
        if block.label is None or not words.strip():
            alone = Block("ab", block.start, block.end, attributes={"type": "label"})
            self._plain(parent, alone, "ab")
            return
        label = etree.SubElement(parent, tei("label"))
        self.inline.write(label, *block.label, [])
        first = start + len(words) - len(words.lstrip())
        self._plain(parent, Block("p", first, end, run_in=True, spans=block.spans), "p")

    def _write_table(self, parent: etree._Element, block: Block) -> None:
        """Append a table."""
        element = etree.SubElement(parent, tei("table"))
        self.inline.set(element, block.attributes)
        for row in block.children:
            self._row(element, row)

    def _row(self, parent: etree._Element, block: Block) -> None:
        """Append a row: cells between tabs or bars; bars are named, so that they come back."""
        element = self._start(parent, block, "row")
        text = self.source.text[block.start : block.end]
        sign = "|" if "|" in text else "\t"
        if sign == "|":
            tokens = ["bars"]
            tokens += ["bar-start"] if text.startswith("|") else []
            tokens += ["bar-end"] if text.endswith("|") else []
            element.set("rend", " ".join(tokens))
        position = block.start + (1 if sign == "|" and text.startswith("|") else 0)
        stop = block.end - (1 if sign == "|" and text.endswith("|") and len(text) > 1 else 0)
        while position <= stop:
            found = self.source.text.find(sign, position, stop)
            end = stop if found < 0 else found
            if sign == "|" or self.source.text[position:end].strip():
                cell = etree.SubElement(element, tei("cell"))
                spans = [*block.spans, *self.names(position, end)]
                self.inline.write(cell, position, end, spans)
            position = end + 1

    def _write_closer(self, parent: etree._Element, block: Block) -> None:
        """Append a closer with its parts."""
        element = self._start(parent, block, "closer")
        for child in block.children:
            self.block(element, child)

    def _write_postscript(self, parent: etree._Element, block: Block) -> None:
        """Append a postscript; one that holds no block becomes blocks of its own."""
        element = etree.SubElement(parent, tei("postscript"))
        for child in block.children:
            self.block(element, child)
        has_block = any(
            etree.QName(child).localname in ("p", "ab", "list", "table") for child in element
        )
        if not has_block:
            for child in list(element):
                held = etree.Element(tei("ab"), {"type": "docket"})
                element.replace(child, held)
                held.append(child)


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
        kinds = {
            "seg": "ab",
            "field": "ab",
            "dateline": "ab",
            "salute": "ab",
            "fw": "ab",
            "head": "ab",
        }
        if block.role == "top" and block.kind in kinds:
            block = Block(
                kinds[block.kind],
                block.start,
                block.end,
                attributes={"type": "docket"},
                spans=block.spans,
            )
        self.writer.block(self.element, block)

    def _loose(self, block: Block) -> None:
        """Append a part of a closing that nothing stands before, as a block of its own."""
        kind = "ab" if block.kind in ("signed", "salute", "dateline", "ps") else block.kind
        attributes = {"type": "docket"} if kind == "ab" else block.attributes
        loose = Block(kind, block.start, block.end, "bottom", attributes, spans=block.spans)
        loose.children = block.children
        loose.label = block.label if kind != "ab" else None
        self._middle(loose)

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
        if self.state == "top":
            for child in block.children:
                self._loose(child)
            return
        if self.state == "divisions":
            self.element = self.home
        self.state = "bottom"
        self.writer.block(self.element, block)
