"""Note lists and note marks."""

from __future__ import annotations

import pytest
from making import CONVENTIONS, units_of

from diplomatic.transcript.notes import find_leading_notes, find_notes, label_of, plain_marks

TEXT = "He left the harbour.{0} She stayed there.{1}\n"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (TEXT.format("[1]", "[2]") + "[1] In May.\n[2] In June.\n", "12"),
        (TEXT.format("(1)", "(2)") + "\n1. In May.\n2. In June.\n", "12"),
        (TEXT.format("*", "**") + "\n* In May.\n** In June.\n", "*"),
        (TEXT.format("¹", "²") + "\n¹ In May.\n² In June.\n", "¹²"),
        (TEXT.format("1", "2") + "Notes\n1. In May.\n2. In June.\n", "12"),
        (TEXT.format("", "") + "\n1. In May.\n2. In June.\n", ""),
        (TEXT.format("[1]", "") + "He came.\n", ""),
    ],
    ids=["square", "round", "stars", "raised", "headed", "no-marks", "no-notes"],
)
def test_find_notes(text: str, labels: str) -> None:
    _, units = units_of(text)
    found = find_notes(text, units, CONVENTIONS)
    assert {sign for label in found.labels for sign in label} == set(labels)
    assert (found.division is None) == (not labels)


def test_notes_before_the_text() -> None:
    text = "[1] In May.\n[2] In June.\nHe left.[1] She stayed.[2]\n"
    _, units = units_of(text)
    count, division = find_leading_notes(text, units)
    assert count == 2
    assert division is not None
    assert len(division.content) == 2


def test_two_lists_of_notes_with_headings() -> None:
    text = "He left [a]. She stayed [i].\nNotes: [a] In May.\nComments:\n[i] In June.\n"
    found = find_notes(text, units_of(text)[1], CONVENTIONS)
    assert found.labels == {"a", "i"}
    assert found.start == 1


def test_a_numbered_list_above_the_notes_is_none_of_them() -> None:
    text = "He left[1].\nThe pilots\n1. Orel.\n2. Lund.\nNotes\n[1] In May.\n"
    found = find_notes(text, units_of(text)[1], CONVENTIONS)
    assert (found.start, found.labels) == (4, {"1"})


def test_a_list_before_the_text_without_marks_is_none() -> None:
    text = "[1] In May.\n[2] In June.\nHe left.\n"
    assert find_leading_notes(text, units_of(text)[1]) == (0, None)


@pytest.mark.parametrize(
    ("line", "label"),
    [("[iv] See", "iv"), ("(3) See", "3"), ("12. See", "12"), ("1 See", "1"), ("See 1", None)],
)
def test_label_of(line: str, label: str | None) -> None:
    assert label_of(units_of(line)[1][0]) == label


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("He met ORLOV1 there.", ["1"]),
        ("He left.2 She stayed.", ["2"]),
        ("He left (1) and", ["(1)"]),
        ("There were 12 of them, A-1.", []),
        ("The pier is 1.2 km long, by 2.1 metres.", []),
        ("See section 2.1 and 1.2, at 14:2.", []),
        ("See No.2 and p.1 of the report by M1.", []),
        ("It was built in 1950.2 Then", ["2"]),
        ("He came on 2 May.", []),
    ],
)
def test_plain_marks(text: str, marks: list[str]) -> None:
    found = plain_marks(text, 0, len(text), frozenset({"1", "2"}))
    assert [text[span.start : span.end] for span in found] == marks
