import csv
import re
import subprocess
import sys
from collections.abc import Callable
from math import pi, sin
from pathlib import Path

import pytest
import shapely
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from teixit import geosparql

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
PREFIXES = f"""
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX geof: <{geosparql.NAMESPACE}>
PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>
PREFIX unit: <http://qudt.org/vocab/unit/>
PREFIX crs: <{EPSG}>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX esadm: <http://vocab.linkeddata.es/datosabiertos/def/sector-publico/territorio#>
"""
SQUARE = "POLYGON ((2 41, 3 41, 3 42, 2 42, 2 41))"
EAST = "POLYGON ((2.5 41, 3.5 41, 3.5 42, 2.5 42, 2.5 41))"
LINE = "LINESTRING (1 41.5, 4 41.5)"
SAGRADA_FAMILIA = "POINT (2.1744 41.4036)"
CASA_MILA = "POINT (2.1619 41.3953)"

Term = Literal | NamedNode


def rows(store: Store, query: str) -> list[tuple[Term | None, ...]]:
    found = store.query(PREFIXES + query, custom_functions=geosparql.functions())
    assert isinstance(found, QuerySolutions)
    return [tuple(row) for row in found]


def value(expression: str) -> str | None:
    """What *expression* is; a text in backticks stands for a geometry."""
    written = re.sub("`([^`]*)`", r"'\1'^^geo:wktLiteral", expression)
    ((found,),) = rows(Store(), f"SELECT ({written} AS ?x) {{}}")
    return None if found is None else found.value


def number(expression: str) -> float:
    return float(value(expression) or "nan")


def test_the_names_are_those_of_the_functions() -> None:
    assert {name.value for name in geosparql.functions()} == geosparql.names()
    assert not geosparql.names() & geosparql.RELATIONS


def test_the_engine_knows_the_relations() -> None:
    for name in geosparql.RELATIONS:
        pattern = ", 'T********'" if name.endswith("relate") else ""
        square = f"'{SQUARE}'^^geo:wktLiteral"
        query = f"{PREFIXES} SELECT (<{name}>({square}, {square}{pattern}) AS ?x) {{}}"
        (row,) = Store().query(query)
        assert row["x"] is not None, name


