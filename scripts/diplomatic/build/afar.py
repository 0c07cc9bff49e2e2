"""What a worker of a cluster does with a piece of work that came to it.

In: a piece with the files that it needs, as another machine sent them. Out: its result, and the
files that it wrote. The files are laid out in a folder of their own. Workers of Dask work in
threads, and Saxon only in the main thread of a process: so the work itself is done by a helper, a
process of this module that lives as long as the worker's thread and takes one piece after another.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from diplomatic import __version__
from diplomatic.build.atomic import write_bytes
from diplomatic.faults import fault
from diplomatic.findings import DiplomaticError, Finding

_HELPER: Final = "from diplomatic.build.afar import help_out; help_out()"
_of_thread: Final = threading.local()


@dataclass(frozen=True)
class Baggage:
    """What travels with every piece: where the edition is here, and its files by name."""

    root: Path
    files: dict[str, bytes]
    version: str = __version__


def do_piece(
    function: Callable[[Any, Any], Any],
    piece: object,
    files: dict[str, bytes],
    afar: tuple[object, Baggage],
) -> tuple[Any, dict[str, bytes]]:
    """Do a piece of work; return the result and the files written.

    Raises:
        DiplomaticError: D815, this is another version of the program; or what the work raises.
    """
    common, baggage = afar
    if baggage.version != __version__:
        message = f"a worker has version {__version__}, not {baggage.version}"
        raise DiplomaticError(Finding("D815", message))
    sent = {**baggage.files, **files}
    with tempfile.TemporaryDirectory(prefix="diplomatic-") as name:
        folder = Path(name).resolve()
        for each, data in sent.items():
            write_bytes(folder / each, data, durable=False)
        there = moved(piece, baggage.root, folder), moved(common, baggage.root, folder)
        result = moved(_helped(function, *there), folder, baggage.root)
        found = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    return result, {each: data for each, data in found.items() if sent.get(each) != data}


def moved(value: Any, old: Path, new: Path) -> Any:  # noqa: ANN401 - a value of any kind
    """Return a value with every path under `old` as the same path under `new`.

    Words that begin with the path, as in a finding, are moved too.
    """
    if isinstance(value, Path):
        return new / value.relative_to(old) if value.is_relative_to(old) else value
    if isinstance(value, str):
        known = value == str(old) or value.startswith(f"{old}{os.sep}")
        return type(value)(f"{new}{value[len(str(old)) :]}") if known else value
    if isinstance(value, dict):
        return {key: moved(each, old, new) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(moved(each, old, new) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if field.init]
        return dataclasses.replace(
            value, **{name: moved(getattr(value, name), old, new) for name in names}
        )
    return value


def _helped(function: Callable[[Any, Any], Any], piece: object, common: object) -> Any:  # noqa: ANN401
    """Have a piece of work done by the helper of this thread.

    Raises:
        DiplomaticError: what the work raises; D806, the helper died.
    """
    helper = _helper()
    try:
        pickle.dump((function, piece, common), _stream(helper.stdin))
        _stream(helper.stdin).flush()
        error, result = pickle.load(_stream(helper.stdout))
    except (EOFError, OSError) as failure:
        _of_thread.helper = None
        raise DiplomaticError(Finding("D806", "a helper ended without a word")) from failure
    if error is not None:
        raise DiplomaticError(error)
    return result


def _helper() -> subprocess.Popen[bytes]:
    """Return the helper of this thread, which starts when there is work."""
    helper: subprocess.Popen[bytes] | None = getattr(_of_thread, "helper", None)
    if helper is None or helper.poll() is not None:
        command = [sys.executable, "-c", _HELPER]
        helper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        _of_thread.helper = helper
    return helper


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    """Return a stream that was asked for.

    Raises:
        OSError: it is not there.
    """
    if stream is None:
        raise OSError
    return stream


def help_out() -> None:
    """Do the pieces that come on standard input, until it ends; the main thread of a helper."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What native code prints must not stand among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            function, piece, common = pickle.load(sys.stdin.buffer)
            pickle.dump(_answer(function, piece, common), answers)
            answers.flush()


def _answer(
    function: Callable[[Any, Any], Any], piece: object, common: object
) -> tuple[Finding | None, Any]:
    """Return what came of a piece: what went wrong, or its result."""
    try:
        return None, function(piece, common)
    except DiplomaticError as error:
        return error.finding, None
    except Exception as error:  # one piece must not end the helper
        return fault(error, ""), None
