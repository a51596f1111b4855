"""The whole product over other servers: what a reader sees, and what nobody ever does."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from itertools import takewhile
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import Store

from teixit import protocol
from teixit.remote import Credentials, credentials

QUERY = """SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label }
ORDER BY ?s ?label LIMIT 50"""
GRAPH = "CONSTRUCT { ?s a ?class } WHERE { ?s a ?class } ORDER BY ?s LIMIT 5"
TABLES = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"]


@contextmanager
def serving(url: str, said: Path, who: Credentials | None = None, *more: str) -> Iterator[str]:
    """Serve what is at *url*; give the address of the endpoint."""
    environment = {**os.environ, "HOME": "/nonexistent"}
    if who:
        environment |= {credentials.USER: who.user, credentials.PASSWORD: who.password}
    command = [sys.executable, "-u", "-m", "teixit", "serve", "--port", "0", "--store", url, *more]
    with (
        said.open("wb") as errors,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as server,
    ):
        try:
            lines = takewhile(lambda line: "Stop it" not in line, server.stdout)  # type: ignore[union-attr]
            yield next(line.split()[1] for line in lines if line.strip().startswith("SPARQL"))
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)


def get(url: str, query: str | None = None, **headers: str) -> tuple[int, str, str]:
    """Ask; give the status, the media type and the body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    address = f"{url}?{urlencode({'query': query})}" if query else url
    try:
        with urlopen(Request(address, headers=named), timeout=30) as answer:  # noqa: S310
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()


@pytest.fixture(scope="module")
def over_oxigraph(oxigraph: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(oxigraph.url, tmp_path_factory.mktemp("serving") / "said.txt") as endpoint:
        yield endpoint


@pytest.mark.parametrize("media_type", TABLES)
def test_rows_are_written_as_in_process(over_oxigraph: str, store: Store, media_type: str) -> None:
    status, found, body = get(over_oxigraph, QUERY, Accept=media_type)
    asked = protocol.Request(parameters=[("query", QUERY)], accept=media_type)
    here = protocol.answer(store, asked)
    assert (status, found) == (200, here.content_type)
    assert body.encode() == here.body


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "text/html"]
)
def test_graphs_are_written_in_every_format(over_oxigraph: str, media_type: str) -> None:
    status, found, body = get(over_oxigraph, GRAPH, Accept=media_type)
    assert (status, found.partition(";")[0]) == (200, media_type)
    assert "http" in body


@pytest.mark.parametrize("path", ["/ca/", "/es/", "/en/", "/sparql", "/health", "/graphs?default"])
def test_the_other_pages_are_there(over_oxigraph: str, path: str) -> None:
    assert get(over_oxigraph.replace("/sparql", path), Accept="*/*")[0] == 200


def test_no_other_server_is_asked_through_it(over_oxigraph: str, wrong: Callable[..., str]) -> None:
    asked: list[object] = []
    url = wrong(asked.append)
    for text in (
        f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        f"ASK {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        f'SELECT ("\\u0022 }} SERVICE <{url}> {{ ?s ?p ?o }} #" AS ?x) {{}}',
        f"define get:soft 'soft' SELECT * FROM <{url}> {{ ?s ?p ?o }}",  # noqa: S608
        f"LOAD <{url}>",
    ):
        assert get(over_oxigraph, text)[0] in {400, 403}
    assert asked == []


@pytest.mark.parametrize("language", ["ca", "es", "en"])
def test_a_server_that_is_down_or_slow_has_its_page(
    tmp_path: Path, wrong: Callable[..., str], language: str
) -> None:
    state = {"slow": False, "down": False}

    def answer(to: BaseHTTPRequestHandler) -> None:
        if state["slow"]:
            time.sleep(6)
        body = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
        to.send_response(500 if state["down"] else 200)
        to.send_header("Content-Type", "application/sparql-results+json")
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        to.wfile.write(body)

    with serving(wrong(answer), tmp_path / "said.txt", None, "--time-limit", "4") as endpoint:
        asked = {"Accept": "text/html", "Accept-Language": language}
        assert get(endpoint, QUERY, **asked)[0] == 200
        for fault, status in (("down", 502), ("slow", 504)):
            state |= {"down": False, "slow": False, fault: True}
            found, media_type, body = get(endpoint, f"{QUERY} # {fault}", **asked)
            assert (found, media_type.partition(";")[0]) == (status, "text/html")
            assert f'lang="{language}"' in body
            found, media_type, body = get(endpoint, f"{QUERY} # {fault}", Accept="text/csv")
            assert (found, json.loads(body)["status"]) == (status, status)


def test_a_password_is_never_seen(virtuoso: object, tmp_path: Path) -> None:
    who = virtuoso.writer
    url = virtuoso.url.replace("/sparql", "/sparql-auth")
    with serving(url, tmp_path / "said.txt", who) as endpoint:
        paths = ("/sparql", "/health", "/ca/", "/nothing", "/graphs?default")
        seen = [get(endpoint.replace("/sparql", path)) for path in paths]
        texts = (QUERY, GRAPH, "SELECT * {", "SELECT (<urn:f>(1) AS ?x) {}", "ASK {}")
        seen += [get(endpoint, text) for text in texts]
        processes = [
            (folder / "cmdline").read_bytes()
            for folder in Path("/proc").glob("[0-9]*")
            if (folder / "cmdline").exists()
        ]
        assert seen[5][0] == 200
    told = [*map(str, seen), (tmp_path / "said.txt").read_text("utf-8")]
    assert not any(who.password in words for words in told)
    assert not any(who.password.encode() in process for process in processes)


def test_a_wrong_password_is_told_at_the_start_and_not_shown(virtuoso: object) -> None:
    url = virtuoso.url.replace("/sparql", "/sparql-auth")
    said = started(url, {credentials.USER: "teixit", credentials.PASSWORD: "Besos-4712"})
    assert "refuses us (401); the operator sets TEIXIT_STORE_USER" in said
    assert "4712" not in said


def test_a_password_in_the_address_is_refused() -> None:
    said = started("http://anna:s3cret@127.0.0.1:1/sparql", {})
    assert "set TEIXIT_STORE_USER and TEIXIT_STORE_PASSWORD" in said
    assert "s3cret" not in said


def started(url: str, environment: dict[str, str]) -> str:
    """Start what cannot start; give all that it says."""
    command = [sys.executable, "-m", "teixit", "serve", "--port", "0", "--store", url]
    found = subprocess.run(
        command,
        env={**os.environ, "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert found.returncode != 0
    return found.stdout + found.stderr
