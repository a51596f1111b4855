"""The few queries that answer for all lists, with what is chosen bound to their parameters."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from teixit.explorer.lists.choosing import Choice
from teixit.explorer.lists.declared import Column, Listing
from teixit.explorer.reading import Reader, Row
from teixit.explorer.views import Evidence
from teixit.namespaces import PREFIXES
from teixit.queries import Term

#: So many choices have a place in the queries, and so many things at a time.
SLOTS: Final = 5
MANY: Final = 25
#: Stands for what is not there: no value, no class, no property.
NIL: Final = NamedNode(f"{PREFIXES['rdf']}nil")
_TYPE: Final = NamedNode(f"{PREFIXES['rdf']}type")

#: What is chosen: of each facet the value, or NIL for what has none.
Chosen: TypeAlias = Mapping[str, Term]
#: Of a column the values of each thing, each with its row and with who says so.
Cells: TypeAlias = Mapping[str, Mapping[Term, tuple[Row, Sequence[Evidence]]]]


def count(reader: Reader, listing: Listing, chosen: Chosen) -> int:
    """Count the things of a list that have all that is *chosen*."""
    (found,) = [*reader.rows("list-count", **_slots(listing, chosen)), {"things": Literal(0)}][:1]
    return int(found["things"].value)


def values(reader: Reader, listing: Listing, column: Column, chosen: Chosen) -> Mapping[Term, int]:
    """Count the things of each value of a *column*, and under NIL those that have none."""
    rows = reader.rows("list-values", **_slots(listing, chosen), **_relation(column))
    found = ((row.get("value", NIL), int(row["things"].value)) for row in rows)
    return {value: things for value, things in found if not isinstance(value, BlankNode)}


def things(reader: Reader, choice: Choice, chosen: Chosen, start: int, most: int) -> Sequence[Row]:
    """Give the things that have all that is *chosen*, in order, *most* of them from *start* on."""
    sort = choice.sort
    order: Mapping[str, Term] = {
        "order": NamedNode(sort.property) if sort else NIL,
        "orderKind": NamedNode(sort.kind) if sort and sort.kind else NIL,
        "down": Literal(choice.down),
    }
    return reader.page("list-page", start, most, **_slots(choice.listing, chosen), **order)


def cells(reader: Reader, column: Column, named: Sequence[NamedNode]) -> Cells:
    """Give what a *column* says of the things that are *named*, and who says so."""
    found: dict[str, dict[Term, tuple[Row, list[Evidence]]]] = defaultdict(dict)
    for text in _texts(named):
        for row in reader.rows("list-cells", things=text, **_relation(column)):
            if isinstance(row["value"], BlankNode):  # nobody can say what it is
                continue
            said = found[row["thing"].value].setdefault(row["value"], (row, []))[1]
            evidence = reader.evidence(row)
            if evidence is not None and evidence not in said:
                said.append(evidence)
    return found


def labels(reader: Reader, named: Sequence[NamedNode]) -> Mapping[str, Row]:
    """Give the names of things, by IRI."""
    rows = (row for text in _texts(named) for row in reader.rows("list-names", things=text))
    return {row["thing"].value: row for row in rows}


def places(reader: Reader, named: Sequence[NamedNode]) -> Mapping[str, str]:
    """Give the shapes of things as WKT, by IRI."""
    rows = (row for text in _texts(named) for row in reader.rows("list-places", things=text))
    return {row["thing"].value: row["shape"].value for row in rows}


def _texts(named: Sequence[NamedNode]) -> Iterator[Literal]:
    """Put things in texts, as the queries read them."""
    for start in range(0, len(named), MANY):
        some = named[start : start + MANY]
        yield Literal("".join(f" {number}{thing}" for number, thing in enumerate(some)))


def _relation(column: Column, number: int | str = "") -> Mapping[str, Term]:
    return {
        f"property{number}": NamedNode(column.property),
        f"via{number}": NamedNode(column.via) if column.via else NIL,
        f"kind{number}": NamedNode(column.kind) if column.kind else NIL,
    }


def _slots(listing: Listing, chosen: Chosen) -> Mapping[str, Term]:
    """Bind what is chosen; the class itself, which all of them have, stands for no choice."""
    bound: dict[str, Term] = {"class": NamedNode(listing.of)}
    for number in range(1, SLOTS + 1):
        bound |= {f"property{number}": _TYPE, f"via{number}": NIL, f"kind{number}": NIL}
        bound[f"value{number}"] = bound["class"]
    for number, (facet, value) in enumerate(chosen.items(), 1):
        bound |= _relation(listing.facets[facet], number)
        bound[f"value{number}"] = value
    return bound
