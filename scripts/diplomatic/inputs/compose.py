"""A file that was read, written as the lines of a transcript with their layer.

One paragraph is one line, parted from the next by an empty one; items and rows stand on lines of
their own, cells parted by tabs. A note's mark is written `[1]`, the notes follow the text in the
same form; letterspaced words are written with a blank after each letter, as transcripts have them.
What is written so and does not stand in the file is known as a sign, so that the file's own words
can be told from it (`streams`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from diplomatic.inputs.flow import (
    Cell,
    Manuscript,
    Note,
    NotesHere,
    Paragraph,
    Part,
    Table,
)
from diplomatic.inputs.numerals import numeral
from diplomatic.inputs.phrases import Phrases, clean, on_lines
from diplomatic.transcript.layer import Layer
from diplomatic.transcript.model import Block

_RULE: Final = "____________________"


@dataclass
class Composed:
    """Lines and layer of a file, and its own words by where they stand in it.

    `streams` has the words of the text, of what was deleted from it, of notes and of comments.
    """

    text: str
    layer: Layer
    streams: dict[str, str]


def compose(manuscript: Manuscript) -> Composed:
    """Write a file that was read as lines with their layer."""
    return _Composer(manuscript).run()


@dataclass
class _List:
    """A list that is being written, one level of it."""

    level: int
    series: str
    block: Block


class _Composer(Phrases):
    """Writes one file."""

    def __init__(self, manuscript: Manuscript) -> None:
        layer = Layer(
            capture=manuscript.capture,
            reason=manuscript.reason,
            findings=list(manuscript.findings),
        )
        super().__init__(layer, _labels(manuscript.notes), list(manuscript.hands))
        self.manuscript = manuscript
        self.one_stream = manuscript.one_stream
        self.note_words: dict[str, list[str]] = {note.key: [] for note in manuscript.notes}
        self.placed: set[str] = set()
        self.lists: list[_List] = []

    def run(self) -> Composed:
        """Write text, notes, furniture."""
        for part in self.manuscript.content:
            self._part(part)
        self._end_lists()
        self.out.end_line(empty=bool(self.manuscript.notes))
        self.layer.body_end = self.out.length
        for note in self.manuscript.notes:
            self._note(note)
        for words in self.manuscript.furniture:
            self.out.end_line(empty=True)
            start = self.out.length
            self.out.put(clean(words).replace("\n", " "))
            block = Block("ab", start, self.out.length, attributes={"type": "label"})
            self.layer.furniture.append(block)
        self.place_waiting(self.out.visible)
        self.out.end_line()
        text = "".join(self.out.parts)
        spans = [part for span in self.layer.spans for part in on_lines(span, text)]
        self.layer.spans = sorted(spans, key=lambda span: span.start)
        self.layer.blocks.sort(key=lambda block: block.start)
        hands = self.manuscript.hands.items()
        self.layer.hands = tuple((self.hands[key], words) for key, words in hands)
        streams = {
            name: "".join(words for part in parts for words in part)
            for name, parts in self.streams.items()
        }
        return Composed(text, self.layer, streams)

    # ------------------------------------------------------------ blocks

    def _part(self, part: Part) -> None:
        """Write a paragraph or table."""
        if isinstance(part, NotesHere):
            self.placed.update(part.keys)
            self.streams["text"].extend(self.note_words[key] for key in part.keys)
            self.stream = self.begin("text")
        elif isinstance(part, Table):
            self._end_lists()
            if _is_frame(part):
                for cell in (cell for row in part.rows for cell in row):
                    for paragraph in cell.content:
                        self._part(paragraph)
            else:
                self._table(part)
        elif part.kind == "item":
            self._item(part)
        elif part.kind == "rule":
            self._end_lists()
            self.out.end_line(empty=True)
            self.out.put(_RULE)
        elif part.content:
            self._end_lists()
            self.out.end_line(empty=True)
            start = self.out.length
            if part.label:
                self.out.put(f"{part.label} ")
            start, end = self.content(part.content, start)
            if part.kind == "head" and end > start:
                self.layer.heads[start] = part.level

    def _item(self, paragraph: Paragraph) -> None:
        """Write a paragraph of a list, and put it into the list's block."""
        while self.lists and self.lists[-1].level > paragraph.level:
            self.lists.pop()
        if self.lists and self.lists[-1].level == paragraph.level and paragraph.label:
            last = self.lists.pop()
            if last.series == paragraph.series:
                self.lists.append(last)
        goes_on = not paragraph.label and self.lists and self.lists[-1].block.children
        self.out.end_line(empty=not self.lists)
        start = self.out.length
        if not paragraph.label and not goes_on:
            self.content(paragraph.content, start)
            return
        label = None
        if paragraph.label:
            label = (start, start + len(paragraph.label))
            self.out.put(f"{paragraph.label} ")
        first, end = self.content(paragraph.content, self.out.length)
        if goes_on:
            if end > first:
                self.lists[-1].block.children[-1].children.append(Block("p", first, end))
            return
        if end <= first:
            # A number without words is a line of its own.
            return
        self._listed(paragraph, Block("item", start, end, label=label))

    def _listed(self, paragraph: Paragraph, item: Block) -> None:
        """Hang an item into the list of its level."""
        level = paragraph.level
        if not self.lists or self.lists[-1].level < level:
            made = Block("list", item.start, item.end)
            bulleted = not any(map(str.isalnum, paragraph.label))
            made.attributes["rend"] = "bulleted" if bulleted else "numbered"
            if self.lists:
                self.lists[-1].block.children[-1].children.append(made)
            else:
                self.layer.blocks.append(made)
            self.lists.append(_List(level, paragraph.series, made))
        self.lists[-1].block.children.append(item)
        for each in self.lists:
            each.block.end = item.end

    def _end_lists(self) -> None:
        """End every list; its blocks reach to where its last words end."""
        if self.lists:
            outer = self.lists[0].block
            outer.end = max(_ends(outer))
        self.lists.clear()

    def _table(self, table: Table) -> None:
        """Write a table."""
        self.out.end_line(empty=True)
        made = Block("table", self.out.length, self.out.length)
        for number, row in enumerate(table.rows):
            self.out.end_line()
            cells = [self._cell(cell, index) for index, cell in enumerate(row)]
            filled = [cell for cell in cells if cell.end > cell.start]
            if not filled:
                continue
            block = Block("row", filled[0].start, filled[-1].end, children=cells)
            if number in table.headings:
                block.attributes["role"] = "label"
            made.children.append(block)
        if made.children:
            made.start, made.end = made.children[0].start, made.children[-1].end
            self.layer.blocks.append(made)

    def _cell(self, cell: Cell, index: int) -> Block:
        """Write a cell, its paragraphs on lines of their own."""
        if index:
            self.out.put("\t")
        start = self.out.length
        for paragraph in cell.content:
            if self.out.visible > start:
                self.out.put("\n")
            if paragraph.label:
                self.out.put(f"{paragraph.label} ")
            self.content(paragraph.content, self.out.length, tabs=False)
        made = Block("cell", start, max(start, self.out.visible))
        spans = {"cols": cell.cols, "rows": cell.rows}
        made.attributes.update({name: str(n) for name, n in spans.items() if n > 1})
        if cell.heading:
            made.attributes["role"] = "label"
        return made

    def _note(self, note: Note) -> None:
        """Write a note with its label."""
        self.out.end_line()
        label = self.labels[note.key]
        self.stream = self.note_words[note.key]
        self.stream.append(note.shown)
        if note.key not in self.placed:
            self.streams["notes"].append(self.stream)
        start = self.out.length
        self.claim(f"[{label}]")
        self.out.put(" ")
        place = "bottom" if note.kind == "footnote" else "end"
        attributes = {"type": note.kind, "place": place, "n": label}
        extent = (start, start + len(label) + 2)
        block = Block("note", start, extent[1], attributes=attributes, label=extent)
        for number, paragraph in enumerate(note.content):
            if number:
                self.out.end_line()
            begun = self.out.length
            if paragraph.label:
                self.out.put(f"{paragraph.label} ")
            self.content(paragraph.content, self.out.length)
            if self.out.visible > begun and block.end > extent[1]:
                block.children.append(Block("p", begun, self.out.visible))
            elif self.out.visible > begun:
                block.end = self.out.visible
        self.layer.notes.append(block)


def _labels(notes: list[Note]) -> dict[str, str]:
    """Return the label of each note: numbers, Roman ones for endnotes beside footnotes."""
    both = len({note.kind for note in notes}) > 1
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for note in notes:
        counts[note.kind] += 1
        roman = both and note.kind == "endnote"
        label = note.label or numeral(counts[note.kind], "lowerRoman" if roman else "decimal")
        taken = label in labels.values()
        labels[note.key] = f"{label}-{len(labels)}" if taken else label
    return labels


def _is_frame(table: Table) -> bool:
    """Whether a table is no more than a frame around text: one column, or one cell."""
    return all(len(row) < 2 for row in table.rows)


def _ends(block: Block) -> list[int]:
    """Return where a block and all inside it end."""
    return [block.end, *(end for inner in block.children for end in _ends(inner))]
