"""The words that tell what a name is: `vocabulary.toml` beside this file, ready to be asked."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True)
class Words:
    """The lists of words, all languages together; `stems` are beginnings of Russian words."""

    whole: dict[str, frozenset[str]]
    stems: dict[str, tuple[str, ...]]
    headings: dict[str, tuple[str, ...]]
    sounds: tuple[tuple[str, str], ...]
    endings: tuple[str, ...]

    def has(self, name: str, word: str) -> bool:
        """Whether a list has a word, or, in Cyrillic, a longer form of one of its words."""
        plain = word.strip(".").lower()
        if plain in self.whole[name]:
            return True
        if not _CYRILLIC.match(plain):
            return False
        # A short stem could begin any word.
        return any(len(stem) > 3 and plain.startswith(stem) for stem in self.stems[name])

    def is_state(self, word: str) -> bool:
        """Whether a word is the short name of a state, in its own capitals."""
        return word in self.whole["state"]


@cache
def words() -> Words:
    """Return the vocabulary."""
    text = resources.files("diplomatic.naming").joinpath("vocabulary.toml").read_text("utf-8")
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    headings = {language: tuple(titles) for language, titles in tables.pop("heading").items()}
    sounds = tables.pop("sounds")["all"]
    endings = tables.pop("ending")["ru"]
    return Words(
        {
            name: frozenset(word for each in rows.values() for word in each)
            for name, rows in tables.items()
        },
        {name: tuple(rows.get("ru", ())) for name, rows in tables.items()},
        headings,
        tuple((row.partition("=")[0], row.partition("=")[2]) for row in sounds),
        tuple(sorted(endings, key=len, reverse=True)),
    )
