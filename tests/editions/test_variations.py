"""No rule knows the two documents of the edition: changed, they are encoded as well.

Each variation is a list of replacements in a transcript; the TEI must be valid and whole, and hold
what the variation put in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from diplomatic.checking.fidelity import compare, rebuild
from diplomatic.encode import EncodeRequest, encode_transcript
from diplomatic.schema.validate import check_document
from diplomatic.xml.names import NSMAP

SOURCES = Path(__file__).parents[2] / "tei" / "sources"
JOURNAL = "ivanov-journal-1956-01-13"
ARTICLE = "deportation-of-koreans"
STAMP = re.compile(r"\[USSR MFA Far\n.*?\]", re.DOTALL)


@dataclass(frozen=True)
class Variation:
    """A transcript with changes: the document, and pairs of old and new words."""

    document: str
    changes: tuple[tuple[str, str], ...]

    def text(self) -> str:
        text = (SOURCES / f"{self.document}.txt").read_text("utf-8")
        for old, new in self.changes:
            assert old in text, old
            text = text.replace(old, new)
        return text


def tree_of(text: str) -> etree._Element:
    """Encode, prove validity and fidelity, and return the root."""
    encoded = encode_transcript(text.encode(), EncodeRequest("varied", "varied.txt"))
    errors = [f for f in check_document(encoded.xml, "varied.xml") if f.severity == "error"]
    assert not errors, errors
    assert compare(text, rebuild(encoded.xml, "varied"), "varied.txt") == []
    return etree.fromstring(encoded.xml)


def shape(root: etree._Element) -> list[tuple[str, str]]:
    """Return the elements of the text with their types, in order."""
    return [
        (etree.QName(element).localname, element.get("type", ""))
        for element in root.iterfind(".//tei:text//*", NSMAP)
    ]


def words(element: etree._Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    "changes",
    [
        (("Kim Il Sung", "Pak Chol Su"), ("Kim ", "Pak ")),
        (("Ivanov", "Sidorenko"), ("IVANOV", "SIDORENKO"), ("V. I.", "A. B.")),
        (("Pyongyang\n", "Port Sable\n"),),
        (("Molotov", "Lisov"), ("Fedorenko", "Antonova"), ("Kurdyukov", "Karsh")),
        (("13 January", "27 August"), ("January 13", "August 27")),
        (("M/B", "ax/qq"), ("Nº 94", "Nº 1207")),
        (("SOVIET EMBASSY IN THE DPRK", "LEGATION OF NORTHLAND IN SABLE"),),
    ],
    ids=["speaker", "writer", "place", "recipients", "day", "typist", "letterhead"],
)
def test_other_names_give_the_same_structure(changes: tuple[tuple[str, str], ...]) -> None:
    original = tree_of((SOURCES / f"{JOURNAL}.txt").read_text("utf-8"))
    assert shape(tree_of(Variation(JOURNAL, changes).text())) == shape(original)


@pytest.mark.parametrize(
    ("stamp", "lines", "parts"),
    [
        ("[Stamp: SECRET\nIncoming Nº 77]", 2, {"SECRET", "77"}),
        (
            "[Northland Trade\nMission, Third\nSection stamp:\nReceived\nNº 0812k\n4 May 1961]",
            6,
            {"4 May 1961"},
        ),
        (
            "[stamp: MFA\nWest Department\nConfidential\n"
            "Incoming Nº 9-s\nCopy Nº _____\n1 June 1958\nFile]",
            7,
            {"9-s", "Confidential"},
        ),
    ],
    ids=["two-lines", "label-on-a-later-line", "seven-lines"],
)
def test_other_stamps(stamp: str, lines: int, parts: set[str]) -> None:
    text = (SOURCES / f"{JOURNAL}.txt").read_text("utf-8")
    root = tree_of(STAMP.sub(lambda _: stamp, text))
    found = root.find(".//tei:opener/tei:stamp", NSMAP)
    assert found is not None
    assert len(found.findall(".//tei:lb", NSMAP)) == lines - 1
    assert found.find("tei:seg[@type='caption']", NSMAP) is not None
    marked = {words(e) for e in found.iterfind(".//*") if e.get("type") != "caption"}
    assert parts <= marked


def test_seven_notes_instead_of_nine() -> None:
    text = (SOURCES / f"{ARTICLE}.txt").read_text("utf-8")
    text = text.replace("[8]", "").replace("[9]", "")
    text = "".join(line for line in text.splitlines(True) if not re.match(r"\s+[89]\. ", line))
    root = tree_of(text)
    notes = root.findall(".//tei:note[@type='endnote']", NSMAP)
    marks = root.findall(".//tei:ref[@type='noteref']", NSMAP)
    assert [note.get("n") for note in notes] == list("1234567")
    ids = {note.get("{http://www.w3.org/XML/1998/namespace}id") for note in notes}
    assert {mark.get("target", "").lstrip("#") for mark in marks} == ids


def test_other_sections_and_language_links() -> None:
    variation = Variation(
        ARTICLE,
        (
            ("Planning the forced relocation", "How it was decided"),
            (
                "ko:고려인의 강제 이주 ru:Депортация корейцев в СССР",
                "de:Umsiedlung fr:Déportation uk:Депортація",
            ),
        ),
    )
    root = tree_of(variation.text())
    heads = [words(head) for head in root.iterfind(".//tei:div[@type='section']/tei:head", NSMAP)]
    assert heads == ["How it was decided", "The deportation"]
    links = root.findall(".//tei:ref[@type='interlanguage']", NSMAP)
    assert [link.get("{http://www.w3.org/XML/1998/namespace}lang") for link in links] == [
        "de",
        "fr",
        "uk",
    ]


def test_numbered_issues_may_be_more_and_longer() -> None:
    issue = "5. Many Soviet Koreans who"
    variation = Variation(
        JOURNAL, ((issue, f"5. Another question.\nIt was asked by many.\n6. {issue[3:]}"),)
    )
    root = tree_of(variation.text())
    labels = [words(e) for e in root.iterfind(".//tei:list[@rend='numbered']/tei:label", NSMAP)]
    assert labels[:6] == ["1.", "2.", "3.", "4.", "5.", "6."]


@pytest.mark.parametrize(
    ("words_of_gap", "expected"),
    [
        ("two illegible lines", {"unit": "line", "quantity": "2"}),
        ("5-6 words illegible", {"unit": "word", "atLeast": "5", "atMost": "6"}),
        ("illegible", {}),
    ],
)
def test_other_illegible_stretches(words_of_gap: str, expected: dict[str, str]) -> None:
    root = tree_of(Variation(JOURNAL, (("3-4 illegible letters", words_of_gap),)).text())
    gap = root.find(".//tei:seg[@type='reference']/tei:gap", NSMAP)
    assert gap is not None
    kept = {k: v for k, v in gap.attrib.items() if k in ("unit", "quantity", "atLeast", "atMost")}
    assert kept == expected
    assert words(gap) == words_of_gap
