"""Sharing work among processes.

Workers are spawned, live as long as the build, and each makes its own Saxon processor; results
come back in the order in which they are ready, so nothing may depend on that order.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import get_context
from typing import Final, TypeVar

from diplomatic.findings import DiplomaticError, Finding

J = TypeVar("J")
C = TypeVar("C")
R = TypeVar("R")

# A worker takes about half a second to start: fewer pieces than this are done sooner without.
_WORTH: Final = 24
# What `--jobs` says; publications, which share work of their own, hear of it too.
_wanted: ContextVar[int | None] = ContextVar("_wanted", default=None)


@contextmanager
def in_processes(wanted: int | None) -> Iterator[None]:
    """Let all work in here be shared among so many processes, unless it is told otherwise."""
    token = _wanted.set(wanted)
    try:
        yield
    finally:
        _wanted.reset(token)


def how_many(pieces: int, wanted: int | None = None) -> int:
    """Return the number of processes for so many pieces of work; 1 means this one."""
    wanted = _wanted.get() if wanted is None else wanted
    if wanted is not None:
        return max(1, min(wanted, pieces))
    return max(1, min(os.cpu_count() or 1, pieces // _WORTH))


def share(
    function: Callable[[J, C], R], pieces: Sequence[J], common: C, processes: int
) -> Iterator[R]:
    """Yield `function(piece, common)` for each piece, as they are done.

    Raises:
        DiplomaticError: D806, a worker died.
    """
    if processes <= 1:
        for piece in pieces:
            yield function(piece, common)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin) as pool:
        try:
            with _uninterrupted():
                futures = [pool.submit(function, piece, common) for piece in pieces]
            for future in as_completed(futures):
                yield future.result()
        except BrokenProcessPool as error:
            raise DiplomaticError(Finding("D806", "a worker ended without a word")) from error
        finally:
            pool.shutdown(cancel_futures=True)


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
