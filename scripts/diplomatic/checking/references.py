"""References of a TEI document: within it, and into the indices beside it.

A reference is a pointer in one of the attributes that TEI types as such: `#id`, or the address
of a file of the edition with `#id`. Addresses with a scheme (`https:`, `line:`) are not followed.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.xml.names import XML_ID, local_name, tei
from diplomatic.xml.paths import strings
from diplomatic.xml.reader import parse_file

_POINTERS: Final = frozenset(
    ("ref", "target", "resp", "who", "hand", "corresp", "scheme", "new", "facs", "next", "prev")
)


def check_references(tree: etree._ElementTree, path: Path, name: str) -> list[Finding]:
    """Return a finding for each repeated identifier and each reference that leads nowhere.

    Args:
        tree: the document.
        path: where it is, from where relative references are followed.
        name: what findings call it.
    """
    identifiers = Counter(strings(tree, "//@xml:id"))
    dead: dict[str, list[Finding]] = {}
    for element, value in _pointers(tree):
        for pointer in value.split():
            if reason := _dead(pointer, path, identifiers):
                message = f"<{local_name(str(element.tag))}> points to {pointer}: {reason}"
                finding = Finding("D302", message, place_of(element, name))
                dead.setdefault(reason, []).append(finding)
    return [*_repeated(tree, identifiers, name), *map(_first, dead.values())]


def _first(findings: list[Finding]) -> Finding:
    """Return the first of several findings with one reason, with how many more there are."""
    first, more = findings[0], len(findings) - 1
    times = "once more" if more == 1 else f"{more} times more"
    return replace(first, message=f"{first.message} ({times} below)") if more else first


def place_of(element: etree._Element, name: str) -> Place:
    """Return the line of an element, and the line of the transcript that it came from."""
    line = 0
    for ancestor in (element, *element.iterancestors()):
        source = ancestor.get("source", "")
        if source.startswith("line:"):
            start = source.removeprefix("line:").split(",")[0]
            line = int(start) + 1 if start.isdigit() else 0
            break
    return Place(name, getattr(element, "sourceline", None) or 0, 0, line)


def _pointers(tree: etree._ElementTree) -> Iterator[tuple[etree._Element, str]]:
    """Yield every attribute that points somewhere, with its element."""
    for element in tree.iter(etree.Element):
        for key, value in element.attrib.items():
            # The scheme of a rendition is a language of style (css), not a pointer.
            if str(key) in _POINTERS and (key, element.tag) != ("scheme", tei("rendition")):
                yield element, str(value)


def _repeated(tree: etree._ElementTree, identifiers: Counter[str], name: str) -> Iterator[Finding]:
    """Yield a finding for each identifier that a second element has."""
    repeated = {identifier for identifier, count in identifiers.items() if count > 1}
    seen: set[str] = set()
    for element in tree.iter(etree.Element) if repeated else ():
        identifier = str(element.get(XML_ID, ""))
        if identifier in seen:
            message = f"the identifier {identifier!r} is given a second time"
            yield Finding("D301", message, place_of(element, name))
        if identifier in repeated:
            seen.add(identifier)


def _dead(pointer: str, path: Path, identifiers: Counter[str]) -> str:
    """Return why a pointer leads nowhere, or nothing when it leads somewhere or is not ours."""
    parts = urlsplit(pointer)
    if parts.scheme or parts.netloc:
        return ""
    if not parts.path:
        return "" if parts.fragment in identifiers else _unknown(parts.fragment, set(identifiers))
    target = path.parent / unquote(parts.path)
    known = _identifiers_of(target, _stamp(target))
    if known is None:
        return f"there is no readable file {parts.path}"
    return "" if not parts.fragment or parts.fragment in known else _unknown(parts.fragment, known)


def _unknown(fragment: str, known: frozenset[str] | set[str]) -> str:
    """Return the reason that an identifier is unknown, with the nearest one that is known."""
    near = difflib.get_close_matches(fragment, known, 1)
    return f"nothing has the identifier {fragment!r}" + (f"; near: {near[0]!r}" if near else "")


def _stamp(path: Path) -> tuple[int, int]:
    """Return size and time of a file, so that a changed file is read again; zeros without one."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _identifiers_of(path: Path, stamp: tuple[int, int]) -> frozenset[str] | None:
    """Return the identifiers of another file, or None when it cannot be read."""
    if stamp == (0, 0):
        return None
    try:
        return frozenset(strings(parse_file(path), "//@xml:id"))
    except DiplomaticError:
        return None
