"""The map: where the places of the indices are, as figures that a stylesheet can draw.

In: places with coordinates. Out: the elements of the map's record (`records.py`): the outlines of
the land as the path of an SVG, a point for each place, and a spot for its name where it covers no
other. Equirectangular, true to scale at the middle parallel, cut to the places with a margin.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, floor, hypot, radians, sqrt
from typing import Final, NamedTuple

from lxml import etree

from diplomatic.publish.outlines import Point, Window, land_in
from diplomatic.publish.records import add_element

WIDTH: Final = 960.0
# The least that is shown, in degrees of latitude; the margin about the places; height by width.
_LEAST: Final = 12.0
_MARGIN: Final = 0.1
_FLAT, _TALL = 0.56, 0.8
_POLE: Final = 85.0
# Size of a name, by where it is shown: on a wide page, and where the map is as narrow as a phone.
_SIZES: Final = {"wide": 15.0, "narrow": 34.0}
_WAYS: Final = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
_STEPS: Final = (0.0, 1.3, 2.6, 4.2, 6.0)
# Lines of the grid are this many degrees apart: the first that gives no more than eight.
_GRIDS: Final = (1, 2, 5, 10, 20, 30, 45)


@dataclass(frozen=True)
class Spot:
    """A place on the map: its key, name, how often it is named, latitude and longitude."""

    key: str
    name: str
    count: int
    latitude: float
    longitude: float


class Box(NamedTuple):
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Say whether two rectangles have a part in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_in(self, other: Box) -> bool:
        """Say whether another rectangle has all of this one."""
        across = other.left < self.left and self.right < other.right
        return across and other.top < self.top and self.bottom < other.bottom


@dataclass(frozen=True)
class Drawing:
    """How degrees become units of the drawing."""

    window: Window
    across: float
    high: float
    height: float

    def at(self, longitude: float, latitude: float) -> Point:
        """Return where a place is on the drawing."""
        east = longitude + 360 * floor((self.window.east - longitude) / 360)
        return (east - self.window.west) * self.across, (self.window.north - latitude) * self.high

    def path(self, ring: Sequence[Point]) -> str:
        """Return a ring as the path of an SVG, in whole units; empty if it is less than one."""
        west, north = self.window.west, self.window.north
        points = [
            (round((x - west) * self.across), round((north - y) * self.high)) for x, y in ring
        ]
        steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points)]
        moved = " ".join(f"{x} {y}" for x, y in steps if x or y)
        return f"M{points[0][0]} {points[0][1]}l{moved}z" if moved else ""


def draw(root: etree._Element, spots: Sequence[Spot]) -> None:
    """Add the map of some places to a record; nothing if there are none."""
    if not spots:
        return
    drawing = _drawing(spots)
    margin = 12 / drawing.across
    seen = drawing.window
    wider = Window(seen.west - margin, seen.south - margin, seen.east + margin, seen.north + margin)
    land = "".join(map(drawing.path, land_in(wider, 0.5 / drawing.high)))
    size = f"0 0 {WIDTH:.0f} {drawing.height:.0f}"
    drawn = add_element(root, "map", {"view-box": size, "land": land, "grid": _grid(drawing)})
    for spot in sorted(spots, key=lambda spot: (-spot.count, spot.key)):
        x, y = drawing.at(spot.longitude, spot.latitude)
        given = {"key": spot.key, "name": spot.name, "count": str(spot.count)}
        given |= {"x": f"{x:.1f}", "y": f"{y:.1f}", "r": f"{_radius(spot):.1f}"}
        add_element(drawn, "point", given)
    for kind, size_of_name in _SIZES.items():
        _add_names(drawn, kind, size_of_name, Box(0, 0, WIDTH, drawing.height))


def _drawing(spots: Sequence[Spot]) -> Drawing:
    """Return the part of the world that has all places, with a margin."""
    west, east = _span([spot.longitude for spot in spots])
    south, north = min(s.latitude for s in spots), max(s.latitude for s in spots)
    narrower = max(cos(radians((south + north) / 2)), 0.2)
    wide, high = (east - west) * narrower, north - south
    wide, high = max(wide * (1 + 2 * _MARGIN), _LEAST), high * (1 + 2 * _MARGIN)
    high = max(high, wide * _FLAT)
    wide = min(max(wide, high / _TALL), 360 * narrower)
    middle, centre = (south + north) / 2, (west + east) / 2
    # Near a pole the window is moved towards the equator.
    middle = max(min(middle, _POLE - high / 2), high / 2 - _POLE)
    half = wide / narrower / 2
    window = Window(centre - half, middle - high / 2, centre + half, middle + high / 2)
    scale = WIDTH / wide
    return Drawing(window, scale * narrower, scale, scale * high)


def _span(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return the shortest arc with all longitudes: its west, and an east that is not less."""
    ordered = sorted({longitude % 360 for longitude in longitudes})
    gaps = [
        ((ordered[(index + 1) % len(ordered)] - here) % 360 or 360, index)
        for index, here in enumerate(ordered)
    ]
    gap, index = max(gaps)
    west = ordered[(index + 1) % len(ordered)]
    west = west - 360 if west > 180 else west
    return west, west + 360 - gap


