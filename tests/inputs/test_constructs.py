"""What word processors and web pages can hold, one construct at a time: the lines that come of it.

Each case is the inside of a body and its lines; the proof against the file's own words (D505) and
the proof of fidelity run on every one of them.
"""

from __future__ import annotations

import pytest
from lxml import etree
from makers import RELATIONS, W, archive, word_of

from diplomatic.checking.fidelity import compare, rebuild
from diplomatic.encode import EncodeRequest, encode_transcript
from diplomatic.inputs import read_source
from diplomatic.schema.validate import check_document
from diplomatic.xml.names import NSMAP


def p(*runs: str, pr: str = "") -> str:
    """Return a paragraph of Word; what is no markup is words."""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{pr}</w:pPr>' if pr else ''}{inner}</w:p>"


def r(words: str, pr: str = "") -> str:
    """Return a run of Word."""
    return f'<w:r><w:rPr>{pr}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def box(words: str) -> str:
    """Return a text box as Word writes it: for new programs, and once more for old ones."""
    inner = f"<w:txbxContent>{p(words)}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return (
        f"<w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def table(*rows: str) -> str:
    """Return a table of Word."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def tc(words: str, pr: str = "") -> str:
    """Return a cell of Word."""
    return f"<w:tc><w:tcPr>{pr}</w:tcPr>{p(words) if words else '<w:p/>'}</w:tc>"


def field(instruction: str, words: str) -> str:
    """Return a field of Word with its result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    said = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + said + mark("separate") + r(words) + mark("end")


LISTED = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'.format
WORD = {
    "line-break": (p("Port Sable", "<w:r><w:br/></w:r>", "the harbour"), "Port Sable\nthe harbour"),
    "content-control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>",
        "In a control.",
    ),
    "control-in-a-line": (
        p("Signed ", f"<w:sdt><w:sdtContent>{r('Orlov')}</w:sdtContent></w:sdt>", "."),
        "Signed Orlov.",
    ),
    "text-box-once-after-its-paragraph": (
        p("Before", box("In the box"), " and after."),
        "Before and after.\n\nIn the box",
    ),
    "moved-words": (
        p(
            "We ",
            f'<w:moveFrom w:author="A">{r("soon ")}</w:moveFrom>',
            "go",
            f'<w:moveTo w:author="A">{r(" soon")}</w:moveTo>',
        ),
        "We soon go soon",
    ),
    "smart-tag": (p("In ", f"<w:smartTag>{r('Port Sable')}</w:smartTag>", "."), "In Port Sable."),
    "simple-field": (p("Page ", f'<w:fldSimple w:instr=" PAGE ">{r("4")}</w:fldSimple>'), "Page 4"),
    "symbol": (p("<w:r><w:sym w:char='2605'/></w:r>", " Orlov"), "★ Orlov"),
    "hyphen-that-does-not-break": (p("a", "<w:r><w:noBreakHyphen/></w:r>", "b"), "a\u2011b"),
    "soft-hyphen": (p("har", "<w:r><w:softHyphen/></w:r>", "bour"), "harbour"),
    "empty-paragraphs": (p("One") + "<w:p/><w:p/>" + p("Two"), "One\n\nTwo"),
    "ruby": (
        p(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>kang</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>강</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        ),
        "kang강",
    ),
    "nested-table": (
        table(tc("A") + f"<w:tc>{p('B')}{table(tc('C') + tc('D'))}<w:p/></w:tc>"),
        "A\tB\nC\nD",
    ),
    "frame-of-one-cell": (table(tc("Only a frame.")), "Only a frame."),
    "merged-cells": (
        table(
            tc("Port", '<w:vMerge w:val="restart"/>') + tc("1930", '<w:gridSpan w:val="2"/>'),
            tc("", "<w:vMerge/>") + tc("in") + tc("out"),
        ),
        "Port\t1930\nin\tout",
    ),
    "letters-apart": (p(r("Secret", '<w:spacing w:val="60"/>'), " paper"), "S e c r e t paper"),
    "formula": (p("x is ", "<m:oMath xmlns:m='m'><m:r><m:t>a+b</m:t></m:r></m:oMath>"), "x is a+b"),
}