def test_importing_costs_next_to_nothing() -> None:
    script = "import sys, teixit.protocol; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("expression", "wkt"),
    [
        (f"geof:boundary(`{SQUARE}`)", "LINESTRING (2 41, 3 41, 3 42, 2 42, 2 41)"),
        (f"geof:boundary(`{LINE}`)", "MULTIPOINT ((1 41.5), (4 41.5))"),
        ("geof:envelope(`MULTIPOINT (1 2, 3 5)`)", "POLYGON ((1 2, 3 2, 3 5, 1 5, 1 2))"),
        ("geof:envelope(`POINT (1 2)`)", "POINT (1 2)"),
        (f"geof:centroid(`{SQUARE}`)", "POINT (2.5 41.5)"),
        ("geof:convexHull(`MULTIPOINT (0 0, 1 0, 0 1)`)", "POLYGON ((0 0, 0 1, 1 0, 0 0))"),
        (f"geof:intersection(`{SQUARE}`, `{LINE}`)", "LINESTRING (2 41.5, 3 41.5)"),
        (
            f"geof:intersection(`{SQUARE}`, `{EAST}`)",
            "POLYGON ((3 42, 3 41, 2.5 41, 2.5 42, 3 42))",
        ),
        (
            f"geof:difference(`{LINE}`, `{SQUARE}`)",
            "MULTILINESTRING ((1 41.5, 2 41.5), (3 41.5, 4 41.5))",
        ),
        ("geof:union(`POINT (1 2)`, `POINT (3 4)`)", "MULTIPOINT ((1 2), (3 4))"),
        ("geof:symDifference(`POINT (1 2)`, `POINT (1 2)`)", "POINT EMPTY"),
        ("geof:geometryN(`MULTIPOINT (1 2, 3 4)`, 2)", "POINT (3 4)"),
        ("geof:boundingCircle(`POINT (1 2)`)", "POINT (1 2)"),
        ("geof:concaveHull(`MULTIPOINT (0 0, 4 0, 0 4)`, 1)", "POLYGON ((0 0, 0 4, 4 0, 0 0))"),
        ("geof:asWKT(`point(1 2)`)", "POINT (1 2)"),
        (
            "geof:transform(`POINT (2 41)`, crs:4326)",
            f"<{EPSG}4326> POINT (41 2)",
        ),
        (
            f"geof:envelope(`<{EPSG}4326> POINT (41 2)`)",
            f"<{EPSG}4326> POINT (41 2)",
        ),
        (
            f"geof:union(`POINT (2 41)`, `<{EPSG}4326> POINT (41 2)`)",
            "POINT (2 41)",
        ),
    ],
)
def test_shapes_are_made(expression: str, wkt: str) -> None:
    found, expected = ((text or "").rpartition("> ")[::2] for text in (value(expression), wkt))
    assert found[0] == expected[0]
    assert shapely.equals(*shapely.from_wkt([found[1], expected[1]]))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (f"geof:dimension(`{LINE}`)", "1"),
        ("geof:coordinateDimension(`POINT Z (1 2 3)`)", "3"),
        ("geof:spatialDimension(`POINT ZM (1 2 3 4)`)", "3"),
        ("geof:spatialDimension(`POINT M (1 2 3)`)", "2"),
        ("geof:is3D(`POINT Z (1 2 3)`)", "true"),
        ("geof:isMeasured(`POINT Z (1 2 3)`)", "false"),
        ("geof:isEmpty(``)", "true"),
        ("geof:isSimple(`LINESTRING (0 0, 2 2, 2 0, 0 2)`)", "false"),
        ("geof:isSimple(`POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))`)", "false"),
        ("geof:numGeometries(`MULTIPOINT (1 2, 3 4)`)", "2"),
        ("geof:geometryType(`POINT (1 2)`)", "http://www.opengis.net/ont/sf#Point"),
        ("geof:minX(`MULTIPOINT (1 2, 3 4)`)", "1"),
        ("geof:minY(`MULTIPOINT (1 2, 3 4)`)", "2"),
        ("geof:maxX(`MULTIPOINT (1 2, 3 4)`)", "3"),
        ("geof:maxY(`MULTIPOINT (1 2, 3 4)`)", "4"),
        ("geof:minZ(`MULTIPOINT Z (1 2 5, 3 4 6)`)", "5"),
        ("geof:maxZ(`MULTIPOINT Z (1 2 5, 3 4 6)`)", "6"),
        ("geof:getSRID(`POINT (1 2)`)", "http://www.opengis.net/def/crs/OGC/1.3/CRS84"),
        ("geof:getSRID(`<urn:x> POINT (1 2)`)", "urn:x"),
        ("geof:asGeoJSON(`POINT (1 2)`)", '{"type":"Point","coordinates":[1.0,2.0]}'),
    ],
)
def test_shapes_are_described(expression: str, expected: str) -> None:
    assert value(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # Between two landmarks, as Karney's program gives it.
        (f"geof:distance(`{SAGRADA_FAMILIA}`, `{CASA_MILA}`, uom:metre)", 1393.707),
        (f"geof:metricDistance(`{SAGRADA_FAMILIA}`, `{CASA_MILA}`)", 1393.707),
        (f"geof:distance(`{SAGRADA_FAMILIA}`, `{CASA_MILA}`, unit:KiloM)", 1.393707),
        (f"geof:distance(`{SQUARE}`, `POINT (2.5 41.5)`, uom:metre)", 0),
        (f"geof:distance(`{SQUARE}`, `POINT (1 41.5)`, uom:degree)", 1),
        (f"geof:distance(`{SQUARE}`, `POINT (1 41.5)`, unit:RAD)", pi / 180),
        # A degree of the meridian, and of the equator.
        ("geof:length(`LINESTRING (2 0, 2 1)`, uom:metre)", 110_574.389),
        ("geof:metricLength(`LINESTRING (2 0, 3 0)`)", 111_319.491),
        ("geof:length(`LINESTRING (2 0, 5 4)`, uom:degree)", 5),
        (f"geof:length(`{SQUARE}`, uom:metre)", 0),
        (f"geof:perimeter(`{SQUARE}`, uom:degree)", 4),
        (f"geof:perimeter(`{LINE}`, uom:metre)", 0),
        ("geof:length(`GEOMETRYCOLLECTION (LINESTRING (2 0, 3 0), POINT (1 1))`)", 111_319.491),
        (f"geof:area(`{LINE}`, uom:metre)", 0),
        ("geof:area(`POLYGON EMPTY`, uom:metre)", 0),
    ],
)
def test_known_measures(expression: str, expected: float) -> None:
    assert number(expression) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    ("unit", "square_metres"),
    [
        ("uom:metre", 1),
        ("uom:squareMetre", 1),
        ("unit:M2", 1),
        ("unit:HA", 1e4),
        ("unit:KiloM", 1e6),
    ],
)
def test_areas_have_units(unit: str, square_metres: float) -> None:
    metric = number(f"geof:metricArea(`{SQUARE}`)")
    assert number(f"geof:area(`{SQUARE}`, {unit})") * square_metres == pytest.approx(metric)


