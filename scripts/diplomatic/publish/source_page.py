"""The source page of a document: its rows put together from the text, the lines and the TEI.

In: the page as `xslt/html/source.xsl` leaves it, with the text of each element rendered and a
pattern of a row; the rows. Out: the page. The lines of the transcript and the TEI are texts as they
stand, so that no stylesheet has to carry them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final, NamedTuple

from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place
from diplomatic.publish.source_rows import Source
from diplomatic.xml.names import TEI_NS, tei

# The places that the pattern of a row leaves open.
_PLACES: Final = ["anchor", "anchor", "text", "lines", "line", "line", "lines", "tei"]
# In the pattern: an id or the number of a line, the number before, the words of the line.
_FIELDS: Final = {"\ue000": "%(own)s", "\ue001": "%(before)s", "\ue002": "%(words)s"}

_ITEM: Final = tei("item")
_LABEL: Final = tei("label")
_TEI: Final = f' xmlns="{TEI_NS}"'
# A declaration of a namespace in a tag. What is no tag has no `<` but that of a comment.
_DECLARATION: Final = re.compile(r"""(<[^!?<>][^<>]*?) xmlns(?::[^=<>]+)?="[^"]*\"""")


class _Pattern(NamedTuple):
    """A row taken apart at its places; `row`, `anchor` and `line` are formats."""

    row: str
    anchor: str
    text: str
    after_text: str
    list: str
    line: str
    after_list: str
    tei: str
    end: str


def parted(made: str, mark: str) -> tuple[str, str]:
    """Return the page of the text and the open one of the source, as far as they are there."""
    text, begin, opened = made.partition(_place(mark, "row"))
    return text, begin + opened


def _place(mark: str, kind: str) -> str:
    """Return how a place is marked that is open: HTML has processing instructions so."""
    return f"<?{mark} {kind}>"


def fill(opened: str, source: Source, name: str) -> str:
    """Return the page that `source.xsl` left open, with its rows.

    Raises:
        DiplomaticError: D702, the pattern of a row is not as it should be.
    """
    mark = source.mark
    pattern, _, page = opened.removeprefix(_place(mark, "row")).partition(_place(mark, "page"))
    first, *more = pattern.split(f"<?{mark} ")
    parts = [part.partition(">") for part in more]
    if [kind for kind, _, _ in parts] != _PLACES:
        raise DiplomaticError(Finding("D702", "no pattern of a row", Place(name)))
    form = _Pattern(first, *(part for _, _, part in parts))
    form = form._replace(row=_form(form.row), anchor=_form(form.anchor), line=_form(form.line))
    lines = _lines(form, source.lines)
    rows, _, rest = page.partition(_place(mark, "end"))
    top, *texts = rows.split(_place(mark, "element"))
    filled = [top]
    halves = (text.partition(_place(mark, "text")) for text in texts)
    left = ((anchor, text) for anchor, _, text in halves)
    for row, numbers, encoded in zip(source.rows, source.shown, _encoded(source), strict=False):
        shown = "".join([lines[number - 1] for number in numbers])
        filled.append(_texts(form, row.start, islice(left, len(row.elements))))
        filled += [form.list, shown, form.after_list, form.tei, encoded, form.end]
    shown = "".join([lines[number - 1] for number in source.shown[-1]])
    filled.append(rest.replace(_place(mark, "rest"), f"{form.list}{shown}{form.after_list}", 1))
    return "".join(filled)


def _form(part: str) -> str:
    """Return a part of the pattern as a format."""
    part = part.replace("%", "%%")
    for sign, field in _FIELDS.items():
        part = part.replace(sign, field)
    return part


def _lines(form: _Pattern, lines: Sequence[str]) -> list[str]:
    """Return all lines of the transcript as the pattern has them."""
    words = _escaped("\n".join(lines)).split("\n")
    return [
        form.line % {"own": number + 1, "before": number, "words": line}
        for number, line in enumerate(words)
    ]


def _texts(form: _Pattern, start: int, elements: Iterable[tuple[str, str]]) -> str:
    """Return a row as far as its text, from anchor and text of its elements."""
    pairs = list(elements)
    anchors = [anchor.replace('"', "&quot;") for anchor, _ in pairs if anchor]
    own, *more = anchors or [f"row-{start}"]
    spans = "".join([form.anchor % {"own": anchor} for anchor in more])
    text = "".join([text for _, text in pairs])
    return f"{form.row % {'own': own}}{spans}{form.text}{text}{form.after_text}"


def _encoded(source: Source) -> list[str]:
    """Return the TEI of each row, the elements after the labels of the list items they begin."""
    rows = []
    for row in source.rows:
        elements = []
        for number in row.elements:
            element = source.elements[number]
            label = _label_before(element)
            if label is not None:
                elements.append(_written(label))
            elements.append(_written(element))
        rows.append("\n".join(elements))
    # All at once; no XML has the sign between them.
    return _escaped("\0".join(rows)).split("\0") if rows else []


def _label_before(element: etree._Element) -> etree._Element | None:
    """Return the label of the list item that an element is or begins."""
    item = element if element.tag == _ITEM else element.getparent()
    if item is None or item.tag != _ITEM:
        return None
    if item is not element and next(item.iterchildren("*"), None) is not element:
        return None
    before = next(item.itersiblings("*", preceding=True), None)
    return before if before is not None and before.tag == _LABEL else None


def _written(element: etree._Element) -> str:
    """Return an element as its file has it; the namespaces are understood."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    # The first thing in its tag, and in most elements the only one of the kind.
    text = text.replace(_TEI, "", 1)
    while " xmlns" in text:
        shorter = _DECLARATION.sub(r"\1", text)
        if shorter == text:
            break
        text = shorter
    return text


def _escaped(text: str) -> str:
    """Return text as HTML has it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\xa0", "&nbsp;")
