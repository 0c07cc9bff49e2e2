"""What the parts beside the text of a Word document say: links between parts, styles, numbers."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from lxml import etree

from diplomatic.inputs.elements import attribute, child, descendants, is_named
from diplomatic.inputs.flow import Look
from diplomatic.inputs.numerals import numeral
from diplomatic.inputs.package import Package
from diplomatic.xml.names import local_name

_OFF: Final = frozenset({"0", "false", "off", "none"})
_HEADING: Final = re.compile(r"heading (\d)$", re.IGNORECASE)
_TOGGLES: Final[dict[str, Look]] = {
    **{"b": "bold", "i": "italic", "strike": "strikethrough", "dstrike": "strikethrough"},
    **{"u": "underline", "caps": "capitals"},
}
_RAISED: Final[dict[str, Look]] = {"superscript": "superscript", "subscript": "subscript"}
# Twentieths of a point between letters, from which words are letterspaced rather than fitted.
_SPACED: Final = 20
_DEEPEST_STYLE: Final = 12


@dataclass
class Relationships:
    """Where the links of a part lead: parts by kind, addresses by identifier."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)


def relationships(package: Package, part: str) -> Relationships:
    """Return the links of a part; the empty name stands for the whole file.

    Raises:
        DiplomaticError: as `Package.xml`.
    """
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = Relationships()
    for link in root if root is not None else ():
        target, kind = attribute(link, "Target"), attribute(link, "Type").rpartition("/")[2]
        if attribute(link, "TargetMode") != "External":
            path = posixpath.normpath(posixpath.join(folder, unquote(target)))
            path = target.lstrip("/") if target.startswith("/") else path
            found.parts.setdefault(kind, []).append(path)
        elif kind == "hyperlink":
            found.addresses[attribute(link, "Id")] = target
        else:
            found.outside.append(kind)
    return found


def looks_of(properties: etree._Element | None, before: frozenset[Look]) -> frozenset[Look]:
    """Return how words look with the properties of a run or style put over what held before."""
    looks = set(before)
    for element in properties if properties is not None else ():
        name = local_name(str(element.tag))
        value = attribute(element, "val")
        if name in _TOGGLES:
            (looks.discard if value in _OFF else looks.add)(_TOGGLES[name])
        elif name == "vertAlign":
            looks -= set(_RAISED.values())
            looks |= {_RAISED[value]} if value in _RAISED else set()
        elif name == "spacing":
            wide = value.lstrip("-").isdigit() and int(value) >= _SPACED
            (looks.add if wide else looks.discard)("letterspaced")
    return frozenset(looks)


class Styles:
    """The styles of a document: how their words look, which headings and lists they make."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = descendants(root, "style") if root is not None else iter(())
        self._styles = {attribute(style, "styleId"): style for style in styles}

    def _chain(self, name: str) -> list[etree._Element]:
        """Return a style after those that it is based on."""
        chain: list[etree._Element] = []
        while name in self._styles and len(chain) < _DEEPEST_STYLE:
            style = self._styles[name]
            chain.insert(0, style)
            name = attribute(child(style, "basedOn"), "val")
        return chain

    def looks(self, name: str, before: frozenset[Look]) -> frozenset[Look]:
        """Return how words in a style look."""
        for style in self._chain(name):
            before = looks_of(child(style, "rPr"), before)
        return before

    def level(self, name: str) -> int:
        """Return the level of heading that a style makes, from 1; 0 for none."""
        for style in reversed(self._chain(name)):
            called = attribute(child(style, "name"), "val")
            if found := _HEADING.match(called):
                return int(found[1])
            if called.lower() in ("title", "subtitle"):
                return 1 if called.lower() == "title" else 2
            outline = attribute(child(style, "pPr", "outlineLvl"), "val")
            if outline.isdigit() and int(outline) < 9:
                return int(outline) + 1
        return 0

    def numbering(self, name: str) -> etree._Element | None:
        """Return what a style says of numbers."""
        found = (child(style, "pPr", "numPr") for style in reversed(self._chain(name)))
        return next((element for element in found if element is not None), None)


class Numbering:
    """The numbers of lists, counted along the text."""

    def __init__(self, root: etree._Element | None) -> None:
        abstract: dict[str, dict[int, etree._Element]] = {}
        self._levels: dict[str, dict[int, etree._Element]] = {}
        self._series: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for element in root if root is not None else ():
            if is_named(element, "abstractNum"):
                levels = {_number(level, "ilvl"): level for level in descendants(element, "lvl")}
                abstract[attribute(element, "abstractNumId")] = levels
        for element in root if root is not None else ():
            if is_named(element, "num"):
                key = attribute(element, "numId")
                base = attribute(child(element, "abstractNumId"), "val")
                self._levels[key] = abstract.get(base, {})
                anew = child(element, "lvlOverride", "startOverride") is not None
                self._series[key] = f"num {key}" if anew else base

    def series(self, key: str) -> str:
        """Return what list a number belongs to."""
        return self._series.get(key, "")

    def indent(self, key: str, level: int) -> int:
        """Return how far the items of a level are set in."""
        said = child(self._levels.get(key, {}).get(level), "pPr", "ind")
        left = attribute(said, "left") or attribute(said, "start")
        return int(left) if left.isdecimal() and len(left) < 7 else level * 360

    def label(self, key: str, level: int) -> str:
        """Return the label of the next paragraph of a list; empty when it shows none."""
        levels = self._levels.get(key, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._series[key], {})
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        shape = attribute(child(levels[level], "numFmt"), "val")
        text = attribute(child(levels[level], "lvlText"), "val")
        if shape == "bullet":
            return text if text in ("-", "–", "—", "*") else "•"
        if shape == "none":
            return ""

        def shown(found: re.Match[str]) -> str:
            other = int(found[1]) - 1
            if other not in levels:
                return ""
            kind = attribute(child(levels[other], "numFmt"), "val")
            return numeral(counts.get(other, _start(levels[other])), kind)

        return re.sub(r"%(\d)", shown, text).strip()


def _number(element: etree._Element | None, name: str) -> int:
    """Return an attribute as a number; 0 where it is none."""
    value = attribute(element, name)
    return int(value) if value.isdecimal() and len(value) < 9 else 0


def _start(level: etree._Element) -> int:
    """Return the number that a list begins with."""
    start = child(level, "start")
    return 1 if start is None else _number(start, "val")
