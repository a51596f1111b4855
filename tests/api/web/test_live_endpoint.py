"""The endpoint as researchers meet it: over a port, by the client that they use."""

import json
from collections.abc import Callable
from contextlib import closing
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from rdflib import RDFS, Graph, URIRef
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
)
from SPARQLWrapper import SPARQLWrapper as Client
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from teixit.web import exchange

PLAN = URIRef("https://w3id.org/teixit/id/piess-2016-2019")
LABELS = f"SELECT ?label WHERE {{ <{PLAN}> <{RDFS.label}> ?label }} ORDER BY LANG(?label)"
TITLE = "Pla d’Impuls de l’Economia Social i Solidària 2016-2019"

Ask = Callable[[str, str], str]


@pytest.fixture(params=[(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)], ids=str)
def ask(live_endpoint: str, request: pytest.FixtureRequest) -> Ask:
    """Ask by GET, by a form and by a body that is the query."""

    def asked(query: str, format_: str) -> str:
        client = Client(live_endpoint)
        client.method, client.requestMethod = request.param
        client.setReturnFormat(format_)
        client.setQuery(query)
        with closing(client.query().response) as response:
            return response.read().decode()

    return asked


def test_select_json(ask: Ask) -> None:
    rows = json.loads(ask(LABELS, JSON))["results"]["bindings"]
    assert rows[0]["label"] == {"type": "literal", "value": TITLE, "xml:lang": "ca"}
    assert [row["label"]["xml:lang"] for row in rows] == ["ca", "en", "es"]


def test_select_xml(ask: Ask) -> None:
    assert f'<literal xml:lang="ca">{TITLE}</literal>' in ask(LABELS, XML)


@pytest.mark.parametrize(
    ("format_", "lines"), [(CSV, ["label", TITLE]), (TSV, ["?label", f'"{TITLE}"@ca'])]
)
def test_select_text(ask: Ask, format_: str, lines: list[str]) -> None:
    assert ask(LABELS, format_).splitlines()[:2] == lines


def test_ask(ask: Ask) -> None:
    assert json.loads(ask(f"ASK {{ <{PLAN}> ?property ?value }}", JSON))["boolean"] is True


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's own JSON-LD parser uses it
@pytest.mark.parametrize("query", [f"CONSTRUCT WHERE {{ <{PLAN}> ?p ?o }}", f"DESCRIBE <{PLAN}>"])
@pytest.mark.parametrize(
    ("format_", "parser"),
    [(TURTLE, "turtle"), (N3, "turtle"), (RDFXML, "xml"), (JSONLD, "json-ld")],
)
def test_construct_and_describe(ask: Ask, query: str, format_: str, parser: str) -> None:
    graph = Graph().parse(data=ask(query, format_), format=parser)
    assert {label.language for label in graph.objects(PLAN, RDFS.label)} == {"ca", "es", "en"}


def test_a_syntax_error_says_where(ask: Ask) -> None:
    with pytest.raises(QueryBadFormed, match=r"line 1, column \d+"):
        ask("SELECT * WHERE { ?s ?p [ }", JSON)


def test_a_body_just_too_long_is_refused_by_the_website(live_endpoint: str) -> None:
    headers = {"Content-Type": "application/sparql-query", "Origin": "https://other.example"}
    body = b"ASK {} #".ljust(exchange.LONGEST_BODY + 1)
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(live_endpoint, body, headers))  # noqa: S310 - our address
    with refused.value as response:
        assert response.status == 413
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert json.load(response)["status"] == 413


def test_rows_come_as_python_without_more_ado(live_endpoint: str) -> None:
    client = Client(live_endpoint, returnFormat=JSON)
    client.setQuery(LABELS)
    assert client.queryAndConvert()["results"]["bindings"][0]["label"]["value"] == TITLE
