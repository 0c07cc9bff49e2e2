"""Word documents (.docx): the text with its notes, comments, tracked changes, tables, pictures.

The archive and its parts are read by our own safe reader rather than by a library for Word: none
of those that come as wheels reads notes, tracked changes, comments and list numbers together;
what they do not know they leave out without a word, and one expands entities.
Elements are told by their local names, so that both editions of the standard are read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from lxml import etree

from diplomatic.findings import Finding, Place
from diplomatic.inputs.elements import attribute, child, descendants
from diplomatic.inputs.flow import (
    Cell,
    Comment,
    Look,
    Manuscript,
    Note,
    NoteMark,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Run,
    Table,
    flat,
    joined,
)
from diplomatic.inputs.links import safe_link
from diplomatic.inputs.package import Package
from diplomatic.inputs.word_elements import (
    SILENT,
    Line,
    address,
    bold_first,
    children_of,
    chosen,
    follow_field,
    has_words,
    said_of,
    symbol,
)
from diplomatic.inputs.word_parts import (
    Numbering,
    Relationships,
    Styles,
    looks_of,
    relationships,
)
from diplomatic.xml.names import local_name

_PLAIN: Final[frozenset[Look]] = frozenset()
_SIGNS: Final = {"tab": "    ", "ptab": "    ", "cr": "\n", "noBreakHyphen": "\u2011"}
_CHANGES: Final[dict[str, Literal["add", "del"]]] = {
    **{"ins": "add", "moveTo": "add"},
    **{"del": "del", "moveFrom": "del"},
}


def read_word(package: Package) -> Manuscript:
    """Read a Word document.

    Args:
        package: the file, opened.

    Raises:
        DiplomaticError: D100, D101, D120, D421 to D423: a part of it cannot be read.
    """
    start = relationships(package, "").parts.get("officeDocument", ["word/document.xml"])[0]
    links = relationships(package, start)
    return _Reader(package, links).run(package.needed(start))


@dataclass(frozen=True)
class _Where:
    """What holds for the words at a place: their look, link, change, who made it."""

    looks: frozenset[Look] = _PLAIN
    link: str = ""
    change: Literal["", "add", "del"] = ""
    hand: str = ""


class _Reader:
    """Reads one document."""

    def __init__(self, package: Package, links: Relationships) -> None:
        self.package = package
        self.links = links
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"))
        self.made = Manuscript()
        self.hidden = 0
        self.comments = {
            attribute(comment, "id"): comment for comment in self._elements("comments", "comment")
        }
        self.notes: dict[str, etree._Element] = {}
        for kind in ("footnote", "endnote"):
            for note in self._elements(f"{kind}s", kind):
                if attribute(note, "type") in ("", "normal"):
                    self.notes[f"{kind} {attribute(note, 'id')}"] = note
        self.marked: list[str] = []
        self.hands: dict[str, list[str]] = {}

    def _part(self, kind: str) -> etree._Element | None:
        """Return the root of the part of a kind."""
        names = self.links.parts.get(kind, [])
        return self.package.xml(names[0]) if names else None

    def _elements(self, kind: str, name: str) -> list[etree._Element]:
        """Return the elements of a name in the part of a kind."""
        root = self._part(kind)
        return [] if root is None else list(descendants(root, name))

    def run(self, root: etree._Element) -> Manuscript:
        """Read text, notes, page heads and feet."""
        body = child(root, "body")
        self.made.content = self._blocks(body if body is not None else root)
        keys = self.marked
        # A note may hold the mark of another, which then follows.
        for key in keys:
            self._note(key)
        for key in [key for key in self.notes if key not in keys]:
            self._note(key)
        for kind in ("header", "footer"):
            for name in self.links.parts.get(kind, []):
                self._furniture(self.package.xml(name))
        self.made.hands = {key: said_of(key, dates) for key, dates in self.hands.items()}
        self._findings()
        return self.made

    def _note(self, key: str) -> None:
        """Read a note."""
        kind: Literal["footnote", "endnote"] = "footnote" if key[0] == "f" else "endnote"
        parts = flat(self._blocks(self.notes[key]))
        self.made.notes.append(Note(key, kind, parts))

    def _furniture(self, root: etree._Element | None) -> None:
        """Keep the lines of a page's head or foot; a page number alone says nothing."""
        for paragraph in flat(self._blocks(root)) if root is not None else ():
            words = " ".join(paragraph.words.split())
            if any(map(str.isalpha, words)) and words not in self.made.furniture:
                self.made.furniture.append(words)

    def _findings(self) -> None:
        """Say what is odd about the file."""
        place = Place(self.package.name)
        say = self.made.findings.append
        drawn = ("word/charts/chart", "word/diagrams/data")
        self.made.undescribed += sum(name.startswith(drawn) for name in self.package.names)
        if any(name.lower().endswith("vbaproject.bin") for name in self.package.names):
            say(Finding("D424", "it holds a program (macros)", place))
        if self.links.outside:
            kinds = ", ".join(sorted(set(self.links.outside)))
            say(Finding("D425", f"it draws on files elsewhere: {kinds}", place))
        if self.hidden:
            say(
                Finding(
                    "D426", f"words of it are formatted as hidden, in {self.hidden} places", place
                )
            )

    # ------------------------------------------------------------ blocks

    def _blocks(self, parent: etree._Element) -> list[Part]:
        """Return the paragraphs and tables of a body, cell, note or text box."""
        made: list[Part] = []
        for element in parent:
            name = local_name(element.tag) if isinstance(element.tag, str) else ""
            if name == "p":
                made += self._paragraph(element)
            elif name == "tbl":
                made.append(self._table(element))
            elif name == "AlternateContent":
                made += self._blocks(chosen(element))
            elif name and name not in SILENT:
                made += self._blocks(element)
        return made

    def _paragraph(self, element: etree._Element) -> list[Part]:
        """Return a paragraph, then those of the text boxes in it."""
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        level = self._level(properties, style)
        looks = _PLAIN if level else self.styles.looks(style, _PLAIN)
        line = Line()
        if child(properties, "pageBreakBefore") is not None:
            line.content.append(PageBreak())
        self._inside(element, _Where(looks), line)
        paragraph = Paragraph(joined(line.content), "head" if level else "p", level)
        self._numbered(paragraph, properties, style)
        return [paragraph, *line.boxes]

    def _level(self, properties: etree._Element | None, style: str) -> int:
        """Return the level of heading that a paragraph is."""
        outline = attribute(child(properties, "outlineLvl"), "val")
        if outline.isdigit():
            return int(outline) + 1 if int(outline) < 9 else 0
        return self.styles.level(style)

    def _numbered(
        self, paragraph: Paragraph, properties: etree._Element | None, style: str
    ) -> None:
        """Give a paragraph the number or bullet that Word shows before it."""
        numbers = child(properties, "numPr")
        numbers = self.styles.numbering(style) if numbers is None else numbers
        key = attribute(child(numbers, "numId"), "val")
        if key in ("", "0"):
            return
        level = attribute(child(numbers, "ilvl"), "val")
        depth = int(level) if level.isdecimal() and len(level) < 3 else 0
        paragraph.label = self.numbering.label(key, depth)
        if paragraph.label and paragraph.kind == "p":
            paragraph.kind, paragraph.level = "item", self.numbering.indent(key, depth)
            paragraph.series = self.numbering.series(key)

    def _table(self, element: etree._Element) -> Table:
        """Return a table; cells merged downwards are one."""
        table = Table()
        headings: set[int] = set()
        above: dict[int, Cell] = {}
        for row in children_of(element, "tr"):
            if child(row, "trPr", "tblHeader") is not None:
                headings.add(len(table.rows))
            cells: list[Cell] = []
            column = 0
            for found in children_of(row, "tc"):
                cell = Cell(flat(self._blocks(found)))
                span = attribute(child(found, "tcPr", "gridSpan"), "val")
                cell.cols = int(span) if span.isdecimal() and 0 < int(span) < 64 else 1
                merged = child(found, "tcPr", "vMerge")
                going_on = merged is not None and attribute(merged, "val") != "restart"
                if going_on and column in above and not has_words(cell):
                    above[column].rows += 1
                else:
                    cells.append(cell)
                    above[column] = cell
                column += cell.cols
            table.rows.append(cells)
        table.headings = frozenset(headings or bold_first(table))
        return table

    # ------------------------------------------------------------ inside a paragraph

    def _inside(self, parent: etree._Element, where: _Where, line: Line) -> None:
        """Read what stands in a paragraph, hyperlink, tracked change or control."""
        for element in parent:
            if not isinstance(element.tag, str):
                continue
            name = local_name(element.tag)
            if name in _CHANGES:
                self._inside(element, self._changed(element, _CHANGES[name], where), line)
            elif name == "hyperlink":
                link = safe_link(self.links.addresses.get(attribute(element, "id"), ""))
                self._inside(element, replace(where, link=link), line)
            elif name == "r":
                self._run(element, where, line)
            elif name == "AlternateContent":
                self._inside(chosen(element), where, line)
            elif name == "t":
                # Of a formula: words of the text stand in runs.
                line.content.append(self._words(element.text or "", where))
            elif name not in SILENT:
                self._inside(element, where, line)

    def _changed(
        self, element: etree._Element, change: Literal["add", "del"], where: _Where
    ) -> _Where:
        """Return what holds inside a tracked change."""
        author = attribute(element, "author").strip() or "?"
        dates = self.hands.setdefault(author, [])
        if date := attribute(element, "date")[:10]:
            dates.append(date)
        return replace(where, change=change, hand=author)

    def _run(self, element: etree._Element, where: _Where, line: Line) -> None:
        """Read a run."""
        properties = child(element, "rPr")
        style = attribute(child(properties, "rStyle"), "val")
        looks = looks_of(properties, self.styles.looks(style, where.looks))
        if where.link:
            looks -= {"underline"}
        hidden = child(properties, "vanish")
        if hidden is not None and attribute(hidden, "val") not in ("0", "false"):
            self.hidden += 1
        self._run_parts(element, replace(where, looks=looks), line)

    def _run_parts(self, parent: etree._Element, where: _Where, line: Line) -> None:
        """Read the parts of a run."""
        for element in parent:
            name = local_name(element.tag) if isinstance(element.tag, str) else ""
            if name in ("t", "delText"):
                line.content.append(self._words(element.text or "", where, line))
            elif name in _SIGNS:
                line.content.append(self._words(_SIGNS[name], where, line))
            elif name == "br":
                page = attribute(element, "type") == "page"
                line.content.append(PageBreak() if page else self._words("\n", where, line))
            elif name == "sym":
                line.content.append(self._words(symbol(element), where, line))
            elif name in ("footnoteReference", "endnoteReference"):
                self._mark(f"{name.removesuffix('Reference')} {attribute(element, 'id')}", line)
            elif name == "commentReference":
                self._comment(attribute(element, "id"), line)
            elif name in ("fldChar", "instrText"):
                follow_field(element, name, line)
            elif name == "AlternateContent":
                self._run_parts(chosen(element), where, line)
            elif name in ("drawing", "pict", "object"):
                self._drawing(element, line)
            elif name and name not in SILENT:
                # What runs hold besides, as ruby: its runs, with their words.
                self._inside(element, where, line)

    def _words(self, words: str, where: _Where, line: Line | None = None) -> Run:
        """Return words as they look here; those of a field that is a link lead there."""
        link = where.link
        if line is not None and not link:
            link = next((found for found in map(address, line.instructions) if found), "")
        return Run(words, where.looks, link, where.change, where.hand)

    def _mark(self, key: str, line: Line) -> None:
        """Put the mark of a note."""
        if key in self.notes:
            line.content.append(NoteMark(key))
            if key not in self.marked:
                self.marked.append(key)

    def _comment(self, key: str, line: Line) -> None:
        """Put a comment behind what it comments on."""
        found = self.comments.get(key)
        if found is None:
            return
        words = " ".join(" ".join(p.words.split()) for p in flat(self._blocks(found)))
        line.content.append(Comment(words.strip(), attribute(found, "author").strip()))

    def _drawing(self, element: etree._Element, line: Line) -> None:
        """Read a drawing: its description, and the text in its boxes."""
        for box in element.iter("{*}txbxContent"):
            # Boxes in boxes are read with the outer one.
            if next(box.iterancestors("{*}txbxContent"), None) is None:
                line.boxes += self._blocks(box)
        pictures = [*descendants(element, "pic"), *descendants(element, "imagedata")]
        if not pictures:
            return
        named = [*descendants(element, "docPr"), *descendants(element, "shape")]
        said = (attribute(e, key) for e in named for key in ("descr", "alt", "title"))
        words = next((words.strip() for words in said if words.strip()), "")
        self.made.undescribed += not words
        line.content.append(Picture(words))
