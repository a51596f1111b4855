from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
from pyoxigraph import NamedNode

from teixit.errors import UpstreamError
from teixit.remote import places
from teixit.remote.wire import Wire

PROBE = NamedNode("urn:probe")

Wrong = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]


def answer(to: BaseHTTPRequestHandler, status: int) -> None:
    to.send_response(status)
    to.send_header("Content-Length", "0")
    to.end_headers()


def test_the_addresses_of_real_servers_are_found(oxigraph: object, virtuoso: object) -> None:
    for server, update, graphs in (
        (oxigraph, "/update", "/store"),
        (virtuoso, "/sparql-auth", "/sparql-graph-crud-auth"),
    ):
        found = places.find(Wire(server.url, server.writer), PROBE, None, None)
        root = server.url.rpartition("/")[0]
        assert found == places.Places(f"{root}{update}", f"{root}{graphs}")


@pytest.mark.parametrize(
    ("path", "tried"),
    [
        ("/sparql", ["/sparql-auth", "/update", "/sparql/statements"]),
        ("/ds/query", ["/ds/update", "/ds/query/statements"]),
        ("/repositories/x", ["/repositories/x/statements", "/repositories/x"]),
    ],
)
def test_what_others_call_their_addresses_is_tried(
    wrong: Wrong, path: str, tried: list[str]
) -> None:
    seen: list[str] = []

    def refuse(to: BaseHTTPRequestHandler) -> None:
        seen.append(to.path)
        answer(to, 404)

    url = wrong(refuse).replace("/sparql", path)
    assert places.find(Wire(url), PROBE, None, None) == places.Places(None, None)
    assert [place for place in seen if place in tried] == tried


def test_an_address_that_is_named_is_the_only_one_tried(wrong: Wrong) -> None:
    seen: list[str] = []

    def take(to: BaseHTTPRequestHandler) -> None:
        seen.append(to.path.partition("?")[0])
        answer(to, 200)

    url = wrong(take)
    root = url.removesuffix("/sparql")
    found = places.find(Wire(url), PROBE, f"{root}/u", f"{root}/g")
    # It takes a graph and has none: that is no store.
    assert found == places.Places(f"{root}/u", None)
    assert set(seen) == {"/u", "/g"}


def test_a_server_that_refuses_us_is_not_tried_further(wrong: Wrong) -> None:
    with pytest.raises(UpstreamError, match=r"refuses us \(403\)"):
        places.find(Wire(wrong(lambda to: answer(to, 403))), PROBE, None, None)


def test_a_server_that_is_not_there_has_no_addresses() -> None:
    assert places.find(Wire("http://127.0.0.1:1/x"), PROBE, None, None) == places.Places(None, None)
