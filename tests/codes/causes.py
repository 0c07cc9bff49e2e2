"""Causes of findings that no file can hold, each really made: the closed list for `case.toml`.

A cause is a sentence and a context manager. It gets the miniature, a MonkeyPatch that is undone
afterwards, and the package that the case names; it yields what the command needs to know of it.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.machinery import PathFinder
from multiprocessing import parent_process
from pathlib import Path

import pytest
from word_files import WORD_FILES, word

from diplomatic.build.documents import Job, Outcome, work
from diplomatic.build.lock import build_lock
from diplomatic.edition import Edition
from diplomatic.inputs.flow import Table
from diplomatic.publish import fonts
from diplomatic.settings import MOST_DOCUMENTS

Cause = Callable[[Path, pytest.MonkeyPatch, str], AbstractContextManager[dict[str, object]]]


@contextmanager
def _port(_: Path, _patch: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
    """Listen on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield {"port": taken.getsockname()[1]}


@contextmanager
def _lock(folder: Path, _: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
    """Hold the lock of the build."""
    with build_lock(folder / "output/.build/lock"):
        yield {}


@contextmanager
def _in_the_way(folder: Path, _: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
    """Put a file where the output goes."""
    (folder / "output").write_text("a file\n")
    yield {}


@contextmanager
def _killed(_: Path, patch: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
    """Have each worker of the build kill itself as soon as it has work."""
    patch.setattr("diplomatic.build.documents_stage.work", kill_yourself)
    yield {}


def kill_yourself(job: Job, edition: Edition) -> Outcome:
    """End a worker without a word, as the system does; for one process alone memory is enough."""
    if parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
    return work(job, edition)


@contextmanager
def _package(_: Path, patch: pytest.MonkeyPatch, package: str) -> Iterator[dict[str, object]]:
    """Hide an installed package from Python."""
    find = PathFinder.find_spec

    def hidden(name: str, *rest: object) -> object:
        return None if name.partition(".")[0] == package else find(name, *rest)  # type: ignore[arg-type]

    patch.setattr(PathFinder, "find_spec", hidden)
    patch.delitem(sys.modules, package, raising=False)
    with _fonts_read_anew():
        yield {}


@contextmanager
def _broken_font(
    folder: Path, patch: pytest.MonkeyPatch, package: str
) -> Iterator[dict[str, object]]:
    """Put a package with a font that is none before the one that is installed."""
    made = folder / "packages" / package / "files"
    made.mkdir(parents=True)
    (made.parent / "__init__.py").touch()
    for family in (*fonts.TEXT_FAMILIES, fonts.CODE_FAMILY):
        if family.package == package:
            (made / family.roman).write_bytes(b"no font")
            (made / family.italic).write_bytes(b"no font")
    patch.syspath_prepend(str(made.parents[1]))
    patch.delitem(sys.modules, package, raising=False)
    with _fonts_read_anew():
        yield {}


@contextmanager
def _fonts_read_anew() -> Iterator[None]:
    """Forget the fonts that were read, before and after."""
    fonts._load.cache_clear()
    try:
        yield
    finally:
        fonts._load.cache_clear()


@contextmanager
def _no_index(
    folder: Path, patch: pytest.MonkeyPatch, _package: str
) -> Iterator[dict[str, object]]:
    """Cut pip off, and have nothing kept from before."""
    patch.setenv("PIP_NO_INDEX", "1")
    patch.setenv("PIP_FIND_LINKS", str(folder))
    patch.setattr("diplomatic.schema.base.home", lambda: folder)
    yield {}


@contextmanager
def _no_reason(_: Path, patch: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
    """Blind the explainer; with open eyes it finds a reason wherever libxml2 does."""
    patch.setattr("diplomatic.schema.validate.explain", lambda *_: [])
    yield {}


@contextmanager
def _unforeseen(_: Path, patch: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
    """Have checking fail in a way of which nothing is known."""

    def fail(*_: object) -> None:
        raise RuntimeError("something that nobody foresaw")

    patch.setattr("diplomatic.checking.document.check_file", fail)
    yield {}


@contextmanager
def _large(folder: Path, _: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
    """Write a large document, which takes no room on most disks: it is all zeros."""
    path = folder / "tei/documents/letter.xml"
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as stream:
        stream.truncate(70 << 20)
    yield {}


@contextmanager
def _large_transcript(
    folder: Path, _: pytest.MonkeyPatch, _package: str
) -> Iterator[dict[str, object]]:
    """Make the transcript a file of 20 MB."""
    (folder / "tei/sources/letter.txt").write_bytes(b"word " * (4 << 20))
    yield {}


def _word_file(make: Callable[[], bytes]) -> Cause:
    """Return the cause that a Word document is the transcript."""

    @contextmanager
    def cause(folder: Path, _: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
        (folder / "tei/sources/letter.txt").unlink()
        (folder / "tei/sources/letter.docx").write_bytes(make())
        yield {}

    return cause


@contextmanager
def _blind_reader(
    folder: Path, patch: pytest.MonkeyPatch, package: str
) -> Iterator[dict[str, object]]:
    """Have the reader of Word documents overlook tables."""
    patch.setattr("diplomatic.inputs.word._Reader._table", lambda *_: Table())
    said = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
    body = said("Salt:") + f"<w:tbl><w:tr><w:tc>{said('30 tons')}</w:tc></w:tr></w:tbl>"
    with _word_file(lambda: word(body))(folder, patch, package):
        yield {}


@contextmanager
def _faulty(folder: Path, _: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
    """Write a document that is full of an element that does not exist."""
    path = folder / "tei/documents/letter.xml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">\n{"<pp/>" * 1001}</TEI>\n')
    yield {}


@contextmanager
def _many(_: Path, patch: pytest.MonkeyPatch, _package: str) -> Iterator[dict[str, object]]:
    """Take one document for more than a volume is made of."""
    patch.setitem(MOST_DOCUMENTS, "volume", 0)
    yield {}


CAUSES: dict[str, Cause] = {
    "Another program listens on the port.": _port,
    "Another build of this edition is at work.": _lock,
    "A file stands where the folder output/ belongs.": _in_the_way,
    "The system kills a worker of the build, for want of memory.": _killed,
    "A package that the program needs is not installed.": _package,
    "A font file was damaged.": _broken_font,
    "The package index cannot be reached.": _no_index,
    "The grammar refuses a document, and the explainer finds no reason.": _no_reason,
    "A TEI document of 70 MB.": _large,
    "A transcript of 20 MB.": _large_transcript,
    "A document with more than a thousand faults.": _faulty,
    "More documents than a volume is made of without being asked for.": _many,
    "The program has a fault.": _unforeseen,
    "The reader of Word documents overlooks tables.": _blind_reader,
    **{sentence: _word_file(make) for sentence, make in WORD_FILES.items()},
}
