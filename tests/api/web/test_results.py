import pytest

from teixit.web.results import Cell

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
            ),
        ),
        (
            {"type": "uri", "value": "http://other.example/a b"},
            Cell("http://other.example/a b", "http://other.example/a b"),
        ),
        ({"type": "uri", "value": "javascript:alert(1)"}, Cell("javascript:alert(1)")),
        ({"type": "bnode", "value": "b0"}, Cell("_:b0")),
        ({"type": "literal", "value": "fil", "xml:lang": "ca"}, Cell("fil", None, "ca")),
        (
            {"type": "literal", "value": "29", "datatype": f"{XSD}integer"},
            Cell("29", numeric=True),
        ),
        ({"type": "triple", "value": {"é": 1}}, Cell('{"é": 1}')),
    ],
)
def test_a_value_is_shown_for_what_it_is(value: dict[str, str] | None, cell: Cell) -> None:
    assert Cell.of(value) == cell
