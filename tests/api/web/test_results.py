import pytest

from teixit.web.results import MOST_CHARACTERS, Cell, Column, Table

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, Cell("")),
        (
            {"type": "uri", "value": "https://w3id.org/teixit/id/piess-2016-2019/measure-29"},
            Cell(
                "id:piess-2016-2019/measure-29",
                "https://w3id.org/teixit/id/piess-2016-2019/measure-29",
                kind="rows.thing",
            ),
        ),
        (
            {"type": "uri", "value": "http://other.example/a b"},
            Cell("http://other.example/a b", "http://other.example/a b", kind="rows.thing"),
        ),
        (
            {"type": "uri", "value": "javascript:alert(1)"},
            Cell("javascript:alert(1)", kind="rows.thing"),
        ),
        ({"type": "bnode", "value": "b0"}, Cell("_:b0", kind="rows.nameless")),
        (
            {"type": "literal", "value": "fil", "xml:lang": "ca"},
            Cell("fil", None, "ca", kind="rows.text"),
        ),
        (
            {"type": "literal", "value": "29", "datatype": f"{XSD}integer"},
            Cell("29", numeric=True, kind="rows.whole"),
        ),
        ({"type": "triple", "value": {"é": 1}}, Cell('{"é": 1}')),
    ],
)
def test_a_value_is_shown_for_what_it_is(value: dict[str, str] | None, cell: Cell) -> None:
    assert Cell.of(value) == cell


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * MOST_CHARACTERS, "a" * MOST_CHARACTERS),
        ("a" * (MOST_CHARACTERS + 1), "a" * MOST_CHARACTERS + " […]"),
        ("a" * (MOST_CHARACTERS - 1) + " b c", "a" * (MOST_CHARACTERS - 1) + " […]"),
    ],
)
def test_a_long_text_is_shown_in_part(text: str, shown: str) -> None:
    cell = Cell(text)
    assert (cell.shown, cell.cut) == (shown, text != shown)


def test_a_column_of_numbers_alone_is_one_of_numbers() -> None:
    number = {"type": "literal", "value": "1", "datatype": f"{XSD}integer"}
    word = {"type": "literal", "value": "fil"}
    rows = [{"some": number, "mixed": number}, {"mixed": word}]
    names = ["some", "mixed", "none"]
    table = Table.of({"head": {"vars": names}, "results": {"bindings": rows}})
    assert [column.numeric for column in table.columns] == [True, False, False]


def test_a_table_without_rows_has_its_columns() -> None:
    table = Table.of({"head": {"vars": ["x"]}, "results": {"bindings": []}})
    assert table.columns == [Column("x", numeric=False)]
