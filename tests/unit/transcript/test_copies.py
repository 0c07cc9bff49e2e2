"""Copies and distribution lists, at the head of a document and at its end."""

from __future__ import annotations

import pytest
from making import units_of

from diplomatic.transcript.copies import CopiesReader
from diplomatic.transcript.model import Block


def read(text: str, role: str = "bottom") -> tuple[int, Block] | None:
    """Return what a reader makes of a text, or None where no list begins."""
    setting, units = units_of(text)
    reader = CopiesReader(setting, role)
    return reader.read(units, 0) if reader.begins(units, 0) else None


def entries(text: str, role: str = "bottom") -> list[str]:
    """Return a list's entries, each as `label|words`."""
    found = read(text, role)
    items = [child for child in found[1].children if child.kind == "item"] if found else []
    labels = [item.label or (item.start, item.start) for item in items]
    return [
        f"{text[label[0] : label[1]]}|{text[label[1] : item.end].strip()}"
        for item, label in zip(items, labels, strict=True)
    ]


CASES = {
    "1 - to Cde. Lis\n2 - to file": ["1 -|to Cde. Lis", "2 -|to file"],
    "1 - Cde. Lis\n2 - file": ["1 -|Cde. Lis", "2 -|file"],
    "2x Department\n1x Embassy": ["2x|Department", "1x|Embassy"],
    "2 x Department\n1 x a/a": ["2 x|Department", "1 x|a/a"],
    "Written: in three copies\nTwo to Center\nOne to Embassy": [
        "|Two to Center",
        "|One to Embassy",
    ],
    "Made in 2 copies for:\n- Cde. Orlov\n- file": ["-|Cde. Orlov", "-|file"],
    "Two copies\n1 copy: Embassy\n1 copy: file": ["1|copy: Embassy", "1|copy: file"],
    "Typed in 3 copies\nOne each to: Cde. Lis, archive": ["|One each to: Cde. Lis, archive"],
    "Sent to: the embassy\nFile\n22.I.58": ["|File"],
    "2 copies\n1 - Cde. Lis 2 - the file": ["1 -|Cde. Lis", "2 -|the file"],
}


@pytest.mark.parametrize(("text", "wanted"), CASES.items())
def test_entries(text: str, wanted: list[str]) -> None:
    assert entries(text) == wanted


def test_entries_on_one_line_run_in() -> None:
    found = read("1 - to Lis 2 - to Karsh 3 - to file")
    assert found is not None
    assert [item.run_in for item in found[1].children] == [False, True, True]


def test_a_head_alone_is_a_line() -> None:
    for role, kind in (("top", "seg"), ("bottom", "ab")):
        found = read("Printed in 3 copies", role)
        assert found is not None
        assert (found[0], found[1].kind) == (1, kind)


def test_a_list_ends_where_something_else_begins() -> None:
    found = read("Two copies\n1 - to Lis\n2 - to file\nTyped by AB\n3 May 1951")
    assert found is not None
    assert found[0] == 3


def test_points_of_a_letter_are_no_copies() -> None:
    assert read("1. The school has no books and the teacher asks for two hundred of them.") is None
    assert (
        entries("Two copies\n1. He asked for a list of the ships that were in the port.", "top")
        == []
    )
