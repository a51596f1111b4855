import json
import time
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    Triple,
)

from teixit import engine, queries, tokens
from teixit.errors import QueryError, RefusedError, TooLargeError

BASE = "http://base/"
GEOF = "http://www.opengis.net/def/function/geosparql/"
WKT = "<http://www.opengis.net/ont/geosparql#wktLiteral>"


@pytest.fixture(scope="module")
def small() -> Store:
    """A default graph, and two named ones that say other things."""
    store = Store()
    for subject, predicate, value, graph in (
        *(("a", "p", "b", ""), ("b", "p", "c", "")),
        *(("n", "p", "m", "g1"), ("m", "p", "k", "g1")),
        *(("n", "p", "z", "g2"), ("q", "r", "s", "g2")),
    ):
        quad = [NamedNode(BASE + name) for name in (subject, predicate, value, graph) if name]
        store.add(Quad(*quad))
    store.add_graph(NamedNode(f"{BASE}empty"))
    return store


def rows(found: object) -> list[tuple[str, ...]]:
    assert isinstance(found, QuerySolutions)
    return sorted(tuple(short(value) for value in row) for row in found)


def short(term: object) -> str:
    if isinstance(term, NamedNode):
        return term.value.removeprefix(BASE)
    return term.value if isinstance(term, Literal) else str(term)


def ask(store: Store, query: str, **more: object) -> list[tuple[str, ...]]:
    return rows(engine.query(store, query, base=BASE, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?o { <x> <p>* ?o }", ["x"]),
        ("SELECT ?o { <a> <p>* ?o }", ["a", "b", "c"]),
        ("SELECT ?o { <n> <p>* ?o }", ["n"]),
        ("SELECT ?s { ?s <p>* <c> }", ["a", "b", "c"]),
        ("SELECT ?s { ?s <p>? 7 }", ["7"]),
        ("SELECT (1 AS ?n) { <x> <p>* <x> }", ["1"]),
        ("SELECT (1 AS ?n) { <a> <p>* <a> }", ["1"]),
        ("SELECT ?o { <x> (<p>*/<q>?) ?o }", ["x"]),
        ("SELECT ?o { <x> (<p>*|<q>*) ?o }", ["x", "x"]),
        ("SELECT ?o { GRAPH <g1> { <x> <p>* ?o } }", ["x"]),
        ("SELECT ?g { GRAPH ?g { <x> <p>* ?o } }", ["empty", "g1", "g2"]),
        ("SELECT ?g { GRAPH ?g { <q> <p>* ?o } }", ["empty", "g1", "g2"]),
        ("SELECT ?g { GRAPH ?g { VALUES ?x { 1 } } }", ["empty", "g1", "g2"]),
        ("SELECT ?g FROM NAMED <g1> { GRAPH ?g { VALUES ?x { 1 } } }", ["g1"]),
        ("SELECT ?g FROM <g1> { GRAPH ?g { VALUES ?x { 1 } } }", []),
        ("SELECT ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", ["0", "2", "2"]),
        ("SELECT ?g { GRAPH ?g { <n> <p> ?o MINUS { <q> <r> ?x } } }", ["g1", "g2"]),
        ("SELECT ?g { GRAPH ?g { FILTER(BOUND(?g)) } }", []),
        ("SELECT ?g { GRAPH ?g { ?s <r> ?o OPTIONAL { ?s <p> ?g } } }", ["g2"]),
        ("SELECT ?o FROM <g1> FROM <g2> { <n> <p> ?o }", ["m", "z"]),
        ("SELECT ?x { VALUES ?s { <a> } BIND(<f>(?s) AS ?x) }", ["None"]),
        ("SELECT ?x { BIND(COALESCE(<f>(1), <g>(2), 3) AS ?x) }", ["3"]),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(<f>(?s))", []),
        ("SELECT (STR(LANG(GROUP_CONCAT(?x))) AS ?l) { VALUES ?x { 'a'@en } }", [""]),
    ],
)
def test_what_the_engine_lacks_is_made_up_for(
    small: Store, query: str, expected: Sequence[str]
) -> None:
    assert ask(small, query) == [(one,) for one in expected]


