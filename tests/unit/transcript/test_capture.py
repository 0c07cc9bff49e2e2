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
    assert year_hint(fields, candidates) == year
