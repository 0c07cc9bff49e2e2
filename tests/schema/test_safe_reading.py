"""Reading XML safely, and knowing where everything in it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from diplomatic.findings import DiplomaticError, Finding, Place, limited
from diplomatic.schema.positions import find_positions
from diplomatic.schema.references import check_identifiers, entries_of
from diplomatic.xml.reader import parse_bytes, parse_file, read_file

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'


def refusal(data: bytes) -> Finding:
    """Return the finding for a file that cannot be read."""
    with pytest.raises(DiplomaticError) as caught:
        parse_bytes(data, "in.xml")
    return caught.value.finding


@pytest.mark.parametrize(
    ("data", "code", "words", "place"),
    [
        ("<a>x & y</a>", "D100", "a bare &", (1, 7)),
        ("<a>&nbsp;</a>", "D100", "&nbsp; is not known", (1, 10)),
        ("<a>\n<b></a>", "D100", "</a> closes <b>, which was opened in line 2", (2, 8)),
        ("<a><b>", "D100", "ends before <b>", (1, 7)),
        ("<a><x:b/></a>", "D100", "the prefix x:", (1, 8)),
        ('<a b="1" b="2"/>', "D100", "b is written twice", (1, 15)),
        ("<a b=1/>", "D100", "quotation marks", (1, 6)),
        ('<a b="<"/>', "D100", "the sign < stands in the value", (1, 7)),
        ("<a>1 < 2</a>", "D100", "begins no tag", (1, 7)),
        ("<a/><b/>", "D100", "after the outermost element", (1, 5)),
        ("<a>\x01</a>", "D100", "a control character", (1, 4)),
        ("hello", "D100", "no XML element", (1, 1)),
        ('<?xml version="1.0" encoding="klingon"?><a/>', "D100", "klingon is not known", (1, 39)),
        ("<!DOCTYPE a><a/>", "D101", "document type declaration", (1, 0)),
    ],
)
def test_what_cannot_be_read_is_said_in_words(
    data: str, code: str, words: str, place: tuple[int, int]
) -> None:
    finding = refusal(data.encode())
    assert finding.code == code
    assert words in finding.message
    assert (finding.place.line, finding.place.column) == place
    assert "libxml" not in finding.message


def test_bounds() -> None:
    """What is just within the bounds is read."""
    assert parse_bytes(b"<a>" * 100 + b"</a>" * 100, "x").getroot().tag == "a"
    assert "more than 100 elements" in refusal(b"<a>" * 101 + b"</a>" * 101).message
    most = "".join(f" b{number}='1'" for number in range(256))
    assert len(parse_bytes(f"<a{most}/>".encode(), "x").getroot().attrib) == 256
    assert "more than 256 attributes" in refusal(f"<a{most} c='1'/>".encode()).message


def test_identifiers_given_twice_are_read() -> None:
    tree = parse_bytes(b'<a xml:id="x"><b xml:id="x"/></a>', "x")
    assert [str(node.tag) for node in tree.iter()] == ["a", "b"]


def test_a_file_is_looked_at_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<a/>")
    assert read_file(path) == b"<a/>"
    assert parse_file(path).getroot().tag == "a"
    for wrong, words in (
        (tmp_path, "a folder"),
        (tmp_path / "gone.xml", "No such file"),
        (tmp_path / "a\0b.xml", "cannot be read"),
        (path / "b.xml", "Not a directory"),
    ):
        with pytest.raises(DiplomaticError, match=words) as caught:
            read_file(wrong)
        assert caught.value.finding.code == "D012"


# --- places -------------------------------------------------------------------------------

TEXT = """<?xml version="1.0"?>
<a x='1' n:y="z=2" z="3"
   w = "4">one<b/>
  <c>two</c> three</a>
"""


@pytest.mark.parametrize(
    ("name", "place"),
    [("x", (2, 4)), ("y", (2, 10)), ("z", (2, 20)), ("w", (3, 4)), ("none", (2, 1))],
)
def test_attributes_are_found_where_they_are_written(name: str, place: tuple[int, int]) -> None:
    data = TEXT.replace("<a ", '<a xmlns:n="urn:n" ', 1).encode()
    shift = len('xmlns:n="urn:n" ') if place[0] == 2 and place[1] > 1 else 0
    assert find_positions(data).attribute(0, name) == (place[0], place[1] + shift)


def test_elements_texts_and_ends_are_found() -> None:
    found = find_positions(TEXT.replace("n:y", "y").encode())
    assert found.starts == [(2, 1), (3, 15), (4, 3)]
    assert found.end(2) == (4, 9)
    assert found.text(0, 0) == (3, 12)
    assert found.text(2, 0) == (4, 6)
    assert found.text(0, 2) == (4, 14)
    assert found.text(1, 0) == (3, 15)  # without a text: its tag
    assert found.start(9) == (0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_columns_are_characters_in_any_encoding(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>\r\n<a>é<b/></a>'
    assert find_positions(text.encode(encoding)).starts == [(2, 1), (2, 5)]


# --- other files --------------------------------------------------------------------------


def test_what_names_lead_to_in_other_files(tmp_path: Path) -> None:
    (tmp_path / "indices").mkdir()
    (tmp_path / "documents").mkdir()
    index = tmp_path / "indices" / "persons.xml"
    index.write_text(f'<TEI {NS}><person xml:id="o"/><place xml:id="s"/></TEI>')
    pointers = "../indices/persons.xml#o ../indices/persons.xml#gone #o none.xml#o ../../x.xml#o"
    tree = parse_bytes(f'<TEI {NS}><persName ref="{pointers}"/></TEI>'.encode(), "in.xml")
    path = tmp_path / "documents" / "in.xml"

    def known() -> dict[str, str]:
        root = etree.fromstring(entries_of(tree, path))
        return {str(each.get("pointer")): str(each.get("kind")) for each in root}

    assert known() == {"../indices/persons.xml#o": "person"}
    index.write_text(f'<TEI {NS}><org xml:id="o"/><!-- it has changed --></TEI>')
    assert known() == {"../indices/persons.xml#o": "org"}
    index.write_text("<TEI>")
    assert known() == {}


def test_identifiers_of_headers_may_come_again() -> None:
    header = '<teiHeader><respStmt xml:id="tr"/></teiHeader>'
    trees = {
        name: parse_bytes(f'<TEI {NS} xml:id="{name}">{header}{body}</TEI>'.encode(), name)
        for name, body in (("a", '<p xml:id="p1"/>'), ("b", '<p/><p xml:id="p1"/>'))
    }
    (finding,) = check_identifiers(trees)
    assert (finding.code, finding.place.file) == ("D314", "b")
    assert "p1 is in a" in finding.message


def test_findings_end_after_a_thousand() -> None:
    looked_at = []

    def endless():
        while True:
            looked_at.append(1)
            yield Finding("D100", "x", Place("a.xml", len(looked_at)))

    found = limited(endless(), "a.xml")
    assert [f.code for f in found] == ["D100"] * 1000 + ["D121"]
    assert len(looked_at) == 1001
    assert limited(iter(found[:1000]), "a.xml") == found[:1000]
