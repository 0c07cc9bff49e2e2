"""A web page that needs nothing else: what all reports have in common."""

from __future__ import annotations

from typing import Final

from lxml import etree

from diplomatic.reports.text import printable

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; overflow-wrap: anywhere; margin-top: 2rem; }
ul { list-style: none; padding: 0; }
li { border-inline-start: .3rem solid; padding: .1rem 0 .1rem .8rem; margin: 1rem 0; }
li.error, li.low { border-color: #b3261e; }
li.warning, li.medium { border-color: #9a6700; }
li.note { border-color: #57606a; }
@media (prefers-color-scheme: dark) {
  li.error, li.low { border-color: #f2736b; }
  li.warning, li.medium { border-color: #d9a13b; }
  li.note { border-color: #9aa4b0; }
}
p { margin: .2rem 0; overflow-wrap: anywhere; }
code { font-size: .95em; } .place { font-size: .9em; }
dt { font-weight: 600; margin-top: 1.4rem; }
dd { margin-inline-start: 0; }
li pre, dd pre { background: color-mix(in srgb, currentColor 8%, transparent); }
li pre, dd pre { padding: .4rem .6rem; }
mark { color: inherit; background: color-mix(in srgb, #d9a13b 45%, transparent); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0; }
"""


def new_page(title: str) -> tuple[etree._Element, etree._Element]:
    """Return a page with a title, and its main part."""
    page = etree.Element("html", lang="en")
    head = add(page, "head")
    add(head, "meta", charset="utf-8")
    add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    add(head, "title", title)
    add(head, "style", _STYLE)
    main = add(add(page, "body"), "main")
    add(main, "h1", title)
    return page, main


def add(
    parent: etree._Element, tag: str, text: str = "", class_: str = "", **attributes: str
) -> etree._Element:
    """Add an element with text and attributes, and return it.

    A line that is shown may hold what XML cannot: it is shown as a picture.
    """
    if class_:
        attributes["class"] = class_
    node = etree.SubElement(parent, tag, attributes)
    node.text = printable(text) or None
    return node


def as_part(part: etree._Element) -> str:
    """Return a part of a page as HTML."""
    return etree.tostring(part, method="html", encoding="unicode", pretty_print=True)


def as_text(page: etree._Element) -> str:
    """Return a page as HTML."""
    return f"<!DOCTYPE html>\n{as_part(page)}"