def test_names_make_a_blank_node_for_each_solution(small: Store) -> None:
    for query in (
        "SELECT (BNODE('x') AS ?a) (BNODE('x') AS ?b) (BNODE('y') AS ?c) { ?s ?p ?o }",
        (
            "SELECT * { ?s ?p ?o BIND(BNODE('x') AS ?a) BIND(BNODE('x') AS ?b)"
            " BIND(BNODE('y') AS ?c) }"
        ),
        (
            "SELECT ?s (BNODE('x') AS ?a) (BNODE('x') AS ?b) (BNODE('y') AS ?c) { ?s ?p ?o }"
            " GROUP BY ?s"
        ),
    ):
        found = engine.query(small, query, base=BASE)
        assert isinstance(found, QuerySolutions)
        assert "teixit" not in str(found.variables)
        first, second = ([row["a"], row["b"], row["c"]] for row in found)
        assert first[0] == first[1] != first[2]
        assert len({*first, *second}) == 4


def test_values_are_bound(small: Store) -> None:
    values = {"s": NamedNode(f"{BASE}a")}
    assert ask(small, "SELECT ?s ?o { ?s <p> ?o }", values=values) == [("a", "b")]


def test_a_value_for_nothing_is_an_error(small: Store) -> None:
    with pytest.raises(QueryError, match="cannot be answered"):
        ask(small, "SELECT ?o { ?s <p> ?o }", values={"s": NamedNode(f"{BASE}a")})


def test_graphs_of_the_request_come_before_those_of_the_query(small: Store) -> None:
    one, two = NamedNode(f"{BASE}g1"), NamedNode(f"{BASE}g2")
    query = "SELECT ?s FROM <g1> { ?s ?p ?o }"
    assert ask(small, query) == [("m",), ("n",)]
    assert ask(small, query, default_graphs=(two,), named_graphs=()) == [("n",), ("q",)]
    assert len(ask(small, query, default_graphs=(one, two), named_graphs=())) == 4
    query = "SELECT DISTINCT ?g { GRAPH ?g { VALUES ?x { 1 } } }"
    assert ask(small, query, default_graphs=(), named_graphs=(two,)) == [("g2",)]
    assert ask(small, query, default_graphs=None, named_graphs=(two,)) == [("g2",)]
    assert ask(small, query, default_graphs=(one,), named_graphs=None) == []


def test_a_graph_without_a_name_is_left_to_the_engine() -> None:
    store = Store()
    store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(1), BlankNode()))
    assert ask(store, "SELECT ?g { GRAPH ?g { VALUES ?x { 1 } } }") == []


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * {\n <x> <p>* ?o ; }}", (2, 18)),
        ("SELECT *\n{ GRAPH ?g { VALUES ?x { 1 } } %", (2, 33)),
        ("SELECT\n (BNODE('a', 'b') AS ?x) {}", (2, 17)),
        ("SELECT (<f>(1) AS ?x) {\n%", (2, 2)),
        ("SELECT (GROUP_CONCAT(DISTINCT ?x, 1) AS ?y)\n{ ?x ?y }", None),
        ("ASK FROM <a b> {}", None),
        ("ASK FROM <http://[/> FROM <urn:b> {}", None),
        ("ASK { <http://[/> <p>* ?o }", None),
        ("ASK { BIND(BNODE('x') AS ?b) } LIMIT *", None),
    ],
)
def test_errors_are_those_of_the_client_s_own_text(
    small: Store, query: str, place: tuple[int, int] | None
) -> None:
    with pytest.raises(QueryError) as own:
        engine.query(small, query, base=BASE)
    with pytest.raises(QueryError) as plain, queries.client_to_blame(query):
        Store().query(query, base_iri=BASE)
    assert str(own.value) == str(plain.value)
    assert place is None or (own.value.line, own.value.column) == place


def test_what_cannot_be_said_in_other_words_is_asked_as_it_is(small: Store) -> None:
    query = "SELECT ?x { _:a <p> ?x . ?y <p>? <n> . _:a <p> ?x }"
    assert ask(small, query) == []  # without what the engine leaves out


def test_a_star_is_for_a_select(small: Store) -> None:
    found = engine.query(small, "SELECT * { ?s <p>? 7 BIND(BNODE('x') AS ?b) }", base=BASE)
    assert isinstance(found, QuerySolutions)
    assert [variable.value for variable in found.variables] == ["b", "s"]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (f"<{GEOF}sfWithin>('POINT(1 1)'^^{WKT}, 'POLYGON((0 0,0 2,2 2,2 0,0 0))'^^{WKT})", "true"),
        (f"<{GEOF}geometryType>('POINT(1 1)'^^{WKT})", "#Point"),
        (f"<{GEOF}nothing>('POINT(1 1)'^^{WKT})", "None"),
    ],
)
def test_geometry_is_known(call: str, expected: str) -> None:
    ((found,),) = ask(Store(), f"SELECT ({call} AS ?x) {{}}")
    assert found.endswith(expected)


