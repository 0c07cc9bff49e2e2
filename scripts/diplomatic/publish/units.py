"""The units of a document that can be pointed to, with their words and dates.

In: a TEI tree. Out: `DocumentUnits`, plain data for the word list, the search index and the
timeline. A unit's anchor is the one of its page; words outside any unit have the anchor ''.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from diplomatic.publish.facts import words
from diplomatic.publish.tally import tally
from diplomatic.xml.names import NSMAP, XML_ID, tei
from diplomatic.xml.paths import elements

_BLOCKS: Final = frozenset(
    map(
        tei,
        (
            *("p", "ab", "item", "head", "note", "fw", "salute", "dateline", "signed", "bibl"),
            *("cell", "l", "seg", "stamp", "label", "trailer", "speaker", "byline"),
        ),
    )
)
_NOTE: Final = tei("note")
_YEAR: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True)
class DocumentUnits:
    """Words by unit and in number, dates named by unit, changes by day, marks by kind."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    words: int = 0


def read_units(tree: etree._ElementTree) -> DocumentUnits:
    """Return the units of a TEI document."""
    root = tree.getroot()
    document = f"{root.get(XML_ID, '')}-"
    texts = list(_texts(root, document))
    found = DocumentUnits(
        texts, marks=tally(tree), words=sum(len(text.split()) for _, text in texts)
    )
    for date in elements(root, "//tei:text//tei:date[@when]"):
        when = date.get("when", "")
        if _YEAR.fullmatch(when):
            found.dates.append((when, _anchor(date, document)))
    for change in elements(root, "//tei:revisionDesc//tei:change[@when]"):
        found.changes.append((change.get("when", ""), words(change)))
    return found


def _texts(root: etree._Element, document: str) -> Iterator[tuple[str, str]]:
    """Yield the words of each block that has some of its own, with the anchor of its unit."""
    for text in root.iterfind("tei:text", NSMAP):
        yield from _texts_within(text, document, "", apart=True)


def _texts_within(
    element: etree._Element, document: str, anchor: str, *, apart: bool
) -> Iterator[tuple[str, str]]:
    """Yield the words of the blocks within an element.

    Args:
        element: the element.
        document: how the identifiers of the document's units begin.
        anchor: the anchor of the nearest unit around them.
        apart: whether they stand apart: words among words belong to the block around them.
    """
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag not in _BLOCKS:
            if len(child):
                yield from _texts_within(child, document, anchor, apart=apart)
            continue
        name = child.get(XML_ID, "")
        own = name.removeprefix(document) if name.startswith(document) else anchor
        has_words = _has_words(child)
        # A note is apart from the words that it stands among.
        if has_words and (apart or child.tag == _NOTE) and (said := words(child)):
            yield own, said
        if len(child):
            yield from _texts_within(child, document, own, apart=not has_words)


def _has_words(element: etree._Element) -> bool:
    """Say whether an element has words beside those of the blocks within it."""
    if (element.text or "").strip():
        return True
    return any(
        (child.tail or "").strip() or (isinstance(child.tag, str) and child.tag not in _BLOCKS)
        for child in element
    )


def _anchor(element: etree._Element, document: str) -> str:
    """Return the anchor of the nearest unit around an element, or ''."""
    around: etree._Element | None = element
    while around is not None:
        name = around.get(XML_ID, "")
        if name.startswith(document) and around.tag in _BLOCKS:
            return name.removeprefix(document)
        around = around.getparent()
    return ""
