"""The command line: finds the command, runs it, and turns every failure into a finding.

One module of `diplomatic.commands` is one command; it is imported only when it is asked for, so
that `diplomatic --help` and a build with nothing to do stay quick. `main([...])` is how tests
call it; it returns the exit code (design §8).
"""

from __future__ import annotations

import contextlib
import difflib
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from diplomatic import __version__, commands
from diplomatic.faults import fault
from diplomatic.findings import DiplomaticError, ExitCode

# Commands in the order of the work; others follow by name.
_ORDER = (
    *("init", "build", "review", "names", "check", "serve", "encode", "publish", "verify"),
    *("explain", "manual", "man"),
)


class _Commands(click.Group):
    """The group of all commands, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the work."""
        found = {info.name for info in pkgutil.iter_modules(commands.__path__)}
        names = {name.replace("_", "-") for name in found if not name.startswith("_")}
        first = [name for name in _ORDER if name in names]
        return [*first, *sorted(names.difference(first))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"diplomatic.commands.{cmd_name.replace('-', '_')}")
        found = getattr(module, "command", None)
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name; an unknown one gets a suggestion."""
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], names, 1)
            hint = f" Did you mean {near[0]}?" if near else f" Commands: {', '.join(names)}."
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog="`diplomatic COMMAND --help` shows the options of a command, with examples.",
)
@click.version_option(__version__, prog_name="diplomatic")
def program() -> None:
    """Transcripts of documents in; a scholarly edition out: TEI, a website, a printed book.

    In a folder that holds tei/edition.toml, `diplomatic build` makes everything that is out of
    date. Findings go to standard error, results to standard output.
    """


def _with_hint(error: click.ClickException) -> click.ClickException:
    """Return what click says, with what may have been meant by an argument too many."""
    if not isinstance(error, click.UsageError) or "unexpected extra argument" not in error.message:
        return error
    words = f"{error.message}. An edition folder is named with --edition DIR."
    return click.UsageError(words, error.ctx)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1, 2, 3 or 130 (design §8)."""
    arguments = list(sys.argv[1:] if args is None else args)
    try:
        code = program.main(arguments, prog_name="diplomatic", standalone_mode=False)
        return code if isinstance(code, int) else ExitCode.CLEAN
    except click.ClickException as error:
        _with_hint(error).show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. What was finished is kept; nothing is half written.", err=True)
        return ExitCode.INTERRUPTED
    except DiplomaticError as error:
        for finding in getattr(error, "findings", [error.finding]):
            click.echo(finding.as_text(), err=True)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read the output has gone: nothing is wrong, and nobody is there to be told.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.CLEAN
    except Exception as error:  # the one place that shields users from a traceback
        click.echo(fault(error).as_text(), err=True)
        return ExitCode.ERRORS
