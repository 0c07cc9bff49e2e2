"""Nothing of a text is dropped, and nothing is printed twice, whatever elements it uses."""

import re
from collections import Counter

import pytest
from lxml import html as lxml_html

from .conftest import document, render

# Elements of TEI by where the Guidelines allow them; no list is complete, on purpose: the last of
# each is no element of TEI at all.
PHRASES = (
    "abbr", "add", "addName", "affiliation", "am", "author", "biblScope", "c", "catchwords",
    "cit", "code", "corr", "damage", "date", "del", "desc", "distinct", "editor",
    "email", "emph", "ex", "expan", "foreign", "forename", "formula", "g", "genName", "geogFeat",
    "geogName", "gi", "gloss", "heraldry", "hi", "ident", "idno", "lang", "locus", "material",
    "measure", "mentioned", "metamark", "mod", "name", "nameLink", "num", "objectType",
    "orgName", "orig", "origDate", "origPlace", "persName", "placeName", "pubPlace", "publisher",
    "q", "quote", "redo", "reg", "region", "restore", "retrace", "roleName", "rs", "s", "said",
    "secl", "seg", "settlement", "sic", "signatures", "soCalled", "stage", "stamp", "supplied",
    "surname", "surplus", "surroundedBy", "term", "textLang", "time", "title", "unclear", "undo",
    "unknown", "val", "w", "watermark", "width",
)  # fmt: skip
BLOCKS = (
    "ab", "abstractless", "argument", "bibl", "byline", "castList", "cit", "closer", "dateline",
    "div", "docAuthor", "docDate", "docImprint", "docTitle", "eg", "epigraph", "floatingText",
    "fw", "head", "imprimatur", "l", "label", "lg", "list", "listBibl", "listPerson", "mystery",
    "opener", "p", "postscript", "q", "quote", "salute", "signed", "sp", "stage", "table",
    "titlePage", "trailer",
)  # fmt: skip
MEMBERS = [
    ("list", "item"), ("list", "label"), ("list", "head"), ("list", "trailer"), ("lg", "l"),
    ("lg", "head"), ("sp", "speaker"), ("sp", "p"), ("table", "head"), ("table", "trailer"),
    ("row", "cell"), ("row", "data"), ("figure", "head"), ("figure", "figDesc"), ("figure", "p"),
    ("listBibl", "bibl"), ("listBibl", "head"), ("listBibl", "biblStruct"), ("bibl", "title"),
    ("castList", "castItem"), ("opener", "salute"), ("closer", "signed"), ("postscript", "label"),
    ("postscript", "p"), ("floatingText", "body"), ("quote", "p"), ("note", "p"), ("cit", "quote"),
    ("address", "addrLine"), ("div", "head"), ("titlePage", "docTitle"),
]  # fmt: skip


def count_words(body: str) -> Counter[str]:
    """Return how often each invented word (w1, w2 …) is on the page, apart from its apparatus."""
    page = render(document(body))
    tree = lxml_html.document_fromstring(page.html)
    for again in tree.xpath(
        "//*[@id='apparatus' or @id='names' or @class='rail' or @id='contents']"
    ):
        again.getparent().remove(again)
    return Counter(re.findall(r"w\d+", " ".join(tree.xpath("//main//text()"))))


def expected(body: str) -> Counter[str]:
    """Return each invented word once."""
    return Counter(set(re.findall(r"w\d+", body)))


@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_is_shown_once(name: str) -> None:
    body = (
        f"<body><div><head>w1 <{name}>w2</{name}></head><p>w3 <{name}>w4 <hi>w5</hi> w6</{name}>"
        f" w7</p><list><item><{name}>w8</{name}></item></list><ab><{name}>w9</{name}></ab>"
        f"<p><persName ref='#x'>w10 <{name}>w11</{name}></persName></p></div></body>"
    )
    assert count_words(body) == expected(body)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_shown_once(name: str) -> None:
    body = (
        f"<front><{name}>w1</{name}></front>"
        f"<body><p>w2</p><{name}>w3</{name}><div><{name}>w4 <hi>w5</hi></{name}><p>w6</p></div>"
        f"<div><p>w7<{name}>w8</{name}w>w9</p></div></body><back><{name}>w10</{name}></back>"
    ).replace("w>w9", ">w9")
    assert count_words(body) == expected(body)


@pytest.mark.parametrize(("parent", "child"), MEMBERS)
def test_a_member_is_shown_once(parent: str, child: str) -> None:
    body = (
        f"<body><div><p>w1</p><{parent}>w2<{child}>w3</{child}><{child}>w4 <hi>w5</hi></{child}>"
        f"w6</{parent}><p>w7<{parent}><{child}>w8</{child}></{parent}>w9</p></div></body>"
    )
    assert count_words(body) == expected(body)


@pytest.mark.parametrize("kind", ["notes", "rights", "notice", "abstract", "furniture", "other"])
def test_matter_before_and_after_the_text_is_shown_once(kind: str) -> None:
    body = (
        f"<front><div type='{kind}'><head>w1</head><p>w2</p></div></front><body><p>w3</p></body>"
        f"<back><div type='{kind}'><head>w4</head><p>w5</p><note n='1'>w6</note></div></back>"
    )
    assert count_words(body) == expected(body)


def test_every_member_of_a_choice_can_be_read() -> None:
    body = (
        "<body><p><choice><sic>w1</sic><corr resp='#ed'>w2</corr></choice>"
        "<choice><sic>w3</sic><corr resp='#tr'>w4</corr></choice>"
        "<choice><abbr>w5</abbr><expan>w6</expan></choice></p></body>"
    )
    assert count_words(body) == expected(body)
