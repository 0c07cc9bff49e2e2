"""The styles of an OpenDocument text: how words in them look, what lists they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from diplomatic.inputs.elements import attribute, child, is_named
from diplomatic.inputs.flow import Look

_DEEPEST_STYLE: Final = 12


class Styles:
    """The styles of a document: how words in them look, whether a page begins before them."""

    def __init__(self, roots: list[etree._Element | None]) -> None:
        self._styles: dict[str, etree._Element] = {}
        self.lists: dict[str, etree._Element] = {}
        for root in roots:
            for element in () if root is None else root.iter("{*}style", "{*}list-style"):
                kept = self._styles if is_named(element, "style") else self.lists
                kept[attribute(element, "name")] = element

    def _chain(self, name: str) -> list[etree._Element]:
        """Return a style after those that it is made from."""
        chain: list[etree._Element] = []
        while name in self._styles and len(chain) < _DEEPEST_STYLE:
            chain.insert(0, self._styles[name])
            name = attribute(chain[0], "parent-style-name")
        return chain

    def looks(self, name: str, before: frozenset[Look]) -> frozenset[Look]:
        """Return how words in a style look."""
        looks = set(before)
        for style in self._chain(name):
            properties = child(style, "text-properties")
            for look, value in _said(properties):
                (looks.add if value else looks.discard)(look)
        return frozenset(looks)

    def begins_page(self, name: str) -> bool:
        """Whether a page begins before a paragraph in a style."""
        chain = (child(style, "paragraph-properties") for style in self._chain(name))
        return any(attribute(properties, "break-before") == "page" for properties in chain)

    def names(self, name: str) -> list[str]:
        """Return the name of a style and of those that it is made from."""
        return [attribute(style, "name") for style in self._chain(name)]


def _said(properties: etree._Element | None) -> Iterator[tuple[Look, bool]]:
    """Yield what the properties of a style say of looks: which, and whether they hold."""
    if value := attribute(properties, "font-weight"):
        yield "bold", value in ("bold", "600", "700", "800", "900")
    if value := attribute(properties, "font-style"):
        yield "italic", value in ("italic", "oblique")
    if value := attribute(properties, "text-underline-style"):
        yield "underline", value != "none"
    if value := attribute(properties, "text-line-through-style"):
        yield "strikethrough", value != "none"
    if value := attribute(properties, "text-transform"):
        yield "capitals", value == "uppercase"
    if value := attribute(properties, "letter-spacing"):
        found = re.match(r"(\d*\.?\d+)(pt|cm|mm|in)$", value)
        factor = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0}
        yield "letterspaced", bool(found and float(found[1]) * factor[found[2]] >= 1)
    if value := attribute(properties, "text-position"):
        raised = value.split()[0]
        yield "superscript", raised == "super" or (raised[:1].isdigit() and raised != "0%")
        yield "subscript", raised == "sub" or raised.startswith("-")
