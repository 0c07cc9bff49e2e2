"""OpenDocument texts (.odt): the text with its notes, comments, tracked changes, tables, pictures.

Elements are told by their local names; the archive is read by our own safe reader, since what is
in it is plain XML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.inputs.elements import attribute, child, descendants, is_named
from diplomatic.inputs.flow import (
    Cell,
    Comment,
    Inline,
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
from diplomatic.inputs.numerals import numeral
from diplomatic.inputs.opendocument_styles import Styles
from diplomatic.inputs.package import Package
from diplomatic.xml.names import local_name

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_SHAPES: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SILENT: Final = frozenset(
    (
        *("note-citation", "tracked-changes", "sequence-decls", "forms", "soft-page-break"),
        *("annotation-end", "creator", "date", "title", "desc", "table-column", "table-columns"),
        *(
            "change-info",
            "variable-decls",
            "user-field-decls",
            "event-listeners",
            "object",
            "object-ole",
            "image",
        ),
    )
)


def read_opendocument(package: Package) -> Manuscript:
    """Read an OpenDocument text.

    Args:
        package: the file, opened.

    Raises:
        DiplomaticError: D100, D101, D120, D421 to D423: a part of it cannot be read.
    """
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(descendants(manifest, "encryption-data"), None) is not None:
        raise DiplomaticError(Finding("D421", "it has a password", Place(package.name)))
    return _Reader(package).run()


@dataclass(frozen=True)
class _Where:
    """What holds for the words at a place."""

    looks: frozenset[Look] = frozenset()
    link: str = ""


@dataclass
class _Line:
    """A paragraph in the making."""

    content: list[Inline] = field(default_factory=list)


class _Reader:
    """Reads one document."""

    def __init__(self, package: Package) -> None:
        self.package = package
        root = package.needed("content.xml")
        self.body = child(root, "body", "text")
        self.pages = package.xml("styles.xml")
        self.styles = Styles([self.pages, root])
        self.made = Manuscript()
        self.deletions: dict[str, tuple[etree._Element, str]] = {}
        self.insertions: dict[str, str] = {}
        self.inserted = ""
        self.in_deletion = ""
        self.counts: dict[str, int] = {}
        self.hands: dict[str, set[str]] = {}

    def run(self) -> Manuscript:
        """Read text, notes, page heads and feet."""
        if self.body is None:
            place = Place(self.package.name)
            raise DiplomaticError(Finding("D422", "it holds no text document", place))
        for region in self.body.iter("{*}changed-region"):
            self._region(region)
        self.made.content = self._blocks(self.body)
        for kind in ("header", "footer"):
            for element in () if self.pages is None else descendants(self.pages, kind):
                for paragraph in flat(self._blocks(element)):
                    words = " ".join(paragraph.words.split())
                    if any(map(str.isalpha, words)) and words not in self.made.furniture:
                        self.made.furniture.append(words)
        for who, days in self.hands.items():
            when = f", {min(days)}" if days else ""
            when += f" to {max(days)}" if len(days) > 1 else ""
            self.made.hands[who] = f"{who}{when}: changes tracked in the file of the transcript"
        self._findings()
        return self.made

    def _findings(self) -> None:
        """Say what is odd about the file."""
        place = Place(self.package.name)
        if any(name.startswith(("Basic/", "Scripts/")) for name in self.package.names):
            said = Finding("D424", "it holds a program (macros)", place)
            self.made.findings.append(said)

    def _region(self, region: etree._Element) -> None:
        """Keep what was deleted or inserted, by its identifier, and who did it."""
        key = attribute(region, "id")
        for change in region:
            information = child(change, "change-info")
            creator = child(information, "creator")
            who = (creator.text or "").strip() if creator is not None else ""
            who = who or "nobody who is named"
            dated = child(information, "date")
            days = self.hands.setdefault(who, set())
            if dated is not None and dated.text:
                days.add(dated.text[:10])
            if is_named(change, "deletion"):
                self.deletions[key] = (change, who)
            elif is_named(change, "insertion"):
                self.insertions[key] = who

    # ------------------------------------------------------------ blocks

    def _blocks(self, parent: etree._Element, depth: int = 0) -> list[Part]:
        """Return the paragraphs and tables of a body, cell, note or section."""
        elements = (element for element in parent if isinstance(element.tag, str))
        return [part for element in elements for part in self._block(element, depth)]

    def _block(self, element: etree._Element, depth: int) -> list[Part]:
        """Return the paragraphs and tables that an element is or holds."""
        name = local_name(element.tag)
        if name in ("p", "h"):
            return [self._paragraph(element, name)]
        if name == "list":
            return self._list(element, depth)
        if name == "table":
            return [self._table(element)]
        if name in ("change", "change-start", "change-end"):
            line = _Line()
            self._change(element, name, _Where(), line)
            return [Paragraph(line.content)] if line.content else []
        return [] if name in _SILENT else self._blocks(element, depth)

    def _paragraph(self, element: etree._Element, name: str) -> Paragraph:
        """Return a paragraph or heading."""
        style = attribute(element, "style-name")
        level = attribute(element, "outline-level") if name == "h" else ""
        deep = int(level) if level.isdecimal() and len(level) < 3 else int(name == "h")
        if "Title" in self.styles.names(style):
            deep = 1
        line = _Line([PageBreak()] if self.styles.begins_page(style) else [])
        looks = frozenset[Look]() if deep else self.styles.looks(style, frozenset())
        self._inside(element, _Where(looks), line)
        return Paragraph(joined(_collapsed(line.content)), "head" if deep else "p", deep)

    def _list(self, element: etree._Element, depth: int, outer: str = "") -> list[Part]:
        """Return the items of a list, those of the lists inside it after theirs."""
        made: list[Part] = []
        style = attribute(element, "style-name") or outer
        key = f"{style} {depth}"
        if attribute(element, "continue-numbering") != "true":
            self.counts[key] = self._start(style, depth) - 1
        for item in element:
            if not isinstance(item.tag, str) or not is_named(item, "list-item"):
                made += self._blocks(item) if isinstance(item.tag, str) else []
                continue
            if (given := attribute(item, "start-value")).isdecimal():
                self.counts[key] = int(given) - 1
            labelled = False
            for part in item:
                if is_named(part, "list"):
                    made += self._list(part, depth + 1, style)
                    continue
                for one in self._block(part, depth) if isinstance(part.tag, str) else ():
                    if isinstance(one, Paragraph):
                        one.kind, one.level = "item", depth
                        one.label = "" if labelled else self._label(style, depth, key)
                        labelled = True
                    made.append(one)
        return made

    def _level(self, style: str, depth: int) -> etree._Element | None:
        """Return what a style of lists says of a level."""
        found = self.styles.lists.get(style)
        levels = iter(()) if found is None else iter(found)
        return next((one for one in levels if attribute(one, "level") == str(depth + 1)), None)

    def _start(self, style: str, depth: int) -> int:
        """Return the number that a list begins with."""
        start = attribute(self._level(style, depth), "start-value")
        return int(start) if start.isdecimal() else 1

    def _label(self, style: str, depth: int, key: str) -> str:
        """Return the label of the next item of a list."""
        level = self._level(style, depth)
        if level is None or not is_named(level, "list-level-style-number"):
            return "•"
        self.counts[key] = self.counts.get(key, 0) + 1
        shape = attribute(level, "num-format")
        before, after = attribute(level, "num-prefix"), attribute(level, "num-suffix")
        if not shape:
            return "•"
        number = numeral(self.counts[key], _SHAPES.get(shape, "decimal"))
        return f"{before}{number}{after}".strip() or "•"

    def _table(self, element: etree._Element) -> Table:
        """Return a table."""
        table = Table()
        headings: set[int] = set()
        for row in _rows(element):
            parent = row.getparent()
            if parent is not None and is_named(parent, "table-header-rows"):
                headings.add(len(table.rows))
            cells = []
            for found in row:
                if not isinstance(found.tag, str) or not is_named(found, "table-cell"):
                    continue
                cell = Cell(flat(self._blocks(found)))
                cell.cols = _count(found, "number-columns-spanned")
                cell.rows = _count(found, "number-rows-spanned")
                cells.append(cell)
            table.rows.append(cells)
        table.headings = frozenset(headings)
        return table

    # ------------------------------------------------------------ inside a paragraph

    def _inside(self, parent: etree._Element, where: _Where, line: _Line) -> None:
        """Read what stands in a paragraph, span or link."""
        self._words(parent.text or "", where, line)
        for element in parent:
            if isinstance(element.tag, str):
                self._element(element, local_name(element.tag), where, line)
            self._words(element.tail or "", where, line)

    def _element(self, element: etree._Element, name: str, where: _Where, line: _Line) -> None:
        """Read an element inside a paragraph."""
        if name == "span":
            looks = self.styles.looks(attribute(element, "style-name"), where.looks)
            self._inside(element, replace(where, looks=looks), line)
        elif name == "a":
            link = safe_link(attribute(element, "href"))
            self._inside(element, replace(where, link=link), line)
        elif name in ("s", "tab", "line-break"):
            count = _count(element, "c")
            sign = {"s": "\u0020" * count, "tab": "    ", "line-break": "\n"}[name]
            line.content.append(self._made(sign, where))
        elif name in ("change", "change-start", "change-end"):
            self._change(element, name, where, line)
        elif name == "note":
            self._note(element, line)
        elif name == "annotation":
            self._comment(element, line)
        elif name == "frame":
            self._frame(element, where, line)
        elif name in ("p", "h"):
            # A paragraph of a text box: a line of its own.
            line.content.append(self._made("\n", where))
            self._inside(element, where, line)
            line.content.append(self._made("\n", where))
        elif name not in _SILENT:
            self._inside(element, where, line)

    def _words(self, words: str, where: _Where, line: _Line) -> None:
        """Append words; a run of blank space is one blank, as OpenDocument has it."""
        if words := _BLANKS.sub(" ", words):
            line.content.append(self._made(words, where))

    def _made(self, words: str, where: _Where) -> Run:
        """Return words as they look here, with the change that they are part of."""
        change: Literal["", "add", "del"] = ""
        if self.in_deletion:
            change = "del"
        elif self.inserted in self.insertions:
            change = "add"
        hand = self.in_deletion or self.insertions.get(self.inserted, "")
        return Run(words, where.looks, where.link, change, hand)

    def _change(self, element: etree._Element, name: str, where: _Where, line: _Line) -> None:
        """Follow a tracked change: a stretch that was inserted, or the place of deleted words."""
        key = attribute(element, "change-id")
        if name == "change-start":
            self.inserted = key
        elif name == "change-end":
            self.inserted = ""
        elif key in self.deletions and not self.in_deletion:
            deletion, self.in_deletion = self.deletions[key]
            for number, paragraph in enumerate(_paragraphs(deletion)):
                if number:
                    line.content.append(self._made(" ", where))
                self._inside(paragraph, where, line)
            self.in_deletion = ""

    def _note(self, element: etree._Element, line: _Line) -> None:
        """Put the mark of a note, and read the note."""
        key = f"note {len(self.made.notes) + 1}"
        line.content.append(NoteMark(key))
        kind: Literal["footnote", "endnote"] = (
            "endnote" if attribute(element, "note-class") == "endnote" else "footnote"
        )
        made = Note(key, kind)
        self.made.notes.append(made)
        inserted, self.inserted = self.inserted, ""
        body = child(element, "note-body")
        made.content = flat(self._blocks(body)) if body is not None else []
        self.inserted = inserted

    def _comment(self, element: etree._Element, line: _Line) -> None:
        """Put a comment behind what it comments on."""
        creator = child(element, "creator")
        author = (creator.text or "").strip() if creator is not None else ""
        words = " ".join(" ".join(p.words.split()) for p in flat(self._blocks(element)))
        line.content.append(Comment(words.strip(), author))

    def _frame(self, element: etree._Element, where: _Where, line: _Line) -> None:
        """Read a frame: its picture by its description, its box by its text."""
        if next(descendants(element, "image"), None) is not None:
            said = (child(element, name) for name in ("desc", "title"))
            words = [(one.text or "").strip() for one in said if one is not None]
            self.made.undescribed += not any(words)
            line.content.append(Picture(next(filter(None, words), "")))
        for box in element:
            if isinstance(box.tag, str) and is_named(box, "text-box"):
                self._inside(box, where, line)


def _collapsed(content: list[Inline]) -> list[Inline]:
    """Return inline parts without a blank after a blank."""
    made: list[Inline] = []
    ended = True
    for part in content:
        if isinstance(part, Run):
            words = part.words.lstrip(" ") if ended and part.words.strip(" ") else part.words
            ended = words[-1:] in (" ", "\n")
            part = replace(part, words=words)
        made.append(part)
    return made


def _paragraphs(element: etree._Element) -> list[etree._Element]:
    """Return the paragraphs and headings of a deletion, none inside another."""
    return [
        each
        for each in element.iter("{*}p", "{*}h")
        if not any(isinstance(up.tag, str) and up.tag == each.tag for up in each.iterancestors())
    ]


def _rows(element: etree._Element) -> list[etree._Element]:
    """Return the rows of a table, without those of tables inside it."""
    found: list[etree._Element] = []
    for each in element:
        if not isinstance(each.tag, str):
            continue
        if is_named(each, "table-row"):
            found.append(each)
        elif local_name(each.tag) in ("table-header-rows", "table-rows", "table-row-group"):
            found += _rows(each)
    return found


def _count(element: etree._Element, name: str) -> int:
    """Return an attribute that counts, 1 where it does not."""
    value = attribute(element, name)
    return max(1, min(int(value), 1000)) if value.isdecimal() and len(value) < 9 else 1
