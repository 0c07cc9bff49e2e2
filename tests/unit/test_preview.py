"""`diplomatic serve`: a real server process, a real client, real saves."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diplomatic.cli import main
from diplomatic.findings import Finding, Place
from diplomatic.preview import watching
from diplomatic.preview.news import Board
from diplomatic.preview.panel import NEWS_PATH, SCRIPT_PATH, concerning, dressed
from diplomatic.preview.server import PreviewServer

ROOT = Path(__file__).resolve().parents[2]
NAME = "deportation-of-koreans"

pytest.importorskip("watchfiles", reason="watchfiles is not installed")


class Preview:
    """A running preview of a copy of the edition."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        code = "import sys; from diplomatic.cli import main; sys.exit(main())"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--port", "0", "--edition", str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        self.port = int(found[1])

    def get(self, path: str, method: str = "GET", **headers: str):
        """Return status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, dict(answer.getheaders()), body

    def news(self, seen: int) -> int:
        """Wait for news as a page does, and return their number."""
        end = time.monotonic() + 60
        number = seen
        while number == seen and time.monotonic() < end:
            number = int(self.get(f"{NEWS_PATH}?seen={seen}")[2])
        assert number != seen, "waited in vain"
        return number


def test_a_save_during_the_first_build_is_not_missed(tmp_path, monkeypatch):
    saved = tmp_path / "tei/sources/letter.txt"
    saved.parent.mkdir(parents=True)
    built = []

    def build(root, publications, board, told, what="all"):
        built.append(what)
        if what == "pages":
            raise KeyboardInterrupt
        saved.write_text("Sable", "utf-8")

    monkeypatch.setattr(watching, "build_once", build)
    with pytest.raises(KeyboardInterrupt):
        watching.watch_edition(tmp_path, ("html",), Board(), lambda account, findings: None)
    assert built == ["all", "pages"]


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    folder = tmp_path_factory.mktemp("preview")
    shutil.copytree(ROOT / "tei", folder / "tei")
    settings = folder / "tei/edition.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("[web]", "[web]\nfonts = false\nsearch = false"), "utf-8")
    running = Preview(folder)
    try:
        running.news(0)
        yield running
    finally:
        running.process.kill()
        running.process.wait()
        running.process.stdout.close()


@pytest.fixture
def server(tmp_path):
    """A server without a build."""
    import threading

    (tmp_path / "output/html").mkdir(parents=True)
    (tmp_path / "output/html/index.html").write_text("<body><p>home</p></body>")
    (tmp_path / "output/.build").mkdir()
    (tmp_path / "output/.build/state.db").write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    with PreviewServer(0, tmp_path / "output", Board()) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.mark.xdist_group("preview")
def test_a_page_is_served_with_a_script_that_is_not_in_the_output(preview):
    status, headers, _ = preview.get("/")
    assert (status, headers["Location"]) == (302, "/html/index.html")
    status, headers, body = preview.get("/html/index.html")
    assert status == 200
    assert headers["Cache-Control"] == "no-store"
    assert SCRIPT_PATH in body
    assert "fetch(" in preview.get(SCRIPT_PATH)[2]
    pages = list((preview.folder / "output/html").glob("*.html"))
    assert pages
    assert all(".preview" not in page.read_text("utf-8") for page in pages)


@pytest.mark.xdist_group("preview")
def test_a_save_is_on_screen_and_a_broken_document_shows_its_findings(preview):
    path = preview.folder / f"tei/sources/{NAME}.txt"
    page = f"/html/{NAME}.html"
    good = path.read_bytes()
    number = _number(preview.get(page)[2])
    path.write_bytes(good.replace(b"deportation", b"great removal"))
    number = preview.news(number)
    assert "great removal" in preview.get(page)[2]
    path.write_bytes(b"\xff" + good)
    number = preview.news(number)
    body = preview.get(page)[2]
    assert "preview-findings" in body
    assert "error D01" in body
    assert "great removal" in body  # the last good page
    assert "D01" not in preview.get("/html/ivanov-journal-1956-01-13.html")[2]
    path.write_bytes(good)
    preview.news(number)
    assert "error D01" not in preview.get(page)[2]


@pytest.mark.xdist_group("preview")
def test_broken_settings_are_shown_and_mended(preview):
    path = preview.folder / "tei/edition.toml"
    good = path.read_bytes()
    number = _number(preview.get("/html/index.html")[2])
    path.write_bytes(b"title = \n" + good)
    number = preview.news(number)
    assert "D002" in preview.get("/html/index.html")[2]
    path.write_bytes(good)
    preview.news(number)
    assert "D002" not in preview.get("/html/index.html")[2]


@pytest.mark.xdist_group("preview")
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_it_cleanly(preview):
    waiting = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
    number = _number(preview.get("/html/index.html")[2])
    waiting.request("GET", f"{NEWS_PATH}?seen={number}")  # a page that is open
    os.kill(preview.process.pid, signal.SIGINT)
    said = preview.process.communicate(timeout=20)[0]
    waiting.close()
    assert preview.process.returncode == 0
    assert "Traceback" not in said
    with pytest.raises(ConnectionError):
        preview.get("/")


def _number(page: str) -> int:
    """Return the number of the change that a page has seen."""
    return int(re.search(r'data-seen="(\d+)"', page)[1])


def ask(server: PreviewServer, path: str, **headers: str) -> tuple[int, str]:
    """Return status and body for a path that is sent as it stands."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/html/../../secret.txt",
        "/html/%2e%2e/%2e%2e/secret.txt",
        "/.build/state.db",
        "//etc/passwd",
        "/html/%00",
        "/nothing",
    ],
)
def test_nothing_but_the_output_is_shown(server, path):
    status, body = ask(server, path)
    assert status == 404
    assert "secret" not in body


def test_only_this_machine_is_answered(server):
    assert server.server_address[0] == "127.0.0.1"
    assert ask(server, "/html/index.html", Host="elsewhere.example:80")[0] == 403
    assert ask(server, "/html/index.html", Host=f"localhost:{server.server_port}")[0] == 200


def test_a_port_that_is_taken(tmp_path, capsys):
    (tmp_path / "tei").mkdir()
    settings = 'title = "T"\npublisher = "P"\ndate = 2026-11-21\n'
    (tmp_path / "tei/edition.toml").write_text(settings)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port, "--edition", str(tmp_path)]) == 1
    assert "D814" in capsys.readouterr().err


def test_findings_are_shown_where_they_belong():
    own = Finding("D011", "x", Place("tei/sources/a.txt", 1))
    other = Finding("D011", "y", Place("tei/sources/b.txt", 1))
    general = Finding("D702", "z")
    assert concerning([own, other, general], "a") == [own, general]
    page = dressed(b"<html><body class='x'><p>1</p></body></html>", [own], 3)
    assert page.index(b"preview-findings") < page.index(b"<p>1</p>") < page.index(b"data-seen")
    assert b"<b>tei/sources/a.txt:1: error D011: x</b>" in page
