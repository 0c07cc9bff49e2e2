"""Wiki articles: notices, sections, works, notes, links, residue."""

from __future__ import annotations

import pytest
from making import CONVENTIONS, shape

from diplomatic.transcript.archival import ReadOptions
from diplomatic.transcript.model import Block, Division, Document
from diplomatic.transcript.read import read_transcript
from diplomatic.transcript.text import SourceText
from diplomatic.transcript.wiki import note_labels, read_wiki
from diplomatic.transcript.wiki_residue import residue

ICON = "Template:Ru icon"
PROSE = "The canal was built in the spring, and all who lived there were moved."


def read(text: str) -> Document:
    """Read an article."""
    return read_wiki(SourceText(text, "t.txt"), CONVENTIONS, "a test")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"{PROSE}\n\nPlanning[edit]\n\n{PROSE}\n", ["p", ("section", ["head", "p"])]),
        (f"{PROSE}\n\n== Planning ==\n\n{PROSE}\n", ["p", ("section", ["head", "p"])]),
        (f"{PROSE}\n\n\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n", ["p", ("section", ["p", "p", "p"])]),
        (f"{PROSE}\n• one\n• two\n", ["p", ("list", ["item", "item"])]),
        (f"{PROSE}\n1. one\n2. two\n", ["p", ("list", ["item", "item"])]),
        (
            f"{PROSE}\n\nSources\n\n• The Blue Book, 1992\n• The Red Book, 1993\n",
            ["p", ("section", ["head", ("listBibl", ["bibl", "bibl"])])],
        ),
        (f"Date:1931\nPlace:Sable\n{PROSE}\n", [("list", ["item", "item"]), "p"]),
        (f"a | b |\n---|---|\n{PROSE}\n", [("table", ["row", "row"]), "p"]),
        (
            f"{PROSE}\nReferences[edit]\n^ Orel, p. 4.\n^ a b Lund.\nLinks[edit]\nPictures.\n",
            ["p", ("section", ["head", "note", "note"]), ("section", ["head", "p"])],
        ),
        (f"{PROSE}\n\nContents 1 Xx 2 Yy\n", ["p", ("contents", ["p"])]),
        (f"{PROSE}\n\nIt was built.[citation needed]\n\n{PROSE}\n", ["p", "p", "p"]),
    ],
    ids=[
        "edit-link",
        "raw",
        "lost-heading",
        "bullets",
        "numbers",
        "works",
        "infobox",
        "table",
        "notes-before-links",
        "contents",
        "request-is-no-heading",
    ],
)
def test_sections(text: str, body: list[object]) -> None:
    assert shape(read(text).body[0].content) == body


def test_notices_notes_links_and_licence() -> None:
    text = (
        f"From Wikipedia, the free encyclopedia\n{PROSE}[1]\n"
        "1. ^ Pohl, Canals, pp. 9–20\n2. ^ The same\n"
        "ko:운하 ru:Канал\nCommunity content is available under CC-BY-SA.\n"
    )
    document = read(text)
    assert shape(document.front) == [("notice", ["p"])]
    assert shape(document.back) == [
        ("notes", ["note", "note"]),
        ("interlanguage", [("list", ["item", "item"])]),
        ("rights", ["p"]),
    ]
    assert note_labels(document) == {"1", "2"}
    assert document.metadata.fields["rights"].startswith("Community")


@pytest.mark.parametrize(
    "first", ["1. ^ One", "^ One", "↑ One", "[1] One", "1) One", "^ a b One", "Jump up ↑ One"]
)
def test_labels_of_notes(first: str) -> None:
    text = f"{PROSE}[1]\n\nReferences\n\n{first}\n"
    assert shape(read(text).back) == [("notes", ["note"])]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (f"{ICON}: a book", "note", [("textLang", ICON), ("surplus", ICON)]),
        ("{{cite}} A book", "p", [("surplus", "{{cite}}")]),
        ('A book<ref name="x"/>', "p", [("surplus", '<ref name="x"/>')]),
        ("Planning[edit]", "head", [("surplus", "[edit]")]),
        ("Planning[]", "head", [("surplus", "[]")]),
        ("Planning[edit]", "p", []),
        ('"The Canal", pp. 9–20', "note", [("title", "The Canal"), ("biblScope", "pp. 9–20")]),
        ('"The Canal"were unapt.', "note", [("sic", "were unapt."), ("title", "The Canal")]),
        (PROSE, "p", []),
    ],
)
def test_residue(text: str, kind: str, expected: list[tuple[str, str]]) -> None:
    found = residue(text, (0, len(text)), kind, CONVENTIONS)
    assert [(span.name, text[span.start : span.end]) for span in found] == expected


def test_a_title_above_the_notice_is_the_articles() -> None:
    document = read(f"The Canal\nFrom Wikipedia, the free encyclopedia\n{PROSE}\n")
    assert [division.type for division in document.front] == ["transcript-head", "notice"]
    assert document.metadata.fields["title"] == "The Canal"


def test_an_edit_link_is_no_editors_bracket() -> None:
    text = f"{PROSE}\n\nFate[edit]\n\n{PROSE}\n"
    found = read_transcript(SourceText(text, "t.txt"), CONVENTIONS, ReadOptions(kind="wiki"))
    section = found.document.body[0].content[1]
    assert isinstance(section, Division)
    head = section.content[0]
    assert isinstance(head, Block)
    assert [(span.name, span.attributes) for span in head.spans] == [
        ("surplus", {"reason": "furniture"})
    ]
