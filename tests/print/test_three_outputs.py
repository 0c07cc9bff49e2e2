"""Web, print and ebook have the same words, paragraphs and notes, and they are those of the TEI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from epub_helpers import article, pages_of, shown_text
from lxml import etree
from print_helpers import FIXTURES
from reading import LEFTWARD, bare, left_over, letters, of_the_edition, segments
from tagged import Node, read_structure

from diplomatic.publish.print import Press, Source, document_pdf, prepare
from diplomatic.xml.names import XML_ID, tei

DOCUMENTS = sorted((Path(__file__).parents[2] / "tei" / "documents").glob("*.xml"))
PATHS = [*DOCUMENTS, FIXTURES / "phenomena.xml", FIXTURES / "scripts.xml"]
# What follows the text of a document in its own PDF.
ENDINGS = re.compile("Editorial Apparatus|Colophon")
_PARA = re.compile(r'\bpara\("(\d+[a-z]?)", "([^"]+)"')
_NOTE = re.compile(r'\bfn\("([^"]+)", "((?!letter-)[^"]+)"')


@dataclass(frozen=True)
class Outputs:
    """A document in all its forms."""

    tei: etree._Element
    web: etree._Element
    book: etree._Element
    typst: str
    pdf: Node

    def spelt(self, words: str) -> str:
        """Return bare words as they are compared.

        Where letters run from right to left only letters are: signs are drawn mirrored there, and
        stand in another order than that of reading.
        """
        turned = any(LEFTWARD.search(text) for text in self.tei.itertext())
        return letters(words) if turned else words

    @property
    def texts(self) -> dict[str, str]:
        """The words of the text on each page, in order, without its notes."""
        printed = ENDINGS.split(self.pdf.text(notes=False))[0]
        return {
            "web": bare(shown_text(article(self.web))),
            "book": bare(shown_text(article(self.book))),
            "print": bare(re.sub(r"\|\d+", "", printed)),
        }

    @property
    def notes(self) -> dict[str, list[str]]:
        """The words of each note, and of what stands before the text."""
        return {
            "web": apart(self.web),
            "book": apart(self.book),
            "print": [bare(note.text()) for note in self.pdf.find("Note")],
        }


def apart(page: etree._Element) -> list[str]:
    """Return what stands apart from the text of a page: notes, and the abstract before it."""
    found = [*page.xpath("//aside"), *page.xpath('//*[@id="abstract"]')]
    return [
        bare("".join([e.text or "", *(shown_text(c) + (c.tail or "") for c in e)])) for e in found
    ]


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.stem)
def outputs(request: pytest.FixtureRequest, plain_press: Press) -> Outputs:
    path: Path = request.param
    data = path.read_bytes()
    record = prepare(Source(data, str(path), path.parent), plain_press)
    printed = read_structure(document_pdf(record, plain_press))
    web, book = pages_of(data)
    return Outputs(etree.fromstring(data), web, book, record.typst, printed)


@pytest.mark.parametrize("output", ["web", "book", "print"])
def test_no_word_is_lost_and_none_is_added(outputs: Outputs, output: str) -> None:
    """Docket, stamps, tables, figures, notes, front and back: each once, and nothing else."""
    words = [outputs.spelt(segment.words) for segment in segments(outputs.tei)]
    assert sum(map(len, words)) > 500
    page = "\x00".join(map(outputs.spelt, [outputs.texts[output], *outputs.notes[output]]))
    own = {outputs.spelt(each) for each in of_the_edition(outputs.tei)}
    lost, added = left_over([each for each in words if each], own - {""}, page)
    # A described figure between blocks has a frame on the screen, and no brackets.
    assert [each for each in lost if output == "print" or each[1:-1] not in page] == []
    assert added == []


@pytest.mark.parametrize("output", ["web", "book", "print"])
def test_words_in_order(outputs: Outputs, output: str) -> None:
    page, position = outputs.spelt(outputs.texts[output]), 0
    for segment in segments(outputs.tei, "body"):
        if not segment.moved:
            words = outputs.spelt(segment.words)
            words = words if words in page else words.strip("[]")
            found = page.find(words, position)
            assert found >= 0, f"not there, or not in order: {words!r}"
            position = found + len(words)


def test_web_and_ebook_show_the_same(outputs: Outputs) -> None:
    assert outputs.texts["web"] == outputs.texts["book"].replace("\u261e", "\u270e")


def test_a_word_is_divided_only_by_a_soft_sign(outputs: Outputs) -> None:
    text = outputs.pdf.text()
    assert "\N{SOFT HYPHEN}" not in text.replace("\N{SOFT HYPHEN}\n", "")


def units(page: etree._Element) -> list[tuple[str, str]]:
    """Return number and anchor of each paragraph of a page."""
    found = article(page).xpath('.//div[contains(concat(" ", @class, " "), " u ")]')
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
    found = article(page).xpath('.//aside[contains(concat(" ", @class, " "), " note ")]')
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
        if article(outputs.web).xpath(f'.//a[@class="fnref"][@href="#{anchor}"]')
    }
    assert printed == called
