"""The same work on many machines: pieces go to a Dask cluster, with the files that they need.

In: an address like tcp://HOST:8786, where a scheduler of Dask listens whose workers have this very
version of the program. A piece travels with its files, and comes back as its result with the files
that it wrote (`afar`). What a lost worker held is done again by another. No disk is shared.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeVar

from diplomatic.build.afar import Baggage, do_piece
from diplomatic.build.atomic import write_bytes
from diplomatic.build.last_written import FOLDER, deliver
from diplomatic.findings import DiplomaticError, Finding

J = TypeVar("J")
C = TypeVar("C")
R = TypeVar("R")

_PATIENCE: Final = 10.0
# How many pieces are on their way at a time for each worker: enough that none has to wait.
_AHEAD: Final = 8
_client: ContextVar[Any] = ContextVar("_client", default=None)


@contextmanager
def on_cluster(address: str | None) -> Iterator[None]:
    """Let work that can travel be done by the cluster at an address; None: here.

    Raises:
        DiplomaticError: D815, the package is missing, or there is no scheduler.
    """
    if address is None:
        yield
        return
    if find_spec("distributed") is None:
        raise DiplomaticError(Finding("D815", "the package distributed is not installed"))
    try:
        client = _distributed().Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        message = f"no scheduler of Dask answers at {address}"
        raise DiplomaticError(Finding("D815", message)) from error
    token = _client.set(client)
    try:
        yield
    finally:
        _client.reset(token)
        # It may be gone, which is no matter now.
        with contextlib.suppress(OSError, TimeoutError):
            client.close()


def _distributed() -> Any:  # noqa: ANN401 - distributed has few types
    """Return the package, which is imported only when it is wanted."""
    return import_module("distributed")


def is_there() -> bool:
    """Say whether work is done by a cluster."""
    return _client.get() is not None


def share_afar(
    function: Callable[[J, C], R],
    pieces: Sequence[J],
    common: C,
    root: Path,
    files_of: Callable[[J], Sequence[Path]],
    for_all: Sequence[Path] = (),
) -> Iterator[R]:
    """Yield `function(piece, common)` for each piece, done by the cluster, as they are done.

    Args:
        function: what is to be done; of a module, so that it can be sent.
        pieces: the pieces of work.
        common: what all of them need.
        root: folder of the edition; files outside of it do not travel.
        files_of: the files that a piece needs.
        for_all: files that every piece needs.

    Raises:
        DiplomaticError: D806, a piece was lost again and again; D815, a worker has another version
            of the program; D801, a file that came back cannot be written.
    """
    distributed = _distributed()
    client = _client.get()
    baggage = Baggage(root, _packed(for_all, root))
    afar = client.scatter((common, baggage), broadcast=True, hash=False)
    waiting = iter(pieces)
    ahead = max(1, len(client.nthreads())) * _AHEAD

    def send(piece: J) -> Any:  # noqa: ANN401 - a future
        return client.submit(
            do_piece, function, piece, _packed(files_of(piece), root), afar, pure=False
        )

    first = [send(piece) for _, piece in zip(range(ahead), waiting, strict=False)]
    flow = distributed.as_completed(first, loop=client.loop)
    try:
        for future in flow:
            result, files = future.result()
            _unpack(files, root)
            for piece in waiting:
                flow.add(send(piece))
                break
            yield result
    except distributed.KilledWorker as error:
        raise DiplomaticError(Finding("D806", "workers of the cluster ended at it")) from error
    except (OSError, CancelledError) as error:
        raise DiplomaticError(Finding("D815", "the scheduler of Dask went away")) from error


def _packed(paths: Sequence[Path], root: Path) -> dict[str, bytes]:
    """Return the files that are there, by name."""
    there = [path for path in paths if path.is_relative_to(root) and path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in there}


def _unpack(files: dict[str, bytes], root: Path) -> None:
    """Write the files that came back; a document and what is kept of it stay together.

    Raises:
        DiplomaticError: D801, one cannot be written.
    """
    for name, data in files.items():
        path = root / name
        kept = files.get((path.parent / FOLDER / path.name).relative_to(root).as_posix())
        if kept is not None:
            deliver(path, data, kept)
        # What is kept of a document comes with it, or alone if only that is new.
        elif path.parent.name != FOLDER or name.replace(f"{FOLDER}/", "") not in files:
            write_bytes(path, data, durable=False)