def test_holes_are_no_area_and_have_edges() -> None:
    hole = "POLYGON ((2 41, 3 41, 3 42, 2 42, 2 41), (2.4 41.4, 2.6 41.4, 2.6 41.6, 2.4 41.4))"
    inside = "POLYGON ((2.4 41.4, 2.6 41.4, 2.6 41.6, 2.4 41.4))"
    for name, sign in (("metricArea", -1), ("metricPerimeter", 1)):
        whole, part = (number(f"geof:{name}(`{wkt}`)") for wkt in (SQUARE, inside))
        assert number(f"geof:{name}(`{hole}`)") == pytest.approx(whole + sign * part)


@pytest.mark.parametrize("kind", ["Distrito", "Barrio"])
def test_areas_are_the_official_ones(
    store: Store, shared: Callable[[str], Path], kind: str
) -> None:
    """The city measures them in the plane of UTM, which is up to 0.1 % smaller here."""
    name = {"Distrito": "districts", "Barrio": "neighbourhoods"}[kind]
    with shared(f"facts/{name}.csv").open(encoding="utf-8", newline="") as file:
        official = {row["code"]: float(row["area_m2"]) for row in csv.DictReader(file)}
    found = rows(
        store,
        f"SELECT ?code (geof:area(?wkt, uom:metre) AS ?area) {{ ?x a esadm:{kind} ;"
        " dct:identifier ?code ; geo:hasDefaultGeometry/geo:asWKT ?wkt }",
    )
    areas = {code.value: float(area.value) for code, area in found if code and area}
    assert areas == pytest.approx(official, rel=0.001 if kind == "Distrito" else 0.004)


@pytest.mark.parametrize(
    ("relation", "shape", "codes"),
    [
        # The basilica stands in its neighbourhood, of the district Eixample.
        ("sfContains(?wkt, {})", SAGRADA_FAMILIA, {"02", "06"}),
        ("sfWithin({}, ?wkt)", SAGRADA_FAMILIA, {"02", "06"}),
        # What a buffer meets is what is not farther away.
        ("sfIntersects(?wkt, geof:buffer({}, 800, uom:metre))", SAGRADA_FAMILIA, None),
    ],
)
def test_places_are_found_by_where_they_are(
    store: Store, relation: str, shape: str, codes: set[str] | None
) -> None:
    condition = relation.format(f"'{shape}'^^geo:wktLiteral")
    places = "?x dct:identifier ?code ; geo:hasDefaultGeometry/geo:asWKT ?wkt"
    found = rows(store, f"SELECT DISTINCT ?code {{ {places} FILTER geof:{condition} }}")
    near = f"FILTER (geof:distance(?wkt, '{shape}'^^geo:wktLiteral, uom:metre) < 800)"
    measured = rows(store, f"SELECT DISTINCT ?code {{ {places} {near} }}")
    expected = {(Literal(code),) for code in codes} if codes else set(measured)
    assert set(found) == expected
    assert len(measured) > len(codes or ())


@pytest.mark.parametrize("radius", [1, 100, 20_000])
@pytest.mark.parametrize("place", [SAGRADA_FAMILIA, "POINT (-70 -60)"])
def test_a_buffer_is_as_wide_as_it_says(place: str, radius: float) -> None:
    circle = value(f"geof:buffer(`{place}`, {radius}, uom:metre)")
    edges = 4 * 32
    area = radius**2 * edges / 2 * sin(2 * pi / edges)
    assert number(f"geof:metricArea(`{circle}`)") == pytest.approx(area, rel=1e-4, abs=0.01)
    edge = f"geof:distance(`{place}`, geof:boundary(`{circle}`), uom:metre)"
    assert number(edge) == pytest.approx(radius, rel=0.0004, abs=0.001)


