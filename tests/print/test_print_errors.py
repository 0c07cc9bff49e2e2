"""What goes wrong in print is said of the TEI element that it is about."""

from __future__ import annotations

import datetime

import pytest
from print_helpers import FIXTURES, TEI

from diplomatic.findings import DiplomaticError
from diplomatic.publish.fonts import FontSet
from diplomatic.publish.print import Press, Source, document_pdf, prepare
from diplomatic.publish.typesetting import Typescript, TypesettingError, typeset


def typescript(body: str) -> Typescript:
    source = f'#import "edition.typ": *\n#show: edition.with(title: "t")\n#{{\n{body}\n}}\n'
    date = datetime.date(2001, 2, 3)
    return Typescript(source, "a4", date, {"tei:d": "<a/>"}, {"d": "d.xml", "": "volume"})


def test_all_errors_are_reported_with_their_elements(fonts: FontSet) -> None:
    body = (
        'document-part("d", title: [t], {\n'
        'para("1", "p1", xref("nowhere", [x])) // @tei /TEI[1]/text[1]/body[1]/p[1] line 9\n'
        'para("2", "p2", xref("nowhere-else", [y])) // @tei /TEI[1]/text[1]/body[1]/p[2] line 10\n'
        "}) // @tei /TEI[1] line 1"
    )
    with pytest.raises(TypesettingError) as caught:
        typeset(typescript(body), fonts)
    findings = caught.value.findings
    assert [finding.code for finding in findings] == ["D734", "D734"]
    assert [str(finding.place) for finding in findings] == ["d.xml:9", "d.xml:10"]
    assert "/TEI[1]/text[1]/body[1]/p[2]" in findings[1].message


def test_the_line_of_the_transcript_is_named(fonts: FontSet, press: Press) -> None:
    body = '<div source="line:40,52"><p source="line:41,43">a</p><p>b \N{GRINNING FACE}</p></div>'
    with pytest.raises(TypesettingError) as caught:
        prepare(Source(TEI.format(body).encode(), "x.xml"), press)
    assert str(caught.value.finding.place) == "x.xml:1 (transcript line 41)"
    record = prepare(Source(TEI.format(body.replace("\N{GRINNING FACE}", "")).encode(), "x"), press)
    assert "/p[1] line 1 transcript 42" in record.typst
    assert "/p[2] line 1 transcript 41" in record.typst
    line = 'xref("nowhere", [x]) // @tei /TEI[1]/text[1] line 9 transcript 4'
    with pytest.raises(TypesettingError) as caught:
        typeset(typescript(line), fonts)
    assert str(caught.value.finding.place) == "volume:9 (transcript line 4)"


def test_a_large_book_is_set_apart_and_its_errors_come_back(fonts: FontSet) -> None:
    line = f'xref("nowhere", [x]) // @tei /TEI[1]/text[1] line 9\n// {"x" * 600_000}'
    with pytest.raises(TypesettingError) as caught:
        typeset(typescript(line), fonts)
    assert [str(finding.place) for finding in caught.value.findings] == ["volume:9"]


def test_a_warning_is_a_failure(fonts: FontSet) -> None:
    body = 'text(font: "No Such Font")[x] // @tei /TEI[1]/text[1] line 3'
    with pytest.raises(TypesettingError) as caught:
        typeset(typescript(body), fonts)
    assert "no such font" in caught.value.finding.message
    assert caught.value.finding.place.line == 3


def test_an_element_without_a_rule_is_reported_and_printed(press: Press) -> None:
    body = "<p>a <egg>word</egg></p>\n<strange>block</strange>"
    record = prepare(Source(TEI.format(body).encode(), "x.xml"), press)
    assert [(f.code, f.place.line) for f in record.findings] == [("D736", 1), ("D736", 2)]
    assert 'text("word")' in record.typst
    assert 'text("block")' in record.typst
    assert document_pdf(record, press)


def test_a_picture_without_words_is_refused(press: Press) -> None:
    body = '<figure><graphic url="map.png"/></figure>'
    with pytest.raises(DiplomaticError) as caught:
        prepare(Source(TEI.format(body).encode(), "x.xml", FIXTURES), press)
    assert "figDesc" in caught.value.finding.message


@pytest.mark.parametrize(
    "address",
    ["gone.png", "../../../../etc/passwd", "https://example.org/a.png", "phenomena.xml", ""],
)
def test_a_picture_that_cannot_be_set(address: str, press: Press) -> None:
    body = f'<p>x</p>\n<figure><graphic url="{address}"/><figDesc>d</figDesc></figure>'
    with pytest.raises(TypesettingError) as caught:
        prepare(Source(TEI.format(body).encode(), "x.xml", FIXTURES), press)
    assert [(f.code, f.place.line) for f in caught.value.findings] == [("D737", 2)]


def test_a_note_that_refers_to_itself_ends(press: Press) -> None:
    note = '<note type="endnote" n="1" xml:id="x-n1">see {}</note>'
    call = '<ref type="noteref" target="#x-n1">[1]</ref>'
    back = f'<back><div type="notes">{note.format(call)}</div></back>'
    source = TEI.format(f"<p>a{call}</p>").replace("</body>", f"</body>{back}")
    record = prepare(Source(source.encode(), "x.xml"), press)
    assert document_pdf(record, press)
