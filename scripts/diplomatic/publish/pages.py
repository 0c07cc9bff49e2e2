"""The pages about the edition: which there are, and the record that each is made from.

In: the edition's settings, the facts and units of its documents, its names. Out: records
(`records.py`) by the name of the page's file, which `xslt/html.xsl` renders. A page in a folder
has a root of `../`.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import partial
from html import escape
from typing import Final

from lxml import etree

from diplomatic.publish.content import EditionContent
from diplomatic.publish.division import Part, divided, placed
from diplomatic.publish.facts import DocumentFacts, Mention
from diplomatic.publish.ledger import Outlines, key_of
from diplomatic.publish.lists import (
    HOME,
    LISTS,
    SHORT_LINES,
    AboutList,
    AboutPage,
    ListKind,
    add_books,
    add_place,
    list_pages,
)
from diplomatic.publish.places_map import Spot, draw
from diplomatic.publish.questionnaire import add_questionnaire
from diplomatic.publish.records import (
    IndexedName,
    SitePage,
    add_document,
    add_element,
    add_name,
    add_pages,
    edition_root,
    missing_root,
)
from diplomatic.publish.wordlist import Initial, Word, shown

KIND_PAGES: Final = {
    "person": "persons.html",
    "place": "places.html",
    "org": "organisations.html",
    "term": "terms.html",
}
# Where the words stand in a record, which are written without a tree.
_PLACE: Final = "here"
_HERE: Final = f"<e:{_PLACE}/>".encode()


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
    filled = {"data": _data, "manual": _manual, "search": _search}
    for kind in (HOME, *(LISTS[name] for name, *_ in pages if name in LISTS)):
        around = partial(_list_root, content, pages, kind)
        yield from told(list_pages(kind, content, around), memory)
    plain = [("method", "method.html"), ("missing", "404.html")]
    later = {"map": _map_page, "questionnaire": _questionnaire}
    for name, file in plain + [(name, file) for name, file, _ in pages if name not in LISTS]:
        if name in later:
            yield from told(later[name](content, pages), memory)
            continue
        root = _root(content, pages, name)
        if name in filled:
            filled[name](content, root)
        yield _page(file, root)
    if any(content.shown("mentions")):
        yield from told(_names(content, pages), memory)
    for identifier in sorted(content.settings.withdrawn.keys() - set(content.ids)):
        root = _root(content, pages, "withdrawn")
        root.set("reason", content.settings.withdrawn[identifier])
        yield _page(f"{identifier}.html", root)


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


def _page(file: str, root: etree._Element) -> AboutPage:
    """Return a page whose record is put together already."""
    record = etree.tostring(root)
    return AboutPage(file, key_of(record), partial(bytes, record))


def _list_root(
    content: EditionContent, pages: Sequence[SitePage], kind: ListKind, depth: int
) -> etree._Element:
    """Return the root of the record of a page of a list."""
    root = _root(content, pages, kind.page, depth=depth)
    if kind is HOME and depth == 0:
        add_books(content, root)
    return root


def _root(
    content: EditionContent, pages: Sequence[SitePage], page: str, *, depth: int = 0
) -> etree._Element:
    """Return the root of a record, without any document."""
    root = edition_root(content.frame)
    root.set("page", page)
    root.set("root", missing_root(content.settings) if page == "missing" else "../" * depth)
    add_pages(root, pages)
    return root


def _map_page(content: EditionContent, pages: Sequence[SitePage]) -> AboutList:
    """Return the map."""
    root = _root(content, pages, "map")
    said = content.all_shown("places")
    key = key_of(etree.tostring(root), said, _indexed(content))

    def made() -> list[AboutPage]:
        _map(content, root)
        return [_page("map.html", root)]

    return AboutList("map.html", key, made)


def _questionnaire(content: EditionContent, pages: Sequence[SitePage]) -> AboutList:
    """Return the questionnaire."""
    root = _root(content, pages, "questionnaire")
    said = [content.all_shown(what) for what in ("facts", "mentions", "doubts")]
    rest = (content.files, sorted(content.sources), content.manual is None, content.settings)
    key = key_of(etree.tostring(root), said, rest, _indexed(content))

    def made() -> list[AboutPage]:
        add_questionnaire(content, pages, root)
        return [_page("questionnaire.html", root)]

    return AboutList("questionnaire.html", key, made)


def _names(content: EditionContent, pages: Sequence[SitePage]) -> AboutList:
    """Return the index of names, a page for each kind, and one for each name."""
    around = etree.tostring(_root(content, pages, "entity"))
    said = [content.all_shown(what) for what in ("mentions", "card")]

    def made() -> Iterator[AboutPage]:
        for file, record in _name_pages(content, pages):
            yield AboutPage(file, key_of(record), partial(bytes, record))

    return AboutList("names.html", key_of(around, said, _indexed(content)), made)


def _indexed(content: EditionContent) -> str:
    """Return one word for the names of the indices."""
    return key_of(list(content.names.items()))


def _map(content: EditionContent, root: etree._Element) -> None:
    """Add the places that are named, and the map of those that have coordinates."""
    found = (m for document in content.facts for m in document.mentions if m.kind == "place")
    said: dict[str, list[str]] = defaultdict(list)
    for mention in found:
        said[mention.key].append(mention.words)
    spots = []
    for key, mentions in said.items():
        name = content.names.get(key) or _unknown(key, mentions[0])
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


def _search(content: EditionContent, root: etree._Element) -> None:
    """Add the initials of the word list."""
    for initial in content.words:
        add_element(root, "initial", {"letter": initial.letter, "address": initial.file})


def word_pages(
    content: EditionContent, pages: Sequence[SitePage], memory: Outlines | None = None
) -> Iterator[AboutPage]:
    """Yield the pages of each initial of the word list; words are fetched with the record."""
    ids = content.ids
    at = {name: position for position, name in enumerate(ids)}
    cards = dict(zip(ids, content.shown("card"), strict=True))
    limit = content.settings.web.page_length * SHORT_LINES
    around = _root(content, pages, "words", depth=1)
    _search(content, around)

    def parts(initial: Initial) -> Iterator[AboutPage]:
        for each in placed(divided(initial.words(), limit)):
            root = deepcopy(around)
            root.set("heading", initial.letter)
            add_place(root, each, partial(_told, initial))
            words = each.part.own
            named = sorted({document for word in words for document, _ in word.places})
            key = key_of(etree.tostring(root), words, [cards[name] for name in named])
            documents = partial(_documents, content, [at[name] for name in named])
            record = partial(_word_record, words, root, documents)
            yield AboutPage(initial.address(each.part), key, record)

    for initial in content.words:
        key = key_of(etree.tostring(around), limit, initial.key)
        yield from told(AboutList(initial.file, key, partial(parts, initial)), memory)


def _told(initial: Initial, part: Part[Word]) -> dict[str, str | None]:
    """Return what the records of other pages say of a page of the word list."""
    letters = shown(part.name or initial.letter)
    number = str(sum(1 for _ in part.all()))
    return {
        "name": letters,
        "heading": letters,
        "address": initial.address(part),
        "count": number,
    }


def _documents(content: EditionContent, positions: Sequence[int]) -> Iterator[DocumentFacts]:
    """Yield the documents at some positions."""
    for position in positions:
        yield content.facts[position]


def _word_record(
    words: Sequence[Word],
    root: etree._Element,
    documents: Callable[[], Iterator[DocumentFacts]],
) -> bytes:
    """Return the record of a page of the word list.

    Args:
        words: the words on it.
        root: the rest of the record, which is kept and stays as it is.
        documents: returns the documents that have the words.
    """
    root = deepcopy(root)
    # There are hundreds of thousands: written as they stand, which takes a third of the time.
    entries = (_word_entry(word) for word in words)
    add_element(root, _PLACE, {})
    for document in documents():
        add_document(root, document, 0)
    return etree.tostring(root).replace(_HERE, "".join(entries).encode("ascii"), 1)


def _word_entry(word: Word) -> str:
    """Return a word of the list as XML in ASCII."""
    more = f' more="{word.more}"' if word.more else ""
    at = "".join(_word_place(document, unit) for document, unit in word.places)
    return f'<e:word word="{_quoted(word.word)}"{more}>{at}</e:word>'


def _word_place(document: str, unit: str) -> str:
    """Return a place where words stand as XML in ASCII."""
    given = f' unit="{_quoted(unit)}"' if unit else ""
    return f'<e:at document="{_quoted(document)}"{given}/>'


def _quoted(text: str) -> str:
    """Return the value of an attribute in ASCII."""
    return escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _name_pages(content: EditionContent, pages: Sequence[SitePage]) -> Iterator[tuple[str, bytes]]:
    """Yield the index of names, a page for each kind, and one for each name."""
    by_id = {document.id: document for document in content.facts}
    mentions: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for document in content.facts:
        for mention in document.mentions:
            mentions[mention.key].append((document.id, mention))
    if not mentions:
        return
    listed = _root(content, pages, "name-index")
    kinds = {}
    for key, found in mentions.items():
        kind = found[0][1].kind
        if kind not in kinds:
            kinds[kind] = _root(content, pages, "kind")
            kinds[kind].set("kind", kind)
        name = content.names.get(key) or _unknown(key, found[0][1].words)
        for root in (listed, kinds[kind]):
            add_name(root, name).attrib.update({"kind": kind, "count": str(len(found))})
        root = _root(content, pages, "entity", depth=1)
        entry = add_name(root, name)
        entry.set("kind", kind)
        for identifier, mention in found:
            given = {"document": identifier, "unit": mention.unit}
            given |= {"words": mention.words, "sentence": mention.sentence}
            add_element(entry, "mention", given)
        for identifier in dict.fromkeys(identifier for identifier, _ in found):
            add_document(root, by_id[identifier], 0)
        yield f"names/{key}.html", etree.tostring(root)
    yield "names.html", etree.tostring(listed)
    for kind, root in kinds.items():
        yield KIND_PAGES[kind], etree.tostring(root)


def _unknown(key: str, said: str) -> IndexedName:
    """Return a name that no index has, by the words of its first mention."""
    return IndexedName(key, said, unicodedata.normalize("NFC", said))
