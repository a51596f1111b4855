import gzip
import json
import re
import socket
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client

from teixit import paths, queries, tabular
from teixit.web import formats

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SELECT = "SELECT ?p ?o { <urn:m> ?p ?o } ORDER BY ?p ?o"
HOSTILE = "SELECT </textarea><script>alert(1)</script>"


def test_parameters_of_other_endpoints_are_ignored(client: Client) -> None:
    address = "/sparql?query=ASK{}&format=turtle&output=turtle&results=turtle"
    assert client.get(address).json["boolean"] is True


def test_a_query_is_answered_in_the_format_that_is_accepted(client: Client) -> None:
    response = client.get("/sparql", query_string={"query": "ASK {}"})
    assert response.json == {"head": {}, "boolean": True}
    assert response.content_type == "application/sparql-results+json"
    response = client.post("/sparql", data={"query": SELECT}, headers={"Accept": "text/csv"})
    assert response.text.startswith("p,o\r\n")


def test_a_direct_post_is_answered(client: Client) -> None:
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
    client: Client, format_: str, query: str, content_type: str
) -> None:
    parameters = {"query": query, "download": format_}
    response = client.get("/sparql", query_string=parameters, headers={"Accept": BROWSER})
    assert response.content_type == content_type
    assert response.headers["Content-Disposition"] == f"attachment; filename=teixit.{format_}"


@pytest.mark.parametrize("formats", [["docx"], ["csv", "json"], ["x\r\nX-Injected: 1"]])
def test_an_unknown_file_is_refused(client: Client, formats: list[str]) -> None:
    response = client.get("/sparql", query_string={"query": SELECT, "download": formats})
    assert response.status_code == 400
    assert "download: expected one of csv, json" in response.json["detail"]


def test_browsers_see_a_table_and_may_follow_web_addresses_only(client: Client) -> None:
    response = client.get("/sparql", query_string={"query": SELECT}, headers={"Accept": BROWSER})
    assert response.content_type == "text/html; charset=utf-8"
    assert '<td dir="auto" lang="ca">Bastir <span' in response.text
    assert "&lt;b&gt;&amp;amp;" in response.text
    assert '<td dir="auto">javascript:a <span' in response.text
    assert "download=csv" in response.text


def test_what_is_ours_is_described_here_and_the_rest_where_it_is(client: Client) -> None:
    base = "https://w3id.org/teixit/"
    query = f"SELECT * {{ VALUES ?x {{ <{base}def#Plan> <{base}id/a> <http://other.example/> }} }}"
    asked = {"query": query, "language": "en"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    assert '<a href="http://other.example/">' in page
    assert '<a href="/doc/a.en.html">id:a</a>' in page
    assert re.search('<a href="/(?:en/)?def#Plan">teixit:Plan</a>', page)


def test_browsers_see_yes_no_and_triples(client: Client) -> None:
    def page(query: str) -> str:
        parameters = {"query": query, "language": "es", "default-graph-uri": "urn:none"}
        return client.get("/sparql", query_string=parameters, headers={"Accept": BROWSER}).text

    assert ">Sí</p>" in page("ASK {}")
    assert ">No</p>" in page("ASK { ?s ?p ?o }")
    assert "&lt;urn:a&gt; &lt;urn:b&gt; 1 ." in page("CONSTRUCT { <urn:a> <urn:b> 1 } {}")
    assert "Ninguna afirmación." in page("CONSTRUCT WHERE { ?s ?p ?o }")
    assert "default-graph-uri=urn:none&amp;language=en" in page("ASK {}")


def test_a_long_table_is_cut_and_says_so(client: Client) -> None:
    digits = "VALUES ?%s { 0 1 2 3 4 5 6 7 8 9 }"
    query = "SELECT * { " + " ".join(digits % name for name in "abcd") + " }"
    parameters = {"query": query, "language": "ca"}
    text = client.get("/sparql", query_string=parameters, headers={"Accept": BROWSER}).text
    assert "Files: 10.000. Se’n mostren les primeres 1.000" in text
    assert text.count("<tr>") == 1001


@pytest.mark.parametrize(("length", "count"), [(300, 0), (301, 1)])
def test_a_long_text_is_cut_and_says_so(client: Client, length: int, count: int) -> None:
    asked = {"query": f"SELECT ('{'a' * length}' AS ?x) {{}}", "language": "en"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    assert page.count("Long texts are cut off with “[…]”; the files have them whole.") == count
    assert page.count("a […]</td>") == count


def test_numbers_stand_under_their_heading(client: Client) -> None:
    asked = {"query": "SELECT (1 AS ?number) ('a' AS ?word) {}"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    assert (
        '<th scope="col" class="number">number <span class="iri">nombre enter</span></th>' in page
    )
    assert '<th scope="col">word <span class="iri">text</span></th>' in page
    assert '<td class="number" dir="auto">1</td>' in page


def test_a_form_is_as_wishful_as_an_address(client: Client) -> None:
    form = {"query": SELECT, "language": "es", "download": "csv"}
    response = client.post("/sparql", data=form, headers={"Accept": BROWSER})
    assert response.headers["Content-Disposition"] == "attachment; filename=teixit.csv"
    assert response.text.startswith("p,o\r\n")
    del form["download"]
    page = client.post("/sparql", data=form, headers={"Accept": BROWSER}).text
    assert '<html lang="es">' in page
    page = client.post("/sparql?language=en", data=form, headers={"Accept": BROWSER}).text
    assert '<html lang="en">' in page


def test_one_file_is_asked_for(client: Client) -> None:
    form = {"query": SELECT, "download": "csv"}
    assert client.post("/sparql?download=json", data=form).status_code == 400


def test_a_form_that_cannot_be_read_is_a_problem(client: Client) -> None:
    form = "application/x-www-form-urlencoded"
    response = client.post("/sparql", data="query=%", content_type=form)
    assert (response.status_code, "%25" in response.json["detail"]) == (400, True)


def test_asking_again_asks_the_same_graphs(client: Client) -> None:
    graphs = {"default-graph-uri": ["urn:a", "urn:b"], "named-graph-uri": ["urn:c"]}
    asked = {"query": "ASK {}", **graphs}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    fields = re.findall('<input type="hidden" name="([a-z-]+-uri)" value="([^"]+)">', page)
    assert fields == [(name, iri) for name, iris in graphs.items() for iri in iris]


@pytest.mark.parametrize(
    ("query", "rows"),
    [("ASK {}", 4), ("ASK {\n\n\n\n\n}", 6), ("ASK {}" + "\n" * 40, 14), ("ASK {}" + " " * 500, 7)],
)
def test_the_field_is_as_high_as_the_query(client: Client, query: str, rows: int) -> None:
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER}).text
    assert f' rows="{rows}"' in page


def test_a_question_has_its_title(client: Client) -> None:
    question = queries.named("cq01-measures-of-the-line", paths.QUESTIONS)
    asked = {"query": question.text, "language": "en"}
    response = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER})
    assert f"<h1>{question.title['en']}</h1>" in response.text


