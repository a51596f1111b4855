import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import Client

from teixit.languages import LANGUAGES
from teixit.web import query_pages
from teixit.web.query_pages import Asked

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SELECT = "SELECT ?p ?o { <urn:m> ?p ?o } ORDER BY ?p ?o"


def asked(query: str, language: str = "en", **more: str) -> str:
    return f"/{language}/query?{urlencode({'query': query, **more})}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_query_there_is_a_form_with_one(client: Client, language: str) -> None:
    page = client.get(f"/{language}/query", headers=BROWSER)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert re.search(r"<textarea[^>]*>\n[^<]*SELECT", page.text)
    assert 'aria-current="page"' in page.text
    assert "noindex" not in page.text
    assert re.search(rf'rel="canonical" href="http[^"]+/{language}/query"', page.text)
    assert 'rel="canonical"' not in client.get(asked("ASK { ?a ?b 1 }", language)).text
    assert client.get(f"/{language}/query?query=%20&view=map").status_code == 200


def test_the_answer_stands_below_the_form_with_its_rows_its_time_and_its_files(
    client: Client,
) -> None:
    page = client.get(asked(SELECT), headers=BROWSER)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-cache"
    form, answer = page.text.split('<section id="answer"')
    assert "SELECT ?p ?o { &lt;urn:m&gt; ?p ?o }" in form
    assert re.search(r"Rows: 4\.\s+Time: \d+ ms\.", answer)
    assert '<td dir="auto" lang="ca">Bastir <span' in answer
    assert re.search(r"<td[^>]*>javascript:a <span", answer)
    assert "download=csv" in answer
    assert "noindex" in page.text


def test_what_was_asked_before_is_known(client: Client) -> None:
    first = client.get(asked("SELECT * { ?a a ?b }"))
    again = client.get(asked("SELECT * { ?a a ?b }", "ca"))
    assert "The answer was known already." not in first.text
    assert "La resposta ja es coneixia." in again.text
    etag = first.headers["ETag"]
    assert etag != again.headers["ETag"]
    known = client.get(asked("SELECT * { ?a a ?b }"), headers={"If-None-Match": etag})
    assert known.status_code == 304


def test_yes_no_and_triples_are_shown(client: Client) -> None:
    assert ">Sí</p>" in client.get(asked("ASK {}", "es")).text
    assert "&lt;urn:b&gt; 1 ." in client.get(asked("CONSTRUCT { <urn:a> <urn:b> 1 } {}")).text
    fleeting = client.get(asked("SELECT (NOW() AS ?now) {}"))
    assert fleeting.headers["Cache-Control"] == "no-store"
    assert "ETag" not in fleeting.headers


def test_the_graphs_and_the_view_of_the_address_are_kept(client: Client) -> None:
    address = asked("ASK { ?s ?p ?o }", view="map", **{"default-graph-uri": "urn:none"})
    page = client.get(address).text
    assert '<input type="hidden" name="default-graph-uri" value="urn:none">' in page
    assert ">No</p>" in page
    assert re.search(r'hreflang="ca"\s+href="/ca/query\?view=map&amp;query=ASK[^"]*urn:none', page)


@pytest.mark.parametrize(
    ("query", "line", "marked"),
    [
        ("SELECT * {\n  ?a ?b }", 2, "  ?a ?b }<mark>⏎</mark></pre>"),
        ("SELECT * {", 1, "SELECT * {<mark>⏎</mark></pre>"),
    ],
)
def test_an_error_is_marked_where_it_is(client: Client, query: str, line: int, marked: str) -> None:
    page = client.get(asked(query), headers=BROWSER)
    assert page.status_code == 400
    assert page.headers["Cache-Control"] == "no-store"
    form, answer = page.text.split('<section id="answer"')
    assert 'aria-invalid="true"' in form
    assert f"the error is in line {line}, column" in answer
    assert marked in answer


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/en/query?query=ASK{}&query=ASK{}", 400, "expected one query, found 2"),
        ("/en/query?query=ASK{}&view=map&view=table", 400, "expected one view, found 2"),
        ("/en/query?query=%FF", 400, "not UTF-8"),
        ("/en/query?update=CLEAR", 403, "updates are refused"),
        (asked("ASK { SERVICE <urn:x> {} }"), 403, "SERVICE"),
    ],
)
def test_what_is_not_answered_is_said_beside_the_form(
    client: Client, address: str, status: int, words: str
) -> None:
    page = client.get(address, headers=BROWSER)
    assert page.status_code == status
    assert words in page.text
    assert "<textarea" in page.text
    problem = client.get(address)
    assert problem.content_type == "application/problem+json"
    assert problem.status_code == status


