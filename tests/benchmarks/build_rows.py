"""The rows of the comparison that `build.py` prints: what is timed, and on what."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmark_edition import SETTINGS, SIZE, change, make_edition, seconds, watched_memory
from floors import (
    ALONE,
    a_process_each,
    encoded_alone,
    inputs_and_manifest,
    lxml_copies,
    saxon_identity,
)

from diplomatic.build.documents import Job, work
from diplomatic.build.progress import Progress
from diplomatic.build.runner import Options, run_build
from diplomatic.build.workers import in_processes, share
from diplomatic.edition import Document, Edition, load_edition
from diplomatic.publish.ledger import site_ledger
from diplomatic.publish.making import DocumentPiece, Outcome, Setup, make_piece
from diplomatic.publish.pages import site_pages
from diplomatic.publish.pdf import publish_pdf
from diplomatic.publish.reading import read_checked, read_edition
from diplomatic.publish.records import frame_of, in_context
from diplomatic.publish.search import pagefind_files
from diplomatic.publish.site import forget_site
from diplomatic.publish.versions import program_key

FLOOR = "Saxon identity, file to file"
PROCESSES = 2
TOGETHER = 4
WARMING = 24  # documents that are done before the clock starts
MOST_PDFS = 100  # a volume of more is measured by print_volume.py
P = TypeVar("P")
C = TypeVar("C")
Times = tuple[float, float]
Row = tuple[str, Callable[[], Times]]


@dataclass(frozen=True)
class Bench:
    """What is measured on: the edition, one of one document, one with PDFs, a folder for copies."""

    edition: Edition
    one: Edition
    books: Edition
    copies: Path


def check(document: Document, edition: Edition) -> object:
    """Check a document: grammar, rules, references, fidelity."""
    return work(Job(document, encode=False), edition)


def everything(piece: tuple[DocumentPiece, Setup], edition: Edition) -> Outcome:
    """Check a document and read its facts on the way, as a build does; make its page."""
    document, setup = piece
    work(Job(document.document, encode=False, read=partial(read_checked, "")), edition)
    return make_piece(document, setup)


def pieces_of(edition: Edition, *, source: bool) -> tuple[list[DocumentPiece], Setup]:
    """Return the work on the page of each document, with its source page or without."""
    with site_ledger(edition) as ledger:
        reading = read_edition(edition, ledger, program_key(edition, ledger), whole=False)
        facts = list(reading.content.facts)
        frame = frame_of(edition.settings, facts, site_pages(reading.content))
    if not source:
        for downloads in reading.downloads.values():
            downloads.pop("source", None)
    pieces = [
        DocumentPiece(document, in_context(facts, position, {}, reading.downloads[position]))
        for position, document in enumerate(reading.documents)
    ]
    return pieces, Setup(frame, edition.root.with_name(f"{edition.root.name}-pages"), None)


def warm(function: Callable[[P, C], object], pieces: Sequence[P], common: C) -> Times:
    """Time a piece of work on all documents in workers that have done some before."""
    with in_processes(PROCESSES):
        for _ in share(function, pieces[:WARMING], common, PROCESSES, together=TOGETHER):
            pass
        return seconds(lambda: list(share(function, pieces, common, PROCESSES, together=TOGETHER)))


def start(edition: Edition) -> None:
    """Start the workers, and have each make a page or two."""
    pieces, setup = pieces_of(edition, source=False)
    with in_processes(PROCESSES):
        for _ in share(make_piece, pieces[: 2 * PROCESSES], setup, PROCESSES, together=1):
            pass


def all_of_it(edition: Edition) -> Times:
    """Time check, facts and page of each document."""
    pieces, setup = pieces_of(edition, source=False)
    return warm(everything, [(piece, setup) for piece in pieces], edition)


def pages(edition: Edition, *, source: bool) -> Times:
    """Time the pages of the documents."""
    pieces, setup = pieces_of(edition, source=source)
    shutil.rmtree(setup.folder, ignore_errors=True)
    return warm(make_piece, pieces, setup)


def indexed(edition: Edition) -> Times:
    """Time Pagefind alone, on all pages at once."""
    found = {f"{d.id}.html": edition.html_dir / f"{d.id}.html" for d in edition.documents}
    files = {name: path.read_bytes() for name, path in found.items() if path.exists()}
    return seconds(lambda: pagefind_files(files))


def built(edition: Edition, **how: bool) -> None:
    """Build TEI and website as a user's command does, in this process and its workers."""
    options = Options(("html",), processes=PROCESSES, **how)
    run_build(load_edition(edition.root), options, Progress(quiet=True))


def commanded(edition: Edition) -> None:
    """Build an edition as a user does: by the command, in a process of its own."""
    words = [sys.executable, "-m", "diplomatic", "build", "--edition", str(edition.root)]
    subprocess.run([*words, "--jobs", str(PROCESSES), "--quiet"], capture_output=True)


def whole_site(edition: Edition) -> Times:
    """Time the website, made anew with search; that the former one goes first is not timed."""
    forget_site(edition)
    shutil.rmtree(edition.html_dir, ignore_errors=True)
    return seconds(lambda: built(edition, documents=False, anew=True))


def pdfs(edition: Edition) -> None:
    """Make a PDF of each document and the volume."""
    shutil.rmtree(edition.pdf_dir, ignore_errors=True)
    with in_processes(PROCESSES):
        publish_pdf(load_edition(edition.root))


