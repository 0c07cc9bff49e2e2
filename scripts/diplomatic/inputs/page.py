"""Web pages saved from a browser: headings, lists, tables, notes and links as the page has them.

Pages of wikis are known by their software's marks. Scripts, styles and the frame of the page
(`chrome`) are left out; nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import lxml.html
from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.inputs.chrome import DROPPED, is_chrome
from diplomatic.inputs.flow import (
    Cell,
    Inline,
    Look,
    Manuscript,
    Note,
    NoteMark,
    NotesHere,
    Paragraph,
    Part,
    Picture,
    Run,
    Table,
    flat,
    joined,
)
from diplomatic.inputs.links import safe_link
from diplomatic.inputs.numerals import numeral
from diplomatic.inputs.page_parts import (
    collapsed,
    integer_of,
    is_frame,
    is_grid,
    is_mark,
    styled,
    take_label,
    text_of,
)

_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_LOOKS: Final[dict[str, Look]] = {
    **{"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic"},
    **{"dfn": "italic", "var": "italic", "u": "underline", "s": "strikethrough"},
    **{"strike": "strikethrough", "sup": "superscript", "sub": "subscript"},
}
_CHANGES: Final[dict[str, Literal["add", "del"]]] = {"ins": "add", "del": "del"}
_BLOCKS: Final = frozenset(
    (
        *("p", "div", "section", "article", "header", "main", "address", "blockquote", "pre"),
        *(
            "head",
            "figure",
            "figcaption",
            "dl",
            "dt",
            "dd",
            "ul",
            "ol",
            "li",
            "fieldset",
            "details",
        ),
        *("summary", "center", "hgroup", "body", "caption", "legend", "hr", "table", "tr"),
        *("td", "th", "tbody", "thead", "tfoot"),
    )
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_SHAPES: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NOTE_HOLDERS: Final = frozenset({"li", "p", "div", "aside", "dd", "section"})


def read_page(html: str, name: str, saved: bool = True) -> Manuscript:
    """Read a web page.

    Args:
        html: the page.
        name: what findings call it.
        saved: whether it was saved as a page, which has a frame.

    Raises:
        DiplomaticError: D011, it holds nothing.
    """
    try:
        root = lxml.html.document_fromstring(_DECLARATION.sub("", html))
    except (etree.ParserError, ValueError) as error:
        message = "the page holds no visible character"
        raise DiplomaticError(Finding("D011", message, Place(name))) from error
    manuscript = _Reader(root, name).run()
    if not saved:
        manuscript.findings.clear()
    return manuscript


@dataclass(frozen=True)
class _Where:
    """What holds for the words at a place."""

    looks: frozenset[Look] = frozenset()
    link: str = ""
    change: Literal["", "add", "del"] = ""
    kept: bool = False  # whether blank space is kept as it is


@dataclass
class _Output:
    """Where paragraphs go: the page's text, a cell or a note."""

    parts: list[Part] = field(default_factory=list)
    line: list[Inline] = field(default_factory=list)
    label: str = ""
    depth: int = -1


