"""The pages of names: their index, one for each kind from A to Z, one for each name.

In: the mentions of names in the documents, what the indices say of them. Out: pages with their
records. A name that is mentioned more often than a page is long has a page for each year; a kind
that has more names than fit one has a page for as many first letters as it takes.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Final

from lxml import etree

from diplomatic.publish.about import (
    AboutList,
    AboutPage,
    add_place,
    page_root,
    ready_page,
)
from diplomatic.publish.content import EditionContent
from diplomatic.publish.division import Part, date_path, divided, placed
from diplomatic.publish.ledger import key_of
from diplomatic.publish.lists import SHORT_LINES, Listed
from diplomatic.publish.records import (
    IndexedName,
    SitePage,
    add_document,
    add_element,
    add_name,
)
from diplomatic.publish.wordlist import address_of, letters_of, shown

KIND_PAGES: Final = {
    "person": "persons.html",
    "place": "places.html",
    "org": "organisations.html",
    "term": "terms.html",
}
_SAID: Final = ("unit", "words", "sentence")


@dataclass(frozen=True)
class _Named:
    """A name with what is said of it in all documents, and how often."""

    name: IndexedName
    kind: str
    entries: Sequence[Listed]

    @property
    def size(self) -> int:
        """How many lines it takes on the page of its kind."""
        return 1

    @property
    def count(self) -> int:
        """How often it is mentioned."""
        return sum(entry.size for entry in self.entries)

    def part(self, depth: int) -> str:
        """Return the letters that it is listed under: one at depth 0, then one more each time."""
        letters = letters_of(self.name.sort)
        return letters[: depth + 1] if len(letters) > depth else ""


def name_pages(content: EditionContent, pages: Sequence[SitePage]) -> AboutList:
    """Return the index of names, the pages of each kind, and those of each name."""
    around = etree.tostring(page_root(content, pages, "entity"))
    said = [content.all_shown(what) for what in ("mentions", "card")]
    length = content.settings.web.page_length
    key = key_of(around, said, length, indexed(content))
    return AboutList("names.html", key, partial(_pages, content, pages))


def indexed(content: EditionContent) -> str:
    """Return one word for the names of the indices."""
    return key_of(list(content.names.items()))


def unknown(key: str, said: str) -> IndexedName:
    """Return a name that no index has, by the words of its first mention."""
    return IndexedName(key, said, unicodedata.normalize("NFC", said))


def _pages(content: EditionContent, pages: Sequence[SitePage]) -> Iterator[AboutPage]:
    """Yield every page of names."""
    found = _found(content)
    for named in found:
        yield from _entity(content, pages, named)
    listed = page_root(content, pages, "name-index")
    kinds: dict[str, list[_Named]] = defaultdict(list)
    for named in found:
        _add_line(listed, named)
        kinds[named.kind].append(named)
    yield ready_page("names.html", listed)
    for kind, names in kinds.items():
        yield from _kind(content, pages, kind, names)


def _found(content: EditionContent) -> list[_Named]:
    """Return the names that are mentioned, in the order of their first mentions."""
    kinds: dict[str, str] = {}
    entries: dict[str, list[Listed]] = defaultdict(list)
    rows = zip(content.facts, content.shown("dated"), strict=True)
    for position, (document, date) in enumerate(rows):
        own: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for mention in document.mentions:
            kinds.setdefault(mention.key, mention.kind)
            own[mention.key].append((mention.unit, mention.words, mention.sentence))
        for key, said in own.items():
            entries[key].append(Listed(position, date_path(date), len(said), tuple(said)))
    return [
        _Named(content.names.get(key) or unknown(key, own[0].shown[0][1]), kinds[key], own)
        for key, own in entries.items()
    ]


def _add_line(root: etree._Element, named: _Named) -> None:
    """Add a name with its number of mentions."""
    line = add_name(root, named.name)
    line.set("kind", named.kind)
    line.set("count", str(named.count))


# ------------------------------------------------------------ one name


def _entity(
    content: EditionContent, pages: Sequence[SitePage], named: _Named
) -> Iterator[AboutPage]:
    """Yield the pages of a name."""
    cards = content.shown("card")
    whole = divided(named.entries, content.settings.web.page_length)
    for each in placed(whole):
        part = each.part
        root = page_root(content, pages, "entity", depth=2 if part.name else 1)
        line = add_name(root, named.name)
        line.set("kind", named.kind)
        if whole.parts:
            line.set("count", str(part.size))
        add_place(root, each, partial(_told, named.name.key))
        said = [(e.position, e.shown, cards[e.position]) for e in part.own]
        key = key_of(etree.tostring(root), said)
        record = partial(_entity_record, content, root, part.own)
        yield AboutPage(_address(named.name.key, part), key, record)


def _address(key: str, part: Part[Listed]) -> str:
    """Return the page of a part of what is said of a name."""
    return f"names/{key}/{part.file}.html" if part.name else f"names/{key}.html"


def _told(key: str, part: Part[Listed]) -> dict[str, str | None]:
    """Return what the records of other parts say of a part."""
    return {"name": part.name, "address": _address(key, part)}


def _entity_record(
    content: EditionContent, root: etree._Element, entries: Sequence[Listed]
) -> bytes:
    """Return the record of a page of a name, with the documents that mention it."""
    root = deepcopy(root)
    # There is one, to which all mentions belong.
    for name in root.iterfind("{*}name"):
        for entry in entries:
            for said in entry.shown:
                given = {"document": content.ids[entry.position], **_words(said)}
                add_element(name, "mention", given)
    for entry in entries:
        add_document(root, content.facts[entry.position], 0)
    return etree.tostring(root)


def _words(said: Sequence[str]) -> Mapping[str, str]:
    """Return what a mention says, by what it is."""
    return dict(zip(_SAID, said, strict=True))


# ------------------------------------------------------------ the names of one kind


def _kind(
    content: EditionContent, pages: Sequence[SitePage], kind: str, names: Sequence[_Named]
) -> Iterator[AboutPage]:
    """Yield the pages that list the names of a kind."""
    limit = content.settings.web.page_length * SHORT_LINES
    for each in placed(divided(names, limit)):
        root = page_root(content, pages, "kind", depth=1 if each.part.name else 0)
        root.set("kind", kind)
        add_place(root, each, partial(_letters, kind))
        for named in each.part.own:
            _add_line(root, named)
        yield ready_page(_kind_page(kind, each.part), root)


def _kind_page(kind: str, part: Part[_Named]) -> str:
    """Return the page of a part of the names of a kind."""
    if not part.name:
        return KIND_PAGES[kind]
    number = f"-part-{part.number}" if part.number else ""
    return f"{KIND_PAGES[kind].removesuffix('.html')}/{address_of(part.name)}{number}.html"


def _letters(kind: str, part: Part[_Named]) -> dict[str, str | None]:
    """Return what the records of other parts say of a part."""
    letters = shown(part.name)
    return {"name": letters, "heading": letters, "address": _kind_page(kind, part)}
