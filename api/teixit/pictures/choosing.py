"""Which pictures a table has, and which of them it is seen as where the reader has chosen none."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from teixit.pictures.rows import Table, is_thing

TABLE, CHART, MAP, TIMELINE, NETWORK = "table", "chart", "map", "timeline", "network"
#: All ways to see an answer, in the order in which they are offered.
VIEWS: Final = (TABLE, CHART, MAP, TIMELINE, NETWORK)
#: More rows than this are a picture only for who asks for it.
_FEW: Final = 60


def offered(table: Table, placed: Collection[str] = ()) -> Sequence[str]:
    """Name the ways to see a *table*, itself first.

    Args:
        table: With all columns that it has.
        placed: The IRIs of the things that the graph has a place of.
    """
    has = {
        TABLE: True,
        CHART: bool(table.numbers and (table.naming or table.moments)) and len(table.rows) > 1,
        MAP: bool(table.shapes) or _some(table, placed),
        TIMELINE: bool(table.moments and table.naming),
        NETWORK: is_linked(table),
    }
    return [view for view in VIEWS if has[view]]


def first(table: Table, *, counted: bool) -> str:
    """Choose how a *table* is seen at first.

    Geometries are a map. Numbers are bars where the query has *counted* something: others may be
    the number of a line, or of a measure.
    """
    ways = offered(table)
    if table.shapes:
        return MAP
    is_short = len(table.rows) <= _FEW
    if CHART in ways and counted and is_short:
        return CHART
    return TIMELINE if TIMELINE in ways and is_short else TABLE


def is_linked(table: Table) -> bool:
    """Say whether some row leads from one thing to another."""
    columns = table.things
    return any(
        row[one]["value"] != row[other]["value"]
        for one, other in pairwise(columns)
        for row in table.rows
        if one in row and other in row
    )


def _some(table: Table, placed: Collection[str]) -> bool:
    """Say whether some thing of a column of things has a place."""
    return any(
        term["value"] in placed for row in table.rows for term in row.values() if is_thing(term)
    )
