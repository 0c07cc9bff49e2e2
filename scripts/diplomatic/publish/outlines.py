"""Outlines of the land of the world, cut to a window: the ground of the map.

In: `xslt/assets/land.json` (Natural Earth, public domain; `tests/make_outlines.py` made it) and a
window in degrees. Out: rings of points in degrees. Nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import hypot
from typing import Final, NamedTuple

from diplomatic.resources import xslt_dir

Point = tuple[float, float]
_WORLD: Final = 360.0


class Window(NamedTuple):
    """A part of the world in degrees; one across the date line has its east beyond 180."""

    west: float
    south: float
    east: float
    north: float


@cache
def _land() -> tuple[tuple[Point, ...], ...]:
    """Return the rings of the world, in degrees."""
    data = json.loads((xslt_dir() / "assets" / "land.json").read_text("utf-8"))
    steps = data["steps"]
    return tuple(tuple(_points(ring, steps)) for ring in data["rings"])


def _points(ring: str, steps: int) -> Iterator[Point]:
    """Yield the points of a ring, written as steps from one to the next."""
    numbers = list(map(int, ring.split()))
    x = y = 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / steps, y / steps


def land_in(window: Window, tolerance: float) -> Iterator[list[Point]]:
    """Yield the rings of land in a window, cut at its edges and as simple as `tolerance` allows.

    Args:
        window: what is shown, in degrees.
        tolerance: how far, in degrees, a line may run beside the true one.
    """
    for shift in (-_WORLD, 0.0, _WORLD):
        for ring in _land():
            points = [(x + shift, y) for x, y in ring]
            cut = _cut(points, window)
            half = len(cut) // 2
            thin = simplify(cut[: half + 1], tolerance)[:-1] + simplify(cut[half:], tolerance)
            if len(thin) > 2:
                yield thin


def _cut(ring: Sequence[Point], window: Window) -> list[Point]:
    """Return a ring cut at the edges of a window (Sutherland and Hodgman), empty if outside."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    if max(xs) < window.west or min(xs) > window.east:
        return []
    if max(ys) < window.south or min(ys) > window.north:
        return []
    points = list(ring)
    for axis, limit, sign in ((0, window.west, 1), (0, window.east, -1)):
        points = list(_beyond(points, axis, limit, sign))
    for axis, limit, sign in ((1, window.south, 1), (1, window.north, -1)):
        points = list(_beyond(points, axis, limit, sign))
    return points


def _beyond(points: Sequence[Point], axis: int, limit: float, sign: int) -> Iterator[Point]:
    """Yield the part of a ring on one side of a line parallel to an axis."""
    for index, here in enumerate(points):
        before = points[index - 1]
        inside, was_inside = (sign * (p[axis] - limit) >= 0 for p in (here, before))
        if inside != was_inside:
            share = (limit - before[axis]) / (here[axis] - before[axis])
            x, y = (b + share * (h - b) for b, h in zip(before, here, strict=True))
            yield x, y
        if inside:
            yield here


def simplify(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Return a line with fewer points, none of the old ones further off (Douglas and Peucker)."""
    if len(points) < 3:
        return list(points)
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        distance, index = max(_distances(points, first, last), default=(0.0, 0))
        if distance > tolerance:
            keep.add(index)
            waiting += [(first, index), (index, last)]
    return [points[index] for index in sorted(keep)]


def _distances(points: Sequence[Point], first: int, last: int) -> Iterable[tuple[float, int]]:
    """Yield how far each point between two is from the line through them, with its index."""
    (x1, y1), (x2, y2) = points[first], points[last]
    dx, dy = x2 - x1, y2 - y1
    length = hypot(dx, dy)
    for index in range(first + 1, last):
        x, y = points[index]
        if length:
            yield abs(dy * (x - x1) - dx * (y - y1)) / length, index
        else:
            yield hypot(x - x1, y - y1), index
