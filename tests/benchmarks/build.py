"""How fast an edition is built: `python tests/benchmarks/build.py [COUNT [ROUNDS [CORPUS]]]`.

Documents of about 11 KB are put together from the parts of others: those in CORPUS, a folder of
transcripts, where one is named, else the invented ones of the test set. They are encoded once;
then each round times every row, one after the other, so that a busy moment of the machine hits
all. Seconds on the clock and seconds of processors are shown as medians, with their ratio to a
floor: one process that copies the same TEI documents with Saxon, from file to file. On a machine
that others use too the processors' seconds are the ones to believe.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

from lxml import etree

from diplomatic.build.documents import Job, work
from diplomatic.build.progress import Progress
from diplomatic.build.runner import Options, run_build
from diplomatic.build.workers import in_processes, share
from diplomatic.edition import Edition, load_edition
from diplomatic.publish.ledger import site_ledger
from diplomatic.publish.making import DocumentPiece, Setup, make_piece
from diplomatic.publish.pages import site_pages
from diplomatic.publish.reading import read_edition
from diplomatic.publish.records import frame_of, in_context
from diplomatic.publish.site import forget_site
from diplomatic.publish.versions import program_key

ROOT = Path(__file__).parents[2]
FLOOR = "Saxon identity, file to file"
OWN = ROOT / "tests" / "transcript" / "documents"
SIZE = 11_000
PROCESSES = 2
ALONE = 3  # documents that get a process each; all of them would take too long
SETTINGS = (
    'title = "Benchmark"\npublisher = "Nobody"\ndate = 2026-11-21\n'
    "[print]\nvolume = false\ndocuments = false\n"
)
IDENTITY = (
    '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
    '<xsl:mode on-no-match="shallow-copy"/></xsl:stylesheet>'
)
# The floor, in a process of its own: it says how long its work took, without its start.
SAXON = """
import sys, time
from pathlib import Path
from saxonche import PySaxonProcessor
with PySaxonProcessor(license=False) as processor:
    sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=sys.argv[1])
    files = sorted(Path(sys.argv[2]).glob("*.xml"))
    started, used = time.perf_counter(), time.process_time()
    for path in files:
        sheet.transform_to_file(source_file=str(path), output_file=f"{sys.argv[3]}/{path.name}")
    print(time.perf_counter() - started, time.process_time() - used)
"""


def transcripts(count: int, corpus: Path) -> Iterator[str]:
    """Yield transcripts, each begun with another document and filled with paragraphs of others."""
    paths = [path for path in sorted(corpus.rglob("*.txt")) if path.name != "expected.txt"]
    texts = [path.read_text("utf-8") for path in paths]
    blocks = [block for text in texts for block in re.split(r"\n\s*\n", text) if len(block) > 200]
    for number in range(count):
        text = texts[number % len(texts)][:SIZE].rstrip()
        for block in islice(cycle(blocks), number * 7 % len(blocks), None):
            if len(text.encode()) >= SIZE:
                break
            text += f"\n\n{block}"
        yield f"{text}\n"


def make_edition(folder: Path, count: int, corpus: Path) -> Edition:
    """Make an edition of transcripts that are not encoded yet."""
    (folder / "tei" / "sources").mkdir(parents=True)
    (folder / "tei" / "edition.toml").write_text(SETTINGS)
    for number, text in enumerate(transcripts(count, corpus)):
        (folder / "tei" / "sources" / f"d{number:05}.txt").write_text(text, "utf-8")
    return load_edition(folder)


def processors() -> float:
    """Return the seconds that processors have worked for this process and those it waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def seconds(function: Callable[[], object]) -> tuple[float, float]:
    """Return how long something takes: on the clock, and of processors."""
    started, used = time.perf_counter(), processors()
    function()
    return time.perf_counter() - started, processors() - used


