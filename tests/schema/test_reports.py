"""Findings shown: text with the line at fault, HTML, SARIF."""

from __future__ import annotations

import json
from pathlib import Path

from lxml import etree

from diplomatic.findings import Finding, Place
from diplomatic.reports import as_html, as_sarif, as_text, file_lines

FOUND = [
    Finding(
        "D105", "<p> inside <closer> is not allowed", Place("tei/a b.xml", 2, 5, 12), "Move it."
    ),
    Finding("D214", "no date", Place("tei/a b.xml", 1)),
    Finding("D001", "no edition here"),
]


def lines(name: str) -> list[str] | None:
    return ["<TEI>", "김영<p>x</p>" + " y" * 90] if name else None


def test_text_marks_the_place() -> None:
    text = as_text(FOUND, lines)
    row, mark = text.splitlines()[1:3]
    assert row.startswith("     2 | 김영<p>x</p> y y")
    assert row.endswith("…")
    # 김 and 영 take two columns each of a terminal.
    assert mark == "       | " + " " * 6 + "^"
    assert "    Move it." in text
    assert "no edition here" in text


def test_text_without_the_file() -> None:
    assert "|" not in as_text(FOUND, lambda _: None)
    assert file_lines("no such file") is None


def test_html_is_well_formed_and_needs_nothing_else() -> None:
    page = as_html(FOUND, "What check found")
    root = etree.fromstring(page, etree.HTMLParser(recover=False))
    assert root.get("lang") == "en"
    assert root.findtext(".//h1") == "What check found"
    assert "1 warning" in page
    assert "&lt;p&gt; inside &lt;closer&gt;" in page
    assert root.xpath("//@src | //link | //script") == []
    anchors = set(root.xpath("//@id"))
    assert {str(href)[1:] for href in root.xpath("//a/@href")} <= anchors


def test_html_without_findings() -> None:
    assert "Nothing to complain of." in as_html([], "What check found")


def test_sarif() -> None:
    log = json.loads(as_sarif([*FOUND, Finding("D100", "x", Place("/e/tei/c.xml", 1))], Path("/e")))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"]] == [True] * 4
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "tei/a%20b.xml"
    assert place["region"] == {"startLine": 2, "startColumn": 5}
    assert run["results"][0]["properties"] == {"transcriptLine": 12}
    assert run["results"][1]["level"] == "warning"
    assert "locations" not in run["results"][2]
    last = run["results"][3]["locations"][0]["physicalLocation"]
    assert last["artifactLocation"]["uri"] == "tei/c.xml"
