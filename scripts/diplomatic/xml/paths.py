"""XPath with a type: what an expression selects, as strings."""

from __future__ import annotations

from lxml import etree

from diplomatic.xml.names import NSMAP


def strings(tree: etree._ElementTree | etree._Element, expression: str) -> list[str]:
    """Return the strings (attributes, text nodes) that an XPath selects; prefixes tei and xml."""
    found = tree.xpath(expression, namespaces=NSMAP)
    return [str(each) for each in found] if isinstance(found, list) else [str(found)]
