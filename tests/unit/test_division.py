"""How a long list is divided: a rule that hangs on what is listed, and on nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic.publish.division import Part, date_path, divided, placed


@dataclass(frozen=True)
class Day:
    """An entry of a day, of so many lines."""

    date: str
    size: int = 1

    def part(self, depth: int) -> str:
        """Return its year, its month, its day."""
        path = date_path(self.date)
        return path[depth] if depth < len(path) else ""


def days(text: str) -> list[Day]:
    """Return entries from dates, of one line each unless `date*lines` says more."""
    given = (word.partition("*") for word in text.split())
    return [Day(date, int(lines or 1)) for date, _, lines in given]


def outline(part: Part[Day]) -> str:
    """Return a tree of parts as text: `name(own;part part)`."""
    parts = " ".join(map(outline, part.parts))
    return f"{part.file or '*'}({len(part.own)}{';' if parts else ''}{parts})"


@pytest.mark.parametrize(
    ("limit", "entries", "expected"),
    [
        (3, "", "*(0)"),
        (3, "1946 1945-01-02 -", "*(3)"),
        (3, "1946-05 1945 1946-06 -", "*(0;1945(1) 1946(2) undated(1))"),
        (2, "1946-05 1946-06 1946", "*(0;1946(1;1946-05(1) 1946-06(1)))"),
        (2, "1946-05-01 1946-05-02 1946-05", "*(0;1946(0;1946-05(1;1946-05-01(1) 1946-05-02(1))))"),
        (
            2,
            "- - - -- 19xx",
            "*(0;undated(0;undated-part-1(2) undated-part-2(2) undated-part-3(1)))",
        ),
        (
            2,
            "1946 1946 1946 1946-05",
            "*(0;1946(0;1946-05(1) 1946-part-1(2) 1946-part-2(1)))",
        ),
        (2, "1946*5 1947", "*(0;1946(1) 1947(1))"),
        (2, "1946*5 1946", "*(0;1946(0;1946-part-1(1) 1946-part-2(1)))"),
    ],
)
def test_what_is_too_long_is_divided_by_year_month_day_number(
    limit: int, entries: str, expected: str
) -> None:
    assert outline(divided(days(entries), limit)) == expected


DATES = st.lists(
    st.builds(
        Day,
        st.sampled_from(["", "1945", "1946", "1946-05", "1946-05-13", "1946-06-01", "0900-12"]),
        st.integers(1, 4),
    ),
    max_size=40,
)


@given(DATES, st.integers(1, 12))
def test_every_entry_is_on_one_page_and_no_page_is_longer_than_it_must_be(
    entries: list[Day], limit: int
) -> None:
    whole = divided(entries, limit)
    pages = [each.part for each in placed(whole)]
    assert sorted(map(repr, entries)) == sorted(repr(day) for page in pages for day in page.own)
    assert len({page.file for page in pages}) == len(pages)
    assert all(sum(day.size for day in page.own) <= limit or len(page.own) == 1 for page in pages)
    assert all(page.size == sum(day.size for day in page.all()) for page in pages)


def test_neighbours_are_in_the_order_of_reading() -> None:
    whole = divided(days("1946-05 1946-06 1946 1945 1947"), 2)
    around = [
        (each.part.file, [part.file for part in each.above], each.previous, each.next)
        for each in placed(whole)
    ]
    found = [
        (name, above, previous and previous.file, following and following.file)
        for name, above, previous, following in around
    ]
    assert found == [
        ("", [], None, None),
        ("1945", [""], None, "1946"),
        ("1946", [""], "1945", "1946-05"),
        ("1946-05", ["", "1946"], "1946", "1946-06"),
        ("1946-06", ["", "1946"], "1946-05", "1947"),
        ("1947", [""], "1946-06", None),
    ]