def test_it_is_only_read(client: Client) -> None:
    assert client.options("/ca/query").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.post("/ca/query", data={"query": "ASK {}"}).status_code == 405
    head = client.head(asked("ASK {}"), headers=BROWSER)
    assert (head.status_code, head.data) == (200, b"")


def test_a_query_that_takes_too_long_is_stopped_and_the_form_says_so(serve, some) -> None:
    digits = "VALUES ?%s { 0 1 2 3 4 5 6 7 8 9 }"
    endless = "SELECT (COUNT(*) AS ?n) { " + " ".join(digits % name for name in "abcdefghij") + "}"
    with serve(some, limits={"seconds": 0.4}) as service:
        page = service.client.get(asked(endless), headers=BROWSER)
        assert page.status_code == 503
        assert page.headers["Retry-After"]
        assert "The query takes too long" in page.text
        assert "abcdefghij"[0] in page.text


def wrong(client: Client, query: str, language: str = "en") -> dict[str, Any]:
    address = f"/syntax?language={language}"
    answer = client.post(address, data=query, content_type="application/sparql-query")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return next(iter(answer.json["errors"]), {})


def test_a_query_is_read_as_it_is_written(client: Client) -> None:
    assert wrong(client, "SELECT * { ?a ?b ?c }") == {}
    found = wrong(client, "SELECT * {\n  ?a ?b }")
    assert (found["line"], found["column"]) == (2, 10)
    assert found["message"].startswith("This is not understood. Here may stand: ")
    assert "near" not in found["message"]
    assert wrong(client, "ASK { ?a foo:b ?c }", "es")["message"].startswith("No se ha dicho antes")
    assert wrong(client, "ASK { SERVICE <urn:x> {} }", "zz")["message"].startswith("Aquest servei")
    assert wrong(client, f"ASK {{ {'{' * 70}")["line"] == 1
    assert wrong(client, f"ASK {{}} # {'x' * 300_000}")["line"] is None


def test_a_query_is_read_by_no_other_methods_than_these(client: Client) -> None:
    assert client.get("/syntax?query=ASK{}").json == {"errors": []}
    assert client.options("/syntax").headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.put("/syntax").status_code == 405
    assert client.get("/syntax").status_code == 400


def test_there_is_an_editor_where_it_was_made_and_a_form_in_any_case(
    app: Flask, tmp_path: Path
) -> None:
    app.static_folder = str(tmp_path)
    with app.test_request_context("/es/query"):
        plain = query_pages.show(Asked())
        (tmp_path / "editor.js").touch()
        page = query_pages.show(Asked())
    assert "<script" not in plain
    assert "<textarea" in plain
    assert '<script type="module" src="/static/editor.js"></script>' in page
    words = json.loads(unescape(re.search(r'data-words="([^"]*)"', page)[1]))  # type: ignore[index]
    assert words["asking"] == "Preguntando…"
    assert 'data-schema="/schema.json?language=es"' in page


def test_only_this_page_may_run_scripts_and_only_ours(client: Client) -> None:
    def policy(address: str) -> str:
        return client.get(address, headers=BROWSER).headers["Content-Security-Policy"]

    assert "script-src" not in policy("/ca/research")
    for address in ("/ca/query", asked("ASK {}"), asked("ASK")):
        assert policy(address) == f"{policy('/ca/research')}; script-src 'self'"
