"""Reading the documents of an edition: small records of each, from the memory where they are known.

In: the edition and the memory of its website. Out: what the pages are made from
(`pages.EditionContent`). Documents that changed are read by workers; trees are not kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from lxml import etree

from diplomatic.build.workers import Travel, how_many, share_widely
from diplomatic.edition import Document, Edition
from diplomatic.findings import DiplomaticError, Finding
from diplomatic.publish.books import books, document_book
from diplomatic.publish.content import EditionContent
from diplomatic.publish.corpus import corpus_document
from diplomatic.publish.facts import DocumentFacts, read_facts
from diplomatic.publish.guests import identify
from diplomatic.publish.known import Known, KnownDoubts
from diplomatic.publish.ledger import MISSING, Ledger, digest_of, key_of, site_ledger
from diplomatic.publish.ledger_readings import Contents, Kept
from diplomatic.publish.making import readable_transcript
from diplomatic.publish.records import IndexedName, read_index
from diplomatic.publish.shown import as_json, dated_of, plain_facts, shown_of
from diplomatic.publish.shown import digest_of as short_digest
from diplomatic.publish.touched import Touched
from diplomatic.publish.units import read_units
from diplomatic.publish.versions import program_key
from diplomatic.publish.word_blocks import WordBlocks
from diplomatic.publish.wordlist import words_in
from diplomatic.resources import schema_dir
from diplomatic.xml.reader import parse_file

# The name of a document, what was read of it, or why it cannot be.
_Read = tuple[str, Kept | None, Contents | None, Finding | None]


@dataclass(frozen=True)
class Reading:
    """An edition as read: content, documents that can be read with the keys of what was read.

    `indices` is one word for the indices. `downloads` has the documents whose files are to be asked
    for, by their position, with what can be had of each beside its page.
    """

    content: EditionContent
    documents: list[Document]
    keys: list[str]
    indices: str
    downloads: dict[int, dict[str, str]]
    findings: list[Finding]


def read_edition(
    edition: Edition, ledger: Ledger, program: str, *, whole: bool, touched: Touched | None = None
) -> Reading:
    """Read the documents of an edition.

    Args:
        edition: the edition.
        ledger: the memory of its website.
        program: names the version of everything that reads.
        whole: whether the words are wanted too, for the search.
        touched: the documents that changed since the memory was left, as far as that is known; what
            is remembered of others is taken as it stands.
    """
    before = ledger.readings.column("key")
    is_known = before.keys() - touched.documents if touched else frozenset[str]()
    there = [each for each in edition.documents if each.id in is_known or each.tei.exists()]
    asked = [document for document in there if document.id not in is_known]
    anew, findings = _keys(asked, before, ledger, program, edition)
    keys = {name: before[name] for name in is_known} | anew
    documents = [document for document in there if document.id in keys]
    names = [document.id for document in documents]
    doubts = KnownDoubts(edition.reports_dir / "doubts.json", ledger)
    known = Known(ledger.readings, names, doubts)
    transcripts = known.shown("transcript")
    positions = _asked(names, ledger, touched)
    downloads = _downloads(edition, documents, positions, transcripts)
    words = whole and edition.settings.web.search
    content = EditionContent(
        edition.settings,
        known.facts,
        known.units,
        _names(edition),
        WordBlocks(ledger.readings, names, known).initials() if words else [],
        manual=_manual(),
        doubts=doubts,
        sources=_sources(edition, documents, transcripts, downloads),
        known=known,
    )
    indices = key_of([(path.name, ledger.digest(path)) for path in edition.index_paths.values()])
    own = [keys[name] for name in names]
    return Reading(content, documents, own, indices, downloads, findings)


def _asked(names: Sequence[str], ledger: Ledger, touched: Touched | None) -> Iterable[int]:
    """Return the positions of the documents whose files are asked for.

    Those are documents that changed or were not made whole, and their neighbours, who name them.
    """
    if touched is None:
        return range(len(names))
    known = set(ledger.names()) - touched.documents
    own = [position for position, name in enumerate(names) if name not in known]
    beside = {position + step for position in own for step in (-1, 0, 1)}
    return sorted(beside & set(range(len(names))))


def _keys(
    asked: list[Document], before: Mapping[str, str], ledger: Ledger, program: str, edition: Edition
) -> tuple[dict[str, str], list[Finding]]:
    """Return the key of what is known of each document, having read those that changed."""
    known: dict[str, str] = {}
    stale: list[tuple[Document, str]] = []
    for document in asked:
        key = reading_key(
            program, document, ledger.digest(document.tei), ledger.digest(document.source)
        )
        if before.get(document.id) == key:
            known[document.id] = key
        else:
            stale.append((document, key))
    findings = []
    # Reading takes a tenth of what rendering takes, so that fewer documents need no worker.
    travel = Travel(edition.root, lambda piece: [piece[0].tei, piece[0].source])
    processes = how_many(len(stale) // 10)
    for name, row, contents, finding in share_widely(
        read_document, stale, None, travel, processes=processes, together=16
    ):
        findings += [finding] if finding else []
        if row is not None and contents is not None:
            known[name] = row.key
            ledger.readings.note(name, row, contents)
    return known, findings


def reading_key(program: str, document: Document, tei: str, source: str) -> str:
    """Return one word for all that is read of a document, from the digests of its files."""
    return key_of(program, document.id, tei, source)


def read_document(piece: tuple[Document, str], _: None) -> _Read:
    """Read one document, in this process or a worker; of a broken one there is a finding."""
    document, key = piece
    try:
        return _read(document, key, parse_file(document.tei))
    except DiplomaticError as error:
        return document.id, None, None, error.finding


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
        name, row, contents, _ = reading
        if row is not None and contents is not None:
            self._ledger.readings.note(name, row, contents)


@contextmanager
def readings(edition: Edition) -> Iterator[Readings]:
    """Open the memory of an edition's website for documents that are read before it is made."""
    with site_ledger(edition) as ledger:
        program = program_key(edition, ledger)
        if ledger.noted("program") != program:
            # What is read now is not what the memory was left with.
            ledger.set_note("program", None)
        yield Readings(ledger, program)


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
    return _read(document, reading_key(program, document, digest_of(data), source), tree)


