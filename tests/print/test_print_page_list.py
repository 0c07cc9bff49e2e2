"""The pages that the ebook lists are those on which the paragraphs of the volume begin."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pymupdf
import pytest
from lxml import etree
from print_helpers import fixture_indices, fixture_source
from reading import bare, words_of

from diplomatic.publish.page_list import breaks
from diplomatic.publish.print import Press, prepare, volume_pages
from diplomatic.publish.typesetting import Pages
from diplomatic.xml.names import XML_ID, tei


@pytest.fixture(scope="module")
def pages(plain_press: Press) -> Pages:
    record = prepare(fixture_source(), plain_press, 1)
    return volume_pages([record], fixture_indices(), plain_press)


def test_each_paragraph_is_on_the_page_that_is_said(pages: Pages) -> None:
    with pymupdf.open(stream=pages.pdf) as opened:
        text = [bare(page.get_text()) for page in opened]
    root = etree.fromstring(fixture_source().data)
    paragraphs = {
        paragraph.get(XML_ID, "").removeprefix("phenomena-"): paragraph
        for paragraph in root.iter(tei("p"))
    }
    compared = 0
    for page, document, unit in pages.places:
        if unit == "part":
            continue
        assert document == "phenomena"
        opening = bare(words_of(paragraphs[unit]))[:8] if unit in paragraphs else ""
        if opening.isalpha() and opening.isascii():
            assert opening in text[page - 1]
            compared += 1
    assert compared > 5


def test_pages_come_in_order_from_head_to_end(pages: Pages) -> None:
    numbers = [page for page, _, _ in pages.places]
    assert numbers == sorted(numbers)
    assert [unit for _, document, unit in pages.places if document == "phenomena"][::-1][0] == "*"


def test_every_page_is_listed_under_its_own_number(pages: Pages) -> None:
    """The numbers are those of the pages of the PDF, front matter and blank pages included."""
    with pikepdf.open(BytesIO(pages.pdf)) as opened:
        labels = [page.label for page in opened.pages]
    found = breaks(pages.places)
    assert [each.page for each in found] == labels
    parts = {each.page: each.document for each in found if each.unit == "part"}
    assert (parts["i"], parts["iii"], parts["v"]) == ("half-title", "title-page", "contents")
    assert {"documents", "note-on-the-text", "apparatus", "index", "colophon"} <= {*parts.values()}


def test_a_document_by_itself_has_no_list(press: Press) -> None:
    assert "page-list" in prepare(fixture_source(), press, 1).typst
    assert "page-list" not in prepare(fixture_source(), press).typst
