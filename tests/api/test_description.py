from collections.abc import Callable, Iterator, Sequence

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from teixit import answers, description, geosparql, queries, tabular
from teixit.lexical import AsWritten
from teixit.queries import Remote

HERE = "http://here.example/sparql"
SD = "http://www.w3.org/ns/sparql-service-description#"
INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
LIMITS = {"seconds": 10.0, "memory": 512 << 20, "answer": 256 << 20}


@pytest.fixture(scope="module")
def small() -> Store:
    """A default graph of one statement, and a named graph of two."""
    store, prop = Store(), NamedNode("urn:p")
    store.add(Quad(NamedNode("urn:a"), prop, Literal(1)))
    graph = NamedNode("urn:graph")
    store.extend(Quad(NamedNode("urn:b"), prop, Literal(at), graph) for at in range(2))
    return store


def said(triples: Sequence[Triple], query: str) -> Iterator[tuple[str, ...]]:
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    rows = store.query(
        f"PREFIX sd: <{SD}> PREFIX schema: <http://schema.org/>"
        f" PREFIX void: <http://rdfs.org/ns/void#> {query}"
    )
    assert isinstance(rows, QuerySolutions)
    return (tuple(term.value for term in row) for row in rows)


def test_the_formats_are_those_that_are_offered(small: Store) -> None:
    found = said(description.triples(small, HERE), "SELECT ?x { ?s sd:resultFormat ?x }")
    formats = {name.rpartition("/")[2] for (name,) in found}
    offered = (*answers.TABLES.values(), *answers.GRAPHS.values())
    named = {"geo+json", tabular.XLSX.partition("/")[2]}
    assert formats == {format_.iri.rpartition("/")[2] for format_ in offered} | named


def test_the_service_is_where_it_is(small: Store) -> None:
    found = description.triples(small, HERE)
    assert list(said(found, "SELECT ?x { ?s a sd:Service ; sd:endpoint ?x }")) == [(HERE,)]
    regimes = list(said(found, "SELECT ?x { ?s sd:defaultEntailmentRegime ?x }"))
    assert regimes == [("http://www.w3.org/ns/entailment/Simple",)]


def test_the_functions_are_those_that_can_be_called(small: Store) -> None:
    for here in (small, AsWritten(small, {Literal(1): Literal("01", datatype=INTEGER)})):
        found = said(description.triples(here, HERE), "SELECT ?x { ?s sd:extensionFunction ?x }")
        assert {name for (name,) in found} == geosparql.names() | geosparql.RELATIONS


def test_the_limits_are_said_where_there_are_any(small: Store) -> None:
    query = "SELECT ?most ?unit { ?limit schema:maxValue ?most ; schema:unitCode ?unit }"
    assert list(said(description.triples(small, HERE), query)) == []
    assert set(said(description.triples(small, HERE, LIMITS), query)) == {
        ("10", "SEC"),
        (str(512 << 20), "AD"),
        (str(256 << 20), "AD"),
    }


def test_the_graphs_are_counted(small: Store) -> None:
    found = description.triples(small, HERE)
    default = "SELECT ?n { ?dataset sd:defaultGraph ?graph . ?graph void:triples ?n }"
    assert list(said(found, default)) == [("1",)]
    named = "SELECT ?x ?n { ?d sd:namedGraph ?g . ?g sd:name ?x ; sd:graph/void:triples ?n }"
    assert list(said(found, named)) == [("urn:graph", "2")]


def test_a_big_graph_is_not_counted(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(description, "_is_small", lambda _: False)
    found = description.triples(small, HERE)
    assert list(said(found, "SELECT ?x { ?d sd:namedGraph/sd:name ?x }")) == [("urn:graph",)]
    assert list(said(found, "SELECT ?n { ?g void:triples ?n }")) == []


def test_the_union_is_said_where_it_is_one(small: Store, store: Store) -> None:
    query = "SELECT ?s { ?s sd:feature sd:UnionDefaultGraph }"
    assert list(said(description.triples(store, HERE), query)) == [(f"{HERE}#service",)]
    assert list(said(description.triples(small, HERE), query)) == []
    assert list(said(description.triples(Store(), HERE), query)) == []


def test_of_another_server_nothing_is_said_but_the_names_of_its_graphs(
    small: Store, elsewhere: Callable[[Store], Remote]
) -> None:
    found = description.triples(elsewhere(small), HERE, LIMITS)
    assert list(said(found, "SELECT ?x { ?d sd:namedGraph/sd:name ?x }")) == [("urn:graph",)]
    assert list(said(found, "SELECT ?n { ?g void:triples|sd:extensionFunction ?n }")) == []
    assert list(said(found, "SELECT ?x { ?s schema:unitCode ?x }")) != []


def test_no_text_is_in_one_language_only(small: Store) -> None:
    texts = [
        triple.object
        for triple in description.triples(small, HERE, LIMITS)
        if isinstance(triple.object, Literal) and triple.object.language
    ]
    languages = [text.language for text in texts]
    assert languages.count("ca") == languages.count("es") == languages.count("en") == 4
    assert queries.PREFIXES["sd"] == SD
