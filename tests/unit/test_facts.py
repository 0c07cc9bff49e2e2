"""Facts of a document: what is stated, and nothing else."""

import json

import pytest

from diplomatic.publish.facts import read_facts, words
from diplomatic.xml.names import tei
from diplomatic.xml.reader import parse_bytes

TEI = """
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d1" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt><title type="main">A journal</title>{author}</titleStmt>
      <publicationStmt><p/><availability><licence>Free.</licence></availability></publicationStmt>
      <sourceDesc><msDesc><msIdentifier>{archive}</msIdentifier></msDesc></sourceDesc>
    </fileDesc>
    <profileDesc><creation>{date}</creation>
      <langUsage><language ident="en">English</language></langUsage>
      <textClass><catRef scheme="#genre" target="#genre-journal"/></textClass></profileDesc>
  </teiHeader>
  <text><body><opener><dateline><placeName>Port Sable</placeName></dateline></opener>
    <p xml:id="d1-p1">It rained. Then <persName ref="../indices/persons.xml#pers-lis">Lis</persName>
      came. He sat down.</p>
    <p>See <placeName ref="places.xml#place-x">X</placeName>.</p>
    <closer><signed>(<persName>N. Belov</persName>)</signed></closer></body>
    <back><div type="abstract"><p>Belov <surplus>x</surplus> reports.</p></div></back></text>
</TEI>"""


def facts(author: str = "", archive: str = "", date: str = ""):
    text = TEI.format(author=author, archive=archive, date=date).strip()
    return read_facts(parse_bytes(text.encode(), "d1.xml"))


@pytest.mark.parametrize(
    ("body", "incipit"),
    [
        ("<p>It rained.</p><p>It snowed.</p>", "It rained."),
        ("<head>Verse</head><lg><l>One line,</l><l>another</l></lg>", "One line,"),
        ("<p>The <app><lem>Tern</lem><rdg>Isle</rdg></app>.</p>", "The Tern."),
        ("<p><gap/></p><p>" + "word, " * 40 + "</p>", "word, " * 22 + "word …"),
        ("<div/>", None),
    ],
)
def test_the_first_words_stand_for_a_text(body: str, incipit: str | None) -> None:
    text = TEI.format(author="", archive="", date="").strip()
    start, end = text.index("<body>") + 6, text.index("</body>")
    tree = parse_bytes((text[:start] + body + text[end:]).encode(), "d1.xml")
    assert read_facts(tree).incipit == incipit


def test_what_is_stated_is_found() -> None:
    found = facts(
        author="<author>P. Orlov</author>",
        archive="<country>Northland</country><idno>Fond 9</idno>"
        "<altIdentifier><idno>0207s</idno></altIdentifier>",
        date="<date when='1951-03-09'>9 March 1951</date>",
    )
    assert (found.id, found.title, found.kind) == ("d1", "A journal", "journal")
    assert (found.writer, found.place, found.date) == ("P. Orlov", "Port Sable", "1951-03-09")
    assert found.archive == "Northland, Fond 9"
    assert found.abstract == "Belov reports."
    assert found.languages == {"en": "English"}


def test_what_is_not_stated_is_none() -> None:
    found = facts()
    assert (found.date, found.archive) == (None, None)
    assert found.writer == "N. Belov"


def test_a_shelfmark_without_an_archive_is_where_it_is_kept() -> None:
    numbers = "<idno type='registry'>0207s</idno><idno type='shelfmark'>d. 9</idno>"
    archive = (
        f"</msIdentifier></msDesc><bibl type='original'>{numbers}</bibl><msDesc><msIdentifier>"
    )
    assert facts(archive=archive).archive == "d. 9"


def test_a_date_that_is_a_limit_is_no_date() -> None:
    found = facts(date="<date notBefore='1951'>after 1951</date>")
    assert (found.date, found.date_from) == (None, "1951")


def test_mentions_have_their_sentence_and_unit() -> None:
    first, second = facts().mentions
    assert (first.key, first.kind, first.unit) == ("pers-lis", "person", "p1")
    assert first.sentence == "Then Lis came."
    assert (second.key, second.unit, second.sentence) == ("place-x", "", "See X.")


def test_facts_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(facts().as_dict()))["id"] == "d1"


def test_words_read_the_choice_of_this_edition_and_leave_notes_out() -> None:
    xml = (
        b'<p xmlns="http://www.tei-c.org/ns/1.0">a <choice><abbr>Cde.</abbr>'
        b'<expan resp="#ed">Comrade</expan></choice> b<note>no</note> har<lb break="no"/>bour'
        b'<lb/>c <choice><sic>x</sic><corr resp="#tr">y</corr></choice></p>'
    )
    root = parse_bytes(xml, "p.xml").getroot()
    assert root.tag == tei("p")
    assert words(root) == "a Comrade b harbour c x"
