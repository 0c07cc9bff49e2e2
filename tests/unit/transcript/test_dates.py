"""Dates in words, as XML Schema dates."""

from __future__ import annotations

import pytest

from diplomatic.conventions import load_conventions
from diplomatic.transcript.dates import dates_in

DATES = dates_in(load_conventions())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("13 January 1956", {"when": "1956-01-13"}),
        ("January 13, 1956", {"when": "1956-01-13"}),
        ("the 13th of January 1956", {"when": "1956-01-13"}),
        ("“9” March 1961", {"when": "1961-03-09"}),
        ("7 May [1961]", {"when": "1961-05-07"}),
        ("1961 March 9.", {"when": "1961-03-09"}),
        ("9.III.1961", {"when": "1961-03-09"}),
        ("09.03.1961", {"when": "1961-03-09"}),
        ("5/7/1961", {"when": "1961-07-05"}),
        ("1961-03-09", {"when": "1961-03-09"}),
        ("April 1955", {"when": "1955-04"}),
        ("9 марта 1961", {"when": "1961-03-09"}),
        ("9 mars 1961", {"when": "1961-03-09"}),
        ("20 December 1955 through 19 January 1956", {"from": "1955-12-20", "to": "1956-01-19"}),
        ("December 10–31, 2007", {"from": "2007-12-10", "to": "2007-12-31"}),
        ("spring of 1957", {"notBefore": "1957-03", "notAfter": "1957-05"}),
        ("winter of 1957", {"notBefore": "1957-12", "notAfter": "1958-02"}),
        ("1949", {"when": "1949"}),
        ("31 February 1956", {"when": "1956"}),
        ("no date", {}),
    ],
)
def test_parse_date(words: str, expected: dict[str, str]) -> None:
    assert DATES.parse(words) == expected


def test_a_day_without_a_year_takes_the_year_given() -> None:
    text = "on 13 January and in May"
    (found,) = DATES.find(text, 0, len(text), 1956)
    assert (text[found.start : found.end], found.attributes) == (
        "13 January",
        {"when": "1956-01-13"},
    )


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("in 1958 it will", ["1958"]),
        ("from 1917–1926 the", ["1917–1926"]),
        ("1937-8 was", ["1937-8"]),
        ("2,850,000 tons in all", []),
        ("in 1958 tons", []),
        ("Nº 1958", []),
        ("order 1958/12", []),
    ],
)
def test_bare_years_need_a_word_that_says_so(text: str, years: list[str]) -> None:
    assert [text[f.start : f.end] for f in DATES.find_years(text, 0, len(text))] == years


@pytest.mark.parametrize(
    "words", ["13 January", "January 13, 1956", "9.III.1961", "13 January 1961."]
)
def test_a_date_alone(words: str) -> None:
    assert DATES.is_alone(words)


@pytest.mark.parametrize("words", ["13 January we met", "Pyongyang, 13 January", "", "January"])
def test_no_date_alone(words: str) -> None:
    assert not DATES.is_alone(words)
