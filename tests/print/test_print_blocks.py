"""How single things are set, by the calls that the stylesheets make of small papers."""

from __future__ import annotations

from itertools import pairwise

import pymupdf
import pytest
from print_helpers import TEI

from diplomatic.publish.print import Press, Source, document_pdf, prepare

MM = 72 / 25.4
SEAL = '<stamp type="office"><seg type="caption" resp="#tr">seal.</seg>{}</stamp>'
# By name: a body, what its Typst holds, in this order, and what it does not hold.
CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "seal-without-words": (
        f"<closer>{SEAL.format('')}</closer>",
        ['plain-line({ text("["); aside({ text("seal.") }); text("]") })'],
        ["stamp("],
    ),
    "seal-with-words": (f"<closer>{SEAL.format('CHANCERY')}</closer>", ["stamp(", "CHANCERY"], []),
    "page-number-between-items": (
        "<list><label>1.</label><item>one</item><pb n='7'/><fw type='pageNum'>[page 7]</fw>"
        "<label>2.</label><item>two</item></list>",
        ['"one"', "page-line(", '"[page 7]"', '"two"'],
        ["page-mark"],
    ),
    "page-number-in-a-line": (
        "<p>one <pb n='7'/><fw type='pageNum'>[page 7]</fw> two</p>",
        ['"one "', 'residue({ text("[page 7]") })', '" two"'],
        ["page-mark"],
    ),
    "page-before-a-paragraph": (
        "<p>one</p><pb n='7'/><p>two</p>",
        ['"one"', '{ page-mark("7"); text("two") }'],
        ["plain-line"],
    ),
    "page-before-all": ("<pb n='6'/><p>one</p>", ['"one"'], ["page-mark"]),
    "signatures-in-a-row": (
        "<closer><signed>A.</signed><signed>B.</signed></closer>",
        ['signed({ text("A.") })', 'signed({ text("B.") }, further: true)'],
        [],
    ),
    "postscript": (
        "<postscript><label>P.S.</label><p>More.</p><ab>typed</ab></postscript>",
        ['plain-line({ text("P.S.") })', 'text("More.")', "office-lines({"],
        [],
    ),
    "head-of-a-list": (
        "<list><head>Copies</head><item>one</item></list>",
        ['plain-line({ text("Copies") })', "labelled-list("],
        [],
    ),
    "greek-letters-beside-lettered-notes": (
        '<p>a<gap reason="illegible"/> b<note type="footnote" n="a">c</note></p>',
        ['fn("\u03b1"', 'fn("a"'],
        [],
    ),
    "letters-beside-numbered-notes": (
        '<p>a<gap reason="illegible"/> b<note type="footnote" n="1">c</note></p>',
        ['fn("a"', 'fn("1"'],
        [],
    ),
    "a-paragraph-from-right-to-left": (
        '<p xml:lang="he">\u05d0 <foreign xml:lang="en">b</foreign></p>',
        ['in-language("he", {', "para(", "around: rtl, turned: ltr", "rtl: true"],
        [],
    ),
    "words-from-right-to-left": (
        '<p>a <foreign xml:lang="he">\u05d0</foreign> <foreign xml:lang="ru">\u0436</foreign></p>',
        ['foreign("he", { upright(text("\u05d0")) }, turned: rtl)', 'foreign("ru", {'],
        ["around"],
    ),
    "a-transliteration-runs-as-its-letters-do": (
        '<p>a <foreign xml:lang="he-Latn">shalom</foreign></p>',
        ['foreign("he", divide: false, { text("shalom") })'],
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_block(name: str, press: Press) -> None:
    body, wanted, unwanted = CASES[name]
    source = Source(TEI.format(body).encode(), "x.xml")
    # The places that end each line of Typst have words of their own.
    lines = prepare(source, press).typst.split("\n")
    typst = "\n".join(line.partition(" // @tei ")[0] for line in lines)
    typst = " ".join(typst.split())
    position = 0
    for each in wanted:
        found = typst.find(each, position)
        assert found >= 0, f"{each} not in, or not in order: {typst}"
        position = found
    assert [each for each in unwanted if each in typst] == []


def test_an_opening_is_not_parted_from_its_text(press: Press) -> None:
    """Heading, dateline and salutation go overleaf with the first lines of their paper."""
    prose = "<p>" + "words of a long paper " * 60 + "</p>"
    opener = "<opener><dateline>Port Sable</dateline><salute>Sir!</salute></opener>"
    letter = f'<div type="letter"><head>Second letter</head>{opener}{prose}</div>'
    for lines in range(14, 22):
        filler = "".join("<p>x</p>" for _ in range(lines))
        body = f'<div type="letter">{prose}{filler}</div>{letter}'
        record = prepare(Source(TEI.format(body).encode(), "x.xml"), press)
        with pymupdf.open(stream=document_pdf(record, press)) as opened:
            pages = [page.get_text() for page in opened]
        (page,) = [page for page in pages if "Second letter" in page]
        assert "words of a long paper" in page.partition("Sir!")[2]


def test_a_wide_table_keeps_within_its_page(press: Press) -> None:
    """Twelve columns are set in smaller type: no word lies on another, none in the margin."""
    head = "".join(f"<cell>Column{n}</cell>" for n in range(12))
    row = "".join(f"<cell>{n}12,345</cell>" for n in range(12))
    body = f"<table><row role='label'>{head}</row>{f'<row>{row}</row>' * 60}</table>"
    record = prepare(Source(TEI.format(body).encode(), "x.xml"), press)
    assert "((7, true, ), (7, true, )" in " ".join(record.typst.split())
    with pymupdf.open(stream=document_pdf(record, press)) as opened:
        words = [(page.number, *word[:5]) for page in opened for word in page.get_text("words")]
        width = opened[0].rect.width
    cells = sorted(word for word in words if word[5].startswith("Column") or "2,345" in word[5])
    assert len([word for word in cells if word[5] == "Column0"]) == 2, "the head is said overleaf"
    assert all(
        left > 45 * MM - 1 and right < width - 40 * MM + 1 for _, left, _, right, *_ in cells
    )
    lines: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for page, left, top, right, _, _ in cells:
        lines.setdefault((page, round(top)), []).append((left, right))
    for line in lines.values():
        assert all(a[1] <= b[0] + 0.5 for a, b in pairwise(sorted(line)))
