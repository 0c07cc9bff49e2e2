"""A text that stands twice in its capture, as captures of short translated pages do.

The second copy says nothing new: it is kept, as words of the page, and is not read.
"""

from __future__ import annotations

import re

from diplomatic.transcript.text import Line, SourceText

_SIGN = re.compile(r"[\W_]+")
# Shorter texts repeat themselves by chance: a refrain, a form filled in twice.
LEAST_SIGNS = 60
LEAST_LINES = 3
# Lines of a page's head (date, title) that only the first copy may have.
_HEAD_LINES = 4
_CANDIDATES = 24


def second_copy(source: SourceText, lines: list[Line]) -> tuple[int, int] | None:
    """Return where the second copy of a doubled text begins and ends among some lines.

    The copy begins with a line that the head of the text has too, and goes through to where it
    began itself, sign for sign; blank space, punctuation and the breaks of lines may differ.

    Args:
        source: the transcript.
        lines: its lines that show something, in order.
    """
    words = [source.words(line) for line in lines]
    for head in range(min(_HEAD_LINES, len(words))):
        starts = _same(words, head)
        if starts and (found := _copied(words, head, starts)):
            return found
    return None


def _same(words: list[str], head: int) -> list[int]:
    """Return the first lines after a line that have its words."""
    found: list[int] = []
    for index in range(head + LEAST_LINES, len(words)):
        if words[index] == words[head]:
            found.append(index)
            if len(found) == _CANDIDATES:
                break
    return found


def _copied(words: list[str], head: int, starts: list[int]) -> tuple[int, int] | None:
    """Return the stretch that repeats all from a line on, if one of some starts begins it."""
    keys = [_SIGN.sub("", each).lower() for each in words]
    ends = [0]
    for key in keys:
        ends.append(ends[-1] + len(key))
    joined = "".join(keys)
    for start in starts:
        length = ends[start] - ends[head]
        repeated = joined.startswith(joined[ends[head] : ends[start]], ends[start])
        if length >= LEAST_SIGNS and repeated and ends[start] + length in ends:
            return start, ends.index(ends[start] + length)
    return None
