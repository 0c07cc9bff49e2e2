"""An XML file as it is written: every tag, word, blank and comment with its own characters.

lxml forgets how a file was laid out; an edit by hand must come back as it was typed. So a file is
kept here as words and elements with the blank space before each, and writing the tree gives the
file again, character for character. Well-formedness, and the absence of a DTD, come from
`diplomatic.xml.reader`, which reads every file first; what follows can therefore be this simple.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.xml.reader import parse_bytes

ID: Final = "xml:id"
# Where a block is in the transcript: it moves whenever a line is added above, and says nothing.
_BOOKKEEPING: Final = frozenset(["source"])
_PIECE: Final = re.compile(
    r"(?P<other><!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>)|(?P<end></[^>]*>)"
    r"""|(?P<tag><(?:[^>"']|"[^"]*"|'[^']*')*>)|(?P<blank>[ \t\r\n]+)|(?P<word>[^< \t\r\n]+)""",
    re.DOTALL,
)
_NAME: Final = re.compile(r"</?([^\s/>]+)")
_ATTRIBUTE: Final = re.compile(r"""(\s*)([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?encoding=[\"']([A-Za-z0-9._-]+)")


class Kind(Enum):
    """What a node is; OTHER is a comment, a processing instruction or a CDATA section."""

    ELEMENT = "element"
    WORD = "word"
    OTHER = "other"


@dataclass(eq=False)
class Node:
    """An element, a word or something else, as it is written, with the blank before it.

    `raw` is the start tag of an element; `end` its end tag, nothing for `<x/>`; `last` the blank
    before the end tag.
    """

    kind: Kind
    raw: str
    before: str = ""
    offset: int = 0
    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    last: str = ""
    end: str = ""

    @property
    def identifier(self) -> str:
        """The xml:id, or nothing."""
        return self.attributes.get(ID, "")

    @cached_property
    def key(self) -> str:
        """What the node says, whatever its layout: nodes with one key say the same.

        Ask for it only when the node is complete.
        """
        if self.kind is Kind.WORD:
            return f"w{html.unescape(self.raw)}"
        if self.kind is Kind.OTHER:
            return f"o{self.raw.replace(chr(13), '')}"
        kept = sorted(row for row in self.attributes.items() if row[0] not in _BOOKKEEPING)
        mixed = any(child.kind is Kind.WORD for child in self.children)
        parts = [self.name, repr(kept)]
        parts += [f"{mixed and bool(child.before)}{child.key}" for child in self.children]
        parts.append(str(mixed and bool(self.last)))
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def bag(self) -> Counter[str]:
        """Words, names and attributes, to tell how alike two elements are."""
        found = Counter([f"<{self.name}"])
        found.update(f"{name}={value}" for name, value in self.attributes.items() if name != ID)
        for child in self.children:
            found.update(child.bag if child.kind is Kind.ELEMENT else [child.raw])
        return found

    def write(self) -> str:
        """Return the node as it is written, with the blank before it."""
        if self.kind is not Kind.ELEMENT:
            return self.before + self.raw
        inside = "".join(child.write() for child in self.children)
        raw, end = self.raw, self.end
        if not end and inside:
            raw, end = f"{raw[:-2].rstrip()}>", f"</{self.name}>"
        return f"{self.before}{raw}{inside}{self.last}{end}"

    def elements(self) -> Iterator[Node]:
        """Yield the element itself and those in it, in the order of the file."""
        if self.kind is Kind.ELEMENT:
            yield self
            for child in self.children:
                yield from child.elements()

    def words(self) -> str:
        """Return the words of the node on one line."""
        return " ".join(_text(self).split())


@dataclass(frozen=True)
class WrittenFile:
    """A file: what stands before and after its root element, and the root."""

    prolog: str
    root: Node
    epilog: str
    text: str
    encoding: str

    def write(self) -> bytes:
        """Return the file."""
        text = f"{self.prolog}{self.root.write()}{self.epilog}"
        return text.encode(self.encoding, "xmlcharrefreplace")

    def by_identifier(self) -> dict[str, Node]:
        """Return the elements that have an xml:id."""
        return {node.identifier: node for node in self.root.elements() if node.identifier}

    def spot(self, node: Node) -> tuple[int, int]:
        """Return line and column of a node, both from 1."""
        before = self.text[: node.offset]
        return before.count("\n") + 1, node.offset - before.rfind("\n")


def read_written(data: bytes, name: str) -> WrittenFile:
    """Read a file as it is written; `name` is what findings call it.

    Raises:
        DiplomaticError: D010, D100, D101, D120: it cannot be read.
    """
    parse_bytes(data, name)
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    encoding = declared.group(1).decode("ascii") if declared else "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        message = f"the file is not in the encoding {encoding}"
        raise DiplomaticError(Finding("D010", message, Place(name))) from error
    return _Reader(text, encoding).read()


class _Reader:
    """Reads one file that is known to be well-formed."""

    def __init__(self, text: str, encoding: str) -> None:
        self.text = text
        self.encoding = encoding
        self.open: list[Node] = []
        self.blank = ""

    def read(self) -> WrittenFile:
        """Return the file."""
        root: Node | None = None
        for piece in _PIECE.finditer(self.text):
            node = self._take(piece)
            if node is None:
                continue
            if root is None and node.kind is Kind.ELEMENT:
                root = node
                node.before = ""
            if root is not None and not self.open:
                prolog, epilog = self.text[: root.offset], self.text[piece.end() :]
                return WrittenFile(prolog, root, epilog, self.text, self.encoding)
        raise ValueError("the file has no root element")

    def _take(self, piece: re.Match[str]) -> Node | None:
        """Take one piece in; return the node that it begins or ends, if it does."""
        raw = piece.group()
        match piece.lastgroup:
            case "blank":
                self.blank += raw
                return None
            case "end":
                node = self.open.pop()
                node.last, node.end, self.blank = self.blank, raw, ""
                return node
            case "tag":
                return self._tag(raw, piece.start())
            case kind:
                found = Kind.WORD if kind == "word" else Kind.OTHER
                return self._add(Node(found, raw, offset=piece.start()))

    def _add(self, node: Node) -> Node:
        """Put a node into the element that is open."""
        node.before, self.blank = self.blank, ""
        if self.open:
            self.open[-1].children.append(node)
        return node

    def _tag(self, raw: str, offset: int) -> Node:
        """Begin an element."""
        name = tag_name(raw)
        inside = raw[len(name) + 1 :]
        attributes = {
            found.group(2): html.unescape(found.group(3)[1:-1])
            for found in _ATTRIBUTE.finditer(inside)
        }
        node = self._add(Node(Kind.ELEMENT, raw, "", offset, name, attributes))
        if not raw.endswith("/>"):
            self.open.append(node)
        return node


def tag_name(raw: str) -> str:
    """Return the name in a tag."""
    found = _NAME.match(raw)
    return found.group(1) if found else ""


def retag(raw: str, name: str, attributes: dict[str, str]) -> str:
    """Return a start tag with this name and these attributes; what stays is written as it was."""
    kept: set[str] = set()

    def again(found: re.Match[str]) -> str:
        blank, attribute, value = found.groups()
        if attribute not in attributes:
            return ""
        kept.add(attribute)
        if html.unescape(value[1:-1]) == attributes[attribute]:
            return found.group()
        return f"{blank}{attribute}={_quoted(attributes[attribute], value[0])}"

    old = tag_name(raw)
    inside = raw[len(old) + 1 :]
    closing = "/>" if inside.endswith("/>") else ">"
    inside = _ATTRIBUTE.sub(again, inside[: -len(closing)]).rstrip()
    added = [f" {key}={quoteattr(value)}" for key, value in attributes.items() if key not in kept]
    return f"<{name}{inside}{''.join(added)}{closing}"


def _quoted(value: str, quote: str) -> str:
    """Return the value of an attribute in the quotation marks that it had."""
    if quote == "'":
        return (
            "'" + escape(value, {"'": "&apos;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}) + "'"
        )
    return quoteattr(value)


def _text(node: Node) -> str:
    """Return the text of a node, tags left out."""
    if node.kind is Kind.OTHER:
        return node.before
    if node.kind is Kind.WORD:
        return node.before + html.unescape(node.raw)
    return f"{node.before}{''.join(map(_text, node.children))}{node.last}"
