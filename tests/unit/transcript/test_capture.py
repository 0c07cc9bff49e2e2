"""Captures: archives' pages, wikis and bare transcripts are told apart; furniture is cut off."""

from __future__ import annotations

import pytest
from making import CONVENTIONS, shape

from diplomatic.transcript.capture import Capture, cut, year_hint
from diplomatic.transcript.text import SourceText
from diplomatic.transcript.wiki_signs import wiki_reason

PROSE = "The harbour master received the council in the morning and spoke with it of the ships."
ABSTRACT = (
    "Orlov reports on the harbour of Port Sable and on the ships that lie there in the winter."
)
FORM = "Author(s):\nOrlov, P. T.\nSource\nNAS, f. 5, op. 28, d. 99. Obtained by A. Lisov.\nRights\n"


def cut_of(text: str, kind: str = "") -> Capture:
    """Cut a text."""
    return cut(SourceText(text, "t.txt"), CONVENTIONS, kind)


def body_of(text: str, capture: Capture) -> list[str]:
    """Return the body's lines."""
    return [text[line.start : line.end] for line in capture.body]


def test_a_bare_transcript_stays_whole() -> None:
    text = f"JOURNAL\n{PROSE}\nN. Belov\n"
    capture = cut_of(text)
    assert capture.kind == "plain"
    assert body_of(text, capture) == text.splitlines()


def test_a_page_of_an_archive() -> None:
    text = f"March 9, 1951\nJournal of Consul Orlov\nJOURNAL\n{PROSE}\nN. Belov\n{ABSTRACT}\n{FORM}"
    capture = cut_of(text)
    assert capture.kind == "archival"
    assert body_of(text, capture) == ["JOURNAL", PROSE, "N. Belov"]
    assert [part.type for part in capture.front] == ["transcript-head"]
    assert capture.back[0].type == "abstract"
    fields = capture.metadata.fields
    assert fields["date"] == "March 9, 1951"
    assert fields["title"] == "Journal of Consul Orlov"
    assert fields["abstract"] == ABSTRACT
    assert (fields["fonds"], fields["obtained"]) == ("5", "A. Lisov")
    assert fields["author(s)"] == "Orlov, P. T."


def test_the_sidecar_says_that_a_transcript_is_bare() -> None:
    capture = cut_of(f"March 9, 1951\nJournal of Orlov\n{PROSE}\n{FORM}", "plain")
    assert (capture.kind, capture.front, capture.back) == ("plain", [], [])


def test_another_abstract_above_the_date_is_not_the_documents() -> None:
    other = f"{ABSTRACT} {ABSTRACT}"
    text = f"{other}\nMarch 9, 1951\nJournal of Consul Orlov\n{PROSE}\n{PROSE}\n{PROSE}\n{FORM}"
    capture = cut_of(text)
    assert shape(capture.front)[0] == ("abstract", ["p"])
    assert "abstract" not in capture.metadata.fields


@pytest.mark.parametrize(
    ("text", "is_wiki"),
    [
        ("From Wikipedia, the free encyclopedia\nThe canal.\n", True),
        ("== Planning ==\nThe canal.\n", True),
        ("Planning[edit]\nThe canal.\nEnd[edit]\nIt ended.\n", True),
        ("Planung[Bearbeiten | Quelltext]\nEnde[bearbeiten]\n", False),
        ("Planung[bearbeiten | Quelltext]\nText.\nEnde[bearbeiten]\nText.\n", True),
        ("Template:Use dmy dates The canal.\nko:운하 ru:Канал\n", True),
        ("Template:Use dmy dates The canal.\n", False),
        (f"JOURNAL\n{PROSE}\n", False),
    ],
)
def test_wiki_reason(text: str, is_wiki: bool) -> None:
    assert bool(wiki_reason(SourceText(text, "t.txt"), CONVENTIONS)) is is_wiki


@pytest.mark.parametrize(
    ("fields", "candidates", "year"),
    [
        ({"date": "March 9, 1951"}, ["1 May 1960"], 1951),
        ({"title": "Journal, 1949"}, [], 1949),
        ({}, ["no date", "1 May 1960"], 1960),
        ({}, ["no date"], 0),
    ],
)
def test_year_hint(fields: dict[str, str], candidates: list[str], year: int) -> None:
    assert year_hint(fields, candidates, CONVENTIONS) == year


CITED = 'Citation: "On the Ferry," 7 August 1951, State Archive, f. 5, op. 8, d. 9.'


@pytest.mark.parametrize(
    "head",
    [
        f"On the Ferry - Harbour Archive\n{CITED}\nSummary: The ferry is sold.\nContents:\n",
        f"On the Ferry | Harbour Archive {CITED} Summary: The ferry is sold. Contents: Text\n",
    ],
    ids=["lines", "one-line"],
)
def test_the_citation_of_a_host(head: str) -> None:
    text = f"{head}Page 1:\nREPORT\n{PROSE}\n"
    capture = cut_of(text)
    assert body_of(text, capture) == ["Page 1:", "REPORT", PROSE]
    fields = capture.metadata.fields
    assert (fields["title"], fields["date"]) == ("On the Ferry", "7 August 1951")
    assert (fields["abstract"], fields["delo"]) == ("The ferry is sold.", "9")


@pytest.mark.parametrize(
    ("end", "kinds"),
    [
        (f"{ABSTRACT}\n[email protected]\n{FORM}", ["abstract", "furniture", "form-labels"]),
        ("[Read more]\nShare\n", ["furniture"]),
        ("Source: State Archive, f. 5, op. 2, d. 9. Translated by Ina Moll.\n", ["form-labels"]),
    ],
    ids=["controls-before-form", "controls-only", "source-only"],
)
def test_the_foot_of_a_page_is_kept_whole(end: str, kinds: list[str]) -> None:
    text = f"March 9, 1951\nJournal of Consul Orlov\nJOURNAL\n{PROSE}\nN. Belov\n{end}"
    capture = cut_of(text)
    assert [division.type for division in capture.back] == kinds
    held = sum(len(division.content) for division in capture.back)
    assert held == len(end.splitlines())
    assert body_of(text, capture) == ["JOURNAL", PROSE, "N. Belov"]


def test_an_original_before_the_date_is_no_page_head() -> None:
    text = (
        f"1955年3月4日\n港口关闭两周。工人已经回家。\nMarch 4, 1955\nReport on the Ferry\n{PROSE}\n"
    )
    assert cut_of(text).kind == "plain"
