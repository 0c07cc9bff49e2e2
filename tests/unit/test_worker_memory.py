"""The memory of a worker: bounded, and the same after many documents as after some."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from diplomatic.build.documents import Job, work
from diplomatic.edition import load_edition
from diplomatic.publish.ledger import site_ledger
from diplomatic.publish.making import DocumentPiece, Setup, make_piece
from diplomatic.publish.reading import read_edition
from diplomatic.publish.records import frame_of, in_context

STATUS = Path("/proc/self/status")
LARGEST = 300  # MiB
SAMPLES = (150, 300, 450)
TEXT = """\
No. {number}
Letter from Kim Il Sung to Ivanov
Pyongyang, 9 March 1951

Dear Comrade,

I ask you to send [two words illegible] to the address [of the embassy].{more}

[signature] Kim Il Sung
"""


def memory() -> int:
    """Return the memory of this process in MiB."""
    lines = STATUS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) >> 10


def through_a_worker(root: Path) -> list[int]:
    """Encode, check and render documents one after another; return the memory at each sample."""
    edition = load_edition(root)
    documents = edition.documents
    for document in documents:
        work(Job(document, encode=True), edition)
    with site_ledger(edition) as ledger:
        reading = read_edition(edition, ledger, "", whole=False)
        facts = list(reading.content.facts)
    setup = Setup(frame_of(edition.settings, facts), edition.html_dir, None)
    found = []
    for number in range(max(SAMPLES) + 1):
        position = number % len(documents)
        if number in SAMPLES:
            found.append(memory())
        work(Job(documents[position], encode=True), edition)
        context = in_context(facts, position, {}, reading.downloads[position])
        make_piece(DocumentPiece(documents[position], context), setup)
    return found


@pytest.mark.skipif(not STATUS.exists(), reason="/proc, which tells the memory, is not there")
def test_the_memory_of_a_worker_is_flat(tmp_path: Path) -> None:
    """One worker does all kinds of work on hundreds of documents, German ones among them."""
    sources = tmp_path / "tei" / "sources"
    sources.mkdir(parents=True)
    settings = 'title = "T"\npublisher = "P"\ndate = 2026-11-22\n'
    (tmp_path / "tei" / "edition.toml").write_text(settings)
    mores = (
        "",
        " Wir bitten um eine Antwort." * 9,
    )
    for number in range(12):
        text = TEXT.format(number=number, more=mores[number % len(mores)])
        (sources / f"d{number:02}.txt").write_text(text, "utf-8")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        first, *rest = pool.submit(through_a_worker, tmp_path).result()
    assert max(first, *rest) < LARGEST
    assert max(rest) < first * 1.3
