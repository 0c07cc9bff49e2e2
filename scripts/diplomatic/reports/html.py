"""Findings as one web page that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from lxml import etree

from diplomatic.explanations import example_of, visible
from diplomatic.findings import Finding, Severity, code_info
from diplomatic.reports.page import add, as_text, new_page
from diplomatic.reports.text import Lines, excerpt, file_lines

# What stands at a place: a tag, a word, or a sign.
_TOKEN: Final = re.compile(r"<[^>]*>?|[\w.:-]+|.")


def as_html(findings: Iterable[Finding], title: str, lines: Lines = file_lines) -> str:
    """Return findings as an HTML page, grouped by file, with lines at fault and codes' stories."""
    found = list(findings)
    page, main = new_page(title)
    add(main, "p", _summary(found))
    for file, group in groupby(found, key=lambda finding: finding.place.file):
        if file:
            add(main, "h2", file)
        items = add(main, "ul")
        for finding in group:
            _item(items, finding, lines)
    _stories(main, sorted({finding.code for finding in found}))
    return as_text(page)


def _item(parent: etree._Element, finding: Finding, lines: Lines) -> None:
    """Add one finding."""
    info = code_info(finding.code)
    item = add(parent, "li", class_=str(finding.severity))
    first = add(item, "p")
    add(first, "strong", f"{finding.severity} ")
    add(first, "a", finding.code, href=f"#{finding.code}").tail = f": {finding.message}"
    add(item, "p", finding.hint or info.hint)
    place = finding.place
    parts = [
        f"line {place.line}" if place.line else "",
        f"column {place.column}" if place.column else "",
        f"transcript line {place.transcript_line}" if place.transcript_line else "",
    ]
    if any(parts):
        add(item, "p", ", ".join(part for part in parts if part), class_="place")
    if shown := excerpt(finding, lines):
        code = add(add(item, "pre"), "code", shown.before if shown.marked else shown.rest)
        if shown.marked and (token := _TOKEN.match(shown.rest)):
            add(code, "mark", token[0]).tail = shown.rest[token.end() :]


def _stories(parent: etree._Element, codes: list[str]) -> None:
    """Add what the codes mean."""
    if not codes:
        return
    add(parent, "h2", "What the codes mean")
    stories = add(parent, "dl")
    for code in codes:
        info, example = code_info(code), example_of(code)
        add(stories, "dt", f"{code}: {info.title}", id=code)
        story = add(stories, "dd")
        add(story, "p", info.explanation or info.hint)
        for name in ("before", "after") if example else ():
            add(story, "p", f"{name.capitalize()}:", class_="place")
            add(add(story, "pre"), "code", visible(str(getattr(example, name))))


def _summary(found: list[Finding]) -> str:
    """Return how many findings there are, in words."""
    counts = [(severity, sum(f.severity is severity for f in found)) for severity in Severity]
    words = [
        f"{number} {severity}{'' if number == 1 else 's'}" for severity, number in counts if number
    ]
    return f"{', '.join(words)}." if words else "Nothing to complain of."