def tei_of(data: bytes, name: str) -> etree._Element:
    """Return the text of a file's TEI, which is faithful and valid; no word of the file is lost."""
    source = read_source(data, name)
    assert [finding.code for finding in source.layer.findings if finding.code == "D505"] == []
    encoded = encode_transcript(data, EncodeRequest("d1", name))
    assert compare(source.text, rebuild(encoded.xml, "d1.xml"), name) == []
    assert [f for f in check_document(encoded.xml, "d1.xml") if f.severity == "error"] == []
    text = etree.fromstring(encoded.xml).find("tei:text", NSMAP)
    assert text is not None
    return text


def lines_of(data: bytes, name: str) -> str:
    """Return the lines of a file's transcript, once its TEI is proven."""
    tei_of(data, name)
    return read_source(data, name).text.rstrip("\n")


@pytest.mark.parametrize("case", WORD)
def test_a_construct_of_word(case):
    body, lines = WORD[case]
    assert lines_of(word_of(body), "x.docx") == lines


def word_with(body: str, **parts: str) -> bytes:
    """Return a Word document with parts that its text is tied to, by kind."""
    links = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in parts
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    made = {
        f"word/{kind}.xml": f'<w:{kind} xmlns:w="{W}">{inner}</w:{kind}>'.encode()
        for kind, inner in parts.items()
    }
    rels = f'<Relationships xmlns="{package}">{links}</Relationships>'.encode()
    return word_of(body, **made, **{"word/_rels/document.xml.rels": rels})


def numbering(*levels: tuple[str, str]) -> str:
    """Return a list of Word with these levels: the form of its number, the text around it."""
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def test_numbers_are_counted_as_word_shows_them():
    levels = numbering(("decimal", "%1."), ("lowerLetter", "%1.%2)"), ("upperRoman", "%3"))
    words = (("One", 0), ("a", 1), ("b", 1), ("deep", 2), ("Two", 0), ("a again", 1))
    body = "".join(p(said, pr=LISTED(level, 1)) for said, level in words)
    data = word_with(body, numbering=levels)
    expected = "1. One\n1.a) a\n1.b) b\nI deep\n2. Two\n2.a) a again"
    assert lines_of(data, "x.docx") == expected
    labels = [str(e.text) for e in tei_of(data, "x.docx").iter("{*}label")]
    assert labels == [line.split()[0] for line in expected.split("\n")]
    assert len(tei_of(data, "x.docx").findall(".//tei:item/tei:list", NSMAP)) == 3


def test_headings_are_known_by_style_whatever_its_identifier():
    styles = (
        '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Own"><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:styleId="Q"><w:rPr><w:i/></w:rPr></w:style>'
    )
    body = (
        p("Report", pr='<w:pStyle w:val="Own"/>')
        + p("The harbour is closed, and nobody knows why it is.")
        + p("Losses", pr='<w:outlineLvl w:val="1"/>')
        + p("None, says the harbour office of the town.", pr='<w:pStyle w:val="Q"/>')
    )
    text = tei_of(word_with(body, styles=styles), "x.docx")
    assert [str(head.text) for head in text.iter("{*}head")] == ["Report", "Losses"]
    assert text.findtext(".//tei:div/tei:div/tei:head", namespaces=NSMAP) == "Losses"
    assert [str(e.text)[:4] for e in text.iter("{*}hi")] == ["None"]


def test_endnotes_beside_footnotes_have_roman_numbers():
    marks = [f'<w:r><w:{kind}Reference w:id="1"/></w:r>' for kind in ("footnote", "endnote")]
    parts = {
        f"{kind}s": f'<w:{kind} w:id="1">{p(f"The {kind}.")}</w:{kind}>'
        for kind in ("footnote", "endnote")
    }
    data = word_with(p("One", marks[0], " and two", marks[1], "."), **parts)
    assert lines_of(data, "x.docx") == "One[1] and two[i].\n\n[1] The footnote.\n[i] The endnote."
    notes = [(str(e.get("type")), str(e.get("n"))) for e in tei_of(data, "x.docx").iter("{*}note")]
    assert notes == [("footnote", "1"), ("endnote", "i")]


