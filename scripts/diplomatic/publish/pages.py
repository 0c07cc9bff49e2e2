"""The pages about the edition: which there are, and the record that each is made from.

In: the edition's settings, the facts and units of its documents, its names. Out: records
(`records.py`) by the name of the page's file, which `xslt/html.xsl` renders. A page in a folder
has a root of `../`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from lxml import etree

from diplomatic.publish.about import AboutList, AboutPage, page_root, ready_page, told
from diplomatic.publish.content import EditionContent
from diplomatic.publish.ledger import Outlines, key_of
from diplomatic.publish.lists import HOME, LISTS, ListKind, add_books, list_pages
from diplomatic.publish.name_pages import indexed, name_pages, unknown
from diplomatic.publish.places_map import Spot, draw
from diplomatic.publish.questionnaire import add_questionnaire
from diplomatic.publish.records import (
    SitePage,
    add_element,
    add_name,
)
from diplomatic.publish.word_pages import add_initials


def site_pages(content: EditionContent) -> list[SitePage]:
    """Return the pages that every page links to."""
    pages: list[SitePage] = (
        [("timeline", "timeline.html", True)] if any(content.shown("timeline")) else []
    )
    if any(content.shown("places")):
        pages.append(("map", "map.html", True))
    if content.settings.web.search and content.facts:
        pages.append(("search", "search.html", True))
    pages += [(name, f"{name}.html", False) for name in ("cite", "data", "versions")]
    if content.manual is not None:
        pages.append(("manual", "manual.html", False))
    if content.facts:
        pages.append(("report", "report.html", False))
        pages.append(("questionnaire", "questionnaire.html", False))
    if content.doubts:
        pages.append(("doubts", "doubts.html", False))
    pages.append(("accessibility", "accessibility.html", False))
    return pages


def about_pages(
    content: EditionContent, pages: Sequence[SitePage], memory: Outlines | None = None
) -> Iterator[AboutPage]:
    """Yield the pages about the edition, except the words (`word_pages`)."""
    filled = {"data": _data, "manual": _manual, "search": add_initials}
    for kind in (HOME, *(LISTS[name] for name, *_ in pages if name in LISTS)):
        around = partial(_list_root, content, pages, kind)
        yield from told(list_pages(kind, content, around), memory)
    plain = [("method", "method.html"), ("missing", "404.html")]
    later = {"map": _map_page, "questionnaire": _questionnaire}
    for name, file in plain + [(name, file) for name, file, _ in pages if name not in LISTS]:
        if name in later:
            yield from told(later[name](content, pages), memory)
            continue
        root = page_root(content, pages, name)
        if name in filled:
            filled[name](content, root)
        yield ready_page(file, root)
    if any(content.shown("mentions")):
        yield from told(name_pages(content, pages), memory)
    for identifier in sorted(content.settings.withdrawn.keys() - set(content.ids)):
        root = page_root(content, pages, "withdrawn")
        root.set("reason", content.settings.withdrawn[identifier])
        yield ready_page(f"{identifier}.html", root)


def _list_root(
    content: EditionContent, pages: Sequence[SitePage], kind: ListKind, depth: int
) -> etree._Element:
    """Return the root of the record of a page of a list."""
    root = page_root(content, pages, kind.page, depth=depth)
    if kind is HOME and depth == 0:
        add_books(content, root)
    return root


def _map_page(content: EditionContent, pages: Sequence[SitePage]) -> AboutList:
    """Return the map."""
    root = page_root(content, pages, "map")
    said = content.all_shown("places")
    key = key_of(etree.tostring(root), said, indexed(content))

    def made() -> list[AboutPage]:
        _map(content, root)
        return [ready_page("map.html", root)]

    return AboutList("map.html", key, made)


def _questionnaire(content: EditionContent, pages: Sequence[SitePage]) -> AboutList:
    """Return the questionnaire."""
    root = page_root(content, pages, "questionnaire")
    said = [content.all_shown(what) for what in ("facts", "mentions", "doubts")]
    rest = (content.files, sorted(content.sources), content.manual is None, content.settings)
    key = key_of(etree.tostring(root), said, rest, indexed(content))

    def made() -> list[AboutPage]:
        add_questionnaire(content, pages, root)
        return [ready_page("questionnaire.html", root)]

    return AboutList("questionnaire.html", key, made)


def _map(content: EditionContent, root: etree._Element) -> None:
    """Add the places that are named, and the map of those that have coordinates."""
    found = (m for document in content.facts for m in document.mentions if m.kind == "place")
    said: dict[str, list[str]] = defaultdict(list)
    for mention in found:
        said[mention.key].append(mention.words)
    spots = []
    for key, mentions in said.items():
        name = content.names.get(key) or unknown(key, mentions[0])
        add_name(root, name).attrib.update({"kind": "place", "count": str(len(mentions))})
        if name.geo:
            spots.append(Spot(key, name.name, len(mentions), *name.geo))
    draw(root, spots)


def _data(content: EditionContent, root: etree._Element) -> None:
    """Add the downloads."""
    for key, file in content.files:
        add_element(root, "file", {"key": key, "address": file})


def _manual(content: EditionContent, root: etree._Element) -> None:
    """Add the manual of the encoding."""
    if content.manual is not None:
        add_element(root, "content", {}).append(content.manual)
