"""The edition for other programs: letters, harvesters, feed, linked data, tables.

In: the edition's settings, the facts of its documents. Out: files by name. What needs a full
address (sitemap, feed, OAI, letters) is made only when the edition has a base address; the OAI file
also needs a contact address, which OAI demands. The texts are in the corpus (`corpus`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from diplomatic.publish import corpus
from diplomatic.publish.citations import address, bibtex, csl_json, edition_title, ris
from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.letters import FILE, can_be_harvested, letters
from diplomatic.publish.records import IndexedName
from diplomatic.publish.turtle import turtle
from diplomatic.settings import EditionSettings

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OAI: Final = "http://www.openarchives.org/OAI/2.0/"
_STATIC: Final = "http://www.openarchives.org/OAI/2.0/static-repository"
_OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_NAMES: Final = {
    "corpus": corpus.FILE,
    "csv": "data/documents.csv",
    "json": "data/documents.json",
    "turtle": "data/edition.ttl",
    "bib": "data/edition.bib",
    "ris": "data/edition.ris",
    "csl": "data/edition.json",
    "cff": "data/CITATION.cff",
    "letters": FILE,
    "feed": "feed.xml",
    "sitemap": "sitemap.xml",
    "oai": "data/oai.xml",
}
# What the files are made from, by what they are: words for what is shown of documents (`shown`).
HANGS_ON: Final = {
    "json": ("facts", "incipit", "mentions", "parties", "doubts"),
    "csv": ("facts", "doubts"),
    "turtle": ("facts", "mentions"),
    "bib": ("facts",),
    "ris": ("facts",),
    "csl": ("facts",),
    "cff": (),
    "letters": ("facts", "parties"),
    "feed": ("facts",),
    "oai": ("facts",),
}
_COLUMNS: Final = (
    *("id", "title", "kind", "date", "date_from", "date_to", "writer", "addressee", "place"),
    *("language", "holding", "shelfmark", "archive_place", "licence", "notes", "doubts", "url"),
)


@dataclass(frozen=True)
class Exchanged:
    """What the files are made from: settings, facts, names."""

    settings: EditionSettings
    facts: Sequence[DocumentFacts]
    names: Mapping[str, IndexedName] = field(default_factory=dict)


def exchange_files(made_from: Exchanged, wanted: Collection[str] | None = None) -> dict[str, bytes]:
    """Return the files that are made from the facts of all documents, by name.

    `wanted` are some of them, by what they are; without, it is all.
    """
    settings, facts = made_from.settings, made_from.facts
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: table(settings, facts),
        "json": lambda: records(settings, facts),
        "turtle": lambda: turtle(settings, facts),
        "bib": lambda: bibtex(settings, facts),
        "ris": lambda: ris(settings, facts),
        "csl": lambda: csl_json(settings, facts),
        "cff": lambda: citation_file(settings),
        "letters": lambda: letters(settings, facts, made_from.names),
        "feed": lambda: feed(settings, facts),
        "oai": lambda: oai(settings, facts),
    }
    names = exchange_names(settings, facts).items()
    return {
        name: makers[key]()
        for key, name in names
        if key in makers and (wanted is None or key in wanted)
    }


def exchange_names(settings: EditionSettings, facts: Sequence[DocumentFacts]) -> dict[str, str]:
    """Return the names of the files that this edition has, by what they are."""
    left_out = set() if can_be_harvested(settings, facts) else {"letters"}
    if not settings.base_url:
        left_out |= {"sitemap", "feed", "oai"}
    elif not settings.web.contact:
        left_out.add("oai")
    return {key: name for key, name in _NAMES.items() if key not in left_out}


def _row(settings: EditionSettings, facts: DocumentFacts) -> dict[str, object]:
    """Return a document as a row of the table."""
    values = facts.as_dict() | {"url": address(settings, f"{facts.id}.html")}
    return {name: values.get(name) for name in _COLUMNS}


def table(settings: EditionSettings, facts: Sequence[DocumentFacts]) -> bytes:
    """Return the documents as CSV (RFC 4180, UTF-8 with a mark, as spreadsheets want it)."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_row(settings, document) for document in facts)
    return out.getvalue().encode("utf-8-sig")


def records(settings: EditionSettings, facts: Sequence[DocumentFacts]) -> bytes:
    """Return the documents as JSON, a line each, with every mention of a name in its sentence."""
    head = {
        "title": edition_title(settings),
        "version": settings.version,
        "date": settings.date.isoformat(),
    }
    rows = (
        document.as_dict() | {"url": address(settings, f"{document.id}.html")} for document in facts
    )
    listed = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    begun = json.dumps(head, ensure_ascii=False).removesuffix("}")
    return f'{begun}, "documents": [\n{listed}\n]}}\n'.encode()


