from io import BytesIO
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet as arrow
from pyoxigraph import Store

from teixit.errors import NotAcceptableError
from teixit.protocol import Operation, evaluate
from teixit.tabular import PARQUET, parquet
from teixit.tabular.origin import Origin

XSD = "http://www.w3.org/2001/XMLSchema#"


def written(query: str, origin: Origin | None = None) -> BytesIO:
    answer = evaluate(Store(), Operation(f"PREFIX xsd: <{XSD}> {query}"))
    stream = BytesIO()
    parquet.write(answer.results, stream, origin or Origin())  # type: ignore[arg-type]
    return stream


def table(query: str) -> Any:
    return arrow.read_table(written(query))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ("1 2", pa.int64()),
        ("1 2.5", pa.float64()),
        ('"2016"^^xsd:gYear', pa.int64()),
        ("true false", pa.bool_()),
        ('"2016-02-29"^^xsd:date', pa.date32()),
        ('"2016-02-29T10:00:01"^^xsd:dateTime', pa.timestamp("us")),
        ('"2016-02-29T10:00:01Z"^^xsd:dateTime', pa.timestamp("us", "UTC")),
        ('"2016-02-29T10:00:01Z"^^xsd:dateTime "2016-02-29T10:00:01"^^xsd:dateTime', pa.string()),
        ("true 1", pa.string()),
        ('1 "one"', pa.string()),
        ("<urn:a> <urn:b>", pa.string()),
        ("1 UNDEF", pa.int64()),
        ("UNDEF", pa.string()),
        ("", pa.string()),
        ("9223372036854775807", pa.int64()),
    ],
)
def test_a_column_has_the_type_of_all_its_values(values: str, kind: pa.DataType) -> None:
    assert table(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}").schema.field("x").type == kind


def test_what_is_too_great_is_a_text() -> None:
    (column,) = table(f"SELECT ?x {{ VALUES ?x {{ {'9' * 30} 1 }} }}").to_pydict().values()
    assert column == ["9" * 30, "1"]


def test_values_of_several_types_are_as_they_are_written() -> None:
    query = 'SELECT ?x { VALUES ?x { "2016-02-29"^^xsd:date "a"@ca UNDEF } }'
    assert table(query).to_pydict() == {"x": ["2016-02-29", "a", None]}


def test_the_file_says_where_its_rows_are_from() -> None:
    origin = Origin("SELECT * {}", "https://x.example/sparql", "0.1.0")
    told = arrow.read_metadata(written("SELECT (1 AS ?x) {}", origin)).metadata
    assert told[b"teixit.query"] == b"SELECT * {}"
    assert told[b"teixit.source"] == b"https://x.example/sparql"
    assert told[b"teixit.release"] == b"0.1.0"
    assert b"teixit.date" not in told


def test_without_what_writes_it_the_error_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert parquet.is_installed()
    monkeypatch.setattr(parquet, "_ENGINE", "no_such_module")
    with pytest.raises(NotAcceptableError, match=r"pip install 'teixit\[export\]'"):
        evaluate(Store(), Operation("SELECT * {}")).response(PARQUET)
