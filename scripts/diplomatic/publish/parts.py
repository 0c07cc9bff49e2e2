"""What a website has beside its pages, made from the whole of it: assets, search, data, downloads.

In: what the pages were made from, and the account of them. Out: the account of these files, in a
few parts, each kept while what it is made from is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from diplomatic.build.atomic import write_if_changed, write_pieces
from diplomatic.build.workers import how_many
from diplomatic.edition import Edition
from diplomatic.publish.bare_search import HEAD, Labels, head, piece, piece_name
from diplomatic.publish.books import books, edition_books
from diplomatic.publish.content import EditionContent
from diplomatic.publish.corpus import corpus, corpus_of_parts, part_file, parts_of
from diplomatic.publish.exchange import HANGS_ON, Exchanged, exchange_files, exchange_names, sitemap
from diplomatic.publish.ledger import Ledger, Made, Stamp, key_of, stamp
from diplomatic.publish.look import look_files
from diplomatic.publish.making import Setup
from diplomatic.publish.reading import Reading
from diplomatic.publish.search import indexed, pagefind_files
from diplomatic.publish.shards import in_shards
from diplomatic.publish.touched import Touched
from diplomatic.publish.webfonts import remembered_fonts
from diplomatic.resources import schema_dir, xslt_dir

_WRITERS: Final = 8
# What is made from every word of the edition, and takes longest; a preview makes it last.
_LATE: Final = ("search ", "words ", "data ")
_Maker = Callable[[], Mapping[str, bytes | Iterable[bytes]]]


# What the memory is to know: by name a key, and what was made.
_Rows = dict[str, tuple[str, Made]]
_Waiting = Future[_Rows]


@dataclass(frozen=True)
class _Part:
    """A part: what it depends on as a key, and how it is made.

    `read` is for what hangs only on some of that: it returns a key of what is really read, and
    another way to make the part from it.
    """

    key: str
    make: _Maker
    read: Callable[[], tuple[str, _Maker]] | None = None


@dataclass(frozen=True)
class Ingredients:
    """What the parts are made from: edition, content, and the account of the pages by name.

    `reading` names what was read from each document; `program` all that does not come from them.
    `made` has what was made or looked at; where that is not everything, the memory knows the rest.
    """

    edition: Edition
    content: EditionContent
    setup: Setup
    reading: Reading
    program: str
    made: dict[str, Made]
    ledger: Ledger
    touched: Touched | None = None

    @property
    def pages(self) -> list[str]:
        """Every page of the website."""
        names = {name for made in self.made.values() for name, _, _ in made.files}
        if self.touched:
            names |= self.ledger.every_file()
        return sorted(name for name in names if name.endswith(".html"))

    @property
    def characters(self) -> str:
        """The characters of all pages, those of ASCII left out."""
        found = set().union(*(each.characters for each in self.made.values()))
        return "".join(sorted(found | self.ledger.characters() if self.touched else found))

    @property
    def is_searched(self) -> bool:
        """Say whether there is a search."""
        return self.edition.settings.web.search and bool(self.content.facts)

    @cached_property
    def shards(self) -> list[list[str]]:
        """The documents of each shard of the search."""
        return in_shards([document.id for document in self.reading.documents])

    def asked_shards(self, files: str) -> dict[int, list[str]]:
        """Return the shards to be looked at, by number from 1; `files` begins their files."""
        numbered = dict(enumerate(self.shards, 1))
        if self.touched is None or self.touched.has_file(files):
            return numbered
        asked = {self.reading.documents[position].id for position in self.reading.downloads}
        return {number: own for number, own in numbered.items() if not asked.isdisjoint(own)}

    def texts(self, documents: Sequence[str]) -> list[Stamp]:
        """Return the page of each of these documents that has one, with its size and time."""
        found = []
        for name in documents:
            made = self.made.get(name)
            files = made.files if made else self.ledger.files(name)
            found += [each for each in files if each[0] == f"{name}.html"]
        return found


def is_late(name: str) -> bool:
    """Say whether a page or part is one of those that a preview makes last: of all documents."""
    return name.startswith(_LATE) or name.endswith(".html")


@contextmanager
def begun_search(made_from: Ingredients, *, whole: bool) -> Iterator[Sequence[_Waiting]]:
    """Let Pagefind index the pages of the documents while everything else is made.

    Raises:
        DiplomaticError: D801, a file cannot be written; D715, Pagefind, when it is waited for.
    """
    parts = _pagefind(made_from) if whole and made_from.is_searched else {}
    # It is a process of its own: a thread waits for it.
    pool = ThreadPoolExecutor(how_many(len(made_from.content.facts)))
    try:
        yield [pool.submit(_made, name, part, made_from) for name, part in parts.items()]
    finally:
        pool.shutdown(cancel_futures=True)


def made_parts(
    made_from: Ingredients, begun: Sequence[_Waiting], *, whole: bool
) -> dict[str, Made]:
    """Make the parts that are out of date; return all of them by name, with those `begun`.

    Raises:
        DiplomaticError: D801, a file cannot be written; D714, a font is missing; D715, Pagefind.
    """
    # Where not everything is looked at, they are not either.
    ledger, is_all = made_from.ledger, made_from.touched is None
    late = _late(ledger) if is_all and not whole else {}
    characters = replace(made_from, made={**made_from.made, **late}).characters
    wanted: dict[str, _Part] = {
        "assets": _Part(
            key_of(made_from.program, characters),
            lambda: _assets(made_from.edition, characters),
        ),
        "downloads": _downloads(made_from.edition, ledger),
    }
    if whole:
        wanted |= _data(made_from)
        if made_from.is_searched:
            wanted |= _words(made_from)
    done = [_made(name, part, made_from) for name, part in wanted.items()]
    made: dict[str, Made] = {}
    for rows in (*done, *(each.result() for each in begun)):
        for name, (key, part) in rows.items():
            ledger.note(name, key, part)
            made[name] = part
    return made | late


def data_files(edition: Edition, content: EditionContent) -> list[tuple[str, str]]:
    """Return the files for other programs by what they are, as the page on data lists them."""
    names = exchange_names(edition.settings, content.a_letter)
    if parts_of(content.facts):
        # It says that it is in parts.
        names = {"corpus-parts": names.pop("corpus"), **names}
    files = list(names.items())
    files += edition_books(books(edition, [])).items()
    files += [("index", f"tei/indices/{path.name}") for path in edition.index_paths.values()]
    return [*files, ("schema", "tei/schema/edition.rng"), ("rules", "tei/schema/edition.sch")]


def _late(ledger: Ledger) -> dict[str, Made]:
    """Return the pages and parts that a preview makes last, as they were left."""
    found = ((name, ledger.before(name)) for name in ledger.names() if is_late(name))
    return {name: made for name, made in found if made}


def _made(name: str, part: _Part, made_from: Ingredients) -> _Rows:
    """Return what the memory is to know of a part, as it was kept, or made now."""
    ledger = made_from.ledger
    kept, make = ledger.kept(name, part.key), part.make
    rows = {name: part.key}
    if part.read is not None:
        inner = f"{name}, as read"
        if kept is not None:
            before = ledger.key(inner)
            return {name: (part.key, kept)} | ({inner: (before, kept)} if before else {})
        rows[inner], make = part.read()
        kept = ledger.kept(inner, rows[inner])
    if kept is None:
        kept = _written(make(), made_from.setup)
    return {each: (key, kept) for each, key in rows.items()}


def _written(files: Mapping[str, bytes | Iterable[bytes]], setup: Setup) -> Made:
    """Write files that differ from what is there; return the account of them.

    What comes in pieces is too large to be compared.
    """
    whole: dict[Path, bytes] = {}
    for name, data in files.items():
        if isinstance(data, bytes):
            whole[setup.folder / name] = data
        else:
            write_pieces(setup.folder / name, data, durable=False)
    # Writing is waiting for the disk, which threads can do together.
    with ThreadPoolExecutor(_WRITERS) as pool:
        list(pool.map(lambda item: write_if_changed(*item, durable=False), whole.items()))
    stamps = (stamp(setup.folder, each) for each in sorted(files))
    return Made(tuple(each for each in stamps if each))


def _assets(edition: Edition, characters: str) -> dict[str, bytes]:
    """Return style sheets, script, fonts, and the edition's own look."""
    names = ("pages.css", "edition.js", "icon.svg")
    files = {f"assets/{name}": (xslt_dir() / "assets" / name).read_bytes() for name in names}
    files.update(look_files(edition))
    if edition.settings.web.fonts:
        # Tags and all: what they are written in is in the fonts in any case.
        fonts = remembered_fonts(characters, edition.hidden_dir / "web-fonts")
        # One sheet is one request.
        files["assets/edition.css"] = fonts.pop("fonts.css") + files["assets/edition.css"]
        files.update({f"assets/{name}": data for name, data in fonts.items()})
    return files


