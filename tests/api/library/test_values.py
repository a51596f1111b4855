from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from teixit.library.values import Value, value_of
from teixit.queries import Term

XSD = "http://www.w3.org/2001/XMLSchema#"


def typed(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(f"{XSD}{name}"))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (NamedNode("urn:a"), "urn:a"),
        (BlankNode("b"), "_:b"),
        (Literal("text"), "text"),
        (Literal("text", language="ca"), "text"),
        (typed("7", "integer"), 7),
        (typed("7", "positiveInteger"), 7),
        (typed("7.50", "decimal"), Decimal("7.50")),
        (typed("7.5e1", "double"), 75.0),
        (typed("1", "boolean"), True),
        (typed("2016", "gYear"), 2016),
        (typed("2016Z", "gYear"), 2016),
        (typed("2016-02-29", "date"), date(2016, 2, 29)),
        (typed("2016-02-29T12:00:00Z", "dateTime"), datetime(2016, 2, 29, 12, tzinfo=UTC)),
        (typed("2016-02-29Z", "date"), "2016-02-29Z"),
        (typed("many", "integer"), "many"),
        (typed("many", "decimal"), "many"),
        (typed("maybe", "boolean"), "maybe"),
        (typed("P1Y", "duration"), "P1Y"),
    ],
)
def test_a_term_is_a_value_of_python(term: Term, value: Value) -> None:
    assert value_of(term) == value
    assert type(value_of(term)) is type(value)
