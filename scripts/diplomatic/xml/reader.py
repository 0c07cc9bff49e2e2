"""Safe reading of XML: no entity, no DTD, no XInclude, no network.

Every TEI file of an edition may come from somebody else, so all reading goes through here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place

_LARGEST: Final = 64 << 20  # bytes
_DEEPEST: Final = 100  # elements one inside the other; Saxon's parser reads no deeper
_MOST_ATTRIBUTES: Final = 256  # on one element; lxml takes their square in time
_LIMIT_WORDS: Final = re.compile(
    r"excessive depth|too long|amplification|huge|limit", re.IGNORECASE
)

# What libxml2 says of files that are beyond its limits, and the same in words; the rest is its own.
_LIMITS: Final = (
    ("amplification", "entities that grow without bound"),
    ("depth", "elements stand too deep inside one another"),
    ("Name too long", "the name of an element or attribute is too long"),
    ("Text node too long", "a stretch of text is too long"),
    ("Buffer size", "a value or a comment is too long"),
)

# What libxml2 says, and the same for people who do not know it; the first that matches counts.
_SAID: Final = (
    (
        r"xmlParseEntityRef: no name|EntityRef: expecting ';'",
        "a bare & stands in the text",
        "Write &amp; for the sign itself.",
    ),
    (
        r"Entity '([^']+)' not defined",
        r"the entity &\1; is not known",
        "Write the character itself; XML knows only &amp; &lt; &gt; &quot; &apos;.",
    ),
    (
        r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)",
        r"</\3> closes <\1>, which was opened in line \2",
        r"Close <\1> with </\1> first, or take its tag out.",
    ),
    (
        r"Premature end of data in tag (\S+) line (\d+)",
        r"the file ends before <\1>, which was opened in line \2, is closed",
        r"Add </\1> where the element ends.",
    ),
    (
        r"Namespace prefix (\S+)(?: for \S+)? on (\S+) is not defined",
        r"the prefix \1: before \2 is not declared",
        r"Take “\1:” out; elements of TEI have no prefix here.",
    ),
    (
        r"Attribute (\S+) redefined",
        r"the attribute \1 is written twice on one element",
        "Keep one of the two.",
    ),
    (
        r"AttValue: . or . expected|attributes construct error",
        "the value of an attribute is not written in quotation marks",
        'Write it as name="value", with a blank before each name.',
    ),
    (
        r"Unescaped '<' not allowed",
        "the sign < stands in the value of an attribute",
        "Write &lt; for the sign itself, or close the quotation mark before it.",
    ),
    (
        r"StartTag: invalid element name",
        "the sign < stands in the text and begins no tag",
        "Write &lt; for the sign itself.",
    ),
    (
        r"Extra content at the end",
        "something follows after the outermost element",
        "A file has one outermost element: take out what follows it.",
    ),
    (
        r"[Ii]nvalid [Cc]har|[Ii]nvalid xmlChar",
        "a control character stands in the text, which XML does not allow",
        "Delete it; most editors can show invisible characters.",
    ),
    (
        r"Invalid bytes in character encoding|not proper UTF-8",
        "the file is not in the encoding that it declares",
        "Save it as UTF-8 in your editor.",
    ),
    (
        r"Unsupported encoding: (?!detecting)(\S+)",
        r"the encoding \1 is not known",
        "Save the file as UTF-8, and declare that.",
    ),
    (
        r"Unsupported encoding: detecting",
        "the encoding of the file cannot be told",
        "Save the file as UTF-8 in your editor.",
    ),
    (
        r"Document is empty|Start tag expected",
        "the file holds no XML element",
        "The file begins with an XML declaration and <TEI …>.",
    ),
)


def _parser() -> etree.XMLParser:
    """Return a parser that keeps duplicate ids (they are findings) and resolves nothing."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        huge_tree=False,
    )


def _refusal(error: etree.XMLSyntaxError, name: str) -> Finding:
    """Return the finding for a file that libxml2 cannot read, in words rather than its own."""
    line, column = error.position
    place = Place(name, line or 0, column or 0)
    said = re.sub(r",? ?line \d+, column \d+$", "", error.msg or "not XML")
    if "network entity" in said or "failed to load" in said:
        return Finding("D101", "the file asks for another file through its DTD", place)
    if _LIMIT_WORDS.search(said):
        message = next((words for limit, words in _LIMITS if limit in said), said)
        return Finding("D120", message, place)
    for pattern, message, hint in _SAID:
        if match := re.search(pattern, said):
            return Finding("D100", match.expand(message), place, match.expand(hint))
    return Finding("D100", said, place)


def parse_bytes(data: bytes, name: str) -> etree._ElementTree:
    """Parse XML that is in memory; `name` is what findings call the file.

    Raises:
        DiplomaticError: D100, not well-formed; D101, a document type declaration; D120, too large,
            nested too deeply, or with too many attributes to be read safely.
    """
    _refuse_large(len(data), name)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise DiplomaticError(_refusal(error, name)) from error
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None:
        finding = Finding("D101", "the file has a document type declaration", Place(name, 1))
        raise DiplomaticError(finding)
    for what, exceeds in _bounds().items():
        if exceeds(root):
            raise DiplomaticError(Finding("D120", what, Place(name)))
    return tree


@cache
def _bounds() -> dict[str, Callable[[etree._Element], object]]:
    """Return functions that tell a document beyond a bound, by what is to be said of it."""
    deep = f"more than {_DEEPEST} elements stand one inside the other"
    wide = f"an element has more than {_MOST_ATTRIBUTES} attributes"
    return {
        deep: etree.XPath(f"boolean({'/*' * (_DEEPEST + 1)})"),
        wide: etree.XPath(f"boolean(//*[@*[{_MOST_ATTRIBUTES + 1}]])"),
    }


def as_utf8(tree: etree._ElementTree, data: bytes) -> bytes:
    """Return a document in UTF-8, as Saxon takes it: as it is in most cases, else written anew.

    Args:
        tree: the document.
        data: the bytes that it was read from.
    """
    declared = (tree.docinfo.encoding or "").upper()
    plain = declared in ("UTF-8", "ASCII", "US-ASCII") and data[:1] == b"<"
    return data if plain else etree.tostring(tree, encoding="UTF-8")


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that is to be parsed; what is too large is not read at all.

    Raises:
        DiplomaticError: D012, it cannot be read, or is no file that ends (a folder, a pipe, a
            device); D120, it is too large to be read safely.
    """
    name = str(path)
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            what = "a folder" if S_ISDIR(status.st_mode) else "a pipe or a device"
            raise DiplomaticError(Finding("D012", f"this is {what}, not a file", Place(name)))
        _refuse_large(status.st_size, name)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a ValueError: a name with a NUL in it
        message = getattr(error, "strerror", None) or "cannot be read"
        raise DiplomaticError(Finding("D012", message, Place(name))) from error


def parse_file(path: Path) -> etree._ElementTree:
    """Parse an XML file.

    Raises:
        DiplomaticError: D012, cannot be read; D100, not well-formed; D101, a DTD; D120, too large.
    """
    return parse_bytes(read_file(path), str(path))


def _refuse_large(size: int, name: str) -> None:
    """Refuse what is too large.

    Raises:
        DiplomaticError: D120.
    """
    if size > _LARGEST:
        message = f"the file has {size >> 20} MB; {_LARGEST >> 20} MB are read at most"
        raise DiplomaticError(Finding("D120", message, Place(name)))
