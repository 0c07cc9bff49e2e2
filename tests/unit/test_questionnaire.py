"""The questionnaire: each answer is what the edition's data say, and nothing is assumed."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from lxml import etree
from lxml import html as lxml_html

from diplomatic.publish.content import EditionContent
from diplomatic.publish.facts import DocumentFacts, Mention
from diplomatic.publish.pages import about_pages, site_pages
from diplomatic.publish.questionnaire import Answer, answers
from diplomatic.publish.records import IndexedName
from diplomatic.publish.site import render_edition_page
from diplomatic.publish.units import DocumentUnits
from diplomatic.resources import xslt_dir
from diplomatic.settings import EditionSettings, Licence, PrintSettings, WebSettings
from diplomatic.xml.names import XML_LANG
from diplomatic.xml.reader import parse_file

L = "{urn:diplomatic:labels}"
LANGUAGES = ("en", "de", "ko", "ru")
SETTINGS = EditionSettings(title="4711", publisher="4712", date=datetime.date(2026, 1, 2))
LETTER = DocumentFacts("letter", "A letter", "letter")
EMPTY = EditionContent(SETTINGS, [], [], {})
ONE = EditionContent(SETTINGS, [LETTER], [DocumentUnits()], {})


def said(content: EditionContent) -> dict[str, Answer]:
    """Return the answers by question."""
    return {each.question: each for each in answers(content, site_pages(content))}


def words(element: etree._Element) -> dict[str, str]:
    """Return the words of an entry by language."""
    return {each.get(XML_LANG): each.text or "" for each in element}


def test_every_question_has_its_words_and_every_word_its_question():
    root = parse_file(xslt_dir() / "common/questions.xml").getroot()
    entries = {
        (each.tag.removeprefix(L), each.get("key")): words(each)
        for each in root.iter()
        if each.get("key")
    }
    asked = list(answers(ONE, site_pages(ONE)))
    assert {key for kind, key in entries if kind == "question"} == {each.question for each in asked}
    assert {key for kind, key in entries if kind == "group"} == {each.group for each in asked}
    for entry in entries.values():
        assert tuple(entry) == LANGUAGES
        assert all(entry.values())


@pytest.mark.parametrize(
    "question", ["editors", "address", "archives", "period", "licence", "contact", "doubts"]
)
def test_what_the_edition_does_not_say_is_not_stated(question):
    assert said(ONE)[question].value == "unstated"


FULL = replace(
    ONE,
    settings=SETTINGS.model_copy(
        update={
            "editors": ["A. Editor", "B. Editor"],
            "licence": Licence(name="CC BY 4.0"),
            "web": WebSettings(contact="a@example.org"),
            "withdrawn": {"old": "a copy"},
            "print": PrintSettings(volume=False, documents=False),
        }
    ),
    facts=[
        replace(
            LETTER,
            date="1951-03-09",
            archive="Port Archive",
            languages={"en": "English"},
            is_licensed=True,
            notes=2,
            doubts=3,
            mentions=[Mention("place-sable", "place", "p1", "Sable", "Sable.")],
        ),
        replace(LETTER, id="second", kind="telegram", date="1950-01-01"),
    ],
    units=[DocumentUnits(), DocumentUnits()],
    names={
        "place-sable": IndexedName("place-sable", "Sable", "sable", same=("x",), geo=(1.0, 2.0))
    },
    sources=frozenset({"letter"}),
    files=[("oai", "data/oai.xml")],
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("editors", ("", "A. Editor; B. Editor", None)),
        ("documents", ("", "2", None)),
        ("period", ("", "1950-01-01 – 1951-03-09", None)),
        ("archives", ("", "Port Archive", None)),
        ("faithful", ("", "1", 2)),
        ("doubts", ("", "3", None)),
        ("notes", ("", "2", None)),
        ("names", ("", "1", None)),
        ("authorities", ("", "1", 1)),
        ("places", ("", "1", 1)),
        ("licence", ("", "CC BY 4.0", None)),
        ("licences", ("", "1", 2)),
        ("harvest", ("yes", "", None)),
        ("print", ("no", "", None)),
        ("map", ("yes", "", None)),
        ("transcripts", ("yes", "", None)),
        ("withdrawn", ("", "1", None)),
        ("contact", ("", "a@example.org", None)),
    ],
)
def test_what_the_edition_says(question, answer):
    found = said(FULL)[question]
    assert (found.value, found.said, found.of) == answer


def test_kinds_are_told_by_their_keys():
    assert said(FULL)["kinds"].kinds == "letter telegram"


def test_an_answer_leads_to_a_page_that_there_is():
    files = {file for _, file, _ in site_pages(FULL)} | {"index.html", "method.html", "names.html"}
    assert {each.page for each in said(FULL).values() if each.page} <= files


def test_an_empty_edition_has_no_such_page():
    assert "questionnaire" not in {name for name, *_ in site_pages(EMPTY)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_of_the_interface(language):
    pages = site_pages(ONE)
    records = {page.file: page.record for page in about_pages(ONE, pages)}
    record = records["questionnaire.html"]()
    page = lxml_html.document_fromstring(render_edition_page(record, language=language).html)
    questions = [each.text_content() for each in page.iter("dt")]
    assert len(questions) == len(page.findall(".//dd")) == len(said(ONE))
    root = parse_file(xslt_dir() / "common/questions.xml").getroot()
    expected = {words(each)[language] for each in root.iter(f"{L}question")}
    assert set(questions) == expected
