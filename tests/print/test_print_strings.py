"""Whatever a transcript holds is printed as it is: nothing in it can run as Typst."""

from __future__ import annotations

import os
import random
import re
from xml.sax.saxutils import escape

import pytest
from print_helpers import TEI
from tagged import read_structure

from diplomatic.publish.print import Press, Source, document_pdf, prepare

SIGNS = (
    "#$*_`~@\\\"'<>[](){}=+-/^&|:;,.!?%0123456789 abcfiuvTh"
    "\u00a0\u2026\u2014\u2013\u201c\u201dжё김α"
)
# How many times two thousand strings are tried; more with DIPLOMATIC_EXAMPLES.
SEEDS = int(os.environ.get("DIPLOMATIC_EXAMPLES", "1"))
# What follows the text on the page.
ENDING = re.compile("Source[^›]*$")
HOSTILE = [
    '#import "edition.typ"',
    '") #panic("x") //',
    "\\u{41}\\n\\",
    "#{ sys.inputs }",
    "$ sum $ *b* _i_ `c` @p1 <p1> = h - l + e / t: d",
    "// comment /* comment */",
    "a^2 ^unknown *co-author --- ... -? ~ 'q' \"q\"",
    "https://example.org/#x",
    "ffi fl Th ij \ufb01",
]


def printed(strings: list[str], press: Press) -> str:
    body = "".join(f"<p>\u2039{escape(string)}\u203a</p>" for string in strings)
    source = Source(TEI.format(body).encode(), "x.xml")
    record = prepare(source, press)
    return read_structure(document_pdf(record, press)).text()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("string", HOSTILE)
def test_hostile_strings(string: str, plain_press: Press) -> None:
    assert squeezed(f"\u2039{string}\u203a") in squeezed(printed([string], plain_press))


def random_strings(seed: int) -> list[str]:
    """Return two thousand strings of signs and letters, the same for the same seed."""
    chance = random.Random(seed)
    strings = ("".join(chance.choices(SIGNS, k=chance.randint(1, 40))).strip() for _ in range(2400))
    return [string for string in strings if string][:2000]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_two_thousand_random_strings(plain_press: Press, seed: int) -> None:
    strings = random_strings(seed)
    assert len(strings) == 2000
    text = ENDING.split(squeezed(printed(strings, plain_press)))[0]
    found = re.findall("(\\d*)‹([^‹›]*)›", text)
    assert [string for _, string in found] == list(map(squeezed, strings))
    assert [number for number, _ in found] == [str(n) for n in range(1, 2001)]


def test_latin_keeps_its_u(press: Press) -> None:
    """EB Garamond draws v for u in Latin, if it is let: the shapes are compared."""
    plain, latin = (
        document_pdf(prepare(Source(TEI.format(body).encode(), "x.xml"), press), press)
        for body in ("<p>casus</p>", '<p><foreign xml:lang="la">casus</foreign></p>')
    )
    assert glyphs(plain) == glyphs(latin)


def glyphs(data: bytes) -> list[tuple[int, ...]]:
    """Return the glyph numbers of the fonts of a PDF, by their subsets."""
    from io import BytesIO

    import pikepdf
    from fontTools.ttLib import TTFont

    found = []
    with pikepdf.open(BytesIO(data)) as opened:
        for font in opened.pages[0].Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            stream = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
            subset = TTFont(BytesIO(stream.read_bytes()))
            lengths = [
                len(subset["glyf"][name].getCoordinates(subset["glyf"])[0])
                for name in subset.getGlyphOrder()
            ]
            found.append(tuple(lengths))
    return sorted(found)
