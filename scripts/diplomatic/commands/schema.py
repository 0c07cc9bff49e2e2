"""`diplomatic schema`: the ODD compiled anew; for maintainers of the schema."""

from __future__ import annotations

from pathlib import Path

import click

from diplomatic import resources
from diplomatic.commands import _shared as shared


@click.command(
    epilog="""\b
Examples:
  diplomatic schema                compile tei/schema/edition.odd
  diplomatic schema --check        say whether the generated files are up to date
""",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file is out of date.")
@shared.quiet_option
def command(check: bool, quiet: bool) -> int:
    """Compile the schema of the editions, for its maintainers.

    The ODD in tei/schema/ becomes edition.rng, edition.sch and manual.html beside it, and the
    grammar is proved to accept nothing that TEI refuses. TEI's own grammar is fetched once, into
    build/.
    """
    # Imported here: `diplomatic schema --help` needs none of it.
    from diplomatic.build.atomic import write_bytes
    from diplomatic.schema.base import home, tei_all
    from diplomatic.schema.compiler import compile_odd, prove

    folder = resources.schema_dir()
    if not (folder.parents[1] / "pyproject.toml").is_file():
        raise click.UsageError("The schema is compiled in the repository of Diplomatic only.")
    base = tei_all(home())
    files = compile_odd(folder / "edition.odd", base).files()
    old = [name for name, data in files.items() if _read(folder / name) != data]
    if not check:
        for name in old:
            write_bytes(folder / name, files[name])
    excesses = prove(files["edition.rng"], base)
    for excess in excesses:
        click.echo(f"<{excess.element}> {excess.what}, which TEI refuses", err=True)
    if not quiet:
        for name in files:
            state = "unchanged" if name not in old else "out of date" if check else "written"
            click.echo(f"{folder / name}: {state}")
        if not excesses:
            click.echo("proved: the grammar accepts nothing that TEI refuses")
    return int(bool(excesses) or (check and bool(old)))


def _read(path: Path) -> bytes:
    """Return the bytes of a file; nothing where there is none."""
    return path.read_bytes() if path.is_file() else b""
