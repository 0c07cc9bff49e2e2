"""Identifiers from names of files: any script, any system, no two alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic.edition import RESERVED, is_identifier
from diplomatic.slugs import slug
from diplomatic.starting.identifiers import identifier_for

NAMES = {
    "Letter to Belov.txt": "letter-to-belov",
    "LETTER_1951-03-09.TXT": "letter-1951-03-09",
    "Письмо Щукину.txt": "pismo-shchukinu",
    "Ёлкин, объявление.docx": "elkin-obyavlenie",
    "김일성 동지.txt": "gim-il-seong-dong-ji",
    "毛泽东 1950.txt": "mao-ze-dong-1950",
    "Brief an Müller & Söhne.odt": "brief-an-muller-sohne",
    "Łódź, 3 V 1951.txt": "lodz-3-v-1951",
    "d’Artagnan's letter.md": "dartagnans-letter",
    "1951-03-09.txt": "d-1951-03-09",
    "1951/04.txt": "d-1951-04",
    "port sable/04.txt": "port-sable-04",
    "index.txt": "d-index",
    "con.txt": "d-con",
    "Aux.txt": "d-aux",
    "…!?.txt": "document",
    "back\\slash:colon*star.txt": "back-slash-colon-star",
    "a.b_c--d.txt": "a-b-c-d",
}


@pytest.mark.parametrize("name", NAMES)
def test_name(name):
    assert identifier_for(name, ()) == NAMES[name]


def test_composed_and_decomposed_letters_are_the_same():
    assert slug(unicodedata.normalize("NFD", "Ёлка Öst")) == slug("Ёлка Öst") == "elka-ost"


def test_a_name_that_is_taken_gets_its_folder_then_a_number():
    taken = {"letter"}
    assert identifier_for("1951/letter.txt", taken) == "d-1951-letter"
    assert identifier_for("letter.txt", taken) == "letter-2"
    assert identifier_for("letter.txt", taken | {"letter-2"}) == "letter-3"


def test_a_long_name_is_cut_between_words():
    name = identifier_for(f"{'word ' * 40}.txt", ())
    assert len(name) <= 60
    assert set(name.split("-")) == {"word"}


@pytest.mark.parametrize("name", sorted({*RESERVED, "nul", "com1", "lpt9", "prn"}))
def test_no_name_that_a_system_or_the_website_needs(name):
    assert not is_identifier(name)
    assert is_identifier(identifier_for(f"{name}.txt", ()))


@given(st.lists(st.text(min_size=1, max_size=90), max_size=8))
def test_any_names_give_identifiers_that_differ(names):
    taken: set[str] = set()
    for name in names:
        found = identifier_for(name.replace("\0", ""), taken)
        assert is_identifier(found)
        assert found not in taken
        taken.add(found)
