"""What servers do otherwise than the specifications say, in one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

from pyoxigraph import NamedNode

from teixit.errors import LimitError, UpstreamTimeoutError


@dataclass(frozen=True)
class Dataset:
    """The graphs that a query asks (SPARQL 1.1 Query, section 13.2)."""

    default: tuple[NamedNode, ...]
    named: tuple[NamedNode, ...]


def dataset(default: Iterable[NamedNode], named: Iterable[NamedNode]) -> Dataset:
    """Make a dataset; a graph that is named twice is in it once, whatever a server would say."""
    return Dataset(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named)))


class Standard:
    """A server that keeps to the specifications."""

    tables: str = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
    graphs: str = "application/n-triples, text/turtle;q=0.8"
    #: Whether it answers ASK as it should.
    asks: bool = True
    #: Whether no reader sees an update request half done.
    atomic: bool = False

    def put(self, text: str, dataset: Dataset | None) -> tuple[str, list[tuple[str, str]]]:
        """Say which graphs are asked: the text to send, and the fields to send with it."""
        if dataset is None:
            return text, []
        default = [("default-graph-uri", graph.value) for graph in dataset.default]
        return text, default + [("named-graph-uri", graph.value) for graph in dataset.named]

    def whole(self, headers: Message) -> None:
        """Be sure that the answer is all of it."""

    def clean(self, body: bytes) -> bytes:
        """Make the body what its media type says."""
        return body


class Oxigraph(Standard):
    """The Oxigraph server, tried with 0.5.13: an update request is a transaction."""

    atomic = True


class Virtuoso(Standard):
    """Virtuoso, tried with 7.2.5.

    It writes booleans as 1 in JSON, blank nodes as addresses, and repeats each graph of the
    request in a header, so that a hundred graphs are more headers than HTTP clients read.
    """

    tables = "application/sparql-results+xml"
    graphs = "application/n-triples"
    asks = False  # it says yes of a pattern in a graph, whatever is there

    def put(self, text: str, dataset: Dataset | None) -> tuple[str, list[tuple[str, str]]]:
        """Name the graphs by words of its own, before the query."""
        if dataset is None:
            return text, []
        # Without a named graph it would take all of them.
        named = dataset.named or (NamedNode("urn:x-teixit:none"),)
        lines = [f"define input:default-graph-uri {graph}" for graph in dataset.default]
        lines += [f"define input:named-graph-uri {graph}" for graph in named]
        return "\n".join([*lines, text]), []

    def whole(self, headers: Message) -> None:
        """Refuse what it cut off, which it says in headers of its own alone.

        Raises:
            LimitError: It gives no more rows than that.
            UpstreamTimeoutError: It gave what it had when its time was over.
        """
        if headers.get("X-SPARQL-MaxRows"):
            most = headers["X-SPARQL-MaxRows"]
            raise LimitError(f"the server that holds the graph gives {most} rows", "answer")
        if headers.get("X-SQL-State"):
            raise UpstreamTimeoutError("the server that holds the graph gave a part of the answer")

    def clean(self, body: bytes) -> bytes:
        """Take the address off the labels of blank nodes; no literal has a bare ``<`` in it."""
        return body.replace(b"<bnode>nodeID://", b"<bnode>")


def of(headers: Message) -> Standard:
    """Tell by what it says of itself in a header which server answered."""
    name = (headers.get("Server") or "").partition("/")[0]
    return {"Virtuoso": Virtuoso(), "Oxigraph": Oxigraph()}.get(name, Standard())
