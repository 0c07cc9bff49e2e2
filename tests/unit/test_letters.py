"""The file of letters against what CMIF demands, and against TEI's own grammar."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from diplomatic.publish.facts import DocumentFacts, Party, read_facts
from diplomatic.publish.letters import can_be_harvested, letters
from diplomatic.publish.records import IndexedName
from diplomatic.settings import EditionSettings, Licence, WebSettings
from diplomatic.xml.names import NSMAP, XML_ID
from diplomatic.xml.reader import parse_file

EXAMPLE = Path(__file__).parents[1] / "browser" / "every-sign.xml"
SETTINGS = EditionSettings(
    title="Letters",
    publisher="Nobody",
    date=datetime.date(2026, 1, 2),
    base_url="https://example.org/edition/",
    licence=Licence(name="CC BY 4.0", url="https://creativecommons.org/licenses/by/4.0/"),
    web=WebSettings(contact="editor@example.org"),
)
LETTER = DocumentFacts(
    id="d1",
    title="A letter",
    kind="letter",
    sender="Лис, П.",
    addressee="Far East Section",
    parties=[
        Party("sent", "person", "Лис, П.", "pers-lis"),
        Party("sent", "person", "N. Belov", "pers-belov"),
        Party("sent", "place", "Port Sable", "place-port"),
        Party("sent", "date", when={"notBefore": "1951-03", "notAfter": "1951"}),
        Party("received", "org", "Far East Section"),
    ],
)
NAMES = {
    "pers-lis": IndexedName(
        "pers-lis", "Лис", "Лис", same=("https://example.org/x", "https://viaf.org/viaf/1")
    ),
    "pers-belov": IndexedName("pers-belov", "Belov", "Belov", same=("https://example.org/y",)),
    "place-port": IndexedName(
        "place-port", "Port", "Port", geo=(1.0, 2.0), geo_source="https://www.geonames.org/2"
    ),
}


def made(*documents: DocumentFacts, settings: EditionSettings = SETTINGS) -> etree._Element:
    """Return the file of letters, parsed."""
    return etree.fromstring(letters(settings, documents, NAMES))


@pytest.mark.parametrize(
    "settings",
    [
        SETTINGS,
        SETTINGS.model_copy(update={"editors": ["A", "B"], "web": WebSettings()}),
    ],
)
def test_the_file_is_as_cmif_demands(settings: EditionSettings) -> None:
    grammar = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "cmif.rng")))
    root = made(LETTER, read_facts(parse_file(EXAMPLE)), settings=settings)
    assert grammar.validate(root), grammar.error_log
    sources = {f"#{bibl.get(XML_ID)}" for bibl in root.iter("{*}bibl")}
    listed = list(root.iter("{*}correspDesc"))
    assert len(listed) == 2
    assert {letter.get("source") for letter in listed} <= sources


def test_the_file_is_tei(tei_grammar: Path) -> None:
    from diplomatic.schema.validate import check_against

    assert check_against(letters(SETTINGS, [LETTER], NAMES), "letters.xml", tei_grammar) == []


def test_a_letter_says_what_its_header_says() -> None:
    (letter,) = made(LETTER, DocumentFacts(id="d2", title="No letter", kind="report")).iter(
        "{*}correspDesc"
    )
    assert letter.get("ref") == "https://example.org/edition/d1.html"
    sent, received = letter
    names = [(etree.QName(e).localname, e.text, e.get("ref")) for e in sent[:3]]
    assert names == [
        ("persName", "Лис, П.", "https://viaf.org/viaf/1"),
        ("persName", "N. Belov", None),
        ("placeName", "Port Sable", "https://www.geonames.org/2"),
    ]
    assert dict(sent[3].attrib) == {"notBefore": "1951-03", "notAfter": "1951"}
    assert received.findtext("tei:orgName", None, NSMAP) == "Far East Section"
    assert received.find("tei:date", NSMAP) is None


@pytest.mark.parametrize(
    ("known", "date"),
    [
        ({"date": "1931-02-12"}, {"when": "1931-02-12"}),
        ({"date_from": "1931", "date_to": "1932-02"}, {"notBefore": "1931", "notAfter": "1932-02"}),
        ({}, None),
    ],
)
def test_place_and_date_of_the_letter_itself_stand_for_those_of_its_sending(
    known: dict[str, str], date: dict[str, str] | None
) -> None:
    parties = [Party("sent", "person", "A"), Party("received", "person", "B")]
    letter = replace(LETTER, parties=parties, place="Orm", **known)
    sent = next(made(letter).iter("{*}correspAction"))
    assert sent.findtext("tei:placeName", None, NSMAP) == "Orm"
    found = sent.find("tei:date", NSMAP)
    assert (None if found is None else dict(found.attrib)) == date


@pytest.mark.parametrize(
    ("update", "facts", "wanted"),
    [
        ({}, LETTER, True),
        ({}, DocumentFacts(id="d2", title="No letter", kind="report"), False),
        ({"base_url": None}, LETTER, False),
        ({"licence": None}, LETTER, False),
        ({"licence": Licence(name="Free")}, LETTER, False),
    ],
)
def test_without_what_cmif_demands_there_is_no_file(
    update: dict[str, object], facts: DocumentFacts, wanted: bool
) -> None:
    assert can_be_harvested(SETTINGS.model_copy(update=update), [facts]) is wanted