def _grid(drawing: Drawing) -> str:
    """Return the meridians and parallels as the path of an SVG."""
    seen = drawing.window
    step = next((g for g in _GRIDS if (seen.east - seen.west) / g <= 8), _GRIDS[-1])
    lines = []
    for number in range(floor(seen.west / step) + 1, floor(seen.east / step) + 1):
        lines.append(f"M{(number * step - seen.west) * drawing.across:.0f} 0v{drawing.height:.0f}")
    for number in range(floor(seen.south / step) + 1, floor(seen.north / step) + 1):
        lines.append(f"M0 {(seen.north - number * step) * drawing.high:.0f}h{WIDTH:.0f}")
    return "".join(lines)


def _radius(spot: Spot) -> float:
    """Return the radius of a point: its surface grows with the number of mentions."""
    return min(4 + sqrt(spot.count), 11)


def _add_names(drawn: etree._Element, kind: str, size: float, frame: Box) -> None:
    """Add the spots of the names for one size of page: those that find room, as wished most."""
    taken = [_surface(point) for point in drawn]
    for point in drawn:
        wide = _width(point.get("name", "")) * size
        x, y, r = (float(point.get(name, "0")) for name in "xyr")
        for box, anchor, line in _candidates((x, y), r, wide, size):
            if box.is_in(frame) and not any(box.meets(other) for other in taken):
                taken.append(box)
                at = {"start": box.left, "end": box.right}.get(anchor, (box.left + box.right) / 2)
                given = {"kind": kind, "x": f"{at:.1f}", "y": f"{box.bottom - 0.27 * size:.1f}"}
                add_element(point, "spot", given | {"anchor": anchor, "line": line})
                break


def _surface(point: etree._Element) -> Box:
    """Return the rectangle of a dot."""
    x, y, r = (float(point.get(name, "0")) for name in "xyr")
    return Box(x - r - 2, y - r - 2, x + r + 2, y + r + 2)


def _candidates(
    at: Point, radius: float, wide: float, size: float
) -> Iterator[tuple[Box, str, str | None]]:
    """Yield where a name could stand: its rectangle, its anchor, the path of a line that leads."""
    x, y = at
    high = 1.2 * size
    for step in _STEPS:
        for across, down in _WAYS:
            reach = radius + 0.3 * size + step * size
            slant = hypot(across, down)
            there = (x + across * reach / slant, y + down * reach / slant)
            left = there[0] - (0, wide / 2, wide)[1 - across]
            top = there[1] - (0, high / 2, high)[1 - down]
            box = Box(left, top, left + wide, top + high)
            line = f"M{x:.1f} {y:.1f}L{there[0]:.1f} {there[1]:.1f}" if step else None
            yield box, ("end", "middle", "start")[across + 1], line


def _width(name: str) -> float:
    """Return how wide a name is about, by its characters, in its own size."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.56 for sign in name) + 0.4
