"""The words of an edition, put together from blocks of documents that are remembered.

In: what the memory has of the words of each document. Out: an `Initial` for each letter. One
document changes one block of those with its letters; the others are taken as they were put
together before, and no more than one block is in memory with all its places.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from diplomatic.publish.ledger import key_of
from diplomatic.publish.ledger_readings import ReadingRows
from diplomatic.publish.shown import Shown, as_json
from diplomatic.publish.wordlist import Initial, Places, Sums, Word, merged, summed

# A block is read in some 20 ms for each initial; ten thousand documents have twenty.
_DOCUMENTS: Final = 500

# Of each initial: one word for its words in a block, one for these and the cards of documents.
_Letters = dict[str, tuple[str, str]]


class WordBlocks:
    """The words of documents, in their order."""

    def __init__(self, rows: ReadingRows, names: Sequence[str], known: Shown) -> None:
        """Take the words of these documents from the memory."""
        self._rows = rows
        self._names = names
        starts = range(0, len(names), _DOCUMENTS)
        self._blocks = [slice(start, start + _DOCUMENTS) for start in starts]
        shown = known.shown("words"), known.shown("card")
        self._letters = [self._noted(number, *shown) for number in range(len(self._blocks))]
        rows.keep_blocks(len(self._blocks))

    def initials(self) -> list[Initial]:
        """Return the initials of all words."""
        letters = sorted(set().union(*self._letters))
        return [
            Initial(
                letter,
                key_of([own.get(letter) for own in self._letters]),
                partial(self._words, letter),
            )
            for letter in letters
        ]

    def _noted(self, number: int, words: Sequence[str], cards: Sequence[str]) -> _Letters:
        """Return the initials of a block; `words` and `cards` are words for what is shown."""
        own = self._blocks[number]
        names, listed = self._names[own], cards[own]
        key = key_of(names, words[own], listed)
        noted = self._rows.block(number, key)
        if noted is None:
            found: dict[str, list[tuple[str, str, str]]] = {}
            for name, card in zip(names, listed, strict=True):
                for letter, digest in json.loads(self._rows.one("initials", name) or "{}").items():
                    found.setdefault(letter, []).append((name, digest, card))
            letters = {
                letter: (key_of([(name, digest) for name, digest, _ in rows]), key_of(rows))
                for letter, rows in found.items()
            }
            noted = as_json(letters)
            self._rows.note_block(number, key, noted)
        found_again: dict[str, Any] = json.loads(noted)
        return {letter: (own_words, all_) for letter, (own_words, all_) in found_again.items()}

    def _words(self, letter: str) -> list[Word]:
        """Return the words of an initial."""
        numbers = (number for number, own in enumerate(self._letters) if letter in own)
        return merged(self._sums(letter, number) for number in numbers)

    def _sums(self, letter: str, number: int) -> Sums:
        """Return the words of an initial in a block."""
        key, _ = self._letters[number][letter]
        noted = self._rows.sums(letter, number, key)
        if noted is None:
            noted = as_json(summed(self._places(letter, self._names[self._blocks[number]])))
            self._rows.note_sums(letter, number, key, noted)
        found: Sums = json.loads(noted)
        return found

    def _places(self, letter: str, names: Sequence[str]) -> Iterator[tuple[str, Places]]:
        """Yield the words of an initial in each of some documents."""
        found = self._rows.words(letter, names)
        # As one text, which is read faster than one for each document.
        own = [name for name in names if name in found]
        yield from zip(own, json.loads(f"[{','.join(found[name] for name in own)}]"), strict=True)
