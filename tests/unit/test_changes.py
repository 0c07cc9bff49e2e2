"""One change after the other, by people, crashes and builds: always what a clean build gives."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import test_build
from test_build import build

from diplomatic.build import documents_stage, publishing
from diplomatic.build.atomic import write_if_changed
from diplomatic.build.publishing import Published
from diplomatic.edition import Edition

TEXTS = ("one", "two", "another", "one more", "extra", "wrong!", "extra, more")
NAMES = ("a", "b", "c")
edition_dir = test_build.edition_dir


def publish(edition: Edition, changed=None) -> Published:
    """Stand in for a website that looks at what changed; some documents have a page more."""
    files, gone = [], []
    for document in edition.documents:
        pages = [edition.html_dir / f"{document.id}{end}" for end in (".html", ".more.html")]
        places = {str(path) for path in (document.tei, *pages)}
        if not document.tei.exists() or (changed is not None and places.isdisjoint(changed)):
            continue
        text = document.tei.read_bytes()
        wanted = pages if b"extra" in text else pages[:1]
        for path in wanted:
            write_if_changed(path, text)
        files += wanted
        gone += [str(path) for path in pages if path not in wanted]
    stamps = {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}
    return Published(files, [], [], stamps, gone, is_all=changed is None)


@pytest.fixture
def folder(edition_dir: Path, monkeypatch) -> Path:
    """An edition of two transcripts, with stand-ins, whose website looks at what changed."""
    monkeypatch.setitem(publishing.PUBLICATIONS, "html", publish)
    monkeypatch.setitem(publishing.SHOWN_FIRST, "html", publish)
    (edition_dir / "tei/indices").mkdir()
    build(edition_dir)
    return edition_dir


class Somebody:
    """Does one thing after the other to an edition, by chance."""

    def __init__(self, folder: Path, chance: random.Random, monkeypatch) -> None:
        self.folder = folder
        self.chance = chance
        self.patch = monkeypatch
        self.saved: list[tuple[Path, bytes, tuple[int, int]]] = []

    def file(self, pattern: str) -> Path | None:
        """Return some file."""
        found = sorted(path for path in self.folder.glob(pattern) if path.is_file())
        return self.chance.choice(found) if found else None

    def write_transcript(self) -> None:
        """Write a transcript, new or not."""
        path = self.folder / "tei/sources" / f"{self.chance.choice(NAMES)}.txt"
        path.write_text(self.chance.choice(TEXTS))

    def keep_a_copy(self) -> None:
        """Keep a copy of a file, with its time."""
        pattern = self.chance.choice(("tei/sources/*", "tei/documents/*.xml", "output/html/*"))
        if path := self.file(pattern):
            status = path.stat()
            times = (status.st_atime_ns, status.st_mtime_ns)
            self.saved.append((path, path.read_bytes(), times))

    def put_back(self) -> None:
        """Put a copy back, with its time."""
        # What nobody made is nobody's to take away.
        there = [each for each in self.saved if each[0].exists() or "output" not in each[0].parts]
        if there:
            path, data, times = self.chance.choice(there)
            path.write_bytes(data)
            os.utime(path, ns=times)

    def edit_by_hand(self) -> None:
        """Edit a TEI document."""
        if path := self.file("tei/documents/*.xml"):
            path.write_text(path.read_text().replace("</p>", " indeed</p>"))

    def take_away(self) -> None:
        """Take a file away."""
        pattern = ("tei/sources/*", "output/html/*", "output/reports/*", "tei/indices/*")
        if path := self.file(self.chance.choice(pattern)):
            path.unlink()

    def take_a_document_away(self) -> None:
        """Take all files of a document away."""
        name = self.chance.choice(NAMES)
        for path in (self.folder / "tei").rglob(f"{name}.*"):
            path.unlink()

    def spoil(self) -> None:
        """Change what a build made."""
        if path := self.file(self.chance.choice(("output/html/*", "output/reports/*"))):
            path.write_text("spoilt")

    def add_beside(self) -> None:
        """Write a sidecar or an index."""
        name = self.chance.choice(("sources/a.toml", "sources/b.toml", "indices/persons.xml"))
        text = self.chance.choice(("<TEI/>", "<TEI />"))
        path = self.folder / "tei" / name
        path.write_text(text if path.suffix == ".xml" else "")

    def build_in_part(self) -> None:
        """Build what can be shown first."""
        build(self.folder, whole=False)

    def publish_alone(self) -> None:
        """Publish, and encode nothing."""
        build(self.folder, documents=False)

    def fail(self) -> None:
        """Stop a build in the middle of the website."""

        def fails(edition, changed=None):
            publish(edition, changed)
            raise self.chance.choice((OSError(28, "full"), KeyboardInterrupt()))

        with self.patch.context() as patched:
            patched.setitem(publishing.PUBLICATIONS, "html", fails)
            with contextlib.suppress(KeyboardInterrupt):
                build(self.folder)

    def kill(self) -> None:
        """Kill a build, before or after the website or after some document."""
        where = self.chance.choice(("before", "after", "document"))

        def dies(edition, changed=None):
            if where == "after":
                publish(edition, changed)
            os._exit(9)

        def dies_too(*_):
            os._exit(9)

        process = os.fork()
        if process == 0:
            if where == "document":
                self.patch.setattr(documents_stage, "_done", dies_too)
            else:
                self.patch.setitem(publishing.PUBLICATIONS, "html", dies)
            build(self.folder)
            os._exit(0)
        os.waitpid(process, 0)

    def anything(self) -> str:
        """Do something, and say what."""
        ways: list[Callable[[], None]] = [
            *(self.write_transcript, self.write_transcript, self.keep_a_copy, self.put_back),
            *(self.edit_by_hand, self.take_away, self.take_a_document_away, self.spoil),
            *(self.add_beside, self.build_in_part, self.publish_alone, self.fail, self.kill),
        ]
        way = self.chance.choice(ways)
        way()
        return way.__name__


def left(folder: Path) -> dict[str, bytes]:
    """Return the files of an edition."""
    parts = [folder / name for name in ("tei", "output/html", "output/reports")]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in parts
        for path in part.rglob("*")
        if path.is_file()
    }


def _lines(files: dict[str, bytes], name: str) -> list[bytes]:
    """Return the lines of a file, if there is one."""
    return files.get(name, b"").splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process that was forked")
@pytest.mark.parametrize("seed", range(int(os.environ.get("CHANGES", "2"))))
def test_any_sequence_gives_what_a_clean_build_gives(folder, tmp_path_factory, monkeypatch, seed):
    chance = random.Random(seed)
    somebody = Somebody(folder, chance, monkeypatch)
    elsewhere = tmp_path_factory.mktemp("clean")
    done = []
    for step in range(12):
        done.append([somebody.anything() for _ in range(chance.randint(1, 3))])
        build(folder)
        clean = elsewhere / str(step) / folder.name
        shutil.copytree(folder / "tei", clean / "tei")
        build(clean)
        found, expected = left(folder), left(clean)
        differ = {n for n in {*found, *expected} if found.get(n) != expected.get(n)}
        lines = {n: {*_lines(found, n)} ^ {*_lines(expected, n)} for n in differ}
        assert differ == set(), (str(done), lines)
        assert build(folder).made == {}, done
