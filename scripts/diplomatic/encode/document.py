"""One transcript into one TEI document: read it, write header and text, list what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

from lxml import etree

from diplomatic.conventions import Conventions, load_conventions
from diplomatic.encode.body import BodyWriter
from diplomatic.encode.header import HeaderFacts, build_header, new_root
from diplomatic.encode.identifiers import Identifiers
from diplomatic.encode.inline import Inline
from diplomatic.encode.names import NameIndex
from diplomatic.findings import Finding
from diplomatic.inputs import read_source
from diplomatic.settings import EditionSettings, Sidecar
from diplomatic.transcript.addresses import address_doubts
from diplomatic.transcript.archival import ReadOptions
from diplomatic.transcript.decisions import Decisions
from diplomatic.transcript.lexicon import language_of
from diplomatic.transcript.model import Document, Doubt, all_blocks
from diplomatic.transcript.other_signs import other_signs
from diplomatic.transcript.read import divisions_of, note_names, read_transcript
from diplomatic.transcript.settling import Settling
from diplomatic.transcript.text import SourceText
from diplomatic.xml.names import NSMAP, XML_ID, XML_LANG, local_name, tei

_MODELS = (
    ("../schema/edition.rng", "http://relaxng.org/ns/structure/1.0"),
    ("../schema/edition.sch", "http://purl.oclc.org/dsdl/schematron"),
)


@dataclass(frozen=True)
class EncodeRequest:
    """What is needed beside the transcript's bytes; only the identifier and file name must be."""

    document_id: str
    file_name: str
    sidecar: Sidecar = field(default_factory=Sidecar)
    settings: EditionSettings | None = None
    conventions: Conventions = field(default_factory=load_conventions)
    names: NameIndex = field(default_factory=NameIndex)
    decisions: Decisions = field(default_factory=Decisions)


@dataclass(frozen=True)
class Encoded:
    """The TEI document as UTF-8, what there is to say about it, and the open doubts.

    `names` are the marks of the names that can stand in the transcript: it depends on no others.
    """

    xml: bytes
    findings: list[Finding]
    doubts: list[Doubt]
    names: str = ""


def encode_transcript(data: bytes, request: EncodeRequest) -> Encoded:
    """Encode a transcript.

    Args:
        data: the transcript as received.
        request: its identifier and what is known of it.

    Returns:
        The document, valid and whole whatever the transcript holds; findings and doubts.

    Raises:
        DiplomaticError: D010, D011, D013, D421 to D423 and others: the bytes are no transcript.
    """
    source = read_source(data, request.file_name)
    settling = Settling(source, request.decisions)
    options = read_options(request)
    if request.decisions:
        options = replace(options, decide=settling.decide)
    read = read_transcript(source, request.conventions, options)
    document = read.document
    settling.apply(document)
    _mark_damage(document, source, read.findings)
    root = _Writer(source, request, document).run(data)
    doubts = address_doubts(source, settling.open(document.doubts))
    findings = [*settling.still(read.findings), *settling.finish(root)]
    findings += other_signs(source, request.conventions)
    found = [*findings, *_doubt_findings(source, doubts)]
    return Encoded(serialise(root), found, doubts, request.names.marks_in(source.text))


def read_options(request: EncodeRequest) -> ReadOptions:
    """Return what the sidecar and the edition say about reading."""
    sidecar = request.sidecar
    scripts = dict(request.settings.scripts) if request.settings else {}
    foreign = [tag for tag in sidecar.languages if tag != (sidecar.languages or [""])[0]]
    return ReadOptions(
        kind=sidecar.capture or "",
        genre=sidecar.kind or "",
        language=(sidecar.languages or [""])[0],
        languages=scripts,
        original_language=foreign[0] if foreign else "und",
    )


