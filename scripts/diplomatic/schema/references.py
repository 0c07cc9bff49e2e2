"""Pointers that a grammar cannot judge: kinds of entries, prefixes, addresses, one id in two files.

Whether a pointer leads anywhere at all is checked in `diplomatic.checking.references`; here, what
it leads to is looked at, also in the indices beside the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place, limited
from diplomatic.schema.positions import find_positions, line_of
from diplomatic.schema.words import tag_of, transcript_line
from diplomatic.xml.names import TEI_NS, XML_ID, local_name, tei
from diplomatic.xml.reader import parse_file

_PLACES: Final = ("placeName", "country", "region", "settlement", "district", "bloc", "geogName")
# What the entry of a name must be, by the element that names.
_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "persName": ("person",),
    "orgName": ("org",),
    "term": ("term", "item", "category"),
    **dict.fromkeys(_PLACES, ("place",)),
}
_MEANT: Final = {"person": "persName", "place": "placeName", "org": "orgName"}
_POINTERS: Final = frozenset(
    ("ref", "target", "source", "facs", "corresp", "url", "next", "prev", "active", "passive")
)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB: Final = frozenset(("http", "https", "mailto", "doi", "urn", "tel", "ftp", "geo", "tei"))
_OWN_MACHINE: Final = re.compile(r"file:|[A-Za-z]:[\\/]|/(?!/)|\\\\", re.IGNORECASE)

Fault = tuple[str, etree._Element, str]
"""A code, the element that points, and what is wrong."""


def check_pointers(tree: etree._ElementTree, data: bytes, name: str) -> list[Finding]:
    """Return a finding for each pointer to the wrong kind, with an unknown prefix, or off the web.

    Args:
        tree: the document.
        data: the same as bytes, for the columns.
        name: what findings call it; as a path, relative pointers are followed from there.
    """
    found = [*_wrong_kinds(tree, Path(name)), *_addresses(tree)]
    if not found:
        return []
    spots = dict(zip(tree.iter(etree.Element), find_positions(data).starts, strict=False))
    findings = (
        Finding(code, message, Place(name, *spots.get(at, (0, 0)), transcript_line(at)))
        for code, at, message in found
    )
    return limited(findings, name)


def _wrong_kinds(tree: etree._ElementTree, path: Path) -> Iterator[Fault]:
    """Yield each name whose @ref leads to an entry of another kind."""
    local = _kinds_in(tree)
    for element in tree.iter(etree.Element):
        wanted = _wanted(element)
        for pointer in str(element.get("ref", "")).split() if wanted else ():
            kind = _kind_of(pointer, local, path)
            if kind and kind not in wanted:
                message = f"{tag_of(element)} points to {pointer}, which is a <{kind}>"
                yield "D306", element, message


def _wanted(element: etree._Element) -> tuple[str, ...]:
    """Return which elements the @ref of this one may lead to; nothing where any may be meant."""
    name = local_name(str(element.tag))
    if name == "rs":
        name = _MEANT.get(str(element.get("type", "")), "")
    return _KINDS.get(name, ())


def _kind_of(pointer: str, local: Mapping[str, str], path: Path) -> str:
    """Return the name of the element that a pointer leads to; nothing if it is not known."""
    file, _, fragment = pointer.partition("#")
    if not fragment or _SCHEME.match(pointer):
        return ""
    if not file:
        return local.get(fragment, "")
    target = path.parent / unquote(file)
    try:
        status = target.stat()
    except (OSError, ValueError):  # a ValueError: a name with a NUL in it
        return ""
    return _kinds_of(target, status.st_size, status.st_mtime_ns).get(fragment, "")


@lru_cache(maxsize=64)
def _kinds_of(path: Path, _size: int, _time: int) -> Mapping[str, str]:
    """Return which element each identifier of a file belongs to; read again when it changes."""
    try:
        return _kinds_in(parse_file(path))
    except DiplomaticError:
        return {}


def _kinds_in(tree: etree._ElementTree) -> dict[str, str]:
    """Return which element each identifier belongs to."""
    return {
        str(element.get(XML_ID)): local_name(str(element.tag))
        for element in tree.iter(f"{{{TEI_NS}}}*")
        if element.get(XML_ID) is not None
    }


def _addresses(tree: etree._ElementTree) -> Iterator[Fault]:
    """Yield each address with a prefix that nothing declares, or on somebody's own machine."""
    declared = {str(node.get("ident")) for node in tree.iter(tei("prefixDef"))}
    for element in tree.iter(etree.Element):
        for key, value in element.attrib.items():
            for pointer in str(value).split() if str(key) in _POINTERS else ():
                if _OWN_MACHINE.match(pointer):
                    yield "D313", element, f"{tag_of(element)} points to {pointer}"
                elif (scheme := _SCHEME.match(pointer)) and scheme[1] not in declared | _WEB:
                    message = f"{tag_of(element)} points to {pointer}, and nothing declares"
                    yield "D312", element, f"{message} {scheme[1]}:"


def check_identifiers(trees: Mapping[str, etree._ElementTree]) -> list[Finding]:
    """Return a finding for each identifier of a text that a second file of the edition has too.

    The header's own identifiers (`tr`, `tool`, `genre` …) are local to each document by convention
    and may come again. `trees` are the files of the edition by name, in their order.
    """
    first: dict[str, str] = {}
    found = []
    for name, tree in trees.items():
        for element in _identified(tree):
            identifier = str(element.get(XML_ID))
            other = first.setdefault(identifier, name)
            if other != name:
                message = f"the identifier {identifier} is in {other} as well"
                place = Place(name, line_of(element), 0, transcript_line(element))
                found.append(Finding("D314", message, place))
    return found


def _identified(tree: etree._ElementTree) -> Iterator[etree._Element]:
    """Yield the elements with an identifier, the header's left out."""
    for element in tree.iter(f"{{{TEI_NS}}}*"):
        if element.get(XML_ID) is None:
            continue
        if not any(local_name(str(outer.tag)) == "teiHeader" for outer in element.iterancestors()):
            yield element
