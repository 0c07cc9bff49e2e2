"""The TEI header: what the transcript, its sidecar and the edition say of a document.

Nothing is invented: a field that nobody fills has no element (encoding guide, "Header").
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from lxml import etree

from diplomatic.conventions import Conventions, load_conventions
from diplomatic.settings import EditionSettings, Licence, Sidecar
from diplomatic.transcript.dates import dates_in
from diplomatic.transcript.model import Document
from diplomatic.xml.names import TEI_NS, XML_ID, tei

_GENRES = {
    "journal": "journal",
    "letter": "letter",
    "telegram": "telegram",
    "minutes": "minutes or record of a conversation",
    "report": "report",
    "memorandum": "memorandum",
    "article": "encyclopedia article",
    "document": "document",
}
_LANGUAGES = {
    "en": "English",
    "ru": "Russian",
    "ko": "Korean",
    "zh": "Chinese",
    "ja": "Japanese",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "la": "Latin",
    "el": "Greek",
    "he": "Hebrew",
    "ar": "Arabic",
}
_DEFAULT_EDITION = "an edition made with Diplomatic"


@dataclass
class HeaderFacts:
    """What the header is made from."""

    document_id: str
    file_name: str
    data: bytes
    document: Document
    sidecar: Sidecar = field(default_factory=Sidecar)
    settings: EditionSettings | None = None
    title: str = ""
    languages: list[str] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    registry: list[str] = field(default_factory=list)
    hands: bool = False
    tracked: tuple[tuple[str, str], ...] = ()
    dated: str = ""
    conventions: Conventions = field(default_factory=load_conventions)


def new_root(name: str) -> etree._Element:
    """Return a TEI element without a parent, TEI being the namespace without a prefix."""
    # None is lxml's name for no prefix; the stubs do not know it.
    unprefixed = cast("dict[str, str]", {None: TEI_NS})
    return etree.Element(tei(name), nsmap=unprefixed)


def sub(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Append a TEI element with text and attributes."""
    element = etree.SubElement(parent, tei(name), attributes)
    element.text = text or None
    return element


def build_header(facts: HeaderFacts) -> etree._Element:
    """Return the `teiHeader` of a document."""
    header = new_root("teiHeader")
    description = sub(header, "fileDesc")
    _title_statement(description, facts)
    _publication(description, facts)
    _source(description, facts)
    _encoding(sub(header, "encodingDesc"), facts)
    _profile(sub(header, "profileDesc"), facts)
    if facts.settings is not None:
        date = facts.settings.date.isoformat()
        revisions = sub(header, "revisionDesc", status="draft")
        sub(revisions, "change", "Encoded from the transcript.", when=date, who="#tool")
    return header


def _title_statement(parent: etree._Element, facts: HeaderFacts) -> None:
    """Append title, author and the three voices of the file."""
    statement = sub(parent, "titleStmt")
    sub(statement, "title", facts.title, type="main")
    if facts.sidecar.author:
        sub(statement, "author", facts.sidecar.author)
    fields = facts.document.metadata.fields
    translator = fields.get("translator") or fields.get("obtained") or ""
    named = translator or "not named in the transcript"
    _responsible(statement, "tr", "transcript and translation", named)
    editors = ", ".join(facts.settings.editors) if facts.settings else ""
    publisher = facts.settings.publisher if facts.settings else _DEFAULT_EDITION
    _responsible(statement, "ed", "this edition", editors or publisher)
    tool = _responsible(statement, "tool", "encoding", "Diplomatic")
    tool.set("type", "software")
    for credit in facts.sidecar.credits:
        respond = sub(statement, "respStmt")
        sub(respond, "resp", "credit")
        sub(respond, "name", credit)


def _responsible(parent: etree._Element, identifier: str, what: str, who: str) -> etree._Element:
    """Append a statement of responsibility and return its name."""
    statement = sub(parent, "respStmt")
    statement.set(XML_ID, identifier)
    sub(statement, "resp", what)
    return sub(statement, "name", who)


def _publication(parent: etree._Element, facts: HeaderFacts) -> None:
    """Append publisher, date and the document's own licence."""
    statement = sub(parent, "publicationStmt")
    if facts.settings is None:
        sub(statement, "publisher", _DEFAULT_EDITION)
    else:
        sub(statement, "publisher", facts.settings.publisher)
        date = facts.settings.date.isoformat()
        sub(statement, "date", date, when=date)
    own = facts.sidecar.licence
    words = facts.document.metadata.fields.get("rights", "")
    if own is None and not words:
        availability = sub(statement, "availability", status="unknown")
        sub(availability, "p", "The transcript names no licence.")
        return
    availability = sub(statement, "availability", status="free" if own else "restricted")
    _licence(availability, own, words)


def _licence(parent: etree._Element, licence: Licence | None, words: str) -> None:
    """Append the licence: the sidecar's, with the words of the transcript."""
    element = sub(parent, "licence", words or (licence.name if licence else ""))
    if licence is not None:
        element.set("n", licence.name)
        if licence.url is not None:
            element.set("target", str(licence.url))


def _source(parent: etree._Element, facts: HeaderFacts) -> None:
    """Append the transcript as a file, and the original as far as it is known."""
    description = sub(parent, "sourceDesc")
    kind = "wiki" if facts.document.kind == "wiki" else "transcript"
    if kind == "wiki":
        sub(description, "bibl", "Saved wiki page", type=kind)
    bibl = sub(description, "bibl", "Transcript ", type="transcript")
    name = sub(bibl, "idno", facts.file_name, type="filename")
    name.tail = ", "
    sub(bibl, "idno", hashlib.sha256(facts.data).hexdigest(), type="sha256")
    fields = facts.document.metadata.fields
    record = fields.get("record_id")
    if record:
        bibl[-1].tail = ", record "
        sub(bibl, "idno", record, type="record")
    if cited := fields.get("source"):
        sub(description, "bibl", cited, type="original")
    _manuscript(description, facts)