def _downloads(edition: Edition, ledger: Ledger) -> _Part:
    """Return the indices and the schema as they are, laid out as in the edition."""
    paths = {f"tei/indices/{path.name}": path for path in edition.index_paths.values()}
    for name in ("edition.rng", "edition.sch"):
        paths[f"tei/schema/{name}"] = schema_dir() / name
    there = {name: path for name, path in paths.items() if path.exists()}
    key = key_of([(name, ledger.digest(path)) for name, path in there.items()])
    return _Part(key, lambda: {name: path.read_bytes() for name, path in there.items()})


def _data(made_from: Ingredients) -> dict[str, _Part]:
    """Return the files for other programs: of the texts, of the facts, of the pages."""
    content, program, settings = made_from.content, made_from.program, made_from.content.settings
    named = exchange_names(settings, content.a_letter)
    parts = {**_texts(made_from, named["corpus"]), **dict(_facts(made_from))}
    if "sitemap" in named:
        pages = [name for name in made_from.pages if name != "404.html"]
        parts["data pages"] = _Part(
            key_of(program, pages), lambda: {named["sitemap"]: sitemap(settings, pages)}
        )
    return parts


def _texts(made_from: Ingredients, file: str) -> dict[str, _Part]:
    """Return the corpus: `file` with all documents, or with the parts that it includes."""
    reading, program, settings = made_from.reading, made_from.program, made_from.content.settings
    names = [document.id for document in reading.documents]

    def texts(positions: range) -> Iterator[bytes]:
        # One after the other from the memory: together they may be larger than this computer's.
        return (made_from.ledger.readings.corpus(names[position]) for position in positions)

    def part(number: int, own: range) -> _Part:
        key = key_of(program, own, [reading.keys[position] for position in own])
        return _Part(key, lambda: {part_file(number): corpus(settings, texts(own), own)})

    parts = parts_of(names)
    whole = _Part(
        key_of(program, reading.keys), lambda: {file: corpus(settings, texts(range(len(names))))}
    )
    if parts:
        whole = _Part(
            key_of(program, len(parts)), lambda: {file: corpus_of_parts(settings, len(parts))}
        )
    numbered = {f"data texts {number}": part(number, own) for number, own in enumerate(parts, 1)}
    return {"data texts": whole, **numbered}


