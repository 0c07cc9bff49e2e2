"""Whatever a transcript holds, its TEI is valid and gives it back whole, in linear time.

The fragments are what transcripts are made of: brackets, labels, blanks, digits, four scripts and
the words that rules look for, thrown together.
"""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diplomatic.checking.fidelity import compare, rebuild
from diplomatic.encode import EncodeRequest, encode_transcript
from diplomatic.findings import DiplomaticError
from diplomatic.schema.validate import check_document

EXAMPLES = int(os.environ.get("DIPLOMATIC_EXAMPLES", "120"))
FRAGMENTS = [
    "[",
    "]",
    "[[",
    "]]",
    "[…]",
    "[...]",
    "(",
    ")",
    "/",
    "?",
    "[?]",
    "\n",
    "\n\n",
    " ",
    "\xa0",
    "\t",
    "___",
    "…",
    ". . . .",
    "1",
    "12",
    "Nº ",
    "1.",
    "2.",
    "a)",
    "- ",
    "•",
    "[1]",
    "[signature]",
    "[stamp: ",
    "Stamp:",
    "[handwritten",
    "handwritten]",
    "[sic]",
    "SIC",
    "illegible",
    "[illegible]",
    "him",
    "The",
    "Kim",
    "ORLOV",
    "Dear Sir:",
    "13 January",
    "9 March 1951",
    "№",
    "Привет",
    "мир",
    "김일성",
    "中文",
    "שלום",
    "Zhou: ",
    "P.S. ",
    "Copy Nº ",
    "typed by",
    "M/B",
    "Two copies",
    "1 - to Cde. Belov",
    "Enclosure",
    "Source",
    "Rights",
    "Author(s):",
    "January 3, 1951",
    "[edit]",
    "Template:Ru icon",
    "{{x}}",
    "From Wikipedia, the free encyclopedia",
    "^ a b ",
    "T[rade]",
    "M e m o",
    "[page 3]",
    "- 4 -",
    "_____________",
    "==H==",
    "ko:가나 ru:Да",
    "\u2028",
    "\ufeff",
    "I am, etc.,",
    "x.1",
    '"',
    "'",
    "”",
    "100 tons of grain",
    "25–30 people",
    "\r\n",
    "/signed/",
    "(signed)",
    "[Stamp]: ",
    "[handwritten] ",
    "¹",
    "*",
    "**",
    "|",
    "| a | b |",
    "---|---|",
]
PIECES = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=60)


def assert_whole(text: str) -> None:
    """Encode; what is no transcript at all is refused with a finding, everything else is whole."""
    try:
        encoded = encode_transcript(text.encode(), EncodeRequest("d1", "d1.txt"))
    except DiplomaticError as error:
        assert error.finding.code in {"D011", "D013"}  # noqa: PT017 - the code is what is tested
        return
    assert compare(text, rebuild(encoded.xml, "d1"), "d1.txt") == []
    errors = [f for f in check_document(encoded.xml, "d1.xml") if f.severity == "error"]
    assert not errors, errors[0].as_text()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(PIECES.map("".join), PIECES.map(" ".join), PIECES.map("\n".join)))
def test_fragments_come_back_whole(text: str) -> None:
    assert_whole(text)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200))
def test_any_text_comes_back_whole_or_is_refused(text: str) -> None:
    assert_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "[ " * 20_000 + "[a]" * 20_000,
        "[a " * 20_000 + "]" * 20_000,
        "[stamp: x\n\n" * 2_000,
        ("word and some more " * 20 + "[him] ") * 2_500,
        "a [b] " * 20_000,
        "1" * 500_000,
        "_" * 500_000,
        " " * 1_000_000 + "x",
        "A.\n" * 10_000,
        "A. " * 70 + "\n" + "A., " * 50 + "\n" + '"A" ' * 50,
        "x [1]\nNotes\n[1] y\n" * 3_000,
        "Two copies\n1 - to Lis\n" * 3_000,
        "[signature]\n3 May\n" * 3_000,
        "the привет\n" * 5_000,
    ],
    ids=[
        "open",
        "open-then-pairs",
        "nested",
        "unclosed-stamps",
        "long-line",
        "brackets-on-one-line",
        "digits",
        "strokes",
        "blanks",
        "lines",
        "initials",
        "notes",
        "copies",
        "signatures",
        "languages",
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.monotonic()
    encode_transcript(text.encode(), EncodeRequest("d1", "d1.txt"))
    # A wide guard: quadratic behaviour would take minutes, not seconds.
    assert time.monotonic() - started < 40
