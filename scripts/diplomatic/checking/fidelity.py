"""Fidelity: the TEI document against the transcript that it was made from.

`xslt/transcript.xsl`, which shares no code with the encoder, rebuilds the transcript from the TEI
alone. Every visible character must come back, in order, with the same word and line boundaries
(design §3.7). Blank space is compared as blank space: a run that holds a line break equals any
other such run, a run without one equals any other without one. The unseen signs U+FEFF and U+200B
count as blank, as does U+00A0.
"""

from __future__ import annotations

import re
from typing import Final

from diplomatic.findings import Finding
from diplomatic.resources import xslt_dir
from diplomatic.transcript.text import SourceText
from diplomatic.xml.saxon import stylesheet

_BLANKS: Final = re.compile("[\\s\ufeff\u200b]+")
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f]")
# How many characters a message quotes before and after the place of a difference.
_BEFORE: Final = 24
_AFTER: Final = 36


def rebuild(document: bytes, name: str) -> str:
    """Return the transcript that a TEI document holds.

    Args:
        document: the TEI document, UTF-8, already known to be safe and well-formed.
        name: what findings call it.

    Raises:
        DiplomaticError: D702, the stylesheet stopped.
    """
    return stylesheet(xslt_dir() / "transcript.xsl").transform(document, name=name).text


def compare(transcript: str, rebuilt: str, name: str) -> list[Finding]:
    """Return the first difference between a transcript and what its TEI gives back.

    Args:
        transcript: the text of the transcript file.
        rebuilt: the text that `rebuild` made.
        name: the transcript file, as findings call it.

    Returns:
        Nothing when they agree; else one finding, D501 (words), D502 (word boundary) or D503
        (line boundary), at the line and column of the transcript.
    """
    said, given = _lines(transcript), _lines(rebuilt)
    if said == given:
        return []
    expected, actual = _joined(said), _joined(given)
    index = _first_difference(expected, actual)
    code, saying = _kind(expected, actual, index)
    offset = _original_offset(transcript, index)
    place = SourceText(transcript, name).place(offset)
    message = (
        f"{saying}: the transcript has {_quote(expected, index)},"
        f" the TEI gives {_quote(actual, index)}"
    )
    return [Finding(code, message, place)]


def _lines(text: str) -> list[list[str]]:
    """Return the words of each line that has some."""
    # Lines and words part where str says, which is quicker than an expression for each run.
    lines = text.replace("\ufeff", " ").replace("\u200b", " ").splitlines()
    return list(filter(None, map(str.split, lines)))


def _joined(lines: list[list[str]]) -> str:
    """Return text with each run of blank space as one line feed or one blank, none at the ends."""
    return "\n".join(map(" ".join, lines))


def _first_difference(one: str, other: str) -> int:
    """Return the first index at which two different strings differ, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _kind(expected: str, actual: str, index: int) -> tuple[str, str]:
    """Return the code of a difference, and what it is in words."""
    ours, theirs = expected[index : index + 2], actual[index : index + 2]
    blank_here, blank_there = ours[:1].isspace(), theirs[:1].isspace()
    if blank_here and blank_there:
        return "D503", "lines part differently" if ours[0] == "\n" else "a line is parted"
    if blank_here and ours[1:] == theirs[:1]:
        return "D502", "words are joined"
    if blank_there and theirs[1:] == ours[:1]:
        return "D502", "a word is parted"
    if not theirs:
        return "D501", "the end is missing"
    if not ours:
        return "D501", "words are added at the end"
    return "D501", "the words differ"


def _original_offset(text: str, index: int) -> int:
    """Return the offset in `text` of the character at `index` of its normalised form."""
    position = -1  # index, in the normalised form, of the last character read
    end = 0
    for run in _BLANKS.finditer(text):
        if run.start() - end > index - position - 1:
            break
        # Blank space at the very start is not in the normalised form.
        position += run.start() - end + (1 if run.start() else 0)
        end = run.end()
        if position >= index:
            return run.start()
    return min(end + index - position - 1, max(0, len(text) - 1))


def _quote(text: str, index: int) -> str:
    """Return the words around a place, in quotation marks.

    A line boundary is shown as ⏎, a control character as its picture: a terminal obeys some of
    them, and XML can hold none.
    """
    start, end = max(0, index - _BEFORE), index + _AFTER
    words = _CONTROL.sub(lambda sign: chr(0x2400 + ord(sign[0])), text[start:end])
    words = words.replace("\n", "⏎")
    return f"“{'…' if start else ''}{words}{'…' if end < len(text) else ''}”"
