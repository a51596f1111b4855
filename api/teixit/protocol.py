"""SPARQL 1.1 Protocol, the query operation, without the network.

Section numbers in this module are those of https://www.w3.org/TR/sparql11-protocol/.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final, TypeAlias
from urllib.parse import parse_qsl

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Store,
)

from teixit import description, engine, guard, namespaces, negotiation, paths, queries, tokens
from teixit.answers import BOOLEANS, GRAPHS, TABLES, Answer, Response, content_type
from teixit.errors import MediaTypeError, NotFoundError, QueryError, RefusedError
from teixit.queries import Remote

__all__ = [
    "BOOLEANS",
    "ENDPOINT",
    "FORM",
    "GRAPHS",
    "QUERY",
    "TABLES",
    "UPDATE",
    "Answer",
    "Operation",
    "Request",
    "Response",
    "answer",
    "check",
    "content_type",
    "describe",
    "evaluate",
    "graph",
    "operation",
    "parameters",
]

ENDPOINT: Final = f"{namespaces.BASE}sparql"

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

Graphs: TypeAlias = tuple[NamedNode, ...]

_FIELDS: Final = 100
_BAD_ESCAPE: Final = re.compile("%(?![0-9A-Fa-f]{2})")
#: What makes the same question to the same graph have another answer each time.
_FLEETING: Final = frozenset({"NOW", "RAND", "SERVICE", "STRUUID", "UUID"})


@dataclass(frozen=True)
class Request:
    """What a client sent, with the HTTP taken off.

    The parameters are those of the address, as pairs, since a name may come twice.
    """

    method: str = "GET"
    parameters: Sequence[tuple[str, str]] = ()
    accept: str | None = None
    content_type: str | None = None
    body: bytes = b""


@dataclass(frozen=True)
class Operation:
    """One query and the graphs to ask it of; None stands for those that the query names."""

    query: str
    default_graphs: Graphs | None = None
    named_graphs: Graphs | None = None


def answer(store: Store | Remote, request: Request, base: str = ENDPOINT) -> Response:
    """Answer one query, as sections 2.1 and 3.1 say.

    Args:
        store: The graph.
        request: What was asked, and how the answer is wanted.
        base: The address of the endpoint, to which relative IRIs of the query are relative.

    Raises:
        QueryError: There is no query, there are two, or it does not parse (400).
        RefusedError: It would change the graph or call another server (403).
        NotAcceptableError: No format on offer can hold this answer (406).
        MediaTypeError: The body is neither a form nor a query (415).
    """
    found = evaluate(store, operation(request), base)
    return found.response(negotiation.choose(request.accept, found.offers))


def parameters(text: bytes) -> list[tuple[str, str]]:
    """Read the parameters of an address or of a form, decoding each once.

    Raises:
        QueryError: They are not UTF-8, not well encoded or too many.
    """
    try:
        decoded = text.decode()
        if _BAD_ESCAPE.search(decoded):
            raise QueryError("a % that begins no escape; write it as %25")
        return parse_qsl(decoded, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise QueryError("the parameters are not UTF-8") from error
    except ValueError as error:
        raise QueryError(f"more than {_FIELDS} parameters") from error


def operation(request: Request) -> Operation:
    """Read what is asked: by GET, by a form or as the body (sections 2.1.1 to 2.1.4).

    Raises:
        QueryError: There is no query, there are two, or a graph has no IRI.
        RefusedError: It is an update.
        MediaTypeError: The body is neither a form nor a query.
    """
    pairs = [*request.parameters, *(_body(request) if request.method == "POST" else ())]
    if any(name == "update" for name, _ in pairs):
        raise RefusedError("updates are refused; this service only answers queries")
    texts = [value for name, value in pairs if name == "query"]
    if len(texts) > 1:
        raise QueryError(f"expected one query, found {len(texts)}")
    if not "".join(texts).strip():
        raise QueryError("expected one query, found none")
    default = _graph_names("default-graph-uri", pairs)
    named = _graph_names("named-graph-uri", pairs)
    return Operation(texts[0], default, named) if default or named else Operation(texts[0])


def evaluate(
    store: Store | Remote,
    asked: Operation,
    base: str = ENDPOINT,
    values: Mapping[str, queries.Term] | None = None,
    allowed_services: Collection[str] = frozenset(),
) -> Answer:
    """Run the query on the graphs that the request names, or else the query (section 2.1.4).

    Args:
        store: The graph.
        asked: The query and its graphs.
        base: The address of the endpoint, to which relative IRIs of the query are relative.
        values: What variables of the query are bound to.
        allowed_services: The addresses that SERVICE may call; none by default.

    Raises:
        QueryError: The query does not parse, passes a limit, or the engine gives up.
        TooLargeError: The query is too long.
        RefusedError: It would call another server.
    """
    scanned = tokens.scan(asked.query)
    found = engine.query(
        store,
        scanned,
        base=base,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        values=values,
        allowed_services=frozenset(allowed_services),
    )
    fleeting = any(word.upper() in _FLEETING for word in scanned.words)
    return Answer(found, deterministic=not fleeting)


def check(
    query: str, base: str = ENDPOINT, allowed_services: Collection[str] = frozenset()
) -> Answer:
    """See whether *query* may be asked, without asking: our engine plans it over no data.

    One that calls other servers is held to the limits alone: our engine would call them.

    Args:
        query: Its text.
        base: The address of the endpoint, to which relative IRIs of the query are relative.
        allowed_services: The addresses that SERVICE may call; none by default.

    Returns:
        No triples.

    Raises:
        QueryError: It does not parse or passes a limit.
        TooLargeError: It is too long.
        RefusedError: It would call another server.
    """
    scanned = tokens.scan(query)
    guard.check(scanned, frozenset(allowed_services))
    with suppress(RefusedError):  # of what may be called, which is not called here
        engine.query(Store(), scanned, base=base)
    return Answer(iter(()))


def graph(store: Store | Remote, name: str | None, base: str = ENDPOINT) -> Answer:
    """Give one graph, whole (SPARQL 1.1 Graph Store HTTP Protocol, section 5.2).

    Args:
        store: The graphs.
        name: The IRI of a named graph; None is the default graph.
        base: The address to which relative IRIs of a query are relative.

    Raises:
        NotFoundError: There is no graph of that name (404).
        QueryError: The name is no absolute IRI.
    """
    found = _graph(name)
    if isinstance(store, Store):
        if not isinstance(found, DefaultGraph) and not store.contains_named_graph(found):
            raise NotFoundError(f"there is no graph {found}")
        # Half the time that a CONSTRUCT takes, and none of the memory.
        return Answer(map(attrgetter("triple"), store.quads_for_pattern(None, None, None, found)))
    if isinstance(found, DefaultGraph):
        return evaluate(store, _ours("graph"), base)
    if not evaluate(store, _ours("graph-exists"), base, {"graph": found}).results:
        raise NotFoundError(f"there is no graph {found}")
    return evaluate(store, replace(_ours("graph"), default_graphs=(found,), named_graphs=()), base)


def describe(
    store: Store | Remote, endpoint: str = ENDPOINT, limits: Mapping[str, float] | None = None
) -> Answer:
    """Describe the service at *endpoint* (SPARQL 1.1 Service Description, sections 2 and 3).

    Args:
        store: The graph that is served.
        endpoint: The address of the service.
        limits: What the service allows a query: ``seconds``, and ``memory`` and ``answer`` in
            bytes; none of them is said by default.
    """
    return Answer(description.triples(store, endpoint, limits))


def _ours(name: str) -> Operation:
    return Operation(queries.named(name, paths.QUERIES).text)


def _graph(name: str | None) -> NamedNode | DefaultGraph:
    try:
        return DefaultGraph() if name is None else NamedNode(name)
    except ValueError as error:
        raise QueryError(f"graph: expected an absolute IRI: {error}") from error


def _body(request: Request) -> list[tuple[str, str]]:
    media_type, _, charset = (request.content_type or "").lower().partition(";")
    if "charset" in charset and "utf-8" not in charset:
        raise MediaTypeError(f"expected the charset utf-8, found {charset.strip()}")
    found = media_type.strip()
    if found == FORM:
        return parameters(request.body)
    if found == QUERY:
        return [("query", _text(request.body))]
    if found == UPDATE:
        return [("update", "")]
    raise MediaTypeError(f"expected the Content-Type {FORM} or {QUERY}, found {found or 'none'}")


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise QueryError(f"the query is not UTF-8: byte {error.start}") from error


def _graph_names(field: str, pairs: Sequence[tuple[str, str]]) -> tuple[NamedNode, ...]:
    try:
        return tuple(NamedNode(iri) for name, iri in pairs if name == field)
    except ValueError as error:
        raise QueryError(f"{field}: expected an absolute IRI: {error}") from error
