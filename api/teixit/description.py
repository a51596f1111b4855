"""What the endpoint says of itself (SPARQL 1.1 Service Description, sections 2 and 3)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from teixit import geosparql, namespaces, paths, queries
from teixit.lexical import AsWritten
from teixit.queries import Remote, Term

#: What our own engine asks; all else is another server.
_HERE: Final = (Store, AsWritten)
_SD: Final = namespaces.PREFIXES["sd"]
_TYPE: Final = NamedNode(f"{namespaces.PREFIXES['rdf']}type")


def triples(
    store: Store | Remote, endpoint: str, limits: Mapping[str, float] | None = None
) -> list[Triple]:
    """Describe the service at *endpoint*, in the order of subjects.

    Graphs are counted where they are here and have less than two hundred thousand statements.

    Args:
        store: The graph that is served.
        endpoint: The address of the service.
        limits: What the service allows a query: ``seconds``, and ``memory`` and ``answer`` in
            bytes; none of them is said by default.

    Raises:
        UpstreamError: The store is another server, and it does not say which graphs it has.
    """
    # What is said of any graph is made without it: it may be big, or far away.
    found = [*_made("description", Store(), endpoint)]
    if limits is not None:
        values: dict[str, Term] = {name: Literal(round(most)) for name, most in limits.items()}
        found += _made("description-limits", Store(), endpoint, values)
    if isinstance(store, _HERE):
        found += _made("description-here", Store(), endpoint)
        # Where there are no others it cannot be their union, and to look takes long.
        if next(queries.named("graphs", paths.QUERIES).rows(store), None):
            found += _made("description-union", store, endpoint)
        found += _functions(endpoint)
    graphs = _counted if _is_small(store) else _names
    found += graphs(store, endpoint)
    return sorted(found, key=str)


def _is_small(store: Store | Remote) -> bool:
    size = queries.named("description-size", paths.QUERIES)
    return isinstance(store, _HERE) and not list(size.rows(store))


def _functions(endpoint: str) -> Iterator[Triple]:
    service, has = NamedNode(f"{endpoint}#service"), NamedNode(f"{_SD}extensionFunction")
    for function in geosparql.names() | geosparql.RELATIONS:
        yield Triple(service, has, NamedNode(function))


def _counted(store: Store | Remote, endpoint: str) -> Iterable[Triple]:
    return _made("description-graphs", store, endpoint)


def _names(store: Store | Remote, endpoint: str) -> Iterator[Triple]:
    """Name the graphs, uncounted."""
    dataset, graph = NamedNode(f"{endpoint}#dataset"), NamedNode(f"{_SD}NamedGraph")
    for row in queries.named("graphs", paths.QUERIES).rows(store):
        named = BlankNode()
        yield Triple(dataset, NamedNode(f"{_SD}namedGraph"), named)
        yield Triple(named, _TYPE, graph)
        yield Triple(named, NamedNode(f"{_SD}name"), row["graph"])


def _made(
    name: str, store: Store | Remote, base: str, values: Mapping[str, Term] | None = None
) -> Iterable[Triple]:
    query = queries.named(name, paths.QUERIES)
    found = queries.evaluate(store, query.text, values, base)
    assert not isinstance(found, QuerySolutions | QueryBoolean)  # noqa: S101 - all construct
    return found
