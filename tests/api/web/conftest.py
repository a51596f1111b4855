"""A service over two statements, which tests may start anew in a process of its own."""

import http.client
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store
from werkzeug.test import Client

from teixit import protocol, web
from teixit import store as teixit_store
from teixit.discovery import records
from teixit.discovery.records import Record
from teixit.queries import Query
from teixit.web.site import Site
from teixit.workers import Limits

SOME = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix teixit: <https://w3id.org/teixit/def#> .
<urn:m> a teixit:Measure ; rdfs:label "Bastir"@ca , "<b>&amp;"@en ; rdfs:seeAlso <javascript:a> .
"""
NAMED = '<urn:s> <urn:p> "one" <urn:g:one> .\n<urn:s> <urn:p> "two" <urn:g:two> .\n'
PROGRAM = """
import json, sys
from teixit import web
from teixit.workers import Limits, Source
source, limits, options = map(json.loads, sys.argv[1:])
def announce(address): print(address, flush=True)
options = web.Options(**options)
web.serve("127.0.0.1", 0, Source(**source), Limits(**limits), announce, options=options)
"""


@dataclass(frozen=True)
class Service:
    """A service that runs: its address, its process, and what it tells."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    @property
    def client(self) -> Client:
        return Client(Wire(self.port))

    @property
    def released(self) -> Client:
        """The client, once the release is exported, on however slow a machine."""
        for _ in range(30):
            if self.client.get("/ldes").status_code == 200:
                return self.client
        raise AssertionError("no release within five minutes")

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@dataclass(frozen=True)
class Wire:
    """WSGI on this side, HTTP on the other: so a test client speaks to a server on a port."""

    port: int

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        method, query = environ["REQUEST_METHOD"], environ["QUERY_STRING"]
        address = environ["REQUEST_URI"].partition("?")[0] + (f"?{query}" if query else "")
        body = environ["wsgi.input"].read()
        connection.putrequest(method, address, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers(environ, len(body)):
            connection.putheader(name, value)
        connection.endheaders(body or None)
        response = connection.getresponse()
        start(f"{response.status} {response.reason}", response.getheaders())
        answer = response.read()
        connection.close()
        return [answer]

    @staticmethod
    def headers(environ: dict[str, Any], length: int) -> Iterator[tuple[str, str]]:
        for key, value in environ.items():
            if key.startswith("HTTP_"):
                yield key.removeprefix("HTTP_").replace("_", "-"), value
        if environ.get("CONTENT_TYPE"):
            yield "Content-Type", environ["CONTENT_TYPE"]
        if length or environ["REQUEST_METHOD"] == "POST":
            yield "Content-Length", str(length)


@pytest.fixture(scope="session")
def through_wire() -> Callable[[int], Client]:
    """Give a client of whatever listens on a port."""
    return lambda port: Client(Wire(port))


Serve = Callable[..., AbstractContextManager[Service]]


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Start services: of which files, within which limits, and how else."""

    @contextmanager
    def serving(
        *files: Path, program: str = PROGRAM, limits: Any = None, **options: Any
    ) -> Iterator[Service]:
        log = tmp_path_factory.mktemp("service") / "log"
        source = {"kind": "files", "files": [*map(str, files)]}
        arguments = options.pop("arguments", None)
        asked = arguments or [json.dumps(part) for part in (source, limits or {}, options)]
        command = [sys.executable, "-c", program, *asked]
        with (
            log.open("wb") as told,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True) as process,
        ):
            try:
                assert process.stdout is not None
                address = process.stdout.readline().strip()
                assert address, log.read_text()
                yield Service(address, process, log)
            finally:
                process.terminate()
                process.wait(20)

    return serving


@pytest.fixture(scope="session")
def some(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four statements."""
    file = tmp_path_factory.mktemp("data") / "some.ttl"
    file.write_text(SOME)
    return file


@pytest.fixture(scope="session")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two graphs of one statement each."""
    file = tmp_path_factory.mktemp("data") / "named.nq"
    file.write_text(NAMED)
    return file


@pytest.fixture(scope="session")
def service(serve: Serve, some: Path, named: Path) -> Iterator[Service]:
    """A service that runs while the tests run."""
    with serve(some, named) as found:
        yield found


@pytest.fixture
def client(service: Service) -> Client:
    return service.client


@pytest.fixture
def app(some: Path) -> Flask:
    """The pages alone, over rows that come straight from a store."""
    store = teixit_store.load([some])

    def ask(query: Query) -> tuple[list[dict[str, str]], str]:
        found = query.rows(store)
        return [{name: term.value for name, term in row.items()} for row in found], "1"

    return web.create_app(Site.around(ask, lambda: "1", protocol.ENDPOINT, Limits()))


@pytest.fixture(scope="session")
def shipped(store: Store) -> FlaskClient:
    """The pages over all that Teixit ships, of which the shapes say nothing."""

    def ask(query: Query) -> tuple[list[dict[str, str]], str]:
        found = query.rows(store)
        return [{name: term.value for name, term in row.items()} for row in found], "1"

    told = ask, lambda: "1", protocol.ENDPOINT, Limits()
    return web.create_app(Site.around(*told, graph=store)).test_client()


@pytest.fixture(scope="session")
def described() -> Mapping[str, Record]:
    """The datasets of a small catalogue."""
    store = Store()
    file = Path(__file__).parents[1] / "discovery" / "catalogue.ttl"
    store.load(path=str(file), format=RdfFormat.TURTLE)
    return records.read(store)


@pytest.fixture(scope="session")
def pages(described: Mapping[str, Record]) -> FlaskClient:
    """The pages of a site at an address of its own, whose datasets are described."""
    counts = dict.fromkeys(("measures", "actions", "projects", "sources", "statements"), "1")
    edition = {"version": "0.1.0", "modified": "2026-11-28", "publisher": "Teixit"}
    edition |= {"ca": "El graf", "es": "El grafo", "en": "The graph"}
    things = [{"thing": f"https://w3id.org/teixit/id/{name}"} for name in ("a", "b/c")]

    def ask(query: Query) -> tuple[list[dict[str, str]], str]:
        return {"things": things, "overview": [counts], "edition": [edition]}[query.name], "1"

    address = "https://graph.example.org"
    mail = "teixit@example.invalid"
    limits, endpoint = Limits(), protocol.ENDPOINT
    site = Site.around(ask, lambda: "1", endpoint, limits, address, lambda: described, mail)
    return web.create_app(site).test_client()
