"""How often words are written: the lists of the package wordfreq, held in little memory.

wordfreq itself holds each list as a dictionary of some hundred thousand strings: 35 to 115 MB a
language, and a worker may need five of them. Here a list is one piece of bytes for all words that
begin alike, in which a word is found by searching: 5 to 30 MB a language, read in half the time.
What a word's frequency is, and how words part, is wordfreq's to say; a test compares the two.
"""

from __future__ import annotations

import gzip
import math
import re
import unicodedata
from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgpack

# Words of these letters only (Latin, Greek, Cyrillic, Hebrew, Hangul) are one word to wordfreq; it
# need not be asked, which is well, as its start takes longer than reading a list.
_LETTERS: Final = re.compile(
    "[a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u0373\u0386-\u03ff\u0430-\u045f\u05d0-\u05ea"
    "\uac00-\ud7a3]+"
)
# Words that begin with the same so many letters stand together.
_ALIKE: Final = 3


def zipf(word: str, language: str) -> float:
    """Return how frequent a word is in a language, on the Zipf scale; 0 for one never seen.

    Args:
        word: the word, in small letters; what is several words is as rare as all of them together.
        language: a language that wordfreq has a large list of.
    """
    composed = unicodedata.normalize("NFC", word).casefold()
    if not (_LETTERS.fullmatch(composed) and composed.isalpha()):
        return _of_several(word, language)
    return (_levels(language).get(composed) or 0) / 100


def _of_several(word: str, language: str) -> float:
    """Return how frequent some words are together, where wordfreq must say what they are."""
    from wordfreq import cB_to_freq, freq_to_zipf, zipf_frequency
    from wordfreq.tokens import lossy_tokenize

    if any(sign.isdigit() for sign in word):
        return float(zipf_frequency(word, language))
    levels = [_levels(language).get(token) for token in lossy_tokenize(word, language)]
    known = [level for level in levels if level is not None]
    if not known or len(known) < len(levels):
        return 0.0
    together = 1 / sum(1 / cB_to_freq(level - 900) for level in known)
    # Three digits count, as in wordfreq's own lists.
    counted = round(together, math.floor(-math.log10(together)) + 3)
    return round(float(freq_to_zipf(counted)), 2)


class _Levels:
    """The words of one language with their frequencies, in hundredths on the Zipf scale."""

    def __init__(self, path: Path) -> None:
        """Read a list of wordfreq: words grouped by frequency, the most frequent first."""
        groups: defaultdict[str, bytearray] = defaultdict(bytearray)
        with gzip.open(path) as file:
            unpacker = msgpack.Unpacker(file)
            # The first item says what file this is; the next words have 9, 8.99, 8.98 … of Zipf.
            count = unpacker.read_array_header()
            unpacker.skip()
            for level in range(900, 901 - count, -1):
                for word in unpacker.unpack():
                    groups[word[:_ALIKE]] += f"\n{word}\t{level}".encode()
        self._groups = {beginning: bytes(words) for beginning, words in groups.items()}

    def get(self, word: str) -> int | None:
        """Return the frequency of a word, or None."""
        group = self._groups.get(word[:_ALIKE], b"")
        sought = f"\n{word}\t".encode()
        start = group.find(sought)
        if start < 0:
            return None
        start += len(sought)
        end = group.find(b"\n", start)
        return int(group[start : end if end >= 0 else len(group)])


@cache
def _levels(language: str) -> _Levels:
    """Return the list of a language, read at first use."""
    package = find_spec("wordfreq")
    folders = (package and package.submodule_search_locations) or [""]
    return _Levels(Path(folders[0]) / "data" / f"large_{language}.msgpack.gz")
