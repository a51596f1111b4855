"""The matrix: what the plan has, by the districts that it reaches; what nobody says stays empty."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from teixit.errors import ChoiceError
from teixit.explorer import matrix_files, reaching
from teixit.explorer.matrix_files import Column, Line, Meeting, Messages
from teixit.explorer.reaching import Ways, value
from teixit.explorer.reading import Reader, Row
from teixit.explorer.views import Cell, View
from teixit.namespaces import TERM


class _Choice(NamedTuple):
    """What can stand in the rows: its class, how it reaches districts, and the texts about it."""

    kind: str
    ways: Callable[[Reader, Sequence[str]], Ways]
    name: str
    title: str
    summary: str


_ELEMENTS, _PLACED = reaching.of_elements, reaching.of_projects
#: What can stand in the rows, by the value of the parameter that asks for it.
CHOICES: Final[Mapping[str, _Choice]] = MappingProxyType(
    {
        "measures": _Choice(
            "Measure", _ELEMENTS, "matrix.measures", "matrix.title_measures", "matrix.how_measures"
        ),
        "projects": _Choice(
            "FlagshipProject",
            _PLACED,
            "matrix.projects",
            "matrix.title_projects",
            "matrix.how_projects",
        ),
        "actions": _Choice(
            "Action", _ELEMENTS, "matrix.actions", "matrix.title_actions", "matrix.how_actions"
        ),
        "audiences": _Choice(
            "TargetGroup",
            reaching.of_audiences,
            "matrix.audiences",
            "matrix.title_audiences",
            "matrix.how_audiences",
        ),
        "themes": _Choice(
            "Theme",
            reaching.of_themes,
            "matrix.themes",
            "matrix.title_themes",
            "matrix.how_themes",
        ),
    }
)
#: How much of a value that cannot be is repeated, in characters.
_REPEATED: Final = 20


@dataclass(frozen=True, kw_only=True)
class Matrix(View):
    """Rows by districts.

    Args:
        rows: What stands in the rows, one of :data:`CHOICES`.
        heading: The same in the reader's language.
        caption: What is shown, in words.
        columns: The districts.
        lines: The rows.
        full: How many cells are full.
        everywhere: What speaks of every district, with those who say so.
    """

    rows: str
    heading: str
    caption: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    full: int
    everywhere: Sequence[Cell]


def matrix(reader: Reader, messages: Messages, rows: str = "measures") -> Matrix:
    """Make the matrix of what is chosen for its *rows*.

    Args:
        reader: Asks the graph.
        messages: The texts in the reader's language.
        rows: One of :data:`CHOICES`.

    Raises:
        ChoiceError: There is no such choice.
        RequestError: The graph cannot be asked.
    """
    if rows not in CHOICES:
        wrong = messages["matrix.wrong"].format(asked=rows[:_REPEATED], choices=", ".join(CHOICES))
        raise ChoiceError(wrong)
    choice = CHOICES[rows]
    columns, lines = _filled(reader, messages, choice)
    heading = messages[choice.name]
    caption = _caption(messages, heading, columns, lines)
    return Matrix(
        title=messages[choice.title],
        summary=messages[choice.summary],
        rows=rows,
        heading=heading,
        caption=caption,
        columns=columns,
        lines=lines,
        full=sum(line.full for line in lines),
        everywhere=[
            replace(said.cell, evidence=said.way.evidence)
            for said in reaching.everywhere(reader).values()
        ],
        tables=[
            matrix_files.whole(messages, heading, caption, columns, lines),
            matrix_files.reasons(messages, heading, columns, lines),
        ],
        asked=reader.asked,
    )


def _filled(
    reader: Reader, messages: Messages, choice: _Choice
) -> tuple[Sequence[Column], Sequence[Line]]:
    districts = _once(reader.rows("matrix-districts"))
    ways = choice.ways(reader, [*districts])
    things = _once(reader.rows("matrix-rows", kind=NamedNode(TERM + choice.kind)))
    lines = [_line(reader, messages, row, districts, ways) for row in things.values()]
    columns = [
        Column(
            value(row, "code"),
            reader.cell(row, "label", "thing"),
            sum(line.meetings[number].standing is not None for line in lines),
        )
        for number, row in enumerate(districts.values())
    ]
    return columns, lines


def _once(rows: Sequence[Row]) -> Mapping[str, Row]:
    """Give the first row of each thing, by its IRI."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(value(row, "thing"), row)
    return found


def _line(
    reader: Reader, messages: Messages, row: Row, districts: Mapping[str, Row], ways: Ways
) -> Line:
    thing = value(row, "thing")
    meetings = [
        _meeting(messages, value(district, "code"), ways.get((thing, iri), ()))
        for iri, district in districts.items()
    ]
    full = sum(meeting.standing is not None for meeting in meetings)
    return Line(value(row, "identifier"), reader.cell(row, "label", "thing"), meetings, full)


def _meeting(messages: Messages, code: str, ways: Sequence[reaching.Way]) -> Meeting:
    if not ways:
        return Meeting(code, None, messages["matrix.empty"], ())
    return Meeting(code, ways[0].standing, matrix_files.in_words(messages, ways[0]), ways)


def _caption(
    messages: Messages, heading: str, columns: Sequence[Column], lines: Sequence[Line]
) -> str:
    full, cells = sum(line.full for line in lines), len(columns) * len(lines)
    size = {"rows": len(lines), "districts": len(columns), "full": full, "cells": cells}
    return messages["matrix.caption"].format(name=heading, empty=cells - full, **size)
