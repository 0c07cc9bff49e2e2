"""Frequencies of words as the package wordfreq has them, in less memory."""

from __future__ import annotations

import pytest
import wordfreq

from diplomatic.transcript.frequencies import zipf

WORDS = (
    *("the", "government", "telegramm", "straße", "café", "cafe\u0301", "кореец", "ёлка", "élève"),
    *("xqzt", "김일성", "καί", "שלום", "日本", "o'brien", "north-eastern", "don’t", "a.b", "1937"),
    *("2nd", "", "...", "\u038ba", "niño", "ﬁle"),
)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("word", WORDS)
def test_zipf(word: str, language: str) -> None:
    """A word is as frequent as wordfreq says, and several are as rare as it says."""
    assert zipf(word, language) == wordfreq.zipf_frequency(word, language)


def test_every_frequency_is_kept() -> None:
    """The list of a language has every word with the frequency that it has in wordfreq."""
    words = wordfreq.top_n_list("en", 400_000)[::97]
    assert [zipf(word, "en") for word in words] == [
        wordfreq.zipf_frequency(word, "en") for word in words
    ]