def test_a_buffer_can_be_planar_or_empty_or_in_another_system() -> None:
    assert number("geof:maxX(geof:buffer(`POINT (2 41)`, 1, uom:degree))") == pytest.approx(3)
    assert value("geof:buffer(`POLYGON EMPTY`, 10, uom:metre)") == "POLYGON EMPTY"
    place = f"<{EPSG}25831> POINT (430000 4580000)"
    buffer = f"geof:metricBuffer(`{place}`, 1000)"
    # The plane of UTM is shorter than the Earth near its meridian.
    assert number(f"geof:maxX({buffer})") == pytest.approx(431_000, abs=0.5)
    assert value(f"geof:getSRID({buffer})") == f"{EPSG}25831"


def test_shapes_are_as_far_apart_as_their_nearest_points() -> None:
    west, east = "POLYGON ((2 41, 2.1 41, 2.1 41.1, 2 41))", "LINESTRING (2.2 41.2, 2.2 41.0)"
    found = number(f"geof:distance(`{west}`, `{east}`, uom:metre)")
    nearest = min(
        number(f"geof:distance(`POINT (2.1 41.1)`, `POINT (2.2 {at})`, uom:metre)")
        for at in (41.0995, 41.1, 41.1005)
    )
    assert found == pytest.approx(nearest, abs=0.1)
    far = number("geof:distance(`POINT (-74 40.7)`, `LINESTRING (2.1 41.3, 2.2 41.4)`, uom:metre)")
    exact = number("geof:distance(`POINT (-74 40.7)`, `POINT (2.1 41.3)`, uom:metre)")
    assert far == pytest.approx(exact, rel=0.001)


@pytest.mark.parametrize(
    "expression",
    [
        "geof:area(1)",
        "geof:area('POINT (1 2)')",
        "geof:area()",
        "geof:area(1/0)",
        f"geof:area(`{SQUARE}`, uom:parsec)",
        f"geof:area(`{SQUARE}`, uom:degree)",
        f"geof:area(`{SQUARE}`, uom:metre, 1)",
        f"geof:area(`{SQUARE}`, BNODE())",
        "geof:area(`POLYGON ((430000 4580000, 431000 4580000, 431000 4581000, 430000 4580000))`)",
        "geof:distance(`POINT EMPTY`, `POINT (1 2)`, uom:metre)",
        "geof:distance(`POINT (0 0)`, `POINT (180 0)`, uom:metre)",
        "geof:distance(`LINESTRING (0 0, 1 1)`, `POINT (170 0)`, uom:metre)",
        "geof:distance(`POINT (1 2)`, `POINT (1 2)`, uom:parsec)",
        "geof:buffer(`POINT (1 2)`, 'wide', uom:metre)",
        "geof:buffer(`POINT (1 2)`, uom:metre, uom:metre)",
        "geof:buffer(`POINT (1 2)`, 'INF'^^<http://www.w3.org/2001/XMLSchema#double>, uom:metre)",
        "geof:buffer(`POINT (1 2)`, 1e9, uom:metre)",
        "geof:buffer(`POINT (1 2)`, 10, uom:parsec)",
        "geof:envelope(`<urn:x> POINT (1 2)`)",
        "geof:envelope(`POINT (1`)",
        "geof:geometryN(`POINT (1 2)`, 0)",
        "geof:geometryN(`POINT (1 2)`, 2)",
        "geof:minX(``)",
        "geof:minZ(`POINT (1 2)`)",
        "geof:transform(`POINT (1 2)`, <urn:x>)",
        "geof:union(`POINT (1 2)`, `<urn:x> POINT (1 2)`)",
        "geof:intersection(`POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))`, `<urn:x> POINT (1 2)`)",
        "geof:getSRID(2)",
        "geof:concaveHull(`MULTIPOINT (0 0, 4 0, 0 4)`, 7)",
    ],
)
def test_wrong_arguments_are_unbound_and_end_nothing(expression: str) -> None:
    assert value(expression) is None
