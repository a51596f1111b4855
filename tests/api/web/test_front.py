import asyncio
import io
import json
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from teixit import protocol
from teixit.exporting import Shelf
from teixit.web import pages, sparql
from teixit.web.asking import Asking
from teixit.web.cache import Cache
from teixit.web.clients import Clients
from teixit.web.exported import Exports
from teixit.web.front import Front
from teixit.web.log import Log
from teixit.web.pages import Pages
from teixit.workers import Job, Outcome


def lines(service: Any, query: str, count: int) -> list[dict[str, Any]]:
    """What the log says of *query*, as soon as there are so many lines."""
    digest = sha256(query.encode()).hexdigest()[:12]
    for _ in range(100):
        found = [line for line in service.lines if line.get("query") == digest]
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError(service.lines)


def test_what_is_asked_again_is_answered_at_once_and_alike(service: Any) -> None:
    query = "SELECT * { ?s ?p ?o } # again"
    asked = {"query": query}
    first, second = (service.client.get("/sparql", query_string=asked) for _ in range(2))
    assert first.data == second.data
    del first.headers["Date"], second.headers["Date"]
    assert first.headers == second.headers
    assert [line.get("cache") for line in lines(service, query, 2)] == [None, "reply"]


def test_the_same_query_asked_otherwise_is_not_run_again(service: Any) -> None:
    query = "SELECT * { ?s ?p ?o } # otherwise"
    by_address = service.client.get("/sparql", query_string={"query": query})
    by_form = service.client.post("/sparql", data={"query": query})
    direct = service.client.post("/sparql", data=query, content_type="application/sparql-query")
    assert by_address.data == by_form.data == direct.data
    assert [line.get("cache") for line in lines(service, query, 3)] == [None, "answer", "answer"]


def test_a_header_that_comes_twice_is_read_as_one(client: Client) -> None:
    headers = [("Accept", "text/csv;q=0.1"), ("Accept", "application/xml")]
    for _ in range(2):
        response = client.get("/sparql?query=ASK{}", headers=headers)
        assert response.content_type == "application/xml"


def test_a_line_of_the_log_tells_nothing_of_the_client_or_the_query(service: Any) -> None:
    query = "SELECT ('secret' AS ?x) {}"
    headers = {"User-Agent": "someone", "X-Forwarded-For": "203.0.113.77"}
    service.client.get("/sparql", query_string={"query": query}, headers=headers)
    (line,) = lines(service, query, 1)
    assert line.keys() == {"time", "method", "path", "status", "duration_ms", "bytes", "query"}
    told = json.dumps(line)
    assert not [word for word in ("secret", "someone", "203.0.113", "127.0.0.1") if word in told]


def test_the_log_says_why_there_is_no_answer(service: Any) -> None:
    service.client.get("/sparql?query=ASK{+[")
    (line,) = lines(service, "ASK{ [", 1)
    assert (line["status"], line["reason"]) == (400, "bad_request")


@pytest.mark.parametrize("path", [sparql.PATH, "/graphs", "/health", "/ca/", "/nothing"])
def test_every_answer_keeps_its_reader_safe(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_page_that_is_known_is_not_sent_again(client: Client) -> None:
    etag = client.get("/ca/").headers["ETag"]
    again = client.get("/ca/", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_query_that_takes_too_long_is_stopped_and_says_so(serve: Any, some: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(15)) + "}"
    browser = {"Accept": "text/html"}
    with serve(some, limits={"seconds": 1.0}) as service:
        started = time.monotonic()
        response = service.client.get("/sparql", query_string={"query": slow})
        assert time.monotonic() - started < 1.5 + 3  # the margin that is promised, on slow machines
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert response.headers["Cache-Control"] == "no-store"
        assert response.json.items() >= {"status": 503, "reason": "time"}.items()
        for language, words in (
            ("ca", "L’hem aturada en arribar als 1 segons"),
            ("es", "La hemos detenido al llegar a los 1 segundos"),
            ("en", "We stopped it at 1 seconds"),
        ):
            asked = {"query": slow, "language": language}
            page = service.client.get("/sparql", query_string=asked, headers=browser)
            assert (page.status_code, words in page.text) == (503, True)
            assert "Retry-After" in page.headers
        assert service.client.get("/sparql?query=ASK{}").status_code == 200
        assert {line.get("reason") for line in lines(service, slow, 4)} == {"time"}


class BrokenPool:
    """A pool with a fault of ours; in a real one we know of none."""

    version = "1"

    async def run(self, _job: Job, _client: str) -> Outcome:
        raise ZeroDivisionError("secret")


def answered(app: Flask, accept: bytes) -> tuple[int, bytes, str]:
    """What is answered, and logged, where the pool has a fault."""
    stream, sent = io.BytesIO(), []
    log = Log(stream)

    requests = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Mapping[str, Any]:
        for message in requests:
            return message
        return await asyncio.Event().wait() or {}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    async def run() -> None:
        asking = Asking(BrokenPool(), Cache(1 << 20))  # type: ignore[arg-type]
        made = Pages(app)
        nothing = Exports(Shelf(), Path(), log)
        front = Front(asking, made, protocol.ENDPOINT, Clients(), log, nothing)
        scope = {
            "method": "GET",
            "path": "/sparql",
            "raw_path": b"/sparql",
            "query_string": b"query=ASK{}",
            "http_version": "1.1",
            "client": ("192.0.2.1", 1),
            "headers": [(b"host", b"a"), (b"accept", accept)],
        }
        await front(scope, receive, send)
        made.close()

    asyncio.run(run())
    log.close()
    return sent[0]["status"], sent[1]["body"], stream.getvalue().decode()


def test_a_fault_of_ours_stops_nothing_and_tells_nothing(app: Flask) -> None:
    status, body, told = answered(app, b"*/*")
    assert (status, json.loads(body)["status"]) == (500, 500)
    fault, line = map(json.loads, told.splitlines())
    assert (fault["kind"], line["reason"]) == ("ZeroDivisionError", "internal_server_error")
    assert "secret" not in told + body.decode()
    status, body, _ = answered(app, b"text/html")
    assert (status, "Ens ha fallat una cosa" in body.decode()) == (500, True)


def test_where_no_page_can_be_made_the_problem_is_told_without(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_WAITING", 0)
    status, body, _ = answered(app, b"text/html")
    assert (status, json.loads(body)["title"]) == (500, "Internal Server Error")
