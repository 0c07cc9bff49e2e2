"""The letters of the edition in the Correspondence Metadata Interchange Format (CMIF 1.0).

In: settings, facts of the documents, the names of the indices. Out: a TEI file as correspSearch
harvests it. CMIF demands the address of the file and a licence with its address: without a base
address or such a licence there is no file.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lxml import etree

from diplomatic.publish.citations import address, edition_title
from diplomatic.publish.facts import DocumentFacts, Party
from diplomatic.publish.records import IndexedName
from diplomatic.settings import EditionSettings
from diplomatic.xml.names import TEI_NS, XML_ID, tei

FILE: Final = "data/letters.xml"
# Authorities that CMIF names, as their addresses begin after the scheme.
_PERSONS: Final = ("viaf.org/", "d-nb.info/gnd/", "id.loc.gov/", "id.ndl.go.jp/")
_PERSONS_TOO: Final = ("catalogue.bnf.fr/", "data.bnf.fr/", "www.wikidata.org/")
_PLACES: Final = ("www.geonames.org/", "sws.geonames.org/", "geonames.org/")
_ELEMENTS: Final = {"person": "persName", "org": "orgName"}


def can_be_harvested(settings: EditionSettings, facts: Sequence[DocumentFacts]) -> bool:
    """Say whether there are letters, and all that CMIF demands of their file."""
    licensed = settings.licence is not None and settings.licence.url is not None
    return bool(settings.base_url) and licensed and any(d.is_letter for d in facts)


def letters(
    settings: EditionSettings,
    facts: Sequence[DocumentFacts],
    names: Mapping[str, IndexedName] | None = None,
) -> bytes:
    """Return the letters among the documents, each with what is known of its sending."""
    spaces: Any = {None: TEI_NS}
    root = etree.Element(tei("TEI"), nsmap=spaces)
    header = _add(root, "teiHeader")
    source = _file(_add(header, "fileDesc"), settings)
    profile = _add(header, "profileDesc")
    for document in facts:
        if document.is_letter:
            _letter(profile, settings, document, source, names or {})
    _add(_add(_add(root, "text"), "body"), "p")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(
    parent: etree._Element, name: str, text: str | None = None, **given: str
) -> etree._Element:
    """Add a TEI element."""
    element = etree.SubElement(parent, tei(name), given)
    element.text = text
    return element


def _file(parent: etree._Element, settings: EditionSettings) -> str:
    """Add what CMIF demands of the file; return the identifier of its source."""
    titles = _add(parent, "titleStmt")
    _add(titles, "title", f"{edition_title(settings)}: letters")
    for name in settings.editors or [settings.publisher]:
        editor = _add(titles, "editor", name)
        if settings.web.contact:
            editor.text = f"{name} "
            _add(editor, "email", settings.web.contact)
    publication = _add(parent, "publicationStmt")
    _add(publication, "publisher", settings.publisher)
    _add(publication, "idno", address(settings, FILE), type="url")
    _add(publication, "date", when=settings.date.isoformat())
    availability = _add(publication, "availability")
    if settings.licence:
        _add(availability, "licence", settings.licence.name, target=str(settings.licence.url or ""))
    # The same at each build, and another for each edition, as CMIF asks; it begins with a letter.
    identifier = f"edition-{uuid.uuid5(uuid.NAMESPACE_URL, str(settings.base_url))}"
    bibl = _add(_add(parent, "sourceDesc"), "bibl", f"{edition_title(settings)} ", type="online")
    bibl.set(XML_ID, identifier)
    _add(bibl, "ref", target=address(settings, "index.html") or "").text = str(settings.base_url)
    return identifier


def _letter(
    parent: etree._Element,
    settings: EditionSettings,
    facts: DocumentFacts,
    source: str,
    names: Mapping[str, IndexedName],
) -> None:
    """Add one letter: who sent it, who received it, where and when as far as it is stated."""
    page = address(settings, f"{facts.id}.html") or f"{facts.id}.html"
    letter = _add(parent, "correspDesc", ref=page, source=f"#{source}")
    for role in ("sent", "received"):
        action = _add(letter, "correspAction", type=role)
        parties = [party for party in facts.parties if party.role == role]
        if role == "sent":
            parties += _of_the_text(facts, {party.kind for party in parties})
        for party in parties:
            if party.kind in _ELEMENTS:
                given = _authority(names.get(party.key), (*_PERSONS, *_PERSONS_TOO))
                _add(action, _ELEMENTS[party.kind], party.name, **given)
        for party in parties:
            if party.kind == "place":
                _add(action, "placeName", party.name, **_authority(names.get(party.key), _PLACES))
        when = {key: value for party in parties for key, value in party.when.items()}
        if when:
            _add(action, "date", **when)


def _of_the_text(facts: DocumentFacts, stated: set[str]) -> Iterator[Party]:
    """Yield the place and the date of the document itself, where its sending states none."""
    if "place" not in stated and facts.place:
        yield Party("sent", "place", facts.place)
    if "date" not in stated:
        days = {"when": facts.date}
        if not facts.date:
            days = {"notBefore": facts.date_from, "notAfter": facts.date_to}
        yield Party("sent", "date", when={key: day for key, day in days.items() if day})


def _authority(name: IndexedName | None, known: Sequence[str]) -> dict[str, str]:
    """Return the attribute that points to an authority which CMIF names; none if there is none."""
    addresses = (*name.same, name.geo_source) if name else ()
    found = [a for a in addresses if a.partition("://")[2].startswith(tuple(known))]
    return {"ref": found[0]} if found else {}
