"""Findings shown: text with the line at fault, HTML, SARIF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from diplomatic.findings import Finding, Place
from diplomatic.reports import as_html, as_sarif, as_text, file_lines
from diplomatic.reports.text import excerpt

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


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_a_sign_that_no_terminal_should_see_is_shown_as_another(sign: str) -> None:
    found = [Finding("D013", "a control character", Place("a.txt", 1, 2))]
    shown = as_text(found, lambda _: [f"a{sign}b"])
    assert sign not in shown
    assert sign not in as_html(found, "Findings", lambda _: [f"a{sign}b"])


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


def test_html_marks_what_is_at_the_place() -> None:
    found = [Finding("D105", "x", Place("a.xml", 2, 3)), FOUND[1]]
    root = etree.fromstring(as_html(found, "What check found", lines), etree.HTMLParser())
    (marked,) = root.iter("mark")
    assert marked.text == "<p>"
    assert marked.getparent().text == "김영"
    assert "".join(root.xpath("(//li)[2]//pre//text()")) == "<TEI>"  # no column: no mark


def test_html_shows_an_example_of_each_code() -> None:
    found = [Finding("D013", "a sign", Place("a.txt", 1)), Finding("D011", "empty")]
    shown = "".join(etree.fromstring(as_html(found, "x"), etree.HTMLParser()).itertext())
    assert "I send him the␇ list." in shown
    assert "(an empty file)" in shown


@pytest.mark.parametrize(
    ("line", "column", "before", "rest"),
    [
        ("one two", 5, "one ", "two"),
        ("   one two", 4, "", "one two"),  # the margin is not shown
        ("   one two", 8, "one ", "two"),
        ("   one", 2, "", "  one"),  # a place in the margin is
        ("\tone", 2, "", "one"),
        ("one ", 9, "one ", ""),  # behind the end
        ("a" * 50 + "b" * 100, 51, "…" + "a" * 40, "b" * 56 + "…"),
        ("a" * 200, 0, "", "a" * 96 + "…"),
    ],
)
def test_the_line_at_fault_is_cut(line: str, column: int, before: str, rest: str) -> None:
    found = excerpt(Finding("D100", "x", Place("a.xml", 1, column)), lambda _: [line])
    assert found is not None
    assert (found.before, found.rest, found.marked) == (before, rest, column > 0)


@pytest.mark.parametrize("place", [Place(), Place("a.xml"), Place("a.xml", 3)])
def test_a_line_that_is_not_there_is_not_shown(place: Place) -> None:
    assert excerpt(Finding("D100", "x", place), lambda _: ["one", "two"]) is None


def test_the_lines_of_a_file_that_changed_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    assert file_lines(str(path)) == ["one", "two", "three"]
    path.write_text("one more\n")
    assert file_lines(str(path)) == ["one more", ""]
    path.write_bytes(b"\xff")
    assert file_lines(str(path)) is None
    assert file_lines(str(tmp_path)) is None
