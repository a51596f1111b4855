import json
import subprocess
import sys
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from teixit.errors import NotAcceptableError
from teixit.geojson import MEDIA_TYPE
from teixit.protocol import Operation, evaluate

PREFIXES = """
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
POINT = '"POINT (2 41)"^^geo:wktLiteral'


def features(query: str, store: Store | None = None) -> list[dict[str, Any]]:
    answer = evaluate(store or Store(), Operation(PREFIXES + query))
    collection = json.loads(answer.response(MEDIA_TYPE).body)
    assert collection.keys() == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert feature.keys() == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
    found: list[dict[str, Any]] = collection["features"]
    return found


def geometry(wkt: str) -> Any:
    (feature,) = features(f"SELECT ?g {{ VALUES ?g {{ '{wkt}'^^geo:wktLiteral }} }}")
    return feature["geometry"]


@pytest.mark.parametrize(
    ("wkt", "type_", "coordinates"),
    [
        ("POINT (2 41)", "Point", [2, 41]),
        ("Point(2 41)", "Point", [2, 41]),
        ("POINT Z (2 41 7)", "Point", [2, 41, 7]),
        ("POINT M (2 41 7)", "Point", [2, 41]),
        ("LINESTRING (2 41, 3 42)", "LineString", [[2, 41], [3, 42]]),
        ("POLYGON ((0 0, 1 0, 0 1, 0 0))", "Polygon", [[[0, 0], [1, 0], [0, 1], [0, 0]]]),
        ("MULTIPOINT (2 41, 3 42)", "MultiPoint", [[2, 41], [3, 42]]),
        ("MULTIPOINT ((2 41), (3 42))", "MultiPoint", [[2, 41], [3, 42]]),
        ("MULTILINESTRING ((2 41, 3 42))", "MultiLineString", [[[2, 41], [3, 42]]]),
        (
            "MULTIPOLYGON (((0 0, 1 0, 0 1, 0 0)))",
            "MultiPolygon",
            [[[[0, 0], [1, 0], [0, 1], [0, 0]]]],
        ),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (2 41)", "Point", [2, 41]),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT (41 2)", "Point", [2, 41]),
    ],
)
def test_every_type_of_wkt_is_a_geometry(wkt: str, type_: str, coordinates: list[Any]) -> None:
    assert geometry(wkt) == {"type": type_, "coordinates": coordinates}


def test_collections_are_geometries_too() -> None:
    found = geometry("GEOMETRYCOLLECTION (POINT (2 41), LINESTRING (2 41, 3 42))")
    assert [part["type"] for part in found["geometries"]] == ["Point", "LineString"]


def test_the_edges_of_an_area_go_round_to_the_left() -> None:
    clockwise = geometry("POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))")
    outside, hole = clockwise["coordinates"]
    assert outside == [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]
    assert hole == [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]


@pytest.mark.parametrize("wkt", ["", "POINT EMPTY", "POLYGON EMPTY"])
def test_an_empty_geometry_is_none(wkt: str) -> None:
    assert geometry(wkt) is None


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("7", 7),
        ('"-7"^^xsd:int', -7),
        ("1.5", 1.5),
        ("1e3", 1000),
        ('"INF"^^xsd:double', "INF"),
        ('"NaN"^^xsd:double', "NaN"),
        ("true", True),
        ("123456789012345678", "123456789012345678"),
        ('"many"^^xsd:integer', "many"),
        ('"1_000"^^xsd:integer', "1_000"),
        ('"1_0.5"^^xsd:decimal', "1_0.5"),
        ('"7"', "7"),
        ('"set"@ca', "set"),
        ('"\\"é\\n"', '"é\n'),
        ('"2026-01-01"^^xsd:date', "2026-01-01"),
        ("<urn:a>", "urn:a"),
    ],
)
def test_properties_are_what_json_has(term: str, value: object) -> None:
    (feature,) = features(f"SELECT * {{ VALUES (?x ?g) {{ ({term} {POINT}) }} }}")
    assert feature["properties"] == {"x": value}
    assert type(feature["properties"]["x"]) in {type(value), float}


def test_a_blank_node_is_a_property() -> None:
    (feature,) = features(f"SELECT * {{ BIND (BNODE() AS ?x) BIND ({POINT} AS ?g) }}")
    assert feature["properties"]["x"].startswith("_:")


def test_rows_without_a_geometry_have_none_and_unbound_is_left_out() -> None:
    query = f"SELECT ?x ?g {{ VALUES (?x ?g) {{ (1 UNDEF) (2 {POINT}) (UNDEF 'lost') }} }}"
    first, second, third = features(query)
    assert (first["geometry"], first["properties"]) == (None, {"x": 1})
    assert (second["geometry"]["type"], second["properties"]) == ("Point", {"x": 2})
    assert (third["geometry"], third["properties"]) == (None, {"g": "lost"})


def test_a_second_column_of_geometries_is_a_property() -> None:
    (feature,) = features(f"SELECT ?a ?b {{ VALUES (?b ?a) {{ ('POINT (3 3)' {POINT}) }} }}")
    assert feature["properties"] == {"b": "POINT (3 3)"}
    other = '"POINT (3 3)"^^geo:wktLiteral'
    (feature,) = features(f"SELECT ?b ?a {{ VALUES (?b ?a) {{ ({other} {POINT}) }} }}")
    assert feature["geometry"]["coordinates"] == [3, 3]
    assert feature["properties"] == {"a": "POINT (2 41)"}


def test_no_rows_are_an_empty_map() -> None:
    assert features("SELECT ?g { FILTER (false) }") == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ("'text'", "no column holds a geo:wktLiteral, so there is no map"),
        (
            f"{POINT} '<urn:crs> POINT (1 2)'^^geo:wktLiteral",
            "row 2: the reference system <urn:crs> is not known here; use CRS84",
        ),
        (f"{POINT} UNDEF 'POINT (1'^^geo:wktLiteral", "row 3: no geometry: "),
        ("'POINT (41 102)'^^geo:wktLiteral", "row 1: no geometry: a coordinate is not on Earth"),
    ],
)
def test_what_is_no_map_is_refused_with_the_reason(values: str, message: str) -> None:
    with pytest.raises(NotAcceptableError, match=message):
        features(f"SELECT ?g {{ VALUES ?g {{ {values} }} }}")


def test_more_rows_than_are_written_at_a_time() -> None:
    store, wkt = Store(), NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")
    store.extend(
        Quad(NamedNode(f"urn:{at}"), NamedNode("urn:wkt"), Literal(f"POINT ({at} 1)", datatype=wkt))
        for at in range(90)
    )
    found = features("SELECT * { ?x <urn:wkt> ?g . ?y <urn:wkt> ?z } LIMIT 2500", store)
    assert len(found) == 2500
    assert all(feature["geometry"] for feature in found)


def test_all_boundaries_of_the_graph_are_a_map(store: Store) -> None:
    found = features("SELECT ?place ?wkt { ?place geo:hasDefaultGeometry/geo:asWKT ?wkt }", store)
    assert len(found) == 83
    assert {feature["geometry"]["type"] for feature in found} == {"Polygon", "MultiPolygon"}


def test_other_formats_do_without_shapely() -> None:
    script = "import sys, teixit.answers; sys.exit('shapely' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
