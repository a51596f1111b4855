import json
import re

import pytest
from flask.testing import FlaskClient

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SELECT = "SELECT ?p ?o { <urn:m> ?p ?o } ORDER BY ?p ?o"
HOSTILE = "SELECT </textarea><script>alert(1)</script>"


def test_parameters_of_other_endpoints_are_ignored(client: FlaskClient) -> None:
    address = "/sparql?query=ASK{}&format=turtle&output=turtle&results=turtle"
    assert client.get(address).json["boolean"] is True


def test_a_query_is_answered_in_the_format_that_is_accepted(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "ASK {}"})
    assert response.json == {"head": {}, "boolean": True}
    assert response.content_type == "application/sparql-results+json"
    response = client.post("/sparql", data={"query": SELECT}, headers={"Accept": "text/csv"})
    assert response.text.startswith("p,o\r\n")


def test_a_direct_post_is_answered(client: FlaskClient) -> None:
    response = client.post("/sparql", data="ASK {}", content_type="application/sparql-query")
    assert response.json["boolean"] is True


@pytest.mark.parametrize(
    ("format_", "query", "content_type"),
    [
        ("csv", SELECT, "text/csv; charset=utf-8; header=present"),
        ("json", SELECT, "application/sparql-results+json"),
        ("xml", "ASK {}", "application/sparql-results+xml"),
        ("ttl", "DESCRIBE <urn:m>", "text/turtle; charset=utf-8"),
    ],
)
def test_the_address_can_name_a_file(
    client: FlaskClient, format_: str, query: str, content_type: str
) -> None:
    parameters = {"query": query, "download": format_}
    response = client.get("/sparql", query_string=parameters, headers={"Accept": BROWSER})
    assert response.content_type == content_type
    assert response.headers["Content-Disposition"] == f"attachment; filename=teixit.{format_}"


@pytest.mark.parametrize("formats", [["docx"], ["csv", "json"], ["x\r\nX-Injected: 1"]])
def test_an_unknown_file_is_refused(client: FlaskClient, formats: list[str]) -> None:
    response = client.get("/sparql", query_string={"query": SELECT, "download": formats})
    assert response.status_code == 400
    assert "download: expected one of csv, json" in response.json["detail"]