def test_machines_get_a_problem(client: Client) -> None:
    response = client.get("/sparql", query_string={"query": "ASK {\n?s ?p ["})
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.json["title"] == "Bad Request"
    assert (response.json["line"], response.json["column"]) == (2, 8)


def test_people_get_a_page_with_their_query_made_harmless(client: Client) -> None:
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
def test_what_is_never_done_is_refused(client: Client, query: str, status: int) -> None:
    assert client.post("/sparql", data={"query": query}).status_code == status
    assert client.post("/sparql", data={"update": query}).status_code == 403


def test_a_picture_of_the_answer_is_not_on_offer(client: Client) -> None:
    headers = {"Accept": "image/png"}
    response = client.get("/sparql", query_string={"query": SELECT}, headers=headers)
    assert response.status_code == 406
    assert "application/sparql-results+json" in response.json["detail"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_named_and_refused(client: Client, method: str) -> None:
    response = getattr(client, method)("/sparql")
    assert response.status_code == 405
    assert {"GET", "HEAD", "OPTIONS", "POST"} == set(response.headers["Allow"].split(", "))


def test_head_is_get_without_the_answer(client: Client) -> None:
    assert client.head("/sparql?query=ASK{}").status_code == 200
    response = client.head("/sparql?query=ASK{")
    assert (response.status_code, response.data) == (400, b"")


def test_pages_of_others_may_ask(client: Client) -> None:
    response = client.options("/sparql", headers={"Origin": "https://other.example"})
    assert (response.status_code, response.data) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
    assert response.headers["Access-Control-Allow-Methods"] == response.headers["Allow"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert client.get("/ca/").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/sparql?query=ASK{", "/graphs?graph=urn:none", "/health?"])
def test_pages_of_others_see_what_is_wrong(client: Client, address: str) -> None:
    assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"


def test_caches_and_browsers_are_told_what_they_need(client: Client) -> None:
    headers = client.get("/sparql?query=ASK{}").headers
    assert headers["Vary"] == "Accept, Accept-Datetime, Accept-Encoding, Accept-Language"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in headers


def test_an_answer_that_is_known_is_not_sent_again(client: Client) -> None:
    asked = {"query_string": {"query": "ASK { <urn:m> ?p ?o }"}}
    first = client.get("/sparql", **asked)
    etag = first.headers["ETag"]
    assert etag.startswith('W/"')
    for known in (etag, etag.removeprefix("W/"), f'"x", {etag}'):
        again = client.get("/sparql", **asked, headers={"If-None-Match": known})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert client.get("/sparql", **asked, headers={"If-None-Match": '"x"'}).data == first.data


def test_the_etag_says_which_answer_it_is(client: Client) -> None:
    def etag(query: str = "ASK {}", **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = {"query": query}
        return client.get("/sparql", query_string=asked, headers=named).headers["ETag"]

    etags = [etag(), etag("ASK { }"), etag(Accept="application/xml"), etag(Accept="text/html")]
    etags += [etag(Accept="text/html", Accept_Language="es"), etag(Accept_Encoding="gzip")]
    assert len(set(etags)) == len(etags)
    assert etag() == etags[0]


def test_a_form_is_answered_whatever_is_known(client: Client) -> None:
    known = {"If-None-Match": client.get("/sparql?query=ASK{}").headers["ETag"]}
    assert client.post("/sparql", data={"query": "ASK{}"}, headers=known).status_code == 200


def test_an_answer_that_is_known_is_not_even_looked_for(client: Client) -> None:
    asked = {"query": "SELECT (2 AS ?two) {}"}
    known = {"If-None-Match": client.get("/sparql", query_string=asked).headers["ETag"]}
    again = client.get("/sparql", query_string={**asked, "more": "1"}, headers=known)
    assert (again.status_code, again.data) == (304, b"")


def test_a_page_that_is_known_is_not_made_again(client: Client) -> None:
    asked = {"query": "SELECT (1 AS ?one) {}", "language": "en"}
    headers = {"Accept": BROWSER, "Accept-Encoding": "gzip"}
    page = client.get("/sparql", query_string=asked, headers=headers)
    known = {**headers, "If-None-Match": page.headers["ETag"]}
    # Another parameter, so that the request is new, though the answer is not.
    again = client.get("/sparql", query_string={**asked, "more": "1"}, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    any_other = {**headers, "If-None-Match": "*"}
    new = client.get("/sparql", query_string={**asked, "more": "2"}, headers=any_other)
    assert (new.status_code, new.data) == (304, b"")


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()", "STRUUID()"])
def test_what_is_different_each_time_is_not_kept(client: Client, function: str) -> None:
    asked = {"query": f"SELECT ({function} AS ?x) {{}}"}
    first, second = (client.get("/sparql", query_string=asked) for _ in range(2))
    assert first.data != second.data or function == "NOW()"
    assert first.headers["Cache-Control"] == "no-store"
    assert "ETag" not in first.headers
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER})
    assert (page.headers["Cache-Control"], page.headers.get("ETag")) == ("no-store", None)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip", "gzip"), ("*", "gzip"), ("gzip;q=0", None), ("identity, gzip;q=0.5", None)],
)
def test_a_long_answer_is_packed_where_that_is_liked(
    client: Client, accepted: str, encoding: str | None
) -> None:
    query = "SELECT * { " + " ".join(f"VALUES ?{name} {{ 1 2 3 4 5 6 7 8 9 }}" for name in "abc")
    asked = {"query": f"{query} }}", "download": "csv"}
    response = client.get("/sparql", query_string=asked, headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    body = gzip.decompress(response.data) if encoding else response.data
    assert body.startswith(b"a,b,c\r\n")
    assert body.count(b"\r\n") == 730


def test_places_on_a_map_are_given_to_those_who_name_them(client: Client) -> None:
    wkt = "http://www.opengis.net/ont/geosparql#wktLiteral"
    query = {"query": f"SELECT ('POINT(2 41)'^^<{wkt}> AS ?where) ('x' AS ?name) {{}}"}
    named = {"Accept": "application/geo+json"}
    response = client.get("/sparql", query_string=query, headers=named)
    assert response.content_type == "application/geo+json"
    assert response.json["features"][0]["geometry"]["coordinates"] == [2, 41]
    other = client.get("/sparql", query_string=query, headers={"Accept": "application/*"})
    assert other.content_type == "application/sparql-results+json"
    nowhere = client.get("/sparql?query=SELECT*{}", headers=named)
    assert nowhere.status_code == 406


@pytest.mark.parametrize(
    ("name", "media_type", "begins"),
    [("xlsx", tabular.XLSX, b"PK"), ("parquet", tabular.PARQUET, b"PAR1")],
)
def test_rows_are_given_as_files_with_types_to_those_who_name_them(
    client: Client, name: str, media_type: str, begins: bytes
) -> None:
    query = {"query": "SELECT (1 AS ?x) {}"}
    response = client.get("/sparql", query_string={**query, "download": name})
    assert response.content_type == media_type
    assert response.headers["Content-Disposition"] == f"attachment; filename=teixit.{name}"
    assert response.data.startswith(begins)
    accepted = client.get("/sparql", query_string=query, headers={"Accept": media_type})
    assert accepted.data == response.data
    graph = {"query": "DESCRIBE <urn:m>", "download": name}
    assert client.get("/sparql", query_string=graph).status_code == 406


def test_too_long_and_packed_bodies_are_refused(client: Client) -> None:
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
    client: Client, accept: str | None, content_type: str
) -> None:
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})
    assert response.content_type == content_type
    assert re.search(r"http://127\.0\.0\.1:\d+/sparql[\">]", response.text)


