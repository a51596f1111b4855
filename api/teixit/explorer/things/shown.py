"""What the page of a thing shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from teixit.explorer.views import Cell, Evidence, Table, View


@dataclass(frozen=True, slots=True)
class Group:
    """Values of a property that the same sources state."""

    values: Sequence[Cell]
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Fact:
    """A property, by its name, and what is said by it."""

    property: str
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads to the thing by one property.

    Args:
        title: What leads here, in words.
        total: How many things do in all.
        things: Those that are shown, each with those who say so.
    """

    title: str
    total: int
    things: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the plan's table, whether anything is scheduled in it, and what, in words."""

    year: int
    is_on: bool
    told: str


@dataclass(frozen=True, slots=True)
class Related:
    """Things that have something in common with this one, and what it is."""

    shared: Cell
    things: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class ThingView(View):
    """The page of one thing.

    Args:
        kind: What it is, with the number that the plan gives it.
        name: As the graph has it; says its language where the reader's is missing.
        facts: What is said of it.
        places: The districts and neighbourhoods that it lies in or touches.
        years: Those of the plan's table, where it is in time.
        progress: What sources declare on how far it has come; None where none does.
        leads: What leads to it.
        related: What has something in common with it.
        unknown: What nothing in the sources says, each as the end of that sentence.
        network: The address of the drawing around it.
        document: The address of all statements.
    """

    kind: str
    name: Cell
    facts: Sequence[Fact]
    places: Sequence[Cell]
    years: Sequence[Year]
    progress: Table | None
    leads: Sequence[Lead]
    related: Sequence[Related]
    unknown: Sequence[str]
    network: str
    document: str


@dataclass(frozen=True, kw_only=True)
class WithdrawnView(View):
    """What is left of a thing that was withdrawn.

    Args:
        successors: What stands in its place.
        document: The address of all statements.
    """

    successors: Sequence[Cell]
    document: str
