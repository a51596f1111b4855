"""Real servers, started for the tests, and one that does all wrong."""

import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from pyoxigraph import Store

from teixit import remote
from teixit.remote import Credentials

VERSION = "0f" * 32
#: Nobody else says this, so that it can be looked for in all that is said.
PASSWORD = "Llobregat-4711"  # noqa: S105
VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 20000
"""


@dataclass(frozen=True)
class Server:
    """A SPARQL server: where it answers, and who may write."""

    url: str
    writer: Credentials | None = None


def free_port() -> int:
    """Find a port that is free, and below those that the system gives to clients."""
    while True:
        port = random.randrange(20000, 32000)  # noqa: S311
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    """Run a server until the tests are over; it is ready when it answers at *url*."""
    with (
        (folder / "said.txt").open("wb") as said,
        subprocess.Popen(command, cwd=folder, stdout=said, stderr=said) as server,
    ):
        try:
            end = time.monotonic() + 60
            while not answers(url):
                assert server.poll() is None, (folder / "said.txt").read_text("utf-8", "replace")
                assert time.monotonic() < end, f"{command[0]} does not answer"
                time.sleep(0.05)
            yield
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def answers(url: str) -> bool:
    try:
        with urlopen(f"{url}?query=ASK%7B%7D", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def program(name: str) -> str:
    """Find a program beside Python or on the path, or skip the test and say so."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not here")
    return found


@pytest.fixture(scope="session")
def empty_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Oxigraph server for tests that publish what they like."""
    with oxigraph_in(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Iterator[Server]:
    """An Oxigraph server with what Teixit ships."""
    with oxigraph_in(tmp_path_factory.mktemp("oxigraph")) as server:
        remote.publish(server.url, store, VERSION)
        yield server


@contextmanager
def oxigraph_in(folder: Path) -> Iterator[Server]:
    place = f"127.0.0.1:{free_port()}"
    url = f"http://{place}/query"
    with running([program("oxigraph"), "serve", "--bind", place], folder, url):
        yield Server(url)


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Iterator[Server]:
    """Virtuoso with what Teixit ships, beside the graphs that it brings."""
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=sql, http=http), "ascii")
    command = [program("virtuoso-t"), "+foreground", "+configfile", "virtuoso.ini"]
    url = f"http://127.0.0.1:{http}/sparql"
    with running(command, folder, url):
        account = (
            f"DB.DBA.USER_CREATE('teixit', '{PASSWORD}');\nGRANT SPARQL_UPDATE TO \"teixit\";\n"
        )
        isql = [program("isql-vt"), f"127.0.0.1:{sql}", "dba", "dba"]
        subprocess.run(isql, input=account, text=True, check=True, stdout=subprocess.DEVNULL)
        server = Server(url, Credentials("teixit", PASSWORD))
        remote.publish(server.url, store, VERSION, server.writer)
        yield server


Answering = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def wrong() -> Iterator[Callable[[Answering], str]]:
    """Start a server that answers as a function says; its address is given."""
    servers: list[ThreadingHTTPServer] = []

    def start(answering: Answering) -> str:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.received = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                answering(self)

            do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815 - the names of the library

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/sparql"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
