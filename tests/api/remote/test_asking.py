"""The same questions, the same answers: in process, on an Oxigraph server, on Virtuoso."""

from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from teixit import parameters, paths, queries
from teixit.errors import LimitError, QueryError, RefusedError, UpstreamError
from teixit.queries import Query
from teixit.remote import RemoteStore
from teixit.remote.asking import DESCRIPTION

QUESTIONS = list(queries.catalogue())
#: What Virtuoso 7.2.5 cannot answer as it should, and why. A question that it answers after
#: all fails here, so that the list stays true.
VIRTUOSO_DIFFERS = {
    "cq42-boundaries": "it reads boundaries and writes them with fewer spaces, so they are shorter",
}
ON_BOTH = pytest.mark.parametrize("server", ["oxigraph", "virtuoso"])


@pytest.fixture
def remote(server: str, request: pytest.FixtureRequest) -> RemoteStore:
    return RemoteStore(request.getfixturevalue(server).url)


def kept(question: Query) -> str:
    return (paths.QUESTIONS / f"{question.name}.csv").read_text("utf-8")


def rows(found: queries.Found) -> list[tuple[str, ...]]:
    assert isinstance(found, QuerySolutions)
    return [tuple(getattr(value, "value", "") for value in row) for row in found]


def cases() -> Iterator[object]:
    for question in QUESTIONS:
        yield pytest.param("oxigraph", question, id=f"oxigraph-{question.name}")
        why = VIRTUOSO_DIFFERS.get(question.name)
        marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
        yield pytest.param("virtuoso", question, id=f"virtuoso-{question.name}", marks=marks)


@pytest.mark.parametrize(("server", "question"), list(cases()))
def test_a_question_has_the_same_answer_on_every_store(
    remote: RemoteStore, question: Query
) -> None:
    values = parameters.examples(question, remote)
    assert queries.serialise(question.results(remote, **values), "csv") == kept(question)


@ON_BOTH
@pytest.mark.parametrize("name", ["overview", "lexicon"])
def test_what_the_pages_ask_has_the_same_answer(
    remote: RemoteStore, store: Store, name: str
) -> None:
    query = queries.named(name, paths.QUERIES)
    assert rows(query.results(remote)) == rows(query.results(store))


@ON_BOTH
@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?g) AS ?gs) { GRAPH ?g { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/teixit/def> { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/teixit/def> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) FROM NAMED <https://w3id.org/teixit/def> { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) FROM NAMED <https://w3id.org/teixit/def> { GRAPH ?g {?s ?p ?o} }",
    ],
)
def test_the_graphs_that_are_asked_are_the_same(
    remote: RemoteStore, store: Store, text: str
) -> None:
    assert rows(remote.query(text)) == rows(store.query(text))


@ON_BOTH
def test_a_graph_that_is_named_twice_counts_once(remote: RemoteStore) -> None:
    text = "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/teixit/def> "
    once = rows(remote.query(f"{text} {{ ?s ?p ?o }}"))
    assert rows(remote.query(f"{text} FROM <https://w3id.org/teixit/def> {{ ?s ?p ?o }}")) == once


@ON_BOTH
def test_the_graphs_of_the_request_stand_in_for_those_of_the_query(remote: RemoteStore) -> None:
    text = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    named = [NamedNode("https://w3id.org/teixit/def")]
    assert int(rows(remote.query(text, named_graphs=named))[0][0]) > 1000
    assert rows(remote.query(text, default_graphs=named)) == [("0",)]


@ON_BOTH
def test_yes_and_no(remote: RemoteStore) -> None:
    for text, answer in (
        ("ASK { ?s ?p ?o }", True),
        ("ASK {}", True),
        ("ASK { ?s <urn:nobody> ?o }", False),
        ("ASK { GRAPH <urn:nobody> { ?s ?p ?o } }", False),
        ("ASK { GRAPH <https://w3id.org/teixit/def> { ?s ?p ?o } }", True),
        ("ASK { ?s ?p ?o } ORDER BY ?s", True),
    ):
        found = remote.query(text)
        assert isinstance(found, QueryBoolean)
        assert bool(found) is answer


