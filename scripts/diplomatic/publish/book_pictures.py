"""The pictures of the ebook: those that the TEI of its documents names and that are there.

In: the documents. Out: files by the names that they have in the book, which come from their bytes,
so that one picture is there once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from diplomatic.edition import Document
from diplomatic.publish.print_source import picture
from diplomatic.xml.names import tei
from diplomatic.xml.reader import parse_file


def images(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the address in the TEI and the name in the book of each picture that is there."""
    folder = document.tei.parent
    for graphic in parse_file(document.tei).iter(tei("graphic")):
        address = graphic.get("url", "")
        path = picture(address, folder)
        if path is not None:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            yield address, f"images/{digest}{path.suffix.lower()}"


def pictures(documents: Iterable[Document]) -> dict[str, bytes]:
    """Return the files of the pictures by their names in the book."""
    found: dict[str, bytes] = {}
    for document in documents:
        for address, name in images(document):
            path = picture(address, document.tei.parent)
            found[f"assets/{name}"] = path.read_bytes() if path else b""
    return found
