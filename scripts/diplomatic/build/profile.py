"""Where the time of a build goes: stages with their seconds, as a table and as a chart.

Only asked-for: a build that is not asked leaves no time in any file.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from diplomatic.edition import Edition

NAME: Final = "profile.html"
# Sizes of the chart, in units of its own.
_ROW: Final = 26
_LEFT: Final = 150
_WIDTH: Final = 460


@dataclass
class Times:
    """Seconds by stage, in the order of the stages; `within` is time spent in workers.

    Stages follow each other and make up the build; workers do their parts side by side, so that
    theirs may add up to more than the stage they belong to.
    """

    stages: dict[str, float] = field(default_factory=dict)
    within: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent in here to a stage."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + time.monotonic() - started

    def add(self, parts: Mapping[str, float]) -> None:
        """Add time that a worker spent."""
        for name, seconds in parts.items():
            self.within[name] = self.within.get(name, 0.0) + seconds


def profile_path(edition: Edition) -> Path:
    """Return where the chart is written."""
    return edition.reports_dir / NAME


def as_table(times: Times) -> str:
    """Return the times as lines for a terminal."""
    total = sum(times.stages.values()) or 1.0
    lines = [
        f"  {name:24}{seconds:9.2f} s{seconds / total:8.0%}"
        for name, seconds in times.stages.items()
    ]
    lines += [f"  {f'in workers: {name}':24}{each:9.2f} s" for name, each in times.within.items()]
    return "\n".join(lines)


def as_page(times: Times, title: str) -> str:
    """Return the times as a web page that needs nothing else, with a chart."""
    from diplomatic.reports.page import add, as_text, new_page

    rows = [*times.stages.items(), *((f"in workers: {n}", s) for n, s in times.within.items())]
    longest = max((seconds for _, seconds in rows), default=0.0) or 1.0
    page, main = new_page(title)
    height = _ROW * len(rows)
    label = "; ".join(f"{name} {seconds:.2f} seconds" for name, seconds in rows)
    chart = add(main, "svg", viewBox=f"0 0 {_LEFT + _WIDTH + 90} {height}", role="img")
    chart.set("aria-label", label)
    for number, (name, seconds) in enumerate(rows):
        top, long = number * _ROW, _WIDTH * seconds / longest
        middle = str(top + _ROW * 0.65)
        styled = {"fill": "currentColor", "y": middle, "font-size": "14"}
        add(chart, "text", name, x="0", **styled)
        add(
            chart,
            "rect",
            **{"x": str(_LEFT), "y": str(top + 4), "fill": "#3b6ea5"},
            **{"width": f"{max(long, 1):.1f}", "height": str(_ROW - 8)},
        )
        add(chart, "text", f"{seconds:.2f} s", x=f"{_LEFT + long + 8:.1f}", **styled)
    return as_text(page)
