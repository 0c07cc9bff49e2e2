"""What a page about the edition is: its record, and what that hangs on; lists of many pages.

In: what pages are made from. Out: pages with keys, whose records are put together when they are
asked for; roots of records; what a record says of the part of a list that its page is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from lxml import etree

from diplomatic.publish.content import EditionContent
from diplomatic.publish.division import E, Part, Placed
from diplomatic.publish.ledger import Outlines, key_of
from diplomatic.publish.records import (
    SitePage,
    add_element,
    add_pages,
    edition_root,
    missing_root,
)


@dataclass(frozen=True)
class AboutPage:
    """A page about the edition: its file, what its record depends on, how to get the record."""

    file: str
    key: str
    record: Callable[[], bytes]


@dataclass(frozen=True)
class AboutList:
    """A list as one or many pages: its page, what all of them depend on, how to get them."""

    file: str
    key: str
    pages: Callable[[], Iterable[AboutPage]]


def told(about: AboutList, memory: Outlines | None) -> Iterator[AboutPage]:
    """Yield the pages of a list; one that did not change is put together only if it is asked."""
    known = memory.outline(about.file, about.key) if memory else None
    if known is None:
        found = list(about.pages())
        if memory:
            memory.note_outline(about.file, about.key, [(page.file, page.key) for page in found])
        yield from found
        return
    asked: dict[str, AboutPage] = {}

    def record(file: str) -> bytes:
        if not asked:
            asked.update((page.file, page) for page in about.pages())
        return asked[file].record()

    for file, key in known:
        yield AboutPage(file, key, partial(record, file))


def ready_page(file: str, root: etree._Element) -> AboutPage:
    """Return a page whose record is put together already."""
    record = etree.tostring(root)
    return AboutPage(file, key_of(record), partial(bytes, record))


def page_root(
    content: EditionContent, pages: Sequence[SitePage], page: str, *, depth: int = 0
) -> etree._Element:
    """Return the root of a record, without any document."""
    root = edition_root(content.frame)
    root.set("page", page)
    root.set("root", missing_root(content.settings) if page == "missing" else "../" * depth)
    add_pages(root, pages)
    return root


def add_place(
    root: etree._Element, place: Placed[E], told: Callable[[Part[E]], dict[str, str | None]]
) -> None:
    """Say in a record which part of a list it is, what is around it, and where it leads to.

    Args:
        root: the record.
        place: the part with its neighbours; a list that is not divided needs nothing said.
        told: what is said of a part: its `name` and `address`, at least.
    """
    part = place.part
    if place.above:
        given = {**_numbers(part), **told(part)}
        root.attrib.update({key: value for key, value in given.items() if value})
        root.set("part", "true")
    elif part.parts:
        root.set("divided", "true")
    around = [*(("above", each) for each in place.above)]
    around += [("previous", place.previous)] if place.previous else []
    around += [("next", place.next)] if place.next else []
    for tag, each in (*around, *(("part", each) for each in part.parts)):
        given = {**_numbers(each), **told(each)}
        # How much is in a neighbour is not shown, and no reason to make the page anew.
        add_element(root, tag, given if tag == "part" else {**given, "count": None})


def _numbers(part: Part[E]) -> dict[str, str | None]:
    """Return the number of a part, if it has one, and how much is in it."""
    numbers = {"number": str(part.number), "of": str(part.of)} if part.number else {}
    return {"count": str(part.size), **numbers}
