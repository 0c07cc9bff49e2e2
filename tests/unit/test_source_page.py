"""The source page: which elements make rows, which lines stand in them, how TEI is shown."""

from pathlib import Path

import pytest
from lxml import html as lxml_html
from test_site import TEI, edition

from diplomatic.findings import DiplomaticError
from diplomatic.publish.site import publish_site
from diplomatic.publish.source_page import fill
from diplomatic.publish.source_rows import Source, source_of

DIVISION = "<div source='line:0,3'><head source='line:0,1'/><p source='line:2,3'/></div>"
PATTERN = (
    '{row}<div id="\ue000" title="%">{anchor}<b id="\ue000"/>{anchor}{text}<ul>'
    "{lines}<li>{line}\ue000.\ue001.\ue002{line}</li>{lines}</ul><pre>{tei}</pre></div>"
    "{page}<p>"
)


class Places(dict[str, str]):
    """The open places of a page by what they are for, as the stylesheet marks them."""

    def __init__(self, source: Source) -> None:
        self.mark = source.mark

    def __missing__(self, kind: str) -> str:
        return f"<?{self.mark} {kind}>"


def filled(source: Source, rest: str) -> str:
    """Fill a page that begins with the pattern."""
    return fill((PATTERN + rest).format_map(Places(source)), source, "a.xml")


@pytest.mark.parametrize(
    ("body", "transcript", "elements", "shown"),
    [
        ("<p>x</p>", "one\ntwo", "", [[1, 2]]),
        ("<p source='line:0,1'>x</p>", "one", "1", [[1], []]),
        ("<p source='line:1,2'>x</p>", "\none\n\ntwo", "1", [[1, 2, 3], [4]]),
        ("<p source='line:1,2'>x</p><p source='line:0,1'>y</p>", "a\nb", "2 1", [[1], [2], []]),
        ("<p source='line:0,2'>x</p><p source='line:1,3'>y</p>", "a\nb\nc", "1 2", [[1, 2, 3], []]),
        # What is in an element makes rows only if it has all of its lines.
        (DIVISION, "a\n\nc", "2 3", [[1, 2], [3], []]),
        (DIVISION, "a\nb\nc", "1", [[1, 2, 3], []]),
        # Lines that are not there (the transcript became shorter), and no lines at all.
        ("<p source='line:0,999999999'>x</p><p source='line:7,8'/>", "a", "1 2", [[1], [], []]),
        ("<p source='line:3,1'>x</p><p source='line:a,b'/><p source='x'/>", "a", "", [[1]]),
    ],
)
def test_each_line_has_its_row(
    body: str, transcript: str, elements: str, shown: list[list[int]]
) -> None:
    source = source_of(TEI.format(id="a", body=body).encode(), transcript, "a.xml")
    assert source.parameters["source-elements"] == elements
    assert source.parameters["lines-left"] == bool(shown[-1])
    assert source.shown == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            "<p source='line:0,1' n='\"'>a &amp; b</p>",
            '<p source="line:0,1" n="&quot;">a &amp; b</p>',
        ),
        # Namespaces are understood; what only looks like one stays.
        (
            "<x:p xmlns:x='urn:x' source='line:0,1'><y xmlns='urn:y'/> xmlns=\"z\""
            '<!-- xmlns:a="b" --></x:p>',
            '<x:p source="line:0,1"><y/> xmlns="z"<!-- xmlns:a="b" --></x:p>',
        ),
        # The label of an item stands before it, and before what it begins with.
        (
            "<list><label>1.</label><item source='line:0,1'>a</item></list>",
            '<label>1.</label>\n<item source="line:0,1">a</item>',
        ),
        (
            "<list><label>1.</label><!-- x --><item><p source='line:0,1'>a</p></item></list>",
            '<label>1.</label>\n<p source="line:0,1">a</p>',
        ),
        (
            "<list><label>1.</label><item><p>b</p><p source='line:0,1'>a</p></item></list>",
            '<p source="line:0,1">a</p>',
        ),
    ],
)
def test_tei_is_shown_as_the_file_has_it(body: str, shown: str) -> None:
    source = source_of(TEI.format(id="a", body=body).encode(), "a<\x07\ue002", "a.xml")
    page = filled(source, "{element}{text}%{end}</p>")
    escaped = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    row = f'<div id="row-1" title="%">%<ul><li>1.0.a&lt;␇\ue002</li></ul><pre>{escaped}</pre></div>'
    assert page == f"<p>{row}</p>"


def test_a_row_has_the_anchors_of_its_elements_and_the_rest_has_lines() -> None:
    body = "<p source='line:1,2'/><p source='line:1,2'/><p source='line:1,2'/>"
    source = source_of(TEI.format(id="a", body=body).encode(), "x\n\n", "a.xml")
    texts = '{element}{text}A<?element >{element}p1{text}B{element}p"2{text}C{end}<i>{rest}</i>'
    page = filled(source, texts)
    row = '<div id="p1" title="%"><b id="p&quot;2"/>A<?element >BC<ul><li>2.1.</li></ul>'
    assert page.startswith(f"<p>{row}<pre>&lt;p")
    assert page.endswith("</div><i><li>1.0.x</li></i>")


def test_a_pattern_of_another_kind_is_told() -> None:
    source = source_of(TEI.format(id="a", body="<p/>").encode(), "a", "a.xml")
    with pytest.raises(DiplomaticError, match="D702"):
        fill(f"<?{source.mark} row><ul/><?{source.mark} page><p/>", source, "a.xml")


MODULE = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    ' xmlns:m="urn:diplomatic:mode" xmlns:tei="http://www.tei-c.org/ns/1.0"'
    ' exclude-result-prefixes="#all">{}</xsl:stylesheet>'
)
STOPS = (
    '<xsl:template match="tei:{}" mode="{}" priority="9">'
    '<xsl:message terminate="yes">no</xsl:message></xsl:template>'
)
OWN = '<xsl:template match="/"><html><body data-pagefind-body="">mine</body></html></xsl:template>'


@pytest.mark.parametrize(
    ("file", "module", "said", "has"),
    [
        # A page that stops takes no other with it.
        ("html/own.xsl", STOPS.format("p", "m:row-text"), ["D702"], {"a.html"}),
        ("html/own.xsl", STOPS.format("TEI", "m:main"), ["D702"], {"a.source.html"}),
        # An entry of one's own has no source page: then it is the program's.
        ("html.xsl", OWN, [], {"a.html", "a.source.html"}),
    ],
)
def test_both_pages_stand_for_themselves(
    tmp_path: Path, file: str, module: str, said: list[str], has: set[str]
) -> None:
    made = edition(tmp_path, a="<p source='line:0,1'>One.</p>")
    made.sources_dir.mkdir()
    (made.sources_dir / "a.txt").write_text("One.\n", "utf-8")
    path = tmp_path / "xslt" / file
    path.parent.mkdir(parents=True)
    path.write_text(MODULE.format(module), "utf-8")
    assert [finding.code for finding in publish_site(made).findings] == said
    assert {path.name for path in made.html_dir.glob("a.*html")} == has
    if "a.source.html" in has:
        tree = lxml_html.parse(str(made.html_dir / "a.source.html"))
        assert tree.xpath("string(//*[@class='row-text'])").endswith("One.")
        assert tree.xpath("string(//li[@id='L1']/span)") == "One."
