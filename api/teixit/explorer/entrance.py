"""The start page: what one can begin with, behind four doors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import NamedNode

from teixit.explorer import addresses
from teixit.explorer.areas import Area
from teixit.explorer.reading import Reader, Row
from teixit.explorer.source_text import texts
from teixit.explorer.statements import shown, value
from teixit.explorer.views import Cell, View
from teixit.namespaces import expand

#: The kinds of things that one can begin with, by the names that the page has for them.
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "districts": "esadm:Distrito",
        "projects": "teixit:FlagshipProject",
        "measures": "teixit:Measure",
        "audiences": "teixit:TargetGroup",
        "themes": "teixit:Theme",
    }
)


@dataclass(frozen=True, kw_only=True)
class Entrance(View):
    """What one can begin with: the first two dozen of each kind.

    Args:
        districts: In the order of their codes.
        projects: Those that the plan names, by name.
        measures: In the order of their numbers.
        audiences: Whom the plan is for, by name.
        themes: What the plan deals with, by name.
        sources: The pages whose whole text can be read here.
    """

    districts: Sequence[Cell]
    projects: Sequence[Cell]
    measures: Sequence[Cell]
    audiences: Sequence[Cell]
    themes: Sequence[Cell]
    sources: Sequence[Cell]


def entrance(reader: Reader, title: str, summary: str) -> Entrance:
    """Find what a reader can begin with.

    Raises:
        RequestError: The workers or the other server cannot say.
    """
    found: dict[str, Any] = {
        name: [
            _named(row, shown(reader, row, "name", "thing"))
            for row in reader.rows("entrance", kind=NamedNode(expand(kind)))
        ]
        for name, kind in _KINDS.items()
    }
    sources = texts(reader)
    return Entrance(title=title, summary=summary, sources=sources, asked=reader.asked, **found)


def drawn(reader: Reader, view: Entrance, label: str) -> str:
    """Draw the districts of a *view* as SVG, each leading to its page; nothing if none has a place.

    Args:
        reader: Asks the graph.
        view: The districts' names are there.
        label: What the drawing shows, for a screen reader.

    Raises:
        RequestError: The workers or the other server cannot say.
    """
    from teixit.explorer import cartography  # noqa: PLC0415 - memory that other pages do not need

    boundaries = {
        addresses.about(value(row, "district"), reader.language): value(row, "boundary")
        for row in reader.rows("entrance-boundaries")
    }
    areas = tuple(
        Area("", cell.text, boundaries[cell.address], address=cell.address)
        for cell in view.districts
        if cell.address in boundaries
    )
    return cartography.drawn(label, areas)


def _named(row: Row, cell: Cell) -> Cell:
    """Name a measure with its number; the codes of the others say nothing to people."""
    numbered = value(row, "kind") == expand("teixit:Measure")
    return replace(cell, text=f"{value(row, 'identifier')} {cell.text}") if numbered else cell
