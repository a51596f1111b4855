"""Requests that break the rules of HTTP, and clients that take all the time they can get."""

import gzip
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from attacks import malformed, wire
from attacks.target import HOME, Neighbour, Scale, Target, innocent

HOST, ASK = malformed.HOST, malformed.ASK
CLOSE = b"Connection: close\r\n"
QUERY = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\n"
#: Of the statuses above 499, those that say what HTTP cannot do, and that there is no room.
HONEST = {501, 503, 505}
MEGABYTE = 1 << 20

#: What is sent, and the statuses that may come back; 0 is the connection closed without a word.
CASES = {
    "cl-te": (
        QUERY + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n",
        {400},
    ),
    "te-cl": (
        QUERY + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
        b"6\r\nASK {}\r\n0\r\n\r\nGET /health HTTP/1.1\r\n" + HOST + b"\r\n",
        {200, 400},  # RFC 9112, section 6.1: by chunks alone, and then the connection is closed
    ),
    "te-te": (
        QUERY + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        {400, 501, 0},
    ),
    "te-obfuscated": (QUERY + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n", {400, 501, 0}),
    "te-space": (QUERY + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", {400, 501, 0}),
    "te-in-http10": (
        QUERY.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n"
        b"6\r\nASK {}\r\n0\r\n\r\n",
        {400, 0, 200},
    ),
    "cl-twice": (QUERY + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {} ", {400}),
    "cl-list": (QUERY + b"Content-Length: 6, 7\r\n\r\nASK {} ", {400}),
    "cl-plus": (QUERY + b"Content-Length: +6\r\n" + CLOSE + b"\r\nASK {}", {400}),
    "cl-overflow": (QUERY + b"Content-Length: 18446744073709551617\r\n\r\nASK {}", {400, 413}),
    "chunk-overflow": (
        QUERY + b"Transfer-Encoding: chunked\r\n\r\n10000000000000006\r\nASK {}\r\n0\r\n\r\n",
        {400, 413, 0},
    ),
    "chunk-negative": (
        QUERY + b"Transfer-Encoding: chunked\r\n\r\n-6\r\nASK {}\r\n0\r\n\r\n", {400, 0}
    ),
    "chunk-extension-flood": (
        QUERY + b"Transfer-Encoding: chunked\r\n\r\n6;" + b"x=y;" * 30_000
        + b"\r\nASK {}\r\n0\r\n\r\n",
        {200, 400, 413, 431, 0},
    ),
    "chunks-of-one-byte": (
        QUERY + b"Transfer-Encoding: chunked\r\n" + CLOSE + b"\r\n"
        + b"".join(b"1\r\n%c\r\n" % c for c in b"ASK {} #" + b"x" * 20_000) + b"0\r\n\r\n",
        {200, 400, 413},
    ),
    "trailers": (
        QUERY + b"Transfer-Encoding: chunked\r\n" + CLOSE + b"\r\n6\r\nASK {}\r\n0\r\n"
        b"Host: evil.example\r\nContent-Length: 9\r\n\r\n",
        {200, 400},
    ),
    "two-hosts": (b"GET " + ASK + b" HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + CLOSE + b"\r\n", {400}),
    "no-host": (b"GET " + ASK + b" HTTP/1.1\r\n" + CLOSE + b"\r\n", {400}),
    "http10-without-host": (b"GET " + ASK + b" HTTP/1.0\r\n\r\n", {200}),
    "absolute-form": (
        b"GET http://127.0.0.1" + ASK + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", {200}
    ),
    "absolute-form-elsewhere": (
        b"GET http://evil.example" + ASK + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
        {200, 400, 404, 421},
    ),
    "connect": (
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
        {400, 405, 501, 0},
    ),
    "options-everything": (
        b"OPTIONS * HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", {200, 204, 400, 404, 405}
    ),
    "trace": (
        b"TRACE / HTTP/1.1\r\n" + HOST + b"Cookie: secret\r\n" + CLOSE + b"\r\n", {405, 501, 400}
    ),
    "long-line": (
        b"GET " + ASK + b"%23" + b"a" * 3_000_000 + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
        {400, 413, 414, 431, 0},
    ),
    "many-headers": (
        b"GET " + ASK + b" HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 50_000 + CLOSE + b"\r\n",
        {400, 413, 431, 0},
    ),
    "long-header": (
        b"GET " + ASK + b" HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 3_000_000 + b"\r\n\r\n",
        {400, 413, 431, 0},
    ),
    "nul-in-target": (
        b"GET /sparql?query=ASK%20%7B%7D\x00 HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", {400, 0}
    ),
    "nul-escaped-in-path": (b"GET /%00 HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", {400, 404}),
    "surrogates": (
        b"GET /sparql?query=ASK%20%7B%7D%23%ED%A0%80 HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", {400}
    ),
    "overlong-utf-8": (
        b"GET /sparql?query=ASK%20%7B%7D%23%C0%AF HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", {400}
    ),
    "surrogates-in-a-body": (
        QUERY + b"Content-Length: 10\r\n" + CLOSE + b"\r\nASK {}#\xed\xa0\x80", {400}
    ),
    "broken-escape": (
        b"GET /sparql?query=ASK%20%7B%7D%23%zz%4 HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", {200, 400}
    ),
    "charset-unknown": (
        QUERY.replace(b"query\r\n", b"query; charset=x-none\r\n")
        + b"Content-Length: 6\r\n" + CLOSE + b"\r\nASK {}",
        {415, 400},
    ),
    "charset-utf-7": (
        QUERY.replace(b"query\r\n", b"query; charset=utf-7\r\n")
        + b"Content-Length: 6\r\n" + CLOSE + b"\r\nASK {}",
        {415, 400},
    ),
    "range": (
        b"GET " + ASK + b" HTTP/1.1\r\n" + HOST + b"Range: bytes=0-0,-1,5-2\r\n" + CLOSE + b"\r\n",
        {200},
    ),
    "accept-flood": (
        b"GET " + ASK + b" HTTP/1.1\r\n" + HOST + b"Accept: " + b'a/b;q=0.1;c="d,e",' * 3_000
        + b"*/*;q=0.1\r\n" + CLOSE + b"\r\n",
        {200, 400, 406, 431},
    ),
    "quality-tricks": (
        b"GET " + ASK + b" HTTP/1.1\r\n" + HOST
        + b"Accept: text/csv;q=nan, */*;q=inf, a/b;q=-0, c/d;q=1e400, e/f;q=\xd9\xa1\r\n"
        + CLOSE + b"\r\n",
        {200, 400, 406},
    ),
    "h2c-upgrade": (
        b"GET " + ASK + b" HTTP/1.1\r\n" + HOST + b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
        b"Connection: Upgrade, HTTP2-Settings\r\n\r\n",
        {200, 400},
    ),
    "h2-preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00" * 200, {400, 505, 0}),
    "tls-hello": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500, {400, 0}),
}  # fmt: skip


@pytest.fixture(scope="module")
def endpoint(target: Target) -> str:
    return target.endpoint


@contextmanager
def open_connections(endpoint: str, data: bytes, count: int) -> Iterator[None]:
    """Hold *count* connections that have sent *data* and keep still."""
    with ExitStack() as stack:
        for _ in range(count):
            connection = stack.enter_context(wire.connected(endpoint))
            connection.sendall(data)
        time.sleep(0.3)
        yield


def require_quick(endpoint: str, bound: float = 0.5) -> None:
    """The innocent get an answer at once, to what was asked before and to what was not."""
    for turn in range(20):
        wait, failure = innocent(endpoint, turn, HOME, fresh=turn % 2 == 0)
        assert not failure
        assert wait <= bound


@pytest.mark.parametrize("name", CASES)
def test_a_request_that_breaks_the_rules(name: str, endpoint: str) -> None:
    data, expected = CASES[name]
    received = wire.raw(endpoint, data, wait=3)
    found = wire.statuses(received)
    assert (found[0] if found else 0) in expected, received[:300]
    assert len(found) < 2, "what was smuggled in was answered"
    assert b"Traceback" not in received
    assert b"secret" not in received


def test_thousands_of_malformed_requests(target: Target, scale: Scale) -> None:
    """No status above 499 but those that are honest, and nothing that is not HTTP."""
    counted: Counter[int] = Counter()
    wrong: list[tuple[list[int], bytes]] = []
    before, processes = target.descriptors(), target.processes()[:2]

    def send(data: bytes) -> None:
        received = wire.raw(target.endpoint, data, wait=0.5, silence=0.1)
        found = wire.statuses(received)
        counted.update(found or [0])
        if any(status >= 500 and status not in HONEST for status in found):
            wrong.append((found, data))
        if received and not received.startswith(b"HTTP/1."):
            wrong.append((found, data))

    with Neighbour(target.endpoint) as neighbour, ThreadPoolExecutor(32) as senders:
        list(senders.map(send, malformed.requests(10_000 if scale.full else 1_500, seed=20261122)))
    sys.stdout.write(f"{sorted(counted.items())} {neighbour.told()}\n")
    assert wrong[:3] == []
    assert {200, 400, 404, 405} <= set(counted), "the requests are all of one kind"
    assert neighbour.failures == []
    time.sleep(1)
    assert target.processes()[:2] == processes, "a process was lost"
    assert target.descriptors() <= before + 20


def test_pipelined_requests_are_answered_in_their_order(endpoint: str) -> None:
    asked = b"".join(
        b"GET /sparql?query=SELECT%%20(%d%%20AS%%20?x)%%7B%%7D HTTP/1.1\r\n" % n + HOST
        + (CLOSE if n == 49 else b"") + b"Accept: text/csv\r\n\r\n"
        for n in range(50)
    )  # fmt: skip
    received = wire.raw(endpoint, asked)
    assert re.findall(rb"x\r?\n(\d+)\r?\n", received) == [b"%d" % n for n in range(50)]


def test_a_thousand_pipelined_requests_stop_nobody(endpoint: str) -> None:
    asked = (b"GET " + ASK + b"%23" + b"x" * 200 + b" HTTP/1.1\r\n" + HOST + b"\r\n") * 1_000
    with open_connections(endpoint, asked, 5):
        require_quick(endpoint)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (b"", 500),
        (b"G", 50),
        (b"GET " + ASK + b" HTTP/1.1\r\n" + HOST + b"X-Slow: ", 50),
        (QUERY + b"Content-Length: 100000\r\n\r\nASK", 50),
        (QUERY + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n", 50),
        (QUERY + b"Content-Length: 6\r\nExpect: 100-continue\r\n\r\n", 50),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 100000\r\n\r\nx", 50),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 100000\r\n\r\nx", 50),
        (b"GET " + ASK + b" HTTP/1.1\r\n" + HOST + b"\r\n", 300),
    ],
    ids=[
        "idle",
        "one-byte",
        "headers",
        "body",
        "chunks",
        "expect",
        "page",
        "get-body",
        "keep-alive",
    ],
)
def test_clients_that_take_their_time_stop_nobody(data: bytes, count: int, endpoint: str) -> None:
    with open_connections(endpoint, data, count):
        require_quick(endpoint)


