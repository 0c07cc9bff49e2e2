"""Fidelity: what each sign of the TEI gives back, and what a difference is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplomatic.checking.fidelity import compare, rebuild

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((ROOT / "tei" / "documents").glob("*.xml"))
FRAME = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>{}</text></TEI>'

# what stands in a paragraph, and the words that it gives back
INLINE = {
    "supplied": ('a <supplied resp="#tr">him</supplied> b', "a [him] b"),
    "supplied-editor": ('a<supplied resp="#ed">him</supplied> b', "a b"),
    "supplied-plain": ("a <supplied>him</supplied> b", "a him b"),
    "gap": ('a <gap reason="editorial" resp="#tr"/> b', "a […] b"),
    "gap-points": ('<gap resp="#tr" rend="points"/>', "[...]"),
    "gap-plain-points": ('<gap resp="#tr" rend="points no-brackets"/>', "..."),
    "gap-words": ('a<gap resp="#tr"><desc>2-3 letters</desc></gap>', "a[2-3 letters]"),
    "gap-double": ('<gap rend="double-brackets"><desc>lost</desc></gap>', "[[lost]]"),
    "gap-round": ('<gap rend="round-brackets"><desc>lost</desc></gap>', "(lost)"),
    "gap-unclosed": ('<gap rend="unclosed"><desc>lost</desc></gap>', "[lost"),
    "gap-unopened": ('<gap rend="unopened"><desc>lost</desc></gap>', "lost]"),
    "gap-editor": ('a<gap resp="#ed"/>', "a"),
    "signature": (
        '<figure type="signature"><figDesc resp="#tr">signature</figDesc></figure> (V. O.)',
        "[signature] (V. O.)",
    ),
    "signature-slashes": (
        '<figure rend="slashes"><figDesc resp="#tr">-</figDesc></figure> O.',
        "/-/ O.",
    ),
    "sic": ('<sic resp="#tr">M/B</sic> <note type="sic" resp="#tr">SIC</note>', "M/B [SIC]"),
    "sic-tool": ('a <sic resp="#tool">that that</sic>', "a that that"),
    "note-editorial": ('a <note type="editorial" resp="#tr">x</note>', "a [x]"),
    "note-ours": ('a <note resp="#ed">x</note>b', "a b"),
    "note-footnote": ('a<note type="footnote" resp="#tr">x</note>', "ax"),
    "note-caption": (
        '<note type="handwritten" hand="#h"><seg type="caption">by hand:</seg> x</note>',
        "[by hand:] x".replace("] x", " x]"),
    ),
    "note-colon-outside": (
        '<note rend="colon-outside" resp="#tr"><seg type="caption">hand</seg> x</note>',
        "[hand]: x",
    ),
    "note-label-outside": (
        '<note rend="label-outside" resp="#tr"><seg type="caption">hand</seg> x</note>',
        "[hand] x",
    ),
    "gloss": ('<term xml:id="t">VNS</term> <gloss resp="#tr">SA</gloss>', "VNS [SA]"),
    "gloss-ours": ('<term xml:id="t">VNS</term><gloss resp="#ed">SA</gloss>.', "VNS."),
    "stamp": ("<stamp>A<lb/>B 1</stamp>", "[A\nB 1]"),
    "stamp-unclosed": ('<stamp rend="unclosed">A<lb/>B</stamp>', "[A\nB"),
    "stamp-no-brackets": ('<stamp rend="no-brackets">stamped: x</stamp>', "stamped: x"),
    "note-reference": ('a.<ref type="noteref" target="#n1">[1]</ref>', "a.[1]"),
    "blank": ('Nº <space unit="char" quantity="3"/> x', "Nº ___ x"),
    "blank-points": ('<space quantity="4" rend="points"/>', "...."),
    "blank-ellipsis": ('<space quantity="2" rend="ellipsis"/>', "……"),
    "blank-described": ("<space><desc>left blank</desc></space>", "[left blank]"),
    "surplus": ("<surplus>Template:Xx</surplus> a", "Template:Xx a"),
    "ex": (
        '<choice><abbr>T.</abbr><expan resp="#tr">T<ex>rade</ex></expan></choice> U',
        "T[rade] U",
    ),
    "ex-without-choice": ('<expan resp="#tr">T<ex>rade</ex></expan>', "T[rade]"),
    "expan-ours": (
        '<choice><abbr>Cde.</abbr><expan resp="#tool">C<ex>omra</ex>de</expan></choice> M',
        "Cde. M",
    ),
    "expan-transcriber": (
        '<choice><abbr>ILO</abbr><expan resp="#tr">Labour</expan></choice>',
        "ILO [Labour]",
    ),
    "corr-transcriber": (
        '<choice><sic>7th</sic><corr resp="#tr">8th</corr></choice>',
        "7th [8th]",
    ),
    "corr-adjacent": (
        '<choice><sic>7</sic><corr resp="#tr" rend="adjacent">8</corr></choice>',
        "7[8]",
    ),
    "corr-double": (
        '<choice><sic>7</sic><corr resp="#tr" rend="double-brackets">8</corr></choice>',
        "7 [[8]]",
    ),
    "corr-ours": ('<choice><sic>7</sic><corr resp="#ed">8</corr></choice>', "7"),
    "corr-in-note": (
        '<choice><sic>Lisow</sic><corr resp="#tr" corresp="#n9">Lisov</corr></choice>'
        ' <note type="sic" xml:id="n9" resp="#tr">sic, Lisov</note>',
        "Lisow [sic, Lisov]",
    ),
    "reg-transcriber": (
        '<choice><orig>Minsu</orig><reg resp="#tr">Min Su</reg></choice>',
        "Minsu [Min Su]",
    ),
    "unclear": ('a <unclear cert="low">b</unclear>', "a b"),
    "unclear-double": ('<unclear rend="double-brackets" resp="#tr">12</unclear>', "[[12]]"),
    "unclear-triple": ('<unclear rend="triple-brackets" resp="#tr">12</unclear>', "[[[12]]]"),
    "unclear-question": ('<unclear rend="question-marks" resp="#tr">3</unclear>', "?3?"),
    "letterspaced": ('<hi rend="letterspaced">Memo</hi>: x', "M e m o: x"),
    "letterspaced-words": ('<hi rend="bold letterspaced">AB CD</hi>', "A B C D"),
    "underline": ('<hi rend="underline">now</hi>', "now"),
    "superscript": ('28<hi rend="superscript">th</hi>', "28th"),
    "strikethrough": ('<del rend="strikethrough">a</del> b', "a b"),
    "break-in-word": ('Bul-<lb break="no" rend="hyphen"/>ganin', "Bul-\nganin"),
    "name": ('<persName ref="x#y"><forename>Kim</forename> Il</persName>', "Kim Il"),
    "unknown": ("a <zzz>b <yyy>c</yyy></zzz> d", "a b c d"),
    "comment": ("a<!-- x --> b", "a b"),
}

# what stands in the body, and the lines that it gives back
BLOCKS = {
    "paragraphs": ("<p>a</p>\n <p>b</p>", "a\nb"),
    "run-in": ('<p>a</p><p rend="run-in">b</p>', "a b"),
    "adjacent": ('<p>a</p>\n<p rend="adjacent">b</p>', "ab"),
    "heads": ("<div><head>H</head><p>a</p></div>", "H\na"),
    "head-ours": ('<div><head resp="#ed">H</head><p>a</p></div>', "a"),
    "list": (
        "<list><head>h</head><label>1.</label>\n<item>a</item><label>2.</label><item>b</item></list>",
        "h\n1. a\n2. b",
    ),
    "item-paragraphs": (
        "<list><label>1.</label><item>\n<p>a</p>\n<p>b</p></item></list>",
        "1. a\nb",
    ),
    "item-adjacent": ('<list><label>1.</label><item rend="adjacent">a</item></list>', "1.a"),
    "items-without-labels": ("<list>\n<item>a</item>\n<item>b</item></list>", "a\nb"),
    "items-run-in": ('<list><item>a</item><item rend="run-in">b</item></list>', "a b"),
    "nested-list": (
        "<list><label>1.</label><item>a:<list><label>a)</label><item>b</item></list></item></list>",
        "1. a:\na) b",
    ),
    "nested-list-first": (
        "<list><label>1.</label><item><list><label>a)</label><item>b</item></list></item></list>",
        "1. a) b",
    ),
    "words-after-list": ("<p>a<list><item>b</item></list>c</p>", "a\nb\nc"),
    "table": (
        "<table><row><cell>a</cell>\n<cell>b</cell></row><row><cell>c</cell></row></table>",
        "a b\nc",
    ),
    "cell-adjacent": (
        '<table><row><cell>a:</cell><cell rend="adjacent">b</cell></row></table>',
        "a:b",
    ),
    "opener": (
        '<opener><seg type="reference">ref</seg>\n<stamp>A<lb/>B</stamp>'
        "<dateline>P, <date>9 May</date></dateline></opener>",
        "ref\n[A\nB]\nP, 9 May",
    ),
    "closer": (
        "<div><p>x</p><closer><salute>Yours</salute> <signed>N. B.</signed></closer></div>",
        "x\nYours\nN. B.",
    ),
    "closer-mixed": (
        "<div><p>x</p><closer>Yours, <persName>N. B.</persName></closer></div>",
        "x\nYours, N. B.",
    ),
    "postscript": (
        "<postscript><label>P.S.</label><p>a</p><ab>b</ab></postscript>",
        "P.S.\na\nb",
    ),
    "gap-between-blocks": ("<div><p>a</p><gap/><p>b</p></div>", "a\n[…]\nb"),
    "note-between-blocks": ('<div><p>a</p><note resp="#tr">b</note></div>', "a\n[b]"),
    "space-between-blocks": ('<div><p>a</p><space quantity="2"/><p>b</p></div>', "a\n__\nb"),
    "bullets": ('<listBibl rend="bulleted"><bibl n="•">a</bibl></listBibl>', "• a"),
    "speech": (
        '<sp><speaker>B.:</speaker><p rend="run-in">a</p></sp>'
        "<sp><speaker>C</speaker><p>b</p></sp>",
        "B.: a\nC\nb",
    ),
    "verse": ("<lg><l>a</l><l>b</l></lg>", "a\nb"),
    "fw": ('<fw type="header">SECRET</fw><p>a</p>', "SECRET\na"),
    "page": ('<p>a</p><pb n="2"/><p>b</p>', "a\nb"),
    "trailer": ("<div><p>a</p><trailer>END</trailer></div>", "a\nEND"),
    "letterspaced-head": ('<head rend="letterspaced">Memo</head><p>a</p>', "M e m o\na"),
    "enclosure": (
        "<div><p>a</p><floatingText><body><head>E</head><p>b</p></body></floatingText></div>",
        "a\nE\nb",
    ),
}

NOTES = (
    '<div type="notes">\n'
    '<note type="endnote" n="1"><seg type="label">1.</seg> <bibl>a</bibl></note>'
    '\n<note type="endnote" n="2"><seg type="label">2.</seg> <p>b</p><p>c</p></note></div>'
)


@pytest.mark.parametrize(("tei", "words"), INLINE.values(), ids=INLINE)
def test_signs_in_the_line(tei, words):
    text = rebuilt(f"<body><p>{tei}</p></body>")
    assert compare(words, text, "x") == []


@pytest.mark.parametrize(("tei", "words"), BLOCKS.values(), ids=BLOCKS)
def test_lines(tei, words):
    assert compare(words, rebuilt(f"<body>{tei}</body>"), "x") == []


def test_notes_at_the_end():
    assert compare("1. a\n2. b\nc", rebuilt(f"<back>{NOTES}</back>"), "x") == []


def test_front_body_back():
    text = rebuilt("<front><p>a</p></front><body><p>b</p></body><back><p>c</p></back>")
    assert compare("a\nb\nc", text, "x") == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_documents_of_the_edition_give_their_transcripts_back(path):
    transcript = ROOT / "tei" / "sources" / f"{path.stem}.txt"
    text = rebuild(path.read_bytes(), path.name)
    assert compare(transcript.read_text("utf-8"), text, transcript.name) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a  b", "a\u00a0b"),
        ("\ufeffa b\n", "a b"),
        ("a \n\n b", "a\nb"),
        ("a\r\nb", "a\nb"),
        ("a\n", "a"),
        ("a\u2028b", "a\nb"),
    ],
)
def test_blank_space_is_blank_space(one, other):
    assert compare(one, other, "x") == []


DIFFERENCES = [
    # transcript, rebuilt, code, line, column, words of the message
    ("one\ntwo three", "one\ntwo thre", "D501", 2, 9, "the end is missing"),
    ("one\ntwo three", "one\ntwo four", "D501", 2, 5, "the words differ"),
    ("one", "one two", "D501", 1, 3, "added at the end"),
    ("one two", "onetwo", "D502", 1, 4, "words are joined"),
    ("onetwo", "one two", "D502", 1, 4, "a word is parted"),
    ("one\ntwo", "one two", "D503", 1, 4, "lines part"),
    ("one two", "one\ntwo", "D503", 1, 4, "a line is parted"),
    ("\n  one\n\n\n two [him] x", "one\ntwo him x", "D501", 5, 6, "“one⏎two [him] x”"),
    ("  a", "b", "D501", 1, 3, ""),
    ("a", "", "D501", 1, 1, "the end is missing"),
]


@pytest.mark.parametrize(("transcript", "rebuilt", "code", "line", "column", "words"), DIFFERENCES)
def test_differences(transcript, rebuilt, code, line, column, words):
    (finding,) = compare(transcript, rebuilt, "t.txt")
    assert (finding.code, finding.place.file) == (code, "t.txt")
    assert (finding.place.line, finding.place.column) == (line, column)
    assert words in finding.message


def rebuilt(tei: str) -> str:
    """Return the words that a snippet gives back."""
    return rebuild(FRAME.format(tei).encode(), "snippet")