def documents(bench: Bench) -> Iterator[Row]:
    """Yield what is done document by document."""
    edition, copies = bench.edition, bench.copies
    jobs = [Job(document, encode=True) for document in edition.documents]
    yield FLOOR, lambda: saxon_identity(edition, copies)
    yield "lxml parse and write", lambda: seconds(lambda: lxml_copies(edition, copies))
    yield "start of two workers", lambda: seconds(lambda: start(edition))
    yield "TEI to HTML, warm", lambda: pages(edition, source=False)
    yield "TEI to HTML and source page, warm", lambda: pages(edition, source=True)
    yield "check, warm", lambda: warm(check, edition.documents, edition)
    yield "check, facts and HTML, warm", lambda: all_of_it(edition)
    yield "encode and check, warm", lambda: warm(work, jobs, edition)
    yield "Pagefind alone", lambda: indexed(edition)


def whole(bench: Bench) -> Iterator[Row]:
    """Yield what is done to the whole edition."""
    edition, one = bench.edition, bench.one
    yield "whole site with search", lambda: whole_site(edition)
    yield "build after that", lambda: seconds(lambda: built(edition))
    yield from small(bench)
    yield from by_command(bench)
    books = len(bench.books.documents)
    yield f"PDFs of {books} documents, volume", lambda: seconds(lambda: pdfs(bench.books))
    yield "a build of one", lambda: (change(one), seconds(lambda: built(one)))[1]


def small(bench: Bench) -> Iterator[Row]:
    """Yield what should not hang on the size of the edition."""
    edition = bench.edition

    def changed() -> Times:
        """Time the page of a changed transcript."""
        change(edition)
        return seconds(lambda: built(edition, whole=False))

    yield (
        "stat of all inputs, load the manifest",
        lambda: seconds(lambda: inputs_and_manifest(edition)),
    )
    yield "nothing to do", lambda: seconds(lambda: built(edition))
    yield "one transcript changed: its page", changed
    yield "one transcript changed: the rest", lambda: seconds(lambda: built(edition))


def by_command(bench: Bench) -> Iterator[Row]:
    """Yield the same by the command, with its start: what somebody waits who types it."""

    def after(prepare: Callable[[Edition], None], edition: Edition) -> Times:
        """Time the build after something; the one before makes what `built` does not ask for."""
        commanded(edition)
        prepare(edition)
        return seconds(lambda: commanded(edition))

    yield "by the command: nothing to do", lambda: after(lambda _: None, bench.edition)
    yield "by the command: one transcript changed", lambda: after(change, bench.edition)
    yield "by the command: a build of one", lambda: after(change, bench.one)


def alone(bench: Bench) -> Iterator[Row]:
    """Yield what takes a process for each document, as if for all of them."""
    edition = bench.edition
    pieces, setup = pieces_of(edition, source=False)
    times = len(edition.documents) / ALONE
    for name, function in (
        ("TEI to HTML, one process each", lambda: a_process_each(pieces, setup)),
        ("encode, one process each", lambda: encoded_alone(edition, bench.copies)),
    ):
        clock, used = seconds(function)
        yield name, lambda clock=clock, used=used: (clock * times, used * times)  # type: ignore[misc]


def medians(rounds: Sequence[dict[str, Times]]) -> dict[str, Times]:
    """Return the median of each row over the rounds that timed it."""
    names = dict.fromkeys(name for each in rounds for name in each)
    return {
        name: (
            statistics.median(each[name][0] for each in rounds if name in each),
            statistics.median(each[name][1] for each in rounds if name in each),
        )
        for name in names
    }


def measure(bench: Bench, rounds: int) -> tuple[dict[str, Times], dict[str, float]]:
    """Return every row, and the most memory that a worker had, in MiB, by what for."""
    with watched_memory() as memory:
        first = {"first build: encode, check, website": seconds(lambda: built(bench.edition))}
        most = {"first build": memory.most}
    built(bench.one)
    with watched_memory() as memory:
        whole_site(bench.edition)
        most["whole site"] = memory.most
    built(bench.edition)
    taken = []
    for _ in range(rounds):
        rows = (*documents(bench), *whole(bench))
        taken.append({name: function() for name, function in rows})
    taken.append({name: function() for name, function in alone(bench)})
    return medians(taken) | first, most


def show(count: int, rounds: int, rows: dict[str, Times], memory: dict[str, float]) -> None:
    """Print a table."""
    print(f"\n{count:,} documents of {SIZE:,} bytes, {PROCESSES} workers, medians of {rounds}")  # noqa: T201
    floor = rows[FLOOR]
    for name, (clock, used) in rows.items():
        on_clock, of_processors = clock / floor[0], used / floor[1]
        print(  # noqa: T201
            f"  {name:40}{clock:9.2f} s{on_clock:8.2f} x{used:10.2f} s{of_processors:8.2f} x"
        )
    for name, most in memory.items():
        print(f"  {f'{name}: most memory of a worker':40}{most:9.0f} MiB")  # noqa: T201


def bench_of(folder: Path, count: int, parts: Path) -> Bench:
    """Make what is measured on; `parts` is a folder of transcripts."""
    bench = Bench(
        make_edition(folder / "all", count, parts),
        make_edition(folder / "one", 1, parts),
        make_edition(folder / "books", min(count, MOST_PDFS), parts, _with_pdfs()),
        folder / "copies",
    )
    bench.copies.mkdir()
    built(bench.books)
    return bench


def _with_pdfs() -> str:
    """Return settings that ask for PDFs."""
    return SETTINGS.partition("[print]")[0]