def test_geometry_is_known_by_its_prefix_too() -> None:
    text = f"PREFIX g: <{GEOF}> SELECT (g:isEmpty('POINT(1 1)'^^{WKT}) AS ?x) {{}}"
    assert ask(Store(), text) == [("false",)]


def test_limits_hold_for_every_store(small: Store) -> None:
    class Elsewhere:
        asked: tuple[object, ...] = ()

        def query(self, text: str, **more: object) -> list[Triple]:
            self.asked = (text, more)
            return []

    elsewhere = Elsewhere()
    for store in (small, elsewhere):
        for query, error in (
            ("ASK { SERVICE <http://a/> {} }", RefusedError),
            (f"ASK {'{' * 61}", QueryError),
            (f"#{'x' * 300_000}", TooLargeError),
        ):
            with pytest.raises(error):
                engine.query(store, query)  # type: ignore[arg-type]
    assert elsewhere.asked == ()
    asked = "ASK { SERVICE <http://a/> {} }"
    engine.query(
        elsewhere,  # type: ignore[arg-type]
        tokens.scan(asked),
        base=BASE,
        values={},
        allowed_services=frozenset({"http://a/"}),
    )
    assert elsewhere.asked == (
        asked,
        {"base": BASE, "default_graphs": None, "named_graphs": None, "values": {}},
    )


@pytest.mark.parametrize("question", [*queries.catalogue()], ids=lambda question: question.name)
def test_our_own_questions_have_the_engine_s_answers(store: Store, question: queries.Query) -> None:
    assert same(store, question.text)


TERMS = st.sampled_from(["?a", "?b", "?c", "<a>", "<b>", "<n>", "<m>"])
VERBS = st.sampled_from(["<p>", "?v", "<p>/<p>", "<p>+", "^<p>", "<p>|<r>", "!<r>"])
TRIPLES = st.builds("{} {} {} .".format, TERMS, VERBS, TERMS)


def grouped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    frames = [
        *("{{ {} }}", "?a <p> ?b OPTIONAL {{ {} }}", "{{ {} }} UNION {{ ?a ?v ?b }}"),
        *("?a ?v ?b MINUS {{ {} }}", "GRAPH <g1> {{ {} }}", "GRAPH ?g {{ ?a ?v ?b . {} }}"),
        *("?a ?v ?b FILTER EXISTS {{ {} }}", "{{ SELECT ?a ?b {{ {} }} }}"),
        "{} VALUES ?b {{ <b> <m> }}",
    ]
    wrapped = st.sampled_from(frames)
    return st.builds(lambda frame, group: frame.format(group), wrapped, inner)


@given(st.recursive(st.lists(TRIPLES, min_size=1, max_size=3).map(" ".join), grouped, max_leaves=3))
def test_where_no_rewrite_applies_nothing_changes(small: Store, group: str) -> None:
    query = f"SELECT ?a ?b ?c {{ {group} }}"
    if "GRAPH ?g" in group and ("MINUS" in group or "SELECT" in group or "VALUES" in group):
        return  # where the engine is wrong
    assert same(small, query)


def same(store: Store, query: str) -> bool:
    """Whether the engine alone says the same."""
    own = engine.query(store, query, base=BASE)
    plain = store.query(query, base_iri=BASE)
    if isinstance(plain, QueryBoolean):
        return bool(own) == bool(plain)
    return listed(own) == listed(plain)


def listed(found: object) -> Counter[str]:
    if isinstance(found, QuerySolutions):
        text = found.serialize(format=QueryResultsFormat.JSON) or b""
        return Counter(map(str, json.loads(text)["results"]["bindings"]))
    return Counter(map(str, found))  # type: ignore[call-overload]


def test_many_functions_that_nobody_knows_are_no_burden() -> None:
    calls = " ".join(f"(<urn:f:{number}>(1) AS ?x{number})" for number in range(100))
    begun = time.monotonic()
    ((*values,),) = ask(Store(), f"SELECT {calls} {{}}")
    assert values == ["None"] * 100
    assert time.monotonic() - begun < 20
