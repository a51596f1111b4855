import pytest
import shapely

from teixit.explorer import boundaries
from teixit.explorer.boundaries import WIDTH, Sheet

SQUARE = "POLYGON ((2 41, 2.1 41, 2.1 41.1, 2 41.1, 2 41))"


@pytest.mark.parametrize("boundary", ["", "POLYGON ((", "POINT (2 41)", "<urn:x> " + SQUARE])
def test_what_has_no_area_or_cannot_be_read_is_not_drawn(boundary: str) -> None:
    assert boundaries.area(boundary) is None


def test_a_boundary_may_name_its_reference_system() -> None:
    system = "http://www.opengis.net/def/crs/EPSG/0/4326"
    turned = "POLYGON ((41 2, 41 2.1, 41.1 2.1, 41.1 2, 41 2))"
    found, plain = boundaries.area(f"<{system}> {turned}"), boundaries.area(SQUARE)
    assert found is not None
    assert found.equals(plain)


def test_a_boundary_that_crosses_itself_is_mended() -> None:
    found = boundaries.area("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))")
    assert found is not None
    assert found.is_valid


def test_a_degree_of_longitude_is_as_much_shorter_as_it_is_over_barcelona() -> None:
    square = shapely.from_wkt(SQUARE)
    sheet = Sheet.around([square])
    assert sheet.across / sheet.down == pytest.approx(0.754, abs=0.001)
    west, north, east, south = sheet.drawn(square).bounds
    assert (west, north) == pytest.approx((10, 10))
    assert (WIDTH - east, sheet.height - south) == pytest.approx((10, 10), abs=0.5)


def test_a_margin_shows_what_is_around() -> None:
    square = shapely.from_wkt(SQUARE)
    wide, _, right, _ = Sheet.around([square], 0.5).drawn(square).bounds
    assert (wide, right) == pytest.approx((255, 745))


def test_what_is_not_on_the_sheet_is_cut_off() -> None:
    sheet = Sheet.around([shapely.from_wkt(SQUARE)])
    assert sheet.drawn(shapely.box(0, 0, 90, 90)).bounds == (0, 0, WIDTH, sheet.height)
    assert sheet.drawn(shapely.box(50, 50, 51, 51)).is_empty


def test_a_drawing_is_not_endless() -> None:
    assert Sheet.around([shapely.box(2, 41, 2.0001, 42)]).height == 980 * 3 + 20


def test_a_ring_is_written_in_whole_steps() -> None:
    ring = shapely.Polygon([(0, 0), (10.2, 0), (10.4, 0.3), (10, 10), (0, 9.6)])
    assert boundaries.lines(ring) == "M0 0l10 0 0 10-10 0z"


def test_a_hole_is_a_ring_and_what_is_less_than_a_unit_is_none() -> None:
    holed = shapely.difference(shapely.box(0, 0, 9, 9), shapely.box(3, 3, 6, 6))
    assert boundaries.lines(holed).count("M") == 2
    assert boundaries.lines(shapely.box(0, 0, 0.2, 0.2)) == ""
    assert boundaries.lines(shapely.LineString([(0, 0), (9, 9)])) == ""


def test_the_middle_of_a_shape_is_in_it_and_away_from_what_is_taken() -> None:
    bow = shapely.Polygon([(0, 0), (100, 0), (100, 100), (90, 100), (90, 10), (0, 10)])
    assert bow.contains(shapely.Point(boundaries.middle(bow)))
    square = shapely.box(0, 0, 100, 100)
    assert boundaries.middle(square) == (50, 50)
    x, y = boundaries.middle(square, [(50, 50)], 30)
    assert abs(x - 50) + abs(y - 50) > 30
    assert boundaries.middle(square, [(50, 50)], 500) == (50, 50)
