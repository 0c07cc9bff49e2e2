"""Source lines of archives' pages."""

from __future__ import annotations

import pytest
from making import CONVENTIONS

from diplomatic.transcript.shelfmark import is_source_line, parse_source


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "State Archive of Sable, Fond 5, Opis 28, Delo 99, List 210",
            {
                "repository": "State Archive of Sable",
                "fonds": "5",
                "opis": "28",
                "delo": "99",
                "list": "210",
            },
        ),
        (
            "NAS, f. 5, op. 28, d. 99, ll. 12-14. "
            "Obtained by Ann Lisov and translated by Otto Karsh.",
            {
                "repository": "NAS",
                "list": "12-14",
                "obtained": "Ann Lisov",
                "translator": "Otto Karsh",
            },
        ),
        ("Archive of Tarn, F.5 op. 28, d. 99", {"fonds": "5", "opis": "28", "delo": "99"}),
        ("Foreign Ministry Archive, 111-00022-03, 5-8", {"shelfmark": "111-00022-03, 5-8"}),
        (
            "Sable National Archives, XIX-J-1-j Korea, 4. doboz, 5/a, 004076/1955",
            {"repository": "Sable National Archives"},
        ),
        (
            "Political Archive, C 1025/73. Translated from German by B. Vale.",
            {"shelfmark": "C 1025/73", "translator": "B. Vale"},
        ),
    ],
)
def test_parse_source(line: str, expected: dict[str, str]) -> None:
    assert is_source_line(line, CONVENTIONS)
    found = parse_source(line, CONVENTIONS)
    assert {key: found.get(key) for key in expected} == expected


def test_what_a_line_does_not_say_is_left_out() -> None:
    assert parse_source("Contributed by A. Editor.", CONVENTIONS) == {"contributed": "A. Editor"}
    assert not is_source_line("He filed a complaint with the council.", CONVENTIONS)
