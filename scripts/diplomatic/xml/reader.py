"""Safe reading of XML: no entity, no DTD, no XInclude, no network.

Every TEI file of an edition may come from somebody else, so all reading goes through here.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place


def _parser() -> etree.XMLParser:
    """Return a parser that keeps duplicate ids (they are findings) and resolves nothing."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        huge_tree=False,
    )


def parse_bytes(data: bytes, name: str) -> etree._ElementTree:
    """Parse XML that is in memory; `name` is what findings call the file.

    Raises:
        DiplomaticError: D100, not well-formed; D101, a document type declaration.
    """
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        place = Place(name, line or 0, column or 0)
        raise DiplomaticError(Finding("D100", error.msg or "not XML", place)) from error
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None:
        finding = Finding("D101", "the file has a document type declaration", Place(name, 1))
        raise DiplomaticError(finding)
    return tree


def parse_file(path: Path) -> etree._ElementTree:
    """Parse an XML file.

    Raises:
        DiplomaticError: D012, cannot be read; D100, not well-formed; D101, a DTD.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = error.strerror or "cannot be read"
        raise DiplomaticError(Finding("D012", message, Place(str(path)))) from error
    return parse_bytes(data, str(path))
