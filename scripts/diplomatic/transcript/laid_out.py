"""Articles whose headings, lists, tables and notes the file itself knows: saved pages of wikis."""

from __future__ import annotations

from diplomatic.conventions import Conventions
from diplomatic.transcript.archival import known_back
from diplomatic.transcript.brackets import Bracket
from diplomatic.transcript.context import Setting
from diplomatic.transcript.layer import Layer
from diplomatic.transcript.middle import Middle
from diplomatic.transcript.model import Block, Division, Document
from diplomatic.transcript.text import SourceText
from diplomatic.transcript.units import make_units


def is_laid_out(layer: Layer) -> bool:
    """Say whether a file knows enough of its text that no line of it need be guessed at."""
    return layer.capture == "wiki" or bool(layer.heads)


def read_laid_out(
    source: SourceText, conventions: Conventions, brackets: list[Bracket], reason: str
) -> tuple[Document, Setting]:
    """Read an article from what its file knows.

    Args:
        source: the article.
        conventions: the conventions in force.
        brackets: its brackets.
        reason: why it is taken for a wiki article.
    """
    setting = Setting(source, conventions, raw_notes=True)
    end = source.layer.body_end
    lines = [line for line in source.lines if line.start < end and source.words(line)]
    document = Document("wiki", reason, "article")
    content = Middle(setting, make_units(setting, lines, brackets), journal=False).read()
    first = content[0] if content else None
    if isinstance(first, Division) and source.layer.head_at(_beginning(first)) == 1:
        content[:1] = first.content
    document.body = [Division("article", content)]
    document.back = known_back(source.layer)
    return document, setting


def _beginning(division: Division) -> int:
    """Return the offset of a division's heading."""
    head = division.content[0]
    return head.start if isinstance(head, Block) else -1
