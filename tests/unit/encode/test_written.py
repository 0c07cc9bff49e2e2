"""Files as they are written: given back character for character, changed only where asked."""

from __future__ import annotations

import pytest

from diplomatic.encode.written import Kind, read_written, retag
from diplomatic.findings import DiplomaticError

FILES = {
    "signs of XML where they mean nothing": "<a><!-- <b> & ' --><?c <d> ?><![CDATA[<e> ]] f]]></a>",
    "quotation marks and signs in attributes": """<a b='"x" > y'  c = "it's">t</a>""",
    "tags over several lines": '<a\n  b="1"\n>\n  <c\n/>\n</a >\n',
    "what stands before and after": '<?xml version="1.0"?>\n<!-- b -->\n<a>t</a>\n<!-- c -->\n',
    "references": "<a>x&#160;y &amp;&lt;&#x2014; z</a>",
    "an empty element in two ways": "<a><b/><b></b></a>",
    "blank space of every kind": "<a>\t x \r\n y\u00a0z  </a>",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_given_back(text, encoding):
    data = text.encode(encoding)
    assert read_written(data, "x").write() == data


def test_another_encoding_is_kept():
    data = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<a>é</a>'.encode("latin-1")
    file = read_written(data, "x")
    file.root.children[0].raw = "é—"
    assert file.write().endswith(b"<a>\xe9&#8212;</a>")


def test_words_and_elements_with_the_blank_before_each():
    root = read_written(b"<p>He <hi>came</hi>, and\n left </p>", "x").root
    assert [(child.before, child.raw) for child in root.children] == [
        ("", "He"),
        (" ", "<hi>"),
        ("", ","),
        (" ", "and"),
        ("\n ", "left"),
    ]
    assert root.last == " "
    assert root.words() == "He came, and left"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<p>a  b</p>", "<p>a\nb</p>", True),
        ("<p>a b</p>", "<p>ab</p>", False),
        ("<p>a<b/> c</p>", "<p>a <b/> c</p>", False),
        ("<d><p/><p/></d>", "<d>\n  <p/>\n  <p></p>\n</d>", True),
        ("<p n='1' m='2'/>", '<p m="2"  n="1"></p>', True),
        ("<p source='line:1,2'/>", "<p source='line:3,4'/>", True),
        ("<p>a</p>", "<p>a<!-- c --></p>", False),
        ("<p>&#97; &amp;</p>", "<p>a &#38;</p>", True),
    ],
)
def test_what_says_the_same(one, other, same):
    keys = {read_written(text.encode(), "x").root.key for text in (one, other)}
    assert (len(keys) == 1) is same


@pytest.mark.parametrize(
    ("raw", "attributes", "expected"),
    [
        ("<p n='1'  m=\"2\">", {"n": "3", "m": "2"}, "<p n='3'  m=\"2\">"),
        ("<p n='1'>", {"n": "it's"}, "<p n='it&apos;s'>"),
        ('<p n="1" m="2"/>', {"m": "2"}, '<p m="2"/>'),
        ("<p>", {"n": "a & b"}, '<p n="a &amp; b">'),
        ("<p\n  n='1' />", {"n": "1", "m": "2"}, "<p\n  n='1' m=\"2\"/>"),
    ],
)
def test_a_tag_is_changed_only_where_it_must_be(raw, attributes, expected):
    assert retag(raw, "p", attributes) == expected


def test_a_tag_may_get_another_name():
    assert retag('<p n="1">', "ab", {"n": "1"}) == '<ab n="1">'


def test_what_is_no_xml_is_refused():
    with pytest.raises(DiplomaticError):
        read_written(b"<a>", "x")


def test_where_a_node_stands():
    file = read_written("<a>\n  <b>ш c</b></a>".encode(), "x")
    word = file.root.children[0].children[1]
    assert (word.kind, file.spot(word)) == (Kind.WORD, (2, 8))
