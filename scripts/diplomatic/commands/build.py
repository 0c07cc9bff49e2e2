"""`diplomatic build`: encode, check and publish what is out of date."""

from __future__ import annotations

import time
from pathlib import Path

import click

from diplomatic.build.account import Account
from diplomatic.build.atomic import write_bytes
from diplomatic.build.profile import as_page, as_table, profile_path
from diplomatic.build.progress import Progress
from diplomatic.build.runner import Options, run_build
from diplomatic.commands import _shared as shared
from diplomatic.edition import Edition
from diplomatic.findings import worst_exit_code


@click.command(
    epilog="""\b
Examples:
  diplomatic build                 make everything that is out of date
  diplomatic build --explain       and say why
  diplomatic build --profile       and where the time went
  diplomatic build --jobs 1        in one process
  diplomatic build --scheduler tcp://HOST:8786   on many machines
""",
)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Processes to work in.")
@click.option("--explain", is_flag=True, help="Say why each thing is made.")
@click.option("--profile", is_flag=True, help="Say where the time went, also as a chart.")
@click.option("--anew", is_flag=True, help="Make everything, up to date or not.")
@click.option(
    "--scheduler",
    metavar="tcp://HOST:PORT",
    help="Share the work among the machines of a Dask cluster.",
)
@shared.edition_option
@shared.format_option
@shared.quiet_option
def command(
    jobs: int | None,
    explain: bool,
    profile: bool,
    anew: bool,
    scheduler: str | None,
    folder: Path | None,
    style: str,
    quiet: bool,
) -> int:
    """Make TEI documents, website, PDFs and ebook; only what is out of date.

    Results are in output/: html/index.html, pdf/volume.pdf, reports/findings.json. A document
    that fails leaves what was there as it was, and stops no other.
    """
    edition = shared.open_edition(folder)
    started = time.monotonic()
    with Progress(quiet=quiet or style == "json") as progress:
        options = Options(processes=jobs, anew=anew, scheduler=scheduler)
        account = run_build(edition, options, progress)
    if explain and style == "text":
        for name, reason in account.reasons:
            click.echo(f"{name}: {reason}")
    shared.show_findings(account.findings, style)
    if not quiet and style == "text":
        click.echo(summary(account, time.monotonic() - started))
    if profile:
        _profile(edition, account, show=style == "text")
    return worst_exit_code(account.findings)


def _profile(edition: Edition, account: Account, *, show: bool) -> None:
    """Write the chart of times, and show the table.

    Raises:
        DiplomaticError: D801, it cannot be written.
    """
    path = profile_path(edition)
    write_bytes(path, as_page(account.times, "Where the time of the build went").encode("utf-8"))
    if show:
        click.echo(as_table(account.times))
        click.echo(f"Chart: {path}")


def summary(account: Account, seconds: float) -> str:
    """Return the account of a build in one line."""
    documents = account.made.get("documents", 0)
    parts = [f"{shared.count_of(documents, 'document')} made"] if documents else []
    parts += [f"{name} made" for name in account.made if name != "documents"]
    if account.removed:
        parts.append(f"{shared.count_of(account.removed, 'old file')} removed")
    if not parts:
        parts = [f"Nothing to do, {shared.count_of(account.documents, 'document')} up to date"]
    doubts = f", {shared.count_of(account.doubts, 'doubt')} open" if account.doubts else ""
    found = shared.count_findings(account.findings)
    return f"{', '.join(parts)}: {found}{doubts} ({seconds:.1f} s)"
