"""Wiki articles: notices, sections, note marks and note list, bibliography, language links.

Conventions §8. A heading that the capture lost leaves more blank lines than usual; a list of
works may stand before the notes without a heading.
"""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import quote

from diplomatic.conventions import Conventions
from diplomatic.transcript.model import Block, Division, Document, Metadata, all_blocks
from diplomatic.transcript.spans import Span
from diplomatic.transcript.text import SourceText
from diplomatic.transcript.wiki_residue import EDIT_AT_END
from diplomatic.transcript.wiki_rows import Row, rows_of

_LINK = re.compile(
    r"(?<!\S)(?P<lang>[a-z]{2,3}(?:-[a-z]+)?):(?P<title>\S.*?)(?=\s+[a-z]{2,3}(?:-[a-z]+)?:\S|$)"
)
_LINKS_LINE = re.compile(r"[a-z]{2,3}(?:-[a-z]+)?:[^\s:/]\S*")
_NOTE = re.compile(
    r"""(?P<label>
          (?:\^|↑|Jump\ up)(?:\s?to\s?:?)?             # ^ a b c   ↑ 1.0 1.1   Jump up to:
            (?:\s?(?:[a-z]|\d+\.\d+)(?=[\s.]))*\.?
        | \[?(?P<number>\d{1,3}|(?<=\[)[a-z](?=\]))[.)\]]  # 1.   1)   [1]   [a]
            (?:\s?(?:\^|↑)(?:\s(?:[a-z]|\d+\.\d+)(?=\s))*)?
        )\s+(?=\S)
    """,
    re.VERBOSE,
)
_ARROWED = re.compile(r"(?:\^|↑|Jump up)\s?\S")
_CONTENTS = re.compile(r"Contents(?:\s*\[hide\])?\s+1\s")
_REMARKS = re.compile(r"(?:\s?\[[^\[\]\n]{1,40}\])+$")
_BULLET = re.compile(r"(?P<label>[•*▪●○–-])\s+")
_RAW_HEADING = re.compile(r"(?P<open>==+)\s*(?P<words>.+?)\s*==+$")
_MARKS = re.compile(r"(?:\s?\[\w{1,8}(?:\s\d+)?\])+$")
_NUMBERED = re.compile(r"(?P<label>(?P<number>\d{1,3})[.)])\s+(?=\S)")
LONGEST_HEADING = 80
# A note runs over a few lines at most.
LONGEST_NOTE = 3
_FACT = re.compile(r"(?P<label>[A-Z][\w /'’-]{0,30}:)\s?(?=\S)[^.]{1,60}$")


def read_wiki(source: SourceText, conventions: Conventions, reason: str) -> Document:
    """Return the model of a wiki article.

    Args:
        source: the transcript.
        conventions: the conventions in force.
        reason: why it is taken for a wiki article.
    """
    return _Reader(rows_of(source), source, conventions).run(reason)


def _lettered(found: re.Match[str] | None) -> str:
    """Return the letter of a note labelled `^ a.`; empty for others."""
    letter = re.fullmatch(r"[\^↑]\s?([a-z])\.", found["label"].strip()) if found else None
    return letter[1] if letter else ""


