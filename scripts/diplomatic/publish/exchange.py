"""The edition for other programs: corpus, letters, harvesters, feed, linked data, tables.

In: the edition's settings, the facts of its documents, their TEI. Out: files by name. What needs a
full address (sitemap, feed, OAI, letters) is made only when the edition has a base address; the
OAI file also needs a contact address, which OAI demands.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from diplomatic.publish.citations import address, bibtex, csl_json, edition_title, ris
from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.letters import FILE, can_be_harvested, letters
from diplomatic.publish.records import IndexedName
from diplomatic.publish.turtle import turtle
from diplomatic.settings import EditionSettings
from diplomatic.xml.names import TEI_NS, XML_ID, tei
from diplomatic.xml.paths import elements

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OAI: Final = "http://www.openarchives.org/OAI/2.0/"
_STATIC: Final = "http://www.openarchives.org/OAI/2.0/static-repository"
_OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_NAMES: Final = {
    "corpus": "data/corpus.xml",
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
_CORPUS_END: Final = b"</teiCorpus>"
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


def exchange_files(made_from: Exchanged) -> dict[str, bytes]:
    """Return the files that are made from the facts of all documents, by name."""
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
    return {name: makers[key]() for key, name in names if key in makers}


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
    """Return the documents as JSON, with every mention of a name in its sentence."""
    data = {
        "title": edition_title(settings),
        "version": settings.version,
        "date": settings.date.isoformat(),
        "documents": [
            document.as_dict() | {"url": address(settings, f"{document.id}.html")}
            for document in facts
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


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


def _header(root: etree._Element, settings: EditionSettings, says: str) -> None:
    """Add the TEI header of a file about the whole edition."""
    add = _maker(TEI_NS)
    file = add(add(root, "teiHeader"), "fileDesc")
    titles = add(file, "titleStmt")
    add(titles, "title", edition_title(settings))
    for name in settings.editors:
        add(titles, "editor", name)
    publication = add(file, "publicationStmt")
    add(publication, "publisher", settings.publisher)
    add(publication, "date", settings.date.isoformat(), when=settings.date.isoformat())
    if settings.base_url:
        add(publication, "idno", str(settings.base_url), type="url")
    if settings.licence:
        licence = add(add(publication, "availability"), "licence", settings.licence.name)
        if settings.licence.url:
            licence.set("target", str(settings.licence.url))
    add(add(file, "sourceDesc"), "p", says)


def corpus(settings: EditionSettings, documents: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of one teiCorpus of all documents; each comes from `corpus_document`."""
    root = _new(tei("teiCorpus"), {None: TEI_NS})
    _header(root, settings, "The TEI documents of the edition, each whole.")
    yield _written(root, pretty=False).removesuffix(_CORPUS_END)
    yield from documents
    yield _CORPUS_END


def corpus_document(document: etree._Element) -> bytes:
    """Return a document as it stands in the file of all documents; the tree is changed by it.

    Ids that belong to a document alone (`tr`, `genre`) get its id before them, with the pointers
    to them: in one file they would be there many times.
    """
    _make_ids_unique(document)
    root = _new(tei("teiCorpus"), {None: TEI_NS})
    root.append(document)
    return etree.tostring(root, encoding="UTF-8").partition(b">")[2].removesuffix(_CORPUS_END)


def _make_ids_unique(document: etree._Element) -> None:
    """Put a document's id before the ids that lack it, and into the pointers to them."""
    own = document.get(XML_ID, "")
    renamed = {}
    for element in elements(document, "//*[@xml:id]"):
        name = element.get(XML_ID)
        if name and name != own and not name.startswith(f"{own}-"):
            renamed[f"#{name}"] = f"#{own}-{name}"
            element.set(XML_ID, f"{own}-{name}")
    for element in elements(document, "//*[@*[contains(., '#')]]"):
        for key, value in element.items():
            if "#" in str(value):
                parts = (renamed.get(part, part) for part in str(value).split())
                element.set(key, " ".join(parts))


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
