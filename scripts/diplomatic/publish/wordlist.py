"""The word list: every word of the documents with the places where it stands, by initial.

In: the words of units of documents. Out: the words of each document by initial, and an `Initial`
for each letter, whose words are fetched only for a page that must be made (`word_blocks`). Words
are taken as they are written, without regard to capitals; no word is taken for another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from diplomatic.publish.division import Part
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

# Words with the units where they stand.
Places = Mapping[str, Sequence[str]]
# Words with their number and a text of places (`summed`).
Sums = Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Word:
    """A word, the first places where it stands (document, unit), and how many more there are."""

    word: str
    places: tuple[tuple[str, str], ...]
    more: int

    @property
    def size(self) -> int:
        """How many lines it takes on a page."""
        return 1 + len(self.places)

    def part(self, depth: int) -> str:
        """Return the letters that it is listed under: two at depth 0, then one more each time."""
        letters = letters_of(self.word)
        return letters[: depth + 2] if len(letters) >= depth + 2 else ""


@dataclass(frozen=True)
class Initial:
    """The words of one initial: which words, how to get them.

    `key` tells these words of these documents, and what lists say of these, from others without
    looking at them.
    """

    letter: str
    key: str
    words: Callable[[], list[Word]]

    @property
    def file(self) -> str:
        """The file of its page."""
        return f"words/{address_of(self.letter)}.html"

    def address(self, part: Part[Word]) -> str:
        """Return the file of a part of it."""
        letters, _, number = part.file.partition("-")
        return f"words/{address_of(letters or self.letter)}{number and f'-{number}'}.html"


def address_of(letters: str) -> str:
    """Return letters of any script as part of an address, as which no other letters are written."""
    return "-".join(f"{ord(letter):x}" for letter in letters)


@lru_cache(maxsize=1024)
def initial_of(word: str) -> str:
    """Return what a word is listed under: its first letter, accent off; a Hangul consonant."""
    first = unicodedata.normalize("NFD", word)[0].upper()
    return _CONSONANTS.get(first, first)


@lru_cache(maxsize=4096)
def letters_of(word: str) -> str:
    """Return the letters and digits of a word as it is listed: capitals, accents off.

    Hangul syllables are taken apart, so that there are letters to list them under.
    """
    taken = unicodedata.normalize("NFD", word).upper()
    return "".join(filter(str.isalnum, taken))


def shown(letters: str) -> str:
    """Return letters of the list as they are read: Hangul put together as far as it goes."""
    return "".join(_CONSONANTS.get(each, each) for each in unicodedata.normalize("NFC", letters))


def words_in(units: DocumentUnits) -> dict[str, Places]:
    """Return the words of a document by initial, each with the units where it stands."""
    places: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for unit, text in units.texts:
        again = unit in seen
        seen.add(unit)
        for word in dict.fromkeys(_written_alike(text)):
            found = places[word]
            if not again or unit not in found:
                found.append(unit)
    initials: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for word, found in places.items():
        initials[initial_of(word[0])][word] = found
    return dict(initials)


def _written_alike(text: str) -> Iterable[str]:
    """Return the words of a text without regard to capitals, composed."""
    if _PLAIN.fullmatch(text):
        return _PLAIN_WORD.findall(text.lower())
    found = dict.fromkeys(_WORD.findall(text))
    return (unicodedata.normalize("NFC", word).casefold() for word in found)


def summed(documents: Iterable[tuple[str, Places]]) -> Sums:
    """Return the words of some documents, in their order, each with its number and its places.

    The places are the first of them, as one text that `merged` reads.
    """
    places: dict[str, list[str]] = defaultdict(list)
    numbers: dict[str, int] = defaultdict(int)
    for document, words in documents:
        for word, units in words.items():
            numbers[word] += len(units)
            found = places[word]
            if len(found) < _MOST:
                found += [f"{document}\t{unit}" for unit in units[: _MOST - len(found)]]
    return {word: (number, "\n".join(places[word])) for word, number in numbers.items()}


def merged(blocks: Iterable[Sums]) -> list[Word]:
    """Return the words of all documents in order, from those of some documents each."""
    places: dict[str, list[str]] = defaultdict(list)
    numbers: dict[str, int] = defaultdict(int)
    for block in blocks:
        for word, (number, said) in block.items():
            if numbers[word] < _MOST:
                places[word].append(said)
            numbers[word] += number
    return [_word(word, places[word], numbers[word]) for word in sorted(numbers)]


def _word(word: str, places: Sequence[str], number: int) -> Word:
    """Return a word from the texts of its places."""
    first = [place.partition("\t") for said in places for place in said.split("\n")][:_MOST]
    return Word(word, tuple((document, unit) for document, _, unit in first), number - len(first))
