"""The word list: words by initial, and which of them changed."""

from collections.abc import Mapping

import pytest

from diplomatic.publish.shown import digest_of
from diplomatic.publish.units import DocumentUnits
from diplomatic.publish.wordlist import Initial, initial_of, initials, words_in


@pytest.mark.parametrize(
    ("word", "letter"), [("émigré", "E"), ("강가", "ㄱ"), ("ёлка", "Е"), ("zeal", "Z")]
)
def test_a_word_is_listed_under_its_first_letter_without_accent(word: str, letter: str) -> None:
    assert initial_of(word) == letter


def listed(**texts: str) -> dict[str, Initial]:
    """Return the initials of documents of one unit each."""
    words = {name: words_in(DocumentUnits([("p1", text)])) for name, text in texts.items()}
    digests: dict[str, Mapping[str, str]] = {
        name: {letter: digest_of(str(found)) for letter, found in own.items()}
        for name, own in words.items()
    }
    found = initials(
        digests.items(),
        lambda letter: {name: own[letter] for name, own in words.items() if letter in own},
    )
    return {initial.letter: initial for initial in found}


def test_words_are_merged_in_the_order_of_the_documents() -> None:
    found = listed(b="Kim came; KIM said.", a="Kim’s letter, came.")
    assert list(found) == ["C", "K", "L", "S"]
    assert [(word.word, word.places) for word in found["K"].words()] == [
        ("kim", (("b", "p1"),)),
        ("kim’s", (("a", "p1"),)),
    ]
    assert found["C"].words()[0].places == (("b", "p1"), ("a", "p1"))
    assert found["K"].file == "words/4b.html"


def test_the_places_of_a_frequent_word_are_counted() -> None:
    found = listed(**{f"d{number:02}": "word" for number in range(30)})
    (word,) = found["W"].words()
    assert (len(word.places), word.more) == (24, 6)


def test_a_key_changes_with_its_own_words_and_documents_only() -> None:
    before = listed(a="Kim came.", b="Lee left.")
    after = listed(a="Kim came.", b="Lee stayed.")
    assert {
        letter for letter in before if letter in after and before[letter].key == after[letter].key
    } == {
        "C",
        "K",
    }
    assert listed(a="Kim.", b="Kim.")["K"].key != listed(b="Kim.", a="Kim.")["K"].key
