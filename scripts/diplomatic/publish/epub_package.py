"""The container of the ebook: package document and archive (EPUB 3.3, OCF).

In: the files of the book by name, in the order of reading, and what it says of itself. Out: the
bytes of the archive; the same for the same files, whenever and wherever it is made.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

MIME_TYPE: Final = b"application/epub+zip"
FOLDER: Final = "EPUB/"
_OPF: Final = "http://www.idpf.org/2007/opf"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_CONTAINER: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    b'<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
    b"</rootfiles></container>\n"
)
_PACKAGE: Final = f'<package xmlns="{_OPF}" xmlns:dc="{_DC}" version="3.0" unique-identifier="id"/>'
_MEDIA_TYPES: Final = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "woff2": "font/woff2",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Package:
    """What a book says of itself.

    Attributes:
        identifier: unique for the edition, the same in every version of it.
        metadata: Dublin Core elements and properties, with their values, in order; the name of a
            Dublin Core element begins with `dc:`.
        language: of the book (BCP 47).
        date: of the version; stands for the time of the last change.
        spine: files in the order of reading.
        navigation: the file with the contents.
    """

    identifier: str
    metadata: Sequence[tuple[str, str]]
    language: str
    date: datetime.date
    spine: Sequence[str]
    navigation: str
    resources: Sequence[str] = field(default_factory=list)


def archive(package: Package, files: Mapping[str, bytes]) -> bytes:
    """Return the book as one file.

    Args:
        package: what it says of itself.
        files: every file that the package names, by name.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        # First and uncompressed, so that the kind of file can be told from its first bytes.
        _add(container, "mimetype", MIME_TYPE, package.date, zipfile.ZIP_STORED)
        _add(container, "META-INF/container.xml", _CONTAINER, package.date)
        _add(container, f"{FOLDER}package.opf", package_document(package), package.date)
        for name in sorted(files):
            _add(container, FOLDER + name, files[name], package.date)
    return buffer.getvalue()


def _add(
    container: zipfile.ZipFile,
    name: str,
    data: bytes,
    date: datetime.date,
    compression: int = zipfile.ZIP_DEFLATED,
) -> None:
    """Add a file, dated by the edition and not by the clock."""
    year = min(max(date.year, 1980), 2107)  # what an archive can state
    entry = zipfile.ZipInfo(name, (year, date.month, date.day, 0, 0, 0))
    entry.compress_type = compression
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    container.writestr(entry, data, compresslevel=9)


def package_document(package: Package) -> bytes:
    """Return the package document: metadata, files, order of reading."""
    root = etree.fromstring(_PACKAGE)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", package.language)
    root.append(_metadata(package))
    manifest = etree.SubElement(root, f"{{{_OPF}}}manifest")
    for name in (*package.spine, *package.resources):
        item = {"id": _item_id(name), "href": name, "media-type": _media_type(name)}
        if name == package.navigation:
            item["properties"] = "nav"
        etree.SubElement(manifest, f"{{{_OPF}}}item", item)
    spine = etree.SubElement(root, f"{{{_OPF}}}spine")
    for name in package.spine:
        etree.SubElement(spine, f"{{{_OPF}}}itemref", {"idref": _item_id(name)})
    text = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return bytes(text)


def _metadata(package: Package) -> etree._Element:
    """Return the metadata element."""
    element = etree.Element(f"{{{_OPF}}}metadata")
    etree.SubElement(element, f"{{{_DC}}}identifier", {"id": "id"}).text = package.identifier
    etree.SubElement(element, f"{{{_DC}}}language").text = package.language
    for name, value in package.metadata:
        if name.startswith("dc:"):
            etree.SubElement(element, f"{{{_DC}}}{name[3:]}").text = value
        else:
            etree.SubElement(element, f"{{{_OPF}}}meta", {"property": name}).text = value
    modified = etree.SubElement(element, f"{{{_OPF}}}meta", {"property": "dcterms:modified"})
    modified.text = f"{package.date.isoformat()}T00:00:00Z"
    return element


def _item_id(name: str) -> str:
    """Return the id of a file in the package document."""
    return "f-" + name.replace("/", "-")


def _media_type(name: str) -> str:
    """Return what kind of file a name stands for."""
    return _MEDIA_TYPES[name.rsplit(".", 1)[-1]]
