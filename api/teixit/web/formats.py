"""The formats of answers, by the names that addresses give them."""

from collections.abc import Iterable
from typing import Final

from teixit import geojson, protocol, tabular
from teixit.tabular import parquet

PAGE: Final = "text/html"

#: The values of ``download``, for links, which cannot carry an Accept header. It is not
#: called ``format``, which SPARQLWrapper sends for Virtuoso, with values that are not ours.
FORMATS: Final = {
    "csv": "text/csv",
    "json": "application/sparql-results+json",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "geojson": geojson.MEDIA_TYPE,
    "xlsx": tabular.XLSX,
    "parquet": tabular.PARQUET,
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "ttl": "text/turtle",
}
#: What only those get who name it: it cannot hold every answer, or is more than was asked for.
BY_NAME: Final = frozenset({geojson.MEDIA_TYPE, tabular.XLSX, tabular.PARQUET})
#: What is on offer, the best first: of tables, of yes or no, and of graphs.
TABLES: Final = (*protocol.TABLES, tabular.XLSX, tabular.PARQUET, geojson.MEDIA_TYPE)
BOOLEANS: Final = tuple(protocol.BOOLEANS)
GRAPHS: Final = tuple(protocol.GRAPHS)
#: The formats of documents, by the ends of their addresses, the best first.
DOCUMENTS: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "nq": "application/n-quads",
}


def of_rows(*, places: bool) -> dict[str, str]:
    """Give what the rows of an answer can be had as, by name.

    Args:
        places: Whether some have a geometry.
    """
    without = (frozenset() if places else {"geojson"}) | (
        frozenset() if parquet.is_installed() else {"parquet"}
    )
    return {name: type_ for name, type_ in named(TABLES).items() if name not in without}


def named(offers: Iterable[str]) -> dict[str, str]:
    """Give those of *offers* that have a name, by that."""
    offered = frozenset(offers)
    return {name: type_ for name, type_ in FORMATS.items() if type_ in offered}
