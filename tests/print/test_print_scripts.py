"""Scripts: words from right to left come in order, and no character is left without a shape."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pymupdf
import pytest
from epub_helpers import pages_of
from lxml import etree
from print_helpers import Made, fixture_source
from tagged import read_structure

from diplomatic.publish.print import Press, document_pdf, prepare
from diplomatic.xml.names import XML_LANG, tei

MM = 72 / 25.4


@pytest.fixture(scope="module")
def pdf(plain_press: Press) -> bytes:
    return document_pdf(prepare(fixture_source("scripts"), plain_press), plain_press)


@pytest.fixture(scope="module")
def lines(pdf: bytes) -> dict[str, tuple[float, float, float]]:
    """The left edge, right edge and height of each word of the page, by the word."""
    with pymupdf.open(stream=pdf) as opened:
        words = opened[0].get_text("words")
    return {word[4].strip(".,:()"): (word[0], word[2], word[3]) for word in reversed(words)}


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2066-\u2069]", "", text)


def test_every_word_comes_back_in_the_order_of_reading(pdf: bytes) -> None:
    printed = squeezed(read_structure(pdf).text())
    root = etree.fromstring(fixture_source("scripts").data)
    body = root.find(f"{tei('text')}/{tei('body')}")
    position = 0
    for text in body.itertext():
        for word in re.findall(r"\w+", text):
            found = printed.find(word, position)
            assert found >= 0, word
            position = found


def test_phrases_side_by_side_keep_their_order(
    lines: dict[str, tuple[float, float, float]],
) -> None:
    """In an English line the Hebrew phrase stands left of the Arabic one, its first word right."""
    first, second, arabic = lines["שלום"], lines["עולם"], lines["السلام"]
    assert first[2] == pytest.approx(second[2], abs=3)
    assert second[0] < first[0] < arabic[0]


def test_paragraphs_begin_at_the_right(lines: dict[str, tuple[float, float, float]]) -> None:
    edge = 210 * MM - 40 * MM
    for word in ("הקונסול", "أفاد"):
        assert lines[word][1] == pytest.approx(edge, abs=16), word


def test_nothing_is_drawn_as_a_missing_character(made: Made, pdf: bytes) -> None:
    """No code of a page stands for the glyph that fonts have for what they lack."""
    for data in (made.volume, pdf):
        with pikepdf.open(BytesIO(data)) as opened:
            for page in opened.pages:
                for operands, operator in pikepdf.parse_content_stream(page):
                    if str(operator) in ("Tj", "TJ"):
                        strings = operands[0] if str(operator) == "TJ" else operands
                        codes = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
                        pairs = {codes[i : i + 2] for i in range(0, len(codes), 2)}
                        assert b"\x00\x00" not in pairs


def test_the_ebook_and_the_web_state_directions() -> None:
    for page in pages_of(fixture_source("scripts").data):
        stated = {(e.get("lang"), e.get("dir")) for e in page.iter(etree.Element) if e.get("dir")}
        assert {("he", "rtl"), ("ar", "rtl"), ("en", "ltr")} <= stated
        turned = [e for e in page.iter(etree.Element) if e.get("lang") in ("he", "ar")]
        assert all(e.get("dir") == "rtl" for e in turned)


def test_a_paper_in_hebrew_has_its_direction_as_a_whole(plain_press: Press) -> None:
    root = etree.fromstring(fixture_source("scripts").data)
    root.set(XML_LANG, "he")
    web, book = pages_of(etree.tostring(root))
    for page in (web, book):
        (article,) = page.xpath('//article[@id="text"]')
        assert article.get("dir") == "rtl"
