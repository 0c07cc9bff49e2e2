"""The model that every reader of a file makes: paragraphs of runs, tables, notes.

It knows no file format, no line and no TEI: `diplomatic.inputs.compose` makes a transcript of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from diplomatic.findings import Finding

Look = Literal[
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "superscript",
    "subscript",
    "letterspaced",
    "capitals",
]
"""How words look, as `@rend` names it."""


@dataclass(frozen=True)
class Run:
    """Words that look alike; `change` is a tracked change (`add`, `del`), `hand` who made it.

    A line feed in `words` is a line break inside the paragraph.
    """

    words: str
    looks: frozenset[Look] = frozenset()
    link: str = ""
    change: Literal["", "add", "del"] = ""
    hand: str = ""


@dataclass(frozen=True)
class NoteMark:
    """The place of a note, by the note's key; `shown` is what stands there in the file."""

    key: str
    shown: str = ""


@dataclass(frozen=True)
class Comment:
    """A comment on the words before it, and who made it."""

    words: str
    author: str = ""


@dataclass(frozen=True)
class PageBreak:
    """A page begins here."""


@dataclass(frozen=True)
class Picture:
    """A picture, as far as words describe it."""

    words: str


Inline = Run | NoteMark | Comment | PageBreak | Picture


@dataclass
class Paragraph:
    """A paragraph: `level` is that of a heading (from 1), or how far a list's item is set in.

    `label` is an item's number or bullet as shown; an item without one goes on with the item
    before. Items of one level are one list as long as their `series` is the same. `rule` is a
    line across the page.
    """

    content: list[Inline] = field(default_factory=list)
    kind: Literal["p", "head", "item", "rule"] = "p"
    level: int = 0
    label: str = ""
    series: str = ""

    @property
    def words(self) -> str:
        """The words of its runs."""
        return "".join(part.words for part in self.content if isinstance(part, Run))


@dataclass
class Cell:
    """A cell of a table: its paragraphs, how many columns and rows it takes."""

    content: list[Paragraph] = field(default_factory=list)
    cols: int = 1
    rows: int = 1
    heading: bool = False


@dataclass
class Table:
    """A table: rows of cells; the indices of those rows that hold headings."""

    rows: list[list[Cell]] = field(default_factory=list)
    headings: frozenset[int] = frozenset()


@dataclass
class NotesHere:
    """The place where notes stand in a file whose notes are part of its text."""

    keys: list[str] = field(default_factory=list)


Part = Paragraph | Table | NotesHere


@dataclass
class Note:
    """A note of the text: its key, its kind, its paragraphs, its label where the file has one.

    `shown` is what the file has before the note's words in the place of a label.
    """

    key: str
    kind: Literal["footnote", "endnote"]
    content: list[Paragraph] = field(default_factory=list)
    label: str = ""
    shown: str = ""


@dataclass
class Manuscript:
    """A whole file, read.

    `notes` are in the order of their marks; `one_stream` says that the file has all its words in
    one stream, notes and deleted words included; `undescribed` counts pictures and the like that
    the file has no words for; `furniture` are the lines of page heads and feet;
    `hands` says in words who made the tracked changes, by the key that runs use.
    """

    content: list[Part] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    hands: dict[str, str] = field(default_factory=dict)
    one_stream: bool = False
    undescribed: int = 0
    capture: Literal["", "wiki"] = ""
    reason: str = ""
    findings: list[Finding] = field(default_factory=list)


def flat(parts: list[Part]) -> list[Paragraph]:
    """Return the paragraphs of parts; those of a table inside one after another."""
    made: list[Paragraph] = []
    for part in parts:
        if isinstance(part, Paragraph):
            made.append(part)
        elif isinstance(part, Table):
            made += [paragraph for row in part.rows for cell in row for paragraph in cell.content]
    return made


def joined(content: list[Inline]) -> list[Inline]:
    """Return inline parts with neighbouring runs that look alike made one."""
    made: list[Inline] = []
    for part in content:
        last = made[-1] if made else None
        if isinstance(part, Run) and isinstance(last, Run) and _alike(part, last):
            made[-1] = Run(last.words + part.words, last.looks, last.link, last.change, last.hand)
        elif not (isinstance(part, Run) and not part.words):
            made.append(part)
    return made


def _alike(one: Run, other: Run) -> bool:
    """Whether two runs differ in their words only."""
    return (one.looks, one.link, one.change, one.hand) == (
        other.looks,
        other.link,
        other.change,
        other.hand,
    )
