"""Reading the documents of an edition: small records of each, from the memory where they are known.

In: the edition and the memory of its website. Out: what the pages are made from
(`pages.EditionContent`). Documents that changed are read by workers; trees are not kept.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from diplomatic.build.workers import Travel, how_many, share_widely
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.publish.books import books
from diplomatic.publish.exchange import corpus_document
from diplomatic.publish.facts import DocumentFacts, Mention, Party, read_facts
from diplomatic.publish.guests import identify
from diplomatic.publish.ledger import MISSING, Kept, Ledger, digest_of, key_of, site_ledger
from diplomatic.publish.making import readable_transcript
from diplomatic.publish.pages import EditionContent
from diplomatic.publish.records import IndexedName, read_index
from diplomatic.publish.tally import Doubts, open_doubts
from diplomatic.publish.units import DocumentUnits, read_units
from diplomatic.publish.versions import program_key
from diplomatic.publish.wordlist import Places, initials, words_in
from diplomatic.publish.wordlist import digest_of as short_digest
from diplomatic.resources import schema_dir
from diplomatic.xml.reader import parse_file

_Read = tuple[str, Kept | None, str, dict[str, str], bytes, Finding | None]


@dataclass(frozen=True)
class Reading:
    """An edition as read: content, documents that can be read with the keys of what was read.

    `said` names the facts of each document, which seldom change when its text does. `downloads` is
    what can be had of each beside its page, in the order of the documents.
    """

    content: EditionContent
    documents: list[Document]
    keys: list[str]
    said: list[str]
    downloads: list[dict[str, str]]
    findings: list[Finding]


def read_edition(edition: Edition, ledger: Ledger, program: str, *, whole: bool) -> Reading:
    """Read the documents of an edition.

    Args:
        edition: the edition.
        ledger: the memory of its website.
        program: names the version of everything that reads.
        whole: whether the words are wanted too, for the search.
    """
    there = [document for document in edition.documents if document.tei.exists()]
    known, findings = _known(there, ledger, program, edition.root)
    documents = [document for document in there if document.id in known]
    rows = [known[document.id] for document in documents]
    doubts = open_doubts(edition.reports_dir / "doubts.json")
    facts = [_facts(row.facts, doubts) for row in rows]
    small: list[dict[str, Any]] = [json.loads(row.units) for row in rows]
    downloads = _downloads(edition, documents, [bool(row["readable"]) for row in small])
    words = whole and edition.settings.web.search
    units = [_units(row) for row in small]
    digests = ((d.id, row["initials"]) for d, row in zip(documents, small, strict=True))
    content = EditionContent(
        edition.settings,
        facts,
        units,
        _names(edition),
        initials(digests, partial(_words, ledger)) if words else [],
        manual=_manual(),
        doubts=doubts or {},
        sources=frozenset(
            d.id for d, each in zip(documents, downloads, strict=True) if "source" in each
        ),
    )
    keys, said = [row.key for row in rows], [short_digest(row.facts) for row in rows]
    return Reading(content, documents, keys, said, downloads, findings)


def _known(
    there: list[Document], ledger: Ledger, program: str, root: Path
) -> tuple[dict[str, Kept], list[Finding]]:
    """Return what is known of each document, having read those that changed."""
    before = ledger.readings()
    known: dict[str, Kept] = {}
    stale: list[tuple[Document, str]] = []
    for document in there:
        key = key_of(program, ledger.digest(document.tei), ledger.digest(document.source))
        row = before.get(document.id)
        if row is not None and row.key == key:
            known[document.id] = row
        else:
            stale.append((document, key))
    findings = []
    # Reading takes a tenth of what rendering takes, so that fewer documents need no worker.
    travel = Travel(root, lambda piece: [piece[0].tei, piece[0].source])
    processes = how_many(len(stale) // 10)
    for name, row, texts, words, corpus, finding in share_widely(
        read_document, stale, None, travel, processes=processes, together=16
    ):
        if row is None:
            findings += [finding] if finding else []
            continue
        known[name] = row
        ledger.note_reading(name, row, texts, words, corpus)
    return known, findings


def read_document(piece: tuple[Document, str], _: None) -> _Read:
    """Read one document, in this process or a worker; of a broken one there is a finding."""
    document, key = piece
    try:
        return _read(document, key, parse_file(document.tei))
    except DiplomaticError as error:
        return document.id, None, "", {}, b"", error.finding


class Readings:
    """Takes in what is read of documents while workers have them in hand, to check them.

    The website, made afterwards, finds it in its memory and does not read them again. What was
    read is known by the bytes that it was read from, so that a later change is seen as ever.
    """

    def __init__(self, ledger: Ledger, program: str) -> None:
        self._ledger = ledger
        self.read = partial(read_checked, program)

    def keep(self, reading: _Read) -> None:
        """Remember what `read` gave, which a worker did."""
        name, row, texts, words, corpus, _ = reading
        if row is not None:
            self._ledger.note_reading(name, row, texts, words, corpus)


@contextmanager
def readings(edition: Edition) -> Iterator[Readings]:
    """Open the memory of an edition's website for documents that are read before it is made."""
    with site_ledger(edition) as ledger:
        yield Readings(ledger, program_key(edition, ledger))


