"""Whatever a transcript holds is printed as it is: nothing in it can run as Typst."""

from __future__ import annotations

import os
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from print_helpers import TEI
from tagged import read_structure

from diplomatic.publish.print import Press, Source, document_pdf, prepare

SIGNS = (
    "#$*_`~@\\\"'<>[](){}=+-/^&|:;,.!?%0123456789 abcfiuvTh"
    "\u00a0\u2026\u2014\u2013\u201c\u201dжё김α"
)
EXAMPLES = int(os.environ.get("DIPLOMATIC_EXAMPLES", "12"))
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


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    st.lists(
        st.text(SIGNS, min_size=1, max_size=40).map(str.strip).filter(bool), min_size=1, max_size=20
    )
)
def test_random_strings(plain_press: Press, strings: list[str]) -> None:
    text = squeezed(printed(strings, plain_press))
    for string in strings:
        assert squeezed(f"\u2039{string}\u203a") in text


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
