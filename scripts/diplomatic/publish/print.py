"""The printed edition: TEI documents to a volume and to one PDF each.

TEI → `xslt/typst.xsl` → Typst → PDF/UA-1 and PDF/A-3a with the TEI attached. All functions are
pure: bytes and records in, records and bytes out, so that workers can call them. The files of an
edition are read and written by `pdf.publish_pdf`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Final

from lxml import etree

from diplomatic import __version__
from diplomatic.findings import Finding, Place
from diplomatic.publish.fonts import (
    FontSet,
    character_class,
    missing_characters,
    printed_text,
)
from diplomatic.publish.print_source import annotate, report
from diplomatic.publish.typesetting import Pages, Typescript, TypesettingError, typeset
from diplomatic.resources import xslt_dir
from diplomatic.settings import EditionSettings, PrintSettings
from diplomatic.xml.reader import parse_bytes
from diplomatic.xml.saxon import Parameter, Result, stylesheet

PRINT_NS: Final = "urn:diplomatic:print"
STYLESHEET: Final = "typst.xsl"
_RECORD: Final = f"{{{PRINT_NS}}}record"


@dataclass(frozen=True)
class Press:
    """What all PDFs of an edition share.

    Attributes:
        settings: the edition's settings.
        fonts: the fonts of the book.
        entry: the stylesheet; None for the program's own.
        hyphenate: whether words may be divided.
    """

    settings: EditionSettings
    fonts: FontSet
    entry: Path | None = None
    hyphenate: bool = True

    def transform(
        self, root: etree._Element, characters: str, name: str, **parameters: Parameter
    ) -> Result:
        """Apply the stylesheet to a tree that holds these characters.

        Raises:
            DiplomaticError: D702 and others, the stylesheet stopped.
        """
        common: dict[str, Parameter] = {
            "interface-language": self.settings.language,
            "upright": character_class(self.fonts.upright(characters)),
            "hyphenate": self.hyphenate,
        }
        compiled = stylesheet(self.entry or xslt_dir() / STYLESHEET)
        source = etree.tostring(root, encoding="utf-8")
        return compiled.transform(source, common | parameters, name=name)


@dataclass(frozen=True)
class Source:
    """A TEI document to be printed.

    Attributes:
        data: its bytes.
        name: what findings call it.
        folder: what the addresses of its pictures are relative to; None: pictures are refused.
    """

    data: bytes
    name: str
    folder: Path | None = None


@dataclass(frozen=True)
class Record:
    """A document ready for the page: what `xslt/typst.xsl` made of it.

    Attributes:
        id: identifier of the document; names its labels and its attachment.
        xml: the d:record element, as bytes, so that it can go from process to process.
        typst: the document's Typst.
        tei: the TEI file, to be attached.
        name: what findings call the document.
        findings: what there is to say of it; no errors.
        images: pictures by the name that the Typst has for them.
    """

    id: str
    xml: bytes
    typst: str
    tei: str
    name: str
    findings: list[Finding] = field(default_factory=list)
    images: dict[str, Path] = field(default_factory=dict)


def prepare(source: Source, press: Press, number: int = 0) -> Record:
    """Return a document as Typst.

    Args:
        source: the TEI document.
        press: what all PDFs of the edition share.
        number: its number in the volume; 0 for a document by itself.

    Raises:
        DiplomaticError: D100, D101, no safe XML; D702, the stylesheet stopped; a
            `TypesettingError` with D733 for each character that no font has, D737 for pictures.
    """
    tree = parse_bytes(source.data, source.name)
    missing = missing_characters(printed_text(tree, source.name), press.fonts)
    images, faults = annotate(tree, source.folder, source.name)
    if missing or faults:
        raise TypesettingError([*missing, *faults])
    parameters: dict[str, Parameter] = {
        "scope": "volume" if number else "document",
        "number": str(number or ""),
        "running-title": press.settings.running_title,
    }
    text = "".join(piece for piece, _ in printed_text(tree, source.name))
    result = press.transform(tree.getroot(), text, source.name, **parameters)
    root = parse_bytes(result.text.encode(), source.name).getroot()
    return Record(
        id=root.get("id", ""),
        xml=result.text.encode(),
        typst=root.findtext(f"{{{PRINT_NS}}}source") or "",
        tei=source.data.decode("utf-8"),
        name=source.name,
        findings=[report(message, tree, source.name) for message in result.messages],
        images=images,
    )


def document_pdf(record: Record, press: Press, page: str = "") -> bytes:
    """Return the PDF of one document by itself; `record` was prepared without a number.

    `page` is its page, if not the first one of the settings.

    Raises:
        DiplomaticError: D702, D733, D734.
    """
    return typeset(document_script(record, press, page), press.fonts).pdf


def document_script(record: Record, press: Press, page: str = "") -> Typescript:
    """Return what Typst is to set for one document by itself, on a page of the settings.

    Raises:
        DiplomaticError: D702, D733.
    """
    script = _script([record], [], press, single=True)
    return replace(script, format=page) if page else script


def volume_pdf(records: Sequence[Record], indices: Sequence[Source], press: Press) -> bytes:
    """Return the PDF of the volume; the records were prepared with their numbers.

    Raises:
        DiplomaticError: D100, an index is no XML; D702, D733, D734.
    """
    return volume_pages(records, indices, press).pdf


def volume_pages(records: Sequence[Record], indices: Sequence[Source], press: Press) -> Pages:
    """Return the PDF of the volume, and the pages on which its paragraphs begin.

    Raises:
        DiplomaticError: D100, an index is no XML; D702, D733, D734.
    """
    return typeset(volume_script(records, indices, press), press.fonts)


def volume_script(records: Sequence[Record], indices: Sequence[Source], press: Press) -> Typescript:
    """Return what Typst is to set for the volume; the records were prepared with their numbers.

    Raises:
        DiplomaticError: D100, an index is no XML; D702, D733.
    """
    return _script(records, indices, press, single=False)


def _script(
    records: Sequence[Record], indices: Sequence[Source], press: Press, *, single: bool
) -> Typescript:
    """Return records in their frame."""
    settings = press.settings
    volume = _volume(records, indices, press, single=single)
    text = "".join(_strings(volume))
    missing = missing_characters([(text, Place(settings.title))], press.fonts)
    if missing:
        raise TypesettingError(missing)
    result = press.transform(volume, text, settings.title)
    frame = parse_bytes(result.text.encode(), settings.title).getroot()
    parts = {
        name: frame.findtext(f"{{{PRINT_NS}}}{name}") or "" for name in ("setup", "front", "back")
    }
    return Typescript(
        source=_assemble(parts, records),
        format=settings.print.document_pages[0] if single else settings.print.page,
        date=settings.date,
        inputs={
            "print": _choices(settings.print, single=single),
            **{f"tei:{record.id}": record.tei for record in records},
        },
        names={"": settings.title, **{record.id: record.name for record in records}},
        images={name: path for record in records for name, path in record.images.items()},
    )


def _choices(settings: PrintSettings, *, single: bool) -> str:
    """Return what edition.typ is to set otherwise than it would, as JSON.

    Trim, margins and size of type are those of the volume only.
    """
    page: dict[str, object] = {}
    if not single:
        margins = settings.margins.model_dump() if settings.margins else {}
        own = {"trim": settings.trim, "size": settings.type_size, "pitch": settings.leading}
        page = {key: value for key, value in (own | margins).items() if value is not None}
    return json.dumps(
        {
            "page": page,
            "font": settings.font,
            "notes": settings.notes,
            "paragraph-numbers": settings.paragraph_numbers,
            "line-numbers": settings.line_numbers,
            "line-step": settings.line_step,
            "apparatus": settings.apparatus,
        }
    )


def _strings(root: etree._Element) -> Iterator[str]:
    """Yield every string of a tree: texts and attributes."""
    for element in root.iter(etree.Element):
        yield from (str(value) for value in element.attrib.values())
    yield from (str(text) for text in root.itertext())


def _assemble(parts: dict[str, str], records: Sequence[Record]) -> str:
    """Return the main file: the library applied, then front matter, documents, back matter."""
    documents = "".join(record.typst for record in records)
    front = f"#front-matter({{\n{parts['front']}}})\n" if parts["front"] else ""
    return (
        '#import "edition.typ": *\n'
        f"#show: edition.with({parts['setup']})\n"
        f"{front}"
        f"#main-matter({{\n{documents}{parts['back']}}})\n"
    )


def _volume(
    records: Sequence[Record], indices: Sequence[Source], press: Press, *, single: bool
) -> etree._Element:
    """Return the d:volume that the stylesheet makes the frame of."""
    settings = press.settings
    licence = settings.licence
    volume = _element(
        "volume",
        single=str(single).lower(),
        parts=" ".join(settings.print.parts),
        apparatus=settings.print.apparatus,
        title=settings.title,
        subtitle=settings.subtitle,
        running=settings.running_title,
        publisher=settings.publisher,
        date=settings.date.isoformat(),
        version=settings.version,
        language=settings.language,
        region=settings.print.region,
        address=str(settings.base_url or ""),
        licence=licence.name if licence else "",
        program=__version__,
        typst=version("typst"),
    )
    volume.set("licence-url", str(licence.url or "") if licence else "")
    volume.extend(_element("editor", name) for name in settings.editors)
    for number, record in enumerate(records, start=1):
        volume.append(_record_element(record, "" if single else str(number)))
    volume.set("sha256", _hash_of_all(volume))
    for index in indices:
        element = _element("index", name=Path(index.name).stem)
        element.append(parse_bytes(index.data, index.name).getroot())
        volume.append(element)
    volume.extend(_font_elements(press.fonts))
    return volume


def _hash_of_all(volume: etree._Element) -> str:
    """Return the hash of the list of the documents' hashes, a line for each: hash, id."""
    lines = [f"{record.get('sha256')}  {record.get('id')}.xml\n" for record in volume.iter(_RECORD)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _record_element(record: Record, number: str) -> etree._Element:
    """Return the record of a document for the volume: without its Typst, with number and hash."""
    root = parse_bytes(record.xml, record.name).getroot()
    for source in root.findall(f"{{{PRINT_NS}}}source"):
        root.remove(source)
    root.set("number", number)
    root.set("sha256", hashlib.sha256(record.tei.encode()).hexdigest())
    return root


def _font_elements(fonts: FontSet) -> list[etree._Element]:
    """Return what the colophon says of the fonts."""
    return [
        _element("font", name=f.family.name, version=f.version, licence=f.family.licence)
        for f in (*fonts.romans, fonts.code)
    ]


def _element(name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """Return an element of the print namespace."""
    element = etree.Element(f"{{{PRINT_NS}}}{name}", nsmap={"d": PRINT_NS})
    element.text = text
    for key, value in attributes.items():
        element.set(key, value)
    return element