def read_checked(program: str, document: Document, data: bytes, tree: etree._ElementTree) -> _Read:
    """Read a document that has been read as a tree already, which is changed by it.

    Args:
        program: names the version of everything that reads.
        document: the document.
        data: the bytes of its TEI.
        tree: the same as a tree.
    """
    try:
        source = digest_of(document.source.read_bytes())
    except OSError:
        source = MISSING
    return _read(document, key_of(program, digest_of(data), source), tree)


def _read(document: Document, key: str, tree: etree._ElementTree) -> _Read:
    """Read one document; the tree is changed by it."""
    identify(tree, document.id)
    # Other people’s TEI has no identifier, or one that is not the name of its file.
    facts, units = replace(read_facts(tree), id=document.id), read_units(tree)
    # The texts, which are large, are kept beside it.
    readable = readable_transcript(document) is not None
    words = {letter: _json(found) for letter, found in words_in(units).items()}
    small = vars(units) | {"texts": [], "readable": readable}
    small["shown"] = {
        "timeline": short_digest(_json(units.dates)),
        "versions": short_digest(_json(units.changes)),
        "report": short_digest(_json([units.words, units.marks])),
    }
    small["initials"] = {letter: short_digest(found) for letter, found in words.items()}
    kept = Kept(key, _json(facts.as_dict()), _json(small))
    corpus = corpus_document(tree.getroot())
    return document.id, kept, _json(units.texts), words, corpus, None


def _words(ledger: Ledger, letter: str) -> dict[str, Places]:
    """Return the words of one initial by document."""
    # As one text, which is read faster than one for each document.
    rows = (f"{json.dumps(name)}:{words}" for name, words in ledger.words(letter).items())
    found: dict[str, Places] = json.loads(f"{{{','.join(rows)}}}")
    return found


def _json(value: object) -> str:
    """Return plain data as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _facts(text: str, doubts: Doubts | None) -> DocumentFacts:
    """Return facts from JSON, with the number of doubts where it is known."""
    row: dict[str, Any] = json.loads(text)
    if doubts is not None:
        row["doubts"] = len(doubts.get(row["id"], ()))
    mentions = [Mention(**each) for each in row["mentions"]]
    parties = [Party(**each) for each in row["parties"]]
    return DocumentFacts(**row | {"mentions": mentions, "parties": parties})


def _units(row: dict[str, Any]) -> DocumentUnits:
    """Return units from plain data, without their words."""
    pairs = {key: [(one, other) for one, other in row[key]] for key in ("dates", "changes")}
    return DocumentUnits(marks=row["marks"], words=row["words"], shown=row["shown"], **pairs)


def _downloads(
    edition: Edition, documents: Sequence[Document], readable: Sequence[bool]
) -> list[dict[str, str]]:
    """Return what can be had of each document beside its page, by kind.

    `readable` says of each transcript whether it can be read.
    """
    there = set(books(edition, documents))
    return [
        _downloads_of(edition, document, able, there)
        for document, able in zip(documents, readable, strict=True)
    ]


def _downloads_of(
    edition: Edition, document: Document, readable: bool, there: Collection[str]
) -> dict[str, str]:
    """Return what can be had of one document, by kind; `there` are the books."""
    addresses = {"tei": f"tei/documents/{document.id}.xml"}
    if edition.settings.web.transcripts and document.source.exists():
        addresses["text"] = f"tei/sources/{document.id}.txt"
        if document.suffix != ".txt":
            addresses["received"] = f"tei/sources/{document.source.name}"
        page = f"{document.id}.source.html"
        # A transcript that cannot be read just now keeps its former source page.
        if readable or (edition.html_dir / page).exists():
            addresses["source"] = page
    book = f"pdf/{document.id}.pdf"
    if book in there:
        addresses["pdf"] = book
    addresses.update(bib=f"{document.id}.bib", ris=f"{document.id}.ris", csl=f"{document.id}.json")
    return addresses


def _manual() -> etree._Element | None:
    """Return the manual of the encoding that is made from the schema, if it is there."""
    path = schema_dir() / "manual.html"
    return parse_file(path).getroot() if path.exists() else None


def _names(edition: Edition) -> dict[str, IndexedName]:
    """Return the names of the indices by key."""
    paths = edition.index_paths.values()
    return {name.key: name for path in paths for name in read_index(path)}
