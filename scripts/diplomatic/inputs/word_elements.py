"""What the reader of Word documents asks of an element, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from diplomatic.inputs.elements import attribute, child, is_named
from diplomatic.inputs.flow import Cell, Inline, Part, Run, Table
from diplomatic.inputs.links import safe_link
from diplomatic.xml.names import local_name

# Properties, and what is no text: instructions of fields, marks of the note inside it.
SILENT: Final = frozenset(
    (
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr"),
        *("footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator"),
        *("tblPrEx", "smartTagPr", "customXmlPr", "rubyPr", "pgNum", "lastRenderedPageBreak"),
        *("Fallback", "softHyphen", "delInstrText"),
    )
)


@dataclass
class Line:
    """A paragraph in the making, and the paragraphs of text boxes that hang on it."""

    content: list[Inline] = field(default_factory=list)
    boxes: list[Part] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)


def said_of(author: str, dates: list[str]) -> str:
    """Return who made tracked changes, and when, in words."""
    who = "nobody who is named" if author == "?" else author
    days = sorted(set(dates))
    when = f", {days[0]}" if days else ""
    when += f" to {days[-1]}" if len(days) > 1 else ""
    return f"{who}{when}: changes tracked in the file of the transcript"


def children_of(element: etree._Element, name: str) -> list[etree._Element]:
    """Return children of a name, those inside content controls and tracked changes included."""
    found: list[etree._Element] = []
    for each in element:
        if is_named(each, name):
            found.append(each)
        elif isinstance(each.tag, str) and local_name(each.tag) not in {*SILENT, "tbl", "p"}:
            found += children_of(each, name)
    return found


def chosen(element: etree._Element) -> etree._Element:
    """Return the alternative that is read: the first, or the one for old programs alone."""
    choice, fallback = child(element, "Choice"), child(element, "Fallback")
    if choice is not None and (fallback is None or len(choice)):
        return choice
    return element if fallback is None else fallback


def has_words(cell: Cell) -> bool:
    """Whether anything stands in a cell."""
    return any(paragraph.content for paragraph in cell.content)


def bold_first(table: Table) -> set[int]:
    """Return the first row if all of it is bold and the second is not; else nothing."""
    bold = [
        all(
            "bold" in part.looks
            for cell in row
            for paragraph in cell.content
            for part in paragraph.content
            if isinstance(part, Run) and part.words.strip()
        )
        for row in table.rows[:2]
    ]
    filled = table.rows and all(has_words(cell) for cell in table.rows[0])
    return {0} if bold == [True, False] and filled else set()


def symbol(element: etree._Element) -> str:
    """Return a sign that is named by its code in a font."""
    try:
        return chr(int(attribute(element, "char"), 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def follow_field(element: etree._Element, name: str, line: Line) -> None:
    """Follow a field: its instruction is kept while its result is read."""
    kind = attribute(element, "fldCharType")
    if kind == "begin":
        line.instructions.append("")
    elif kind == "end" and line.instructions:
        line.instructions.pop()
    elif name == "instrText" and line.instructions:
        line.instructions[-1] += element.text or ""


def address(instruction: str) -> str:
    """Return the address in the instruction of a field; empty for other fields."""
    words = instruction.split()
    if len(words) < 2 or words[0].upper() != "HYPERLINK":
        return ""
    return safe_link(words[1].strip('"“”'))