class _Writer:
    """Writes one document."""

    def __init__(self, source: SourceText, request: EncodeRequest, document: Document) -> None:
        self.source = source
        self.request = request
        self.document = document
        self.identifiers = Identifiers(request.document_id)
        self.inline = Inline(source.text, self.identifiers)
        self.inline.note_targets = frozenset(note_names(document))

    def run(self, data: bytes) -> etree._Element:
        """Return the root element."""
        language = (self.request.sidecar.languages or [self._language()])[0]
        root = new_root("TEI")
        root.set(XML_ID, self.request.document_id)
        root.set(XML_LANG, language)
        text = self._text()
        root.append(build_header(self._facts(data, text, language)))
        root.append(text)
        return root

    def _language(self) -> str:
        """Return the language of the text; of two texts, that of the translation."""
        for division in self.document.body:
            if division.type == "translation":
                return division.attributes["xml:lang"]
        return language_of(self.source.text)

    def _text(self) -> etree._Element:
        """Return `text` with its parts."""
        text = new_root("text")
        names = self.request.names
        writer = BodyWriter(
            self.source,
            self.identifiers,
            self.inline,
            lambda start, end: names.find(self.source.text, start, end),
        )
        writer.bibliographic = self.document.kind == "wiki"
        parts = (
            ("front", self.document.front),
            ("body", self.document.body),
            ("back", self.document.back),
        )
        for name, divisions in parts:
            if not divisions and name != "body":
                continue
            writer.part = name
            element = etree.SubElement(text, tei(name))
            for division in divisions:
                writer.division(element, division)
            if not len(element):
                held = etree.SubElement(element, tei("div"), {"type": "document"})
                etree.SubElement(held, tei("gap"), {"reason": "editorial", "resp": "#tool"})
        return text

    def _facts(self, data: bytes, text: etree._Element, language: str) -> HeaderFacts:
        """Return what the header is made from."""
        used = {tag for element in text.iter(etree.Element) if (tag := element.get(XML_LANG))}
        links = text.findall(".//tei:ref[@type='interlanguage']", NSMAP)
        elsewhere = {link.get(XML_LANG, "") for link in links}
        prefixes = {link.get("target", "").partition(":")[0] for link in links}
        return HeaderFacts(
            self.request.document_id,
            self.request.file_name,
            data,
            self.document,
            self.request.sidecar,
            self.request.settings,
            self._title(text),
            languages=[language, *sorted(used - elsewhere - {language, "und"})],
            prefixes=sorted(prefix for prefix in prefixes if prefix.startswith("wiki-")),
            registry=[_words(e) for e in text.iterfind(".//tei:idno[@type='incoming']", NSMAP)],
            hands=text.find(".//*[@hand='#h1']") is not None,
            tracked=self.source.layer.hands,
            dated=self._dated(text),
            conventions=self.request.conventions,
        )

    def _dated(self, text: etree._Element) -> str:
        """Return the words of the first date in the document's own opening or closing."""
        for path in ("opener/tei:dateline", "opener", "closer", "postscript", "head"):
            found = text.find(f"{_own_division(text)}//tei:{path}//tei:date", NSMAP)
            if found is not None:
                return _words(found)
        return ""

    def _title(self, text: etree._Element) -> str:
        """Return the title: the sidecar's, the page's, headings, subject, or identifier."""
        known = self.request.sidecar.title or self.document.metadata.fields.get("title", "")
        if known:
            return known
        heads = [_words(head) for head in text.iterfind(f"{_own_division(text)}/tei:head", NSMAP)]
        return " ".join(heads).strip() or self._subject(text) or self.request.document_id

    def _subject(self, text: etree._Element) -> str:
        """Return what the head of the document says that it is about; empty where it does not."""
        named = self.request.conventions.word_sets["subject"]
        fields = f"{_own_division(text)}/tei:opener/tei:seg[@type='header']"
        for line in text.iterfind(fields, NSMAP):
            label = line.find("tei:seg[@type='label']", NSMAP)
            words = _words(label) if label is not None else ""
            if words.lower().rstrip(" .:") in named:
                return _words(line).removeprefix(words).strip()
        return ""


