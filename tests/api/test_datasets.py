import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from teixit import datasets, protocol
from teixit.protocol import Request

A, B, C = (NamedNode(f"urn:{letter}") for letter in "abc")


@pytest.fixture
def twice() -> Store:
    """Two graphs that say the same, and a third that says something else."""
    store = Store()
    for graph, text in ((A, "same"), (B, "same"), (C, "other")):
        store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(text), graph))
    return store


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        ("SELECT * { ?s ?p ?o }", "", ""),
        ("SELECT * FROM <urn:a> FROM NAMED <urn:b> FROM <urn:c> {}", "ac", "b"),
        ("CONSTRUCT { ?s ?p 'FROM <urn:b>' } FROM <urn:a> WHERE { ?s ?p ?o }", "a", ""),
        ("PREFIX u: <urn:> ASK from u:a FROM named u:b { ?from ?p '''FROM <urn:c>''' }", "a", "b"),
        ("BASE <urn:x> PREFIX : <urn:> SELECT (<urn:b> AS ?from) FROM :a {} # FROM :c", "a", ""),
        ("BASE <http://h/x/> ASK FROM <../a> {}", "http://h/a", ""),
        ("DESCRIBE <urn:b> FROM <urn:a>", "a", ""),
        (r'SELECT ?x FROM <urn:a> { BIND ("\"" AS ?x) BIND (\'}\' AS ?y) }', "a", ""),
    ],
)
def test_the_graphs_of_a_query_are_read(query: str, default: str, named: str) -> None:
    def nodes(letters: str) -> tuple[NamedNode, ...]:
        return (NamedNode(letters),) if ":" in letters else tuple(map(_letter, letters))

    def _letter(letter: str) -> NamedNode:
        return NamedNode(f"urn:{letter}")

    assert datasets.of_query(query, "http://localhost/") == datasets.Named(
        nodes(default), nodes(named)
    )


@pytest.mark.parametrize(
    ("clauses", "count"),
    [
        ("FROM <urn:a>", 1),
        ("FROM <urn:a> FROM <urn:a>", 1),
        ("FROM <urn:a> FROM <urn:b>", 1),
        ("FROM <urn:a> FROM <urn:b> FROM <urn:c>", 2),
        ("FROM <urn:a> FROM <urn:b> FROM NAMED <urn:c>", 1),
    ],
)
def test_what_two_graphs_say_counts_once(twice: Store, clauses: str, count: int) -> None:
    query = "SELECT (COUNT(*) AS ?n) " + clauses + " { ?s ?p ?o }"
    asked = Request(parameters=[("query", query)], accept="text/csv")
    assert protocol.answer(twice, asked).body == f"n\r\n{count}\r\n".encode()


def test_graphs_of_the_request_count_once_too(twice: Store) -> None:
    graphs = [("default-graph-uri", "urn:a"), ("default-graph-uri", "urn:b")]
    query = ("query", "SELECT (COUNT(*) AS ?n) FROM <urn:c> { ?s ?p ?o }")
    asked = Request(parameters=[query, *graphs], accept="text/csv")
    assert protocol.answer(twice, asked).body == b"n\r\n1\r\n"


def test_the_named_graphs_of_a_merge_are_asked(twice: Store) -> None:
    query = "SELECT ?g FROM <urn:a> FROM <urn:b> FROM NAMED <urn:c> { GRAPH ?g { ?s ?p ?o } }"
    asked = Request(parameters=[("query", query)], accept="text/csv")
    assert protocol.answer(twice, asked).body == b"g\r\nurn:c\r\n"


def test_a_graph_without_a_valid_iri_is_an_error_of_the_query(twice: Store) -> None:
    asked = Request(parameters=[("query", "ASK FROM <a b> FROM u:c {}")])
    with pytest.raises(protocol.QueryError):
        protocol.answer(twice, asked)
