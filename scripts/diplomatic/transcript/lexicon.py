"""How familiar a word is: what tells a foreign word, or a misspelt one, from the text's own.

The frequencies are those of `frequencies`; the list of a language is read at first use.
"""

from __future__ import annotations

import re
from functools import lru_cache

from diplomatic.transcript.frequencies import zipf

_WORD = re.compile(r"[^\W\d_]+")
# On wordfreq's Zipf scale 3 is once in a million words; below 2.2 a word is rare or none.
RARE = 2.2
LANGUAGES = ("en", "de", "fr", "es", "ru")


@lru_cache(maxsize=4096)
def familiarity(word: str, language: str = "en") -> float:
    """Return how frequent a word is in a language, on the Zipf scale (0 for a word never seen)."""
    return zipf(word, language)


def is_rare(word: str, language: str = "en") -> bool:
    """Whether a word is rare in a language, or none of it; never where no list of it is kept."""
    return language in LANGUAGES and familiarity(word.lower(), language) < RARE


@lru_cache(maxsize=4)
def language_of(text: str) -> str:
    """Return the language of a text among those that the conventions know, by its words.

    Only the first few hundred words are looked at; English where nothing speaks for another.
    """
    words = [word for word in _WORD.findall(text[:6000].lower()) if len(word) > 1][:400]
    if not words:
        return "en"
    cyrillic = sum(1 for word in words if "\u0400" <= word[0] <= "\u04ff")
    if cyrillic > len(words) / 2:
        return "ru"
    if _english(words):
        return "en"
    # Without a word in Cyrillic letters it is no Russian, whose list is the largest.
    possible = [tag for tag in LANGUAGES if tag != "ru" or cyrillic]
    scores = {tag: sum(familiarity(word, tag) for word in words) for tag in possible}
    best = max(possible, key=lambda tag: scores[tag])
    return best if scores[best] > scores["en"] * 1.1 else "en"


def _english(words: list[str]) -> bool:
    """Whether the commonest words of English are common here, which spares reading any list."""
    common = {"the", "of", "and", "to", "in", "that", "is", "was", "for", "with"}
    return sum(1 for word in words if word in common) > len(words) * 0.12
