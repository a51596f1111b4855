import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client

from teixit import paths, queries
from teixit.namespaces import PREFIXES
from teixit.pictures.rows import Table
from teixit.protocol import Operation
from teixit.web import pictured
from teixit.web.answering import Answered
from teixit.web.asking import Found

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
BARS = "SELECT ?name ?n { VALUES (?name ?n) { ('<&>' 1) ('b' 2) } }"
LINKS = "CONSTRUCT { <urn:a> <urn:p> <urn:b>, 'x' . <urn:c> <urn:p> <urn:c> } {}"

JSON = "application/sparql-results+json"
QUESTION = next(queries.catalogue(paths.QUESTIONS))


def picture(query: str, view: str, language: str = "en", **more: str) -> str:
    return f"/{language}/query.svg?{urlencode({'query': query, 'view': view, **more})}"


def test_a_picture_is_a_file_that_needs_no_other(client: Client) -> None:
    found = client.get(picture(BARS, "chart"))
    assert found.status_code == 200
    assert found.content_type == "image/svg+xml"
    assert found.headers["Content-Disposition"] == 'inline; filename="teixit-chart.svg"'
    assert ">&lt;&amp;&gt;</text>" in found.text
    assert ">name · n</title>" in found.text
    assert "Rows drawn: 2 of 2." in found.text
    style = re.search(r"<style>(.*)</style>", found.text, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in found.headers["Content-Security-Policy"]
    etag = {"If-None-Match": found.headers["ETag"]}
    assert client.get(picture(BARS, "chart"), headers=etag).status_code == 304
    assert "Filas dibujadas: 2 de 2." in client.get(picture(BARS, "chart", "es")).text


@pytest.mark.parametrize(
    ("query", "media_type", "title"),
    [
        (QUESTION.text, JSON, QUESTION.title["es"]),
        ("SELECT * {}", JSON, "some name"),
        ("CONSTRUCT {} {}", "text/turtle", "Respuesta"),
    ],
)
def test_a_picture_is_called_by_the_question_that_it_answers(
    query: str, media_type: str, title: str
) -> None:
    shape = {"type": "literal", "value": "", "datatype": f"{PREFIXES['geo']}wktLiteral"}
    found = Found(media_type, None, b"", None, cacheable=True, table_total=0, version="")
    table = Table(("some_name", "g"), [{"g": shape}], 1)
    told = Answered(Operation(query), found, table)
    assert pictured.Pictures(None, None, "")._title(told, "es") == title  # type: ignore[arg-type] # noqa: SLF001


def test_what_leads_from_thing_to_thing_in_a_graph_is_a_network(client: Client) -> None:
    found = client.get(picture(LINKS, "network"))
    assert found.status_code == 200
    assert found.text.count('class="box"') == 3
    fleeting = client.get(picture("SELECT ?n (NOW() AS ?w) { VALUES ?n { 'a' } }", "timeline"))
    assert fleeting.headers["Cache-Control"] == "no-store"
    assert "ETag" not in fleeting.headers


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        (picture(BARS, "map"), 404, "it has: chart"),
        (picture("ASK {}", "chart"), 404, "it has: none"),
        (picture(BARS, "table"), 400, "expected one of chart, map"),
        (f"{picture(BARS, 'chart')}&view=map", 400, "expected one of chart, map"),
        (picture("SELECT", "chart"), 400, "not SPARQL"),
        ("/en/query.svg?view=map", 400, "expected one query, found none"),
        (
            picture(
                f"SELECT ?a ?n {{ VALUES (?a ?n) {{ ('{'a' * 7000}' 1) ('b' 2) }} "
                "VALUES ?d { 0 1 2 3 4 5 6 7 8 9 } VALUES ?e { 0 1 2 3 4 5 6 7 8 9 } "
                "VALUES ?f { 1 2 3 } }",
                "chart",
            ),
            503,
            "too long to be drawn",
        ),
    ],
)
def test_what_has_no_such_picture_is_told_so(
    client: Client, address: str, status: int, words: str
) -> None:
    problem = client.get(address)
    assert problem.status_code == status
    assert words in problem.json["detail"]


def test_it_is_only_read(client: Client) -> None:
    assert client.options("/ca/query.svg").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.post("/ca/query.svg", data={"query": "ASK {}"}).status_code == 405
