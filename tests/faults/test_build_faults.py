"""Faults that are really caused: kill -9, a full disk, a read-only folder, two builds, Ctrl-C.

Whatever happens: what was there before is whole, the message is clear, the next build is right.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diplomatic.build.atomic import PREFIX
from diplomatic.cli import main

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals and mounts of POSIX"),
]
if sys.platform != "win32":
    from build_process import NAME, copy_edition, start, start_website

KILLS = 20
BOOK_LISTS = ("output/html/index.html", "output/html/data.html")


@pytest.fixture
def edition_dir(tmp_path):
    """A copy of the edition."""
    return copy_edition(tmp_path / "edition")


def files(folder: Path) -> dict[str, bytes]:
    """Return every published file and TEI document by name, without what is half written."""
    found = {}
    for part in ("output/html", "tei/documents"):
        for path in (folder / part).rglob("*"):
            if path.is_file() and not path.name.startswith((PREFIX, ".")):
                found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def transcript(folder: Path) -> Path:
    """Return the path of the transcript that the tests change."""
    return folder / "tei" / "sources" / f"{NAME}.txt"


def build_website(folder: Path) -> float:
    """Build to the end, and return how long it took."""
    started = time.monotonic()
    process = start_website(folder)
    process.join(60)
    assert process.exitcode == 0
    return time.monotonic() - started


def wait_for(condition, seconds=30.0):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def test_killed_at_random_moments(edition_dir):
    versions = [transcript(edition_dir).read_bytes()]
    versions.append(versions[0].replace(b"deportation", b"removal"))
    build_website(edition_dir)
    expected = [files(edition_dir)]
    transcript(edition_dir).write_bytes(versions[1])
    taken = build_website(edition_dir)
    expected.append(files(edition_dir))
    assert expected[0].keys() == expected[1].keys()
    assert expected[0] != expected[1]
    chance = random.Random(7)
    died = 0
    for number in range(KILLS):
        transcript(edition_dir).write_bytes(versions[number % 2])
        process = start_website(edition_dir)
        process.join(chance.uniform(0.05, taken))
        process.kill()
        process.join(10)
        if process.exitcode == -signal.SIGKILL:
            died += 1
        else:
            taken *= 0.8  # it was done before: the machine is faster now than it was
        whole(files(edition_dir), expected)
        if number % 4 == 3:
            build_website(edition_dir)
            assert files(edition_dir) == expected[number % 2]
            assert not list(edition_dir.rglob(f"{PREFIX}*"))
    assert died >= KILLS // 4


def whole(found: dict[str, bytes], expected: list[dict[str, bytes]]) -> None:
    """See that every file is there, and is the old one or the new one.

    Books may have been done already: then they are there too, and the pages that list them whole.
    """
    books = {name for name in found if name.startswith(("output/html/epub", "output/html/pdf"))}
    assert found.keys() - books == expected[0].keys()
    for name in found.keys() - books:
        listed = name in BOOK_LISTS and found[name].endswith(b"</html>\n")
        assert listed or found[name] in (expected[0][name], expected[1][name]), name


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 4 MB of its own, where mounting is allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    command = [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def change(folder: Path) -> None:
    """Change the transcript, in a word that stands in document, pages and reports."""
    path = transcript(folder)
    path.write_bytes(path.read_bytes().replace(b"deportation", b"removal"))


def report(said: Path) -> str:
    """Return what a build said, which never is a traceback."""
    text = said.read_text("utf-8")
    assert "Traceback" not in text
    assert "D899" not in text
    return text


def test_full_disk(small_disk, tmp_path):
    folder = copy_edition(small_disk / "edition")
    build_website(folder)
    before = files(folder)
    change(folder)
    after = clean(folder, tmp_path / "clean")
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        fill(filler)
    for room in (0, 16384, 65536):  # it gets further each time
        os.truncate(filler, filler.stat().st_size - room)
        process = start(folder, tmp_path / "said", "--jobs", "1")
        process.join(60)
        assert process.exitcode == 1
        assert "D801: No space left on device" in report(tmp_path / "said")
        whole(files(folder), [before, after])
    filler.unlink()
    for made in ("pdf", "epub"):  # a book that was done before the disk was full
        shutil.rmtree(folder / "output" / made, ignore_errors=True)
    build_website(folder)
    assert files(folder) == after


def fill(path: Path) -> None:
    """Write to a file until the disk is full."""
    with path.open("wb", buffering=0) as stream:
        while True:
            stream.write(b"x" * 4096)


def clean(folder: Path, anew: Path) -> dict[str, bytes]:
    """Return the files of a clean build of the same transcripts elsewhere."""
    shutil.copytree(
        folder / "tei" / "sources", copy_edition(anew) / "tei/sources", dirs_exist_ok=True
    )
    build_website(anew)
    return files(anew)


def test_read_only_folder(small_disk, tmp_path):
    folder = copy_edition(small_disk / "edition")
    build_website(folder)
    before = files(folder)
    change(folder)
    remount(small_disk, "ro")
    process = start(folder, tmp_path / "said", "--jobs", "1")
    process.join(60)
    remount(small_disk, "rw")
    assert process.exitcode == 1
    assert "D801: Read-only file system" in report(tmp_path / "said")
    assert files(folder) == before
    build_website(folder)
    assert files(folder) == clean(folder, tmp_path / "clean")


def remount(folder: Path, how: str) -> None:
    """Make a disk read-only, or let it be written to again."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


@pytest.mark.parametrize("part", ["output/html", "tei/documents"])
def test_a_folder_that_may_not_be_written_to(edition_dir, tmp_path, part):
    if os.geteuid() == 0:
        pytest.skip("permissions do not bind root")
    build_website(edition_dir)
    before = files(edition_dir)
    change(edition_dir)
    (edition_dir / part).chmod(0o555)
    process = start(edition_dir, tmp_path / "said", "--jobs", "1")
    process.join(60)
    (edition_dir / part).chmod(0o755)
    assert process.exitcode == 1
    assert "D801: Permission denied" in report(tmp_path / "said")
    assert files(edition_dir).keys() == before.keys()
    build_website(edition_dir)
    assert files(edition_dir) == clean(edition_dir, tmp_path / "clean")


def test_two_builds_at_once(edition_dir, tmp_path, capsys):
    lock = edition_dir / "output/.build/lock"
    process = start(edition_dir, tmp_path / "said", "--jobs", "1")
    wait_for(lambda: lock.exists() and lock.stat().st_size)
    os.kill(process.pid, signal.SIGSTOP)  # as long as we need it
    assert main(["build", "--edition", str(edition_dir)]) == 1
    assert f"D802: process {process.pid} on " in capsys.readouterr().err
    os.kill(process.pid, signal.SIGCONT)
    process.join(60)
    assert process.exitcode == 0
    assert main(["build", "--edition", str(edition_dir)]) == 0
    assert "Nothing to do" in capsys.readouterr().out


@pytest.mark.parametrize(("jobs", "delay"), [("1", 0.0), ("1", 0.3), ("2", 0.1), ("2", 0.5)])
def test_ctrl_c(edition_dir, tmp_path, jobs, delay):
    process = start(edition_dir, tmp_path / "said", "--jobs", jobs)
    lock = edition_dir / "output/.build/lock"
    wait_for(lambda: lock.exists() and lock.stat().st_size)
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the whole group
    process.join(20)
    said = report(tmp_path / "said")
    if process.exitcode != 0:  # it may have been done already
        assert process.exitcode == 130
        assert "Interrupted. What was finished is kept; nothing is half written." in said
    assert not list(edition_dir.rglob(f"{PREFIX}*"))
