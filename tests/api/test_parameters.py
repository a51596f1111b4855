"""What questions can be asked about: lists of the graph, numbers, and what is told otherwise."""

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Store

from teixit import parameters, queries
from teixit.errors import KnowledgeError, QueryError
from teixit.namespaces import THING
from teixit.parameters import Parameter
from teixit.queries import Query

DISTRICT = queries.named("cq55-what-touches-a-district")
YEAR = queries.named("cq56-what-happens-in-a-year")
LINE = queries.named("cq64-what-a-line-of-the-page-says")
INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def only(query: Query, store: Store) -> Parameter:
    (found,) = parameters.of(query, store)
    return found


def test_a_list_has_tokens_and_names_in_the_order_of_its_query(store: Store) -> None:
    found = only(DISTRICT, store)
    assert [*(found.choices or {})] == [f"district-{number:02}" for number in range(1, 11)]
    assert (found.choices or {})["district-06"].names == dict.fromkeys(("ca", "es", "en"), "Gràcia")
    assert found.example == "district-03"


@pytest.mark.parametrize("text", ["district-10", f"{THING}district-10"])
def test_a_value_is_a_token_or_an_iri(text: str, store: Store) -> None:
    assert only(DISTRICT, store).term(text) == NamedNode(f"{THING}district-10")


def test_a_literal_is_its_text(store: Store) -> None:
    year = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")
    assert only(YEAR, store).term("2018") == Literal("2018", datatype=year)


def test_a_number_is_one_that_a_text_has(store: Store) -> None:
    assert only(LINE, store).term("055") == Literal("55", datatype=INTEGER)
    for text in ("", "-1", "1.5", "x", "1000000", "0" * 5000, "٣"):
        with pytest.raises(QueryError, match="expected a whole number from 0 to 999999"):
            only(LINE, store).term(text)


def test_what_is_not_in_the_list_is_told_with_what_is(store: Store) -> None:
    said = r"^district: 'x' is not here; expected one of district-01 \(Ciutat Vella\), "
    with pytest.raises(QueryError, match=said):
        only(DISTRICT, store).term("x")


def test_a_long_list_is_cut_and_an_empty_one_is_told() -> None:
    rows = [{"value": Literal(str(number))} for number in range(103)]
    asked = replace(YEAR, examples={"year": "1"})
    assert Parameter.of(asked, "year", rows).allowed.endswith("98, 99 and 3 more")
    assert Parameter.of(asked, "year").allowed.startswith("one of the things of its kind, of which")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({}, "^district: the value is missing; expected one of district-01"),
        ({"year": "2017"}, "^year: no such parameter; expected district$"),
    ],
)
def test_values_are_those_of_the_parameters(texts: dict[str, str], said: str, store: Store) -> None:
    with pytest.raises(QueryError, match=said):
        parameters.values(parameters.of(DISTRICT, store), texts)


def test_a_question_without_parameters_takes_none() -> None:
    assert parameters.values([], {}) == {}
    with pytest.raises(QueryError, match="expected none, since this question has no parameters"):
        parameters.values([], {"a": "b"})


@pytest.mark.parametrize(
    "wrong",
    [
        replace(DISTRICT, examples={}),
        replace(DISTRICT, types={"district": "integer"}),
        replace(DISTRICT, choices={}),
        replace(LINE, types={"line": "colour"}),
    ],
)
def test_a_header_that_does_not_say_what_is_asked_is_refused(wrong: Query) -> None:
    (name,) = wrong.parameters
    with pytest.raises(KnowledgeError, match=r"expected `#\+ choices: "):
        Parameter.of(wrong, name)
