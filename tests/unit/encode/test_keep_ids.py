"""Identifiers that stay when a transcript is encoded again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplomatic.encode.keep_ids import given_before, identifiers_in, keep_identifiers


def document(*paragraphs: str) -> bytes:
    """Return a document as the encoder makes it: paragraphs numbered from 1; `{}` is free."""
    numbers = iter(range(1, 1000))
    blocks = [f'<p xml:id="d-p{next(numbers)}">{words}</p>\n' for words in paragraphs]
    return f'<TEI xmlns="x" xml:id="d">\n{"".join(blocks)}</TEI>\n'.encode()


def named(data: bytes) -> dict[str, str]:
    """Return the words of each paragraph by its identifier."""
    rows = re.findall(r'<p xml:id="d-([^"]*)">(.*?)</p>', data.decode())
    return {name: re.sub("<[^>]*>", "", words) for name, words in rows}


def test_a_line_put_in_moves_no_identifier():
    new = keep_identifiers(document("one", "two"), document("zero", "one", "half", "two"))
    assert named(new) == {"p3": "zero", "p1": "one", "p4": "half", "p2": "two"}


def test_a_line_taken_out_leaves_its_number_unused():
    base = document("one", "two", "three")
    new = keep_identifiers(base, document("one", "three"))
    assert named(new) == {"p1": "one", "p3": "three"}
    assert given_before(base, new) == []  # p3 is higher, so p2 cannot come again


def test_the_last_number_is_remembered_when_its_line_is_gone():
    base = document("one", "two")
    new = keep_identifiers(base, document("one"))
    assert given_before(base, new) == ["d-p2"]
    later = keep_identifiers(new, document("one", "other"), ["d-p2"])
    assert named(later) == {"p1": "one", "p3": "other"}
    assert given_before(new, later, ["d-p2"]) == []


def test_a_corrected_paragraph_is_the_same_paragraph():
    base = document("He came to the harbor at noon.", "He left.")
    new = document("A heading", "He came to the harbour at noon.", "He left.")
    assert list(named(keep_identifiers(base, new))) == ["p3", "p1", "p2"]


def test_paragraphs_that_say_the_same_keep_their_order():
    base = document("Yes.", "Why?", "Yes.", "Yes.")
    new = document("Yes.", "Why?", "Yes.", "No.", "Yes.")
    assert list(named(keep_identifiers(base, new))) == ["p1", "p2", "p3", "p5", "p4"]


def test_numbers_given_by_hand_are_not_used():
    new = keep_identifiers(document("one"), document("one", "two"), ["d-p2", "d-p7"])
    assert named(new) == {"p1": "one", "p8": "two"}


def test_nothing_changes_when_nothing_moves():
    new = document("one", "two", "three")
    assert keep_identifiers(document("one", "two"), new) is new


NOTES = """<TEI xmlns="x" xml:id="d"><body>{}</body>
<back>{}</back></TEI>"""
MARK = '<ref xml:id="d-r{0}" target="#d-n{0}">[{0}]</ref>'
NOTE = '<note n="{0}" xml:id="d-n{0}"><seg>{0}.</seg> {1}</note>'


def test_marks_and_notes_keep_their_identifiers_and_lead_to_each_other():
    base = NOTES.format(
        f"<p>He came.{MARK.format(1)} He left at noon.{MARK.format(2)}</p>",
        NOTE.format(1, "By sea from the north.") + NOTE.format(2, "So says his own diary."),
    )
    new = NOTES.format(
        f"<p>So it was.{MARK.format(1)} He came.{MARK.format(2)} "
        f"He left at noon.{MARK.format(3)}</p>",
        NOTE.format(1, "Added later on.")
        + NOTE.format(2, "By sea from the north.")
        + NOTE.format(3, "So says his own diary."),
    )
    made = keep_identifiers(base.encode(), new.encode()).decode()
    assert re.findall(r'xml:id="d-(r\d)" target="#d-(n\d)"', made) == [
        ("r3", "n3"),
        ("r1", "n1"),
        ("r2", "n2"),
    ]
    assert re.findall(r'n="(\d)" xml:id="d-(n\d)"', made) == [("1", "n3"), ("2", "n1"), ("3", "n2")]


def test_a_term_keeps_its_identifier_and_its_gloss():
    term = '<term xml:id="d-t{0}">{1}</term> <gloss target="#d-t{0}">{2}</gloss>'
    base = document("The " + term.format(1, "VNS", "Assembly") + " met.")
    new = document("The " + term.format(1, "CC", "Committee") + " sat.", "x")
    new = new.replace(b">x<", (">The " + term.format(2, "VNS", "Assembly") + " met.<").encode())
    made = keep_identifiers(base, new).decode()
    assert '<term xml:id="d-t1">VNS</term> <gloss target="#d-t1">' in made
    assert '<term xml:id="d-t2">CC</term> <gloss target="#d-t2">' in made


@pytest.mark.parametrize("name", ["d-nstar", "d-n12a"])
def test_names_without_a_number_are_given_once(name):
    note = f'<note xml:id="{name}">{{}}</note>'
    base = NOTES.format("", note.format("By sea from the north.")).encode()
    new = NOTES.format("", note.format("Something else altogether.")).encode()
    made = keep_identifiers(base, new)
    assert name not in identifiers_in(made)
    assert given_before(base, made) == [name]


LINES = st.lists(st.text("abc ", min_size=1, max_size=12).filter(str.strip), max_size=8)


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, min_size=2, max_size=4))
def test_no_identifier_is_ever_used_for_something_else(versions):
    last, retired = document(*versions[0]), []
    ever = {name: words.split() for name, words in named(last).items()}
    for lines in versions[1:]:
        new = keep_identifiers(last, document(*lines), retired)
        assert list(named(new).values()) == lines
        kept = named(last)
        for name in named(new):
            assert name in kept or name not in ever
        ever.update(named(new))
        retired, last = given_before(last, new, retired), new
