"""What can go wrong between us and the server, with a server that does it."""

import base64
import hashlib
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pytest
from pyoxigraph import QuerySolutions

from teixit.errors import (
    KnowledgeError,
    LimitError,
    QueryError,
    RequestError,
    UpstreamError,
    UpstreamTimeoutError,
)
from teixit.remote import Credentials, RemoteStore, wire
from teixit.remote.wire import Wire

Answering = Callable[[BaseHTTPRequestHandler], None]
Wrong = Callable[[Answering], str]

JSON = "application/sparql-results+json"
NOTHING = b'{"head":{"vars":["a"]},"results":{"bindings":[]}}'
WHO = Credentials("anna", "s3cret-Besòs")


def saying(
    body: bytes = NOTHING, status: int = 200, media_type: str = JSON, **headers: str
) -> Answering:
    def answer(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        to.send_header("Content-Type", media_type)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        to.wfile.write(body)

    return answer


def ask(url: str, credentials: Credentials | None = None, timeout: float = 5) -> object:
    return RemoteStore(url, credentials, timeout).query("SELECT * { ?s ?p ?o }")


@contextmanager
def raw(piece: bytes, pause: float = 0) -> Iterator[str]:
    """Answer with bytes as they are; where there is a pause, the last again and again."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def answer() -> None:
            with listening.accept()[0] as client:
                client.recv(1 << 16)
                try:
                    client.sendall(piece)
                    while pause and not over.wait(pause):
                        client.sendall(piece[-1:])
                except OSError:
                    pass

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        over.set()
        thread.join(5)


def test_a_query_is_asked_as_the_protocol_says(wrong: Wrong) -> None:
    seen: list[BaseHTTPRequestHandler] = []

    def answer(to: BaseHTTPRequestHandler) -> None:
        seen.append(to)
        saying()(to)

    assert isinstance(ask(wrong(answer)), QuerySolutions)
    asked = seen[-1]
    assert asked.command == "POST"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert asked.headers["Accept"].startswith(JSON)
    assert asked.headers["User-Agent"] == "Teixit"
    assert parse_qs(asked.received.decode()).keys() == {"query"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (saying(b"<html>oops", 500), UpstreamError, r"failed \(500\)$"),
        (saying(b"out of disk\nmore", 500), UpstreamError, r"failed \(500\): out of disk$"),
        (saying(b"", 404), UpstreamError, r"failed \(404\)"),
        (saying(b"busy", 503), UpstreamError, r"failed \(503\): busy"),
        (saying(b"no", 401, WWW_Authenticate="Negotiate"), UpstreamError, r"refuses us \(401\)"),
        (saying(b"no", 403), UpstreamError, r"refuses us \(403\); the operator sets TEIXIT_STORE"),
        (saying(b"late", 504), UpstreamTimeoutError, "did not answer in time"),
        (saying(b"late", 408), UpstreamTimeoutError, "did not answer in time"),
        (saying(b"SP031: no\nSELECT", 400), QueryError, "does not take this query: SP031: no$"),
        (saying(b"x\x1b[31m" * 99, 400), QueryError, r"…$"),
        (saying(b"", 302, Location="http://192.0.2.1/"), UpstreamError, r"has moved \(302\)"),
        (saying(b"", 307, Location="file:///etc/passwd"), UpstreamError, r"has moved \(307\)"),
        (saying(b"<html>", media_type="text/html"), UpstreamError, "with text/html, not with RDF"),
        (saying(NOTHING[:-1]), UpstreamError, "sent a broken answer"),
        (saying(NOTHING, Content_Length="999"), UpstreamError, "broke off|did not answer in time"),
    ],
)
def test_each_fault_has_its_error_in_one_line(
    wrong: Wrong, answer: Answering, error: type[Exception], said: str
) -> None:
    url = wrong(answer)
    with pytest.raises(error, match=said) as told:
        ask(url, WHO, timeout=1)
    assert type(told.value) is error
    assert "\n" not in str(told.value)
    assert "127.0.0.1" not in str(told.value)
    assert WHO.password not in str(told.value)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"", "broke off"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "does not speak HTTP: BadStatusLine"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200, "does not speak HTTP: HTTPException"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: a\r\nContent-Length: 9\r\n\r\nhalf", "broke off"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
            "broke off|does not speak HTTP",
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "does not speak HTTP"),
    ],
    ids=["nothing", "ssh", "headers", "half", "half-chunk", "no-chunk"],
)
def test_what_is_no_http_is_told(said: bytes, error: str) -> None:
    with raw(said) as url, pytest.raises(UpstreamError, match=error):
        ask(url)


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/sparql"
        with pytest.raises(UpstreamError, match="cannot be reached: Connection refused"):
            ask(url)


def test_a_name_that_nobody_has_is_told() -> None:
    with pytest.raises(UpstreamError, match="cannot be reached"):
        ask("http://nobody.invalid/sparql")


def test_a_server_without_tls_is_not_asked_by_https(wrong: Wrong) -> None:
    with pytest.raises(UpstreamError, match="cannot be trusted"):
        ask(wrong(saying()).replace("http:", "https:"))


def test_a_slow_server_is_given_up(wrong: Wrong) -> None:
    started = time.monotonic()
    with pytest.raises(UpstreamTimeoutError, match="did not answer in time"):
        ask(wrong(lambda _: time.sleep(3)), timeout=0.3)
    assert time.monotonic() - started < 2.5


def test_a_server_that_drips_is_given_up() -> None:
    with (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n ", 0.05) as url,
        pytest.raises(UpstreamTimeoutError, match="did not answer in time"),
    ):
        ask(url, timeout=0.5)


def test_a_server_that_stops_is_given_up() -> None:
    with (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n ", 60) as url,
        pytest.raises(UpstreamTimeoutError, match="did not answer in time"),
    ):
        ask(url, timeout=0.3)


def test_a_server_that_does_not_listen_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as others:
        for _ in range(4):
            other = others.enter_context(socket.socket())
            other.setblocking(False)  # noqa: FBT003
            other.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/sparql"
        with pytest.raises(UpstreamTimeoutError, match="did not answer in time"):
            ask(url, timeout=0.3)


def test_an_answer_that_is_too_long_is_not_read(wrong: Wrong) -> None:
    store = RemoteStore(wrong(saying(b" " * 100_000)), longest=50_000)
    with pytest.raises(LimitError, match="longer than 50000 bytes") as told:
        store.query("ASK {}")
    assert told.value.reason == "answer"


def test_a_password_is_sent_only_when_it_is_asked_for(wrong: Wrong) -> None:
    seen: list[str | None] = []

    def answer(to: BaseHTTPRequestHandler) -> None:
        seen.append(to.headers["Authorization"])
        saying()(to)

    ask(wrong(answer), WHO)
    assert set(seen) == {None}


def test_basic_authentication(wrong: Wrong) -> None:
    def answer(to: BaseHTTPRequestHandler) -> None:
        wanted = base64.b64encode(f"{WHO.user}:{WHO.password}".encode()).decode()
        if to.headers["Authorization"] == f"Basic {wanted}":
            saying()(to)
        else:
            saying(b"", 401, WWW_Authenticate='Basic realm="graph"')(to)

    url = wrong(answer)
    assert isinstance(ask(url, WHO), QuerySolutions)
    for other in (Credentials("anna", "other"), None):
        with pytest.raises(UpstreamError, match="refuses us") as told:
            ask(url, other)
        assert "other" not in str(told.value)


def test_a_password_does_not_follow_a_redirect(wrong: Wrong) -> None:
    seen: list[object] = []
    elsewhere = wrong(lambda to: (seen.append(to), saying()(to))[1])  # type: ignore[func-returns-value]

    def answer(to: BaseHTTPRequestHandler) -> None:
        if to.headers["Authorization"]:
            saying(b"", 302, Location=elsewhere)(to)
        else:
            saying(b"", 401, WWW_Authenticate='Basic realm="graph"')(to)

    with pytest.raises(UpstreamError, match="has moved"):
        ask(wrong(answer), WHO)
    assert not seen


def test_a_password_that_digest_cannot_hold_is_told(wrong: Wrong) -> None:
    answer = saying(b"", 401, WWW_Authenticate='Digest realm="graph", nonce="1", qop="auth"')
    with pytest.raises(UpstreamError, match="refuses us"):
        ask(wrong(answer), WHO)


def test_digest_authentication(wrong: Wrong) -> None:
    who = Credentials("anna", "s3cret")

    def hashed(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()  # noqa: S324 - what the protocol has

    def answer(to: BaseHTTPRequestHandler) -> None:
        said = dict(re.findall(r'(\w+)="?([^",]+)', to.headers["Authorization"] or ""))
        first = hashed(f"{who.user}:graph:{who.password}")
        second = hashed(f"POST:{to.path}")
        parts = (first, said.get("nonce"), said.get("nc"), said.get("cnonce"), "auth", second)
        if said and said["response"] == hashed(":".join(map(str, parts))):
            saying()(to)
        else:
            challenge = 'Digest realm="graph", nonce="n1", qop="auth"'
            saying(b"", 401, WWW_Authenticate=challenge)(to)

    url = wrong(answer)
    assert isinstance(ask(url, who), QuerySolutions)
    with pytest.raises(UpstreamError, match="refuses us"):
        ask(url, Credentials("anna", "other"))


def test_an_address_is_checked_before_it_is_used() -> None:
    with pytest.raises(KnowledgeError, match="set TEIXIT_STORE_USER"):
        Wire("http://anna:s3cret@graph.example.org/sparql")


def test_a_wire_does_not_show_its_password() -> None:
    line = Wire("http://graph.example.org/sparql", WHO)
    assert WHO.password not in f"{line!r} {vars(RemoteStore(line.url, WHO))!r}"


def test_all_errors_are_answers_to_a_client() -> None:
    for status in (300, 400, 401, 403, 404, 408, 500, 502, 504):
        assert isinstance(wire.blame(wire.Refusal(status, "")), RequestError)
