"""Marks that are no brackets: blanks, doubts, amounts, short forms, foreign words."""

from __future__ import annotations

import pytest

from diplomatic.transcript.enrich import Enrichment, enrich

HOW = Enrichment(year=1951)


@pytest.mark.parametrize(
    ("text", "name", "words", "attributes"),
    [
        ("Copy Nº ____", "space", "____", {"quantity": "4"}),
        ("Copy Nº ...", "space", "...", {"rend": "points"}),
        ("the harbour (?) of", "unclear", "harbour", {"cert": "low"}),
        ("in ?Sable? then", "unclear", "?Sable?", {"rend": "question-marks"}),
        ("M e m o r a n d u m", "hi", "M e m o r a n d u m", {"rend": "letterspaced"}),
        ("he sayd (sic) it", "sic", "sayd", {"resp": "#tr"}),
        ("(signed) N. Belov", "figure", "(signed)", {"rend": "round-brackets"}),
        ("/signed/ N. Belov", "figure", "/signed/", {"rend": "slashes"}),
        ("he went (p. 3) home", "fw", "(p. 3)", {"type": "pageNum"}),
        ("on 3 May he", "date", "3 May", {"when": "1951-05-03"}),
        ("in 1949 he", "date", "1949", {"when": "1949"}),
        (
            "100 tons of grain are sent.",
            "measure",
            "100 tons of grain",
            {"unit": "t", "quantity": "100", "commodity": "grain"},
        ),
        ("2 million rubles", "measure", "2 million rubles", {"quantity": "2000000"}),
        ("125–30 people", "num", "125–30", {"atLeast": "125", "atMost": "130"}),
        ("25% of it", "num", "25%", {"type": "percentage", "value": "25"}),
        ("Cde. Lisov", "choice", "Cde.", {}),
        ("by a@b.org now", "email", "a@b.org", {}),
        ("the word решение here", "foreign", "решение", {"xml:lang": "ru"}),
        ("the book О канале here", "foreign", "О канале", {"xml:lang": "ru"}),
        ("a modus vivendi was", "foreign", "modus vivendi", {"xml:lang": "la"}),
        ("their détente was", "foreign", "détente", {"xml:lang": "fr"}),
        ("Kim (김영) came", "foreign", "김영", {"xml:lang": "ko"}),
    ],
)
def test_enrich(text: str, name: str, words: str, attributes: dict[str, str]) -> None:
    spans = [s for s in enrich(text, 0, len(text), HOW) if s.name == name]
    assert [text[s.start : s.end] for s in spans] == [words]
    assert spans[0].attributes.items() >= attributes.items()


@pytest.mark.parametrize("text", ["He left.", "100 chairs", "in the 3.", "Я"])
def test_nothing_is_marked_in_plain_words(text: str) -> None:
    assert enrich(text, 0, len(text), HOW) == []
