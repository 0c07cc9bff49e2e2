"""Findings as one web page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from lxml import etree

from diplomatic.findings import Finding, Severity, code_info

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; overflow-wrap: anywhere; margin-top: 2rem; }
ul { list-style: none; padding: 0; }
li { border-inline-start: .3rem solid; padding: .1rem 0 .1rem .8rem; margin: 1rem 0; }
li.error { border-color: #b3261e; }
li.warning { border-color: #9a6700; }
li.note { border-color: #57606a; }
p { margin: .2rem 0; overflow-wrap: anywhere; }
code { font-size: .95em; } .place { font-size: .9em; }
"""


def as_html(findings: Iterable[Finding], title: str) -> str:
    """Return findings as an HTML page, grouped by file, each code with its story."""
    found = list(findings)
    page = etree.Element("html", lang="en")
    head = _add(page, "head")
    _add(head, "meta", charset="utf-8")
    _add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _add(head, "title", title)
    _add(head, "style", _STYLE)
    main = _add(_add(page, "body"), "main")
    _add(main, "h1", title)
    _add(main, "p", _summary(found))
    for file, group in groupby(found, key=lambda finding: finding.place.file):
        if file:
            _add(main, "h2", file)
        items = _add(main, "ul")
        for finding in group:
            _item(items, finding)
    _stories(main, sorted({finding.code for finding in found}))
    text = etree.tostring(page, method="html", encoding="unicode", pretty_print=True)
    return f"<!DOCTYPE html>\n{text}"


def _item(parent: etree._Element, finding: Finding) -> None:
    """Add one finding."""
    info = code_info(finding.code)
    item = _add(parent, "li", class_=str(finding.severity))
    first = _add(item, "p")
    _add(first, "strong", f"{finding.severity} ")
    _add(first, "a", finding.code, href=f"#{finding.code}").tail = f": {finding.message}"
    _add(item, "p", finding.hint or info.hint)
    place = finding.place
    parts = [
        f"line {place.line}" if place.line else "",
        f"column {place.column}" if place.column else "",
        f"transcript line {place.transcript_line}" if place.transcript_line else "",
    ]
    if any(parts):
        _add(item, "p", ", ".join(part for part in parts if part), class_="place")


def _stories(parent: etree._Element, codes: list[str]) -> None:
    """Add what the codes mean."""
    if not codes:
        return
    _add(parent, "h2", "What the codes mean")
    stories = _add(parent, "dl")
    for code in codes:
        info = code_info(code)
        _add(stories, "dt", f"{code}: {info.title}", id=code)
        _add(stories, "dd", info.explanation or info.hint)


def _summary(found: list[Finding]) -> str:
    """Return how many findings there are, in words."""
    counts = [(severity, sum(f.severity is severity for f in found)) for severity in Severity]
    words = [
        f"{number} {severity}{'' if number == 1 else 's'}" for severity, number in counts if number
    ]
    return f"{', '.join(words)}." if words else "Nothing to complain of."


def _add(
    parent: etree._Element, tag: str, text: str = "", class_: str = "", **attributes: str
) -> etree._Element:
    """Add an element with text and attributes, and return it."""
    if class_:
        attributes["class"] = class_
    node = etree.SubElement(parent, tag, attributes)
    node.text = text or None
    return node
