"""The header: what is known has its element; what nobody says has none."""

from __future__ import annotations

import pytest

from diplomatic.encode.header import HeaderFacts, build_header, language_name
from diplomatic.settings import Sidecar
from diplomatic.transcript.model import Document, Metadata
from diplomatic.xml.names import NSMAP


def facts(**known: object) -> HeaderFacts:
    """Return the facts of a document that says little."""
    fields = {key: str(value) for key, value in known.items()}
    document = Document("archival", "a test", "letter", metadata=Metadata(fields))
    return HeaderFacts("d1", "d1.txt", b"text", document, title="A letter", languages=["en"])


def text_of(given: HeaderFacts, path: str) -> str | None:
    """Return the words at a path of the header; None where there is no such element."""
    return build_header(given).findtext(f".//{path}", namespaces=NSMAP)


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("repository", "State Archive", "tei:msIdentifier/tei:repository"),
        ("fonds", "0102", "tei:msIdentifier/tei:collection"),
        ("delo", "9", "tei:msIdentifier/tei:idno[@type='delo']"),
        ("shelfmark", "f. 0102, d. 9", "tei:msIdentifier/tei:idno[@type='shelfmark']"),
        ("record_id", "1234", "tei:idno[@type='record']"),
        ("abstract", "Orlov reports.", "tei:abstract/tei:p"),
        ("source", "NAS, f. 5", "tei:bibl[@type='original']"),
        ("date", "March 9, 1951", "tei:creation/tei:date[@when='1951-03-09']"),
        ("rights", "Reuse is welcome.", "tei:availability[@status='restricted']/tei:licence"),
        ("translator", "A. Lisov", "tei:respStmt[@xml:id='tr']/tei:name"),
    ],
)
def test_a_field_has_its_element_or_none(field: str, value: str, path: str) -> None:
    assert text_of(facts(**{"repository": "State Archive", field: value}), path) == value
    if field not in ("repository", "translator"):
        assert text_of(facts(repository="State Archive"), path) is None


def test_what_is_not_said_is_not_invented() -> None:
    assert text_of(facts(), "tei:author") is None
    assert text_of(facts(), "tei:correspDesc/tei:correspAction") is None
    assert text_of(facts(), "tei:creation/tei:date") == "not dated in the transcript"
    assert text_of(facts(), "tei:availability[@status='unknown']/tei:p")


def test_the_sidecar_counts_before_the_page() -> None:
    given = facts(date="March 9, 1951")
    given.sidecar = Sidecar.model_validate(
        {"date": "1952", "author": "Orlov", "recipient": "Belov"}
    )
    assert text_of(given, "tei:creation/tei:date") == "1952"
    assert text_of(given, "tei:author") == "Orlov"
    assert text_of(given, "tei:correspAction[@type='received']/tei:persName") == "Belov"


@pytest.mark.parametrize(
    ("tag", "name"), [("ru", "Russian"), ("ru-Latn", "Russian in Latin letters"), ("xx", "xx")]
)
def test_language_name(tag: str, name: str) -> None:
    assert language_name(tag) == name


@pytest.mark.parametrize(
    ("known", "archive", "path"),
    [
        ({}, {}, None),
        ({"repository": "State Archive"}, {}, "tei:altIdentifier[@type='registry']/tei:idno"),
        ({}, {"fonds": "0102"}, "tei:altIdentifier[@type='registry']/tei:idno"),
        ({}, {"country": "Northland"}, "tei:altIdentifier[@type='registry']/tei:idno"),
    ],
)
def test_a_registry_number_needs_no_archive(
    known: dict[str, str], archive: dict[str, str], path: str | None
) -> None:
    """TEI's rules want a place first in msIdentifier; none is invented for a number."""
    given = facts(**known)
    given.registry = ["0207s"]
    given.sidecar = Sidecar.model_validate({"archive": archive})
    alone = "tei:sourceDesc/tei:bibl[@type='original']/tei:idno[@type='registry']"
    assert text_of(given, alone) == (None if path else "0207s")
    assert text_of(given, path or "tei:msDesc") == ("0207s" if path else None)
    first = build_header(given).find(".//tei:msIdentifier/*[1]", NSMAP)
    assert first is None or not str(first.tag).endswith(("}idno", "}altIdentifier"))


def test_a_shelfmark_without_an_archive() -> None:
    given = facts(shelfmark="d. 9")
    assert text_of(given, "tei:bibl[@type='original']/tei:idno[@type='shelfmark']") == "d. 9"
    assert text_of(given, "tei:msDesc") is None
