"""Rendering pieces of TEI for the tests of the stylesheets."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html

from diplomatic.publish.facts import read_facts
from diplomatic.publish.records import frame_of, in_context, text_record
from diplomatic.publish.site import Page, render_document
from diplomatic.settings import EditionSettings
from diplomatic.xml.reader import parse_bytes

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>A case</title></titleStmt><publicationStmt><p/>"
    "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)
SETTINGS = EditionSettings(title="Cases", publisher="Nobody", date=datetime.date(2026, 1, 2))
_BLOCK = re.compile(
    r"<(?=(?:div|p|section|li|ol|ul|aside|h\d|dl|dt|dd|table|tr|caption|article)\b)"
)


def document(text: str) -> bytes:
    """Return a whole TEI document with this as the content of its text element."""
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d" xml:lang="en">{HEADER}'
    return f"{tei}<text>{text}</text></TEI>".encode()


def render(tei: bytes) -> Page:
    """Render a document alone in an edition."""
    facts = read_facts(parse_bytes(tei, "in.xml"))
    record = text_record(frame_of(SETTINGS, [facts]), in_context([facts], 0, {}, {"tei": "d.xml"}))
    return render_document(tei, record, name="in.xml")


def parts(page: Page, *ids: str) -> str:
    """Return the parts of a page with these ids, one block a line."""
    tree = lxml_html.document_fromstring(page.html)
    found = [tree.get_element_by_id(name) for name in ids]
    text = "\n".join(etree.tostring(e, encoding="unicode", with_tail=False) for e in found)
    lines = (line.strip() for line in _BLOCK.sub("\n<", text).split("\n"))
    return "\n".join(filter(None, lines)) + "\n"


@pytest.fixture
def rendered() -> Callable[[str], Any]:
    """A function that renders the content of a body and returns the page's tree."""
    return lambda body: lxml_html.document_fromstring(render(document(f"<body>{body}</body>")).html)
