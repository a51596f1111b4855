import pytest

from teixit.pictures import choosing

SHAPE = '"POINT(2 41)"^^geo:wktLiteral'
YEAR = '"2016"^^xsd:gYear'
THING = "https://w3id.org/teixit/id/a"


@pytest.mark.parametrize(
    ("columns", "rows", "views"),
    [
        ("a b", ['"x" 1', '"y" 2'], ["table", "chart"]),
        ("a b", ['"x" 1'], ["table"]),
        ("a", ["1", "2"], ["table"]),
        ("a g", [f'"x" {SHAPE}'], ["table", "map"]),
        ("a", ["id:a"], ["table", "map"]),
        ("a", ["id:z"], ["table"]),
        ("a y", [f'"x" {YEAR}'], ["table", "timeline"]),
        ("y n", [f"{YEAR} 1", f"{YEAR} 2"], ["table", "chart"]),
        ("a b", ["id:y id:z"], ["table", "network"]),
        ("a b", ["id:z id:z", "id:z UNDEF", "UNDEF id:z"], ["table"]),
        ("a", [], ["table"]),
    ],
)
def test_a_table_has_the_pictures_that_its_columns_have(table, columns, rows, views) -> None:
    assert choosing.offered(table(columns, *rows), {THING}) == views


@pytest.mark.parametrize(
    ("columns", "rows", "counted", "view"),
    [
        ("a g", [f'"x" {SHAPE}'], False, "map"),
        ("a b", ['"x" 1', '"y" 2'], True, "chart"),
        ("a b", ['"x" 1', '"y" 2'], False, "table"),
        ("a b", [f'"{n}" {n}' for n in range(61)], True, "table"),
        ("a y", [f'"x" {YEAR}'], False, "timeline"),
        ("a b", ["id:y id:z"], False, "table"),
    ],
)
def test_a_table_is_seen_at_first_as_its_columns_suggest(
    table, columns, rows, counted, view
) -> None:
    assert choosing.first(table(columns, *rows), counted=counted) == view