def test_the_description_is_not_written_by_the_host_header(client: Client) -> None:
    headers = {"Host": "evil.example", "Accept": "application/ld+json"}
    described = json.loads(client.get("/sparql", headers=headers).text)
    assert "evil.example" not in str(described)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ca", ("Punt de consulta", "10 segons", "512 MB", "256 MB", "Feu la vostra pregunta")),
        ("es", ("Punto de consulta", "10 segundos", "Haga su pregunta")),
        ("en", ("endpoint", "10 seconds", "SPARQLWrapper(&#34;", "curl http://127.0.0.1:")),
    ],
)
def test_without_a_query_people_are_told_how_to_ask(
    client: Client, language: str, words: tuple[str, ...]
) -> None:
    headers = {"Accept": BROWSER, "Accept-Language": language}
    response = client.get("/sparql", headers=headers)
    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    assert f'<html lang="{language}">' in response.text
    assert [word for word in words if word.replace("&#34;", '"') not in response.text] == []
    assert response.text.count("<h1>") == 1
    assert "<script" not in response.text
    assert all(name in response.text for name in formats.FORMATS)
    chosen = client.get("/sparql?language=es", headers=headers)
    assert '<html lang="es">' in chosen.text


DIGITS = " ".join(f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcde")


def test_a_long_answer_is_sent_whole(service: Any) -> None:
    asked = {"query": f"SELECT * {{ {DIGITS} }}", "download": "csv"}
    response = service.client.get("/sparql", query_string=asked)
    assert response.status_code == 200
    lines = response.data.split(b"\r\n")
    assert (lines[0], len(lines), lines[-1]) == (b"a,b,c,d,e", 100_002, b"")
    head = service.client.head("/sparql", query_string=asked)
    assert head.headers["Content-Length"] == str(len(response.data))
    assert head.data == b""


def test_who_leaves_a_long_answer_hurts_nobody(service: Any) -> None:
    query = f"SELECT * {{ {DIGITS} {DIGITS.split('}')[0].replace('?a', '?f')}}} }}"
    asked = urlencode({"query": query, "download": "csv"})
    for _ in range(6):  # more than a client may have at a time
        with socket.create_connection(("127.0.0.1", service.port), timeout=30) as client:
            client.sendall(f"GET /sparql?{asked} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            assert client.recv(1000).startswith(b"HTTP/1.1 200")
    assert service.client.get("/sparql?query=ASK{}").status_code == 200


@pytest.mark.parametrize(("doublings", "status"), [(12, 200), (16, 200), (18, 503)])
def test_rows_that_are_too_long_for_a_page_are_not_shown(
    client: Client, doublings: int, status: int
) -> None:
    longer = " ".join(
        f"BIND(CONCAT(?x{number}, ?x{number}) AS ?x{number + 1})" for number in range(doublings)
    )
    rows = "VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 }"
    query = f"SELECT ?x{doublings} {{ {rows} BIND('a' AS ?x0) {longer} }}"
    asked = {"query": query, "language": "en"}
    response = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER})
    assert response.status_code == status
    told = {12: "Rows: 100.", 16: "The first 20 are shown", 18: "The answer is too long"}
    assert told[doublings] in response.text


def test_a_long_graph_is_shown_in_part(client: Client) -> None:
    number = "BIND(?a + 10 * ?b + 100 * ?c + 1000 * ?d + 10000 * ?e AS ?n)"
    query = f"CONSTRUCT {{ <urn:a> <urn:b> ?n }} {{ {DIGITS} {number} }}"
    asked = {"query": query, "language": "en"}
    page = client.get("/sparql", query_string=asked, headers={"Accept": BROWSER}).text
    assert "Its beginning is shown; the files have it whole." in page
    assert 200_000 < len(page) < 700_000


def test_a_graph_comes_as_it_is_liked_even_where_pages_are_liked_too(client: Client) -> None:
    asked = {"query": "CONSTRUCT { <urn:a> <urn:b> 1 } {}"}
    headers = {"Accept": "text/turtle, text/html;q=0.9"}
    response = client.get("/sparql", query_string=asked, headers=headers)
    assert response.content_type == "text/turtle; charset=utf-8"
    table = client.get("/sparql?query=SELECT*{}", headers=headers)
    assert table.content_type == "text/html; charset=utf-8"