def saxon_floor(edition: Edition, copies: Path) -> tuple[float, float]:
    """Return how long Saxon takes to copy the documents, without its start."""
    command = [sys.executable, "-c", SAXON, IDENTITY, str(edition.documents_dir), str(copies)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(said[0]), float(said[1])


def lxml_floor(edition: Edition, copies: Path) -> None:
    """Parse and write the documents with lxml."""
    for document in edition.documents:
        etree.parse(str(document.tei)).write(str(copies / document.tei.name), encoding="utf-8")


def checked(edition: Edition) -> None:
    """Check the documents: grammar, rules, references, fidelity."""
    with in_processes(PROCESSES):
        jobs = [Job(document, encode=False) for document in edition.documents]
        for _ in share(work, jobs, edition, PROCESSES, together=4):
            pass


def pages(edition: Edition, *, source: bool) -> None:
    """Render the page of each document, with its source page or without, and write it."""
    with in_processes(PROCESSES), site_ledger(edition) as ledger:
        reading = read_edition(edition, ledger, program_key(edition, ledger), whole=False)
        if not source:
            for downloads in reading.downloads:
                downloads.pop("source", None)
        facts = reading.content.facts
        frame = frame_of(edition.settings, facts, site_pages(reading.content))
        setup = Setup(frame, edition.output_dir / "benchmark", None)
        pieces = [
            DocumentPiece(document, in_context(facts, position, {}, reading.downloads[position]))
            for position, document in enumerate(reading.documents)
        ]
        for _ in share(make_piece, pieces, setup, PROCESSES, together=4):
            pass


def built(edition: Edition, **how: bool) -> None:
    """Build TEI and website as a user's command does, in this process and its workers."""
    options = Options(("html",), processes=PROCESSES, **how)
    run_build(load_edition(edition.root), options, Progress(quiet=True))


def whole_site(edition: Edition) -> None:
    """Make the website anew, with search."""
    forget_site(edition)
    shutil.rmtree(edition.html_dir, ignore_errors=True)
    built(edition, documents=False, anew=True)


def no_op_floor(edition: Edition) -> None:
    """Look at all inputs once and load the manifest of the build, in the fastest way there is.

    The inputs are asked for by folder, without a Path for each, which takes a third of the time
    that one by one takes. The manifest is the memory that is keyed by them, `state.json`; that of
    the website, which some builds with nothing to do would load too, is left out, and so are the
    outputs, of which there are three times as many as inputs: both would make the floor higher.
    """
    waiting = [str(folder) for folder in (edition.tei_dir, ROOT / "xslt", ROOT / "scripts")]
    while waiting:
        for entry in os.scandir(waiting.pop()):
            if entry.is_dir():
                waiting.append(entry.path)
            else:
                entry.stat()
    json.loads((edition.hidden_dir / "state.json").read_bytes())


def change(edition: Edition) -> None:
    """Change a transcript."""
    source = edition.documents[len(edition.documents) // 2].source
    text = source.read_text("utf-8")
    source.write_text(
        text.replace("the", "this", 1) if "the" in text else f"{text}More.\n", "utf-8"
    )


def process_for_each(edition: Edition, out: Path) -> None:
    """Encode some documents with a process for each."""
    for document in edition.documents[:ALONE]:
        words = [sys.executable, "-m", "diplomatic", "encode", str(document.source)]
        subprocess.run([*words, "--out", str(out)], capture_output=True)


def rows(
    edition: Edition, copies: Path, one: Edition
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is timed; `one` is an edition of one document."""
    yield "lxml parse and write", lambda: lxml_floor(edition, copies)
    yield "TEI to HTML: page", lambda: pages(edition, source=False)
    yield "TEI to HTML: page, source page", lambda: pages(edition, source=True)
    yield "check", lambda: checked(edition)
    yield "whole site with search", lambda: whole_site(edition)
    yield "build after that", lambda: built(edition)
    yield "stat of all inputs, load the memory", lambda: no_op_floor(edition)
    yield "nothing to do", lambda: built(edition)
    change(edition)
    yield "one transcript changed: its page", lambda: built(edition, whole=False)
    yield "one transcript changed: the rest", lambda: built(edition)
    change(one)
    yield "a build of one", lambda: built(one)


def one_round(edition: Edition, one: Edition, copies: Path) -> dict[str, tuple[float, float]]:
    """Time every row once: seconds on the clock, seconds of processors."""
    taken = {FLOOR: saxon_floor(edition, copies)}
    for name, function in rows(edition, copies, one):
        taken[name] = seconds(function)
    return taken


def main(count: int, rounds: int, corpus: Path) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        edition, one = (
            make_edition(place / name, number, corpus)
            for name, number in (("all", count), ("one", 1))
        )
        (copies := place / "copies").mkdir()
        first = {"first build: encode, check, website": seconds(lambda: built(edition))}
        built(one)
        results = [one_round(edition, one, copies) for _ in range(rounds)]
        alone = seconds(lambda: process_for_each(edition, copies))
        first["encode, one process for each"] = (alone[0] / ALONE * count, alone[1] / ALONE * count)
    medians = {
        name: tuple(statistics.median(result[name][k] for result in results) for k in (0, 1))
        for name in results[0]
    }
    print(f"{count:,} documents of {SIZE:,} bytes, {PROCESSES} workers, medians of {rounds}")  # noqa: T201
    floor = medians[FLOOR]
    for name, (clock, used) in {**medians, **first}.items():
        shown = (
            f"{clock:9.2f} s{clock / floor[0]:8.2f} x",
            f"{used:10.2f} s{used / floor[1]:8.2f} x",
        )
        print(f"  {name:38}{''.join(shown)}")  # noqa: T201


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100,
        int(sys.argv[2]) if len(sys.argv) > 2 else 5,
        Path(sys.argv[3]) if len(sys.argv) > 3 else OWN,
    )
