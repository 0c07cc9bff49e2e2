"""How fast an edition is built: `python tests/benchmarks/build.py [COUNT [ROUNDS]]`.

Documents of about 11 KB are put together from the parts of others: those in `../shared/corpus`
where that folder is, else the invented ones of the test set. Each round times every row once, one
after the other, so that a busy moment of the machine hits all; medians are shown, and their ratio
to a floor: one process that copies the same TEI documents with Saxon, from file to file.
"""

from __future__ import annotations

import json
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
from diplomatic.build.workers import share
from diplomatic.edition import Edition, load_edition
from diplomatic.publish import site

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
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
    started = time.perf_counter()
    for path in files:
        sheet.transform_to_file(source_file=str(path), output_file=f"{sys.argv[3]}/{path.name}")
    print(time.perf_counter() - started)
"""


def transcripts(count: int) -> Iterator[str]:
    """Yield transcripts, each begun with another document and filled with paragraphs of others."""
    paths = sorted(CORPUS.rglob("*.txt")) or sorted(OWN.glob("*/in.txt"))
    texts = [path.read_text("utf-8") for path in paths]
    blocks = [block for text in texts for block in re.split(r"\n\s*\n", text) if len(block) > 200]
    for number in range(count):
        text = texts[number % len(texts)][:SIZE].rstrip()
        for block in islice(cycle(blocks), number * 7 % len(blocks), None):
            if len(text.encode()) >= SIZE:
                break
            text += f"\n\n{block}"
        yield f"{text}\n"


def make_edition(folder: Path, count: int) -> Edition:
    """Make an edition of transcripts that are not encoded yet."""
    (folder / "tei" / "sources").mkdir(parents=True)
    (folder / "tei" / "edition.toml").write_text(SETTINGS)
    for number, text in enumerate(transcripts(count)):
        (folder / "tei" / "sources" / f"d{number:05}.txt").write_text(text, "utf-8")
    return load_edition(folder)


def seconds(function: Callable[[], object]) -> float:
    """Return how long something takes."""
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def saxon_floor(edition: Edition, copies: Path) -> float:
    """Return how long Saxon takes to copy the documents."""
    command = [sys.executable, "-c", SAXON, IDENTITY, str(edition.documents_dir), str(copies)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def lxml_floor(edition: Edition, copies: Path) -> None:
    """Parse and write the documents with lxml."""
    for document in edition.documents:
        etree.parse(str(document.tei)).write(str(copies / document.tei.name), encoding="utf-8")


def documents(edition: Edition, *, encode: bool) -> None:
    """Encode and check the documents, or check them only."""
    jobs = [Job(document, encode) for document in edition.documents]
    for _ in share(work, jobs, edition, PROCESSES):
        pass


def pages(edition: Edition) -> None:
    """Render the page of each document, without writing it."""
    content, read, _ = site._read(edition)
    pieces = site._pieces(edition, read, content, [])
    own = {f"{document.id}.html" for document in read}
    wanted = [piece for piece in pieces if piece.name in own]
    setup = site.Setup("en", None)
    for _ in share(site.render_piece, wanted, setup, PROCESSES):
        pass


def whole_site(edition: Edition) -> None:
    """Make the website anew, with search."""
    options = Options(("html",), documents=False, processes=PROCESSES, anew=True)
    run_build(edition, options, Progress(quiet=True))


def build(edition: Edition) -> None:
    """Run the command, as a user does."""
    command = [sys.executable, "-m", "diplomatic", "build", "--quiet", "--jobs", str(PROCESSES)]
    done = subprocess.run([*command, "--edition", str(edition.root)], capture_output=True)
    if done.returncode not in (0, 1):  # invented transcripts may have findings
        sys.exit(done.stderr.decode())


def no_op_floor(edition: Edition) -> None:
    """Look at all inputs and load the memory of the build, as nothing can do without."""
    for folder in (edition.tei_dir, edition.output_dir, ROOT / "xslt", ROOT / "scripts"):
        for path in folder.rglob("*"):
            path.stat()
    json.loads((edition.hidden_dir / "state.json").read_bytes())


def process_for_each(edition: Edition, out: Path) -> float:
    """Return how long all documents would take with a process for each."""

    def encode(source: Path) -> None:
        command = [sys.executable, "-m", "diplomatic", "encode", str(source), "--out", str(out)]
        subprocess.run(command, capture_output=True)

    taken = [seconds(lambda: encode(each.source)) for each in edition.documents[:ALONE]]  # noqa: B023
    return statistics.mean(taken) * len(edition.documents)


def one_round(folder: Path, count: int) -> dict[str, float]:
    """Time every row once, on a fresh edition."""
    edition = make_edition(folder / "edition", count)
    copies = folder / "copies"
    copies.mkdir()
    taken = {"whole build: website, search, ebook": seconds(lambda: build(edition))}
    taken["nothing to do"] = seconds(lambda: build(edition))
    taken["stat of all inputs, load the memory"] = seconds(lambda: no_op_floor(edition))
    changed = edition.documents[0].source
    changed.write_text(changed.read_text("utf-8").replace("the", "this", 1), "utf-8")
    taken["one transcript changed"] = seconds(lambda: build(edition))
    taken["Saxon identity, file to file"] = saxon_floor(edition, copies)
    taken["lxml parse and write"] = seconds(lambda: lxml_floor(edition, copies))
    taken["check"] = seconds(lambda: documents(edition, encode=False))
    taken["TEI to HTML, documents only"] = seconds(lambda: pages(edition))
    taken["whole site with search"] = seconds(lambda: whole_site(edition))
    shutil.rmtree(edition.documents_dir)
    taken["encode and check"] = seconds(lambda: documents(edition, encode=True))
    taken["encode, one process for each"] = process_for_each(edition, copies)
    return taken


def main(count: int, rounds: int) -> None:
    """Print the table."""
    results = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            results.append(one_round(Path(folder), count))
    base = statistics.median(result["Saxon identity, file to file"] for result in results)
    print(f"{count:,} documents of {SIZE:,} bytes, {PROCESSES} workers, medians of {rounds}")  # noqa: T201
    for name in results[0]:
        middle = statistics.median(result[name] for result in results)
        each = middle / count * 1000
        print(f"  {name:38}{middle:9.2f} s{each:9.2f} ms each{middle / base:8.2f} x floor")  # noqa: T201


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*numbers, *(100, 5)[len(numbers) :])
