"""Identifiers of a document's elements: `{document}-p1`, `-n1`, `-r1`, `-t1`."""

from __future__ import annotations

import re
from collections import Counter

_NOT_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
# A note's label that is no name of its own is spelt out.
_SIGNS = {"*": "star", **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))}


class Identifiers:
    """Gives out the identifiers of one document, each once."""

    def __init__(self, document: str) -> None:
        self.document = document
        self._counts: Counter[str] = Counter()
        self._taken: set[str] = set()
        self._by_place: dict[str, str] = {}

    def next(self, prefix: str) -> str:
        """Return the next identifier of a series: p, r, t, s, n."""
        while True:
            self._counts[prefix] += 1
            made = f"{self.document}-{prefix}{self._counts[prefix]}"
            if made not in self._taken:
                self._taken.add(made)
                return made

    def note(self, label: str) -> str:
        """Return the identifier of the note with a label, as a mark's target or the note's own."""
        spelt = "".join(_SIGNS.get(sign, sign) for sign in label)
        return f"{self.document}-n{_NOT_NAME.sub('', spelt) or '0'}"

    def take(self, identifier: str) -> bool:
        """Take an identifier; False when it is taken already."""
        if identifier in self._taken:
            return False
        self._taken.add(identifier)
        return True

    def at(self, placeholder: str, prefix: str) -> str:
        """Return the identifier for a placeholder `@OFFSET` that rules use before there are any."""
        if placeholder not in self._by_place:
            self._by_place[placeholder] = self.next(prefix)
        return self._by_place[placeholder]