class _Reader:
    """Reads rows into divisions: notices, sections, works, notes, links, licence."""

    def __init__(self, rows: list[Row], source: SourceText, conventions: Conventions) -> None:
        self.rows = rows
        self.source = source
        self.patterns = conventions.line_patterns
        self.edit_link = conventions.compile(EDIT_AT_END, 0)
        gaps = sorted(row.blanks for row in rows[1:] if row.blanks)
        self.usual = gaps[len(gaps) // 2] if gaps else 0
        self.noted = 0
        self.sections: list[Block | Division] = []
        self.target: list[Block | Division] = self.sections
        self.article = Division("article", self.sections)

    def run(self, reason: str) -> Document:
        """Cut both ends, then read the sections."""
        document = Document("wiki", reason, "article", metadata=Metadata())
        top = self._notices(document)
        bottom = self._licence(document)
        notes = self._notes_start(top, bottom)
        for index in range(top, notes):
            self._row(index)
        document.body = [self.article]
        if notes < bottom:
            document.back.insert(0, self._notes(notes, bottom))
        return document

    def _notices(self, document: Document) -> int:
        """Take the notices at the top; return where the article begins."""
        index = self._title(document)
        while index < len(self.rows) and self.patterns["wiki-notice"].match(self.rows[index].words):
            index += 1
        first = len(document.front)
        if index > first:
            notices = self.rows[first:index]
            blocks: list[Block | Division] = [Block("p", r.start, r.end) for r in notices]
            document.front.append(Division("notice", blocks))
        return index

    def _title(self, document: Document) -> int:
        """Take the article's title, a short line right above a notice; return how many lines."""
        if len(self.rows) < 3:
            return 0
        row, following = self.rows[:2]
        notice = self.patterns["wiki-notice"]
        if len(row.words) > LONGEST_HEADING or notice.match(row.words):
            return 0
        if not notice.match(following.words):
            return 0
        head = Block("head", row.start, row.end, "top")
        document.front.append(Division("transcript-head", [head]))
        document.metadata.fields["title"] = row.words
        return 1

    def _licence(self, document: Document) -> int:
        """Take the licence and the language links at the end; return where they begin."""
        index = len(self.rows)
        back: list[Division] = []
        while index > 0:
            row = self.rows[index - 1]
            if self.patterns["wiki-licence"].match(row.words):
                back.insert(0, Division("rights", [Block("p", row.start, row.end)]))
                document.metadata.fields["rights"] = row.words
            elif (
                _LINKS_LINE.match(row.words)
                and len(_LINK.findall(row.words)) >= 1
                and "//" not in row.words
            ):
                back.insert(0, self._links(row))
            else:
                break
            index -= 1
        document.back = back
        return index

    def _links(self, row: Row) -> Division:
        """Return the division of the links to other languages, several on one line."""
        items: list[Block] = []
        for found in _LINK.finditer(row.words):
            start, end = row.start + found.start(), row.start + found.end()
            target = f"wiki-{found['lang']}:{quote(found['title'].replace(' ', '_'))}"
            attributes = {"type": "interlanguage", "target": target, "xml:lang": found["lang"]}
            items.append(
                Block(
                    "item",
                    start,
                    end,
                    run_in=bool(items),
                    spans=[Span(start, end, "ref", attributes)],
                )
            )
        listed = Block(
            "list", row.start, row.end, attributes={"type": "interlanguage"}, children=items
        )
        return Division("interlanguage", [listed])

    def _notes_start(self, top: int, bottom: int) -> int:
        """Return where the note list at the end begins: rows that are numbered and rise."""
        index = first = bottom
        while index > top:
            row = self.rows[index - 1]
            found = _NOTE.match(row.words)
            apart = row.blanks or self.edit_link.search(row.words)
            if found is None and (apart or first - index >= LONGEST_NOTE):
                break
            index -= 1
            if found:
                first = index
                if found["number"] in ("1", "a"):
                    break
        index = first
        return index if index < bottom and self._is_notes(index) else bottom

    def _is_notes(self, index: int) -> bool:
        """Whether a numbered list is a note list: marked in the text, or under such a heading."""
        found = _NOTE.match(self.rows[index].words)
        label = found["number"] if found else None
        before = self.source.text[: self.rows[index].start]
        headed = index > 0 and bool(
            self.patterns["wiki-works-heading"].match(self.rows[index - 1].words)
        )
        return headed or label is None or f"[{label}]" in before

    def _notes(self, first: int, last: int) -> Division:
        """Return the division of the notes."""
        division = Division("notes")
        count = self.noted
        for row in self.rows[first:last]:
            if _NOTE.match(row.words) is None and division.content:
                division.content[-1].end = row.end  # type: ignore[union-attr]
                continue
            count += 1
            division.content.append(self._made_note(row, count))
        return division

    # ------------------------------------------------------------ sections

    def _row(self, index: int) -> None:
        """Read one row of the article."""
        row = self.rows[index]
        if _is_row(row.words):
            self._table_row(row)
        elif self._is_fact(index):
            self._fact(row)
        elif _CONTENTS.match(row.words):
            self._open("contents", Block("p", row.start, row.end))
        elif self._is_note(row):
            self._note(row)
        elif heading := self._heading(index):
            self._open("section", heading)
        elif bullet := _BULLET.match(row.words):
            self._bulleted(index, row.start + len(bullet["label"]))
        elif (numbered := _NUMBERED.match(row.words)) and self._is_numbered(index):
            label = (row.start, row.start + len(numbered["label"]))
            self._item(row, label, {"rend": "numbered"})
        else:
            lost = row.blanks > self.usual and self.usual > 0 and bool(self.sections)
            if lost and not self._after_heading(index):
                self._open("section", None)
            self.target.append(Block("p", row.start, row.end))

    def _is_note(self, row: Row) -> bool:
        """Whether a row is a note of a list that more of the article follows."""
        return _ARROWED.match(row.words) is not None and self._headed_as_works()

    def _note(self, row: Row) -> None:
        """Add a note to the section that is headed as their list, numbered in their order."""
        self.noted += 1
        self.target.append(self._made_note(row, self.noted))

    def _made_note(self, row: Row, number: int) -> Block:
        """Return the note that a row is; where its label is no number, it has that of its place."""
        found = _NOTE.match(row.words)
        label = (found["number"] if found else None) or _lettered(found) or str(number)
        end = row.start + (len(found["label"].rstrip()) if found else 0)
        attributes = {"type": "endnote", "place": "end", "n": label}
        extent = (row.start, end) if end > row.start else None
        return Block("note", row.start, row.end, attributes=attributes, label=extent)

    def _table_row(self, row: Row) -> None:
        """Add a row of an infobox or table: cells between upright bars."""
        last = self.target[-1] if self.target else None
        if not (isinstance(last, Block) and last.kind == "table"):
            last = Block("table", row.start, row.end, attributes={"rend": "infobox"})
            self.target.append(last)
        last.children.append(Block("row", row.start, row.end))
        last.end = row.end

    def _is_fact(self, index: int) -> bool:
        """Whether a row is one of several lines `Key:Value` of an infobox before the text."""
        if any(isinstance(part, Division) for part in self.sections):
            return False
        near = [self.rows[i] for i in (index - 1, index + 1) if 0 <= i < len(self.rows)]
        return bool(_FACT.match(self.rows[index].words)) and any(_FACT.match(r.words) for r in near)

    def _fact(self, row: Row) -> None:
        """Add a line of an infobox: its key as label, its value as item."""
        found = _FACT.match(row.words)
        end = row.start + (found.end("label") if found else 0)
        self._item(row, (row.start, end), {"rend": "infobox"})

    def _is_numbered(self, index: int) -> bool:
        """Whether a numbered row has a neighbour whose number is the next or the one before."""
        numbers = [
            int(found["number"]) if (found := _NUMBERED.match(self.rows[i].words)) else 0
            for i in range(max(0, index - 1), min(len(self.rows), index + 2))
        ]
        return any(later == earlier + 1 for earlier, later in pairwise(numbers))

    def _item(self, row: Row, label: tuple[int, int], attributes: dict[str, str]) -> None:
        """Add an item to the list that is open, or begin a list."""
        last = self.target[-1] if self.target else None
        if not (isinstance(last, Block) and last.kind == "list" and last.attributes == attributes):
            last = Block("list", row.start, row.end, attributes=attributes)
            self.target.append(last)
        last.children.append(Block("item", row.start, row.end, label=label))
        last.end = row.end

    def _open(self, kind: str, head: Block | None) -> None:
        """Begin a division of the article."""
        division = Division(kind, [head] if head else [])
        self.sections.append(division)
        self.target = division.content

    def _after_heading(self, index: int) -> bool:
        """Whether the row before is a heading."""
        return index > 0 and self._heading(index - 1) is not None

    def _heading(self, index: int) -> Block | None:
        """Return the heading that a row is: marked as one, or short, alone and without a stop."""
        row = self.rows[index]
        if found := _RAW_HEADING.match(row.words):
            spans = [
                Span(
                    row.start, row.start + found.start("words"), "surplus", {"reason": "template"}
                ),
                Span(row.start + found.end("words"), row.end, "surplus", {"reason": "template"}),
            ]
            return Block("head", row.start, row.end, "top", spans=spans)
        proved = self.edit_link.search(row.words)
        short = len(row.words) < LONGEST_HEADING and not row.indented
        words = _REMARKS.sub("", _MARKS.sub("", row.words))
        plain = words[-1:] not in ".,;:!?)" and row.words[:1].isupper() and "|" not in row.words
        alone = row.blanks > 0 and (index + 1 >= len(self.rows) or self.rows[index + 1].blanks > 0)
        if (proved and short) or (short and plain and alone and not _BULLET.match(row.words)):
            return Block("head", row.start, row.end, "top")
        return None

    def _bulleted(self, index: int, label_end: int) -> None:
        """Add a bulleted row: to the works where notes follow or the heading says so, or a list."""
        row = self.rows[index]
        works = self._works(index)
        kind, item = ("listBibl", "bibl") if works else ("list", "item")
        last = self.target[-1] if self.target else None
        if not (isinstance(last, Block) and last.kind == kind):
            if works and not self._headed_as_works():
                self._open("bibliography", None)
            last = Block(kind, row.start, row.end, attributes={"rend": "bulleted"})
            self.target.append(last)
        last.children.append(Block(item, row.start, row.end, label=(row.start, label_end)))
        last.end = row.end

    def _headed_as_works(self) -> bool:
        """Whether the division that is open is headed as a list of works."""
        head = self.target[0] if self.target else None
        if not isinstance(head, Block) or head.kind != "head":
            return False
        words = self.edit_link.sub("", self.source.text[head.start : head.end]).strip(" =")
        return self.patterns["wiki-works-heading"].search(words) is not None

    def _works(self, index: int) -> bool:
        """Whether the bullets from here are works: a year and a title, right before the notes."""
        following = index
        while following < len(self.rows) and _BULLET.match(self.rows[following].words):
            following += 1
        before_notes = following < len(self.rows) and _NOTE.match(self.rows[following].words)
        dated = re.search(r"\b(?:1[5-9]|20)\d\d\b", self.rows[index].words)
        return bool(dated and (before_notes or self._headed_as_works()))


def _is_row(words: str) -> bool:
    """Whether a line is a row of a table: cells that end with a bar, or a line between rows."""
    if not words.strip("| \t"):
        return False
    return (words.endswith("|") and not words.startswith("{")) or (
        words.startswith("|") and words.count("|") > 1
    )


def note_labels(document: Document) -> frozenset[str]:
    """Return the labels of a document's notes."""
    blocks = all_blocks([*document.body, *document.back])
    return frozenset(block.attributes["n"] for block in blocks if block.kind == "note")
