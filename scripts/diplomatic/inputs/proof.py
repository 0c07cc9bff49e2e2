"""The proof that no word of a file is lost on the way to the lines of its transcript.

What the reader took is compared with what was taken from the file by other code, sign by sign,
blank space left out: text, deleted words, notes and comments each for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import Final

from diplomatic.findings import Finding, Place

_UNSEEN: Final = re.compile("[\\s\ufeff\u200b\u00ad\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]+")
_NAMES: Final = {
    "text": "the text",
    "deleted": "the deleted words",
    "notes": "the notes",
    "comments": "the comments",
}
_BEFORE: Final = 24
_AFTER: Final = 36


def compare_words(own: Mapping[str, str], taken: Mapping[str, str], name: str) -> list[Finding]:
    """Return where the words taken from a file differ from its own.

    Args:
        own: the words of the file.
        taken: the words of its transcript.
        name: what findings call the file.

    Returns:
        One finding, D505, for each part that differs.
    """
    findings = []
    for part, said in _NAMES.items():
        one, other = (_UNSEEN.sub("", words.get(part, "")) for words in (own, taken))
        if one == other:
            continue
        pairs = enumerate(zip_longest(one, other))
        at = next(index for index, (left, right) in pairs if left != right)
        message = (
            f"{said} of the file and of its transcript differ: the file has {_quote(one, at)},"
            f" the transcript {_quote(other, at)}"
        )
        findings.append(Finding("D505", message, Place(name)))
    return findings


def _quote(words: str, at: int) -> str:
    """Return the words around a place, in quotation marks."""
    start, end = max(0, at - _BEFORE), at + _AFTER
    return f"“{'…' if start else ''}{words[start:end]}{'…' if end < len(words) else ''}”"