def _manuscript(parent: etree._Element, facts: HeaderFacts) -> None:
    """Append the identification of the original; nothing when nothing is known.

    TEI asks that it begins with a place or an institution. Numbers alone, which many a transcript
    has, stand in a `bibl`: no archive is invented for them.
    """
    archive, fields = facts.sidecar.archive, facts.document.metadata.fields
    names = ("country", "settlement", "institution")
    places = [(name, getattr(archive, name)) for name in names]
    places.append(("repository", archive.repository or fields.get("repository", "")))
    places.append(("collection", archive.fonds or fields.get("fonds", "")))
    numbers = [(name, fields.get(name, "")) for name in ("opis", "delo", "list")]
    numbers.append(("shelfmark", archive.shelfmark or fields.get("shelfmark", "")))
    numbers = [(name, number) for name, number in numbers if number]
    registered = [("registry", number) for number in facts.registry]
    if not any(value for _, value in places):
        for name, number in [*numbers, *registered]:
            sub(sub(parent, "bibl", type="original"), "idno", number, type=name)
        return
    identifier = sub(sub(parent, "msDesc"), "msIdentifier")
    for name, value in places:
        if value:
            sub(identifier, name, value)
    for name, number in numbers:
        sub(identifier, "idno", number, type=name)
    for name, number in registered:
        sub(sub(identifier, "altIdentifier", type=name), "idno", number)


def _encoding(parent: etree._Element, facts: HeaderFacts) -> None:
    """Append the declarations that a reader of the XML needs."""
    editorial = sub(parent, "editorialDecl")
    correction = sub(editorial, "correction", method="markup")
    sub(correction, "p", "Errors of the transcript are kept, in sic.")
    sub(
        sub(editorial, "quotation", marks="all"),
        "p",
        "Quotation marks stay characters of the text.",
    )
    sub(sub(editorial, "interpretation"), "p", "Names point into the indices of the edition.")
    taxonomy = sub(sub(parent, "classDecl"), "taxonomy")
    taxonomy.set(XML_ID, "genre")
    category = sub(taxonomy, "category")
    genre = facts.document.genre
    category.set(XML_ID, f"genre-{genre}")
    sub(category, "catDesc", _GENRES.get(genre, genre))
    prefixes = sub(parent, "listPrefixDef")
    explained = (
        "Lines of the transcript, counted as in RFC 5147: line:20,21 is the twenty-first line."
    )
    lined = facts.file_name
    if not lined.endswith(".txt"):
        lined = f"{Path(lined).stem}.txt"
        explained = f"Lines of the text made from {facts.file_name}, counted as in RFC 5147."
    pattern = f"../sources/{lined}#line=$1,$2"
    _prefix(prefixes, "line", "([0-9]+),([0-9]+)", pattern, explained)
    for prefix in facts.prefixes:
        language = prefix.removeprefix("wiki-")
        address = f"https://{language}.wikipedia.org/wiki/$1"
        _prefix(prefixes, prefix, "(.+)", address, "The article in another language.")


def _prefix(parent: etree._Element, ident: str, match: str, replacement: str, words: str) -> None:
    """Append the definition of a prefix of pointers."""
    attributes = {"ident": ident, "matchPattern": match, "replacementPattern": replacement}
    sub(sub(parent, "prefixDef", **attributes), "p", words)


def _profile(parent: etree._Element, facts: HeaderFacts) -> None:
    """Append abstract, date, languages, genre, correspondents and hands."""
    fields = facts.document.metadata.fields
    if abstract := fields.get("abstract"):
        sub(sub(parent, "abstract", resp="#tr"), "p", abstract)
    words = str(facts.sidecar.date or fields.get("date", "") or facts.dated)
    creation = sub(parent, "creation")
    if words:
        sub(creation, "date", words, **dates_in(facts.conventions).parse(words))
    else:
        sub(creation, "date", "not dated in the transcript")
    languages = sub(parent, "langUsage")
    for tag in facts.languages:
        sub(languages, "language", language_name(tag), ident=tag)
    genre = facts.document.genre
    sub(sub(parent, "textClass"), "catRef", scheme="#genre", target=f"#genre-{genre}")
    _correspondence(parent, facts)
    unnamed = [("h1", "a hand that the transcript does not name")] if facts.hands else []
    if hands := [*unnamed, *facts.tracked]:
        notes = sub(parent, "handNotes")
        for identifier, words in hands:
            sub(notes, "handNote", words).set(XML_ID, identifier)


def _correspondence(parent: etree._Element, facts: HeaderFacts) -> None:
    """Append writer and addressee, when the sidecar names both."""
    if not (facts.sidecar.author and facts.sidecar.recipient):
        return
    description = sub(parent, "correspDesc")
    sub(sub(description, "correspAction", type="sent"), "persName", facts.sidecar.author)
    sub(sub(description, "correspAction", type="received"), "persName", facts.sidecar.recipient)


def language_name(tag: str) -> str:
    """Return the English name of a language tag; the tag itself where none is known."""
    name = _LANGUAGES.get(tag.partition("-")[0], tag)
    return f"{name} in Latin letters" if tag.endswith("-Latn") else name
