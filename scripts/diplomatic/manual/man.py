"""Man pages from the commands themselves: one for the program, one for each command.

In: a click group. Out: pages by file name, in the form that `man` reads (roff, man(7)).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from diplomatic import __version__


def man_pages(program: click.Group, name: str) -> dict[str, str]:
    """Return the man pages of a program and its commands, by file name."""
    context = click.Context(program, info_name=name)
    pages = {f"{name}.1": _page(program, context, name)}
    for each in program.list_commands(context):
        command = program.get_command(context, each)
        if command is not None:
            inner = click.Context(command, info_name=each, parent=context)
            pages[f"{name}-{each}.1"] = _page(command, inner, f"{name}-{each}")
    return pages


def _page(command: click.Command, context: click.Context, name: str) -> str:
    """Return one man page."""
    first, _, rest = _paragraphs(command.help or "").partition("\n.PP\n")
    lines = [
        f'.TH "{name.upper()}" "1" "" "Diplomatic {__version__}" "Diplomatic"',
        ".SH NAME",
        f"{_plain(name)} \\- {first.rstrip('.')}",
        ".SH SYNOPSIS",
        f".B {_plain(context.command_path)}",
        _plain(" ".join(command.collect_usage_pieces(context))),
        ".SH DESCRIPTION",
        rest or first,
    ]
    lines += _records(
        "OPTIONS", (each.get_help_record(context) for each in command.get_params(context))
    )
    if isinstance(command, click.Group):
        lines += _records("COMMANDS", _commands(command, context))
    if command.epilog:
        lines += [".SH EXAMPLES", ".nf", _plain(_examples(command.epilog)), ".fi"]
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the commands of a group with what each does."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield name, command.get_short_help_str(200)


def _records(title: str, records: Iterator[tuple[str, str] | None]) -> list[str]:
    """Return the lines of a section of terms with their explanations."""
    lines = [f".SH {title}"]
    for term, words in filter(None, records):
        if not words:
            continue  # an argument, which the synopsis names
        lines += [".TP", f".B {_plain(term)}", _plain(" ".join(words.split()))]
    return lines if len(lines) > 1 else []


def _examples(epilog: str) -> str:
    """Return the examples of a command, without what tells click to leave their lines alone."""
    return re.sub(r"\A\s*\x08?\s*(?:Examples:\n)?", "", epilog).rstrip()


def _paragraphs(words: str) -> str:
    """Return the paragraphs of a help text."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", words.strip()))
    return "\n.PP\n".join(map(_plain, parts))


def _plain(words: str) -> str:
    """Return words that roff does not take for commands."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", escaped)
