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


# Whole texts of kinds that this project does not encode.
KINDS = {
    "drama": "<front><castList><castItem><role>w1</role> <roleDesc>w2</roleDesc></castItem>"
    "<castGroup><head>w3</head><castItem>w4</castItem></castGroup></castList><set><p>w5</p></set></front><body>"
    "<div type='act'><head>w6</head><stage>w7</stage><sp><speaker>w8</speaker><l part='I'>w9</l>"
    "<stage>w10</stage><lg><l>w11 <caesura/> w12</l></lg></sp><spGrp><sp><ab>w13</ab></sp></spGrp>"
    "<camera>w14</camera></div></body>",
    "dictionary": "<body><entry><form><orth>w1</orth><pron>w2</pron></form><gramGrp><pos>w3</pos>"
    "</gramGrp><sense n='1'><def>w4</def><cit><quote>w5</quote><bibl>w6</bibl></cit><sense><usg>w7"
    "</usg></sense></sense><etym>w8 <lang>w9</lang></etym><re><form>w10</form></re><xr>w11</xr>"
    "</entry><superEntry><entryFree>w12 <orth>w13</orth></entryFree></superEntry></body>",
    "apparatus": "<body><p>w1 <app><lem>w2</lem><rdg wit='#B'>w3 <gap/></rdg><wit>w4</wit><note>w5"
    "</note></app> <app><rdgGrp><rdg>w6</rdg></rdgGrp></app></p><listApp><app><lem>w7</lem></app>"
    "</listApp></body><back><listWit><witness>w8 <title>w9</title></witness></listWit></back>",
    "manuscript": "<body><msDesc><msIdentifier><idno>w1</idno></msIdentifier><msContents><msItem>"
    "<locus>w2</locus><title>w3</title><incipit>w4</incipit></msItem></msContents><physDesc>"
    "<supportDesc><support>w5</support><dimensions><height>w6</height></dimensions></supportDesc>"
    "<handDesc><handNote>w7</handNote></handDesc></physDesc><history><origin>w8</origin></history>"
    "<msPart><msIdentifier><idno>w9</idno></msIdentifier></msPart></msDesc></body>",
    "formulae": "<body><p>w1 <formula><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>w2</mi>"
    "</math></formula> <formula>w3</formula> <notatedMusic><desc>w4</desc></notatedMusic></p>"
    "<figure><graphic url='a.png'><desc>w5</desc></graphic><head>w6</head><figDesc>w7</figDesc>"
    "<figure><p>w8</p></figure></figure></body>",
    "bibliography": "<body><listBibl><biblStruct><analytic><author>w1</author></analytic><monogr>"
    "<title>w2</title><imprint><date>w3</date></imprint></monogr></biblStruct><biblFull><titleStmt>"
    "<title>w4</title></titleStmt></biblFull></listBibl></body>",
    "speech": "<body><u>w1 <vocal><desc>w2</desc></vocal> <choice><reg>w3</reg><orig>w4</orig>"
    "</choice> <choice><seg>w5</seg><seg>w6</seg></choice></u><annotationBlock><u>w7 <w>w8</w>"
    "</u></annotationBlock></body>",
    "group": "<group><text><front><titlePage><docTitle><titlePart>w1</titlePart></docTitle>"
    "<docEdition>w2</docEdition></titlePage></front><body><p>w3</p></body></text><text><body>"
    "<p>w4</p></body></text></group>",
}
BESIDE = {
    "standOff": "<standOff><listPerson><person><persName>w1</persName></person></listPerson>"
    "<spanGrp><span>w2</span></spanGrp><listAnnotation><annotation><note>w3</note></annotation>"
    "</listAnnotation><linkGrp><link target='#a #b'/></linkGrp></standOff>",
    "facsimile": "<facsimile><surface><label>w1</label><graphic url='a.jpg'><desc>w2</desc>"
    "</graphic><zone>w3</zone></surface></facsimile>",
    "sourceDoc": "<sourceDoc><surface><zone><line>w1 <hi>w2</hi> <mod><del>w3</del><add>w4</add>"
    "</mod> <gap reason='illegible'/></line></zone></surface></sourceDoc>",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_of_another_kind_is_shown_once(kind: str) -> None:
    assert count_words(KINDS[kind]) == expected(KINDS[kind])


@pytest.mark.parametrize("kind", BESIDE)
def test_what_stands_beside_the_text_is_shown_once(kind: str) -> None:
    page = render(
        document("<body><p>w9</p></body>").replace(b"<text", BESIDE[kind].encode() + b"<text", 1)
    )
    found = Counter(re.findall(r"w\d+", lxml_html.document_fromstring(page.html).text_content()))
    assert found == expected(f"{BESIDE[kind]} w9")


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
