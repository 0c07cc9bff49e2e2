"""Blocks and divisions as TEI: what may not stand where it comes is wrapped, nothing is lost."""

from __future__ import annotations

import pytest
from lxml import etree

from diplomatic.encode.body import BodyWriter
from diplomatic.encode.identifiers import Identifiers
from diplomatic.encode.inline import Inline
from diplomatic.encode.kinds import KINDS
from diplomatic.transcript.model import Block, Division
from diplomatic.transcript.spans import Span
from diplomatic.transcript.text import SourceText
from diplomatic.xml.names import local_name, tei

TEXT = "1. One\n2. Two\nN. Belov\n[…]\n| a | b |\n"


def written(content: list[Block | Division], text: str = TEXT) -> etree._Element:
    """Write a division and return the body that holds it."""
    identifiers = Identifiers("d1")
    writer = BodyWriter(
        SourceText(text, "d1.txt"), identifiers, Inline(text, identifiers), lambda _a, _b: []
    )
    body = etree.Element(tei("body"))
    writer.division(body, Division("document", content))
    return body


def outline(element: etree._Element) -> str:
    """Return the names of an element's descendants as one line."""
    inner = " ".join(outline(child) for child in element)
    return f"{local_name(element.tag)}({inner})" if inner else local_name(element.tag)


def at(kind: str, words: str, role: str = "middle", text: str = TEXT) -> Block:
    """Return a block over some words of the text."""
    start = text.index(words)
    return Block(kind, start, start + len(words), role)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([], "div(gap)"),
        ([at("p", "1. One")], "div(p)"),
        (
            [at("seg", "1. One", "top"), at("dateline", "2. Two", "top")],
            "div(opener(seg dateline))",
        ),
        ([at("seg", "1. One", "top"), at("head", "2. Two", "top")], "div(opener(seg) head)"),
        ([at("p", "1. One"), at("head", "2. Two", "top")], "div(p ab)"),
        ([Division("entry", [at("p", "1. One")]), at("p", "2. Two")], "div(div(p) div(p))"),
        ([at("gap", "[…]")], "div(gap)"),
        ([at("pb", "2. Two"), at("p", "1. One")], "div(pb fw p)"),
        ([at("unknown", "1. One")], "div(unknown)"),
    ],
)
def test_placing(content: list[Block | Division], expected: str) -> None:
    assert outline(written(content)[0]) == expected


def test_a_closer_needs_something_before_it() -> None:
    closer = Block("closer", 14, 22, "bottom", children=[at("signed", "N. Belov", "bottom")])
    assert outline(written([closer])[0]) == "div(ab)"
    assert outline(written([at("gap", "[…]"), closer])[0]) == "div(gap ab)"
    assert outline(written([at("p", "1. One"), closer])[0]) == "div(p closer(signed))"


def test_what_comes_after_a_closer_is_a_division_of_its_own() -> None:
    closer = Block("closer", 14, 22, "bottom", children=[at("signed", "N. Belov", "bottom")])
    body = written([at("p", "1. One"), closer, at("p", "2. Two")])
    assert outline(body) == "body(div(p closer(signed)) div(p))"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [((0, 2), "list(label item label item)"), ((0, None), "list(item(seg) item)")],
    ids=["all-labelled", "one-without-label"],
)
def test_items_are_all_labelled_or_none_is(labels: tuple[int | None, ...], expected: str) -> None:
    items = [at("item", "1. One"), at("item", "2. Two")]
    for item, label in zip(items, labels, strict=True):
        item.label = None if label is None else (item.start, item.start + 2)
    listed = Block("list", 0, 13, children=items)
    assert outline(written([listed])[0][0]) == expected


def test_a_row_names_its_bars() -> None:
    table = Block("table", 27, 36, children=[at("row", "| a | b |")])
    row = written([table])[0][0][0]
    assert row.get("rend") == "bars bar-start bar-end"
    assert [cell.text for cell in row] == [" a ", " b "]


@pytest.mark.parametrize(
    ("name", "expected"), [("gap", "div(gap)"), ("supplied", "div(ab(supplied))")]
)
def test_a_bracket_on_its_line_is_bare_where_it_may_be(name: str, expected: str) -> None:
    block = at("bracket", "[…]")
    block.spans = [Span(block.start, block.end, name, {}, ((block.start, block.end),))]
    assert outline(written([block])[0]) == expected


def test_each_block_says_its_lines_and_paragraphs_are_numbered() -> None:
    first, second = written([at("p", "1. One"), at("p", "2. Two\nN. Belov")])[0]
    assert (first.get("source"), second.get("source")) == ("line:0,1", "line:1,3")
    assert [e.get("{http://www.w3.org/XML/1998/namespace}id") for e in (first, second)] == [
        "d1-p1",
        "d1-p2",
    ]


def test_a_paragraph_that_goes_on_says_whether_a_blank_parts_it() -> None:
    text = "Sir: I write.\nSir:I write.\n"
    parted = Block("p", 5, 13, run_in=True)
    glued = Block("p", 18, 26, run_in=True)
    assert [p.get("rend") for p in written([parted, glued], text)[0]] == ["run-in", "adjacent"]


def test_the_kinds_are_written_by_functions_of_one_form() -> None:
    assert all(callable(write) and write.__doc__ for write in KINDS.values())
