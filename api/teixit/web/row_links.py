"""Where each row of an answer is asked who says so."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from teixit import protocol
from teixit.queries import Term
from teixit.web.explorer import reasons

#: So many rows at most have a link, and as many as have room, in characters of all of them.
MOST: Final = 100
_ROOM: Final = 200_000
#: A longer address is not made, in characters: values are in it, and servers do not take all.
_LONGEST: Final = 6_000

#: A row of SPARQL 1.1 Query Results JSON, section 3.2.2.
Row = Mapping[str, Mapping[str, Any]]


def of(rows: Sequence[Row], asked: protocol.Operation, language: str) -> Sequence[str | None]:
    """Give the address of each of the first *rows*; None for one that cannot be asked.

    The graphs that the request names are asked there too.
    """
    found: list[str | None] = []
    room = _ROOM
    graphs = {
        "default-graph-uri": [graph.value for graph in asked.default_graphs or ()],
        "named-graph-uri": [graph.value for graph in asked.named_graphs or ()],
    }
    fields = f"&{urlencode(graphs, doseq=True)}".rstrip("&")
    for one in _addresses(rows[:MOST], asked.query, language):
        address = one and one + fields
        room -= len(address or "")
        if room < 0:
            break
        found.append(address)
    return found if any(found) else ()


def _addresses(rows: Sequence[Row], query: str, language: str) -> Iterator[str | None]:
    for row in rows:
        terms = {name: _term(value) for name, value in row.items()}
        known = {name: term for name, term in terms.items() if term is not None}
        if not known or len(known) < len(terms):
            yield None
            continue
        address = reasons.address_of_row(language, query, known)
        yield address if len(address) <= _LONGEST else None


def _term(value: Mapping[str, Any]) -> Term | None:
    """Read a value; None for what has no name beyond its answer."""
    text = value["value"]
    if value["type"] == "uri":
        return NamedNode(text)
    if value["type"] != "literal":
        return None
    if "xml:lang" in value:
        return Literal(text, language=value["xml:lang"])
    return (
        Literal(text, datatype=NamedNode(value["datatype"]))
        if "datatype" in value
        else Literal(text)
    )
