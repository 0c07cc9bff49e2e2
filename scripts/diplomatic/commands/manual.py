"""`diplomatic manual`: the manual as pages that any browser shows."""

from __future__ import annotations

from pathlib import Path

import click

from diplomatic.build.atomic import write_if_changed
from diplomatic.commands import _shared as shared


@click.command(
    epilog="""\b
Examples:
  diplomatic manual                 writes it into the folder diplomatic-manual
  diplomatic manual docs-pages      or into a folder of yours
""",
)
@click.argument("out", type=click.Path(path_type=Path), default="diplomatic-manual")
@shared.quiet_option
def command(out: Path, quiet: bool) -> int:
    """Write the manual as web pages, to be opened without a server.

    It begins with a first edition in fifteen minutes.
    """
    # Imported here: `diplomatic manual --help` needs no reader of Markdown.
    from diplomatic.manual.pages import manual_files

    files = manual_files()
    for name, data in files.items():
        write_if_changed(out / name, data)
    if not quiet:
        click.echo(f"{shared.count_of(len(files), 'file')} written; open {out / 'index.html'}")
    return 0
