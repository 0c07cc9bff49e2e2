"""Addresses: words found again by what stands around them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic.transcript.addresses import Address, Addressed, single_blanks
from diplomatic.transcript.text import SourceText


def addressed(text: str) -> Addressed:
    return Addressed(SourceText(text, "t.txt"))


@given(st.text("ab[] \n\t\u00a0\ufeff…", min_size=1, max_size=60), st.data())
def test_a_place_is_found_by_its_address(text: str, data: st.DataObject) -> None:
    visible = [i for i, letter in enumerate(text) if single_blanks(letter)]
    if visible:
        start = data.draw(st.sampled_from(visible))
        end = data.draw(st.sampled_from([i for i in visible if i >= start])) + 1
        known = addressed(text)
        assert (start, end) in known.find(known.address(start, end))


def test_the_address_of_a_place_is_its_own() -> None:
    text = "one [x] two [x] one [x] three " * 3
    known = addressed(text)
    for start in (i for i in range(len(text)) if text.startswith("[x]", i)):
        assert known.find(known.address(start, start + 3)) == [(start, start + 3)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("gave in ", " to the"),
        ("gave in", "to the"),
        ("…gave\nin", "to   the…"),
        ("He gave in\u00a0", ""),
        ("…", "…"),
    ],
)
def test_blank_space_and_ellipses_do_not_matter(before: str, after: str) -> None:
    text = "  He gave in\n[ustupil, at  last] to the crowd"
    found = addressed(text).find(Address("[ustupil, at\nlast]", before, after))
    assert [text[start:end] for start, end in found] == ["[ustupil, at  last]"]


@pytest.mark.parametrize("words", ["", " ", "\n\u200b"])
def test_no_words_are_nowhere(words: str) -> None:
    assert addressed("a b").find(Address(words)) == []


def test_long_texts_with_many_places_take_no_time() -> None:
    text = "the [x] boats " * 60_000
    known = addressed(text)
    stretches = [(14 * n + 4, 14 * n + 7) for n in range(0, 60_000, 3)]
    started = time.monotonic()
    assert len(known.addresses(stretches)) == 20_000
    assert time.monotonic() - started < 5
