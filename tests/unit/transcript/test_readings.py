"""Constructs: the elements and attributes that a bracket becomes."""

from __future__ import annotations

import pytest
from making import CONVENTIONS, context_of

from diplomatic.transcript.readings import CONSTRUCTS, dimensions, place_of, stamp_type


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2-3 illegible letters", {"unit": "char", "atLeast": "2", "atMost": "3"}),
        ("one line illegible", {"unit": "line", "quantity": "1"}),
        ("three surnames illegible", {"unit": "surname", "quantity": "3"}),
        ("illegible forename", {"unit": "forename", "quantity": "1"}),
        ("illegible words", {"unit": "word", "atLeast": "2"}),
        ("two or three words", {"unit": "word", "atLeast": "2", "atMost": "3"}),
        ("half a page cut off", {"unit": "page", "extent": "half a page cut off"}),
        ("pages 4-6 missing", {"unit": "page", "quantity": "3"}),
        ("page 5 missing", {"unit": "page", "quantity": "1"}),
        ("illegible", {}),
    ],
)
def test_dimensions(words: str, expected: dict[str, str]) -> None:
    assert dimensions(words, CONVENTIONS) == expected


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Incoming Nº 207", "registry"),
        ("Received 4 May 1961", "receipt"),
        ("SECRET", "classification"),
        ("MFA, Far East Section", "office"),
    ],
)
def test_stamp_type(words: str, kind: str) -> None:
    assert stamp_type(words, CONVENTIONS) == kind


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("handwritten in the left margin: no", "margin-left"),
        ("at the top of the page: yes", "top"),
        ("handwritten: no", ""),
    ],
)
def test_place_of(words: str, place: str) -> None:
    assert place_of(words, CONVENTIONS) == place


@pytest.mark.parametrize(
    ("construct", "text", "expected"),
    [
        ("gap", "[one word illegible]", ["gap", "desc"]),
        ("signature", "[signature]", ["figure", "figDesc"]),
        ("emblem", "[coat of arms]", ["figure", "figDesc"]),
        ("blank", "[left blank]", ["space", "desc"]),
        ("page", "[page 3]", ["pb", "fw"]),
        ("sound", "[laughter]", ["incident", "desc"]),
        ("unclear", "[[word]]", ["unclear"]),
        ("supplied", "to [him] it", ["supplied"]),
        ("gloss", "it [that is, this]", ["gloss"]),
        ("identification", "he [Lis]", ["note"]),
        ("original-wording", "gave in [ustupil]", ["note", "foreign"]),
        ("stamp", "[stamp: SECRET]", ["stamp", "seg"]),
        ("stamp", "URGENT [stamp]", ["stamp", "seg"]),
        ("handwriting", "[handwritten: to file]", ["note", "seg"]),
        ("handwriting", "day [by hand] came", ["add", "note"]),
        ("sic", "he sayd [sic] it", ["sic", "note"]),
        ("sic", "he sayd [sic, said] it", ["choice", "sic", "note"]),
        ("sic", "[sic]", ["note"]),
        ("received", "[received 3 May]", ["note"]),
    ],
)
def test_construct(construct: str, text: str, expected: list[str]) -> None:
    assert [span.name for span in CONSTRUCTS[construct](context_of(text), {})] == expected


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("he sayd [sic, said] it", "said"),
        ("the Kurian island [sic, ostrov] lies", None),
        ("he came [sic, presumably went] home", "went"),
        ("Port Sabel [sic, Port Sable] lies", "Port Sable"),
    ],
)
def test_correction_of_sic(text: str, corrected: str | None) -> None:
    added = [each.text for span in CONSTRUCTS["sic"](context_of(text), {}) for each in span.after]
    assert added == ([corrected] if corrected else [])
