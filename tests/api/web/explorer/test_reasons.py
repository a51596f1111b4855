"""The pages that give reasons for an answer."""

from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode

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
