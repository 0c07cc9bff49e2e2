"""`diplomatic publish`: website, PDFs and ebook from the TEI documents as they are."""

from __future__ import annotations

import time
from pathlib import Path

import click

from diplomatic.build.progress import Progress
from diplomatic.build.publishing import PUBLICATIONS
from diplomatic.build.runner import Options, run_build
from diplomatic.commands import _shared as shared
from diplomatic.commands.build import summary
from diplomatic.findings import worst_exit_code


@click.command(
    epilog="""\b
Examples:
  diplomatic publish               website, PDFs and ebook
  diplomatic publish html          the website only
""",
)
@click.argument("what", nargs=-1, type=click.Choice(list(PUBLICATIONS)))
@shared.edition_option
@shared.format_option
@shared.quiet_option
def command(what: tuple[str, ...], folder: Path | None, style: str, quiet: bool) -> int:
    """Publish the TEI documents as they are, without encoding or checking them.

    `diplomatic build` does all of it, and only what is out of date.
    """
    edition = shared.open_edition(folder)
    started = time.monotonic()
    options = Options(
        publications=tuple(name for name in PUBLICATIONS if name in (what or PUBLICATIONS)),
        documents=False,
        anew=True,
    )
    with Progress(quiet=quiet or style == "json") as progress:
        account = run_build(edition, options, progress)
    shared.show_findings(account.findings, style)
    if not quiet and style == "text":
        click.echo(summary(account, time.monotonic() - started))
    return worst_exit_code(account.findings)
