"""What an editor can set for the printed volume, and that each setting shows on the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from print_helpers import fixture_indices, fixture_source, make_settings
from pydantic import ValidationError
from tagged import Node, read_structure

from diplomatic.publish.fonts import load_fonts
from diplomatic.publish.print import Press, document_pdf, prepare, volume_pdf
from diplomatic.settings import PrintSettings

MM = 72 / 25.4
Volume = Callable[..., bytes]
MANUAL = Path(__file__).parents[2] / "docs" / "printing.md"


def press_for(**choices: object) -> Press:
    settings = make_settings(print=choices)
    return Press(settings, load_fonts(settings.print.font))


def volume(**choices: object) -> bytes:
    press = press_for(**choices)
    return volume_pdf([prepare(fixture_source(), press, 1)], fixture_indices(), press)


def text_page(data: bytes) -> pymupdf.Page:
    """Return the page on which the text begins."""
    opened = pymupdf.open(stream=data)
    return next(page for page in opened if "asked me to inform" in page.get_text())


def headings(data: bytes) -> list[str]:
    return [" ".join(node.text().split()).lstrip("1") for node in _walk(data, "H1")]


def _walk(data: bytes, role: str) -> list[Node]:
    return read_structure(data).find(role)


def test_trim_and_margins() -> None:
    margins = {"inner": 30, "outer": 20, "top": 15, "bottom": 25}
    page = text_page(volume(trim=[170, 240], margins=margins))
    assert (page.rect.width / MM, page.rect.height / MM) == pytest.approx((170, 240), abs=0.1)
    left = min(block[0] for block in page.get_text("blocks") if "asked me" in block[4])
    assert left / MM == pytest.approx(30, abs=1)


@pytest.mark.parametrize(("page", "size"), [("a4", (210, 297)), ("letter", (215.9, 279.4))])
def test_a_document_by_itself_on_a4_and_letter(page: str, size: tuple[float, float]) -> None:
    press = press_for(document_page=page, trim=[120, 200])
    data = document_pdf(prepare(fixture_source(), press), press)
    with pymupdf.open(stream=data) as opened:
        rect = opened[0].rect
    assert (rect.width / MM, rect.height / MM) == pytest.approx(size, abs=0.1)


def test_size_and_leading() -> None:
    page = text_page(volume(type_size=9, leading=12))
    spans = [
        (span["size"], line["bbox"][3])
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        if "asked me" in span["text"] or "a word" in span["text"]
    ]
    assert {round(size, 1) for size, _ in spans} == {9.0}


def test_font() -> None:
    with pikepdf.open(BytesIO(volume(font="Source Serif 4"))) as opened:
        names = {
            str(font.BaseFont)
            for page in opened.pages
            for font in page.get("/Resources", {}).get("/Font", {}).values()
        }
    assert any("SourceSerif4" in name for name in names)


def test_parts() -> None:
    assert headings(volume(parts=[])) == ["Everything that a paper can hold"]
    assert headings(volume(parts=["index", "contents"])) == [
        "Contents",
        "Everything that a paper can hold",
        "Index",
    ]


def test_paragraph_numbers_can_be_left_out() -> None:
    assert "12" in text_words(volume())
    assert "12" not in text_words(volume(paragraph_numbers=False, parts=[]))


def text_words(data: bytes) -> list[str]:
    with pymupdf.open(stream=data) as opened:
        return " ".join(page.get_text() for page in opened).split()


def test_the_step_of_line_numbers() -> None:
    data = volume(line_numbers=True, line_step=3, paragraph_numbers=False)
    page = text_page(data)
    edge = page.rect.width - 26 * MM
    numbers = {
        word[4] for word in page.get_text("words") if word[4].isdigit() and word[0] > edge
    } | {word[4] for word in page.get_text("words") if word[4].isdigit() and word[2] < 20 * MM}
    assert {"3", "6", "9"} <= numbers


def test_the_apparatus_names_lines() -> None:
    """The number of an entry is that in the margin beside its words."""
    data = volume(apparatus="line", line_numbers=True, line_step=1, paragraph_numbers=False)
    entries = " ".join(read_structure(data).text().split())
    with pymupdf.open(stream=data) as opened:
        page = next(page for page in opened if "One word is" in page.get_text())
        words, width = page.get_text("words"), page.rect.width
    heights = {word[4].strip(",;."): word[3] for word in reversed(words)}
    edge = width - 20 * MM
    numbers = {word[4]: word[3] for word in words if word[0] > edge and word[4].isdigit()}
    for lemma, said in (("harbour", "An uncertain"), ("7th", "The transcript"), ("M/B", "So in")):
        line = re.search(rf"p\. 2, l\. (\d+)\s*{lemma}\] {said}", entries)[1]
        assert numbers[line] == pytest.approx(heights[lemma], abs=4), lemma
    assert re.search(r"note 3 \(p\. 2\)\s*were unapropriate", entries)


def test_notes_at_the_end_lead_back() -> None:
    foot, end = volume(), volume(notes="end")
    assert len(_walk(foot, "Note")) > 4
    assert _walk(end, "Note") == []
    words = "".join(read_structure(end).text().split())
    for note in _walk(foot, "Note"):
        assert "".join(note.text().split())[1:] in words
    page = text_page(end)
    assert any(link["kind"] in (pymupdf.LINK_GOTO, pymupdf.LINK_NAMED) for link in page.links())


@pytest.mark.parametrize(
    "wrong",
    [
        {"trim": [10, 10]},
        {"trim": [156]},
        {"margins": {"inner": 5, "outer": 20, "top": 20, "bottom": 20}},
        {"font": "Comic"},
        {"parts": ["cover"]},
        {"line_step": 0},
        {"notes": "side"},
    ],
    ids=str,
)
def test_what_makes_no_book_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        make_settings(print=wrong)


def test_the_manual_shows_every_setting() -> None:
    manual = MANUAL.read_text("utf-8")
    for name in PrintSettings.model_fields:
        assert f"`{name}`" in manual, name
    for picture in sorted((MANUAL.parent / "print").glob("*.png")):
        assert f"(print/{picture.name})" in manual
        assert picture.stat().st_size < 80_000
