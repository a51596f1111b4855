"""What a query found, and how it is written: whole, in the format that was chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType
from typing import IO, Final, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse_query_results,
)

from teixit import geojson, jsonld, queries, sinks, tabular
from teixit.errors import QueryError
from teixit.namespaces import PREFIXES
from teixit.tabular import parquet, workbook
from teixit.tabular.origin import Origin

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
#: What keeps the types of values: a SELECT as a file for spreadsheets, and one for data frames.
FILES: Final[Mapping[str, Callable[[QuerySolutions, sinks.Sink, Origin], None]]] = MappingProxyType(
    {tabular.XLSX: workbook.write, tabular.PARQUET: parquet.write}
)
#: For ASK: CSV and TSV have no form for a boolean (SPARQL 1.1 Results CSV and TSV, section 1).
BOOLEANS: Final = MappingProxyType(
    {name: format_ for name, format_ in TABLES.items() if not name.startswith("text/")}
)
#: For CONSTRUCT, DESCRIBE, a whole graph and the service description.
GRAPHS: Final = MappingProxyType(
    {
        "text/turtle": RdfFormat.TURTLE,
        "application/n-triples": RdfFormat.N_TRIPLES,
        "application/rdf+xml": RdfFormat.RDF_XML,
        "application/ld+json": RdfFormat.JSON_LD,
    }
)
#: For documents, which are also given to those who read nothing but datasets.
DOCUMENTS: Final = MappingProxyType(
    {
        **GRAPHS,
        "application/trig": RdfFormat.TRIG,
        "application/n-quads": RdfFormat.N_QUADS,
    }
)


@dataclass(frozen=True)
class Response:
    """What the client gets, before the HTTP is put on."""

    media_type: str
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type with its parameters, as the Content-Type header has it."""
        return content_type(self.media_type)


@dataclass(frozen=True)
class Answer:
    """What the engine found, to be written once in a format of :attr:`offers`.

    Attributes:
        results: What was found.
        deterministic: Whether the same question to the same graph has the same answer.
        origin: Where it is from, for the formats that say so.
    """

    results: queries.Found
    deterministic: bool = True
    origin: Origin = field(default_factory=Origin)

    @property
    def offers(self) -> tuple[str, ...]:
        """The media types of the formats that can hold it, the best first."""
        if isinstance(self.results, QueryBoolean):
            return tuple(BOOLEANS)
        if isinstance(self.results, QuerySolutions):
            return (*TABLES, geojson.MEDIA_TYPE, *FILES)
        return tuple(GRAPHS)

    def write(self, media_type: str, stream: sinks.Sink) -> None:
        """Write the answer, whole, as *media_type*, piece by piece into *stream*.

        What *stream* raises passes through as it is.

        Raises:
            QueryError: The engine gave up.
            NotAcceptableError: The format cannot hold the answer; what is written is void.
        """
        watched = sinks.Watched(stream)
        sink = sinks.Xml(watched) if media_type.endswith("xml") else watched
        try:
            with queries.client_to_blame():
                self._write(media_type, sink)
        except QueryError:
            if watched.error is not None:
                raise watched.error from None
            raise

    def response(self, media_type: str) -> Response:
        """Write the answer in memory, as :meth:`write` does, with the same errors."""
        body = BytesIO()
        self.write(media_type, body)
        return Response(media_type, body.getvalue())

    def table(self, most_rows: int) -> tuple[bytes, int]:
        """Give the first rows of a SELECT as SPARQL 1.1 JSON, and how many there are in all.

        Raises:
            QueryError: The engine gave up.
        """
        assert isinstance(self.results, QuerySolutions)  # noqa: S101 - the caller asked offers
        # A row of TSV is a line, whatever its values hold: so rows can be counted unread.
        lines = sinks.FirstLines(most_rows + 1)
        with queries.client_to_blame():
            self.results.serialize(cast(IO[bytes], lines), QueryResultsFormat.TSV)
            first = parse_query_results(lines.kept, QueryResultsFormat.TSV)
            written = first.serialize(format=QueryResultsFormat.JSON)
        return written or b"", lines.lines - 1

    def _write(self, media_type: str, sink: sinks.Sink) -> None:
        if isinstance(self.results, QuerySolutions) and media_type == geojson.MEDIA_TYPE:
            geojson.write(self.results, sink)
        elif isinstance(self.results, QuerySolutions) and media_type in FILES:
            FILES[media_type](self.results, sink, self.origin)
        elif isinstance(self.results, QuerySolutions) and media_type == "text/csv":
            rows = cast(IO[bytes], sinks.CsvFromTsv(sink))
            self.results.serialize(rows, QueryResultsFormat.TSV)
        elif isinstance(self.results, QuerySolutions | QueryBoolean):
            self.results.serialize(cast(IO[bytes], sink), TABLES[media_type])
        elif isinstance(self.results, list) and DOCUMENTS[media_type] == RdfFormat.JSON_LD:
            expanded = BytesIO()
            queries.write_triples(self.results, expanded, RdfFormat.JSON_LD)
            sink.write(jsonld.with_context(expanded.getvalue(), PREFIXES))
        else:
            queries.write_triples(self.results, sink, DOCUMENTS[media_type])


def content_type(media_type: str) -> str:
    """Give *media_type* with its parameters, as the Content-Type header has it."""
    if media_type == "text/csv":
        return "text/csv; charset=utf-8; header=present"
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return media_type + charset
