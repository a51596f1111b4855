"""Which lists there are, and what stands in their columns: read from ``words/lists.toml``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from teixit.explorer.declarations import words
from teixit.namespaces import expand

#: The key of the names of the things, which stand before the columns.
NAME: Final = "name"
_FILE: Final = "lists"


@dataclass(frozen=True, slots=True)
class Column:
    """What a list says of its things.

    Args:
        key: What it is sorted by in an address.
        title: By language.
        property: The IRI of what leads to the values, in either direction.
        via: The IRI of what leads from something else to the thing, where that has the values.
        kind: The class of the values, where those of others are left out.
        facet: What it is chosen by in an address, if it can be chosen by.
    """

    key: str
    title: Mapping[str, str]
    property: str
    via: str | None
    kind: str | None
    facet: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list.

    Args:
        name: In its address.
        of: The IRI of the class of its things.
        title: By language.
        summary: By language.
        columns: Besides the names of the things.
        sort: The key of the column that it is sorted by if nothing is said; NAME for the names.
        places: Whether its things have shapes on the map.
    """

    name: str
    of: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    columns: Sequence[Column]
    sort: str
    places: bool

    @property
    def facets(self) -> Mapping[str, Column]:
        """What it can be chosen by."""
        return {column.facet: column for column in self.columns if column.facet}


@cache
def lists() -> Mapping[str, Listing]:
    """Give all lists, by name."""
    return {name: _listing(name, said) for name, said in words(_FILE)["list"].items()}


def texts() -> Mapping[str, Mapping[str, str]]:
    """Give what the lists say besides, by language."""
    found: Mapping[str, Mapping[str, str]] = words(_FILE)["text"]
    return found


def names() -> Mapping[str, Mapping[str, str]]:
    """Give the names of what has none in the graph, by IRI and by language."""
    found: Mapping[str, Mapping[str, str]] = words(_FILE)["name"]
    return found


def _listing(name: str, said: Mapping[str, Any]) -> Listing:
    return Listing(
        name,
        expand(said["class"]),
        said["title"],
        said["summary"],
        [_column(key) for key in said["columns"]],
        said.get("sort", NAME),
        said.get("places", False),
    )


def _column(key: str) -> Column:
    said = words(_FILE)["column"][key]
    via, kind = (said.get(part) and expand(said[part]) for part in ("via", "kind"))
    facet = said.get("facet")
    return Column(facet or key, said["title"], expand(said["property"]), via, kind, facet)