def test_a_note_without_a_mark_is_kept_and_said():
    data = word_with(
        p("No mark here."), footnotes=f'<w:footnote w:id="4">{p("Lost.")}</w:footnote>'
    )
    encoded = encode_transcript(data, EncodeRequest("d1", "x.docx"))
    assert "D405" in [finding.code for finding in encoded.findings]
    assert "Lost." in lines_of(data, "x.docx")


def test_a_link_of_a_field_and_one_that_is_unsafe():
    body = p(
        "See ",
        field('HYPERLINK "https://example.org/a"', "the page"),
        " of ",
        field('HYPERLINK "javascript:alert(1)"', "harm"),
        ".",
    )
    found = tei_of(word_of(body), "x.docx").findall(".//tei:ref", NSMAP)
    assert [(e.get("target"), e.text) for e in found] == [("https://example.org/a", "the page")]


def test_formatting_is_cut_where_it_crosses_a_bracket():
    body = p("He gave ", r("the [no", "<w:b/>"), r("te]", "<w:b/><w:i/>"), r(" away", "<w:i/>"))
    text = tei_of(word_of(body), "x.docx")
    bold = "".join(
        str(e.xpath("string()")) for e in text.iterfind(".//tei:hi[@rend='bold']", NSMAP)
    )
    italic = [str(e.xpath("string()")) for e in text.iterfind(".//tei:hi[@rend='italic']", NSMAP)]
    assert bold == "the note"
    assert italic == ["te", "away"]


OPEN = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{prefix}="{OPEN}:{kind}:1.0"'
    for prefix, kind in (
        *(("office", "office"), ("text", "text"), ("style", "style"), ("table", "table")),
        *(("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")),
    )
)


def open_document(body: str, styles: str = "") -> bytes:
    """Return an OpenDocument text with this as its text."""
    content = (
        f"<office:document-content {NAMES} xmlns:xlink='http://www.w3.org/1999/xlink'"
        " xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.text"
    return archive({"mimetype": kind, "content.xml": content.encode()})


def t(words: str) -> str:
    """Return a paragraph of OpenDocument."""
    return f"<text:p>{words}</text:p>"


NUMBERED = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1"'
    ' style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2"'
    ' style:num-format="a" style:num-suffix=")"/></text:list-style>'
)


def item(inner: str) -> str:
    """Return an item of a list of OpenDocument."""
    return f"<text:list-item>{inner}</text:list-item>"


def changed(key: str, kind: str, inner: str = "") -> str:
    """Return a tracked change of OpenDocument."""
    about = "<office:change-info><dc:creator>A</dc:creator><dc:date>2026-01-02</dc:date>"
    return (
        f'<text:changed-region text:id="{key}"><text:{kind}>{about}</office:change-info>{inner}'
        f"</text:{kind}></text:changed-region>"
    )


OPENED = {
    "blanks-and-breaks": (t("a<text:s text:c='3'/>b\n   c<text:line-break/>d"), "a   b c\nd"),
    "section": (f"<text:section>{t('In a section.')}</text:section>", "In a section."),
    "numbers": (
        "<text:list text:style-name='L'>"
        + item(t("One") + f"<text:list>{item(t('inner'))}</text:list>")
        + item(t("Two") + t("more of two"))
        + "</text:list>",
        "1. One\na) inner\n2. Two\nmore of two",
    ),
    "covered-cells": (
        "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'>"
        f"{t('Both')}</table:table-cell><table:covered-table-cell/></table:table-row>"
        f"<table:table-row><table:table-cell>{t('a')}</table:table-cell>"
        f"<table:table-cell>{t('b')}</table:table-cell></table:table-row></table:table>",
        "Both\na\tb",
    ),
    "deleted-over-two-paragraphs": (
        f"<text:tracked-changes>{changed('c', 'deletion', t('one') + t('two'))}"
        "</text:tracked-changes>" + t("Before <text:change text:change-id='c'/> after."),
        "Before one two after.",
    ),
    "inserted-over-two-paragraphs": (
        f"<text:tracked-changes>{changed('c', 'insertion')}</text:tracked-changes>"
        + t("Old <text:change-start text:change-id='c'/>new")
        + t("all new<text:change-end text:change-id='c'/> old"),
        "Old new\n\nall new old",
    ),
    "text-box": (
        t("A <draw:frame><draw:text-box>" + t("boxed") + "</draw:text-box></draw:frame> b"),
        "A \nboxed\nb",
    ),
    "picture": (
        t(
            "<draw:frame><draw:image/><svg:title>x</svg:title><svg:desc>A plan</svg:desc>"
            "</draw:frame>"
        ),
        "[A plan]",
    ),
    "field": (t("Page <text:page-number>4</text:page-number>"), "Page 4"),
    "link": (t("<text:a xlink:href='https://example.org/'>here</text:a>"), "here"),
}


