"""Identifiers that stay: the same block keeps its xml:id when a transcript is encoded again.

An identifier is the address of a paragraph, note or term in links and citations, so it is stored,
and never used again for something else (design §2). The encoder numbers what it finds; this pass
then gives each block the identifier that the same block had when the document was last written,
and every other block one that was never used. Which block is which is told by the words; for what
stands inside a sentence, such as the mark of a note, by the words around it as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from lxml import etree

from diplomatic.encode.alignment import fill, match
from diplomatic.encode.written import ID, Node, read_written, retag
from diplomatic.findings import DiplomaticError
from diplomatic.xml.names import XML_ID
from diplomatic.xml.paths import strings
from diplomatic.xml.reader import parse_bytes

_LOCAL: Final = re.compile(r"([a-z]+)(\d*)(.*)")
# So many words on each side tell one mark of a note from the next.
_AROUND: Final = 6


@dataclass(frozen=True)
class _Unit:
    """Something with an identifier of a series (p, n, r, t ...), and the words that tell it."""

    identifier: str
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """The words in one string."""
        return " ".join(self.words)

    @cached_property
    def bag(self) -> Counter[str]:
        """The words, counted."""
        return Counter(self.words)


def keep_identifiers(base: bytes, new: bytes, given: Iterable[str] = ()) -> bytes:
    """Return a new version of a document with the identifiers of the one last written.

    Args:
        base: what was last written.
        new: what the encoder makes now.
        given: identifiers that may not be used for anything new, besides those of the base:
            given in earlier versions, or by hand.

    Raises:
        DiplomaticError: one of the two cannot be read.
    """
    old, tree = parse_bytes(base, "base").getroot(), parse_bytes(new, "new").getroot()
    document = tree.get(XML_ID, "")
    before, now = _units(old, document), _units(tree, document)
    used = {*_identifiers(old), *given}
    names: dict[str, str] = {}
    for series, units in now.items():
        kept = _same(before.get(series, []), units)
        free = _Numbers(f"{document}-{series}", used)
        for unit in units:
            names[unit.identifier] = kept.get(unit.identifier) or free.next(unit.identifier)
    changed = {name: kept for name, kept in names.items() if name != kept}
    if not changed:
        return new
    file = read_written(new, "new")
    for node in file.root.elements():
        _rename(node, changed)
    return file.write()


def identifiers_in(data: bytes) -> set[str]:
    """Return the identifiers of a document, as far as it can be read."""
    try:
        return _identifiers(parse_bytes(data, "document").getroot())
    except DiplomaticError:
        return set()


def given_before(base: bytes, new: bytes, given: Iterable[str] = ()) -> list[str]:
    """Return the identifiers that were once given and are no more, as far as they matter.

    Of a numbered series only the last matters, and only while it is higher than those in use.

    Args:
        base: what was last written.
        new: what is written now.
        given: the identifiers of which this was known before.
    """
    present = identifiers_in(new)
    gone = {*identifiers_in(base), *given} - present
    last: dict[str, tuple[int, str]] = {}
    for name in present | gone:
        stem, number = _numbered(name)
        if number and number > last.get(stem, (0, ""))[0]:
            last[stem] = (number, name)
    lasting = {name for _, name in last.values()}
    return sorted(name for name in gone if name in lasting or not _numbered(name)[1])


class _Numbers:
    """Gives out the identifiers of one series that were never used."""

    def __init__(self, stem: str, used: Collection[str]) -> None:
        self.stem = stem
        self.used = set(used)
        numbers = [_numbered(name)[1] for name in used if _numbered(name)[0] == stem]
        self.last = max(numbers, default=0)

    def next(self, wanted: str) -> str:
        """Return an identifier: the one wanted if it is free and no number was passed over."""
        number = _numbered(wanted)[1]
        if number <= self.last and (number or wanted in self.used):
            number = self.last + 1
        self.last = max(self.last, number)
        made = f"{self.stem}{number}" if number else wanted
        self.used.add(made)
        return made


def _same(before: Sequence[_Unit], now: Sequence[_Unit]) -> dict[str, str]:
    """Return the old identifier of each unit that was there before, by its new one."""
    pairs = match([unit.key for unit in before], [unit.key for unit in now])
    every = range(len(before)), range(len(now))
    pairs = fill(pairs, *every, lambda i, j: _likeness(before[i], now[j]))
    return {now[j].identifier: before[i].identifier for i, j in pairs}


def _likeness(first: _Unit, second: _Unit) -> float:
    """Return how many words two units share, from 0 to 1."""
    common = sum((first.bag & second.bag).values())
    return 2 * common / max(1, len(first.words) + len(second.words))


def _units(root: etree._Element, document: str) -> dict[str, list[_Unit]]:
    """Return what has an identifier that begins with the document's, by series."""
    found: dict[str, list[_Unit]] = {}
    mixed: dict[etree._Element, bool] = {}
    for node in root.iter(etree.Element):
        identifier = node.get(XML_ID, "")
        local = _LOCAL.fullmatch(identifier.removeprefix(f"{document}-"))
        parent = node.getparent()
        if local is None or parent is None or not identifier.startswith(f"{document}-"):
            continue
        if parent not in mixed:
            mixed[parent] = bool(strings(parent, "text()[normalize-space()]"))
        around = _around(node) if mixed[parent] else []
        unit = _Unit(identifier, (*_words(node), *around))
        found.setdefault(local.group(1), []).append(unit)
    return found


def _around(node: etree._Element) -> list[str]:
    """Return the nearest words around an element that stands among words."""
    before: list[str] = []
    for sibling in islice(node.itersiblings(preceding=True), _AROUND):
        before = [*_words(sibling), *(sibling.tail or "").split(), *before]
    parent = node.getparent()
    if parent is not None and len(before) < _AROUND:
        before = [*(parent.text or "").split(), *before]
    after = (node.tail or "").split()
    for sibling in islice(node.itersiblings(), _AROUND):
        after += [*_words(sibling), *(sibling.tail or "").split()]
    return [*before[-_AROUND:], *after[:_AROUND]]


def _words(node: etree._Element) -> list[str]:
    """Return the words of an element; a comment has none."""
    return str(node.xpath("string()")).split() if isinstance(node.tag, str) else []


def _identifiers(root: etree._Element) -> set[str]:
    """Return every xml:id of a tree."""
    return set(strings(root, "//@xml:id"))


def _rename(node: Node, names: dict[str, str]) -> None:
    """Give an element, and what it refers to, their new names."""
    attributes = {
        key: names.get(value, value) if key == ID else _renamed(value, names)
        for key, value in node.attributes.items()
    }
    if attributes != node.attributes:
        node.raw = retag(node.raw, node.name, attributes)
        node.attributes = attributes


def _renamed(value: str, names: dict[str, str]) -> str:
    """Return an attribute with each `#name` in it renamed."""
    if "#" not in value:
        return value
    tokens = value.split(" ")
    return " ".join(
        f"#{names.get(token[1:], token[1:])}" if token.startswith("#") else token
        for token in tokens
    )


def _numbered(name: str) -> tuple[str, int]:
    """Return an identifier without its number, and the number; 0 for none."""
    stem = name.rstrip("0123456789")
    return stem, int(name[len(stem) :] or 0)
