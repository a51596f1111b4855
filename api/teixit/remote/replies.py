"""What a server answered, read as our own engine's results, so that one writer writes all."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from teixit.errors import UpstreamError
from teixit.queries import Found
from teixit.remote.wire import Reply

_TABLES: Final = MappingProxyType(
    {
        "application/sparql-results+json": QueryResultsFormat.JSON,
        "application/sparql-results+xml": QueryResultsFormat.XML,
        "application/json": QueryResultsFormat.JSON,
        "application/xml": QueryResultsFormat.XML,
        "text/xml": QueryResultsFormat.XML,
    }
)
_GRAPHS: Final = MappingProxyType(
    {
        "application/n-triples": RdfFormat.N_TRIPLES,
        "text/ntriples": RdfFormat.N_TRIPLES,
        "text/plain": RdfFormat.N_TRIPLES,
        "text/turtle": RdfFormat.TURTLE,
        "application/rdf+xml": RdfFormat.RDF_XML,
    }
)
_HOLDER: Final = "the server that holds the graph"


def read(reply: Reply, form: str) -> Found:
    """Read the answer to a query of the *form* SELECT, ASK, CONSTRUCT or DESCRIBE.

    All of it is read before any is given, so that what is broken is an error and no half of
    an answer.

    Raises:
        UpstreamError: It is of another media type, or not what its media type says.
    """
    try:
        if form in {"SELECT", "ASK"}:
            return _asked(_table(reply), form)
        return _triples(reply)
    except SyntaxError as error:
        said = " ".join(str(error.msg).split())[:100]
        raise UpstreamError(f"{_HOLDER} sent a broken answer: {said}") from None


def _table(reply: Reply) -> QuerySolutions | QueryBoolean:
    format_ = _TABLES.get(reply.media_type)
    if format_ is None:
        raise _wrong_type(reply)
    first = parse_query_results(reply.body, format_)
    if isinstance(first, QueryBoolean):
        return first
    try:
        for _ in first:
            pass
    finally:
        # An error keeps what its frames hold, and this must end in the thread that made it.
        del first
    return parse_query_results(reply.body, format_)


def _asked(found: QuerySolutions | QueryBoolean, form: str) -> Found:
    if form == "ASK" and isinstance(found, QuerySolutions):
        # As rows, of which one is yes; or as one row that says it, as Virtuoso answers ASK.
        told = [variable.value for variable in found.variables] == ["__ASK_RETVAL"]
        rows = [[getattr(value, "value", "") for value in row] for row in found]
        return _boolean(rows[0][0] in {"1", "true"} if told and rows else bool(rows))
    if form == "SELECT" and isinstance(found, QueryBoolean):
        raise UpstreamError(f"{_HOLDER} answered yes or no where rows were asked for")
    return found


def _boolean(value: bool) -> Found:  # noqa: FBT001 - it is what the result is made of
    text = f'{{"head":{{}},"boolean":{str(value).lower()}}}'
    return parse_query_results(text, QueryResultsFormat.JSON)


def _triples(reply: Reply) -> Iterator[Triple]:
    format_ = _GRAPHS.get(reply.media_type)
    if format_ is None:
        raise _wrong_type(reply)
    for _ in parse(reply.body, format_):
        pass
    return _each(reply.body, format_)


def _each(body: bytes, format_: RdfFormat) -> Iterator[Triple]:
    return (quad.triple for quad in parse(body, format_))


def _wrong_type(reply: Reply) -> UpstreamError:
    found = reply.media_type if reply.media_type.isprintable() else ""
    return UpstreamError(f"{_HOLDER} answered with {found[:60] or 'no media type'}, not with RDF")