def test_browsers_see_a_table_and_may_follow_web_addresses_only(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": SELECT}, headers={"Accept": BROWSER})
    assert response.content_type == "text/html; charset=utf-8"
    assert '<td dir="auto" lang="ca">Bastir</td>' in response.text
    assert "&lt;b&gt;&amp;amp;" in response.text
    assert '<td dir="auto">javascript:a</td>' in response.text
    assert "download=csv" in response.text


def test_what_is_ours_is_described_here_and_the_rest_where_it_is(client: FlaskClient) -> None:
    query = "SELECT * { VALUES ?x { <https://w3id.org/teixit/def#Plan> <http://other.example/> } }"
    asked = {"query": query, "language": "en"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    assert '<a href="http://other.example/">' in page
    (link,) = re.findall('<a href="([^"]+)">teixit:Plan</a>', page)
    address = link.replace("&amp;", "&")
    assert address.endswith("&language=en")
    described = client.get(address, headers={"Accept": BROWSER}).text
    assert "DESCRIBE &lt;https://w3id.org/teixit/def#Plan&gt;" in described


def test_browsers_see_yes_no_and_triples(client: FlaskClient) -> None:
    def page(query: str) -> str:
        parameters = {"query": query, "language": "es", "default-graph-uri": "urn:none"}
        return client.get("/sparql", query_string=parameters, headers={"Accept": BROWSER}).text

    assert ">Sí</p>" in page("ASK {}")
    assert ">No</p>" in page("ASK { ?s ?p ?o }")
    assert "&lt;urn:a&gt; &lt;urn:b&gt; 1 ." in page("CONSTRUCT { <urn:a> <urn:b> 1 } {}")
    assert "Ninguna afirmación." in page("CONSTRUCT WHERE { ?s ?p ?o }")
    assert "default-graph-uri=urn:none&amp;language=en" in page("ASK {}")


def test_a_long_table_is_cut_and_says_so(client: FlaskClient) -> None:
    digits = "VALUES ?%s { 0 1 2 3 4 5 6 7 8 9 }"
    query = "SELECT * { " + " ".join(digits % name for name in "abcd") + " }"
    parameters = {"query": query, "language": "ca"}
    text = client.get("/sparql", query_string=parameters, headers={"Accept": BROWSER}).text
    assert "Files: 10.000. Se’n mostren les primeres 1.000" in text
    assert text.count("<tr>") == 1001


@pytest.mark.parametrize(("length", "count"), [(300, 0), (301, 1)])
def test_a_long_text_is_cut_and_says_so(client: FlaskClient, length: int, count: int) -> None:
    asked = {"query": f"SELECT ('{'a' * length}' AS ?x) {{}}", "language": "en"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    assert page.count("Long texts are cut off with “[…]”; the files have them whole.") == count
    assert page.count("a […]</td>") == count


def test_numbers_stand_under_their_heading(client: FlaskClient) -> None:
    asked = {"query": "SELECT (1 AS ?number) ('a' AS ?word) {}"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    assert '<th scope="col" class="number">number</th><th scope="col">word</th>' in page
    assert '<td class="number" dir="auto">1</td>' in page


def test_a_form_is_as_wishful_as_an_address(client: FlaskClient) -> None:
    form = {"query": SELECT, "language": "es", "download": "csv"}
    response = client.post("/sparql", data=form, headers={"Accept": BROWSER})
    assert response.headers["Content-Disposition"] == "attachment; filename=teixit.csv"
    assert response.text.startswith("p,o\r\n")
    del form["download"]
    page = client.post("/sparql", data=form, headers={"Accept": BROWSER}).text
    assert '<html lang="es">' in page
    page = client.post("/sparql?language=en", data=form, headers={"Accept": BROWSER}).text
    assert '<html lang="en">' in page


def test_one_file_is_asked_for(client: FlaskClient) -> None:
    form = {"query": SELECT, "download": "csv"}
    assert client.post("/sparql?download=json", data=form).status_code == 400


def test_a_form_that_cannot_be_read_is_a_problem(client: FlaskClient) -> None:
    form = "application/x-www-form-urlencoded"
    response = client.post("/sparql", data="query=%", content_type=form)
    assert (response.status_code, "%25" in response.json["detail"]) == (400, True)


def test_asking_again_asks_the_same_graphs(client: FlaskClient) -> None:
    graphs = {"default-graph-uri": ["urn:a", "urn:b"], "named-graph-uri": ["urn:c"]}
    asked = {"query": "ASK {}", **graphs}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    fields = re.findall('<input type="hidden" name="([a-z-]+-uri)" value="([^"]+)">', page)
    assert fields == [(name, iri) for name, iris in graphs.items() for iri in iris]


@pytest.mark.parametrize(
    ("query", "rows"),
    [("ASK {}", 4), ("ASK {\n\n\n\n\n}", 6), ("ASK {}" + "\n" * 40, 14), ("ASK {}" + " " * 500, 7)],
)
def test_the_field_is_as_high_as_the_query(client: FlaskClient, query: str, rows: int) -> None:
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER}).text
    assert f' rows="{rows}"' in page


def test_a_question_has_its_title(client: FlaskClient) -> None:
    link = client.get("/en/").text.split('<li><a href="/sparql?')[1].split("</a>")[0]
    address, title = link.split('">')
    response = client.get(f"/sparql?{address.replace('&amp;', '&')}", headers={"Accept": BROWSER})
    assert f"<h1>{title}</h1>" in response.text


def test_machines_get_a_problem(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "ASK {\n?s ?p ["})
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.json["title"] == "Bad Request"
    assert (response.json["line"], response.json["column"]) == (2, 8)


def test_people_get_a_page_with_their_query_made_harmless(client: FlaskClient) -> None:
    parameters = {"query": HOSTILE, "language": "es"}
    response = client.get("/sparql", query_string=parameters, headers={"Accept": BROWSER})
    assert response.status_code == 400
    assert "<h1>No entendemos la petición</h1>" in response.text
    assert "SELECT &lt;/textarea&gt;&lt;script&gt;" in response.text
    assert "<script" not in response.text


@pytest.mark.parametrize(
    ("query", "status"),
    [("ASK { SERVICE <http://elsewhere.example/> {} }", 403), ("CLEAR ALL", 400)],
)
def test_what_is_never_done_is_refused(client: FlaskClient, query: str, status: int) -> None:
    assert client.post("/sparql", data={"query": query}).status_code == status
    assert client.post("/sparql", data={"update": query}).status_code == 403


def test_a_picture_of_the_answer_is_not_on_offer(client: FlaskClient) -> None:
    headers = {"Accept": "image/png"}
    response = client.get("/sparql", query_string={"query": SELECT}, headers=headers)
    assert response.status_code == 406
    assert "application/sparql-results+json" in response.json["detail"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_named_and_refused(client: FlaskClient, method: str) -> None:
    response = getattr(client, method)("/sparql")
    assert response.status_code == 405
    assert {"GET", "HEAD", "OPTIONS", "POST"} == set(response.headers["Allow"].split(", "))


def test_head_is_get_without_the_answer(client: FlaskClient) -> None:
    assert client.head("/sparql?query=ASK{}").status_code == 200
    response = client.head("/sparql?query=ASK{")
    assert (response.status_code, response.data) == (400, b"")


def test_pages_of_others_may_ask(client: FlaskClient) -> None:
    response = client.options("/sparql", headers={"Origin": "https://other.example"})
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Access-Control-Allow-Origin" not in client.get("/ca/").headers


def test_caches_and_browsers_are_told_what_they_need(client: FlaskClient) -> None:
    headers = client.get("/sparql?query=ASK{}").headers
    assert headers["Vary"] == "Accept, Accept-Language"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


def test_too_long_and_packed_bodies_are_refused(client: FlaskClient) -> None:
    long = b"ASK {} #" + b" " * (1 << 20)
    response = client.post("/sparql", data=long, content_type="application/sparql-query")
    assert (response.status_code, response.json["status"]) == (413, 413)
    packed = {"Content-Encoding": "gzip", "Content-Type": "application/sparql-query"}
    assert client.post("/sparql", data=b"x", headers=packed).status_code == 415


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "text/turtle; charset=utf-8"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
    ],
)
def test_without_a_query_the_service_is_described(
    client: FlaskClient, accept: str | None, content_type: str
) -> None:
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})
    assert response.content_type == content_type
    assert "https://w3id.org/teixit/sparql" in response.text


def test_the_description_is_not_written_by_the_host_header(client: FlaskClient) -> None:
    headers = {"Host": "evil.example", "Accept": "application/ld+json"}
    described = json.loads(client.get("/sparql", headers=headers).text)
    assert "evil.example" not in str(described)


def test_without_a_query_people_are_led_to_the_form(client: FlaskClient) -> None:
    headers = {"Accept": BROWSER, "Accept-Language": "en"}
    response = client.get("/sparql", headers=headers)
    assert (response.status_code, response.location) == (303, "/en/#ask")
