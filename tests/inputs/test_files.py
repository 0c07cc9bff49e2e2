"""Word, OpenDocument, Markdown and web pages: what becomes of them, as TEI to be read in review."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from makers import letter_in_opendocument, report_in_word

from diplomatic.checking.fidelity import compare, rebuild
from diplomatic.encode import Encoded, EncodeRequest, encode_transcript
from diplomatic.inputs import read_source
from diplomatic.schema.validate import check_document
from diplomatic.xml.names import NSMAP

HERE = Path(__file__).parent
MADE = {"report.docx": report_in_word, "letter.odt": letter_in_opendocument}
NAMES = [*MADE, *sorted(path.name for path in (HERE / "files").iterdir())]


@cache
def data_of(name: str) -> bytes:
    return MADE[name]() if name in MADE else (HERE / "files" / name).read_bytes()


@cache
def encoded(name: str) -> Encoded:
    return encode_transcript(data_of(name), EncodeRequest("d1", name))


def found(name: str, path: str) -> list[str]:
    """Return the words of elements, as XPath finds them."""
    nodes = etree.fromstring(encoded(name).xml).xpath(path, namespaces=NSMAP)
    return [node if isinstance(node, str) else str(node.xpath("string()")) for node in nodes]


@pytest.mark.parametrize("name", NAMES)
def test_the_tei_of_a_file_is_as_in_review(name, update_golden):
    text = etree.fromstring(encoded(name).xml).find("tei:text", NSMAP)
    findings = "".join(
        f"<!-- {f.code} {f.place}: {f.message} -->\n" for f in encoded(name).findings
    )
    shown = findings + etree.tostring(text, encoding="unicode").replace(" xmlns=", "\n  xmlns=")
    golden = HERE / "golden" / f"{name}.xml"
    if update_golden:
        golden.write_text(shown.rstrip() + "\n", "utf-8")
    assert shown.rstrip() + "\n" == golden.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_and_all_is_valid(name):
    source = read_source(data_of(name), name)
    # No D505: the lines hold the words of the file, which other code took from it.
    assert {finding.code for finding in source.layer.findings} <= {"D427"}
    assert compare(source.text, rebuild(encoded(name).xml, "d1.xml"), name) == []
    assert check_document(encoded(name).xml, "d1.xml") == []


@pytest.mark.parametrize(("name", "number"), [("report.docx", 3), ("letter.odt", 1)])
def test_every_note_is_tied_to_its_mark(name, number):
    targets = found(name, "//tei:ref[@type='noteref']/@target")
    assert len(targets) == number
    assert targets == [f"#{key}" for key in found(name, "//tei:note[@type='footnote']/@xml:id")]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("//tei:hi[@rend='bold']/tei:hi[@rend='italic']", ["the storm"]),
        ("//tei:del[@rend='strikethrough']", ["is gone"]),
        ("//tei:del[@hand='#hand1']", ["three"]),
        ("//tei:add[@hand='#hand1']", ["four"]),
        ("//tei:hi[@rend='letterspaced']", ["Harbour", "Board"]),
        ("//tei:note[@resp='#ed']", ["Which board is meant? (A. Editor)"]),
        ("//tei:row[@role='label']/tei:cell", ["Pier", "Built", "Lost"]),
        ("//tei:item/tei:list/tei:item", ["oak", "pine"]),
        ("//tei:div[@type='section']/tei:head", ["Losses", "What is asked"]),
        ("//tei:figure/tei:figDesc", ["Plan of the north pier"]),
        ("//tei:ref[@type='link']/@target", ["https://example.org/tables?a=1&b=2"]),
        ("//tei:pb[not(preceding-sibling::node()/self::tei:p)]/..", ["We shall write again."]),
        ("//tei:supplied", ["partly"]),
        ("//tei:div[@type='furniture']/tei:ab", ["TOP SECRET"]),
        (
            "//tei:handNote",
            ["M. Sand, 2026-03-04: changes tracked in the file of the transcript"],
        ),
    ],
)
def test_what_word_knows_is_in_the_tei(path, words):
    assert found("report.docx", path) == words


def test_a_typed_note_and_a_real_one_of_one_number_stay_apart():
    from makers import word_of

    real = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = "".join(
        f"<w:p><w:r><w:t>{words}</w:t></w:r>{mark}</w:p>"
        for words, mark in (
            ("He saw the typed note.[1] And the real one", real),
            ("This is a paragraph of some length, which ends as all of them do, here.", ""),
            ("Notes", ""),
            ("[1] The typed one.", ""),
        )
    )
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kinds}/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="2"><w:p><w:r><w:t>The real one.</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    parts = {
        "word/_rels/document.xml.rels": rels.encode(),
        "word/footnotes.xml": notes.encode(),
    }
    made = encode_transcript(word_of(body, **parts), EncodeRequest("d1", "x.docx"))
    root = etree.fromstring(made.xml)
    words = {
        str(mark.get("target"))[1:]: str(mark.tail or "")
        for mark in root.iterfind(".//tei:ref[@type='noteref']", NSMAP)
    }
    notes_by_id = {
        str(note.xpath("@xml:id")[0]): str(note.xpath("string()"))
        for note in root.iterfind(".//tei:note", NSMAP)
    }
    assert notes_by_id == {"d1-n1": "[1] The typed one.", "d1-nf1": "[1] The real one."}
    assert words == {"d1-n1": " And the real one", "d1-nf1": ""}
