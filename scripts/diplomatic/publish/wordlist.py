"""The word list: every word of the documents with the places where it stands, by initial.

In: ids of documents and the words of their units. Out: `Initial` lists. Words are taken as they
are written, without regard to capitals; no word is taken for another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from diplomatic.publish.units import DocumentUnits

_WORD: Final = re.compile(r"[^\W\d_]\w*(?:[’'-]+\w+)*")
# Text in which nothing but capitals must be made alike: ASCII, and signs of punctuation.
_PLAIN: Final = re.compile("[\x00-\x7f\xa0-\xa9\xab-\xb1\xb4\u2010-\u2029]*")
_PLAIN_WORD: Final = re.compile(r"[a-z][a-z0-9_]*+(?:[’'-]++[a-z0-9_]++)*+")
# Hangul consonants as they stand alone, by those that syllables are made of.
_CONSONANTS: Final = {
    unicodedata.normalize("NFKD", chr(code)): chr(code) for code in range(0x3131, 0x314F)
}
# A word that stands in more places is told by its number after these.
_MOST: Final = 24


@dataclass(frozen=True)
class Word:
    """A word, the first places where it stands (document, unit), and how many more there are."""

    word: str
    places: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True)
class Initial:
    """The words of one initial, and the file of their page."""

    letter: str
    file: str
    words: tuple[Word, ...]


def initial_of(word: str) -> str:
    """Return what a word is listed under: its first letter, accent off; a Hangul consonant."""
    first = unicodedata.normalize("NFD", word)[0].upper()
    return _CONSONANTS.get(first, first)


def words_in(units: DocumentUnits) -> dict[str, list[str]]:
    """Return the words of a document, each with the units where it stands."""
    places: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for unit, text in units.texts:
        again = unit in seen
        seen.add(unit)
        for word in dict.fromkeys(_written_alike(text)):
            found = places[word]
            if not again or unit not in found:
                found.append(unit)
    return places


def _written_alike(text: str) -> Iterable[str]:
    """Return the words of a text without regard to capitals, composed."""
    if _PLAIN.fullmatch(text):
        return _PLAIN_WORD.findall(text.lower())
    found = dict.fromkeys(_WORD.findall(text))
    return (unicodedata.normalize("NFC", word).casefold() for word in found)


def merged(documents: Iterable[tuple[str, Mapping[str, Sequence[str]]]]) -> list[Initial]:
    """Return the words of all documents by initial, from those of each (`words_in`)."""
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    numbers: dict[str, int] = defaultdict(int)
    for document, words in documents:
        for word, units in words.items():
            numbers[word] += len(units)
            found = places[word]
            if len(found) < _MOST:
                found += [(document, unit) for unit in units[: _MOST - len(found)]]
    initials: dict[str, list[Word]] = defaultdict(list)
    for word in sorted(places):
        listed = Word(word, tuple(places[word]), numbers[word] - len(places[word]))
        initials[initial_of(word)].append(listed)
    return [
        Initial(letter, f"words/{ord(letter):x}.html", tuple(initials[letter]))
        for letter in sorted(initials)
    ]
