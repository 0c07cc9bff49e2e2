"""Sharing work among processes.

Workers are spawned, live as long as the build (`in_processes`), and each makes its own Saxon
processor and compiles once; results come back in the order in which they are ready, so nothing may
depend on that order.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, TypeVar

from diplomatic.build.cluster import is_there, share_afar
from diplomatic.findings import DiplomaticError, Finding

J = TypeVar("J")
C = TypeVar("C")
R = TypeVar("R")

# A worker takes about half a second to start: fewer pieces than this are done sooner without.
_WORTH: Final = 24
# What `--jobs` says; publications, which share work of their own, hear of it too.
_wanted: ContextVar[int | None] = ContextVar("_wanted", default=None)


class _Pool:
    """Workers that live as long as the build; they start when there is work for them."""

    def __init__(self) -> None:
        self._executor: ProcessPoolExecutor | None = None
        self.processes = 1

    def executor(self, processes: int) -> ProcessPoolExecutor:
        """Return the workers, so many at least."""
        if self._executor is None or processes > self.processes:
            self.close()
            self._executor = _workers(processes)
            self.processes = processes
        return self._executor

    def close(self) -> None:
        """Let the workers go."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
        self._executor, self.processes = None, 1


# The workers of the build that is going on.
_lasting: ContextVar[_Pool | None] = ContextVar("_lasting", default=None)


@contextmanager
def in_processes(wanted: int | None) -> Iterator[None]:
    """Let all work in here be shared among so many processes, unless it is told otherwise."""
    pool = _Pool()
    token, own = _wanted.set(wanted), _lasting.set(pool)
    try:
        yield
    finally:
        _lasting.reset(own)
        _wanted.reset(token)
        pool.close()


def warm() -> int:
    """Return how many workers of this build have started already; 1 when there are none."""
    pool = _lasting.get()
    return pool.processes if pool else 1


def renew() -> None:
    """Let the workers of this build go; further work is done by new ones.

    For work of another kind, after much work of one: what the first kind needed (word lists,
    rules, stylesheets) stays in the memory of a worker until it ends.
    """
    pool = _lasting.get()
    if pool:
        pool.close()


def how_many(pieces: int, wanted: int | None = None) -> int:
    """Return the number of processes for so many pieces of work; 1 means this one."""
    wanted = _wanted.get() if wanted is None else wanted
    if wanted is not None:
        return max(1, min(wanted, pieces))
    return max(1, min(os.cpu_count() or 1, pieces // _WORTH))


def share(
    function: Callable[[J, C], R],
    pieces: Sequence[J],
    common: C,
    processes: int,
    *,
    together: int = 0,
) -> Iterator[R]:
    """Yield `function(piece, common)` for each piece, as they are done.

    Args:
        function: what is to be done; of a module, so that it can be sent.
        pieces: the pieces of work.
        common: what all of them need.
        processes: how many work at it; 1 means this one.
        together: how many pieces are sent at a time, to the workers that live as long as the
            build; 0 has workers of their own for these pieces, which take their memory with them.

    Raises:
        DiplomaticError: D806, a worker died.
    """
    if processes <= 1:
        for piece in pieces:
            yield function(piece, common)
        return
    lasting = _lasting.get() if together else None
    pool = lasting.executor(processes) if lasting else _workers(processes)
    futures: set[Future[list[R]]] = set()
    # Written once, and read once by each worker: it may be large, and there are many pieces.
    sent = pickle.dumps(common)
    try:
        with _uninterrupted():
            for start in range(0, len(pieces), max(1, together)):
                some = pieces[start : start + max(1, together)]
                futures.add(pool.submit(_some, function, some, sent))
        for future in as_completed(futures):
            # Results are let go one by one: together they can be large.
            futures.discard(future)
            yield from future.result()
    except BrokenProcessPool as error:
        if lasting:
            lasting.close()
        raise DiplomaticError(Finding("D806", "a worker ended without a word")) from error
    finally:
        for future in futures:
            future.cancel()
        if not lasting:
            pool.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class Travel:
    """How pieces of work can be done on another machine: the edition's folder and their files."""

    root: Path
    files_of: Callable[[Any], Sequence[Path]]
    for_all: Sequence[Path] = ()


def share_widely(
    function: Callable[[J, C], R],
    pieces: Sequence[J],
    common: C,
    travel: Travel,
    *,
    processes: int,
    together: int,
) -> Iterator[R]:
    """Yield `function(piece, common)` for each piece: by the cluster if there is one, else `share`.

    Raises:
        DiplomaticError: D801, D806, D815.
    """
    if is_there():
        yield from share_afar(
            function, pieces, common, travel.root, travel.files_of, travel.for_all
        )
    else:
        yield from share(function, pieces, common, processes, together=together)


def _workers(processes: int) -> ProcessPoolExecutor:
    """Return workers, which start when there is work."""
    context = get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin)


def _some(function: Callable[[J, Any], R], pieces: Sequence[J], sent: bytes) -> list[R]:
    """Do some pieces of work, in a worker."""
    common = _read(sent)
    return [function(piece, common) for piece in pieces]


@lru_cache(maxsize=1)
def _read(sent: bytes) -> Any:  # noqa: ANN401 - whatever the pieces have in common
    """Return what the pieces have in common, which the process that started this one wrote."""
    return pickle.loads(sent)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while workers start, which inherit that: else each would die of it aloud."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Prepare a worker: Ctrl-C is the parent's to handle, which then takes no more work in."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