def _facts(made_from: Ingredients) -> Iterator[tuple[str, _Part]]:
    """Yield the files for other programs that are made from the facts of all documents."""
    content, program = made_from.content, made_from.program
    exchanged = Exchanged(content.settings, content.facts, content.names)
    for what, hangs_on in HANGS_ON.items():
        shown = key_of(program, [content.all_shown(each) for each in hangs_on])
        make = partial(exchange_files, exchanged, (what,))
        part = _Part(shown, make)
        if what == "letters":
            part = _Part(
                key_of(shown, made_from.reading.indices),
                make,
                partial(_letters, made_from, shown, make),
            )
        yield f"data {what}", part


def _letters(made_from: Ingredients, shown: str, make: _Maker) -> tuple[str, _Maker]:
    """Return a key with what the indices say of who wrote to whom, and how the file is made."""
    content = made_from.content
    parties = {party.key for document in content.facts for party in document.parties}
    return key_of(
        shown, [content.names[key] for key in sorted(parties & content.names.keys())]
    ), make


def _pagefind(made_from: Ingredients) -> dict[str, _Part]:
    """Return Pagefind's index of the pages of each shard."""
    program, folder = made_from.program, made_from.setup.folder
    shards = made_from.asked_shards("pagefind/")
    keys = {number: key_of(program, made_from.texts(own)) for number, own in shards.items()}
    stale = sum(made_from.ledger.key(f"search {number}") != key for number, key in keys.items())

    def part(number: int) -> _Part:
        def read() -> tuple[str, _Maker]:
            pages = {
                name: indexed((folder / name).read_bytes())
                for name, *_ in made_from.texts(shards[number])
            }
            read = [(name, hashlib.sha256(page).digest()) for name, page in pages.items()]
            inner = key_of(program, number, read)
            return inner, lambda: pagefind_files(pages, number, alone=stale == 1) if pages else {}

        return _Part(keys[number], dict, read)

    return {f"search {number}": part(number) for number in shards}


def _words(made_from: Ingredients) -> dict[str, _Part]:
    """Return the scripts for bare files: one for each shard, and the one that all need.

    What the indices say counts as far as documents can be found by it.
    """
    content, reading, program = made_from.content, made_from.reading, made_from.program
    labels = Labels(content.settings.language, content.names)
    at = {document.id: position for position, document in enumerate(reading.documents)}
    shards = made_from.shards

    def part(number: int, documents: Sequence[str]) -> _Part:
        keys = [reading.keys[at[name]] for name in documents]

        def read() -> tuple[str, _Maker]:
            own = [content.facts[at[name]] for name in documents]
            labelled = [(document, labels.of(document)) for document in own]
            texts = (made_from.ledger.readings.content("texts", name) for name in documents)
            inner = key_of(program, keys, [said for _, said in labelled])
            return inner, lambda: {piece_name(number): piece(number, labelled, texts)}

        return _Part(key_of(program, keys, reading.indices), dict, read)

    def read_all() -> tuple[str, _Maker]:
        first = head(map(labels.of, content.facts), len(shards))
        return key_of(first), lambda: {HEAD: first}

    shown = key_of(program, content.all_shown("facets"), reading.indices, len(shards))
    asked = made_from.asked_shards("assets/search-")
    parts = {f"words {number}": part(number, own) for number, own in asked.items()}
    return parts | {"words all": _Part(shown, dict, read_all)}