def _read(document: Document, key: str, tree: etree._ElementTree) -> _Read:
    """Read one document; the tree is changed by it."""
    identify(tree, document.id)
    # Other people’s TEI has no identifier, or one that is not the name of its file.
    facts, units = replace(read_facts(tree), id=document.id), read_units(tree)
    shown = shown_of(facts, units)
    shown["transcript"] = _transcript(document)
    words = {letter: as_json(found) for letter, found in words_in(units).items()}
    digests = {letter: short_digest(found) for letter, found in words.items()}
    shown["words"] = short_digest(as_json(digests))
    light = {**plain_facts(facts), **_has(facts)}
    kept = Kept(key, as_json(shown), as_json(digests), as_json(light))
    contents = Contents(
        as_json([vars(each) for each in facts.mentions]),
        as_json([vars(each) for each in facts.parties]),
        as_json({name: value for name, value in vars(units).items() if name != "texts"}),
        as_json(units.texts),
        words,
        corpus_document(tree.getroot()),
        as_json(dated_of(facts, units)),
    )
    return document.id, kept, contents, None


def _transcript(document: Document) -> str:
    """Return whether the transcript of a document is `readable` or not; '' where it has none."""
    if not document.source.exists():
        return ""
    return "unreadable" if readable_transcript(document) is None else "readable"


def _has(facts: DocumentFacts) -> dict[str, bool]:
    """Return whether there are facts that are read when they are asked for."""
    return {"has_mentions": bool(facts.mentions), "has_parties": bool(facts.parties)}


def _downloads(
    edition: Edition,
    documents: Sequence[Document],
    asked: Iterable[int],
    transcripts: Sequence[str],
) -> dict[int, dict[str, str]]:
    """Return what can be had of documents beside their pages, by kind.

    Args:
        edition: the edition.
        documents: its documents.
        asked: the positions of those that are asked for.
        transcripts: says of the transcript of each document whether it is `readable`.
    """
    positions = list(asked)
    there = set(books(edition, [documents[position] for position in positions]))
    return {
        position: _downloads_of(
            edition, documents[position], transcripts[position] == "readable", there
        )
        for position in positions
    }


def _sources(
    edition: Edition,
    documents: Sequence[Document],
    transcripts: Sequence[str],
    downloads: Mapping[int, Mapping[str, str]],
) -> frozenset[str]:
    """Return the documents that have a source page."""
    found = set()
    for position, document in enumerate(documents):
        known = downloads.get(position)
        if known is None and transcripts[position] == "unreadable":
            known = _downloads_of(edition, document, False, ())
        has_one = transcripts[position] if known is None else "source" in known
        if has_one and edition.settings.web.transcripts:
            found.add(document.id)
    return frozenset(found)


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
    book = document_book(document)
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
