"""Findings as one web page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from lxml import etree

from diplomatic.findings import Finding, Severity, code_info
from diplomatic.reports.page import add, as_text, new_page


def as_html(findings: Iterable[Finding], title: str) -> str:
    """Return findings as an HTML page, grouped by file, each code with its story."""
    found = list(findings)
    page, main = new_page(title)
    add(main, "p", _summary(found))
    for file, group in groupby(found, key=lambda finding: finding.place.file):
        if file:
            add(main, "h2", file)
        items = add(main, "ul")
        for finding in group:
            _item(items, finding)
    _stories(main, sorted({finding.code for finding in found}))
    return as_text(page)


def _item(parent: etree._Element, finding: Finding) -> None:
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


def _stories(parent: etree._Element, codes: list[str]) -> None:
    """Add what the codes mean."""
    if not codes:
        return
    add(parent, "h2", "What the codes mean")
    stories = add(parent, "dl")
    for code in codes:
        info = code_info(code)
        add(stories, "dt", f"{code}: {info.title}", id=code)
        add(stories, "dd", info.explanation or info.hint)


def _summary(found: list[Finding]) -> str:
    """Return how many findings there are, in words."""
    counts = [(severity, sum(f.severity is severity for f in found)) for severity in Severity]
    words = [
        f"{number} {severity}{'' if number == 1 else 's'}" for severity, number in counts if number
    ]
    return f"{', '.join(words)}." if words else "Nothing to complain of."
