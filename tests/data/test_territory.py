"""The territory is whole: every code, every container, every neighbour and every boundary."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from shapely import Geometry, from_wkt

from teixit import namespaces

Rows = Callable[[str], list[tuple[str, ...]]]

DISTRICTS = {f"{number:02}" for number in range(1, 11)}
NEIGHBOURHOODS = {f"{number:02}" for number in range(1, 74)}
PLACES = [
    ("district", "esadm:Distrito", DISTRICTS),
    ("neighbourhood", "esadm:Barrio", NEIGHBOURHOODS),
]
CITY_AREA = 101_704_973.852


def touching(rows: Rows, kind: str) -> set[tuple[str, str]]:
    found = rows(
        f"SELECT ?a ?b {{ ?x geo:sfTouches ?y . ?x a {kind} ; dct:identifier ?a ."
        f" ?y a {kind} ; dct:identifier ?b }}"
    )
    return {(a, b) for a, b in found}


def boundaries(rows: Rows, kind: str) -> dict[str, Geometry]:
    found = rows(
        f"SELECT ?code ?wkt {{ ?x a {kind} ; dct:identifier ?code ;"
        " geo:hasDefaultGeometry/geo:asWKT ?wkt }",
    )
    return {code: from_wkt(wkt) for code, wkt in found}


@pytest.mark.parametrize(("name", "kind", "codes"), PLACES)
def test_every_official_code_is_there_once(
    rows: Rows, name: str, kind: str, codes: set[str]
) -> None:
    found = rows(f"SELECT ?place ?code {{ ?place a {kind}, geo:Feature ; dct:identifier ?code }}")
    assert sorted(code for _, code in found) == sorted(codes)
    assert all(place == f"{namespaces.THING}{name}-{code}" for place, code in found)


def test_every_neighbourhood_lies_in_one_district_of_the_city(rows: Rows) -> None:
    found = rows(
        "SELECT ?code (COUNT(?district) AS ?districts) { ?place a esadm:Barrio ;"
        " dct:identifier ?code ; esadm:distrito ?district ; geo:sfWithin ?district ."
        " ?district esadm:municipio ?city ;"
        " geo:sfWithin ?city . ?city a esadm:Municipio } GROUP BY ?code",
    )
    assert sorted(found) == [(code, "1") for code in sorted(NEIGHBOURHOODS)]


@pytest.mark.parametrize(("kind", "pairs"), [("esadm:Distrito", 19), ("esadm:Barrio", 187)])
def test_touching_goes_both_ways(rows: Rows, kind: str, pairs: int) -> None:
    found = touching(rows, kind)
    assert len(found) == 2 * pairs
    assert found == {(b, a) for a, b in found}


@pytest.mark.parametrize("kind", ["esadm:Distrito", "esadm:Barrio"])
def test_the_polygons_say_who_touches_whom(rows: Rows, kind: str) -> None:
    shapes = boundaries(rows, kind)
    assert touching(rows, kind) == {
        (a, b)
        for a in shapes
        for b in shapes
        if a != b and shapes[a].intersection(shapes[b]).length > 0
    }


@pytest.mark.parametrize(
    ("kind", "file", "column"),
    [
        ("esadm:Distrito", "districts.csv", "adjacent_district_codes"),
        ("esadm:Barrio", "neighbourhoods.csv", "adjacent_neighbourhood_codes"),
    ],
)
def test_neighbours_are_those_of_the_given_facts(
    rows: Rows, shared: Callable[[str], Path], kind: str, file: str, column: str
) -> None:
    with shared(f"facts/{file}").open(encoding="utf-8", newline="") as lines:
        given = {
            (row["code"], code) for row in csv.DictReader(lines) for code in row[column].split()
        }
    assert touching(rows, kind) == given


@pytest.mark.parametrize("kind", ["esadm:Municipio", "esadm:Distrito", "esadm:Barrio"])
def test_areas_add_up_to_the_city(rows: Rows, kind: str) -> None:
    areas = rows(f"SELECT ?place ?area {{ ?place a {kind} ; geo:hasMetricArea ?area }}")
    assert sum(float(area) for _, area in areas) == pytest.approx(CITY_AREA, abs=0.1)


@pytest.mark.parametrize(("_name", "kind", "codes"), PLACES)
def test_every_boundary_is_a_valid_polygon(
    rows: Rows, _name: str, kind: str, codes: set[str]
) -> None:
    shapes = boundaries(rows, kind)
    assert set(shapes) == codes
    assert all(shape.is_valid for shape in shapes.values())
    assert {shape.geom_type for shape in shapes.values()} <= {"Polygon", "MultiPolygon"}


def test_each_neighbourhood_is_drawn_inside_its_district(rows: Rows) -> None:
    inner, outer = boundaries(rows, "esadm:Barrio"), boundaries(rows, "esadm:Distrito")
    pairs = rows(
        "SELECT ?a ?b { ?x a esadm:Barrio ; dct:identifier ?a ; esadm:distrito/dct:identifier ?b }",
    )
    assert len(pairs) == len(NEIGHBOURHOODS)
    for neighbourhood, district in pairs:
        outside = inner[neighbourhood].difference(outer[district]).area
        assert outside < 0.005 * inner[neighbourhood].area, neighbourhood


def test_every_place_has_a_wikidata_item_of_its_own(rows: Rows) -> None:
    found = rows(
        "SELECT ?place ?item { VALUES ?kind { esadm:Municipio esadm:Distrito esadm:Barrio }"
        " ?place a ?kind ; owl:sameAs ?item }",
    )
    assert len(found) == len({item for _, item in found}) == 84
    assert all(item.startswith(namespaces.PREFIXES["wd"] + "Q") for _, item in found)
