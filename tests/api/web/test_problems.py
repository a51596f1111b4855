import pytest
from flask import Flask
from flask.testing import FlaskClient

from teixit import web

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("address", "words"),
    [("/ca/res", "Aquí no hi ha res"), ("/en/x", "There is nothing"), ("/x", "Aquí no hay")],
)
def test_an_unknown_address_is_a_page_for_people(
    client: FlaskClient, address: str, words: str
) -> None:
    response = client.get(address, headers={"Accept": BROWSER, "Accept-Language": "es"})
    assert response.status_code == 404
    assert words in response.text


@pytest.mark.parametrize("accept", ["*/*", "application/json", "image/png", "text/turtle"])
def test_an_unknown_address_is_a_problem_for_machines(client: FlaskClient, accept: str) -> None:
    response = client.get("/x", headers={"Accept": accept})
    assert response.content_type == "application/problem+json"
    assert response.json.items() >= {"status": 404, "title": "Not Found"}.items()


def test_a_fault_of_ours_is_an_error_of_ours_without_its_trace() -> None:
    app = web.create_app()
    app.add_url_rule("/fault", view_func=lambda: 1 // 0)
    response = app.test_client().get("/fault", headers={"Accept": BROWSER})
    assert response.status_code == 500
    assert "Ens ha fallat una cosa" in response.text
    assert "ZeroDivisionError" not in response.text


@pytest.mark.parametrize("host", ["", "a, b", "a b<script>", "[::1", "a:b"])
def test_a_request_has_one_host(client: FlaskClient, host: str) -> None:
    response = client.get("/ca/", headers={"Host": host})
    assert response.status_code == 400
    assert "expected one Host" in response.json["detail"]


@pytest.mark.parametrize(("version", "status"), [("HTTP/1.0", 200), ("HTTP/1.1", 400)])
def test_only_the_first_http_had_no_host(app: Flask, version: str, status: int) -> None:
    def started(line: str, _headers: object) -> None:
        lines.append(line)

    lines: list[str] = []
    environ = app.test_request_context("/ca/").request.environ | {"SERVER_PROTOCOL": version}
    del environ["HTTP_HOST"]
    b"".join(app.wsgi_app(environ, started))
    assert lines[0].startswith(str(status))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ca", "l’error és a la línia 2, columna 8"),
        ("es", "el error está en la línea 2, columna 8"),
        ("en", "the error is in line 2, column 8"),
    ],
)
def test_a_slip_in_a_query_is_placed_in_the_language_of_the_reader(
    client: FlaskClient, language: str, words: str
) -> None:
    asked = {"query": "ASK {\n?s ?p [", "language": language}
    assert words in client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text


def test_a_page_says_how_to_mend_what_is_wrong(client: FlaskClient) -> None:
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
    client: FlaskClient, language: str, words: str
) -> None:
    response = client.put(f"/{language}/", headers={"Accept": BROWSER})
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert words in response.text


def test_the_english_of_http_itself_is_for_machines(client: FlaskClient) -> None:
    assert "not found on the server" in client.get("/res").json["detail"]
    page = client.get("/ca/res", headers={"Accept": BROWSER}).text
    assert "not found on the server" not in page
    assert "el que diu el programa" not in page


def test_a_query_with_a_slip_is_asked_again_of_the_same_graphs(client: FlaskClient) -> None:
    asked = {"query": "ASK {", "named-graph-uri": "urn:a"}
    page = client.post("/sparql", data=asked, headers={"Accept": BROWSER}).text
    assert '<input type="hidden" name="named-graph-uri" value="urn:a">' in page
