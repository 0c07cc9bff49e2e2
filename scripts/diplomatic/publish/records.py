"""Records for the stylesheets: what a page must know of the edition beyond its own document.

In: the edition's settings, the facts of its documents, the names of its indices. Out: XML in the
namespace `urn:diplomatic:edition`, as bytes, which `xslt/html.xsl` takes. A document's page gets
only itself, its neighbours and the names that it mentions, so that its size does not grow with
the edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic import __version__
from diplomatic.publish.citations import json_ld
from diplomatic.publish.facts import DocumentFacts, words
from diplomatic.settings import EditionSettings
from diplomatic.xml.names import XML_ID, XML_LANG, local_name, tei
from diplomatic.xml.reader import parse_file

EDITION_NS: Final = "urn:diplomatic:edition"
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_ENTITIES: Final = {"person": "persName", "place": "placeName", "org": "orgName", "item": "term"}


# A page that every page links to: its name in the labels, its file, whether in the masthead.
SitePage = tuple[str, str, bool]


@dataclass(frozen=True)
class IndexedName:
    """An entity of an index: its key, the name it is listed under, and what that is sorted by.

    `variants` are its other names with their languages ('' for the index's own); `note` is what
    the index says of it; `same` are addresses of authorities' records of it; `geo` is where a
    place is (latitude, longitude), if the index has it, and `geo_source` who says so.
    """

    key: str
    name: str
    sort: str
    variants: tuple[tuple[str, str], ...] = ()
    note: str = ""
    same: tuple[str, ...] = ()
    geo: tuple[float, float] | None = None
    geo_source: str = ""


def read_index(path: Path) -> Iterable[IndexedName]:
    """Yield the entities of an index file (listPerson, listPlace, listOrg, a list of terms).

    Raises:
        DiplomaticError: D012, D100, D101.
    """
    for element in parse_file(path).getroot().iter(*map(tei, _ENTITIES)):
        key = element.get(XML_ID)
        names = element.findall(tei(_ENTITIES[local_name(str(element.tag))]))
        if not key or not names:
            continue
        listed = words(names[0])
        others = ((words(name), name.get(XML_LANG, "")) for name in names[1:])
        note = element.find(tei("note"))
        location = element.find(f"{tei('location')}[{tei('geo')}]")
        yield IndexedName(
            key,
            listed,
            names[0].get("sortKey") or listed,
            tuple(variant for variant in others if variant[0] != listed),
            "" if note is None else words(note),
            tuple(filter(_is_address, (words(e) for e in element.findall(tei("idno"))))),
            _coordinates(location),
            "" if location is None else location.get("source", ""),
        )


def _coordinates(location: etree._Element | None) -> tuple[float, float] | None:
    """Return latitude and longitude of a location; None if it has none that are on the Earth."""
    numbers = [] if location is None else _NUMBER.findall(location.findtext(tei("geo")) or "")
    if len(numbers) < 2:
        return None
    latitude, longitude = float(numbers[0]), float(numbers[1])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _is_address(text: str) -> bool:
    """Say whether an identifier is the address of an authority's record."""
    return text.startswith(("https://", "http://"))


@dataclass(frozen=True)
class Frame:
    """What the pages of all documents have in common: settings, how many there are, site pages."""

    settings: EditionSettings
    total: int
    has_names: bool
    pages: tuple[SitePage, ...] = ()


@dataclass(frozen=True)
class InContext:
    """A document with all that its pages know of the edition: nothing else is an input of them.

    `names` are the entries of the indices that it mentions; `downloads` maps what can be
    downloaded (`tei`, `text`, `pdf`) to its address on the site.
    """

    facts: DocumentFacts
    number: int
    previous: DocumentFacts | None
    next: DocumentFacts | None
    names: tuple[IndexedName, ...]
    downloads: Mapping[str, str]


def frame_of(
    settings: EditionSettings, facts: Sequence[DocumentFacts], pages: Sequence[SitePage] = ()
) -> Frame:
    """Return what the pages of these documents have in common."""
    has_names = any(document.mentions for document in facts)
    return Frame(settings, len(facts), has_names, tuple(pages))


def in_context(
    facts: Sequence[DocumentFacts],
    position: int,
    names: Mapping[str, IndexedName],
    downloads: Mapping[str, str],
) -> InContext:
    """Return the document at `position` in `facts` with what its pages know of the edition."""
    own = facts[position]
    used = dict.fromkeys(mention.key for mention in own.mentions)
    return InContext(
        own,
        position + 1,
        facts[position - 1] if position > 0 else None,
        facts[position + 1] if position + 1 < len(facts) else None,
        tuple(names[key] for key in used if key in names),
        downloads,
    )


def text_record(frame: Frame, document: InContext) -> bytes:
    """Return the record for the pages of a document, of its text and of its source."""
    root = edition_root(frame)
    add_pages(root, frame.pages)
    own = _add_own(root, document)
    if document.previous:
        add_document(root, document.previous, document.number - 1).set("role", "previous")
    if document.next:
        add_document(root, document.next, document.number + 1).set("role", "next")
    for name in document.names:
        add_name(root, name)
    authorities = {name.key: (name.name, name.same) for name in document.names}
    own.set("json-ld", json_ld(frame.settings, document.facts, authorities))
    return etree.tostring(root)


def _add_own(root: etree._Element, document: InContext) -> etree._Element:
    """Append the document that a page is about, with what can be downloaded of it."""
    own = add_document(root, document.facts, document.number)
    own.set("self", "true")
    for name, address in document.downloads.items():
        own.set(name, address)
    return own


def edition_record(
    settings: EditionSettings,
    facts: Sequence[DocumentFacts],
    page: str,
    names: Mapping[str, IndexedName] | None = None,
) -> bytes:
    """Return the record for a page about the whole edition, with all of its documents.

    `page` is `home`, `method`, `missing` or `names`; for the last, `names` are those of the
    indices, and the record has every mention of each entity. The website's own pages have records
    of what they show (`pages`).
    """
    root = edition_root(frame_of(settings, facts))
    root.set("page", page)
    if page == "missing":
        root.set("root", missing_root(settings))
    for number, document in enumerate(facts, 1):
        element = add_document(root, document, number)
        if page == "home" and document.incipit and not document.abstract:
            element.set("incipit", document.incipit)
    if names is not None:
        _mentions(root, facts, names)
    return etree.tostring(root)


def missing_root(settings: EditionSettings) -> str:
    """Return how the page for what is not found gets to the others.

    A server shows it at whatever address was asked for, so that it links from the root.
    """
    return f"{(settings.base_url.path or '').rstrip('/')}/" if settings.base_url else ""


def add_pages(root: etree._Element, pages: Sequence[SitePage]) -> None:
    """Add the pages that every page links to; where there are some, each name has a page too."""
    for name, file, in_masthead in pages:
        given = {"name": name, "address": file, "nav": "true" if in_masthead else None}
        add_element(root, "page", given)
    if pages:
        root.set("name-pages", "true")


def _mentions(
    root: etree._Element, facts: Sequence[DocumentFacts], names: Mapping[str, IndexedName]
) -> None:
    """Add every entity that is mentioned, each with its mentions in the order of the edition."""
    entities: dict[str, etree._Element] = {}
    for document in facts:
        for mention in document.mentions:
            if mention.key not in entities:
                known = names.get(mention.key)
                name = known or IndexedName(mention.key, mention.words, mention.words)
                entities[mention.key] = add_name(root, name)
                entities[mention.key].set("kind", mention.kind)
            attributes = {
                "document": document.id,
                "unit": mention.unit,
                "words": mention.words,
                "sentence": mention.sentence,
            }
            add_element(entities[mention.key], "mention", attributes)


def add_element(
    parent: etree._Element, tag: str, attributes: Mapping[str, str | None]
) -> etree._Element:
    """Add an element with the attributes that have a value."""
    given = {key: value for key, value in attributes.items() if value}
    return etree.SubElement(parent, f"{{{EDITION_NS}}}{tag}", given)


def edition_root(frame: Frame) -> etree._Element:
    """Return the root of a record: the edition itself."""
    settings = frame.settings
    root = etree.Element(f"{{{EDITION_NS}}}edition", nsmap={"e": EDITION_NS})
    values = {
        "title": settings.title,
        "subtitle": settings.subtitle,
        "publisher": "; ".join(settings.editors) or settings.publisher,
        "version": settings.version,
        "date": settings.date.isoformat(),
        "base-url": str(settings.base_url or ""),
        "fonts": "true" if settings.web.fonts else "",
        "logo": settings.web.logo,
        "program": __version__,
        "total": str(frame.total),
        "root": "",
        "has-names": "true" if frame.has_names else "",
    }
    for key, value in values.items():
        if value or key in ("subtitle", "publisher", "root"):
            root.set(key, value)
    for editor in settings.editors:
        add_element(root, "editor", {"name": editor})
    if settings.licence:
        url = str(settings.licence.url) if settings.licence.url else None
        add_element(root, "licence", {"name": settings.licence.name, "url": url})
    return root


def add_document(root: etree._Element, facts: DocumentFacts, number: int) -> etree._Element:
    """Add a document to a record."""
    return add_element(root, "document", card(facts, number))


def card(facts: DocumentFacts, number: int) -> dict[str, str | None]:
    """Return what other pages than its own say of a document."""
    return {
        "id": facts.id,
        "number": str(number),
        "title": facts.title,
        "kind": facts.kind,
        "date": facts.date,
        "date-from": facts.date_from,
        "date-to": facts.date_to,
        "writer": facts.writer,
        "place": facts.place,
        "abstract": facts.abstract,
        "language": facts.language,
    }


def add_name(root: etree._Element, name: IndexedName) -> etree._Element:
    """Add an entity of an index to a record."""
    attributes = {"key": name.key, "sort": name.sort, "name": name.name, "note": name.note}
    if name.geo:
        attributes |= {"latitude": f"{name.geo[0]:g}", "longitude": f"{name.geo[1]:g}"}
        attributes["geo-source"] = name.geo_source
    element = add_element(root, "name", attributes)
    for variant, language in name.variants:
        add_element(element, "variant", {"name": variant, "language": language})
    for url in name.same:
        add_element(element, "same", {"url": url})
    return element
