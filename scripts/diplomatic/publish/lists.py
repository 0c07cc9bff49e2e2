"""The pages that list the documents: home, timeline, versions, report, doubts.

In: facts and units of the documents. Out: records, of which each has the documents that its page
shows and no others. A list that is longer than the edition wants its pages is divided by date
(`division`): its page then leads to a page for each year, `timeline/1946.html`, and these, if they
are still too long, to months and days.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from lxml import etree

from diplomatic.publish.about import AboutList, AboutPage, add_place
from diplomatic.publish.content import EditionContent
from diplomatic.publish.division import Part, date_path, divided, placed
from diplomatic.publish.ledger import key_of
from diplomatic.publish.records import add_document, add_element
from diplomatic.publish.tally import KINDS

# A line of a timeline or a word list is short: so many take the room of a document on a list.
SHORT_LINES: Final = 5
_BOOKS: Final = ("volume", "ebook")
_DOUBT: Final = ("line", "before", "words", "after", "chosen", "runner_up", "cert", "reason")


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a document, on one day: the document's position, and plain data.

    The data may be but a digest of what is read when a page is made. The position is -1 for what is
    said of a document that cannot be read.
    """

    position: int
    path: tuple[str, ...]
    size: int
    shown: Any = None

    def part(self, depth: int) -> str:
        """Return the year, month or day that it goes under."""
        return self.path[depth] if depth < len(self.path) else ""


_Documents = Mapping[int, etree._Element]
_Fill = Callable[[EditionContent, etree._Element, Sequence[Listed], _Documents], None]


@dataclass(frozen=True)
class ListKind:
    """A kind of list: its page, the folder of its parts, what it shows and how.

    Attributes:
        page: the name of its page in the labels.
        file: its page.
        folder: where the pages of its parts are.
        entries: returns all that it shows.
        digests: returns what tells that from what it showed before, beside the documents' cards.
        fill: adds entries to a record, which has their documents.
        sums: adds to the record of a list that is divided what it says of its parts.
        lines: how many entries take the room of a document on a list.
    """

    page: str
    file: str
    folder: str
    entries: Callable[[EditionContent], list[Listed]]
    digests: Callable[[EditionContent], object]
    fill: _Fill
    sums: Callable[[etree._Element, Part[Listed]], None] = field(default=lambda root, whole: None)
    lines: int = 1

    def address(self, part: Part[Listed]) -> str:
        """Return the page of a part."""
        return f"{self.folder}/{part.file}.html" if part.name else self.file


def list_pages(
    kind: ListKind, content: EditionContent, root: Callable[[int], etree._Element]
) -> AboutList:
    """Return the pages of a list.

    Args:
        kind: the kind of list.
        content: what it is made from.
        root: returns the root of its record in a folder of some depth, without any document.
    """
    key = key_of(etree.tostring(root(0)), content.all_shown("card"), kind.digests(content))
    return AboutList(kind.file, key, partial(_pages, kind, content, root))


def _pages(
    kind: ListKind, content: EditionContent, root: Callable[[int], etree._Element]
) -> Iterator[AboutPage]:
    """Yield each page of a list."""
    limit = content.settings.web.page_length * kind.lines
    whole = divided(kind.entries(content), limit)
    cards = content.shown("card")
    for each in placed(whole):
        part, depth = each.part, 1 if each.part.name else 0
        record = root(depth)
        add_place(record, each, lambda part: _told(part, kind))
        if part is whole and whole.parts:
            kind.sums(record, whole)
        shown = [
            (entry.position, entry.shown, entry.position >= 0 and cards[entry.position])
            for entry in part.own
        ]
        key = key_of(etree.tostring(record), shown)
        yield AboutPage(kind.address(part), key, partial(_record, kind, content, record, part.own))


def _record(
    kind: ListKind, content: EditionContent, root: etree._Element, entries: Sequence[Listed]
) -> bytes:
    """Return a record with what a page shows."""
    root = deepcopy(root)  # What is added goes when it is written.
    positions = sorted({entry.position for entry in entries if entry.position >= 0})
    documents = {
        position: add_document(root, content.facts[position], position + 1)
        for position in positions
    }
    kind.fill(content, root, entries, documents)
    return etree.tostring(root)


def _told(part: Part[Listed], kind: ListKind) -> dict[str, str | None]:
    """Return what the records of other parts say of a part."""
    return {"name": part.name, "address": kind.address(part)}


# ------------------------------------------------------------ home


def _home(content: EditionContent) -> list[Listed]:
    """Return the documents, by their dates; of their first words a digest."""
    rows = zip(content.shown("dated"), content.shown("incipit"), strict=True)
    return [
        Listed(position, date_path(date), 1, incipit)
        for position, (date, incipit) in enumerate(rows)
    ]


def _fill_home(
    content: EditionContent,
    root: etree._Element,
    entries: Sequence[Listed],
    documents: _Documents,
) -> None:
    """Add how documents begin that have no abstract."""
    for entry in entries:
        document = content.facts[entry.position]
        if document.incipit and not document.abstract:
            documents[entry.position].set("incipit", document.incipit)


def add_books(content: EditionContent, root: etree._Element) -> None:
    """Say in the record of the home page where the books are."""
    for what, address in content.files:
        if what in _BOOKS:
            root.set(what, address)


# ------------------------------------------------------------ timeline


