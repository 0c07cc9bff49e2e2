"""The rules beyond grammar, tried at every place of valid documents where one can be broken.

Issue 4 lists what the rules are for; each row here is one of its lines. A rule that is seen to hold
in one place only may have been written for that place.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from checking import check
from diplomatic.xml.names import XML_ID, tei
from diplomatic.xml.reader import parse_bytes

VALID = Path(__file__).parent / "valid"
NAMES = {"tei": "http://www.tei-c.org/ns/1.0"}
Break = Callable[[etree._Element], object]


def put(**attributes: str) -> Break:
    """Return a function that sets attributes."""
    return lambda element: [element.set(name, value) for name, value in attributes.items()]


def take(*names: str) -> Break:
    """Return a function that takes attributes away."""
    return lambda element: [element.attrib.pop(name, None) for name in names]


def swap(first: str, second: str) -> Break:
    """Return a function that lets two attributes change their values."""

    def change(element: etree._Element) -> None:
        one, other = element.get(first, ""), element.get(second, "")
        element.set(first, other)
        element.set(second, one)

    return change


def remove(element: etree._Element) -> None:
    """Take an element away, and keep the words after it."""
    parent, previous = element.getparent(), element.getprevious()
    assert parent is not None
    if previous is not None:
        previous.tail = (previous.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def empty(element: etree._Element) -> None:
    """Take the words of an element away."""
    element.text = None


def twice(element: etree._Element) -> None:
    """Give an element the identifier of the document."""
    element.set(XML_ID, str(element.getroottree().getroot().get(XML_ID)))


def unmark(note: etree._Element) -> None:
    """Take away every mark of a note."""
    target = f"#{note.get(XML_ID)}"
    for mark in list(note.getroottree().getroot().iter(tei("ref"), tei("ptr"))):
        if mark.get("target") == target:
            remove(mark)


def rename(element: etree._Element) -> None:
    """Give an element another identifier than the one that is pointed at."""
    element.set(XML_ID, f"{element.get(XML_ID)}-renamed")


def mispair(choice: etree._Element) -> None:
    """Let the second form of a choice be of another pair."""
    choice[1].tag = tei("expan" if choice[0].tag != tei("abbr") else "corr")


def backwards(date: etree._Element) -> None:
    """Let a period end before it begins."""
    swap("from" if date.get("from") else "notBefore", "to" if date.get("to") else "notAfter")(date)


POINTED = "//tei:*[@xml:id][concat('#', @xml:id) = //tei:text//@target]"
WORDS = (
    "p head item label hi persName placeName orgName supplied unclear sic corr signed salute note"
)
FILLED = " | ".join(f"//tei:text//tei:{name}[not(*)][normalize-space()]" for name in WORDS.split())
# What is broken: where, how, and the code of what is said.
RULES: dict[str, tuple[str, Break, str]] = {
    "a reference leads nowhere": (POINTED, rename, "D302"),
    "a reference into an index leads nowhere": (
        "//tei:text//tei:*[contains(@ref, '.xml#')]",
        lambda element: element.set("ref", element.get("ref", "") + "-gone"),
        "D302",
    ),
    "an identifier is given twice": ("//tei:text//tei:*[@xml:id]", twice, "D301"),
    "a range runs backwards": (
        "//tei:*[@atLeast and @atMost and @atLeast != @atMost]",
        swap("atLeast", "atMost"),
        "D202",
    ),
    "a quantity stands beside a range": ("//tei:gap[@atLeast]", put(quantity="3"), "D203"),
    "a count has no unit": ("//tei:gap[@quantity and @unit]", take("unit"), "D204"),
    "a date is no real date": ("//tei:date[@when]", put(when="1951-02-30"), "D114"),
    "a date stands beside a range": ("//tei:date[@when]", put(to="1990-01-01"), "D205"),
    "dates run backwards": (
        "//tei:date[@from and @to] | //tei:date[@notBefore and @notAfter]",
        backwards,
        "D206",
    ),
    "a choice is no pair": ("//tei:choice[tei:sic or tei:abbr or tei:orig]", mispair, "D201"),
    "a note has no mark": (
        "//tei:back//tei:note[@xml:id][@n][concat('#', @xml:id) = //tei:ref/@target]",
        unmark,
        "D208",
    ),
    "a mark has no note": ("//tei:ref[@type = 'noteref'][@target]", take("target"), "D209"),
    "a hand is not declared": ("//tei:text//tei:*[@hand]", put(hand="#nobody"), "D302"),
    "a hand is no hand": ("//tei:text//tei:*[@hand]", put(hand="#tr"), "D303"),
    "a voice is not declared": ("//tei:text//tei:*[@resp]", put(resp="#nobody"), "D302"),
    "a speaker is not declared": ("//tei:*[@who]", put(who="#nobody"), "D302"),
    "an element is empty": (FILLED, empty, "D211"),
    "a stamp has no type": ("//tei:stamp", take("type"), "D112"),
    "a document has no licence": ("//tei:publicationStmt/tei:availability", remove, "D212"),
    "a document has no date": ("//tei:profileDesc/tei:creation", remove, "D214"),
    "a document has no language": ("//tei:profileDesc/tei:langUsage", remove, "D215"),
}


def broken(where: str, how: Break) -> Iterator[tuple[str, int, bytes]]:
    """Yield each valid document with one place broken: file, line, bytes."""
    for path in sorted(VALID.glob("*.xml")):
        tree = parse_bytes(path.read_bytes(), path.name)
        for index, found in enumerate(tree.xpath(where, namespaces=NAMES)):
            changed = copy.deepcopy(tree)
            how(changed.xpath(where, namespaces=NAMES)[index])
            yield path.name, found.sourceline, etree.tostring(changed, encoding="UTF-8")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_holds_everywhere(rule: str) -> None:
    where, how, code = RULES[rule]
    places = list(broken(where, how))
    silent = [
        (name, line)
        for name, line, data in places
        if code not in {finding.code for finding in check(data, str(VALID / name))}
    ]
    assert places, "no valid document has such a place"
    assert silent == []


def test_a_document_without_a_source() -> None:
    """What it has instead must say where the text is from."""
    for name, _, data in broken("//tei:sourceDesc", empty):
        changed = parse_bytes(data, name)
        source = next(changed.iter(tei("sourceDesc")))
        for child in list(source):
            source.remove(child)
        etree.SubElement(source, tei("p"))
        said = check(etree.tostring(changed, encoding="UTF-8"), str(VALID / name))
        assert "D213" in {finding.code for finding in said}
