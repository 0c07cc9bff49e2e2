"""The lexer: a tree of square brackets, with repairs.

A stack finds the pairs in one pass. A bracket that is never closed, or closed too far away, is
repaired by stated rules (conventions §6.2) and never swallows the text after it; every repair is
a finding. Brackets deeper than `MAX_DEPTH` stay text: no editor nests so far.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from diplomatic.findings import Finding
from diplomatic.transcript.text import SourceText

MAX_DEPTH = 6
MAX_SIGNS = 3
MAX_LINES = 12
_SIGNS = re.compile(r"\[+|\]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class Repair(StrEnum):
    """How an unbalanced bracket was mended; also the token that `@rend` gets."""

    NONE = ""
    UNCLOSED = "unclosed"
    UNOPENED = "unopened"


@dataclass
class Bracket:
    """One bracketed expression: offsets of its signs and of what stands between them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    repair: Repair = Repair.NONE
    children: list[Bracket] = field(default_factory=list)

    @property
    def signs(self) -> int:
        """How many signs open it: 1 for `[`, 2 for `[[`."""
        return self.inner_start - self.start if self.repair is not Repair.UNOPENED else 1


@dataclass
class _Open:
    """An opening run of signs that waits for its closing one."""

    start: int
    count: int
    children: list[Bracket] = field(default_factory=list)


@dataclass
class Lexed:
    """What the lexer made: top-level brackets in order, and the repairs it made."""

    brackets: list[Bracket]
    findings: list[Finding]


LabelTest = Callable[[str], bool]


def lex(source: SourceText, is_label: LabelTest, start: int = 0, end: int | None = None) -> Lexed:
    """Return the bracket tree of a stretch of a transcript.

    Args:
        source: the transcript.
        is_label: says whether the words after an opening bracket begin with a label (a stamp, a
            hand, …): only such a bracket is mended when it is never closed.
        start: offset where to begin.
        end: offset where to stop; the end of the text when None.
    """
    return _Lexer(source, is_label, start, len(source.text) if end is None else end).run()


class _Lexer:
    """The stack, and what is found on the way."""

    def __init__(self, source: SourceText, is_label: LabelTest, start: int, end: int) -> None:
        self.source = source
        self.text = source.text
        self.is_label = is_label
        self.start, self.end = start, end
        self.stack: list[_Open] = []
        self.roots: list[Bracket] = []
        self.findings: list[Finding] = []

    def run(self) -> Lexed:
        """Read the stretch once, then settle what was left open."""
        for run in _SIGNS.finditer(self.text, self.start, self.end):
            if run[0][0] == "[":
                self._open(run.start(), run.end() - run.start())
            else:
                self._close(run.start(), run.end() - run.start())
        while self.stack:
            self._settle(self.stack.pop())
        self.findings.sort(key=lambda finding: finding.place)
        return Lexed(_prune(_without_overlaps(self.roots)), self.findings)

    def _open(self, start: int, count: int) -> None:
        """Take a run of opening signs; more than three in a row are text."""
        if count > MAX_SIGNS:
            self._report("D402", start, f"{count} opening brackets in a row are left as text")
            return
        self.stack.append(_Open(start, count))

    def _close(self, start: int, count: int) -> None:
        """Close as many brackets as the run of closing signs reaches."""
        position = start
        while count > 0:
            self._drop_far(position)
            if not self.stack:
                self._report("D402", position, "a closing bracket with no opening one")
                return
            top = self.stack[-1]
            used = min(top.count, count)
            if used < top.count:
                # `[[x]`: the outer sign stays open, the inner pair is complete.
                top.count -= used
                opening = top.start + top.count
                pair = Bracket(opening, position + used, opening + used, position)
                pair.children, top.children = top.children, [pair]
            else:
                self.stack.pop()
                pair = Bracket(top.start, position + used, top.start + used, position)
                pair.children = _without_overlaps(top.children)
                self._home().append(pair)
            position += used
            count -= used

    def _home(self) -> list[Bracket]:
        """Return the list that a complete bracket belongs to: its parent's, or the roots."""
        return self.stack[-1].children if self.stack else self.roots

    def _hand_up(self, children: list[Bracket]) -> None:
        """Give the brackets inside one that was given up to the one around it."""
        # The longer list stays in place, so that many open brackets in a row cost no more.
        if self.stack and len(self.stack[-1].children) < len(children):
            self.stack[-1].children, children = children, self.stack[-1].children
        self._home().extend(children)

    def _drop_far(self, position: int) -> None:
        """Give up opening brackets that stand too far before `position` to be meant."""
        while self.stack and self._too_far(self.stack[-1].start, position):
            self._settle(self.stack.pop())

    def _too_far(self, start: int, position: int) -> bool:
        """Whether a bracket over these lines would swallow text that is not its own."""
        if position - start < 80:
            return False
        lines = self.source.line_number(position) - self.source.line_number(start)
        if lines > MAX_LINES * 4:
            return True
        return lines > MAX_LINES and bool(_BLANK_LINE.search(self.text, start, position))

    def _settle(self, left: _Open) -> None:
        """Mend or give up one bracket that was never closed."""
        inner = left.start + left.count
        if not self.is_label(self.text[inner : inner + 120]):
            self._report("D401", left.start, "a bracket that is never closed is left as text")
            self._hand_up(left.children)
            return
        end = self._repaired_end(inner)
        pair = Bracket(left.start, end, inner, end, Repair.UNCLOSED)
        pair.children = _without_overlaps([c for c in left.children if c.end <= end])
        self._hand_up([pair, *(child for child in left.children if child.start >= end)])
        line = self.source.line_number(max(inner, end - 1))
        message = f"a labelled bracket that is never closed is taken to end with line {line}"
        self._report("D401", left.start, message)

    def _repaired_end(self, inner: int) -> int:
        """Return where an unclosed labelled bracket ends: its run of short lines, or its line."""
        end = inner
        for count, line in enumerate(self.source.lines[self.source.line_number(inner) - 1 :]):
            words = self.text[max(line.start, inner) : line.end]
            if count and (not words.strip() or count > MAX_LINES or _starts_new_matter(words)):
                break
            end = min(line.end, self.end)
            if len(words) > 60:
                break
        return max(inner, end)

    def _report(self, code: str, offset: int, message: str) -> None:
        """Note a repair, once for neighbours of the same kind."""
        place = self.source.place(offset)
        last = self.findings[-1] if self.findings else None
        if last and last.code == code and last.message == message and last.place.line == place.line:
            return
        self.findings.append(Finding(code, message, place))


def _starts_new_matter(words: str) -> bool:
    """Whether a line cannot belong to the stamp above it: a heading, or running text."""
    named = [word for word in words.split() if sum(map(str.isalpha, word)) > 2]
    heading = len(named) > 1 and words == words.upper()
    return heading or len(words) > 60 or words.lstrip().startswith("[")


def _without_overlaps(brackets: list[Bracket]) -> list[Bracket]:
    """Return brackets in order, without any that a mended one has come to overlap."""
    kept: list[Bracket] = []
    for bracket in sorted(brackets, key=lambda each: each.start):
        if not kept or bracket.start >= kept[-1].end:
            kept.append(bracket)
    return kept


def _prune(roots: list[Bracket]) -> list[Bracket]:
    """Cut the tree below `MAX_DEPTH`; what is cut stays text of the bracket around it."""
    level = roots
    for _ in range(MAX_DEPTH - 1):
        level = [child for bracket in level for child in bracket.children]
    for bracket in level:
        bracket.children = []
    return roots
