"""Documents that do not state their identifier, as other people's TEI: the name of the file is it.

Pages, links and citations go by the identifier of a document. The file itself is never touched: it
is given the identifier where it is read.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from diplomatic.xml.names import XML_ID
from diplomatic.xml.reader import parse_bytes

_STATED: Final = re.compile(rb"""<TEI\b[^>]*?\sxml:id\s*=\s*["']([^"']*)["']""")


def with_identifier(data: bytes, identifier: str, name: str) -> bytes:
    """Return a TEI document that states its identifier; as it is where it does so already.

    Args:
        data: the document.
        identifier: what the edition calls it.
        name: what findings call the file.

    Raises:
        DiplomaticError: D100, D101, D120, it is no safe XML.
    """
    stated = _STATED.search(data)
    if stated is not None and stated[1] == identifier.encode():
        return data
    tree = parse_bytes(data, name)
    identify(tree, identifier)
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)


def identify(tree: etree._ElementTree, identifier: str) -> None:
    """Give a document that was read its identifier."""
    tree.getroot().set(XML_ID, identifier)
