"""The model of a transcript that has been read: blocks of lines, and divisions of blocks.

It knows neither brackets as signs nor TEI as XML: the encoder turns it into TEI.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from diplomatic.transcript.spans import Span


@dataclass
class Block:
    """One block of a document: a stretch of the transcript with its function.

    `kind` is the TEI element that it becomes; `attributes` are that element's. `label` is the
    stretch of a list number or speaker that stands at its beginning. `role` says where it may
    stand: in the opening of a division (top), its body (middle), its closing (bottom).
    """

    kind: str
    start: int
    end: int
    role: str = "middle"
    attributes: dict[str, str] = field(default_factory=dict)
    label: tuple[int, int] | None = None
    run_in: bool = False
    spans: list[Span] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)


@dataclass
class Division:
    """A division: its type, its blocks and the divisions inside it, in the transcript's order."""

    type: str
    content: list[Block | Division] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Metadata:
    """What a transcript says of itself, as words of the transcript (never guessed)."""

    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Doubt:
    """A decision that is less than certain.

    Line and column count from 1; `before` and `after` make the words an address that an editor's
    decision can use (`diplomatic.transcript.addresses`).
    """

    start: int
    end: int
    words: str
    context: str
    rule: str
    chosen: str
    reason: str
    cert: str
    runner_up: str = ""
    line: int = 0
    column: int = 0
    before: str = ""
    after: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the doubt as plain data."""
        return dict(self.__dict__)


@dataclass
class Document:
    """A whole transcript, read: its three parts, its metadata, what is doubtful about it."""

    kind: str
    reason: str
    genre: str
    front: list[Division] = field(default_factory=list)
    body: list[Division] = field(default_factory=list)
    back: list[Division] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    doubts: list[Doubt] = field(default_factory=list)


def all_blocks(content: list[Block | Division]) -> list[Block]:
    """Return every block of some content, the inner ones after the outer, in order."""
    found: list[Block] = []
    waiting: list[Block | Division] = content[::-1]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Division):
            waiting.extend(reversed(part.content))
        else:
            found.append(part)
            waiting.extend(reversed(part.children))
    return found
