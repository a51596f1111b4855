"""Requests that are no HTTP, and clients that take their time: an innocent one never notices."""

import random
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest

#: In continuous integration; by hand, ten thousand have been sent.
MALFORMED = 600
PAUSE = 0.1

SOUND = (
    b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n",
    b'GET /ca/ HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nIf-None-Match: W/"a"\r\n\r\n',
    b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /graphs?graph=urn:x HTTP/1.0\r\n\r\n",
    b"HEAD /graphs?default HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0.5\r\n\r\n",
    b"OPTIONS /sparql HTTP/1.1\r\nHost: a\r\nOrigin: x\r\n\r\n",
    b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
    (
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 6\r\n\r\nASK {}"
    ),
    (
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 18\r\n\r\nquery=ASK%20%7B%7D"
    ),
    (
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n"
    ),
)
SPLINTERS = (
    *(b"\r\n", b"\n", b"\0", b"\xff", b"%", b"%00", b"%ff", b"..", b"//", b" ", b"\t", b":"),
    *(b";q=", b",", b"?", b"&", b"=", b"#", b"a" * 5000, b"HTTP/2.0", b"9" * 20, b"\xc3\xa9"),
    *(b"Host: b\r\n", b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Range: bytes=0-1\r\n"),
    *(b"Transfer-Encoding: chunked\r\n", b"Expect: 100-continue\r\n", b"Upgrade: h2c\r\n"),
    *(b"Connection: close\r\n", b"Accept: */*;q=0\r\n", b"Content-Encoding: gzip\r\n"),
    *(b"X-Forwarded-For: ,,\r\n", b"Accept-Language: \xff\r\n"),
)


def malformed(dice: random.Random) -> bytes:
    """A request that something has happened to."""
    request = bytearray(dice.choice(SOUND))
    for _ in range(dice.choice((1, 1, 2, 2, 3, 6))):
        at = dice.randrange(len(request) + 1)
        match dice.randrange(5):
            case 0:
                request[at:at] = dice.choice(SPLINTERS)
            case 1:
                del request[at : at + dice.randint(1, 8)]
            case 2:
                request[at : at + 1] = bytes([dice.randrange(256)])
            case 3:
                request[at:at] = request[at : at + dice.randint(1, 40)]
            case _:
                end = request.find(b"\r\n", at)
                request[end + 2 : end + 2] = dice.choice(SPLINTERS)
    return bytes(request)


def answer(port: int, request: bytes) -> str:
    """The status that *request* gets, or that the connection is closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=PAUSE) as client:
        found = b""
        with suppress(ConnectionError):
            client.sendall(request)
            try:
                found = client.recv(4096)
            except TimeoutError:  # it waits for more: there is none
                client.shutdown(socket.SHUT_WR)
                client.settimeout(10)
                found = client.recv(4096)
    return found[9:12].decode("latin-1") if found.startswith(b"HTTP/1.") else repr(found[:20])


def test_nothing_that_is_sent_is_a_fault_of_ours(service: Any) -> None:
    dice, seen = random.Random(2016), Counter[str]()  # noqa: S311 - to be drawn alike each time
    for _ in range(MALFORMED):
        request = malformed(dice)
        status = answer(service.port, request)
        assert status == "b''" or status[0] in "1234" or status == "503", request
        seen[status] += 1
    assert seen["400"] > MALFORMED // 10
    assert seen["200"] > MALFORMED // 20
    assert service.process.poll() is None
    assert not [line for line in service.lines if line.get("event") == "fault"]
    assert service.client.get("/health").json["restarts"] == 0


def crowd(port: int, count: int, begun: bytes) -> Iterator[socket.socket]:
    for _ in range(count):
        client = socket.create_connection(("127.0.0.1", port), timeout=10)
        client.sendall(begun)
        yield client


@pytest.mark.parametrize(
    ("count", "begun"),
    [
        (500, b""),
        (50, b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\nX-Slow: "),
        (
            50,
            (
                b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: 100000\r\n\r\nASK"
            ),
        ),
    ],
    ids=["idle", "slow headers", "slow bodies"],
)
def test_slow_clients_hold_up_nobody(service: Any, count: int, begun: bytes) -> None:
    with ExitStack() as held:
        for client in crowd(service.port, count, begun):
            held.enter_context(client)
        times = []
        for number in range(5):
            started = time.monotonic()
            query = {"query": f"ASK {{}} # {number} {count} {begun!r}"}
            assert service.client.get("/sparql", query_string=query).status_code == 200
            times.append(time.monotonic() - started)
    assert min(times) <= 0.5  # as is promised; the best of five, on machines that do other things


def test_a_body_that_is_too_long_is_taken_in_and_refused(service: Any) -> None:
    body = b"ASK {} #".ljust(30_000_000, b"x")
    response = service.client.post("/sparql", data=body, content_type="application/sparql-query")
    assert (response.status_code, response.json["status"]) == (413, 413)
    assert service.client.get("/sparql?query=ASK{}").status_code == 200


def test_who_leaves_frees_the_worker(service: Any) -> None:
    slow = "+".join(f"?a{i}+?b{i}+?c{i}+." for i in range(15))
    query = f"SELECT+(COUNT(*)+AS+?n)+%7B{slow}%7D"
    assert wait_for(service, lambda workers: workers["quick"] + workers["long"] == 0)
    with socket.create_connection(("127.0.0.1", service.port)) as client:
        client.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        assert wait_for(service, lambda workers: workers["quick"] + workers["long"] == 1)
    assert wait_for(service, lambda workers: workers["quick"] + workers["long"] == 0)


def wait_for(service: Any, condition: Any) -> bool:
    for _ in range(80):
        if condition(service.client.get("/health").json["workers"]):
            return True
        time.sleep(0.05)
    return False
