"""Word documents that something is the matter with, as bytes, by the sentence that names them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KINDS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


def word(body: str = "<w:p><w:r><w:t>The harbour is closed.</w:t></w:r></w:p>", **more: bytes):
    """Return a Word document with this in its body, and these parts (`__` for `/`)."""
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": links(f'<Relationship Type="{KINDS}/officeDocument" Target="word/d.xml"/>'),
        "word/d.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode(),
        **{name.replace("__", "/"): data for name, data in more.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def links(inner: str) -> bytes:
    """Return a part that says where links lead."""
    return f'<Relationships xmlns="{LINKS}">{inner}</Relationships>'.encode()


def locked() -> bytes:
    """Return a file of the old kind that holds an encrypted document."""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + name


def bomb() -> bytes:
    """Return a document of some kilobytes whose text has sixty million blanks."""
    return word(f"<w:p><w:r><w:t>{' ' * (60 << 20)}</w:t></w:r></w:p>")


def hidden() -> bytes:
    """Return a document with hidden words."""
    said = "<w:r><w:t>Closed.</w:t></w:r>"
    return word(f"<w:p>{said}<w:r><w:rPr><w:vanish/></w:rPr><w:t> No.</w:t></w:r></w:p>")


def undescribed() -> bytes:
    """Return a document with a picture that nothing is said of."""
    picture = '<w:r><w:drawing><pic:pic xmlns:pic="p"/></w:drawing></w:r>'
    return word(f"<w:p><w:r><w:t>See the plan:</w:t></w:r>{picture}</w:p>")


def linked() -> bytes:
    """Return a document whose picture is a link to the network."""
    address = "https://example.org/pixel.png"
    link = f'<Relationship Type="{KINDS}/image" Target="{address}" TargetMode="External"/>'
    return word(**{"word___rels__d.xml.rels": links(link)})


WORD_FILES: Final[dict[str, Callable[[], bytes]]] = {
    "A Word document has a password.": locked,
    "A Word document was cut off on its way.": lambda: word()[:-40],
    "A Word document unpacks to 60 MB.": bomb,
    "A Word document holds macros.": lambda: word(**{"word/vbaProject.bin": b"x"}),
    "A Word document shows a picture from the network.": linked,
    "A Word document has hidden words.": hidden,
    "A Word document has a picture without a description.": undescribed,
}
