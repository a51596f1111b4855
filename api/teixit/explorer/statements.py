"""What a graph says, thing by thing, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Final

from pyoxigraph import Literal

from teixit.explorer.reading import Reader, Row
from teixit.explorer.views import Cell
from teixit.namespaces import expand

#: What a thing is comes first.
_TYPE: Final = expand("rdf:type")


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a thing in one respect.

    Args:
        name: The respect, in the reader's language.
        values: Each with whether it only repeats the words of the passage.
    """

    name: str
    values: Sequence[tuple[Cell, bool]]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one thing."""

    subject: Cell
    facts: Sequence[Fact]


def value(row: Row, name: str) -> str:
    """Give what the variable *name* of a *row* has as text; nothing where it is not bound."""
    return str(getattr(row.get(name), "value", ""))


def shown(reader: Reader, row: Row, name: str, thing: str) -> Cell:
    """Show what the variable *thing* of a *row* has by its *name*, or as it is if it has none."""
    return reader.cell(row, name if name in row else thing, thing)


def by_graph(
    reader: Reader, rows: Iterable[Row], foreign: Mapping[str, str], quotes: Mapping[str, str]
) -> Mapping[str, Sequence[Said]]:
    """Group what is said by the graph that says it, by thing and by property.

    Args:
        reader: Whom it is for.
        rows: With ``?graph``, ``?subject``, ``?property`` and ``?value``, in this order, and their
            names.
        foreign: What properties of others are called, by their IRIs.
        quotes: The words of the passages that graphs are, by their IRIs.
    """
    return {
        graph: [
            _said(reader, [*said], foreign, quotes.get(graph, ""))
            for _, said in groupby(of_graph, key=lambda row: row["subject"])
        ]
        for graph, of_graph in groupby(rows, key=lambda row: row["graph"].value)
    }


def _said(reader: Reader, rows: Sequence[Row], foreign: Mapping[str, str], quote: str) -> Said:
    first = rows[0]
    subject = shown(reader, first, "subjectName", "subject")
    named = " ".join(filter(None, (value(first, "identifier"), subject.text)))
    facts = [
        (iri.value != _TYPE, _fact(reader, [*found], foreign, quote))
        for iri, found in groupby(rows, key=lambda row: row["property"])
    ]
    facts.sort(key=itemgetter(0))
    return Said(replace(subject, text=named), [fact for _, fact in facts])


def _fact(reader: Reader, rows: Sequence[Row], foreign: Mapping[str, str], quote: str) -> Fact:
    values = dict.fromkeys(_value(reader, row, quote) for row in rows)
    return Fact(_property(rows[0], foreign), [*values])


def _property(row: Row, foreign: Mapping[str, str]) -> str:
    iri = value(row, "property")
    return value(row, "propertyName") or foreign.get(iri) or iri


def _value(reader: Reader, row: Row, quote: str) -> tuple[Cell, bool]:
    cell = shown(reader, row, "valueName", "value")
    return cell, isinstance(row["value"], Literal) and cell.text in quote
