"""Make xslt/assets/land.json, the outlines of the map, from Natural Earth (public domain).

    npm install --ignore-scripts world-atlas@2
    python tests/make_outlines.py node_modules/world-atlas/land-50m.json

In: the land of Natural Earth 1:50m as TopoJSON. Out: its rings, made simpler, as whole numbers.
It is run by hand, once for a release of the data; a test reads what it wrote.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from diplomatic.publish.outlines import simplify
from diplomatic.resources import xslt_dir

# Fiftieths of a degree: two kilometres, finer than the line of a coast on any map of ours.
STEPS: Final = 50
TOLERANCE: Final = 0.03
SMALLEST: Final = 0.012
NOTE: Final = (
    "Land of the world, made from Natural Earth 1:50m (version 4.1.0, public domain, "
    "naturalearthdata.com) as npm's world-atlas 2.0.2 has it, by tests/make_outlines.py. "
    "Each ring: longitude and latitude of a point in steps of a degree, then the way to the next."
)

Point = tuple[float, float]


def main(arguments: list[str]) -> int:
    """Read the TopoJSON file that is named, write the outlines."""
    topology = json.loads(Path(arguments[0]).read_text("utf-8"))
    rings = [ring for ring in map(_coded, _rings(topology)) if ring]
    data = {"note": NOTE, "steps": STEPS, "rings": rings}
    text = json.dumps(data, separators=(",", ":")).replace('","', '",\n"')
    (xslt_dir() / "assets" / "land.json").write_text(text + "\n", "utf-8")
    return 0


def _rings(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the rings of the land, in degrees."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found += [_unrolled(_joined(ring, arcs)) for polygon in polygons for ring in polygon]
    return found


def _unrolled(ring: list[Point]) -> list[Point]:
    """Return a ring that goes on beyond 180 degrees where it crosses the date line.

    One that goes about the Earth (Antarctica) is closed along the pole.
    """
    points = [ring[0]]
    for x, y in ring[1:]:
        points.append((x + 360 * round((points[-1][0] - x) / 360), y))
    if abs(points[-1][0] - points[0][0]) > 180:
        pole = 90.0 if points[0][1] > 0 else -90.0
        points += [(points[-1][0], pole), (points[0][0], pole), points[0]]
    middle = (min(x for x, _ in points) + max(x for x, _ in points)) / 2
    return [(x - 360 * round(middle / 360), y) for x, y in points]


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return a ring from the numbers of its arcs; one below zero runs the other way."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _coded(ring: list[Point]) -> str:
    """Return a ring as numbers; the empty string of one too small to be seen."""
    half = len(ring) // 2
    # A ring begins where it ends: its halves are made simpler, each between two fixed points.
    points = simplify(ring[: half + 1], TOLERANCE)[:-1] + simplify(ring[half:], TOLERANCE)[:-1]
    wide = max(x for x, _ in points) - min(x for x, _ in points)
    high = max(y for _, y in points) - min(y for _, y in points)
    if len(points) < 3 or wide * high < SMALLEST:
        return ""
    numbers: list[int] = []
    last = (0, 0)
    for x, y in points:
        here = (round(x * STEPS), round(y * STEPS))
        if numbers and here == last:
            continue
        numbers += (here[0] - last[0], here[1] - last[1])
        last = here
    return " ".join(map(str, numbers))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
