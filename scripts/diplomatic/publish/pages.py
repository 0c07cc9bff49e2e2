"""The pages about the edition: which there are, and the record that each is made from.

In: the edition's settings, the facts and units of its documents, its names. Out: records
(`records.py`) by the name of the page's file, which `xslt/html.xsl` renders. A page in a folder
has a root of `../`.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from html import escape
from itertools import islice
from typing import Final

from lxml import etree

from diplomatic.publish.facts import DocumentFacts, Mention
from diplomatic.publish.ledger import key_of
from diplomatic.publish.places_map import Spot, draw
from diplomatic.publish.questionnaire import add_questionnaire
from diplomatic.publish.records import (
    EDITION_NS,
    Frame,
    IndexedName,
    SitePage,
    add_document,
    add_element,
    add_name,
    add_pages,
    edition_root,
)
from diplomatic.publish.shown import Shown, shown_of
from diplomatic.publish.tally import KINDS, Doubts
from diplomatic.publish.units import DocumentUnits
from diplomatic.publish.wordlist import Initial, Word
from diplomatic.settings import EditionSettings

KIND_PAGES: Final = {
    "person": "persons.html",
    "place": "places.html",
    "org": "organisations.html",
    "term": "terms.html",
}
# Where the documents of the edition stand in a record, which are written once for all of them.
_PLACE: Final = "documents"
_HERE: Final = f"<e:{_PLACE}/>".encode()
_NAMESPACE: Final = f' xmlns:e="{EDITION_NS}"'.encode()


@dataclass(frozen=True)
class EditionContent:
    """All that pages about the edition are made from.

    `files` are downloads by what they are (`data.KEY` in the labels); `manual` is the manual of
    the encoding as a tree; `doubts` are the records of output/reports/doubts.json by document.
    `known` has words for what is shown of the documents, which may be read later than that.
    """

    settings: EditionSettings
    facts: Sequence[DocumentFacts]
    units: Sequence[DocumentUnits]
    names: Mapping[str, IndexedName]
    words: Sequence[Initial] = ()
    files: Sequence[tuple[str, str]] = ()
    manual: etree._Element | None = None
    doubts: Doubts = field(default_factory=dict)
    sources: frozenset[str] = field(default_factory=frozenset)
    known: Shown | None = None

    def shown(self, what: str) -> Sequence[str]:
        """Return a word for something that is shown of each document (`shown_of`)."""
        if self.known is not None:
            return self.known.shown(what)
        pairs = zip(self.facts, self.units, strict=True)
        return [shown_of(facts, units)[what] for facts, units in pairs]

    @property
    def a_letter(self) -> Sequence[DocumentFacts]:
        """One document of which it is known who sent it to whom; none if there is none."""
        found = (position for position, word in enumerate(self.shown("letter")) if word)
        return [self.facts[position] for position in islice(found, 1)]

    @cached_property
    def doubts_word(self) -> str:
        """One word for all doubts."""
        return self.known.doubts if self.known else key_of(list(self.doubts.items()))

    @cached_property
    def frame(self) -> Frame:
        """What pages of this edition have in common."""
        return Frame(self.settings, len(self.facts), any(self.shown("mentions")))


@dataclass(frozen=True)
class AboutPage:
    """A page about the edition: its file, what its record depends on, how to get the record."""

    file: str
    key: str
    record: Callable[[], bytes]


_Fill = Callable[[EditionContent, etree._Element], None] | None


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


def about_pages(content: EditionContent, pages: Sequence[SitePage]) -> Iterator[AboutPage]:
    """Yield the pages about the edition, except home and method, and the words (`word_pages`)."""
    known = {document.id for document in content.facts}
    everything = _Everything(content)
    filled = {"data": _data, "manual": _manual, "search": _search, "map": _map}
    filled["questionnaire"] = lambda content, root: add_questionnaire(content, pages, root)
    large = {"timeline": _timeline, "versions": _versions, "report": _report, "doubts": _doubts}
    for name, file, _ in pages:
        root = _root(content, pages, name)
        if name in filled:
            filled[name](content, root)
        yield everything.page(file, root, name, large.get(name))
    for file, record in _name_pages(content, pages):
        yield AboutPage(file, key_of(record), partial(bytes, record))
    for identifier, reason in content.settings.withdrawn.items():
        if identifier not in known:
            root = _root(content, pages, "withdrawn")
            root.set("reason", reason)
            yield everything.page(f"{identifier}.html", root)


class _Everything:
    """The documents as most records list them, written once for all; what large records show.

    Most of a change is not seen in a record of all documents: those that take long to put together
    are told apart by digests of what they show of each document.
    """

    def __init__(self, content: EditionContent) -> None:
        self._content = content
        self._cards = key_of(list(content.shown("card")))

    @cached_property
    def listed(self) -> bytes:
        """The documents as they stand in a record."""
        root = etree.Element(f"{{{EDITION_NS}}}{_PLACE}", nsmap={"e": EDITION_NS})
        for number, document in enumerate(self._content.facts, 1):
            add_document(root, document, number)
        return b"".join(map(etree.tostring, root)).replace(_NAMESPACE, b"")

    def page(
        self, file: str, root: etree._Element, name: str = "", fill: _Fill = None
    ) -> AboutPage:
        """Return a page whose record begins with `root`; what is large is filled in when wanted."""
        content = self._content
        shown = list(content.shown(name)) if fill and name != "doubts" else ()
        rest: object = ()
        if name == "report":
            rest = list(content.shown("doubts"))
        elif name == "doubts":
            rest = content.doubts_word, sorted(content.sources & content.doubts.keys())
        key = key_of(etree.tostring(root), self._cards, shown, rest)
        return AboutPage(file, key, partial(self._record, root, fill))

    def _record(self, root: etree._Element, fill: _Fill) -> bytes:
        """Return a record with the documents in their place."""
        if fill:
            fill(self._content, root)
        return etree.tostring(root).replace(_HERE, self.listed, 1)


def _root(
    content: EditionContent,
    pages: Sequence[SitePage],
    page: str,
    *,
    depth: int = 0,
    documents: bool = True,
) -> etree._Element:
    """Return the root of a record, with a place for the documents unless they are not wanted."""
    root = edition_root(content.frame)
    root.set("page", page)
    root.set("root", "../" * depth)
    if documents:
        add_element(root, _PLACE, {})
    add_pages(root, pages)
    return root


def _dates(content: EditionContent) -> Iterator[tuple[str, str, str, bool]]:
    """Yield the dates of the edition: day, document, unit, whether it is the document's own."""
    for document, units in zip(content.facts, content.units, strict=True):
        if document.date:
            yield document.date, document.id, "", True
        for when, unit in units.dates:
            yield when, document.id, unit, False


