"""The pages that give reasons for an answer."""

import re
from html import unescape
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode
from werkzeug.test import Client

from teixit.languages import LANGUAGES
from teixit.web.explorer import reasons
from teixit.web.texts import messages

QUERY = """PREFIX teixit: <https://w3id.org/teixit/def#>
SELECT ?project ?place { ?project teixit:locatedIn ?place }"""
ROW = {
    "project": NamedNode("https://w3id.org/teixit/id/project-can-pico"),
    "place": NamedNode("https://w3id.org/teixit/id/district-10"),
}


def of_row(client: FlaskClient, language: str = "en") -> str:
    with client.application.test_request_context():
        return reasons.address_of_row(language, QUERY, ROW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_says_so_is_told_with_its_source(whole: FlaskClient, language: str) -> None:
    text = whole.get(of_row(whole, language)).text
    assert "Can Picó" in text
    assert '<li class="extract">' in text
    assert messages(language)["who.title"] in text
    assert "hreflang" in text


def test_the_address_of_a_row_has_its_terms(whole: FlaskClient) -> None:
    parts = urlsplit(of_row(whole))
    assert parts.path == "/en/who"
    assert dict(parse_qsl(parts.query)) == {
        "query": QUERY,
        **{f"bind-{name}": str(term) for name, term in ROW.items()},
    }


def test_a_program_gets_the_same(whole: FlaskClient) -> None:
    told = whole.get(of_row(whole), headers={"Accept": "application/json"}).json
    [behind] = told["behind"]
    assert behind["pattern"] == "?project teixit:locatedIn ?place"
    assert behind["statements"][0]["sources"][0]["evidence"]["voice"] == "extract"
    assert whole.get(of_row(whole) + "&download=csv").mimetype == "text/csv"


@pytest.mark.parametrize("name", ["who", "why"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_query_one_is_asked_for(whole: FlaskClient, language: str, name: str) -> None:
    text = whole.get(f"/{language}/{name}").text
    assert '<textarea id="query" name="query"' in text
    assert messages(language)[f"{name}.what"] in text


EMPTY = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX teixit: <https://w3id.org/teixit/def#>
SELECT * {
  ?p a teixit:flagshipProject ; rdfs:label ?n .
  FILTER (?n = "can picó" || ?n = "<b>")
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_there_is_no_answer_is_told(whole: FlaskClient, language: str) -> None:
    text = whole.get(f"/{language}/why", query_string={"query": EMPTY}).text
    told = messages(language)
    part = "?p a teixit:flagshipProject"
    assert told["why.silent"].format(line=4, part=part) in text
    assert "teixit:FlagshipProject</code>" in text
    assert f'href="/{language}/query?query=' in text
    assert "<b>" not in text


def test_what_a_filter_was_asked_of_is_shown(whole: FlaskClient) -> None:
    for text, shown in (("?n > 9", "?n = "), ("1 = 2", messages("en")["why.no_examples"])):
        query = f"SELECT * {{ ?p <https://w3id.org/teixit/def#number> ?n FILTER({text} && 1 = 2) }}"
        assert shown in whole.get("/en/why", query_string={"query": query}).text


def test_a_query_with_an_answer_is_said_to_have_one(whole: FlaskClient) -> None:
    found = whole.get("/en/why", query_string={"query": QUERY})
    assert messages("en")["why.answered"] in found.text
    program = {"Accept": "application/json"}
    told = whole.get("/en/why", query_string={"query": EMPTY}, headers=program).json
    assert (told["state"], told["groups"][0][0]["alone"]) == ("empty", 0)


def test_without_a_row_the_first_ones_are_told(whole: FlaskClient) -> None:
    text = whole.get("/en/who", query_string={"query": "SELECT * { ?s ?p ?o }"}).text
    assert messages("en")["who.any"] in text
    assert "the first 20" in text


def test_what_is_behind_an_absence_is_said(whole: FlaskClient) -> None:
    query = "SELECT * { ?s a ?c . FILTER NOT EXISTS { ?s <urn:p> ?o } }"
    assert messages("en")["who.absence"] in whole.get("/en/who", query_string={"query": query}).text


@pytest.mark.parametrize(
    "row",
    [
        {"bind-a": "x"},
        {"bind-a": "<urn:o> . <urn:s> <urn:p> <urn:o>"},
        {"bind-a": "<< <urn:s> <urn:p> <urn:o> >>"},
        {"bind-a": "<<( <urn:s> <urn:p> <urn:o> )>>"},
        {"bind-a b": "<urn:a>"},
        {"bind-": "<urn:a>"},
        {f"bind-a{number}": "<urn:a>" for number in range(101)},
    ],
)
def test_a_row_that_is_none_is_refused(whole: FlaskClient, row: dict[str, str]) -> None:
    found = whole.get("/en/who", query_string={"query": QUERY, **row})
    assert found.status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    "query",
    [
        "nonsense",
        "SELECT * {",
        "DESCRIBE <urn:a>",
        "SELECT * { ?s ?p }",
        "ASK { SERVICE <urn:a> {} }",
    ],
)
@pytest.mark.parametrize("name", ["who", "why"])
def test_a_query_that_is_none_is_refused(whole: FlaskClient, query: str, name: str) -> None:
    found = whole.get(f"/en/{name}", query_string={"query": query})
    assert found.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN}


def test_literals_of_each_kind_come_back_as_they_went(whole: FlaskClient) -> None:
    terms = {
        "a": Literal('"é\n\\'),
        "b": Literal("x", language="ca"),
        "c": Literal("1", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    }
    with whole.application.test_request_context():
        address = reasons.address_of_row("en", "SELECT * { ?s ?p ?a }", terms)
    told = whole.get(address, headers={"Accept": "application/json"}).json
    assert [cell["text"] for _, cell in told["row"]] == [term.value for term in terms.values()]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s a ?c }",
        "SELECT * FROM <urn:x> FROM NAMED <urn:y> WHERE { ?s a ?c }",
        "ASK FROM <urn:x> { ?s a ?c }",
        "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }",
    ],
)
def test_the_graphs_that_a_request_names_are_asked(whole: FlaskClient, query: str) -> None:
    program = {"Accept": "application/json"}
    known = "https://w3id.org/teixit/id/extract-cartobcn"
    for graph, state in (("urn:none", "empty"), (known, "answered")):
        fields = {"query": query, "default-graph-uri": graph, "named-graph-uri": "urn:named"}
        told = whole.get("/en/why", query_string=fields, headers=program).json
        assert told["state"] == state
        assert f"FROM <{graph}> FROM NAMED <urn:named> " in told["query"]
        assert "urn:x" not in told["query"]
    wrong = {"query": query, "default-graph-uri": "no IRI"}
    assert whole.get("/en/who", query_string=wrong).status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("form", ["ASK", "SELECT *"])