def test_clients_that_trickle_stop_nobody(endpoint: str) -> None:
    """A byte now and then, so that no time between two bytes is long."""
    with ExitStack() as stack:
        slow = [stack.enter_context(wire.connected(endpoint)) for _ in range(100)]
        for number, connection in enumerate(slow):
            head = QUERY + b"Content-Length: 500\r\n\r\n"
            connection.sendall(head if number % 2 else b"GET /sparql?query=")
        for _ in range(10):
            for connection in slow:
                connection.sendall(b"a")
            require_quick(endpoint)


def test_clients_that_read_slowly_stop_nobody(endpoint: str) -> None:
    """Fifty answers of megabytes, of which nobody takes a byte."""
    asked = b"GET /sparql?query=SELECT%%20*%%20%%7B?s%%20?p%%20?o%%7D%%23%d HTTP/1.1\r\n"
    with ExitStack() as stack:
        for number in range(50):
            source = f"127.0.0.{100 + number % 8}"
            connection = stack.enter_context(wire.connected(endpoint, source=source))
            connection.sendall(asked % (number % 4) + HOST + b"Accept: text/csv\r\n\r\n")
        time.sleep(0.5)
        require_quick(endpoint, bound=1)


def test_connections_beyond_all_bounds_are_let_go_again(target: Target, scale: Scale) -> None:
    before = target.descriptors()
    with ExitStack() as stack:
        for _ in range(900 if scale.full else 400):
            stack.enter_context(wire.connected(target.endpoint))
        require_quick(target.endpoint)
    time.sleep(1)
    assert target.descriptors() <= before + 20


