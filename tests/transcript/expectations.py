"""The short notation of what is expected of an encoding, and its comparison.

``names @attribute=value ... : words`` (equal words) or ``~ words`` (among its words):

    supplied @reason=omitted-in-original : him
    gap @reason=illegible @unit=surname @quantity=3
    note|add @hand ~ 012345
    item ~ Belov << list @type=distribution      (an item inside such a list)

``a|b`` is either; ``@name`` is present; ``@!name`` is absent. Words are compared by letters and
digits, signs only where there is nothing else. ``plain`` = the stretch has no editorial element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from tei_reading import XML_NS, Place, key, name, words

EDITORIAL = frozenset({
    "supplied", "note", "gap", "unclear", "sic", "corr", "orig", "reg", "stamp", "figure", "gloss",
    "add", "del", "space", "milestone", "pb", "vocal", "incident", "when", "surplus", "expan",
    "ref", "handShift", "damage", "subst", "speaker", "label",
})  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """One expected element."""

    names: tuple[str, ...]
    attributes: tuple[tuple[str, tuple[str, ...] | None, bool], ...] = ()
    text: str = ""
    contains: bool = False
    inside: Expected | None = None

    @property
    def plain(self) -> bool:
        """Whether nothing editorial is expected."""
        return self.names == ("plain",)

    def fits(self, element: etree._Element) -> bool:
        """Whether an element is the expected one; its place is not looked at."""
        if name(element) not in self.names and "*" not in self.names:
            return False
        if not all(self._has(element, *attribute) for attribute in self.attributes):
            return False
        if self.text:
            have, want = key(words(element)), key(self.text)
            if (want not in have) if self.contains else (want != have):
                return False
        if self.inside is None:
            return True
        return any(self.inside.fits(parent) for parent in element.iterancestors())

    @staticmethod
    def _has(
        element: etree._Element, attribute: str, values: tuple[str, ...] | None, present: bool
    ) -> bool:
        found = element.get(attribute.replace("xml:", XML_NS))
        if not present:
            return found is None
        if found is None:
            return False
        return values is None or bool({found, *found.split()} & set(values))


_HEAD = re.compile(
    r"^\s*(?P<names>[\w|*]+)(?P<attributes>(?:\s+@\S+)*)\s*(?:(?P<op>[:~])\s(?P<text>.*))?$", re.S
)


def parse(notation: str) -> Expected:
    """Read the notation.

    Raises:
        ValueError: it cannot be read.
    """
    notation, _, outer = notation.partition(" << ")
    found = _HEAD.match(notation)
    if not found:
        message = f"cannot read the expectation {notation!r}"
        raise ValueError(message)
    attributes = []
    for part in found["attributes"].split():
        attribute, _, value = part[1:].partition("=")
        attributes.append(
            (
                attribute.lstrip("!"),
                tuple(value.split("|")) if value else None,
                not attribute.startswith("!"),
            )
        )
    return Expected(
        tuple(found["names"].split("|")),
        tuple(attributes),
        (found["text"] or "").strip(),
        found["op"] == "~",
        parse(outer) if outer else None,
    )


def label(element: etree._Element) -> str:
    """Name of an element as the confusion table shows it."""
    local = name(element)
    detail = element.get("reason") or element.get("type") or ("hand" if element.get("hand") else "")
    return (
        f"{local}/{detail}"
        if detail and local in {"gap", "note", "supplied", "seg", "ref", "figure"}
        else local
    )


def editorial(places: list[Place]) -> list[Place]:
    """The places that an editor's eye would call markup of an expression."""
    found = []
    for place in places:
        element = place.element
        if name(element) not in EDITORIAL or set((element.get("resp") or "").split()) & {
            "#tool",
            "#ed",
        }:
            continue
        if name(element) == "ref" and element.get("type") != "noteref":
            continue
        found.append(place)
    return found
