"""What the tests of the ebook work with: an edition on disk, chapters, and the text of a page."""

from __future__ import annotations

import shutil
from pathlib import Path

from lxml import etree
from print_helpers import FIXTURES, make_settings

from diplomatic.publish.epub_chapters import Setup, render_chapter
from diplomatic.publish.facts import read_facts
from diplomatic.publish.records import frame_of, in_context, text_record
from diplomatic.publish.site import render_document
from diplomatic.xml.reader import parse_bytes

H = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
SETTINGS = """
title = "An Invented Edition"
subtitle = "Papers That Never Were"
publisher = "Nobody"
date = 2001-02-03
documents = ["phenomena", "x"]
[licence]
name = "CC0"
"""
# What a page shows besides the words of the text: hidden words, drawn signs, numbers, note marks.
BESIDE = ("vh", "pn", "doubt", "ours-sign", "now", "pb", "fnref")


def write_edition(root: Path, second: str) -> Path:
    """Write an edition of the invented document and a second one."""
    documents = root / "tei" / "documents"
    documents.mkdir(parents=True)
    (root / "tei" / "edition.toml").write_text(SETTINGS, "utf-8")
    for name in ("phenomena.xml", "map.png"):
        shutil.copy(FIXTURES / name, documents / name)
    shutil.copytree(FIXTURES / "indices", root / "tei" / "indices")
    (documents / "x.xml").write_text(second, "utf-8")
    return root


def pages_of(tei: bytes) -> tuple[etree._Element, etree._Element]:
    """Return the page of a document on the web, and in the ebook, as XHTML of one kind."""
    facts = read_facts(parse_bytes(tei, "x.xml"))
    record = text_record(frame_of(make_settings(), [facts]), in_context([facts], 0, {}, {}))
    web = render_document(tei, record, name="x.xml").html
    book = render_chapter(tei, record, Setup("en"), name="x.xml").xhtml
    return etree.HTML(web), _without_namespace(etree.fromstring(book.encode()))


def _without_namespace(root: etree._Element) -> etree._Element:
    for element in root.iter(etree.Element):
        element.tag = element.tag.removeprefix(H)
    return root


def article(page: etree._Element) -> etree._Element:
    """Return the text of a document on its page."""
    (found,) = page.xpath('//article[@id="text"]')
    return found


def shown_text(element: etree._Element) -> str:
    """Return the words that a page shows: the transcript's, a box for what cannot be read."""
    classes = (element.get("class") or "").split()
    if "hatch" in classes:
        return "\u25a1"
    if element.tag == "aside" or element.get("aria-hidden") == "true":
        return ""
    if set(classes) & set(BESIDE) and not ("fnref" in classes and not element.get("href")):
        return ""
    parts = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        parts += [shown_text(child), child.tail or ""]
    return "".join(parts)