def _maker(namespace: str) -> Callable[..., etree._Element]:
    """Return a function that adds an element of a namespace, with text and attributes."""

    def add(
        parent: etree._Element, name: str, text: str | None = None, **given: str
    ) -> etree._Element:
        element = etree.SubElement(parent, f"{{{namespace}}}{name}", given)
        element.text = text
        return element

    return add


def _new(name: str, spaces: Any) -> etree._Element:  # noqa: ANN401 - the stubs know no default
    """Return a new root with its namespaces by prefix; None is the default namespace."""
    return etree.Element(name, nsmap=spaces)


def _written(root: etree._Element, *, pretty: bool = True) -> bytes:
    """Return an element as a file."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=pretty)


def sitemap(settings: EditionSettings, pages: Sequence[str]) -> bytes:
    """Return the sitemap."""
    add = _maker(_SITEMAP)
    root = _new(f"{{{_SITEMAP}}}urlset", {None: _SITEMAP})
    for page in sorted(pages):
        add(add(root, "url"), "loc", address(settings, page))
    return _written(root)


def feed(settings: EditionSettings, facts: Sequence[DocumentFacts]) -> bytes:
    """Return an Atom feed of the documents, as of the date of the edition."""
    add = _maker(_ATOM)
    root = _new(f"{{{_ATOM}}}feed", {None: _ATOM})
    when = f"{settings.date.isoformat()}T00:00:00Z"
    add(root, "id", address(settings, ""))
    add(root, "title", edition_title(settings))
    add(root, "updated", when)
    add(add(root, "author"), "name", "; ".join(settings.editors) or settings.publisher)
    add(root, "link", rel="self", href=address(settings, "feed.xml") or "")
    add(root, "link", rel="alternate", href=address(settings, "index.html") or "")
    for document in facts:
        entry = add(root, "entry")
        page = address(settings, f"{document.id}.html") or ""
        add(entry, "id", page)
        add(entry, "title", document.title)
        add(entry, "updated", when)
        add(entry, "link", rel="alternate", href=page)
        if document.abstract:
            add(entry, "summary", document.abstract)
    return _written(root)


def oai(settings: EditionSettings, facts: Sequence[DocumentFacts]) -> bytes:
    """Return an OAI-PMH static repository with Dublin Core."""
    add = _maker(_OAI)
    spaces = {None: _STATIC, "oai": _OAI, "oai_dc": _OAI_DC, "dc": _DC, "xsi": _XSI}
    root = _new(f"{{{_STATIC}}}Repository", spaces)
    identify = etree.SubElement(root, f"{{{_STATIC}}}Identify")
    day = settings.date.isoformat()
    for name, value in {
        "repositoryName": edition_title(settings),
        "baseURL": address(settings, "data/oai.xml"),
        "protocolVersion": "2.0",
        "adminEmail": settings.web.contact,
        "earliestDatestamp": day,
        "deletedRecord": "no",
        "granularity": "YYYY-MM-DD",
    }.items():
        add(identify, name, value)
    formats = etree.SubElement(root, f"{{{_STATIC}}}ListMetadataFormats")
    form = add(formats, "metadataFormat")
    add(form, "metadataPrefix", "oai_dc")
    add(form, "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    add(form, "metadataNamespace", _OAI_DC)
    listed = etree.SubElement(root, f"{{{_STATIC}}}ListRecords", metadataPrefix="oai_dc")
    for document in facts:
        record = add(listed, "record")
        header = add(record, "header")
        add(header, "identifier", address(settings, f"{document.id}.html"))
        add(header, "datestamp", day)
        _dublin_core(add(record, "metadata"), dublin_core(settings, document))
    return _written(root)


def dublin_core(settings: EditionSettings, facts: DocumentFacts) -> dict[str, str | None]:
    """Return a document in the fifteen elements of Dublin Core, as far as they are stated."""
    return {
        "title": facts.title,
        "creator": facts.writer,
        "date": facts.date,
        "description": facts.abstract,
        "type": facts.kind,
        "language": facts.language,
        "coverage": facts.archive,
        "publisher": settings.publisher,
        "rights": facts.licence,
        "identifier": address(settings, f"{facts.id}.html"),
    }


def _dublin_core(parent: etree._Element, values: Mapping[str, str | None]) -> None:
    """Add a record of Dublin Core."""
    add = _maker(_DC)
    record = etree.SubElement(parent, f"{{{_OAI_DC}}}dc")
    for name, value in values.items():
        if value:
            add(record, name, value)


def citation_file(settings: EditionSettings) -> bytes:
    """Return CITATION.cff; every text is a JSON string, which YAML reads too."""
    lines = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "If you use this edition, please cite it as below.",
        "title": edition_title(settings),
        "version": settings.version,
        "date-released": settings.date.isoformat(),
        "url": address(settings, ""),
    }
    text = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in lines.items() if value
    ]
    names = settings.editors or [settings.publisher]
    text += ["authors:", *(f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in names)]
    return ("\n".join(text) + "\n").encode()
