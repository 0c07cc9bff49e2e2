"""The build on a cluster: the same files, whatever worker is lost on the way."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from diplomatic.build.afar import moved
from diplomatic.build.progress import Progress
from diplomatic.build.runner import Options, run_build
from diplomatic.edition import Document, load_edition
from diplomatic.findings import DiplomaticError, Finding, Place

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (
    'title = "T"\npublisher = "P"\ndate = 2026-11-21\n[web]\nfonts = false\nsearch = false\n'
    "[print]\nvolume = false\ndocuments = false\n"
)
needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="distributed is missing")


def make_edition(root: Path) -> Path:
    """Make an edition of a few documents."""
    (root / "tei" / "sources").mkdir(parents=True)
    (root / "tei" / "edition.toml").write_text(SETTINGS)
    shutil.copytree(ROOT / "tei" / "indices", root / "tei" / "indices")
    for number in range(6):
        text = f"No. {number}\n\nSofia, {number + 1} March 1951\n\nHe came [illegible] to us.\n"
        (root / "tei" / "sources" / f"d{number}.txt").write_text(text)
    return root


def files(root: Path) -> dict[str, bytes]:
    """Return every file by name, without what the build keeps for itself."""
    found = (path for path in root.rglob("*") if path.is_file())
    names = {path.relative_to(root).as_posix(): path for path in found}
    return {
        name: path.read_bytes()
        for name, path in names.items()
        if not name.startswith("output/.build/")
    }


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers on the loopback: its address, and the workers."""
    environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "20s"}
    log = (tmp_path / "log").open("w+b")

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
        return subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=tmp_path)

    scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = ""
    for _ in range(300):
        found = re.search(r"tcp://127\.0\.0\.1:\d+", (tmp_path / "log").read_text())
        if found:
            address = found[0]
            break
        time.sleep(0.1)
    options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--death-timeout", "30")
    workers = [start("dask_worker", address, *options) for _ in range(2)]
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()
    log.close()


@needs_dask
def test_a_cluster_that_loses_a_worker_makes_the_same_files(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    here, there = make_edition(tmp_path / "here"), make_edition(tmp_path / "there")
    run_build(load_edition(here), Options(("html",), processes=1), Progress(quiet=True))
    killed: list[int] = []

    class Watch(Progress):
        """Kills a worker when the second document is done."""

        def advance(self) -> None:
            super().advance()
            killed.append(len(killed))
            if len(killed) == 2:
                workers[0].send_signal(signal.SIGKILL)

    options = Options(("html",), scheduler=address)
    account = run_build(load_edition(there), options, Watch(quiet=True))
    assert workers[0].wait(10) == -signal.SIGKILL
    assert account.made == {"documents": 6, "html": 1}
    one, other = files(here), files(there)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert run_build(load_edition(there), options, Progress(quiet=True)).made == {}


@needs_dask
def test_no_scheduler_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diplomatic.build.cluster._PATIENCE", 0.2)
    edition = load_edition(make_edition(tmp_path))
    options = Options(("html",), scheduler="tcp://127.0.0.1:9")
    with pytest.raises(DiplomaticError, match="no scheduler") as caught:
        run_build(edition, options, Progress(quiet=True))
    assert caught.value.finding.code == "D815"


def test_paths_move_with_the_work() -> None:
    old, new = Path("/old/place"), Path("/new")
    finding = Finding("D100", "said", Place("/old/place/tei/a.xml", 3))
    value = {"d": Document("a", old / "tei"), "f": [finding, ("/old/placebo", 1, None)]}
    there = moved(value, old, new)
    assert there["d"].tei == Path("/new/tei/documents/a.xml")
    assert there["f"][0].place == Place("/new/tei/a.xml", 3)
    assert there["f"][1] == ("/old/placebo", 1, None)
    assert moved(there, new, old) == value
