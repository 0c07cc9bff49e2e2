"""The pictures of the ebook: those that the TEI of its documents names and that are there.

In: the documents. Out: files by the names that they have in the book, which come from their bytes,
so that one picture is there once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from diplomatic.edition import Document
from diplomatic.publish.print_source import picture
from diplomatic.xml.names import tei


def images(tree: etree._ElementTree, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the address in the TEI and the name in the book of each picture that is there.

    Args:
        tree: a TEI document.
        folder: where it is.
    """
    for graphic in tree.iter(tei("graphic")):
        address = graphic.get("url", "")
        path = picture(address, folder)
        if path is not None:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            yield address, f"images/{digest}{path.suffix.lower()}"


def pictures(
    documents: Iterable[Document], shown: Iterable[Iterable[tuple[str, str]]]
) -> dict[str, bytes]:
    """Return the files of the pictures by their names in the book, from those of each document."""
    found: dict[str, bytes] = {}
    for document, own in zip(documents, shown, strict=True):
        for address, name in own:
            path = picture(address, document.tei.parent)
            found[f"assets/{name}"] = path.read_bytes() if path else b""
    return found
