"""XPath with a type: what an expression selects, as strings."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from diplomatic.xml.names import NSMAP


def strings(tree: etree._ElementTree | etree._Element, expression: str) -> list[str]:
    """Return the strings (attributes, text nodes) that an XPath selects; prefixes tei and xml."""
    found = compiled(expression)(tree)
    return [str(each) for each in found] if isinstance(found, list) else [str(found)]


def elements(tree: etree._ElementTree | etree._Element, expression: str) -> list[etree._Element]:
    """Return the elements that an XPath selects; prefixes tei and xml."""
    found = compiled(expression)(tree)
    return [e for e in found if isinstance(e, etree._Element)] if isinstance(found, list) else []


@lru_cache(maxsize=256)
def compiled(expression: str) -> etree.XPath:
    """Return an XPath, compiled once; its strings do not know where they are from."""
    return etree.XPath(expression, namespaces=NSMAP, smart_strings=False)
