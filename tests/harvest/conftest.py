"""Servers that are as bad as harvesters have met them."""

import http.server
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from harvest.client import Client
from harvest.site import Site
from teixit.namespaces import BASE


@dataclass
class Canned:
    """What a server says: by path, or else always the same."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    paths: dict[str, "Canned"] = field(default_factory=dict)


@contextmanager
def serving(canned: Canned) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            found = canned.paths.get(self.path.partition("?")[0], canned)
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(found.body)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def site() -> Iterator[object]:
    """Make sites of canned answers."""
    from contextlib import ExitStack  # noqa: PLC0415 - its only use

    with ExitStack() as stack:

        def make(canned: Canned) -> Site:
            url = stack.enter_context(serving(canned))
            return Site(stack.enter_context(Client(url, BASE, timeout=10)))

        yield make
