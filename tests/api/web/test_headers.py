import socket
from typing import Any

import pytest

from teixit.web import headers


@pytest.mark.parametrize(
    ("known", "is_named"),
    [
        (None, False),
        ("", False),
        ('W/"a"', True),
        ('"a"', True),
        ('"b", W/"a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
    ],
)
def test_an_etag_is_compared_weakly(known: str | None, *, is_named: bool) -> None:
    assert headers.names(known, 'W/"a"') is is_named


def status(service: Any, request: bytes) -> int:
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as client:
        client.sendall(request)
        return int(client.recv(4096).split()[1])


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (b"Host: a\r\n", 200),
        (b"Host: a.example:8000\r\n", 200),
        (b"Host: [::1]:8000\r\n", 200),
        (b"", 400),
        (b"Host:\r\n", 400),
        (b"Host: a\r\nHost: b\r\n", 400),
        (b"Host: a, b\r\n", 400),
        (b"Host: a b<script>\r\n", 400),
        (b"Host: [::1\r\n", 400),
        (b"Host: a:b\r\n", 400),
    ],
)
def test_a_request_has_one_host(service: Any, host: bytes, expected: int) -> None:
    for _ in range(2):  # what is kept changes nothing
        request = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + host + b"\r\n"
        assert status(service, request) == expected


def test_the_first_http_had_no_host(service: Any) -> None:
    assert status(service, b"GET /ca/ HTTP/1.0\r\n\r\n") == 200


def test_it_is_no_proxy(service: Any) -> None:
    assert status(service, b"CONNECT elsewhere.example:80 HTTP/1.1\r\nHost: a\r\n\r\n") == 405
