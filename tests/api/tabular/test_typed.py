from datetime import UTC, date, datetime

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from teixit.tabular import typed
from teixit.tabular.typed import Term, Value

XSD = "http://www.w3.org/2001/XMLSchema#"
IRI = NamedNode("urn:a")


def literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (IRI, "urn:a"),
        (BlankNode("b"), "_:b"),
        (Triple(IRI, IRI, IRI), "<urn:a> <urn:a> <urn:a>"),
        (Literal("vint", language="ca"), "vint"),
        (Literal("20"), "20"),
        (literal("020", "integer"), 20),
        (literal("-3", "negativeInteger"), -3),
        (literal("2016", "gYear"), 2016),
        (literal("2016Z", "gYear"), "2016Z"),
        (literal("1_0", "integer"), "1_0"),
        (literal("9" * 301, "integer"), "9" * 301),
        (literal("many", "int"), "many"),
        (literal("2.50", "decimal"), 2.5),
        (literal(".5", "decimal"), 0.5),
        (literal("1e3", "double"), 1000.0),
        (literal("1e999", "double"), "1e999"),
        (literal("INF", "double"), "INF"),
        (literal("true", "boolean"), True),
        (literal("0", "boolean"), False),
        (literal("yes", "boolean"), "yes"),
        (literal("2016-02-29", "date"), date(2016, 2, 29)),
        (literal("2016-02-30", "date"), "2016-02-30"),
        (literal("2016-02-29Z", "date"), "2016-02-29Z"),
        (literal("2016-02-29T10:00:01", "dateTime"), datetime(2016, 2, 29, 10, 0, 1)),  # noqa: DTZ001
        (
            literal("2016-02-29T10:00:01.5Z", "dateTime"),
            datetime(2016, 2, 29, 10, 0, 1, 500000, tzinfo=UTC),
        ),
        (literal("2016-02-29T10:00:00+01:00", "dateTime"), "2016-02-29T10:00:00+01:00"),
        (literal("P1D", "duration"), "P1D"),
    ],
)
def test_a_value_is_what_its_datatype_says_or_as_it_is_written(term: Term, value: Value) -> None:
    found = typed.value(term)
    assert (found, type(found)) == (value, type(value))