@pytest.mark.parametrize("kind", ["application/sparql-query", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "GZIP", "gzip, gzip", "x-gzip"])
def test_compressed_bodies_are_not_opened(kind: str, encoding: str, endpoint: str) -> None:
    bomb = gzip.compress(b"ASK {} #" + b" " * 50 * MEGABYTE)
    head = b"POST /sparql HTTP/1.1\r\n" + HOST + CLOSE + b"Content-Type: " + kind.encode()
    head += b"\r\nContent-Encoding: " + encoding.encode()
    head += b"\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    (status,) = wire.statuses(wire.raw(endpoint, head + bomb))
    assert status in {400, 413, 415}


@pytest.mark.parametrize("size", [3 * MEGABYTE, 30 * MEGABYTE])
def test_a_body_that_is_too_long_is_refused(size: int, target: Target) -> None:
    before = target.resident()
    data = QUERY + CLOSE + b"Content-Length: %d\r\n\r\nASK {} #" % size + b"x" * (size - 8)
    found = wire.statuses(wire.raw(target.endpoint, data))
    assert found == [413]
    assert target.resident() < before + 64 * MEGABYTE


def test_a_body_without_end_is_refused_before_it_fills_the_memory(target: Target) -> None:
    before = target.resident()
    piece = b"100000\r\n" + b"x" * MEGABYTE + b"\r\n"
    data = QUERY + b"Transfer-Encoding: chunked\r\n\r\n" + piece * 80
    found = wire.statuses(wire.raw(target.endpoint, data, wait=2))
    assert found in ([413], [])
    assert target.resident() < before + 64 * MEGABYTE