@ON_BOTH
def test_triples(remote: RemoteStore) -> None:
    text = "CONSTRUCT WHERE { <https://w3id.org/teixit/def#Measure> a ?class }"
    found = remote.query(text)
    assert not isinstance(found, QuerySolutions | QueryBoolean)
    assert all(isinstance(triple, Triple) for triple in found)
    assert not list(remote.query("CONSTRUCT WHERE { <urn:nobody> a ?class }"))  # type: ignore[arg-type]


@ON_BOTH
def test_blank_nodes_are_blank_nodes(remote: RemoteStore) -> None:
    found = remote.query("SELECT DISTINCT ?s { ?s ?p ?o FILTER (ISBLANK(?s)) } LIMIT 5")
    assert isinstance(found, QuerySolutions)
    assert {type(row["s"]) for row in found} == {BlankNode}


@ON_BOTH
@pytest.mark.parametrize(
    "value",
    [
        NamedNode("https://w3id.org/teixit/def#Measure"),
        Literal("29"),
        Literal("Mesura", language="ca"),
        Literal('"} SELECT * { ?s ?p ?o } #\\\n\té\U0001f33b'),
        Literal("2016", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
    ],
    ids=["iri", "text", "language", "hostile", "typed"],
)
def test_values_are_bound_as_in_process(
    remote: RemoteStore, store: Store, value: queries.Term
) -> None:
    text = "SELECT ?o (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?o"
    here = queries.evaluate(store, text, {"o": value})
    assert rows(remote.query(text, values={"o": value})) == rows(here)


@ON_BOTH
def test_values_are_bound_in_every_form(remote: RemoteStore) -> None:
    query = queries.named("graph-exists", paths.QUERIES)
    for name, answer in (("https://w3id.org/teixit/def", True), ("urn:nobody", False)):
        found = query.results(remote, graph=NamedNode(name))
        assert isinstance(found, QueryBoolean)
        assert bool(found) is answer
    text = "CONSTRUCT { ?s a ?class } WHERE { ?s a ?class }"
    made = remote.query(text, values={"s": NamedNode("https://w3id.org/teixit/def#Measure")})
    assert {str(triple.subject) for triple in made} == {"<https://w3id.org/teixit/def#Measure>"}  # type: ignore[union-attr]


@ON_BOTH
def test_relative_iris_are_relative_to_the_base(remote: RemoteStore) -> None:
    found = remote.query(
        "SELECT ?class { <#Measure> a ?class }", base="https://w3id.org/teixit/def"
    )
    assert ("http://www.w3.org/2002/07/owl#Class",) in rows(found)


@ON_BOTH
@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("SELECT ?x {\n?x ?y }", QueryError, "line 2, column 8"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", QueryError, "not SPARQL"),
        ("define get:soft 'soft' ASK {}", QueryError, "not SPARQL"),
        ("SELECT (<bif:dbname>() AS ?x) {}", RefusedError, "of the server itself"),
        ("PREFIX b: <bif:> SELECT (b:dbname() AS ?x) {}", RefusedError, "of the server itself"),
    ],
)
def test_what_is_no_query_never_reaches_the_server(
    remote: RemoteStore, text: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        remote.query(text)


@ON_BOTH
def test_what_the_server_does_not_take_is_told_in_its_words(remote: RemoteStore) -> None:
    with pytest.raises((QueryError, UpstreamError), match="the server that holds") as told:
        remote.query("SELECT (<http://example.org/function>(1) AS ?x) { ?s ?p ?o }")
    assert "\n" not in str(told.value)


@ON_BOTH
def test_what_was_published_has_its_version(remote: RemoteStore) -> None:
    assert remote.version() == "0f" * 32


@ON_BOTH
def test_the_description_is_not_among_the_graphs(remote: RemoteStore) -> None:
    text = f"SELECT * {{ GRAPH {DESCRIPTION} {{ ?s ?p ?o }} }}"
    assert rows(remote.query(text)) == []


@pytest.mark.parametrize("server", ["virtuoso"])
def test_rows_that_the_server_cuts_off_are_an_error(remote: RemoteStore) -> None:
    with pytest.raises(LimitError, match="gives 20000 rows"):
        remote.query("SELECT ?a ?b { ?a ?p ?q . ?b ?r ?s } LIMIT 30000")
