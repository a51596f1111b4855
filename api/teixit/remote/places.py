"""Where a server takes updates and graphs: known by its kind, or found by trying."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from pyoxigraph import NamedNode

from teixit.errors import TeixitError
from teixit.remote.wire import Refusal, Wire, blame

#: By the end of the address for queries: what may stand in its place for updates, and for the
#: Graph Store Protocol. The first that works is taken; the address itself is tried last.
_UPDATES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "/sparql": ("/sparql-auth", "/update"),
        "/query": ("/update",),
        "": ("/statements",),
    }
)
_GRAPHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "/sparql": ("/sparql-graph-crud-auth", "/sparql-graph-crud", "/sparql/gsp/", "/data"),
        "/query": ("/store", "/data", ""),
        "": ("/rdf-graphs/service",),
    }
)
_NTRIPLES: Final = "application/n-triples"
_NOT_FOR_US: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
#: Seconds for one try: some servers never answer what they do not know.
_TRY: Final = 15.0


@dataclass(frozen=True)
class Places:
    """The addresses of one server; None for what it does not have, as far as we found."""

    update: str | None
    graphs: str | None


def find(wire: Wire, probe: NamedNode, update: str | None, graphs: str | None) -> Places:
    """Find out by trying: an update that changes nothing, and a graph *probe* that is removed.

    Args:
        wire: The way to the server.
        probe: A graph that nobody has.
        update: The address for updates, if it is known.
        graphs: The address of its Graph Store Protocol, if it is known.

    Raises:
        UpstreamError: It refuses us.
    """
    wire = replace(wire, timeout=min(wire.timeout, _TRY))
    updates = [update] if update else list(_beside(wire.url, _UPDATES))
    stores = [graphs] if graphs else list(_beside(wire.url, _GRAPHS))
    return Places(
        _first(updates, lambda url: wire.update("INSERT DATA {}", url)),
        _first(stores, lambda url: _try_store(wire, url, probe)),
    )


def graph_url(store: str, graph: NamedNode) -> str:
    """Address a graph indirectly (SPARQL 1.1 Graph Store HTTP Protocol, section 4.2)."""
    return f"{store}?graph={quote(graph.value, safe='')}"


def _beside(url: str, endings: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    parts = urlsplit(url)
    for ending, others in endings.items():
        if parts.path.endswith(ending):
            for other in others:
                path = parts.path[: len(parts.path) - len(ending)] + other
                yield urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    yield url


def _first(candidates: list[str], attempt: Callable[[str], object]) -> str | None:
    """Give the first that works; what refuses us is the right one, and it ends there.

    Raises:
        UpstreamError: It is one that refuses us.
    """
    for candidate in candidates:
        try:
            attempt(candidate)
        except Refusal as refusal:
            if refusal.status in _NOT_FOR_US:
                raise blame(refusal) from None
        except TeixitError:
            continue
        else:
            return candidate
    return None


def _try_store(wire: Wire, store: str, probe: NamedNode) -> None:
    url = graph_url(store, probe)
    wire.send("PUT", url, f"{probe} {probe} {probe} .\n".encode(), {"Content-Type": _NTRIPLES})
    try:
        found = wire.send("GET", url, None, {"Accept": _NTRIPLES}).body
    finally:
        wire.send("DELETE", url, None, {})
    if probe.value.encode() not in found:
        raise Refusal(404, "it took a graph and does not have it")
