"""The words of a file, taken from it by other code than the readers': for the proof.

It knows next to nothing of a format: a stream of tags, and which of them hold words. What it
returns is compared with what the reader took (`diplomatic.inputs.proof`), so that a construct that
the reader does not know cannot lose a word unseen. It shares no code with the readers; archives
are opened by the same guard, pages parsed by the same parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

import lxml.html
from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.inputs.chrome import DROPPED, is_chrome
from diplomatic.inputs.package import Package

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")

Streams = dict[str, str]
"""Words by what they are: text, deleted, notes, comments."""


def _local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _parse(
    data: bytes | None,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
    name: str,
) -> None:
    """Send the tags and characters of an XML part to functions.

    Raises:
        DiplomaticError: D100, it is no XML.
    """
    if data is None:
        return
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DiplomaticError(Finding("D100", str(error), Place(name))) from error


@dataclass
class _Word:
    """The words of one part of a Word document, as they come.

    Those of a text box stand after the paragraph that it hangs on.
    """

    text: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    by_note: dict[str, tuple[list[str], list[str], list[str]]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    holding: list[tuple[int, list[str], list[str]]] = field(default_factory=list)
    silent: int = 0
    chosen: list[bool] = field(default_factory=list)
    key: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a tag."""
        name = _local(tag)
        self.tags.append(name)
        identifier = next((v for k, v in attributes.items() if _local(k) == "id"), "")
        if name == "Choice" and self.chosen:
            self.chosen[-1] = True
        elif name == "AlternateContent":
            self.chosen.append(False)
        if name in ("header", "footer") or (name == "Fallback" and self.chosen[-1]):
            self.silent += 1
        elif name in ("footnote", "endnote", "comment"):
            self.key = f"{name} {identifier}"
            self.by_note[self.key] = self.text, self.deleted, self.comments = [], [], []
        elif name in ("footnoteReference", "endnoteReference") and not self.silent:
            self.notes.append(f"{name.removesuffix('Reference')} {identifier}")
        elif name == "commentReference" and not self.silent:
            self.comments.append(f"comment {identifier}")
        elif name == "txbxContent":
            self.holding.append((self.tags.count("p"), self.text, self.deleted))
            self.text, self.deleted = [], []
        elif name == "sym" and not self.silent:
            code = next((v for k, v in attributes.items() if _local(k) == "char"), "FFFD")
            self.words(chr(int(code, 16)))
        elif name == "noBreakHyphen":
            self.words("\u2011")

    def end(self, tag: str) -> None:
        """Take the end of a tag."""
        name = self.tags.pop()
        if name == "AlternateContent":
            self.chosen.pop()
        elif name == "Fallback" and self.chosen[-1]:
            self.silent -= 1
        elif name == "txbxContent":
            depth, text, deleted = self.holding.pop()
            self.holding.append((-depth, self.text, self.deleted))
            self.text, self.deleted = text, deleted
        elif name == "p":
            self._boxes(self.tags.count("p") + 1)

    def _boxes(self, depth: int) -> None:
        """Put the words of text boxes after the paragraph that they hang on."""
        kept = []
        for held, text, deleted in self.holding:
            if held == -depth:
                self.text += text
                self.deleted += deleted
            else:
                kept.append((held, text, deleted))
        self.holding = kept

    def words(self, words: str) -> None:
        """Take characters: those of a text or formula."""
        if self.silent or not self.tags:
            return
        if self.tags[-1] in ("t", "sym", "noBreakHyphen"):
            gone = "del" in self.tags or "moveFrom" in self.tags
            (self.deleted if gone else self.text).append(words)
        elif self.tags[-1] == "delText":
            self.deleted.append(words)


def words_of_word(package: Package, start: str, parts: dict[str, list[str]]) -> Streams:
    """Return the words of a Word document.

    Args:
        package: the file.
        start: its main part.
        parts: the names of its notes and comments, by kind.

    Raises:
        DiplomaticError: a part cannot be read.
    """
    main, rest = _Word(), _Word()
    _parse(package.read(start), main.start, main.end, main.words, package.name)
    for kind in ("footnotes", "endnotes", "comments"):
        for name in parts.get(kind, [])[:1]:
            _parse(package.read(name), rest.start, rest.end, rest.words, package.name)
    text, deleted = main.text, main.deleted
    marked = list(dict.fromkeys(key for key in main.notes if key in rest.by_note))
    marked += [k for k in rest.by_note if k not in marked and not k.startswith("comment")]
    notes: list[str] = []
    for key in marked:
        notes += rest.by_note[key][0]
        deleted = deleted + rest.by_note[key][1]
        main.comments += rest.by_note[key][2]
    said = [rest.by_note[key][0] for key in main.comments if key in rest.by_note]
    comments = [word for words in said for word in words]
    return _streams(text=text, deleted=deleted, notes=notes, comments=comments)


@dataclass
class _Open:
    """The words of an OpenDocument text, as they come."""

    streams: dict[str, list[str]] = field(
        default_factory=lambda: {"text": [], "notes": [], "comments": [], "deleted": []}
    )
    tags: list[str] = field(default_factory=list)

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """Take a tag."""
        self.tags.append(_local(tag))

    def end(self, _tag: str) -> None:
        """Take the end of a tag."""
        self.tags.pop()

    def words(self, words: str) -> None:
        """Take characters: those of paragraphs and headings."""
        tags = self.tags
        silent = {"note-citation", "creator", "date", "desc", "title", "change-info"}
        if (
            not words.strip()
            or not silent.isdisjoint(tags)
            or ("p" not in tags and "h" not in tags)
        ):
            return
        if "annotation" in tags:
            stream = "comments"
        elif "deletion" in tags:
            stream = "deleted"
        else:
            stream = "notes" if "note-body" in tags else "text"
        if "body" in tags:
            self.streams[stream].append(words)


def words_of_opendocument(package: Package) -> Streams:
    """Return the words of an OpenDocument text.

    Raises:
        DiplomaticError: its content cannot be read.
    """
    found = _Open()
    _parse(package.read("content.xml"), found.start, found.end, found.words, package.name)
    return _streams(**found.streams)


def words_of_page(html: str) -> Streams:
    """Return the words of a web page: the text of every element that is not of its frame.

    Where elements end that nobody closed is for the parser to say, which is the reader's as well:
    a second parser would see other pages in the same tags.
    """
    found: list[str] = []
    silent = 0
    root = lxml.html.document_fromstring(_DECLARATION.sub("", html))
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            attributes = {str(key): str(value) for key, value in element.attrib.items()}
            tag = str(element.tag)
            if silent or tag in DROPPED or is_chrome(tag, attributes):
                silent += 1
            elif element.text:
                found.append(element.text)
            continue
        silent -= 1 if event == "end" and silent else 0
        if not silent and element.tail:
            found.append(element.tail)
    return _streams(text=found)


def _streams(**streams: list[str]) -> Streams:
    """Return streams with their words joined."""
    empty: dict[str, list[str]] = {"text": [], "deleted": [], "notes": [], "comments": []}
    return {name: "".join(words) for name, words in {**empty, **streams}.items()}
