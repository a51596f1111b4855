from collections.abc import Callable
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from teixit import protocol
from teixit.errors import (
    MediaTypeError,
    NotAcceptableError,
    NotFoundError,
    QueryError,
    RefusedError,
    RequestError,
)
from teixit.protocol import Operation, Request
from teixit.queries import Remote

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
SELECT = "SELECT ?o { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"
GRAPHS = [("named-graph-uri", "urn:g:one"), ("default-graph-uri", "urn:g:two")]


@pytest.fixture(scope="module")
def small() -> Store:
    """Two graphs of one statement each, and their merge."""
    store = Store()
    for name in ("one", "two"):
        triple = (NamedNode(f"urn:{name}"), NamedNode("urn:p"), Literal(name))
        store.extend([Quad(*triple), Quad(*triple, NamedNode(f"urn:g:{name}"))])
    return store


def get(query: str, accept: str | None = None, *more: tuple[str, str]) -> Request:
    return Request("GET", [("query", query), *more], accept)


def form(body: bytes, content_type: str = protocol.FORM, **more: Any) -> Request:
    return Request("POST", content_type=content_type, body=body, **more)


def direct(body: bytes, content_type: str = protocol.QUERY, **more: Any) -> Request:
    return Request("POST", content_type=content_type, body=body, **more)


@pytest.mark.parametrize(
    ("case", "request_", "media_type", "words"),
    [
        ("get", get(SELECT), JSON, ('"one"', '"two"')),
        ("post form", form(b"query=ASK+%7B%7D"), JSON, ("true",)),
        ("post form, charset", form(b"query=ASK{}", f"{protocol.FORM}; charset=UTF-8"), JSON, ()),
        ("post direct", direct(b"ASK {}"), JSON, ("true",)),
        ("post direct, capitals", direct(b"ASK {}", "Application/SPARQL-Query"), JSON, ("true",)),
        ("select accept xml", get(SELECT, XML), XML, ("<literal>one</literal>",)),
        ("select accept csv", get(SELECT, "text/csv"), "text/csv", ("o\r\n", "one\r\n")),
        ("select accept tsv", get(SELECT, "text/tab-separated-values"), "text/tab", ("?o\n",)),
        ("select accept star", get(SELECT, "*/*"), JSON, ()),
        ("select accept general name", get(SELECT, "application/json"), "application/json", ()),
        ("ask accept xml", get("ASK {}", XML), XML, ("<boolean>true</boolean>",)),
        ("ask accept csv or xml", get("ASK {}", f"text/csv, {XML};q=0.1"), XML, ()),
        ("construct", get(CONSTRUCT), "text/turtle", ('"one"',)),
        ("construct accept ntriples", get(CONSTRUCT, "application/n-triples"), "app", ("<urn:p>",)),
        ("construct accept rdfxml", get(CONSTRUCT, "application/rdf+xml"), "app", ("rdf:RDF",)),
        ("construct accept jsonld", get(CONSTRUCT, "application/ld+json"), "app", ('"@id"',)),
        ("describe", get("DESCRIBE <urn:one>"), "text/turtle", ('"one"',)),
        ("relative iri", get("CONSTRUCT { <x> a <y> } {}"), "text/t", ("<https://w3id.org/",)),
        ("literal carriage return", get(r"SELECT ('a\rb' AS ?o) {}", XML), XML, ("&#xD;",)),
        ("unknown function", get("SELECT (<urn:f>(1) AS ?x) {}", "text/csv"), "text/csv", ("x",)),
        ("unknown parameter", get("ASK {}", None, ("other", "1")), JSON, ("true",)),
    ],
)
def test_a_good_request_is_answered(
    small: Store, case: str, request_: Request, media_type: str, words: tuple[str, ...]
) -> None:
    response = protocol.answer(small, request_)
    assert response.media_type.startswith(media_type), case
    assert all(word in response.body.decode() for word in words), case


