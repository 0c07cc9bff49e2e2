"""`diplomatic init`: a folder of transcripts becomes an edition."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diplomatic.commands import _shared as shared
from diplomatic.findings import worst_exit_code

if TYPE_CHECKING:
    from diplomatic.starting.founding import Account


@click.command(
    epilog="""\b
Examples:
  diplomatic init my-edition --from transcripts     an edition of what is in the folder
  diplomatic init my-edition --title "Letters from Port Sable"
  diplomatic init my-edition                        an edition to put transcripts into
  diplomatic init . --from ../more                  add transcripts to the edition here
""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source",
    metavar="FOLDER",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Where transcripts are (.txt, .docx, .odt, .md, .html, TEI), in folders of any depth.",
)
@click.option("--title", metavar="WORDS", default="", help="The title of the edition.")
@shared.quiet_option
def command(folder: Path, source: Path | None, title: str, quiet: bool) -> int:
    """Make an edition folder that builds at once.

    Transcripts are copied byte for byte, with an identifier made of each name. What is guessed of
    them is marked as a guess in the file beside each. Nothing that is there is overwritten: run it
    again to add transcripts.
    """
    # Imported here: `diplomatic init --help` needs none of what reads transcripts.
    from diplomatic.starting.founding import found_edition

    account = found_edition(folder, source, title.strip())
    if not quiet:
        _tell(account)
    shared.show_findings(account.findings)
    if not quiet:
        _show_next(account)
    return worst_exit_code(account.findings)


def _tell(account: Account) -> None:
    """Say what was taken under which name, and what was there already."""
    width = max((len(row.name) for row in account.taken), default=0)
    for row in account.taken:
        click.echo(f"  {row.name:<{min(width, 48)}}  is now  {row.identifier}")
    made = [name for name in account.written if not name.startswith(("tei/sources/", "tei/doc"))]
    if made:
        click.echo(f"Written: {', '.join(made)}")
    if account.kept:
        click.echo(f"Kept as they are: {', '.join(account.kept)}")
    parts = [f"{shared.count_of(account.taken, 'transcript')} taken"]
    parts += [f"{account.known} here already"] if account.known else []
    click.echo(f"{', '.join(parts)}; the table is tei/sources.csv" if account.taken else parts[-1])


def _show_next(account: Account) -> None:
    """Say in three lines what to do next."""
    here = account.folder.resolve() == Path.cwd()
    edition = "" if here else f" --edition {shlex.quote(str(account.folder))}"
    has_sources = any((account.folder / "tei").glob("*/*.*"))
    if not has_sources:
        click.echo(
            f"Next: put transcripts into {account.folder / 'tei' / 'sources'}, or run\n"
            f"  diplomatic init {shlex.quote(str(account.folder))} --from FOLDER\n"
            f"Then: diplomatic build{edition}"
        )
        return
    website = account.folder / "output" / "html" / "index.html"
    click.echo(
        f"Next: diplomatic build{edition}    makes {website}\n"
        f"      diplomatic review{edition}   settles what the program is not sure of\n"
        f"      diplomatic names{edition}    proposes persons, places and organisations"
    )
