"""Editions to measure on, and how a measured thing is timed.

Documents of about 11 KB are put together from the parts of others: those of a folder of
transcripts, or the invented ones of the test set.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from diplomatic.edition import Edition, load_edition

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "transcript" / "documents"
SIZE = 11_000
SETTINGS = (
    'title = "Benchmark"\npublisher = "Nobody"\ndate = 2026-11-21\n'
    "[print]\nvolume = false\ndocuments = false\nebook = false\n"
)
_MIB = 1024


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


def make_edition(folder: Path, count: int, corpus: Path, settings: str = SETTINGS) -> Edition:
    """Make an edition of transcripts that are not encoded yet."""
    (folder / "tei" / "sources").mkdir(parents=True)
    (folder / "tei" / "edition.toml").write_text(settings)
    for number, text in enumerate(transcripts(count, corpus)):
        (folder / "tei" / "sources" / f"d{number:05}.txt").write_text(text, "utf-8")
    return load_edition(folder)


def change(edition: Edition) -> None:
    """Change a transcript: one word more in the middle of the edition, another at each call."""
    source = edition.documents[len(edition.documents) // 2].source
    text = source.read_text("utf-8")
    source.write_text(
        text.replace("the", "this", 1) if "the" in text else f"{text}More.\n", "utf-8"
    )


def processors() -> float:
    """Return the seconds that processors have worked for this process and its workers so far."""
    used = os.times()
    ended = used.user + used.system + used.children_user + used.children_system
    return ended + sum(_used(pid) for pid in _children(os.getpid()))


def seconds(function: Callable[[], object]) -> tuple[float, float]:
    """Return how long something takes: on the clock, and of processors."""
    started, used = time.perf_counter(), processors()
    function()
    return time.perf_counter() - started, processors() - used


class Memory:
    """The most that any worker of this process had, in MiB (Linux only: it looks into /proc)."""

    def __init__(self) -> None:
        self.most = 0.0
        self._stop = threading.Event()

    def watch(self) -> None:
        """Look at the workers until it is told to stop."""
        while not self._stop.wait(0.1):
            self.most = max([self.most, *(_peak(pid) for pid in _children(os.getpid()))])

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()


@contextmanager
def watched_memory() -> Iterator[Memory]:
    """Watch the memory of the workers that are started in here."""
    memory = Memory()
    thread = threading.Thread(target=memory.watch)
    thread.start()
    try:
        yield memory
    finally:
        memory.stop()
        thread.join()


def _children(parent: int) -> list[str]:
    """Return the process numbers of the workers of a process; not those of other programs."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
            is_worker = b"spawn_main" in (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(words[1]) == parent and is_worker:
            found.append(folder.name)
    return found


def _used(pid: str) -> float:
    """Return the seconds that processors have worked for a process so far."""
    try:
        words = Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(word) for word in words[11:13]) / os.sysconf("SC_CLK_TCK")


def _peak(pid: str) -> float:
    """Return the most memory that a process has had so far, in MiB."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc", pid, "status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / _MIB if found else 0.0