class _Reader:
    """Reads one page."""

    def __init__(self, root: etree._Element, name: str) -> None:
        self.root = root
        self.name = name
        self.out = _Output()
        self.made = Manuscript(one_stream=True)
        self.left_out = 0
        self.kind: Literal["p", "head"] = "p"
        self.level = 0
        self.targets = {
            str(element.get("id") or element.get("name")): element
            for element in root.iter(etree.Element)
            if element.get("id") or (element.tag == "a" and element.get("name"))
        }
        self.order = {element: number for number, element in enumerate(root.iter())}
        self.notes: dict[etree._Element, Note] = {}
        self._wiki()
        self._find_notes()

    def run(self) -> Manuscript:
        """Read the page."""
        # All of it: what stands before the body by mistake may be text of the page.
        self._children(self.root, _Where())
        self._flush()
        self.made.content = self.out.parts
        here = [part for part in self.made.content if isinstance(part, NotesHere)]
        order = [key for part in here for key in part.keys]
        known = {note.key: note for note in self.notes.values()}
        self.made.notes = [known[key] for key in order if key in known]
        if self.left_out:
            message = f"the page's frame is left out: {self.left_out} menus, links to edit, …"
            self.made.findings.append(Finding("D427", message, Place(self.name)))
        return self.made

    def _wiki(self) -> None:
        """Say whether the page was saved from a wiki."""
        generator = self.root.xpath("string(//meta[@name='generator']/@content)")
        made_by = "MediaWiki" in str(generator)
        parsed = self.root.xpath("boolean(//*[contains(@class, 'mw-parser-output')])")
        if made_by or parsed:
            self.made.capture = "wiki"
            self.made.reason = "the page was made by the software of a wiki"

    # ------------------------------------------------------------ notes

    def _find_notes(self) -> None:
        """Find the notes: what marks lead to."""
        for link in self.root.iter("a"):
            holder = self._noted(link)
            if holder is None or is_frame(holder) or _in_frame(link) or _in_frame(holder):
                continue
            label = " ".join(text_of(link).split()).strip("[]() ")
            if holder not in self.notes:
                note = Note(f"note {len(self.notes) + 1}", "endnote", label=label)
                self.notes[holder] = note

    def _holder(self, key: str) -> etree._Element | None:
        """Return the element that holds the note of an identifier."""
        element = self.targets.get(key)
        while element is not None and element.tag not in _NOTE_HOLDERS:
            element = element.getparent() if element.tag in ("a", "span", "sup", "b") else None
        return element

    def _note(self, element: etree._Element) -> None:
        """Read a note aside from the text."""
        note = self.notes[element]
        self._flush()
        outer, self.out = self.out, _Output()
        self._children(element, _Where())
        self._flush()
        note.content = flat(self.out.parts)
        inner = [key for part in self.out.parts if isinstance(part, NotesHere) for key in part.keys]
        for paragraph in note.content:
            paragraph.kind, paragraph.level, paragraph.label = "p", 0, ""
        if note.content:
            take_label(note, note.content[0])
        self.out = outer
        last = self.out.parts[-1] if self.out.parts else None
        if isinstance(last, Paragraph) and last.kind == "rule":
            # A line that parts notes from text stands for nothing else.
            self.out.parts.pop()
        if isinstance(last, NotesHere):
            last.keys += [note.key, *inner]
        else:
            self.out.parts.append(NotesHere([note.key, *inner]))

    # ------------------------------------------------------------ blocks

    def _flush(self) -> None:
        """End the paragraph in the making."""
        content = joined(collapsed(self.out.line))
        self.out.line = []
        if not any(not isinstance(part, Run) or part.words.strip() for part in content):
            return
        paragraph = Paragraph(content, self.kind, self.level)
        if self.out.depth >= 0 and self.kind == "p":
            paragraph.kind, paragraph.level = "item", self.out.depth
            paragraph.label, self.out.label = self.out.label, ""
        self.out.parts.append(paragraph)

    def _children(self, parent: etree._Element, where: _Where) -> None:
        """Read the words and elements inside an element."""
        self._words(parent.text or "", where)
        for element in parent:
            if isinstance(element.tag, str):
                self._element(element, element.tag, where)
            self._words(element.tail or "", where)

    def _words(self, words: str, where: _Where) -> None:
        """Append words; outside of `pre` a run of blank space is one blank."""
        words = words if where.kept else _BLANKS.sub(" ", words)
        if words:
            self.out.line.append(Run(words, where.looks, where.link, where.change))

    def _element(self, element: etree._Element, tag: str, where: _Where) -> None:
        """Read an element."""
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        if tag in DROPPED:
            return
        if is_chrome(tag, attributes) and element not in self.notes:
            self.left_out += 1
        elif element in self.notes and not self.notes[element].content:
            self._note(element)
        elif tag in _HEADINGS:
            self._flush()
            self.kind, self.level = "head", _HEADINGS[tag]
            self._children(element, _Where())
            self._flush()
            self.kind, self.level = "p", 0
        elif tag == "table":
            self._table(element, where)
        elif tag in ("ul", "ol", "menu"):
            self._list(element, tag)
        elif tag == "hr":
            self._flush()
            self.out.parts.append(Paragraph(kind="rule"))
        elif tag in _BLOCKS:
            self._flush()
            self._children(element, replace(where, kept=where.kept or tag == "pre"))
            self._flush()
        else:
            self._phrase(element, tag, where)

    def _list(self, element: etree._Element, tag: str) -> None:
        """Read a list."""
        self._flush()
        label, depth = self.out.label, self.out.depth
        self.out.depth += 1
        self._words(element.text or "", _Where())
        number = integer_of(element.get("start"), 1) - 1
        for item in element:
            if item.tag == "li" and item not in self.notes and not is_frame(item):
                self._flush()
                number = integer_of(item.get("value"), number + 1)
                shape = _SHAPES.get(element.get("type") or "", "decimal")
                self.out.label = f"{numeral(number, shape)}." if tag == "ol" else "•"
                self._children(item, _Where())
                self._flush()
            elif isinstance(item.tag, str):
                self._element(item, item.tag, _Where())
            self._words(item.tail or "", _Where())
        self._flush()
        self.out.label, self.out.depth = label, depth

    def _table(self, element: etree._Element, where: _Where) -> None:
        """Read a table; one that only arranges the page is read as its cells' text."""
        self._flush()
        if element.get("role") == "presentation" or not is_grid(element):
            self._children(element, where)
            self._flush()
            return
        table = Table()
        headings = set()
        aside: list[Part] = []
        for caption in element.findall("caption"):
            self._element(caption, "caption", _Where())
        for row in element.iter("tr"):
            if is_frame(row) or _in_frame(row):
                continue
            found = [cell for cell in row if cell.tag in ("td", "th") and not is_frame(cell)]
            cells = [self._cell(cell, aside) for cell in found]
            parent = row.getparent()
            headed = parent is not None and parent.tag == "thead"
            if headed or (cells and all(cell.heading for cell in cells)):
                headings.add(len(table.rows))
                for cell in cells:
                    cell.heading = False
            table.rows.append(cells)
        table.headings = frozenset(headings)
        self.out.parts += [table, *aside]

    def _cell(self, element: etree._Element, aside: list[Part]) -> Cell:
        """Return a cell of a table; notes that stand in it are put aside."""
        outer, self.out = self.out, _Output()
        self._children(element, _Where())
        self._flush()
        content = [part for part in flat(self.out.parts) if part.kind != "rule"]
        aside += [part for part in self.out.parts if isinstance(part, NotesHere)]
        self.out = outer
        cell = Cell(content, heading=element.tag == "th")
        cell.cols = min(max(1, integer_of(element.get("colspan"), 1)), 1000)
        cell.rows = min(max(1, integer_of(element.get("rowspan"), 1)), 1000)
        return cell

    # ------------------------------------------------------------ inside a paragraph

    def _phrase(self, element: etree._Element, tag: str, where: _Where) -> None:
        """Read an element inside a paragraph."""
        if tag == "br":
            self.out.line.append(Run("\n", where.looks, where.link, where.change))
        elif tag == "img":
            if words := (element.get("alt") or "").strip():
                self.out.line.append(Picture(words))
        elif tag == "a":
            self._link(element, where)
        elif tag == "sup" and (marks := self._marks(element)):
            for mark in marks:
                self._link(mark, where)
        elif tag in _CHANGES:
            self._children(element, replace(where, change=_CHANGES[tag]))
        else:
            plain = tag not in _LOOKS or (tag == "cite" and self.made.capture == "wiki")
            looks = where.looks if plain else where.looks | {_LOOKS[tag]}
            looks = styled(element.get("style") or "", looks)
            self._children(element, replace(where, looks=looks))

    def _marks(self, element: etree._Element) -> list[etree._Element]:
        """Return the marks of notes that a raised element consists of."""
        marks = [link for link in element.iter("a") if self._noted(link) is not None]
        words = "".join(text_of(link) for link in marks)
        return marks if words.split() == text_of(element).split() else []

    def _noted(self, link: etree._Element) -> etree._Element | None:
        """Return the holder of the note that a link is the mark of; it stands further on."""
        before, sign, key = (link.get("href") or "").rpartition("#")
        holder = self._holder(key) if sign and not before else None
        if holder is None or not is_mark(link) or self.order[holder] < self.order[link]:
            return None
        return holder

    def _link(self, element: etree._Element, where: _Where) -> None:
        """Read a link, or the mark of a note."""
        holder = self._noted(element)
        words = " ".join(text_of(element).split())
        if holder in self.notes:
            self.out.line.append(NoteMark(self.notes[holder].key, words))
            return
        link = safe_link(element.get("href") or "")
        self._children(element, replace(where, link=link))


def _in_frame(element: etree._Element) -> bool:
    """Whether an element stands in the frame of the page."""
    return any(map(is_frame, element.iterancestors()))