def _own_division(text: etree._Element) -> str:
    """Return the path of the division of the document itself; of two texts, the translation."""
    translation = "./tei:body/tei:div[@type='translation']"
    if text.find(translation, NSMAP) is not None:
        inner = text.findall(f"{translation}/tei:div", NSMAP)
        own = next((n for n, div in enumerate(inner, 1) if div.get("type") != "notes"), 1)
        return f"{translation}/tei:div[{own}]"
    return "./tei:body/tei:div[1]"


def _words(element: etree._Element) -> str:
    """Return an element's words on one line, what was added left out."""
    kept = ".//text()[not(ancestor::tei:expan[@resp='#tool'])]"
    parts = cast("list[str]", element.xpath(kept, namespaces=NSMAP))
    return " ".join("".join(parts).split())


def serialise(root: etree._Element) -> bytes:
    """Return a document as UTF-8, its divisions and blocks indented, its text untouched."""
    _indent(root, 0)
    models = [
        f'<?xml-model href="{href}" type="application/xml" schematypens="{kind}"?>'
        for href, kind in _MODELS
    ]
    body = etree.tostring(root, encoding="unicode")
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *models, body, ""]).encode()


# Elements that hold elements only, so that blank space between their children says nothing.
_STRUCTURAL = frozenset(
    [
        "TEI",
        "teiHeader",
        "fileDesc",
        "titleStmt",
        "respStmt",
        "publicationStmt",
        "availability",
        "sourceDesc",
        "msDesc",
        "msIdentifier",
        "altIdentifier",
        "encodingDesc",
        "editorialDecl",
        "correction",
        "quotation",
        "interpretation",
        "classDecl",
        "taxonomy",
        "category",
        "listPrefixDef",
        "prefixDef",
        "profileDesc",
        "abstract",
        "creation",
        "langUsage",
        "textClass",
        "correspDesc",
        "correspAction",
        "handNotes",
        "revisionDesc",
        "text",
        "front",
        "body",
        "back",
        "div",
        "list",
        "listBibl",
        "table",
        "row",
        "postscript",
        "sp",
    ]
)


def _indent(element: etree._Element, depth: int) -> None:
    """Indent the children of structural elements."""
    if local_name(element.tag) not in _STRUCTURAL or not len(element):
        return
    pad = "\n" + "  " * (depth + 1)
    element.text = pad
    for child in element:
        _indent(child, depth + 1)
        child.tail = pad
    element[-1].tail = "\n" + "  " * depth


def _mark_damage(document: Document, source: SourceText, findings: list[Finding]) -> None:
    """Report words that the tool took for damage, as finding and doubt."""
    damaged = [
        (block, span)
        for block in all_blocks([*divisions_of(document)])
        for span in block.spans
        if span.name == "sic" and span.attributes.get("resp") == "#tool"
    ]
    for block, span in damaged:
        words = source.text[span.start : span.end]
        message = f"the words “{words}” look like damage; they are kept as sic"
        findings.append(Finding("D406", message, source.place(span.start)))
        doubt = Doubt(
            span.start,
            span.end,
            words,
            context=source.text[max(block.start, span.start - 40) : span.end + 20],
            rule="damage",
            chosen="sic",
            reason="glued to a quotation mark",
            cert="medium",
            runner_up="text",
        )
        document.doubts.append(doubt)


def _doubt_findings(source: SourceText, doubts: list[Doubt]) -> list[Finding]:
    """Return a finding for each open doubt below medium certainty."""
    return [
        Finding(
            "D601",
            f"“{_short(doubt.words)}” is read as {doubt.chosen} with low certainty: {doubt.reason}",
            source.place(doubt.start),
        )
        for doubt in doubts
        if doubt.cert == "low"
    ]


def _short(words: str) -> str:
    """Return words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) < 60 else f"{line[:57]}…"
