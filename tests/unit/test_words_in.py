"""The words of a document, each with the units where it stands."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic.publish.units import DocumentUnits
from diplomatic.publish.wordlist import words_in

CASES = {
    "capitals are no matter": ([("p1", "Korea KOREA korea")], {"korea": ["p1"]}),
    "signs part words": ([("p1", "end.—“Then”")], {"end": ["p1"], "then": ["p1"]}),
    "an apostrophe does not": (
        [("p1", "Kim’s so-called 'visit-'")],
        {"kim’s": ["p1"], "so-called": ["p1"], "visit": ["p1"]},
    ),
    "numbers begin no word": ([("p1", "1937 2nd a1")], {"nd": ["p1"], "a1": ["p1"]}),
    "a unit that comes again": (
        [("p1", "one"), ("n1", "one two"), ("p1", "two one")],
        {"one": ["p1", "n1"], "two": ["n1", "p1"]},
    ),
    "other scripts": ([("", "Ким КИМ 김일성")], {"ким": [""], "김일성": [""]}),
    "letters that fold": ([("p1", "Straße STRASSE")], {"strasse": ["p1"]}),
}


def found_in(texts: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the words of a document with their units, whatever their initials."""
    initials = words_in(DocumentUnits(texts)).values()
    return {word: list(units) for words in initials for word, units in words.items()}


@pytest.mark.parametrize("name", CASES)
def test_words_in(name: str) -> None:
    """Each word comes once, with its units in the order of the document."""
    texts, words = CASES[name]
    assert found_in(texts) == words


@given(st.text(st.sampled_from("aBéßİ’'- .\n_1²ª—“한\u0301"), max_size=12))
def test_plain_text_has_no_words_of_its_own(text: str) -> None:
    """The quick way of plain text finds what the way of all text finds."""
    slow = {
        unicodedata.normalize("NFC", word).casefold() for word in found_in([("p1", f"{text} 한")])
    }
    assert found_in([("p1", text)]).keys() | {"한"} == slow