@pytest.mark.parametrize(
    ("case", "request_", "error", "words"),
    [
        ("no query", Request(), QueryError, "expected one query, found none"),
        ("two queries", get("ASK {}", None, ("query", "ASK {}")), QueryError, "found 2"),
        (
            "query in address and body",
            direct(b"ASK {}", parameters=[("query", "ASK {}")]),
            QueryError,
            "found 2",
        ),
        ("empty query", get(""), QueryError, "found none"),
        ("form without query", form(b"other=1"), QueryError, "found none"),
        ("update form", form(b"update=CLEAR+ALL"), RefusedError, "updates are refused"),
        ("update direct", direct(b"CLEAR ALL", protocol.UPDATE), RefusedError, "updates are"),
        ("update as query", get("CLEAR ALL"), QueryError, "not SPARQL"),
        ("service", get("ASK { SERVICE <http://x.example/> {} }"), RefusedError, "SERVICE"),
        ("wrong media type", direct(b"ASK {}", "text/plain"), MediaTypeError, "text/plain"),
        ("no media type", Request("POST", body=b"ASK {}"), MediaTypeError, "found none"),
        (
            "wrong charset",
            direct(b"ASK {}", f"{protocol.QUERY}; charset=utf-16"),
            MediaTypeError,
            "charset=utf-16",
        ),
        ("form bad utf-8", form(b"query=%FF"), QueryError, "not UTF-8"),
        ("form bad escape", form(b"query=ASK{}%zz"), QueryError, "%25"),
        ("form of many", form(b"&".join([b"a=b"] * 101)), QueryError, "more than 100"),
        ("direct bad utf-8", direct(b"ASK {} #\xff"), QueryError, "not UTF-8: byte 8"),
        ("bad graph", get(SELECT, None, ("default-graph-uri", "a b")), QueryError, "absolute IRI"),
        ("accept bad", get(SELECT, "image/png"), NotAcceptableError, "offered: application/"),
        ("accept rdf for select", get(SELECT, "text/turtle"), NotAcceptableError, "text/csv"),
        ("accept csv for ask", get("ASK {}", "text/csv"), NotAcceptableError, "offered: app"),
        ("no map", get(SELECT, "application/geo+json"), NotAcceptableError, "no column holds"),
        ("not in xml", get(r"SELECT ('\u0001' AS ?x) {}", XML), NotAcceptableError, "XML"),
    ],
)
def test_a_bad_request_is_refused_with_its_reason(
    small: Store, case: str, request_: Request, error: type[RequestError], words: str
) -> None:
    with pytest.raises(error) as caught:
        protocol.answer(small, request_)
    assert words in str(caught.value), case


def test_a_syntax_error_says_where_and_shows_the_line(small: Store) -> None:
    with pytest.raises(
        QueryError, match=r"line 2, column 11: expected .*, near '\?s \?p \[ }'"
    ) as caught:
        protocol.answer(small, get("SELECT * {\n  ?s ?p [ }"))
    assert (caught.value.line, caught.value.column) == (2, 11)


@pytest.mark.parametrize(
    ("parameters", "query", "found"),
    [
        ([], SELECT, {"one", "two"}),
        (GRAPHS[1:], SELECT, {"two"}),
        (GRAPHS[:1], SELECT, set()),
        (GRAPHS, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", {"one"}),
        (GRAPHS, "SELECT ?o FROM <urn:g:one> { ?s ?p ?o }", {"two"}),
        ([], "SELECT ?o FROM <urn:g:one> { ?s ?p ?o }", {"one"}),
        ([("default-graph-uri", "urn:nowhere")], SELECT, set()),
    ],
)
def test_the_graphs_of_the_request_go_before_those_of_the_query(
    small: Store, parameters: list[tuple[str, str]], query: str, found: set[str]
) -> None:
    rows = protocol.answer(small, get(query, "text/csv", *parameters)).body.decode().split()
    assert set(rows) == {"o"} | found


@pytest.mark.parametrize(
    "text",
    [b"query=a%2520b+%C3%A9&x", "query=a%2520b+\xe9&x=".encode(), b"query=a%2520b%20%C3%A9&x"],
)
def test_parameters_are_decoded_once(text: bytes) -> None:
    assert protocol.parameters(text) == [("query", "a%20b \xe9"), ("x", "")]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (XML, XML),
    ],
)
def test_text_says_its_charset(small: Store, accept: str, content_type: str) -> None:
    assert protocol.answer(small, get(SELECT, accept)).content_type == content_type