def _timeline(content: EditionContent) -> list[Listed]:
    """Return the dates of each document; of the places that name them a digest."""
    return [
        Listed(position, date_path(when), size, (when, digest))
        for position, days in enumerate(content.dated("timeline"))
        for when, size, digest in days
    ]


def _fill_timeline(
    content: EditionContent,
    root: etree._Element,
    entries: Sequence[Listed],
    documents: _Documents,
) -> None:
    """Add the dates, each once for a place."""
    for entry in entries:
        when, _ = entry.shown
        document = documents[entry.position].get("id")
        for unit, own in content.days(entry.position)[when]:
            given = {"when": when, "year": when[:4], "document": document}
            given |= {"unit": unit, "own": "true" if own else None}
            add_element(root, "date", given)


# ------------------------------------------------------------ versions


def _versions(content: EditionContent) -> list[Listed]:
    """Return the changes that the documents tell of."""
    return [
        Listed(position, date_path(when), 1, (when, said))
        for position, changes in enumerate(content.dated("versions"))
        for when, said in changes
    ]


def _fill_versions(
    _: EditionContent, root: etree._Element, entries: Sequence[Listed], documents: _Documents
) -> None:
    """Add the changes."""
    for entry in entries:
        when, said = entry.shown
        document = documents[entry.position].get("id")
        add_element(root, "change", {"when": when, "words": said, "document": document})


# ------------------------------------------------------------ report


def _report(content: EditionContent) -> list[Listed]:
    """Return what was marked in each document, in numbers; of doubts as far as it is known."""
    doubts = content.shown("doubts")
    known = all(doubts)
    found = []
    rows = zip(content.shown("dated"), content.shown("report"), doubts, strict=True)
    for position, (date, numbers, open_doubts) in enumerate(rows):
        words, marks, notes = json.loads(numbers)
        counts = {"words": words, **marks, "notes": notes}
        if known:
            counts["doubts"] = int(open_doubts)
        found.append(Listed(position, date_path(date), 1, counts))
    return found


def _fill_report(
    _: EditionContent, root: etree._Element, entries: Sequence[Listed], documents: _Documents
) -> None:
    """Add the numbers of each document."""
    _add_counts(root, [(documents[e.position].get("id", ""), e.shown) for e in entries])


def _sum_report(root: etree._Element, whole: Part[Listed]) -> None:
    """Add the numbers of each part."""
    _add_counts(root, [(part.file, _summed(part.all())) for part in whole.parts])


def _summed(entries: Iterable[Listed]) -> dict[str, int]:
    """Return the numbers of some documents together."""
    sums: dict[str, int] = defaultdict(int)
    for entry in entries:
        for kind, number in entry.shown.items():
            sums[kind] += number
    return sums


def _add_counts(root: etree._Element, rows: Sequence[tuple[str, Mapping[str, int]]]) -> None:
    """Add numbers by kind, in each row and in all; kinds that occur in none are left out."""
    for kind in ("words", *KINDS, "notes", "doubts"):
        total = sum(counts.get(kind, 0) for _, counts in rows)
        # That no doubt is open is worth saying.
        if total or (kind == "doubts" and any(kind in counts for _, counts in rows)):
            column = add_element(root, "count", {"kind": kind, "total": str(total)})
            for name, counts in rows:
                given = {"document": name, "number": str(counts.get(kind, 0))}
                add_element(column, "of", given)


# ------------------------------------------------------------ doubts


def _doubts(content: EditionContent) -> list[Listed]:
    """Return the doubts that the last encoding left, by document."""
    positions = {name: position for position, name in enumerate(content.ids)}
    found = []
    for document, doubts in content.doubts.items():
        position = positions.get(document, -1)
        date = content.facts[position].date if position >= 0 else None
        rows = tuple(tuple(str(doubt.get(name, "")) for name in _DOUBT) for doubt in doubts)
        shown = (document, document in content.sources, rows)
        found.append(Listed(position, date_path(date), len(rows), shown))
    return found


def _fill_doubts(
    _: EditionContent, root: etree._Element, entries: Sequence[Listed], __: _Documents
) -> None:
    """Add the doubts; where there is a source page, they link to it."""
    for entry in entries:
        document, linked, rows = entry.shown
        for row in rows:
            given = dict(zip(_DOUBT, row, strict=True)) | {"document": document}
            add_element(root, "doubt", {**given, "source": "true" if linked else None})


def _shown(*names: str) -> Callable[[EditionContent], object]:
    """Return a function that returns a word for each thing that a page shows of documents."""
    return lambda content: [content.all_shown(name) for name in names]


HOME: Final = ListKind(*("home", "index.html", "documents", _home, _shown("incipit"), _fill_home))
LISTS: Final = {
    "timeline": ListKind(
        *("timeline", "timeline.html", "timeline", _timeline, _shown("timeline"), _fill_timeline),
        lines=SHORT_LINES,
    ),
    "versions": ListKind(
        *("versions", "versions.html", "versions", _versions, _shown("versions"), _fill_versions)
    ),
    "report": ListKind(
        *("report", "report.html", "report", _report, _shown("report", "doubts")),
        *(_fill_report, _sum_report),
    ),
    "doubts": ListKind(
        *("doubts", "doubts.html", "doubts", _doubts),
        lambda content: (content.doubts_word, sorted(content.sources & content.doubts.keys())),
        _fill_doubts,
    ),
}
