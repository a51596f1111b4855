"""An answer with all that people are told of it: its rows, their names, and the ways to see it."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import NamedNode, RdfFormat, parse

from teixit import protocol
from teixit.errors import RequestError
from teixit.pictures import choosing
from teixit.pictures.rows import Row, Table
from teixit.web import naming
from teixit.web.asking import Asking, Found
from teixit.web.exchange import Incoming
from teixit.web.naming import Naming

_TURTLE: Final = "text/turtle"
#: Of a longer graph no network is drawn, in bytes; its rows are at most so many.
_GRAPH: Final = 1 << 18
_MOST_TRIPLES: Final = 1000
_TRIPLE: Final = ("subject", "property", "object")


@dataclass(frozen=True)
class Answered:
    """What was found, and what is known of it.

    Args:
        operation: What was asked.
        found: The answer.
        table: Its rows as they are drawn; none for yes or no.
        verdict: Yes or no, where that was asked.
        naming: What its things are called.
        views: The ways to see it, as :data:`teixit.pictures.choosing.VIEWS` has them.
        view: How it is seen.
        whole: Whether all that there is to know of it was found.
    """

    operation: protocol.Operation
    found: Found
    table: Table
    verdict: bool | None = None
    naming: Naming = field(default_factory=Naming)
    views: Sequence[str] = (choosing.TABLE,)
    view: str = choosing.TABLE
    whole: bool = True

    @property
    def is_graph(self) -> bool:
        """Whether it is a graph, as the answer to CONSTRUCT is."""
        return self.found.media_type == _TURTLE


async def answered(
    asking: Asking,
    operation: protocol.Operation,
    found: Found,
    incoming: Incoming,
    view: str | None = None,
) -> Answered:
    """Find what there is to tell of what was *found*.

    The names of things are asked for in a worker, within the limits of a query of its own. Where
    nobody can say at the moment, things go without.

    Args:
        asking: Who answers.
        operation: What was asked.
        found: The answer, so much as a page can show.
        incoming: Who asks.
        view: How it is wanted to be seen; by default, as what was found suggests.

    Raises:
        GoneError: The client left.
    """
    table, verdict = await asyncio.to_thread(_read, found)
    known = await _naming(asking, table, incoming)
    told = known or Naming()
    if found.media_type == _TURTLE:
        ways: Sequence[str] = [choosing.TABLE, *[choosing.NETWORK] * choosing.is_linked(table)]
        first = choosing.TABLE
    else:
        ways = choosing.offered(table, told.placed)
        first = choosing.first(table, counted="group" in operation.query.lower())
    chosen = view if view is not None and view in ways else first
    whole = known is not None
    return Answered(operation, found, table, verdict, told, ways, chosen, whole)


def _read(found: Found) -> tuple[Table, bool | None]:
    """Read an answer, in a thread: it may have megabytes."""
    if found.media_type == _TURTLE:
        rows = _triples(found)
        return Table(_TRIPLE, rows, len(rows)), None
    results = json.loads(found.first(found.length))
    if "results" not in results:
        return Table((), (), 0), results["boolean"]
    rows = results["results"]["bindings"]
    total = len(rows) if found.table_total is None else found.table_total
    return Table.of(results, total), None


def _triples(found: Found) -> Sequence[Row]:
    """Give the triples of a short graph that lead from a thing to a thing, the first ones."""
    rows: list[Row] = []
    if found.length > _GRAPH:
        return rows
    for quad in parse(found.first(_GRAPH), RdfFormat.TURTLE):
        terms = quad.subject, quad.predicate, quad.object
        if all(isinstance(term, NamedNode) for term in terms) and len(rows) < _MOST_TRIPLES:
            values: list[Any] = [{"type": "uri", "value": term.value} for term in terms]
            rows.append(dict(zip(_TRIPLE, values, strict=True)))
    return rows


async def _naming(asking: Asking, table: Table, incoming: Incoming) -> Naming | None:
    """Ask what the things of a *table* are called; None where nobody can say at the moment."""
    things = naming.things_of(table.rows)
    if not things:
        return Naming()
    kept = incoming.kept
    with suppress(RequestError):
        found = await asking.found(naming.job(things), incoming)
        results = await asyncio.to_thread(json.loads, found.first(found.length))
        incoming.kept = kept  # of the answer itself the log tells
        return Naming.of(results["results"]["bindings"])
    incoming.kept = kept
    return None
