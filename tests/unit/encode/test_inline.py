"""Words with their spans as mixed content."""

from __future__ import annotations

import pytest
from lxml import etree

from diplomatic.encode.identifiers import Identifiers
from diplomatic.encode.inline import Inline, append_text, fitting
from diplomatic.transcript.spans import Added, Node, Span
from diplomatic.xml.names import tei


def written(text: str, *spans: Span) -> str:
    """Return a paragraph as a string, without the namespace."""
    element = etree.Element(tei("p"), nsmap={None: "http://www.tei-c.org/ns/1.0"})  # type: ignore[dict-item]
    inline = Inline(text, Identifiers("d1"))
    inline.note_targets = frozenset("1")
    inline.write(element, 0, len(text), spans)
    return etree.tostring(element, encoding="unicode").partition(">")[2].removesuffix("</p>")


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("a b", [], "a b"),
        ("a\nb", [], "a<lb/>b"),
        ("a \n\n b", [], "a<lb/>b"),
        ("a\u2028b\ufeffc", [], "a<lb/>b c"),
        ("a & <b>", [], "a &amp; &lt;b&gt;"),
        (
            "to [him] it",
            [Span(3, 8, "supplied", {"resp": "#tr"}, ((3, 4), (7, 8)))],
            'to <supplied resp="#tr">him</supplied> it',
        ),
        (
            "Cde. L",
            [
                Span(0, 4, "choice", after=(Added("expan", "Comrade"),), firm=False),
                Span(0, 4, "abbr", firm=False),
            ],
            "<choice><abbr>Cde.</abbr><expan>Comrade</expan></choice> L",
        ),
        (
            "[x\ny]",
            [Span(0, 5, "gap", {}, ((0, 1), (4, 5))), Span(1, 4, "desc")],
            "<gap><desc>x y</desc></gap>",
        ),
        (
            "a[1]",
            [Span(1, 4, "ref", {"type": "noteref", "n": "1"})],
            'a<ref type="noteref" xml:id="d1-r1" target="#d1-n1">[1]</ref>',
        ),
        (
            "a[2]",
            [Span(1, 4, "ref", {"type": "noteref", "n": "2"})],
            'a<ref type="noteref" xml:id="d1-r1">[2]</ref>',
        ),
        ("a", [Span(0, 1, "term", {"xml:id": "@0"})], '<term xml:id="d1-t1">a</term>'),
        ("a  b", [Span(1, 3, "name")], "a  b"),
    ],
)
def test_write(text: str, spans: list[Span], expected: str) -> None:
    assert written(text, *spans) == expected


def test_what_an_element_cannot_hold_gives_way_to_what_is_inside() -> None:
    nodes = [Node(Span(0, 9, "name"), [Node(Span(0, 9, "desc"), [])])]
    assert [node.span.name for node in fitting("gap", nodes)] == ["desc"]
    assert fitting("p", nodes) == nodes


def test_text_is_appended_after_everything() -> None:
    element = etree.fromstring("<p>a<b/>c</p>")
    append_text(element, "d")
    append_text(element, "")
    assert etree.tostring(element) == b"<p>a<b/>cd</p>"
