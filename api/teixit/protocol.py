"""SPARQL 1.1 Protocol, the query operation, without the network.

Section numbers in this module are those of https://www.w3.org/TR/sparql11-protocol/.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Final, TypeAlias
from urllib.parse import parse_qsl

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
)

from teixit import datasets, guard, namespaces, negotiation, paths, queries
from teixit.errors import MediaTypeError, NotAcceptableError, QueryError, RefusedError

ENDPOINT: Final = f"{namespaces.BASE}sparql"

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

#: What the answer to a SELECT can be written as, the best first; the last two are the
#: general names that many clients ask for.
TABLES: Final = MappingProxyType(
    {
        "application/sparql-results+json": QueryResultsFormat.JSON,
        "application/sparql-results+xml": QueryResultsFormat.XML,
        "text/csv": QueryResultsFormat.CSV,
        "text/tab-separated-values": QueryResultsFormat.TSV,
        "application/json": QueryResultsFormat.JSON,
        "application/xml": QueryResultsFormat.XML,
    }
)
#: For ASK: CSV and TSV have no form for a boolean (SPARQL 1.1 Results CSV and TSV, section 1).
BOOLEANS: Final = MappingProxyType(
    {name: format_ for name, format_ in TABLES.items() if not name.startswith("text/")}
)
#: For CONSTRUCT, DESCRIBE and the service description.
GRAPHS: Final = MappingProxyType(
    {
        "text/turtle": RdfFormat.TURTLE,
        "application/n-triples": RdfFormat.N_TRIPLES,
        "application/rdf+xml": RdfFormat.RDF_XML,
        "application/ld+json": RdfFormat.JSON_LD,
    }
)

Graphs: TypeAlias = tuple[NamedNode, ...]

_FIELDS: Final = 100
_BAD_ESCAPE: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_NOT_IN_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


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
class Response:
    """What the client gets, before the HTTP is put on."""

    media_type: str
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type with its parameters, as the Content-Type header has it."""
        if self.media_type == "text/csv":
            return "text/csv; charset=utf-8; header=present"
        charset = "; charset=utf-8" if self.media_type.startswith("text/") else ""
        return self.media_type + charset


@dataclass(frozen=True)
class Operation:
    """One query and the graphs to ask it of; None stands for those that the query names."""

    query: str
    default_graphs: Graphs | None = None
    named_graphs: Graphs | None = None


@dataclass(frozen=True)
class Answer:
    """What the engine found, to be written once in a format of :attr:`offers`."""

    results: queries.Results

    @property
    def offers(self) -> Mapping[str, QueryResultsFormat | RdfFormat]:
        """The formats that can hold it, by media type, the best first."""
        if isinstance(self.results, QueryTriples):
            return GRAPHS
        return BOOLEANS if isinstance(self.results, QueryBoolean) else TABLES

    def response(self, media_type: str) -> Response:
        """Write the answer, whole, as *media_type*.

        Raises:
            QueryError: The engine gave up.
            NotAcceptableError: The format is XML, and a character has no form in XML.
        """
        with queries.client_to_blame():
            body = self._body(media_type)
        return Response(media_type, _checked(body) if media_type.endswith("xml") else body)

    def _body(self, media_type: str) -> bytes:
        if isinstance(self.results, QueryTriples):
            return queries.write_triples(self.results, GRAPHS[media_type])
        body = BytesIO()
        self.results.serialize(body, TABLES[media_type])
        return body.getvalue()


def answer(store: Store, request: Request, base: str = ENDPOINT) -> Response:
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
    return found.response(negotiation.choose(request.accept, tuple(found.offers)))


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


def evaluate(store: Store, asked: Operation, base: str = ENDPOINT) -> Answer:
    """Run the query on the graphs that the request names, or else the query (section 2.1.4).

    Raises:
        QueryError: The query does not parse, or the engine gives up.
        RefusedError: It would call another server.
    """
    guard.refuse_federation(asked.query)
    default, named = asked.default_graphs, asked.named_graphs
    if default is None or named is None:
        default, named = _graphs_of(asked.query, base)
    with queries.client_to_blame(asked.query):
        if default is None or named is None:
            return Answer(store.query(asked.query, base_iri=base))
        graphs: list[NamedNode | BlankNode | DefaultGraph] = [*default]
        if len(default) > 1:
            store, graphs = datasets.merged(store, default, named), [DefaultGraph()]
        return Answer(
            store.query(asked.query, base_iri=base, default_graph=graphs, named_graphs=[*named])
        )


def describe(store: Store, endpoint: str = ENDPOINT) -> Answer:
    """Describe the service at *endpoint* (SPARQL 1.1 Service Description, sections 2 and 3)."""
    return evaluate(store, Operation(queries.named("description", paths.QUERIES).text), endpoint)


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


def _graphs_of(query: str, base: str) -> tuple[Graphs | None, Graphs | None]:
    """Give the graphs that *query* names, where the engine cannot be left alone with them."""
    try:
        found = datasets.of_query(query, base)
    except ValueError:
        return None, None  # the engine says what is wrong with the IRI
    return (found.default, found.named) if len(found.default) > 1 else (None, None)


def _graph_names(field: str, pairs: Sequence[tuple[str, str]]) -> tuple[NamedNode, ...]:
    try:
        return tuple(NamedNode(iri) for name, iri in pairs if name == field)
    except ValueError as error:
        raise QueryError(f"{field}: expected an absolute IRI: {error}") from error


def _checked(xml: bytes) -> bytes:
    """Keep *xml* well formed and its line ends as they are (XML 1.0, sections 2.2 and 2.11)."""
    if _NOT_IN_XML.search(xml):
        raise NotAcceptableError("the answer has characters that XML cannot hold; ask for another")
    return xml.replace(b"\r", b"&#xD;")
