"""The map: where places are drawn, what land is about them, where names find room."""

from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from diplomatic.publish.outlines import Window, land_in, simplify
from diplomatic.publish.places_map import Spot, draw
from diplomatic.publish.records import read_index

WORLD = Window(-180, -90, 180, 90)
PLACES = {
    "Moscow": (55.75, 37.62),
    "Tashkent": (41.26, 69.22),
    "Pyongyang": (39.03, 125.75),
    "Anju": (39.62, 125.67),
    "Sydney": (-33.87, 151.21),
    "Honolulu": (21.31, -157.86),
    "Juneau": (58.3, -134.42),
    "서울": (37.57, 127.0),
    "Longyearbyen": (78.22, 15.63),
    "Nowhere": (0.0, 0.0),
}


def drawn(*names: str) -> etree._Element:
    """Return the map of some places, each named as often as its name has letters."""
    root = etree.Element("edition")
    draw(root, [Spot(name.lower(), name, len(name), *PLACES[name]) for name in names])
    return root[0]


def on_land(latitude: float, longitude: float) -> bool:
    """Say whether a point is on land: whether it is in an odd number of rings."""
    inside = False
    for ring in land_in(WORLD, 0.0):
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > latitude) != (y2 > latitude):
                inside ^= longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
    return inside


@pytest.mark.parametrize(
    ("where", "land"),
    [
        ((55.75, 37.62), True),
        ((66.0, 179.0), True),
        ((-85.0, 10.0), True),
        ((41.5, 51.0), False),  # the Caspian Sea
        ((0.0, -150.0), False),
        ((89.0, 0.0), False),
        ((39.0, 134.0), False),  # the sea between Korea and Japan
    ],
)
def test_land_is_land_and_sea_is_sea(where: tuple[float, float], land: bool) -> None:
    assert on_land(*where) is land


def test_nothing_beyond_the_window_is_drawn() -> None:
    window = Window(120.0, 30.0, 150.0, 50.0)
    rings = list(land_in(window, 0.1))
    assert rings
    assert all(119.99 < x < 150.01 and 29.99 < y < 50.01 for ring in rings for x, y in ring)
    beyond = list(land_in(Window(170.0, 50.0, 200.0, 70.0), 0.1))
    assert max(x for ring in beyond for x, _ in ring) > 181, "land on both sides of the date line"


def test_a_simpler_line_keeps_its_ends_and_its_corners() -> None:
    assert simplify([(0, 0), (1, 0.01), (2, 0), (2, 2)], 0.1) == [(0, 0), (2, 0), (2, 2)]
    assert simplify([(0, 0), (0, 3), (0, 0)], 0.1) == [(0, 0), (0, 3), (0, 0)]
    assert simplify([(1, 1)], 0.1) == [(1, 1)]


@pytest.mark.parametrize(
    "names",
    [
        ("Moscow",),
        ("Moscow", "Tashkent", "Pyongyang", "Anju"),
        ("Sydney", "Honolulu", "Juneau"),
        ("Longyearbyen", "Moscow"),
        tuple(PLACES),
    ],
)
def test_every_place_is_in_the_frame_and_no_name_covers_another(names: tuple[str, ...]) -> None:
    chart = drawn(*names)
    _, _, width, height = map(float, chart.get("view-box").split())
    assert {point.get("name") for point in chart} == set(names)
    for point in chart:
        assert 0 < float(point.get("x")) < width
        assert 0 < float(point.get("y")) < height
    for kind, size in (("wide", 15.0), ("narrow", 34.0)):
        boxes = [box(spot, size) for spot in chart.iter("{*}spot") if spot.get("kind") == kind]
        assert all(one[0] > 0 and one[2] < width for one in boxes)
        for one, two in combinations(boxes, 2):
            assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
    if len(names) < 5:
        assert len(list(chart.iterfind("*/{*}spot[@kind='wide']"))) == len(names)


def box(spot: etree._Element, size: float) -> tuple[float, float, float, float]:
    """Return the least rectangle of a name: left, top, right, bottom."""
    name = spot.getparent().get("name")
    wide, x, y = len(name) * size * 0.5, float(spot.get("x")), float(spot.get("y"))
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[spot.get("anchor")]
    return left, y - 0.7 * size, left + wide, y


def test_the_date_line_does_not_tear_the_map() -> None:
    chart = drawn("Sydney", "Honolulu", "Juneau")
    x = {point.get("name"): float(point.get("x")) for point in chart}
    assert x["Sydney"] < x["Honolulu"] < x["Juneau"]
    assert "lz" not in chart.get("land"), "a ring of no length stops the drawing of all"


def test_a_place_that_is_named_more_has_a_larger_dot() -> None:
    chart = drawn("Anju", "Longyearbyen")
    size = {point.get("name"): float(point.get("r")) for point in chart}
    assert size["Anju"] < size["Longyearbyen"]


@pytest.mark.parametrize(
    ("geo", "found"),
    [
        ("39.03 125.75", (39.03, 125.75)),
        ("-33.87, 151.21", (-33.87, 151.21)),
        ("125.75 39.03", None),
        ("somewhere", None),
        (None, None),
    ],
)
def test_coordinates_are_read_from_the_index(
    tmp_path: Path, geo: str | None, found: tuple[float, float] | None
) -> None:
    location = f"<location source='https://example.org/1'><geo>{geo}</geo></location>"
    path = tmp_path / "places.xml"
    path.write_text(
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><place xml:id='place-x'><placeName>X</placeName>"
        f"{location if geo else ''}</place></TEI>"
    )
    (name,) = read_index(path)
    assert name.geo == found
    assert name.geo_source == ("https://example.org/1" if geo else "")
