"""`diplomatic explain`: the story of a code, with an example before and after."""

from __future__ import annotations

import difflib
from typing import Final

import click

from diplomatic.explanations import example_of, visible
from diplomatic.findings import CodeInfo, codes

# How the place of an example is called, where it is no file of an edition.
_PLACES: Final = {
    "file name": ", the name of a file",
    "in.odd": ", in the ODD",
    "in.rng": ", in a grammar",
    "in.xml": "",
}


def _complete_code(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return the codes that begin as what was typed, for the shell."""
    return [code for code in codes() if code.startswith(begun.upper())]


@click.command(
    epilog="""\b
Examples:
  diplomatic explain D105          what D105 means, and how to mend it
  diplomatic explain               all codes, one a line
""",
)
@click.argument("code", required=False, shell_complete=_complete_code)
def command(code: str | None) -> int:
    """Tell what a CODE means, why it matters and how to mend it.

    Without a code: the list of all codes.
    """
    table = codes()
    if code is None:
        for _, info in sorted(table.items()):
            click.echo(f"{info.code}  {info.severity:7}  {info.title}")
        return 0
    name = code.upper()
    if name not in table:
        near = difflib.get_close_matches(name, table, 3)
        hint = f" Near: {', '.join(near)}." if near else ""
        raise click.UsageError(f"There is no code {code}.{hint} `diplomatic explain` lists them.")
    click.echo(_story(table[name]))
    return 0


def _story(info: CodeInfo) -> str:
    """Return what is known of a code, as text."""
    parts = [f"{info.code} ({info.severity}): {info.title}", info.explanation]
    if info.hint:
        parts.append(f"To mend it: {info.hint}")
    example = example_of(info.code)
    if example is not None:
        where = _PLACES.get(example.where, f", in {example.where}" if example.is_file else "")
        parts += [
            f"Before{where}:\n{_indented(example.before)}",
            f"After:\n{_indented(example.after)}",
        ]
    return "\n\n".join(part for part in parts if part)


def _indented(text: str) -> str:
    """Return an example set in from the margin; signs that cannot be seen are shown."""
    return "\n".join(f"    {line}" for line in visible(text).splitlines())
