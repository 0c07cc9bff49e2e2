"""Web, print and ebook have the same words, paragraphs and notes, and they are those of the TEI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from epub_helpers import article, pages_of, shown_text
from lxml import etree
from print_helpers import FIXTURES
from tagged import read_structure
from test_print_words import DOCUMENTS, bare, leaves, words_of

from diplomatic.publish.print import Press, Source, document_pdf, prepare
from diplomatic.xml.names import XML_ID, XML_LANG, tei

PATHS = [*DOCUMENTS, FIXTURES / "phenomena.xml"]
_PARA = re.compile(r'\bpara\("(\d+[a-z]?)", "([^"]+)"')
_NOTE = re.compile(r'\bfn\("([^"]+)", "((?!letter-)[^"]+)"')


@dataclass(frozen=True)
class Outputs:
    """A document in all its forms."""

    tei: etree._Element
    web: etree._Element
    book: etree._Element
    typst: str
    printed: str


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.stem)
def outputs(request: pytest.FixtureRequest, plain_press: Press) -> Outputs:
    path: Path = request.param
    data = path.read_bytes()
    record = prepare(Source(data, str(path), path.parent), plain_press)
    printed = read_structure(document_pdf(record, plain_press)).text(notes=False)
    web, book = pages_of(data)
    return Outputs(etree.fromstring(data), article(web), article(book), record.typst, printed)


def reading(root: etree._Element) -> list[str]:
    """Return the words of each block of the body, without page numbers of the source."""
    body = root.find(f"{tei('text')}/{tei('body')}")
    for mark in list(body.iter(tei("pb"))):
        parent, before = mark.getparent(), mark.getprevious()
        tail = mark.tail or ""
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
        parent.remove(mark)
    return [bare(words_of(leaf)) for leaf in leaves(body) if not is_right_to_left(leaf)]


def is_right_to_left(element: etree._Element) -> bool:
    """Say whether a block has words whose glyphs stand in the order of the eye in a PDF."""
    return any(e.get(XML_LANG) in ("he", "ar") for e in element.iter(etree.Element))


def assert_all_in_order(words: list[str], page: str) -> None:
    position = 0
    for each in words:
        found = page.find(each, position)
        assert found >= 0, f"not there, or not in order: {each!r}"
        position = found + len(each)


def test_words(outputs: Outputs) -> None:
    words = [each.replace("[···]", "\u25a1") for each in reading(outputs.tei)]
    printed = re.sub(r"\|\d+", "", bare(outputs.printed)).replace("[···]", "\u25a1")
    assert sum(map(len, words)) > 500
    for page in (bare(shown_text(outputs.web)), bare(shown_text(outputs.book)), printed):
        assert_all_in_order(words, page)


def test_web_and_ebook_show_the_same(outputs: Outputs) -> None:
    assert bare(shown_text(outputs.web)) == bare(shown_text(outputs.book))


def units(page: etree._Element) -> list[tuple[str, str]]:
    """Return number and anchor of each paragraph of a page."""
    found = page.xpath('.//div[contains(concat(" ", @class, " "), " u ")]')
    number = 'string((.//a[@class="pn"])[1]/text()[last()])'
    return [(unit.xpath(number), unit.get("id")) for unit in found]


def test_paragraphs(outputs: Outputs) -> None:
    printed = _PARA.findall(outputs.typst)
    assert units(outputs.web) == units(outputs.book)
    assert sorted(units(outputs.web)) == sorted(printed)
    document = outputs.tei.get(XML_ID)
    stored = [
        anchor
        for element in outputs.tei.iter(tei("p"), tei("item"), tei("ab"))
        if re.fullmatch(r"p\d+", anchor := (element.get(XML_ID) or "").removeprefix(f"{document}-"))
    ]
    assert [anchor for _, anchor in units(outputs.web)] == stored


def notes(page: etree._Element) -> list[tuple[str, str]]:
    """Return the bare label and the anchor of each note of a page."""
    found = page.xpath('.//aside[contains(concat(" ", @class, " "), " note ")]')
    label = 'string(.//*[contains(concat(" ", @class, " "), " back ")][1]/text()[1])'
    return [(note.xpath(label).strip("[]().: "), note.get("id")) for note in found]


def test_notes(outputs: Outputs) -> None:
    assert notes(outputs.web) == notes(outputs.book)
    stored = [n for n in outputs.tei.iter(tei("note")) if n.get("type") in ("footnote", "endnote")]
    assert len(notes(outputs.web)) >= len(stored)
    printed = {anchor: label for label, anchor in _NOTE.findall(outputs.typst)}
    called = {
        anchor: label
        for label, anchor in notes(outputs.web)
        if outputs.web.xpath(f'.//a[@class="fnref"][@href="#{anchor}"]')
    }
    assert printed == called
