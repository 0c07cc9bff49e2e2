"""What the rules of the ODD cannot see for themselves: other files of the edition.

A Schematron schema judges one document. What its names lead to in the indices is looked up here
and handed to it; identifiers that two documents share are found here. Whether a pointer leads
anywhere at all is checked in `diplomatic.checking.references`, which also knows the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.schema.positions import line_of
from diplomatic.schema.words import transcript_line
from diplomatic.xml.names import TEI_NS, XML_ID, local_name
from diplomatic.xml.paths import strings
from diplomatic.xml.reader import parse_file

# Files that the indices of an edition can be: no path leads out of it (the ODD says the same).
_BESIDE: Final = re.compile(r"(?:\.\./)?(?:[\w-]+/)?[\w.-]+\.xml")


def entries_of(tree: etree._ElementTree, path: Path) -> bytes:
    """Return which element each pointer of a name into another file leads to, as XML.

    The rules of the ODD take it as their parameter `entries`, so that they open no file: what is
    read is read safely, and once. Pointers that lead nowhere, or out of the
    edition, are not in it.

    Args:
        tree: the document.
        path: where it is, from where relative pointers are followed.
    """
    root = etree.Element("entries")
    pointers = (str(value) for value in strings(tree, "//@ref"))
    for pointer in dict.fromkeys(each for value in pointers for each in value.split()):
        if kind := _kind_of(pointer, path):
            etree.SubElement(root, "entry", pointer=pointer, kind=kind)
    return etree.tostring(root)


def _kind_of(pointer: str, path: Path) -> str:
    """Return the name of the element in another file that a pointer leads to; else nothing."""
    file, _, fragment = pointer.partition("#")
    if not fragment or not _BESIDE.fullmatch(unquote(file)):
        return ""
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
