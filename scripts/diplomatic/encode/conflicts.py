"""Conflicts of a merge, told so that an editor finds the place and sees what each side says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from diplomatic.encode.written import Node

_LONGEST: Final = 80


@dataclass(frozen=True)
class Conflict:
    """An element that both sides changed: where it is in the edited file, what each side says.

    `transcript_line` is its line in the transcript, from 1, where it is known.
    """

    element: str
    line: int
    column: int
    transcript_line: int
    edited: str
    new: str


def tell(edited: Sequence[Node], new: Sequence[Node]) -> tuple[str, str]:
    """Return what two stretches say; with their tags where they are short, or the same without."""
    written = [" ".join("".join(map(Node.write, nodes)).split()) for nodes in (edited, new)]
    words = [" ".join(map(Node.words, nodes)) for nodes in (edited, new)]
    if words[0] == words[1] or max(map(len, written)) <= _LONGEST:
        words = written
    return said(words[0]), said(words[1])


def said(words: str | None) -> str:
    """Return words in quotation marks, cut where they are long."""
    if not words:
        return "nothing"
    return f"“{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}”"


def path(trail: Sequence[Node]) -> str:
    """Return the name of an element, with its identifier or the way from one that has it."""
    steps: list[str] = []
    for parent, node in zip((None, *trail), trail, strict=False):
        like = [each for each in parent.children if each.name == node.name] if parent else []
        number = f"[{like.index(node) + 1}]" if len(like) > 1 and node in like else ""
        named = f"{node.name} {node.identifier}"
        steps = [named] if node.identifier else [*steps, node.name + number]
    return "/".join(steps)


def transcript_line(source: str) -> int:
    """Return the line, from 1, that a @source such as `line:20,21` names."""
    begin = source.removeprefix("line:").partition(",")[0]
    return int(begin) + 1 if begin.isdecimal() else 0