def test_values_are_bound_and_never_pasted(small: Store) -> None:
    asked = Operation("SELECT ?s ?o { ?s ?p ?o }")
    found = protocol.evaluate(small, asked, values={"o": Literal('" } #')}).response("text/csv")
    assert found.body == b"s,o\r\n"
    found = protocol.evaluate(small, asked, values={"o": Literal("one")}).response("text/csv")
    assert found.body == b"s,o\r\nurn:one,one\r\n"


@pytest.mark.parametrize(
    ("query", "deterministic"),
    [
        (SELECT, True),
        ("SELECT (BNODE() AS ?x) {}", True),
        ("SELECT (1 AS ?now) { ?s <urn:uuid> 'now' } # rand()", True),
        ("SELECT (NOW() AS ?x) {}", False),
        ("SELECT (rand () AS ?x) {}", False),
        ("SELECT (Uuid(\n) AS ?x) {}", False),
        ("ASK { FILTER (STRUUID() = 'x') }", False),
    ],
)
def test_an_answer_says_whether_it_would_come_again(
    small: Store, query: str, *, deterministic: bool
) -> None:
    assert protocol.evaluate(small, Operation(query)).deterministic is deterministic


def test_geometry_is_computed_where_a_query_calls_it(small: Store) -> None:
    query = (
        "PREFIX geo: <http://www.opengis.net/ont/geosparql#>"
        "PREFIX geof: <http://www.opengis.net/def/function/geosparql/>"
        "SELECT (geof:boundary('LINESTRING (0 0, 1 1)'^^geo:wktLiteral) AS ?x) {}"
    )
    assert b"MULTIPOINT" in protocol.answer(small, get(query, "text/csv")).body


class TestGraph:
    """A graph, whole, here or on another server."""

    @pytest.fixture(params=["here", "elsewhere"])
    def graphs(
        self,
        request: pytest.FixtureRequest,
        small: Store,
        elsewhere: Callable[[Store], Remote],
    ) -> Store | Remote:
        return small if request.param == "here" else elsewhere(small)

    @pytest.mark.parametrize(
        ("name", "texts"),
        [(None, {"one", "two"}), ("urn:g:one", {"one"}), ("urn:g:two", {"two"})],
    )
    def test_it_is_given_whole(
        self, graphs: Store | Remote, name: str | None, texts: set[str]
    ) -> None:
        body = protocol.graph(graphs, name).response("application/n-triples").body
        assert {quad.object.value for quad in parse(body, RdfFormat.N_TRIPLES)} == texts

    def test_what_is_not_there_is_said(self, graphs: Store | Remote) -> None:
        with pytest.raises(NotFoundError, match=r"^there is no graph <urn:g:three>$"):
            protocol.graph(graphs, "urn:g:three")

    def test_a_name_that_is_no_iri_is_said(self, graphs: Store | Remote) -> None:
        with pytest.raises(QueryError, match="graph: expected an absolute IRI"):
            protocol.graph(graphs, "three")


def test_turtle_has_the_prefixes_that_it_needs_and_no_other(small: Store) -> None:
    query = "CONSTRUCT { <urn:a> <http://www.w3.org/2000/01/rdf-schema#label> 'a' } {}"
    text = protocol.answer(small, get(query)).body.decode()
    assert text.count("@prefix") == 1
    assert "rdfs:label" in text


def test_the_description_is_of_the_endpoint_where_it_is(small: Store) -> None:
    body = protocol.describe(small, "http://here.example/sparql").response("text/turtle").body
    triples = list(parse(body, format=RdfFormat.TURTLE))
    endpoints = [t.object.value for t in triples if str(t.predicate).endswith("#endpoint>")]
    assert endpoints == ["http://here.example/sparql"]


def test_a_query_is_checked_without_being_asked() -> None:
    assert [*protocol.check(SELECT).results] == []
    with pytest.raises(QueryError) as raised:
        protocol.check("SELECT * {")
    assert (raised.value.line, raised.value.column) == (1, 11)
    call = "ASK { SERVICE <urn:x> { ?s ?p ?o } }"
    with pytest.raises(RefusedError):
        protocol.check(call)
    assert [*protocol.check(call, allowed_services=["urn:x"]).results] == []
