"""The preview's web server: `output/` on 127.0.0.1, for reading only.

Pages get a script and findings on their way (`panel`). Nobody else can reach it: it listens on
the loopback only, and answers only to the names of this machine, so that no web page elsewhere
can read it by a name of its own that points here.
"""

from __future__ import annotations

import contextlib
import mimetypes
import os
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from diplomatic.findings import DiplomaticError, Finding
from diplomatic.preview.news import Board
from diplomatic.preview.panel import (
    NEWS_PATH,
    SCRIPT,
    SCRIPT_PATH,
    bare_page,
    concerning,
    dressed,
)

HOST: Final = "127.0.0.1"
HOME: Final = "/html/index.html"
# Folders of output/ that are shown; not the memory of the build.
_SHOWN: Final = ("html", "pdf", "epub", "reports")
# Seconds after which a page that waits for news is told that there are none, and asks again.
_PATIENCE: Final = 25.0


class PreviewServer(ThreadingHTTPServer):
    """Serves one output folder; `board` tells it of builds."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, folder: Path, board: Board) -> None:
        """Listen on `port`; 0 takes any that is free.

        Raises:
            DiplomaticError: D814, another program listens there.
        """
        self.folder = folder
        self.board = board
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            message = f"port {port}: {error.strerror or 'cannot be used'}"
            raise DiplomaticError(Finding("D814", message)) from error

    def server_bind(self) -> None:
        """Bind without asking the network for the name of this machine, as http.server does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.socket.getsockname()[1]

    @property
    def address(self) -> str:
        """The address to open."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away in the middle of an answer."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: PreviewServer
    server_version = "Diplomatic"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file, the script, or news."""
        address = urlsplit(self.path)
        if self.headers.get("Host", "").rpartition(":")[0] not in {HOST, "localhost"}:
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", b"Only for this machine.\n")
        elif address.path == "/":
            self._redirect(HOME)
        elif address.path == SCRIPT_PATH:
            self._answer(HTTPStatus.OK, "text/javascript; charset=utf-8", SCRIPT.encode())
        elif address.path == NEWS_PATH:
            self._news(address.query)
        else:
            self._file(unquote(address.path))

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: findings are what the terminal is for."""

    def _news(self, query: str) -> None:
        """Answer with the number of the latest change, once it is not the one that was seen."""
        with contextlib.suppress(ValueError):
            seen = int(parse_qs(query).get("seen", ["0"])[0])
            news = self.server.board.wait(seen, _PATIENCE)
            self._answer(HTTPStatus.OK, "text/plain", str(news.number).encode())
            return
        self._answer(HTTPStatus.BAD_REQUEST, "text/plain", b"seen=NUMBER\n")

    def _file(self, name: str) -> None:
        """Answer with a file of the output."""
        path = Path(os.path.normpath(self.server.folder / name.lstrip("/")))
        shown = [self.server.folder / part for part in _SHOWN]
        if "\0" in name or not any(path.is_relative_to(folder) for folder in shown):
            self._missing(path)
            return
        if path.is_dir():
            self._redirect(f"{name.rstrip('/')}/index.html")
            return
        try:
            data = path.read_bytes()
        except OSError:
            self._missing(path)
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if kind == "text/html":
            self._page(HTTPStatus.OK, data, path)
        else:
            self._answer(HTTPStatus.OK, kind, data)

    def _missing(self, path: Path) -> None:
        """Answer with what is known of a page that is not there."""
        words = "There is no such page. It may still be made, or the findings above say why not."
        self._page(HTTPStatus.NOT_FOUND, bare_page("Not here", words), path)

    def _page(self, status: HTTPStatus, data: bytes, path: Path) -> None:
        """Answer with a page, dressed for the preview."""
        news = self.server.board.news
        findings = concerning(news.findings, path.name.partition(".html")[0])
        data = dressed(data, findings, news.number)
        self._answer(status, "text/html; charset=utf-8", data)

    def _redirect(self, address: str) -> None:
        """Send the browser elsewhere on this server."""
        self.send_response(HTTPStatus.FOUND)
        # One slash at the front: two would be the address of another machine.
        self.send_header("Location", f"/{address.lstrip('/')}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        """Send an answer that the browser must not keep."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
