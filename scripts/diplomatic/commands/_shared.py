"""What commands share: their common options, and how they speak."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from diplomatic.edition import Edition, load_edition
from diplomatic.findings import DiplomaticError, Finding, Severity, as_json, sort_key
from diplomatic.inputs.kinds import SUFFIXES

F = TypeVar("F", bound=Callable[..., Any])
D = TypeVar("D")


def edition_option(function: F) -> F:
    """Add `--edition DIR`, which defaults to the current folder or the nearest one above it."""
    return click.option(
        "--edition",
        "folder",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help="The edition folder; by default this folder, or the nearest one above it.",
    )(function)


def quiet_option(function: F) -> F:
    """Add `--quiet`: findings only."""
    return click.option("--quiet", "-q", is_flag=True, help="Say nothing but findings.")(function)


def format_option(function: F) -> F:
    """Add `--format text|json`."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How findings are shown; json goes to standard output as one array.",
    )(function)


def report_format_option(function: F) -> F:
    """Add `--format text|json|sarif`."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json", "sarif"]),
        default="text",
        show_default=True,
        help="How findings are shown; json and sarif go to standard output.",
    )(function)


def complete_document(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return the documents of the edition here that begin as what was typed, for the shell."""
    try:
        edition = open_edition(None)
    except DiplomaticError:
        return []  # the shell shows no findings; the command will
    return [document.id for document in edition.documents if document.id.startswith(begun)]


def open_edition(folder: Path | None) -> Edition:
    """Return the edition in `folder`, or in the current folder or the nearest one above it.

    Raises:
        BrokenEditionError: there is none, or its settings or its conventions cannot be used.
    """
    # Imported here: `diplomatic COMMAND --help` needs none of it.
    from diplomatic.build.encoding import prove_conventions

    edition = load_edition(folder or _folder_here())
    prove_conventions(edition)
    return edition


def _folder_here() -> Path:
    """Return the nearest folder, from the current one upwards, that holds an edition."""
    here = Path.cwd()
    around = (here, *here.parents)
    return next((one for one in around if (one / "tei" / "edition.toml").is_file()), here)


def is_file_argument(argument: str) -> bool:
    """Say whether an argument of ID|FILE names a file rather than a document."""
    return "/" in argument or "\\" in argument or Path(argument).suffix in {*SUFFIXES, ".xml"}


def show_findings(findings: Iterable[Finding], style: str = "text") -> None:
    """Show findings in their order: as text on standard error, as JSON on standard output.

    Text shows the line at fault as well.
    """
    ordered = sorted({_relative(finding) for finding in findings}, key=sort_key)
    if style == "json":
        click.echo(as_json(ordered))
        return
    if style == "sarif":
        from diplomatic.reports import as_sarif

        click.echo(as_sarif(ordered, Path.cwd()), nl=False)
        return
    if ordered:
        # Imported here: a run without findings need not load how they are shown.
        from diplomatic.reports import as_text

        click.echo(as_text(ordered), err=True, nl=False)


def count_findings(findings: Iterable[Finding]) -> str:
    """Return how many findings there are of each severity, in words."""
    severities = [finding.severity for finding in findings]
    parts = [
        _plural(severities.count(severity), str(severity))
        for severity in Severity
        if severity in severities
    ]
    return ", ".join(parts) or "no findings"


def count_of(things: Sequence[object] | int, name: str) -> str:
    """Return a number with its noun: 1 document, 2 documents."""
    return _plural(things if isinstance(things, int) else len(things), name)


def _plural(number: int, name: str) -> str:
    """Return a number and a noun, in the plural where it is not one."""
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


def _relative(finding: Finding) -> Finding:
    """Return the finding with its file as seen from the current folder, where it is inside."""
    path = Path(finding.place.file)
    if not finding.place.file or not path.is_absolute() or not path.is_relative_to(Path.cwd()):
        return finding
    file = str(path.relative_to(Path.cwd()))
    return replace(finding, place=replace(finding.place, file=file))


def pick(known: Mapping[str, D], name: str) -> D:
    """Return the document of this name.

    Raises:
        click.UsageError: there is none; names the nearest.
    """
    if name in known:
        return known[name]
    near = [
        *difflib.get_close_matches(name, known, 1),
        *(each for each in known if name.lower() in each),
    ]
    hint = f" Did you mean {near[0]}?" if near else " A file needs its path, as in ./NAME.txt."
    raise click.UsageError(f"No document {name!r} in this edition.{hint}")
