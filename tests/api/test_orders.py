"""Sorts of values of several kinds (``teixit.rewriting.orders``)."""

import random

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from teixit import engine, queries, rewriting, store, tokens
from teixit.errors import QueryError
from teixit.rewriting import orders

XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
#: Of each kind, in the order in which they come.
KINDS = [
    ["UNDEF"],
    ["<urn:a>", "<urn:b>"],
    [f'"{number}a"' for number in range(1, 30)],
    [f'"{number}é"@ca' for number in range(30, 60)],
    [str(number) for number in range(1, 60)],
    ["true"],
    [f'"2020-01-{day:02}"^^xsd:date' for day in range(1, 29)],
    [f'"2020-01-{day:02}T00:00:00"^^xsd:dateTime' for day in range(1, 29)],
    [f'"2020-01-{day:02}T00:00:00Z"^^xsd:dateTime' for day in range(1, 29)],
    ['"P9D"^^xsd:duration', '"P10D"^^xsd:duration', '"P9M"^^xsd:duration'],
    ['"b"^^<urn:type>'],
    ["<<(<urn:a> <urn:b> 1)>>", '<<(<urn:a> <urn:b> "1")>>'],
]


def sorted_rows(values: list[str], key: str) -> list[str]:
    text = f"{XSD} SELECT * {{ VALUES ?a {{ {' '.join(values)} }} }} ORDER BY {key}"
    found = engine.query(Store(), text)
    assert isinstance(found, QuerySolutions)
    return [str(row[0]) for row in found]


def written(query: str) -> str | None:
    return orders.told_apart(tokens.scan(query))


@pytest.mark.parametrize("key", ["?a", "ASC(?a)", "(?a)", "COALESCE(?a, ?b)"])
@pytest.mark.parametrize("seed", range(5))
def test_values_of_all_kinds_have_one_order(key: str, seed: int) -> None:
    values = [value for kind in KINDS for value in kind]
    random.Random(seed).shuffle(values)  # noqa: S311 - no secret
    first = sorted_rows(values, key)
    assert first == sorted_rows(values[::-1], key)
    assert first[::-1] == sorted_rows(values, f"DESC({key.removeprefix('ASC')})")
    assert first[:3] == ["None", "<urn:a>", "<urn:b>"]
    assert first[-2].count("<urn:b>") == first[-1].count("<urn:b>") == 1


@pytest.mark.parametrize("kind", KINDS[1:-1], ids=lambda kind: kind[0])
def test_values_of_one_kind_keep_their_order(kind: list[str]) -> None:
    assert sorted_rows(kind[::-1], "?a") == sorted_rows(kind, "?a")


def test_a_sort_of_every_value_of_the_graph_is_answered() -> None:
    graph, rows = store.load(), []
    for order in ("", "ORDER BY ?o"):
        found = engine.query(graph, f"SELECT * {{ ?s ?p ?o }} {order}")
        assert isinstance(found, QuerySolutions)
        rows.append(sorted(str(row) for row in found))
    assert rows[0] == rows[1] != []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s ?p ?o . ?s ?q ?r } ORDER BY ?s",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s ORDER BY DESC(?n) $s LIMIT 3",
        "SELECT * { ?s ?p ?o } ORDER BY STR(?o) ASC(LCASE(?o)) (STRLEN(?o)) OFFSET 2",
        "SELECT * { ?s ?p ?o } ORDER BY NOT EXISTS { ?o ?p ?s } ?o",
        "SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY ?s } (1 2) ?p ?o }",
        "SELECT * { ?s ?p ?o } ORDER BY ?s VALUES (?o) { (1) }",
        "SELECT * { ?s ?p ?order }",
        "SELECT * { ?s ?p ?o } ORDER BY (?o",
        "SELECT * { ?s ?p ?o } ORDER BY",
        "SELECT * { ?s ?p ?o } ORDER ?o",
    ],
)
def test_a_sort_of_one_kind_is_left_as_it_is(query: str) -> None:
    assert written(query) is None


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("SELECT * { ?s ?p ?o } ORDER BY ?o", "ASC(<urn:teixit:kind>(?o)) ?o"),
        ("SELECT * { ?s ?p ?o } ORDER BY desc (?o)", "desc(<urn:teixit:kind>((?o))) desc (?o)"),
        ("SELECT * { BIND(1 AS ?o) } ORDER BY ?o", "ASC(<urn:teixit:kind>(?o)) ?o"),
        (
            "SELECT (MIN(?o) AS ?m) { ?s ?p ?o } ORDER BY ?m",
            "ASC(<urn:teixit:kind>(?m)) ?m",
        ),
        (
            "SELECT * { VALUES ?s { 1 } } ORDER BY <urn:f>(?s)",
            "ASC(<urn:teixit:kind>(<urn:f>(?s))) <urn:f>(?s)",
        ),
    ],
)
def test_a_key_of_several_kinds_gets_one_before_it(query: str, key: str) -> None:
    assert written(query) == f"{query[: query.index('ORDER BY')]}ORDER BY {key}"


def test_the_keys_of_a_query_that_are_looked_after_are_bounded() -> None:
    text = written("SELECT * { ?s ?p ?o } ORDER BY" + " ?o" * 1000)
    assert text is not None
    assert text.count(str(orders.FUNCTION)) < 20


def test_a_mistake_in_a_sorted_query_is_told_in_its_own_text() -> None:
    text = "SELECT * { ?s ?p ?o } ORDER BY ?o\nLIMIT x"
    with pytest.raises(QueryError) as caught:
        engine.query(Store(), text)
    with pytest.raises(QueryError) as plain:
        queries.evaluate(Store(), text)
    assert str(caught.value) == str(plain.value)
    assert caught.value.line == 2


def test_the_kind_of_a_key_is_among_the_functions() -> None:
    function = rewriting.FUNCTIONS[orders.FUNCTION]
    assert function(NamedNode("urn:a")) is None
    assert function(Literal(2)) == function(Literal(2.5)) == Literal(1)
