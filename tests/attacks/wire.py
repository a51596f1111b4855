"""Requests as attackers send them: whole ones, and bytes as they are."""

import csv
import http.client
import io
import json
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree as ET

from pyoxigraph import RdfFormat, parse

#: How much of an answer an attacker reads before it has seen enough, in bytes.
ENOUGH = 600_000_000
_GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


@dataclass
class Answer:
    """What came back.

    Args:
        status: 0 where nothing came back.
        headers: With small letters.
        seconds: Until the last byte.
        cut: Whether the body ended before its time, or never.
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0
    cut: str = ""

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def reason(self) -> str:
        """The reason of a problem document (RFC 9457)."""
        if self.media_type != "application/problem+json":
            return ""
        return str(json.loads(self.body).get("reason", ""))

    @property
    def what(self) -> str:
        """The answer in a word, as the files of attacks have it."""
        if self.status == 200:
            return "answered"
        if self.status != 503:
            return str(self.status)
        return f"503 {'page' if self.media_type == 'text/html' else self.reason}"


def ask(  # noqa: PLR0913 - what a request has
    endpoint: str,
    query: str | None,
    *,
    accept: str = "application/sparql-results+json, text/turtle;q=0.9",
    parameters: str = "",
    source: str = "127.0.0.1",
    timeout: float = 30,
    method: str = "POST",
    headers: dict[str, str] | None = None,
) -> Answer:
    """Send a query and read the whole answer; *source* is the address that it is sent from."""
    place = urlsplit(endpoint)
    connection = http.client.HTTPConnection(
        place.hostname or "", place.port, timeout=timeout, source_address=(source, 0)
    )
    body, path = None, place.path
    sent = {"Accept": accept, **(headers or {})}
    if method == "POST" and query is not None:
        body = query.encode("utf-8", "surrogatepass")
        sent.setdefault("Content-Type", "application/sparql-query")
    elif query is not None:
        parameters = "&".join(filter(None, [urlencode({"query": query}), parameters]))
    began = time.monotonic()
    answer = Answer(0)
    try:
        connection.request(method, f"{path}?{parameters}" if parameters else path, body, sent)
        response = connection.getresponse()
        answer.status = response.status
        answer.headers = {name.lower(): value for name, value in response.getheaders()}
        answer.body = _body(response, began + timeout)
    except (OSError, http.client.HTTPException) as error:
        answer.cut = type(error).__name__
    finally:
        connection.close()
    answer.seconds = time.monotonic() - began
    return answer


def _body(response: http.client.HTTPResponse, end: float) -> bytes:
    pieces, size = [], 0
    while piece := response.read(1 << 18):
        pieces.append(piece)
        size += len(piece)
        if size > ENOUGH or time.monotonic() > end:
            raise TimeoutError
    if response.length:  # read() with a size tells no more of an end before its time
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)


def connected(endpoint: str, *, source: str = "127.0.0.1", wait: float = 8.0) -> socket.socket:
    """Connect, and say nothing yet."""
    place = urlsplit(endpoint)
    return socket.create_connection((place.hostname or "", place.port or 80), wait, (source, 0))


def raw(
    endpoint: str,
    data: bytes,
    *,
    wait: float = 8.0,
    silence: float = 0.4,
    source: str = "127.0.0.1",
) -> bytes:
    """Send *data* as it is; give what came back until the end, or until there was silence."""
    received, end = b"", time.monotonic() + wait
    with suppress(OSError), connected(endpoint, source=source, wait=wait) as connection:
        with suppress(OSError):  # it may close before all is sent, and still have answered
            connection.sendall(data)
        while time.monotonic() < end:
            connection.settimeout(silence if received else max(0.05, end - time.monotonic()))
            piece = connection.recv(1 << 16)
            if not piece:
                break
            received += piece
    return received


def statuses(received: bytes) -> list[int]:
    """The statuses of the responses in *received*, in their order."""
    parts = received.split(b"HTTP/1.")[1:]
    return [int(part[2:5]) for part in parts if part[1:2] == b" " and part[2:5].isdigit()]


def require_whole(answer: Answer) -> None:
    """Fail unless *answer* has the form that it says it has, from its start to its end."""
    assert not answer.cut, f"the answer was cut: {answer.cut} after {len(answer.body)} bytes"
    if "content-length" in answer.headers:
        assert len(answer.body) == int(answer.headers["content-length"])
    kind, body = answer.media_type, answer.body
    if kind.endswith("json") and kind not in _GRAPHS:
        json.loads(body, parse_constant=_no_number)
    elif kind == "application/sparql-results+xml":
        ET.fromstring(body)
    elif kind in _GRAPHS:
        for _ in parse(body, _GRAPHS[kind], base_iri="http://ex.org/"):
            pass
    elif kind in {"text/csv", "text/tab-separated-values"}:
        _require_table(body.decode(), kind)
    elif kind == "text/html":
        _require_page(body.decode())
    else:
        assert answer.status in {204, 304}, f"{answer.status} {kind!r}"


def _no_number(name: str) -> None:
    raise AssertionError(f"{name} is no number of JSON")


def _require_table(text: str, kind: str) -> None:
    assert text.endswith("\n")
    if kind == "text/csv":
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    else:
        rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    assert {len(row) for row in rows} <= {len(rows[0]), 0}


def _require_page(text: str) -> None:
    assert text.rstrip().endswith("</html>")
    small = text.lower()
    for forbidden in ("<script>alert", "onerror=alert(1)>", 'href="javascript:', 'href="data:'):
        assert forbidden not in small, forbidden
