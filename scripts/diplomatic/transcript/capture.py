"""Capture: what kind of page a transcript was saved from, and where its furniture ends.

Three kinds are told apart: the page of a digital archive, a wiki article, a bare transcript
(conventions §2 and §8). Nothing is thrown away: furniture becomes divisions of `front` and
`back`, and what it says of the document becomes metadata.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from diplomatic.conventions import Conventions
from diplomatic.transcript.dates import dates_in, year_of
from diplomatic.transcript.doubling import second_copy
from diplomatic.transcript.model import Block, Division, Metadata
from diplomatic.transcript.page import Page
from diplomatic.transcript.page_foot import PageFoot
from diplomatic.transcript.page_head import PageHead
from diplomatic.transcript.text import Line, SourceText


@dataclass
class Capture:
    """A transcript with its furniture told apart: `body` holds the document's own lines.

    `copy` holds the lines of a second copy of the text, which stand in `back`.
    """

    kind: str
    reason: str
    body: list[Line]
    front: list[Division] = field(default_factory=list)
    back: list[Division] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    copy: list[Line] = field(default_factory=list)


def cut(source: SourceText, conventions: Conventions, kind: str = "") -> Capture:
    """Return an archival or bare transcript with its furniture cut off.

    Args:
        source: the transcript.
        conventions: the label and furniture words.
        kind: `archival` or `plain`, when the sidecar says so; else it is found out.
    """
    end = source.layer.body_end
    lines = [line for line in source.lines if line.start < end and source.words(line)]
    if doubled := second_copy(source, lines):
        first, last = doubled
        once = _cut_once(source, conventions, [*lines[:first], *lines[last:]], kind)
        if not once.body or once.body[-1].start < lines[first].start:
            return _with_copy(once, lines[first:last])
    return _cut_once(source, conventions, lines, kind)


def _cut_once(
    source: SourceText, conventions: Conventions, lines: list[Line], kind: str
) -> Capture:
    """Return a transcript whose text stands once with its furniture cut off."""
    if kind == "plain":
        return Capture("plain", "the sidecar says so", lines)
    return _cut_page(Page(source, conventions, lines), kind)


def _with_copy(once: Capture, copy: list[Line]) -> Capture:
    """Put a second copy of the text into the back, where the transcript has it."""
    held = Division("furniture", [Block("p", line.start, line.end) for line in copy])
    before = [division for division in once.back if _start(division) < copy[0].start]
    return replace(once, back=[*before, held, *once.back[len(before) :]], copy=copy)


def _start(division: Division) -> int:
    """Return where a division of furniture begins in the transcript."""
    return min(part.start for part in division.content if isinstance(part, Block))


def _cut_page(page: Page, kind: str) -> Capture:
    """Cut a page's bottom, then its top, and say what was seen."""
    bottom, back = PageFoot(page).cut()
    archival = kind == "archival"
    top, front = PageHead(page).cut(bottom, bool(page.evidence) or archival)
    if not page.evidence and not archival:
        return _plain(page)
    reason = " and ".join(page.evidence) or "the sidecar says so"
    return Capture("archival", reason, page.lines[top:bottom], front, back, page.metadata)


def _plain(page: Page) -> Capture:
    """Return a bare transcript; a line that names the series before the number is its head."""
    reason = "no furniture of a web page"
    if len(page.lines) < 3:
        return Capture("plain", reason, page.lines)
    first, second = page.words(0), page.words(1)
    numbered = page.matches("number-heading", second) or page.matches("reference", second)
    ends = len(first) > 250 or first[-1:] in ".:;,"
    if not numbered or ends or page.matches("reference", first):
        return Capture("plain", reason, page.lines)
    page.metadata.fields["series"] = first
    line = page.lines[0]
    head = Division("transcript-head", [Block("head", line.start, line.end, "top")])
    return Capture("plain", reason, page.lines[1:], [head], [], page.metadata)


def year_hint(fields: dict[str, str], candidates: Iterable[str], conventions: Conventions) -> int:
    """Return the year that days without a year are in: the page's, else the first that is named."""
    for words in (fields.get("date", ""), fields.get("title", ""), *candidates):
        if year := year_of(dates_in(conventions).parse(words)):
            return year
    return 0
