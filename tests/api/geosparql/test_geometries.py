import pytest
import shapely
from pyoxigraph import Literal, NamedNode

from teixit.geosparql import geometries
from teixit.geosparql.geometries import GEOJSON, WKT, Geometry, GeometryError, System

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
#: The same place in each of the systems.
PLACE = (2.17, 41.39)
POINTS = [
    "POINT (2.17 41.39)",
    "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (2.17 41.39)",
    "<https://www.opengis.net/def/crs/OGC/1.3/CRS84>\n POINT (2.17 41.39)",
    "<urn:ogc:def:crs:OGC:1.3:CRS84> POINT (2.17 41.39)",
    f"<{EPSG}4326> POINT (41.39 2.17)",
    f"<{EPSG}4258> POINT (41.39 2.17)",
    "<urn:ogc:def:crs:EPSG::4326> POINT (41.39 2.17)",
    f"<{EPSG}25831> POINT (430608.4966 4582384.561)",
    f"<{EPSG}32631> POINT (430608.4966 4582384.561)",
]


def wkt(text: str) -> Literal:
    return Literal(text, datatype=WKT)


@pytest.mark.parametrize("text", POINTS)
def test_a_place_is_the_same_in_every_system(text: str) -> None:
    geometry = Geometry.of(wkt(text))
    assert geometry.geographic.coords[0] == pytest.approx(PLACE, abs=1e-8)
    (on_map,) = geometries.on_a_map([wkt(text)])
    assert on_map is not None
    assert on_map.coords[0] == pytest.approx(PLACE, abs=1e-8)


@pytest.mark.parametrize("text", POINTS)
def test_a_geometry_is_written_in_its_system(text: str) -> None:
    geometry = Geometry.of(wkt(text))
    assert geometry.literal(geometry.shape) == wkt(text.replace("\n", ""))
    elsewhere = Geometry.of(wkt(POINTS[0])).within(geometry.system)
    assert geometry.literal(elsewhere) == geometry.literal(geometry.shape)


def test_geojson_literals_are_geometries_too() -> None:
    literal = Literal('{"type":"Point","coordinates":[2.17,41.39]}', datatype=GEOJSON)
    assert Geometry.of(literal).geographic == shapely.Point(PLACE)


@pytest.mark.parametrize("datatype", [WKT, GEOJSON])
def test_an_empty_literal_is_an_empty_geometry(datatype: NamedNode) -> None:
    empty = Literal("", datatype=datatype)
    assert Geometry.of(empty).shape.is_empty
    assert geometries.on_a_map([empty, None]) == [None, None]


@pytest.mark.parametrize("system", [f"<{EPSG}4326> ", f"<{EPSG}25831> "])
def test_heights_are_kept(system: str) -> None:
    point = Geometry.of(wkt(f"{system}POINT Z (41.39 2.17 12)"))
    assert point.geographic.coords[0][2] == 12
    assert point.literal(point.within(point.system)).value.endswith(" 12)")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("POINT M (1 2 3)", (1, 2)),
        ("POINT ZM (1 2 3 4)", (1, 2)),
        ("POINT Z (1 2 3)", (1, 2, 3)),
    ],
)
def test_measures_are_left_off_a_map(text: str, kept: tuple[float, ...]) -> None:
    (point,) = geometries.on_a_map([wkt(text)])
    assert point is not None
    assert point.coords[0] == kept


@pytest.mark.parametrize(
    ("literal", "message"),
    [
        (NamedNode("urn:x"), "expected a geo:wktLiteral"),
        (Literal("POINT (1 2)"), "expected a geo:wktLiteral"),
        (wkt("POINT (1 2"), "no geometry: "),
        (wkt("POINT (1 2) (3 4)"), "no geometry: "),
        (wkt("POLYGON ((0 0, 1 1))"), "no geometry: "),
        (wkt("CURVEPOLYGON (CIRCULARSTRING (0 0, 1 1, 2 0, 1 -1, 0 0))"), "no geometry: "),
        (wkt("POINT (nan 1)"), "a coordinate is no number"),
        (wkt("POINT (1e999 1)"), "a coordinate is no number"),
        (Literal('{"type":"Feature"}', datatype=GEOJSON), "no geometry: "),
        (wkt("<urn:x> POINT (1 2)"), "<urn:x> is not known here; use CRS84, or EPSG 4326"),
        (wkt(f"<{EPSG}3857> POINT (1 2)"), "is not known here"),
        (wkt("<> POINT (1 2)"), "is not known here"),
    ],
)
def test_what_is_no_geometry_is_said(literal: Literal | NamedNode, message: str) -> None:
    with pytest.raises(GeometryError, match=message):
        Geometry.of(literal)


@pytest.mark.parametrize("text", ["POINT (430608 4582384)", "POINT (2 91)", "POINT (400 0)"])
def test_what_is_not_on_earth_is_said(text: str) -> None:
    with pytest.raises(GeometryError, match="not on Earth, or in another order"):
        _ = Geometry.of(wkt(text)).geographic
    with pytest.raises(GeometryError, match="not on Earth"):
        geometries.on_a_map([wkt("POINT (1 2)"), wkt(text)])


def test_a_long_text_is_read_like_a_short_one() -> None:
    points = ", ".join(f"{at / 1000} 41" for at in range(10_000))
    assert Geometry.of(wkt(f"LINESTRING ({points})")).shape.geom_type == "LineString"


@pytest.mark.parametrize(
    ("literal", "iri"),
    [
        (wkt("POINT (1 2)"), geometries.CRS84),
        (wkt(f"<{EPSG}3857> POINT (1 2)"), f"{EPSG}3857"),
        (Literal('{"type":"Point","coordinates":[1,2]}', datatype=GEOJSON), geometries.CRS84),
    ],
)
def test_the_reference_system_is_named(literal: Literal, iri: str) -> None:
    assert geometries.reference_system(literal) == iri


@pytest.mark.parametrize(("zone", "meridian"), [(25828, -15), (25831, 3), (32601, -177)])
def test_the_zones_of_utm_have_their_meridians(zone: int, meridian: int) -> None:
    assert System.named(f"{EPSG}{zone}").meridian == meridian
