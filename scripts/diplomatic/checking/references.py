"""References of a TEI document: within it, and into the indices beside it.

A reference is a pointer in one of the attributes that TEI types as such: `#id`, or the address
of a file of the edition with `#id`. Addresses with a scheme (`https:`, `line:`) are not followed.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place, limited
from diplomatic.xml.names import XML_ID, local_name, tei
from diplomatic.xml.paths import strings
from diplomatic.xml.reader import parse_file

_POINTERS: Final = frozenset(
    ("ref", "target", "resp", "who", "hand", "corresp", "scheme", "new", "facs", "next", "prev")
)
_RENDITION: Final = tei("rendition")
# The nearest identifier is sought as long as no more than so many have been compared.
_COMPARED: Final = 20_000


def check_references(tree: etree._ElementTree, path: Path, name: str) -> list[Finding]:
    """Return a finding for each repeated identifier and each reference that leads nowhere.

    Args:
        tree: the document.
        path: where it is, from where relative references are followed.
        name: what findings call it.
    """
    identifiers = Counter(strings(tree, "//@xml:id"))
    dead: dict[str, _Dead] = {}
    # The same pointers come again and again.
    why_dead = cache(lambda pointer: _why_dead(pointer, path, identifiers))
    for element, value in _pointers(tree):
        for pointer in value.split():
            reason, known = why_dead(pointer)
            if reason:
                dead.setdefault(reason, _Dead(element, pointer, reason, known)).times += 1
    repeated = limited(_repeated(tree, identifiers, name), name)
    said = (_finding(each, name, number) for number, each in enumerate(dead.values()))
    return [*repeated, *limited(said, name)]


@dataclass
class _Dead:
    """A pointer that leads nowhere, the first of those with one reason."""

    element: etree._Element
    pointer: str
    reason: str
    known: Collection[str] = ()
    times: int = 0


def _finding(dead: _Dead, name: str, number: int) -> Finding:
    """Return the finding on the first of several dead pointers, with how many more there are."""
    fragment = dead.pointer.rpartition("#")[2]
    few = (number + 1) * len(dead.known) <= _COMPARED
    near = difflib.get_close_matches(fragment, dead.known, 1) if few else []
    tail = f"; near: {near[0]!r}" if near else ""
    more = dead.times - 1
    times = "once more" if more == 1 else f"{more} times more"
    tail += f" ({times} below)" if more else ""
    message = f"<{local_name(str(dead.element.tag))}> points to {dead.pointer}: {dead.reason}{tail}"
    return Finding("D302", message, place_of(dead.element, name))


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
        for key, value in element.items():
            # The scheme of a rendition is a language of style (css), not a pointer.
            if key in _POINTERS and (key, element.tag) != ("scheme", _RENDITION):
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


def _why_dead(
    pointer: str, path: Path, identifiers: Collection[str]
) -> tuple[str, Collection[str]]:
    """Return why a pointer leads nowhere, and the identifiers of the file that it leads into.

    There is no reason when it leads somewhere or is not ours.
    """
    try:
        parts = urlsplit(pointer)
    except ValueError:
        return "this is no address", ()
    if parts.scheme or parts.netloc:
        return "", ()
    known: Collection[str] | None = identifiers
    if parts.path:
        target = path.parent / unquote(parts.path)
        absolute = Path(unquote(parts.path)).is_absolute()  # D313: not even looked at
        known = None if absolute else _identifiers_of(target, _stamp(target))
    if known is None:
        return f"there is no readable file {parts.path}", ()
    if parts.fragment in known or (parts.path and not parts.fragment):
        return "", ()
    return f"nothing has the identifier {parts.fragment!r}", known


def _stamp(path: Path) -> tuple[int, int]:
    """Return size and time of a file, so that a changed file is read again; zeros without one."""
    try:
        status = path.stat()
    except (OSError, ValueError):  # a ValueError: a name with a NUL in it
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
