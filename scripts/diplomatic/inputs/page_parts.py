"""What the reader of web pages asks of a page and its elements, one at a time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.inputs.chrome import is_chrome
from diplomatic.inputs.flow import Inline, Look, Note, Paragraph, Run
from diplomatic.sniffing import other_kind

_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE
)
_MARK: Final = re.compile(
    r"\s*\[?\s*(?:\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡]{1,3}|\w{1,8} \d{1,3})\s*\]?\s*$"
)
_NOTED: Final = re.compile(r"note|reference|cite|fn", re.IGNORECASE)
_OF_TABLES: Final = frozenset(
    (
        *("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"),
        *("script", "style", "template"),
    )
)
_LARGEST: Final = 32 << 20


def decode_page(data: bytes, name: str) -> str:
    """Return the text of a web page in the encoding that it declares; UTF-8 else.

    Raises:
        DiplomaticError: D010, it is not in that encoding; D034, it is no page; D035, it is too
            large.
    """
    if len(data) > _LARGEST:
        message = f"the page has {len(data) >> 20} MB"
        raise DiplomaticError(Finding("D035", message, Place(name)))
    if seen := other_kind(data):
        raise DiplomaticError(Finding("D034", f"this is {seen.what}", Place(name), seen.hint))
    found = _CHARSET.search(data[:4096])
    declared = found[1].decode("ascii") if found else "utf-8"
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else declared
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding
    # Browsers read these as what they are used for.
    encoding = "cp1252" if encoding.lower() in ("iso-8859-1", "latin1", "ascii") else encoding
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        message = f"the page is not in the encoding that it declares, {declared}"
        raise DiplomaticError(Finding("D010", message, Place(name))) from error


def text_of(element: etree._Element) -> str:
    """Return the words of an element and of all inside it."""
    return str(element.xpath("string()"))


def is_mark(link: etree._Element) -> bool:
    """Whether a link inside the page looks like the mark of a note."""
    if not _MARK.match(text_of(link)):
        return False
    parent = link.getparent()
    near = [link, *([parent] if parent is not None else [])]
    said = " ".join(f"{e.get('class')} {e.get('role')} {e.get('href')} {e.get('id')}" for e in near)
    return any(e.tag == "sup" for e in [*near, *link]) or _NOTED.search(said) is not None


def is_frame(element: etree._Element) -> bool:
    """Whether an element is part of the frame of the page."""
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    return is_chrome(str(element.tag), attributes)


def is_grid(table: etree._Element) -> bool:
    """Say whether a table is rows of cells and nothing else, and holds no other table."""
    if table.find(".//table") is not None:
        return False
    for element in table.iter():
        if element.tag in ("td", "th"):
            parent = element.getparent()
            if parent is None or parent.tag != "tr":
                return False
        elif element.tag == "tr" and next(element.iterancestors("tr", "table")).tag == "tr":
            return False
    holders = (table, *table.iter("thead", "tbody", "tfoot", "tr"))
    return not any(_stray(holder) for holder in holders)


def _stray(holder: etree._Element) -> bool:
    """Whether words or other elements stand between the rows or cells of a table."""
    if (holder.text or "").strip():
        return True
    return any(
        (isinstance(child.tag, str) and child.tag not in _OF_TABLES) or (child.tail or "").strip()
        for child in holder
    )


def take_label(note: Note, paragraph: Paragraph) -> None:
    """Take the label that a note's words begin with out of them."""
    first = paragraph.content[0] if paragraph.content else None
    if not isinstance(first, Run) or not note.label:
        return
    sign = re.escape(note.label)
    found = re.match(rf"\s*(?:\[{sign}\]|\({sign}\)|{sign}[.)]?)(?=\s|$)", first.words)
    if found:
        note.shown = found[0]
        paragraph.content[0] = replace(first, words=first.words[found.end() :])


def styled(style: str, looks: frozenset[Look]) -> frozenset[Look]:
    """Return how words look with a style written on their element."""
    if not style:
        return looks
    made = set(looks)
    said = style.lower().replace(" ", "")
    if re.search(r"font-weight:(?:bold|[6-9]00)", said):
        made.add("bold")
    if "font-style:italic" in said:
        made.add("italic")
    if re.search(r"text-decoration(?:-line)?:[^;]*underline", said):
        made.add("underline")
    if re.search(r"text-decoration(?:-line)?:[^;]*line-through", said):
        made.add("strikethrough")
    if re.search(r"letter-spacing:(?:0?\.[1-9]\d*em|[1-9][\d.]*(?:px|pt|em))", said):
        made.add("letterspaced")
    return frozenset(made)


def collapsed(content: list[Inline]) -> list[Inline]:
    """Return inline parts without a blank after a blank."""
    made: list[Inline] = []
    ended = True
    for part in content:
        if isinstance(part, Run):
            words = part.words.removeprefix(" ") if ended else part.words
            ended = words[-1:] in (" ", "\n") if words else ended
            part = replace(part, words=words)
        else:
            ended = False
        made.append(part)
    return made


def integer_of(value: str | None, otherwise: int) -> int:
    """Return a number written in an attribute."""
    return int(value) if value and value.isdecimal() and len(value) < 9 else otherwise
