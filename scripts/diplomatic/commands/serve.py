"""`diplomatic serve`: a preview on this machine that follows every save."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from diplomatic.build.account import Account
from diplomatic.commands import _shared as shared
from diplomatic.findings import ExitCode, Finding
from diplomatic.preview.news import Board
from diplomatic.preview.server import PreviewServer
from diplomatic.preview.watching import watch_edition


@click.command(
    epilog="""\b
Examples:
  diplomatic serve                 then open http://127.0.0.1:8000/
  diplomatic serve --port 0        on any free port
  diplomatic serve --all           PDFs and ebook at each save too
""",
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where to listen; 0 takes any free port.",
)
@click.option("--all", "everything", is_flag=True, help="Make PDFs and ebook at each save too.")
@shared.edition_option
@shared.quiet_option
def command(port: int, everything: bool, folder: Path | None, quiet: bool) -> int:
    """Show the website on this machine, built again at each save, until Ctrl-C.

    Open pages load themselves anew. A document that cannot be built keeps its last page, with
    the findings on top. Only this machine can reach the preview.
    """
    from diplomatic.build.publishing import PUBLICATIONS

    edition = shared.open_edition(folder)
    wanted = tuple(PUBLICATIONS) if everything else ("html",)
    board = Board()
    with PreviewServer(port, edition.output_dir, board) as server, _answering(server):
        click.echo(f"Preview at {server.address} (Ctrl-C ends it)")
        told = (lambda account, findings: None) if quiet else _tell
        with contextlib.suppress(KeyboardInterrupt):
            watch_edition(edition.root, wanted, board, told)
        board.close()
    return ExitCode.CLEAN


@contextmanager
def _answering(server: PreviewServer) -> Iterator[None]:
    """Let the server answer in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def _tell(account: Account | None, findings: list[Finding]) -> None:
    """Say in the terminal what a build did."""
    made = ", ".join(dict.fromkeys(name for name, _ in account.reasons)) if account else "nothing"
    shared.show_findings(findings)
    click.echo(f"Made: {made or 'nothing'}; {shared.count_findings(findings)}")
