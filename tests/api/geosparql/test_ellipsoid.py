from math import pi

import numpy as np
import pytest

from teixit.geosparql import ellipsoid

#: From the equator to the pole on WGS84, as geodesists publish it, in metres.
QUADRANT = 10_001_965.729
EQUATOR = 2 * pi * 6378137.0
#: Areas and distances of the ellipsoid, in square kilometres.
EARTH = 510_065_621.724e6


def line(*points: tuple[float, float]) -> ellipsoid.Coordinates:
    return np.array(points, dtype=float)


@pytest.mark.parametrize(
    ("start", "end", "metres"),
    [
        ((0, 0), (0, 90), QUADRANT),
        ((0, -90), (0, 90), 2 * QUADRANT),
        ((0, 0), (90, 0), EQUATOR / 4),
        ((2.17, 41.39), (2.17, 41.39), 0),
        # Flinders Peak to Buninyong, the worked example of Geoscience Australia.
        ((144.42486789, -37.95103342), (143.92649553, -37.65282114), 54_972.271),
        # Longitudes that differ by a full turn are the same place.
        ((179.5, 10), (-179.5, 10), 109_639.322),
        ((179.5, 10), (180.5, 10), 109_639.322),
    ],
)
def test_known_distances(
    start: tuple[float, float], end: tuple[float, float], metres: float
) -> None:
    found = ellipsoid.distance(start, end)
    assert found == pytest.approx(metres, abs=0.001)


def test_opposite_points_have_no_distance() -> None:
    assert ellipsoid.distance((0, 0), (180, 0)) is None


@pytest.mark.parametrize(
    ("points", "metres"),
    [
        ([(0, 0), (0, 90)], QUADRANT),
        ([(0, 0), (0, 30), (0, 90)], QUADRANT),
        ([(-180, 0), (180, 0)], EQUATOR),
        ([(2.17, 41.39), (2.17, 41.39)], 0),
    ],
)
def test_known_lengths(points: list[tuple[float, float]], metres: float) -> None:
    assert ellipsoid.length(line(*points)) == pytest.approx(metres, abs=0.1)


def test_a_short_line_is_as_long_as_its_ends_are_apart() -> None:
    points = line((2.1, 41.3), (2.18, 41.36))
    apart = ellipsoid.distance((2.1, 41.3), (2.18, 41.36))
    assert ellipsoid.length(points) == pytest.approx(apart, abs=0.001)


def test_the_area_of_the_earth() -> None:
    box = line((-180, -90), (180, -90), (180, 90), (-180, 90), (-180, -90))
    assert ellipsoid.ring_area(box) == pytest.approx(EARTH, rel=1e-9)


def test_parts_of_an_area_add_up_whichever_way_they_go_round() -> None:
    whole = ellipsoid.ring_area(line((0, 40), (3, 40), (3, 42), (0, 42), (0, 40)))
    west = ellipsoid.ring_area(line((0, 40), (0, 42), (3, 42), (0, 40)))
    east = ellipsoid.ring_area(line((0, 40), (3, 40), (3, 42), (0, 40)))
    assert west + east == pytest.approx(whole, rel=1e-12)


@pytest.mark.parametrize("meridian", [-177.0, 2.0, 3.0])
def test_the_plane_leads_back(meridian: float) -> None:
    points = line(*((meridian + x, y) for x in (-5, 0, 0.1, 3) for y in (-89, -41, 0, 41.39, 80)))
    again = ellipsoid.from_plane(ellipsoid.to_plane(points, meridian), meridian)
    assert np.abs(again - points).max() <= 2e-9


def test_the_plane_is_as_long_as_the_ellipsoid_near_its_meridian() -> None:
    points = line((3, 0), (3, 41), (3.001, 41))
    plane = ellipsoid.to_plane(points, 3)
    steps = np.hypot(*np.diff(plane, axis=0).T)
    assert steps[0] == pytest.approx(ellipsoid.length(points[:2]), abs=0.001)
    assert steps[1] == pytest.approx(ellipsoid.length(points[1:]), abs=0.001)
