"""`diplomatic man`: man pages, made of the commands themselves."""

from __future__ import annotations

from pathlib import Path

import click

from diplomatic.build.atomic import write_if_changed
from diplomatic.commands import _shared as shared


@click.command(
    epilog="""\b
Examples:
  diplomatic man | man -l -                    read the page of the program
  diplomatic man ~/.local/share/man/man1       install all pages for yourself
""",
)
@click.argument("out", type=click.Path(path_type=Path), required=False)
@shared.quiet_option
def command(out: Path | None, quiet: bool) -> int:
    """Show the man page of the program, or write the pages of all commands into a folder."""
    from diplomatic.cli import program
    from diplomatic.manual.man import man_pages

    pages = man_pages(program, "diplomatic")
    if out is None:
        click.echo(pages["diplomatic.1"], nl=False)
        return 0
    for name, text in pages.items():
        write_if_changed(out / name, text.encode())
    if not quiet:
        click.echo(f"{shared.count_of(len(pages), 'page')} written to {out}")
    return 0