def _timeline(content: EditionContent, root: etree._Element) -> None:
    """Add the dates, each once for a place."""
    for when, document, unit, own in dict.fromkeys(_dates(content)):
        given = {"when": when, "year": when[:4], "document": document, "unit": unit}
        add_element(root, "date", given | {"own": "true" if own else None})


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


def _versions(content: EditionContent, root: etree._Element) -> None:
    """Add the changes that the documents tell of."""
    for document, units in zip(content.facts, content.units, strict=True):
        for when, said in units.changes:
            add_element(root, "change", {"when": when, "words": said, "document": document.id})


def _manual(content: EditionContent, root: etree._Element) -> None:
    """Add the manual of the encoding."""
    if content.manual is not None:
        add_element(root, "content", {}).append(content.manual)


def _report(content: EditionContent, root: etree._Element) -> None:
    """Add what was marked in each document, in numbers; kinds that no document has are left out."""
    rows = []
    for document, units in zip(content.facts, content.units, strict=True):
        counts = {"words": units.words}
        counts |= {**units.marks, "notes": document.notes, "doubts": document.doubts or 0}
        rows.append((document, counts))
    kinds = ["words", *KINDS, "notes", "doubts"]
    if any(document.doubts is None for document in content.facts):
        kinds.remove("doubts")  # It is not known.
    for kind in kinds:
        total = sum(counts.get(kind, 0) for _, counts in rows)
        if total or kind == "doubts":
            column = add_element(root, "count", {"kind": kind, "total": str(total)})
            for document, counts in rows:
                given = {"document": document.id, "number": str(counts.get(kind, 0))}
                add_element(column, "of", given)


def _doubts(content: EditionContent, root: etree._Element) -> None:
    """Add the doubts that the last encoding left."""
    for given, linked in _doubted(content):
        add_element(root, "doubt", {**given, "source": "true" if linked else None})


def _doubted(content: EditionContent) -> Iterator[tuple[dict[str, str], bool]]:
    """Yield what is shown of each doubt, and whether it links to the source page."""
    names = ("line", "before", "words", "after", "chosen", "runner_up", "cert", "reason")
    for document, doubts in content.doubts.items():
        linked = document in content.sources
        for doubt in doubts:
            given = {name: str(doubt.get(name, "")) for name in names}
            yield {**given, "document": document}, linked


def _search(content: EditionContent, root: etree._Element) -> None:
    """Add the initials of the word list."""
    for initial in content.words:
        add_element(root, "initial", {"letter": initial.letter, "address": initial.file})


def word_pages(content: EditionContent, pages: Sequence[SitePage]) -> Iterator[AboutPage]:
    """Yield a page for each initial of the word list; the words are fetched with the record."""
    by_id = {document.id: document for document in content.facts}
    cards = dict(zip(by_id, content.shown("card"), strict=True))
    for initial in content.words:
        root = _root(content, pages, "words", depth=1, documents=False)
        root.set("heading", initial.letter)
        _search(content, root)
        listed = " ".join(cards[name] for name in initial.documents)
        key = key_of(etree.tostring(root), initial.key, listed)
        yield AboutPage(initial.file, key, partial(_word_record, initial, root, by_id))


def _word_record(
    initial: Initial, root: etree._Element, by_id: Mapping[str, DocumentFacts]
) -> bytes:
    """Return the record of the page of an initial; `root` has all but the words."""
    words = initial.words()
    # There are hundreds of thousands: written as they stand, which takes a third of the time.
    entries = (_word_entry(word) for word in words)
    add_element(root, _PLACE, {})
    for name in sorted({document for word in words for document, _ in word.places}):
        add_document(root, by_id[name], 0)
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
    listed = _root(content, pages, "name-index", documents=False)
    kinds = {}
    for key, found in mentions.items():
        kind = found[0][1].kind
        if kind not in kinds:
            kinds[kind] = _root(content, pages, "kind", documents=False)
            kinds[kind].set("kind", kind)
        name = content.names.get(key) or _unknown(key, found[0][1].words)
        for root in (listed, kinds[kind]):
            add_name(root, name).attrib.update({"kind": kind, "count": str(len(found))})
        root = _root(content, pages, "entity", depth=1, documents=False)
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
