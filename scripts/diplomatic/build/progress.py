"""Progress of long work: a bar with rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Progress:
    """Shows stages of work; says nothing when quiet."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bars: Bars | None = None
        self._current: TaskID | None = None
        self._done = self._total = 0
        self._name = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def stage(self, name: str, total: int) -> None:
        """Begin a stage of `total` pieces of work; a stage of none is not shown."""
        self._name, self._done, self._total = name, 0, total
        if self._quiet or not total:
            return
        if sys.stderr.isatty():
            self._current = self._bar().add_task(name, total=total)
        else:
            sys.stderr.write(f"{name}: {total:,}\n")

    def advance(self) -> None:
        """Note one piece of work as done."""
        self._done += 1
        if self._quiet:
            return
        if self._bars is not None and self._current is not None:
            self._bars.advance(self._current)
        elif self._done % 1000 == 0:
            sys.stderr.write(f"{self._name}: {self._done:,} of {self._total:,}\n")

    def _bar(self) -> Bars:
        """Return the bars, shown from now on."""
        if self._bars is None:
            # Imported here: a build with nothing to do needs no bar.
            from diplomatic.build.bars import make_bars

            self._bars = make_bars()
            self._bars.start()
        return self._bars
