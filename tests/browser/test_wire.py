"""What a page is on the wire: light, guarded, and without a memory of who asked."""

import gzip
import re
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

import pytest

#: The most that a page and what it is shown with may weigh, in bytes.
MOST = 100_000
SHEET = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|img|image)[^>]* (?:href|src)="([^"]+)"')


def ask(server: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.request("GET", path, headers={"Accept": "text/html,*/*;q=0.8", **headers})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_every_kind_of_page_is_looked_at(without_example: set[str]) -> None:
    assert without_example == set()


def test_a_page_is_light_with_all_that_it_is_shown_with(server: str, address: Any) -> None:
    answer, body = ask(server, address.path, **{"Accept-Encoding": "gzip"})
    assert (answer.status, answer.getheader("Content-Encoding")) == (200, "gzip")
    parts = SHEET.findall(gzip.decompress(body).decode())
    assert parts
    others = [ask(server, part, **{"Accept-Encoding": "gzip"})[1] for part in parts]
    assert len(body) + sum(map(len, others)) < MOST


@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/csv"])
def test_a_page_is_guarded_in_each_form(server: str, one_of_a_kind: Any, accept: str) -> None:
    answer, _ = ask(server, one_of_a_kind.path, Accept=accept, Cookie="a=b")
    policy = answer.getheader("Content-Security-Policy", "")
    rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    own = ["style-src", "img-src", "connect-src", "form-action"]
    if one_of_a_kind.kind == "query.bench":  # it has an editor
        own.append("script-src")
    assert {*rules} == {"default-src", "base-uri", "frame-ancestors", *own}
    assert {rules[name] for name in own} == {"'self'"}
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Referrer-Policy") == "no-referrer"
    if answer.getheader("Content-Type", "").startswith("text/html"):
        assert answer.getheader("Cross-Origin-Opener-Policy") == "same-origin"
        assert "geolocation=()" in answer.getheader("Permissions-Policy", "")
    assert answer.getheader("Set-Cookie") is None
    assert answer.getheader("Server") in {None, "granian"}
