"""A question at an address for programs: its files, its parameters, and what is told otherwise."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from werkzeug.test import Client

from teixit import paths, queries
from teixit.web import asked

QUESTIONS = [*queries.catalogue()]
TOUCHES = "/questions/cq55-what-touches-a-district"


@pytest.fixture(scope="module")
def questions(live_endpoint: str, through_wire: Callable[[int], Client]) -> Client:
    return through_wire(urlsplit(live_endpoint).port or 0)


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.name)
def test_the_file_is_the_kept_answer(query: queries.Query, questions: Client) -> None:
    ending = next(iter(asked.offered(query)))
    address = f"/questions/{query.name}.{ending}?{urlencode(query.examples)}"
    answer = questions.get(address)
    assert answer.status_code == 200, answer.text
    if ending == "csv":
        kept = (paths.QUESTIONS / f"{query.name}.csv").read_bytes().decode()
        assert answer.text.replace("\r\n", "\n") == kept
    else:
        assert json.loads(answer.text)["boolean"] is False


@pytest.mark.parametrize("ending", ["csv", "json", "tsv", "xml", "xlsx", "parquet"])
def test_each_form_is_an_end_of_the_address(questions: Client, ending: str) -> None:
    answer = questions.get(f"{TOUCHES}.{ending}?district=district-10")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert 'rel="service-desc"' in answer.headers["Link"]
    known = {"If-None-Match": answer.headers["ETag"]}
    again = questions.get(f"{TOUCHES}.{ending}?district=district-10", headers=known)
    assert (again.status_code, again.data) == (304, b"")


def test_a_value_may_be_a_whole_iri(questions: Client) -> None:
    iri = urlencode({"district": "https://w3id.org/teixit/id/district-10"})
    short = questions.get(f"{TOUCHES}.csv?district=district-10")
    assert questions.get(f"{TOUCHES}.csv?{iri}").data == short.data


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (f"{TOUCHES}.csv", 400, "district: the value is missing; expected one of district-01 (C"),
        (f"{TOUCHES}.csv?district=x", 400, "district: 'x' is not here; expected one of district-0"),
        (f"{TOUCHES}.csv?year=2017", 400, "year: no such parameter; expected district"),
        (f"{TOUCHES}.csv?district=a&district=b", 400, "a parameter stands there twice"),
        (f"{TOUCHES}.doc?district=district-10", 404, "expected one of csv, json, tsv, xml, xlsx"),
        ("/questions/cq07-measure-with-an-idle-year.csv", 404, "expected one of json, xml"),
        ("/questions/cq99.csv", 404, "no such question; /openapi.json lists them"),
        ("/questions/", 404, "no such question; /openapi.json lists them"),
    ],
)
def test_what_is_wrong_is_told_with_what_would_be_right(
    questions: Client, address: str, status: int, said: str
) -> None:
    answer = questions.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert said in json.loads(answer.text)["detail"]
    page = questions.get(address, headers={"Accept": "text/html", "Accept-Language": "es"})
    assert (page.status_code, page.mimetype) == (status, "text/html")


def test_these_addresses_are_only_read(questions: Client) -> None:
    for address in (f"{TOUCHES}.csv", "/openapi.json"):
        assert questions.post(address).status_code == 405
        assert questions.options(address).headers["Allow"] == "GET, HEAD, OPTIONS"
        assert questions.head(f"{address}?district=district-10").data == b""


def test_people_are_led_to_the_page_of_the_question(questions: Client) -> None:
    led = questions.get(TOUCHES, headers={"Accept-Language": "en"})
    assert (led.status_code, led.headers["Location"]) == (302, f"/en{TOUCHES}")
    chosen = questions.get(f"{TOUCHES}?district=district-10&x=y", headers={"Accept-Language": "es"})
    assert chosen.headers["Location"] == f"/es{TOUCHES}?district=district-10"
    assert questions.get("/questions").headers["Location"] == "/ca/questions"


def test_the_description_is_known_again(questions: Client) -> None:
    first: Any = questions.get("/openapi.json")
    known = {"If-None-Match": first.headers["ETag"]}
    assert questions.get("/openapi.json", headers=known).status_code == 304


def test_a_graph_without_these_things_says_that_there_are_none(client: Client) -> None:
    answer = client.get(f"{TOUCHES}.csv?district=district-03")
    assert answer.status_code == 400
    assert "of which this graph has none" in json.loads(answer.text)["detail"]
