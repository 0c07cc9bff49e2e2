"""The rows of a wiki article: its lines that show something, with the blank space around them."""

from __future__ import annotations

from dataclasses import dataclass

from diplomatic.transcript.text import BLANK, SourceText

# A template runs over some dozens of lines at most.
LONGEST_TEMPLATE = 60


@dataclass
class Row:
    """A line with visible characters: its extent, its words, how many blank lines stand before."""

    start: int
    end: int
    words: str
    blanks: int
    indented: bool


def rows_of(source: SourceText) -> list[Row]:
    """Return the lines that show something."""
    rows: list[Row] = []
    blanks = 0
    for line in source.lines:
        words = source.words(line)
        if not words:
            blanks += 1
            continue
        edge = BLANK.match(source.text, line.start, line.end)
        start = edge.end() if edge else line.start
        rows.append(Row(start, start + len(words), words, blanks, start > line.start))
        blanks = 0
    return _joined_templates(rows)


def _joined_templates(rows: list[Row]) -> list[Row]:
    """Return rows with those of a template over several lines made one."""
    joined: list[Row] = []
    index = 0
    while index < len(rows):
        row, words, last = rows[index], rows[index].words, index
        while words.count("{{") > words.count("}}") and last + 1 < min(
            len(rows), index + LONGEST_TEMPLATE
        ):
            last += 1
            words = f"{words}\n{rows[last].words}"
        if words.count("{{") != words.count("}}"):
            last, words = index, row.words
        joined.append(Row(row.start, rows[last].end, words, row.blanks, row.indented))
        index = last + 1
    return joined