def test_forms_with_very_many_fields(endpoint: str) -> None:
    for field in (b"a=b&", b"&", b"default-graph-uri=urn:x&", b"named-graph-uri=&", b"query=&"):
        body = b"query=ASK%7B%7D&" + field * 9_000
        head = b"POST /sparql HTTP/1.1\r\n" + HOST + CLOSE
        head += b"Content-Type: application/x-www-form-urlencoded\r\n"
        data = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
        (status,) = wire.statuses(wire.raw(endpoint, data))
        assert status in {200, 400, 413}
    require_quick(endpoint)


def test_the_cache_keeps_the_answers_to_different_questions_apart(endpoint: str) -> None:
    """By format, by encoding and by language; the host changes nothing that is answered."""
    query = "SELECT ?x { ?x <http://ex.org/v/yes> true }"
    kinds = {"text/csv", "application/sparql-results+json", "application/sparql-results+xml"}
    for _ in range(2):
        for kind in sorted(kinds):
            for accept in (kind, f"{kind} ;q=1", f"{kind.upper()}, */*;q=0.1", f"a/b,{kind}"):
                answer = wire.ask(endpoint, query, accept=accept, method="GET")
                assert answer.media_type == kind
                assert "accept" in answer.headers["vary"].lower()
    for host in ("evil.example", "evil.example:80", "127.0.0.1"):
        answer = wire.ask(
            endpoint, None, accept="text/turtle", method="GET", headers={"Host": host}
        )
        assert answer.status in {200, 400, 421}
        assert b"evil.example" not in answer.body
    for name in ("X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL", "X-Forwarded-Prefix"):
        poisoned = wire.ask(
            endpoint, None, accept="text/html", method="GET", headers={name: "//evil.example"}
        )
        clean = wire.ask(endpoint, None, accept="text/html", method="GET")
        assert b"evil.example" not in poisoned.body + clean.body


def test_a_flood_of_new_requests_empties_no_more_than_the_cache(
    target: Target, scale: Scale
) -> None:
    before = target.resident()
    for n in range(5_000 if scale.full else 500):
        text = f'SELECT ("{n}{"x" * 3_000}" AS ?x) {{}}'
        assert wire.ask(target.endpoint, text, method="GET").status == 200
    assert target.resident() < before + 128 * MEGABYTE


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=y", "../../etc/passwd", '"; x="', "ü\0", ""])
def test_the_name_of_a_download_is_not_the_clients(name: str, endpoint: str) -> None:
    answer = wire.ask(
        endpoint, "ASK {}", method="GET", parameters=f"download={quoted(name)}", accept="*/*"
    )
    assert answer.status in {200, 400, 406}
    assert "set-cookie" not in answer.headers
    told = answer.headers.get("content-disposition", "")
    assert re.fullmatch(r"(attachment; filename=\"?[\w.-]+\"?)?", told), told


def quoted(text: str) -> str:
    """Escape all of *text*."""
    return "".join(f"%{byte:02X}" for byte in text.encode())


def test_what_a_head_request_gets_has_no_body(endpoint: str) -> None:
    data = b"HEAD " + ASK + b" HTTP/1.1\r\n" + HOST + b"\r\n"
    received = wire.raw(endpoint, data * 2 + data.replace(b"\r\n\r\n", b"\r\n" + CLOSE + b"\r\n"))
    assert wire.statuses(received) == [200, 200, 200]
    assert b"boolean" not in received


def test_pages_do_not_run_what_is_in_the_address(endpoint: str) -> None:
    for path in (
        "/<script>alert(1)</script>",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/sparql?query=%3Cscript%3Ealert(1)%3C/script%3E",
    ):
        data = (
            b"GET " + path.encode() + b" HTTP/1.1\r\n" + HOST + CLOSE + b"Accept: text/html\r\n\r\n"
        )
        received = wire.raw(endpoint, data)
        assert wire.statuses(received)[0] in {400, 404}
        assert b"<script>alert" not in received
