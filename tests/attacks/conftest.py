"""What the attacks share: the graph, the server, and the address that nobody must call.

As they are, they take about two minutes. ``TEIXIT_ATTACKS=full`` fires everything, at the limits
that the product has, and holds the figures that the product promises: about half an hour.
"""

import http.server
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from attacks import data
from attacks.target import Scale, Target, serving

SCALE = Scale(full=os.environ.get("TEIXIT_ATTACKS") == "full")


class Canary(http.server.BaseHTTPRequestHandler):
    """A server nearby that an attack wants ours to call."""

    called: list[str] = []  # noqa: RUF012 - of all its instances, one for each request

    def parse_request(self) -> bool:
        """Whatever it is, take note and refuse it."""
        super().parse_request()
        self.called.append(self.path)
        self.send_error(418)
        return False

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def canary() -> Iterator[str]:
    """The address that nobody must call."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sparql"
        server.shutdown()
    assert Canary.called == []


@pytest.fixture(scope="session")
def scale() -> Scale:
    """Whether everything is fired."""
    return SCALE


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph that the attacks are aimed at."""
    file = tmp_path_factory.mktemp("attacks") / "graph.nt"
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(line + "\n" for line in data.lines())
    return file


@pytest.fixture(scope="module")
def target(graph: Path) -> Iterator[Target]:
    """A server of its own for each module of tests; whoever kills it is found at once."""
    with serving(graph, limit=SCALE.limit) as server:
        yield server
        assert server.alive


@pytest.fixture(autouse=True)
def _alive(target: Target) -> Iterator[None]:
    yield
    assert target.alive, "the server has died"
