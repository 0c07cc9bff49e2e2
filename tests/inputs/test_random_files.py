"""Random text with random formatting comes back whole: from the file, and from its TEI."""

from __future__ import annotations

import html
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from makers import archive, word_of

from diplomatic.checking.fidelity import compare, rebuild
from diplomatic.encode import EncodeRequest, encode_transcript
from diplomatic.findings import DiplomaticError
from diplomatic.inputs import read_source
from diplomatic.schema.validate import check_document
from diplomatic.xml.names import NSMAP

LETTERS = st.text(
    st.sampled_from("abc Öжㄱ한.,:;[]()_*#&<>\"'|1-5–…\u00a0"), min_size=1, max_size=12
)
LOOKS = st.sets(st.sampled_from(["b", "i", "u", "strike"]), max_size=3)
RUN = st.tuples(LETTERS, LOOKS)
PARAGRAPH = st.lists(RUN, min_size=1, max_size=5)
BODY = st.lists(PARAGRAPH, min_size=1, max_size=6)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
TAGS = {"b": "b", "i": "i", "u": "u", "strike": "s"}
STYLES = {
    "b": 'fo:font-weight="bold"',
    "i": 'fo:font-style="italic"',
    "u": 'style:text-underline-style="solid"',
    "strike": 'style:text-line-through-style="solid"',
}
ODF = "urn:oasis:names:tc:opendocument:xmlns"

Body = list[list[tuple[str, set[str]]]]


def as_word(body: Body) -> bytes:
    """Return text with formatting as a Word document."""
    made = []
    for paragraph in body:
        runs = (
            f"<w:r><w:rPr>{''.join(f'<w:{look}/>' for look in sorted(looks))}</w:rPr>"
            f'<w:t xml:space="preserve">{html.escape(words)}</w:t></w:r>'
            for words, looks in paragraph
        )
        made.append(f"<w:p>{''.join(runs)}</w:p>")
    return word_of("".join(made))


def as_opendocument(body: Body) -> bytes:
    """Return text with formatting as an OpenDocument text."""
    names = sorted({"".join(sorted(looks)) for paragraph in body for _, looks in paragraph})
    by_name = {
        "".join(sorted(looks)): " ".join(STYLES[look] for look in sorted(looks))
        for paragraph in body
        for _, looks in paragraph
    }
    styles = "".join(
        f'<style:style style:name="x{name}"><style:text-properties {by_name[name]}/></style:style>'
        for name in names
    )
    span = '<text:span text:style-name="x{}">{}</text:span>'.format
    paragraphs = "".join(
        "<text:p>"
        + "".join(span("".join(sorted(looks)), html.escape(words)) for words, looks in paragraph)
        + "</text:p>"
        for paragraph in body
    )
    content = (
        f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
        f' xmlns:style="{ODF}:style:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{paragraphs}</office:text></office:body>"
        "</office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.text"
    return archive({"mimetype": kind, "content.xml": content.encode()})


def as_page(body: Body) -> bytes:
    """Return text with formatting as a web page."""

    def marked(words: str, looks: Iterable[str]) -> str:
        made = html.escape(words)
        for look in sorted(looks):
            made = f"<{TAGS[look]}>{made}</{TAGS[look]}>"
        return made

    paragraphs = ("".join(marked(*run) for run in paragraph) for paragraph in body)
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<meta charset="utf-8"><body>{inner}</body>'.encode()


def visible(words: str) -> str:
    """Return words without blank space."""
    return "".join(words.split())


def comes_back(data: bytes, name: str, body: Body) -> None:
    """See that the words of a file are in its lines, and in its TEI, and that this is valid."""
    words = "".join(words for paragraph in body for words, _ in paragraph)
    if not visible(words):
        return
    source = read_source(data, name)
    assert visible(source.text) == visible(words)
    assert source.layer.findings == []
    encoded = encode_transcript(data, EncodeRequest("d1", name))
    assert compare(source.text, rebuild(encoded.xml, "d1.xml"), name) == []
    errors = [f for f in check_document(encoded.xml, "d1.xml") if f.severity == "error"]
    assert errors == []
    if "[" not in words and "]" not in words:
        struck = {w for p in body for w, looks in p if "strike" in looks and visible(w)}
        text = etree.fromstring(encoded.xml).find("tei:text", NSMAP)
        found = visible("".join(str(e.xpath("string()")) for e in text.iter("{*}del")))
        # A line of signs alone is a rule or an omission, which looks like nothing else.
        assert all(visible(w) in found for w in struck if w.strip().isalpha())


@QUICK
@given(BODY)
def test_a_word_document_comes_back_whole(body):
    comes_back(as_word(body), "x.docx", body)


@QUICK
@given(BODY)
def test_an_opendocument_text_comes_back_whole(body):
    comes_back(as_opendocument(body), "x.odt", body)


@QUICK
@given(BODY)
def test_a_web_page_comes_back_whole(body):
    comes_back(as_page(body), "x.html", body)


@QUICK
@given(st.lists(st.text(st.sampled_from("ab *_~#[]()<>!`|\\-1.\n\t&^:"), max_size=30), max_size=8))
def test_markdown_of_any_kind_loses_no_letter(lines):
    text = "\n".join(lines)
    data = text.encode()
    if not visible(text):
        return
    try:
        source = read_source(data, "x.md")
    except DiplomaticError:  # what is all markup holds no words
        return
    assert source.layer.findings == []
    encoded = encode_transcript(data, EncodeRequest("d1", "x.md"))
    found = compare(source.text, rebuild(encoded.xml, "d1.xml"), "x.md")
    # A bracket over several paragraphs is one element, in which no line can end.
    assert {finding.code for finding in found} <= {"D503"}


TAGS_OF_PAGES = (
    *("p", "div", "b", 'a href="#x"', "table", "tr", "td", "ul", "li", "ol", "nav", "h2", "sup"),
    *("br", "script", "p hidden", 'div class="navbox"', "dl", "dd", "form", "section", "pre"),
)
CLOSING = tuple(f"/{tag.split()[0]}" for tag in TAGS_OF_PAGES)
SOUP = st.lists(
    st.one_of(
        st.sampled_from(TAGS_OF_PAGES + CLOSING).map(lambda tag: f"<{tag}>"),
        st.sampled_from(["harbour ", "[closed] ", "x", "&amp;", " ", "<!-- c -->"]),
    ),
    max_size=30,
)


@QUICK
@given(SOUP)
def test_a_page_of_tags_that_nobody_closed_loses_no_word(parts):
    data = f'<meta charset="utf-8"><p>Start {"".join(parts)} end'.encode()
    source = read_source(data, "x.html")
    assert {finding.code for finding in source.layer.findings} <= {"D427"}
    encoded = encode_transcript(data, EncodeRequest("d1", "x.html"))
    assert compare(source.text, rebuild(encoded.xml, "d1.xml"), "x.html") == []
