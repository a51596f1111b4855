import re

import pytest
from flask import Flask
from werkzeug.exceptions import (
    BadRequest,
    ImATeapot,
    MethodNotAllowed,
    RequestEntityTooLarge,
    RequestTimeout,
)
from werkzeug.test import Client

from teixit.errors import (
    LimitError,
    MediaTypeError,
    NotAcceptableError,
    NotFoundError,
    RefusedError,
    RequestError,
    TooLargeError,
    UpstreamError,
    UpstreamTimeoutError,
)
from teixit.languages import LANGUAGES
from teixit.web import problems
from teixit.web.exchange import Again
from teixit.web.problems import Problem, Wrong
from teixit.web.texts import messages

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("address", "words"),
    [("/ca/res", "Aquí no hi ha res"), ("/en/x", "There is nothing"), ("/x", "Aquí no hay")],
)
def test_an_unknown_address_is_a_page_for_people(client: Client, address: str, words: str) -> None:
    response = client.get(address, headers={"Accept": BROWSER, "Accept-Language": "es"})
    assert response.status_code == 404
    assert words in response.text


@pytest.mark.parametrize("accept", ["*/*", "application/json", "image/png", "text/turtle"])
def test_an_unknown_address_is_a_problem_for_machines(client: Client, accept: str) -> None:
    response = client.get("/x", headers={"Accept": accept})
    assert response.content_type == "application/problem+json"
    assert response.json.items() >= {"status": 404, "title": "Not Found"}.items()


def test_a_fault_of_ours_is_an_error_of_ours_without_its_trace(app: Flask) -> None:
    app.add_url_rule("/fault", view_func=lambda: 1 // 0)
    response = app.test_client().get("/fault", headers={"Accept": BROWSER})
    assert response.status_code == 500
    assert "Ens ha fallat una cosa" in response.text
    assert "ZeroDivisionError" not in response.text


def test_a_fault_behind_a_page_is_a_problem_for_machines(app: Flask) -> None:
    app.add_url_rule("/fault", view_func=lambda: 1 // 0)
    response = app.test_client().get("/fault")
    assert (response.status_code, response.content_type) == (500, "application/problem+json")


LIMITS = [LimitError("said", reason, 7) for reason in ("time", "memory", "answer", "busy", "fault")]
REQUESTS = [RequestError, RefusedError, NotFoundError, NotAcceptableError, TooLargeError]
UPSTREAM = [MediaTypeError, UpstreamError, UpstreamTimeoutError]
HTTP = [BadRequest(), RequestTimeout(), RequestEntityTooLarge(), MethodNotAllowed(["GET"])]
OURS = [*LIMITS, *(error("said") for error in (*REQUESTS, *UPSTREAM))]


@pytest.mark.parametrize("error", [*OURS, *HTTP, ImATeapot()], ids=repr)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_wrong_is_told_in_the_language_of_the_reader(
    app: Flask, error: Wrong, language: str
) -> None:
    problem = Problem.of(error)
    with app.test_request_context("/sparql", headers={"Accept-Language": language}):
        response = problem.page(Again("ASK {}", {}))
    text = response.get_data(as_text=True)
    (title,) = re.findall("<h1>(.+)</h1>", text)
    key = problem.reason or problem.status.value
    assert title == messages(language)[problems._TITLES.get(key, "problem.bad_request")]  # noqa: SLF001
    assert "{" not in re.sub("<textarea.*</textarea>", "", text, flags=re.DOTALL)
    assert response.status_code == problem.status
    assert ("said" in text) == (error in OURS)
    assert (response.headers.get("Retry-After") == "7") == (error in LIMITS)


def test_each_problem_has_its_own_words() -> None:
    assert problems._TITLES.keys() == problems._MENDS.keys()  # noqa: SLF001
    for told in (problems._TITLES, problems._MENDS):  # noqa: SLF001
        assert len(set(told.values())) == len(told)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ca", "l’error és a la línia 2, columna 8"),
        ("es", "el error está en la línea 2, columna 8"),
        ("en", "the error is in line 2, column 8"),
    ],
)
def test_a_slip_in_a_query_is_placed_in_the_language_of_the_reader(
    client: Client, language: str, words: str
) -> None:
    asked = {"query": "ASK {\n?s ?p [", "language": language}
    assert words in client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text


def test_a_page_says_how_to_mend_what_is_wrong(client: Client) -> None:
    asked = {"query": "ASK { SERVICE <http://elsewhere.example/> {} }", "language": "en"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    assert "Take the update or the SERVICE out of the query." in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ca", "amb un d’aquests mètodes: GET, HEAD, OPTIONS."),
        ("es", "con uno de estos métodos: GET, HEAD, OPTIONS."),
        ("en", "by one of these methods: GET, HEAD, OPTIONS."),
    ],
)
def test_a_page_names_the_methods_that_its_address_allows(
    client: Client, language: str, words: str
) -> None:
    response = client.put(f"/{language}/", headers={"Accept": BROWSER})
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert words in response.text


def test_the_english_of_http_itself_is_for_machines(client: Client) -> None:
    assert "not found on the server" in client.get("/res").json["detail"]
    page = client.get("/ca/res", headers={"Accept": BROWSER}).text
    assert "not found on the server" not in page
    assert "el que diu el programa" not in page


def test_a_query_with_a_slip_is_asked_again_of_the_same_graphs(client: Client) -> None:
    asked = {"query": "ASK {", "named-graph-uri": "urn:a"}
    page = client.post("/sparql", data=asked, headers={"Accept": BROWSER}).text
    assert '<input type="hidden" name="named-graph-uri" value="urn:a">' in page