def test_an_answer_that_is_empty_leads_to_why_which_asks_the_workers(
    client: Client, form: str
) -> None:
    query = f"{form} {{ ?m a <https://w3id.org/teixit/def#measure> }}"
    fields = {"query": query, "language": "en"}
    text = client.get("/sparql", query_string=fields, headers={"Accept": "text/html"}).text
    [address] = set(re.findall(r'href="(/en/why[^"]+)"', text))
    told = client.get(unescape(address)).text
    assert "<https://w3id.org/teixit/def#Measure>" in unescape(told)
    assert messages("en")["why.helps"] in told


def test_a_row_of_an_answer_leads_to_who_says_so(client: Client) -> None:
    fields = {"query": "SELECT * { GRAPH ?g { ?s <urn:p> ?o } }", "language": "en"}
    text = client.get("/sparql", query_string=fields, headers={"Accept": "text/html"}).text
    told = client.get(unescape(re.findall(r'href="(/en/who[^"]+)"', text)[0])).text
    assert "urn:g:" in told


@pytest.mark.parametrize("name", ["who", "why"])
@pytest.mark.parametrize(
    "query",
    [
        f"ASK {'{' * 5000}{'}' * 5000}",
        "SELECT * { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b ?p '\\ud800' }",
        'SELECT * { ?s ?p "\u202e{}" FILTER(REGEX(?p, "(((")) }',
        "SELECT * { ?s ?p ?o . BIND(BNODE() AS ?b) . ?x ?y ?b }",
        "SELECT (1 AS ?x) {}",
    ],
)
def test_an_odd_query_is_no_fault_of_ours(client: Client, name: str, query: str) -> None:
    found = client.get(f"/es/{name}", query_string={"query": query})
    assert found.status_code in {HTTPStatus.OK, HTTPStatus.BAD_REQUEST}
