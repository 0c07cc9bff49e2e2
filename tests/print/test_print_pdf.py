"""What the PDFs say of themselves: tags, language, title, bookmarks, labels, attachment, fonts."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pikepdf
import pymupdf
import pytest
from print_helpers import Made, fixture_indices, fixture_source, make_settings
from tagged import read_structure

from diplomatic.publish.fonts import FontSet
from diplomatic.publish.print import Press, document_pdf, prepare, volume_pdf

MM = 72 / 25.4


@pytest.fixture(params=["document", "volume"])
def pdf(request: pytest.FixtureRequest, made: Made) -> bytes:
    return getattr(made, request.param)


def test_the_same_bytes_twice(made: Made, press: Press) -> None:
    again = prepare(fixture_source(), press)
    assert document_pdf(again, press) == made.document
    numbered = prepare(fixture_source(), press, 1)
    assert volume_pdf([numbered], fixture_indices(), press) == made.volume


def test_the_standards_are_declared(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        metadata = opened.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["xmp:CreateDate"].startswith("2001-02-03")


def test_language_title_and_its_display(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(opened.Root.MarkInfo.Marked)


def test_titles(made: Made) -> None:
    with pikepdf.open(BytesIO(made.document)) as opened:
        assert str(opened.docinfo["/Title"]) == "Everything that a paper can hold"
    with pikepdf.open(BytesIO(made.volume)) as opened:
        assert str(opened.docinfo["/Title"]) == "An Invented Edition: Papers That Never Were"
        assert str(opened.docinfo["/Author"]) == "A. Editor, B. Editor"


def test_the_tags_that_readers_navigate_by(made: Made) -> None:
    roles = {node.role for node in read_structure(made.volume).walk()}
    assert {
        "H1",
        "H2",
        "H3",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Note",
        "Link",
        "TOC",
        "TOCI",
    } <= roles
    assert {"Table", "THead", "TH", "TR", "TD", "Figure", "Em"} <= roles


def test_one_first_heading_for_each_document(made: Made) -> None:
    headings = [node.text() for node in read_structure(made.document).find("H1")]
    assert headings[0] == "Everything that a paper can hold"
    assert headings[1:] == ["Editorial Apparatus"]


def test_heading_levels_have_no_gap(pdf: bytes) -> None:
    levels = [
        int(n.role[1]) for n in read_structure(pdf).walk() if n.role in ("H1", "H2", "H3", "H4")
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_pictures_are_described(made: Made) -> None:
    figures = read_structure(made.document).find("Figure")
    assert [figure.attributes["/Alt"] for figure in figures] == ["A sketch map of the harbour"]


def test_tables_have_header_cells(made: Made) -> None:
    table = read_structure(made.document).find("Table")[0]
    assert [cell.text() for cell in table.find("TH")] == ["Year", "Tons", "Remark"]


def test_all_that_is_drawn_is_tagged_or_an_ornament(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            depth = 0
            for _, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                depth += (name in ("BDC", "BMC")) - (name == "EMC")
                assert depth or name not in ("Tj", "TJ", "Do", "f", "S", "B", "sh")


def test_links_are_described_and_reached_in_order(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            for link in page.get("/Annots", []):
                assert str(page.Tabs) == "/S"
                assert str(link.Contents)
                assert "/StructParent" in link


def test_other_languages_are_marked(made: Made) -> None:
    with pikepdf.open(BytesIO(made.document)) as opened:
        marks = [
            operands[1]
            for page in opened.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary)
        ]
        languages = {str(mark.get("/Lang", "")) for mark in marks}
    assert {"ru", "ko", "zh", "ja", "el", "he", "ar", "la"} <= languages


def test_bookmarks_and_page_labels(made: Made) -> None:
    with pikepdf.open(BytesIO(made.volume)) as opened:
        with opened.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
            assert "Everything that a paper can hold" in titles
            document = outline.root[titles.index("Everything that a paper can hold")]
            assert str(document.children[0].title) == "JOURNAL"
        labels = [page.label for page in opened.pages]
    assert labels[:3] == ["i", "ii", "iii"]
    assert "1" in labels


def test_the_tei_is_attached(made: Made) -> None:
    for data in (made.document, made.volume):
        with pikepdf.open(BytesIO(data)) as opened:
            (name,) = opened.attachments
            assert name == "phenomena.xml"
            specification = opened.attachments[name]
            assert specification.get_file().read_bytes() == fixture_source().data
            assert specification.get_file().mime_type == "application/tei+xml"
            assert str(specification.relationship) == "/Source"
            assert "Everything that a paper can hold" in specification.description


def test_fonts_are_embedded_with_unicode_maps(pdf: bytes) -> None:
    seen = set()
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            for font in (page.Resources.get("/Font") or {}).values():
                descendant = font.DescendantFonts[0]
                descriptor = descendant.FontDescriptor
                assert "/ToUnicode" in font
                assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
                seen.add(str(font.BaseFont).partition("+")[2].partition("-")[0])
    assert seen == {
        "EBGaramond",
        "SourceCodePro",
        "Cardo",
        "Amiri",
        "NotoSansCJKkr",
        "NotoSansCJKsc",
        "NotoSansCJKjp",
    }


def test_documents_can_be_linked_to_by_name(made: Made) -> None:
    with pikepdf.open(BytesIO(made.volume)) as opened:
        names = opened.Root.Names.Dests
        found = {str(name) for kid in names.get("/Kids", [names]) for name in list(kid.Names)[::2]}
    assert {"phenomena", "apparatus", "index", "colophon"} <= found


def test_paragraphs_have_the_labels_of_the_web(made: Made) -> None:
    assert 'para("1", "p1", ' in made.record.typst
    assert 'para("13", "p13", ' in made.record.typst


def test_every_link_of_the_contents_and_index_lands(made: Made) -> None:
    with pikepdf.open(BytesIO(made.volume)) as opened:
        pages = {page.objgen for page in opened.pages}
        links = [
            a for page in opened.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"
        ]
        assert links
        for link in links:
            target = link.get("/Dest") or link.A.get("/D")
            if isinstance(target, pikepdf.Array):
                assert target[0].objgen in pages


def test_lines_are_numbered_on_request(fonts: FontSet) -> None:
    press = Press(make_settings(print={"line_numbers": True}), fonts)
    record = prepare(fixture_source(), press)
    with pymupdf.open(stream=document_pdf(record, press)) as opened:
        words = [word for page in opened for word in page.get_text("words")]
        right = opened[0].rect.width - 40 * MM
    numbers = [word[4] for word in words if word[0] > right + 2 * MM]
    assert numbers[:4] == ["5", "10", "15", "20"]


def test_paragraph_numbers_stand_in_the_outer_margin(made: Made) -> None:
    found = 0
    with pikepdf.open(BytesIO(made.volume)) as opened:
        labels = [page.label for page in opened.pages]
    with pymupdf.open(stream=made.volume) as opened:
        for page, label in zip(opened, labels, strict=True):
            if not label.isdigit():
                continue  # the note on the text shows a sample
            width = page.rect.width
            for left, right in rubric_numbers(page):
                found += 1
                recto = page.number % 2 == 0
                assert left > width - 26 * MM if recto else right < 26 * MM
    assert found >= 13


def rubric_numbers(page: pymupdf.Page) -> list[tuple[float, float]]:
    """Return where the paragraph numbers of a page begin and end, from its left edge."""
    return [
        (span["bbox"][0], span["bbox"][2])
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        if span["color"] == 0x7A1F1A
        and abs(span["size"] - 8) < 0.1
        and span["text"].strip().isdigit()
    ]


def test_the_index_has_names_and_pages(made: Made) -> None:
    words = " ".join(read_structure(made.volume).text().split())
    index = words[words.index("Index", words.index("Editorial Apparatus") + 400) :]
    assert "Belov; receives a copy, 3" in index
    assert "Orlov, P. T. (Орлов, П. Т.), 1, 2, 4; signs, 3" in index
    assert "Port Sable, 1; document written there, 1" in index
    assert "Nobody" not in index