@pytest.mark.parametrize("case", OPENED)
def test_a_construct_of_opendocument(case):
    body, lines = OPENED[case]
    assert lines_of(open_document(body, NUMBERED), "x.odt") == lines


def test_tracked_changes_of_opendocument_name_who_and_when():
    body, _ = OPENED["inserted-over-two-paragraphs"]
    text = tei_of(open_document(body), "x.odt")
    assert [str(e.xpath("string()")) for e in text.iter("{*}add")] == ["new", "all new"]
    encoded = encode_transcript(open_document(body), EncodeRequest("d1", "x.odt"))
    assert b"A, 2026-01-02: changes tracked" in encoded.xml


PAGE = {
    "blank-space": ("<p>a\n   b <b> c</b></p>", "a b c"),
    "kept-blank-space": ("<pre>a\n  b</pre>", "a\n  b"),
    "line-break": ("<p>a<br>b<br/>c</p>", "a\nb\nc"),
    "list-from-five": ("<ol start=5 type=a><li>x<li>y</ol>", "e. x\nf. y"),
    "item-of-two-paragraphs": ("<ul><li><p>x</p><p>y</p></li><li>z</li></ul>", "• x\ny\n• z"),
    "definitions": ("<dl><dt>Gull</dt><dd>a coaster</dd></dl>", "Gull\n\na coaster"),
    "frame-of-tables": (
        "<table><tr><td>Menu</td><td><table><tr><td>a<td>b</table></td></tr></table>",
        "Menu\n\na\tb",
    ),
    "caption": (
        "<table><caption>Ships</caption><tr><th>N<th>T<tr><td>a<td>b</table>",
        "Ships\n\nN\tT\na\tb",
    ),
    "hidden": ("<p>a <span style='display: none'>x</span>b</p><p hidden>no</p>", "a b"),
    "script-and-style": ("<p>a</p><script>x()</script><style>p{}</style>", "a"),
    "heading-and-quote": ("<h2>H</h2><blockquote><p>q</p></blockquote>", "H\n\nq"),
    "picture": (
        "<figure><img alt='A plan'><figcaption>The plan</figcaption></figure>",
        "[A plan]\n\nThe plan",
    ),
    "inserted-and-deleted": ("<p>a <ins>b</ins> <del>c</del></p>", "a b c"),
    "entities": ("<p>a &amp; b &eacute; &#1084;</p>", "a & b é м"),
    "notes-of-a-word-processor": (
        "<p>Text<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>.</p><hr>"
        "<div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> The note.</p></div>",
        "Text[1].\n\n[1] The note.",
    ),
    "notes-of-a-converter": (
        "<p>Text<a href='#fn1' class='footnote-ref' id='r1'><sup>1</sup></a>.</p>"
        "<section class='footnotes' role='doc-endnotes'><hr><ol><li id='fn1'><p>The note."
        "<a href='#r1' class='footnote-back'>↩</a></p></li></ol></section>",
        "Text[1].\n\n[1] The note.",
    ),
    "link-within-the-page-is-no-note": (
        "<p>See <a href='#two'>below</a>.</p><h2 id='two'>Below</h2><p>Here.</p>",
        "See below.\n\nBelow\n\nHere.",
    ),
}


@pytest.mark.parametrize("case", PAGE)
def test_a_construct_of_a_web_page(case):
    inner, lines = PAGE[case]
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>T</title></head><body>{inner}'
    assert lines_of(page.encode(), "x.html") == lines


def test_a_page_in_another_encoding_is_read_as_it_declares():
    page = '<meta charset="windows-1251"><p>Порт Сэйбл</p>'.encode("cp1251")
    assert lines_of(page, "x.htm") == "Порт Сэйбл"
    assert lines_of("<p>Порт</p>".encode("utf-16"), "x.html") == "Порт"
