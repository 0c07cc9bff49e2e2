"""The scoring itself: alignment, the notation of expectations, the comparison of structures."""

from __future__ import annotations

from collections import defaultdict

import pytest
from expectations import editorial, parse
from lxml import etree
from structure import CLASSES, Tally, compare, likeness, without
from tei_reading import align, at, key, span_of, words
from units import FORMULA_END

TRANSCRIPT = "We hand [him] the T[rade] list […] of M/B [SIC] on ___ May.\n[stamp: IN\n9 May]"
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div>
<p>We hand <supplied>him</supplied> the
<choice><abbr>T</abbr><expan resp="#tr">T<ex>rade</ex></expan></choice>
list <gap reason="editorial"/> of <sic>M/B</sic> <note type="sic">SIC</note>
on <space quantity="3"/> May.
<note resp="#ed">ours</note></p>
<p><stamp><seg type="caption">stamp:</seg> IN<lb/>9 May</stamp></p></div></body></text></TEI>"""


def found(mark: str) -> list[etree._Element]:
    start, end = span_of(TRANSCRIPT, mark, 1)
    return [place.element for place in at(align(TRANSCRIPT, etree.fromstring(TEI)), start, end)]


@pytest.mark.parametrize(
    ("mark", "notation"),
    [
        ("[him]", "supplied : him"),
        ("T[rade]", "ex : rade"),
        ("T[rade]", "expan : Trade"),
        ("[…]", "gap @reason=editorial @!unit"),
        ("M/B [SIC]", "sic : M/B"),
        ("[SIC]", "note @type=sic|gloss : SIC"),
        ("[SIC]", "sic ~ M/B"),
        ("___", "space @quantity=3"),
        ("[stamp: IN\n9 May]", "stamp : stamp: IN 9 May"),
        ("IN", "seg|stamp ~ IN << p"),
    ],
)
def test_expected_element_is_at_the_mark(mark: str, notation: str):
    assert any(parse(notation).fits(element) for element in found(mark))


@pytest.mark.parametrize("mark", ["We hand", "of", "list"])
def test_nothing_editorial_at_plain_words(mark: str):
    start, end = span_of(TRANSCRIPT, mark, 1)
    assert editorial(list(at(align(TRANSCRIPT, etree.fromstring(TEI)), start, end))) == []


def test_words_leave_out_what_the_edition_added():
    paragraph = etree.fromstring(TEI).find(".//{*}p")
    assert "ours" not in words(paragraph)
    assert words(paragraph).startswith("We hand him the Trade list")


def test_key_falls_back_to_signs():
    assert key("[?]") == "?"
    assert key("[To the File.]") == "tothefile"


def test_a_bad_notation_is_named():
    with pytest.raises(ValueError, match="cannot read the expectation"):
        parse("supplied = him")


def test_a_missing_mark_is_named():
    with pytest.raises(ValueError, match="does not occur 2 times"):
        span_of("one [him]", "[him]", 2)


def test_closer_counts_with_and_without_formula():
    theirs = ("i", "have", "the", "honor", "to", "be", "yours", FORMULA_END, "halden")
    assert likeness(("halden",), theirs) == 1.0
    assert likeness(tuple(w for w in theirs if w != FORMULA_END), theirs) == 1.0


def test_texts_outside_structures_are_taken_off():
    assert without(("papers", "no", "1", "a", "to", "b"), {("papers",), ("no", "1")}) == (
        "a",
        "to",
        "b",
    )


def test_same_structure_has_f1_one_and_a_stranger_costs():
    tallies: dict[str, Tally] = defaultdict(Tally)
    units = {kind: [("one", "two", "three")] for kind in CLASSES}
    compare("x", units, units, set(), tallies)
    assert all(tallies[kind].f1 == 1.0 for kind in CLASSES)
    compare("x", {"note": [("other",)]}, {"note": [("word",)]}, set(), tallies)
    assert (tallies["note"].missed, tallies["note"].extra) == (1, 1)
