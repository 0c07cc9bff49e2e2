"""A web page with a transcript: its lines, what it says of the document, why it is taken for one.

The page is cut from both ends (`page_foot`, `page_head`); both fill the same metadata.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from diplomatic.conventions import Conventions
from diplomatic.transcript.model import Block, Division, Metadata
from diplomatic.transcript.text import Line, SourceText


@dataclass
class Page:
    """The lines of a page that show something; metadata and evidence grow as it is cut."""

    source: SourceText
    conventions: Conventions
    lines: list[Line]
    metadata: Metadata = field(default_factory=Metadata)
    evidence: list[str] = field(default_factory=list)

    def words(self, index: int) -> str:
        """Return the words of a line."""
        return self.source.words(self.lines[index])

    def is_furniture(self, words: str) -> bool:
        """Whether some words are those of a page's controls."""
        return words.lower() in self.conventions.word_sets["furniture"]

    def matches(self, name: str, words: str) -> bool:
        """Whether a line rule fits some words."""
        return self.conventions.line_patterns[name].match(words) is not None

    def know(self, name: str, words: str) -> None:
        """Keep a field, unless it is known already."""
        self.metadata.fields.setdefault(name, words)

    def keep(self, name: str, words: str) -> None:
        """Keep a field, adding to what is known of it."""
        known = self.metadata.fields.get(name)
        self.metadata.fields[name] = f"{known} {words}" if known else words

    def add(
        self, divisions: list[Division], kind: str, index: int, block: str, **with_: str
    ) -> None:
        """Add a line as a block to the last division, or to a new one of another kind."""
        if not divisions or divisions[-1].type != kind:
            divisions.append(Division(kind))
        line = self.lines[index]
        divisions[-1].content.append(Block(block, line.start, line.end, attributes=with_))
