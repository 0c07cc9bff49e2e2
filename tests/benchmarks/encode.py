"""How fast transcripts become TEI: `python tests/benchmarks/encode.py [COUNT]`.

Two kinds of documents of about 11 KB: the journal of this edition, each copy with other names
(running text), and runs of the invented documents of the test set (nothing but short lines and
brackets, the worst case). `encode` alone is timed in one process and in two, against a floor in
the same run: lxml parsing and writing the documents made. Medians of five rounds, alternating.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from lxml import etree

from diplomatic.encode import EncodeRequest, encode_transcript

PARTS = Path(__file__).parents[1] / "transcript" / "documents"
JOURNAL = Path(__file__).parents[2] / "tei" / "sources" / "ivanov-journal-1956-01-13.txt"
SIZE = 11_000
ROUNDS = 5


def journals(count: int) -> list[bytes]:
    """Return copies of the edition's journal, each with another name and number in it."""
    text = JOURNAL.read_text("utf-8")
    return [text.replace("Kim Il Sung", f"Kim N. {n}").encode() for n in range(count)]


def transcripts(count: int) -> list[bytes]:
    """Return transcripts of about 11 KB, each from a different run of the invented documents."""
    parts = [path.read_bytes() for path in sorted(PARTS.glob("*/in.txt"))]
    made = []
    for number in range(count):
        text, position = b"", number
        while len(text) < SIZE:
            text += parts[position % len(parts)] + b"\n"
            position += 1
        made.append(text)
    return made


def encode_all(documents: list[bytes]) -> list[bytes]:
    """Encode documents one after the other."""
    return [encode_transcript(data, EncodeRequest("d1", "d1.txt")).xml for data in documents]


def floor(made: list[bytes]) -> int:
    """Parse and write documents with lxml."""
    return sum(len(etree.tostring(etree.fromstring(data))) for data in made)


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def table(title: str, documents: list[bytes], pool: ProcessPoolExecutor) -> None:
    """Print the table of one kind of documents."""
    made = encode_all(documents)
    halves = [documents[::2], documents[1::2]]
    list(pool.map(encode_all, halves))
    times: dict[str, list[float]] = {
        "lxml parse and write": [],
        "encode, one process": [],
        "encode, two": [],
    }
    for _ in range(ROUNDS):
        times["lxml parse and write"].append(seconds(lambda: floor(made)))
        times["encode, one process"].append(seconds(lambda: encode_all(documents)))
        times["encode, two"].append(seconds(lambda: list(pool.map(encode_all, halves))))
    base = statistics.median(times["lxml parse and write"])
    size = sum(map(len, documents)) // len(documents)
    print(f"{title}: {len(documents)} documents of {size} bytes, medians of {ROUNDS}")  # noqa: T201
    for name, taken in times.items():
        middle = statistics.median(taken)
        rate = len(documents) / middle
        print(f"  {name:22}{middle:8.3f} s{rate:8.0f} documents/s{middle / base:8.1f} x floor")  # noqa: T201


def main(count: int) -> None:
    """Print both tables."""
    with ProcessPoolExecutor(2) as pool:
        table("running text", journals(count), pool)
        table("short lines and brackets", transcripts(count), pool)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
