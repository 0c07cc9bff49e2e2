"""Elements by their local names: office formats have several namespaces for one vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from diplomatic.xml.names import local_name


def attribute(element: etree._Element | None, name: str) -> str:
    """Return an attribute by its local name, whatever its namespace; empty without it."""
    if element is None:
        return ""
    values = (str(value) for key, value in element.attrib.items() if local_name(str(key)) == name)
    return next(values, "")


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the first child of this name, then its child, and so on; None where one lacks."""
    for name in names:
        found = (c for c in ([] if element is None else element) if is_named(c, name))
        element = next(found, None)
    return element


def is_named(element: etree._Element, name: str) -> bool:
    """Say whether a node is an element of this local name."""
    return isinstance(element.tag, str) and local_name(element.tag) == name


def descendants(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a local name inside an element."""
    return element.iter(f"{{*}}{name}")
