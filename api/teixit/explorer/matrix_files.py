"""The parts of the matrix, and the tables that they make in files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from teixit.explorer.reaching import Standing, Way
from teixit.explorer.views import Cell, Table

#: The texts of the pages in the reader's language, by key.
Messages: TypeAlias = Mapping[str, str]
#: What each standing is called.
WORDS: Final[Mapping[Standing, str]] = MappingProxyType(
    {"said": "matrix.said", "concluded": "matrix.concluded", "every": "matrix.every"}
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where a row meets a district.

    Args:
        district: Its code.
        standing: That of the surest way; None where nothing in the sources says so.
        words: The same in the reader's language, with the confidence.
        ways: How the row reaches the district, the surest first.
    """

    district: str
    standing: Standing | None
    words: str
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the plan, what it is, its cells, and how many of them are full."""

    identifier: str
    thing: Cell
    meetings: Sequence[Meeting]
    full: int


@dataclass(frozen=True, slots=True)
class Column:
    """One district: its code, its name, and in how many rows something is said of it."""

    code: str
    district: Cell
    full: int


def in_words(messages: Messages, way: Way) -> str:
    """Say how sure a *way* is, and how far those who say so are trusted."""
    word = messages[WORDS[way.standing]]
    if way.confidence is None:
        return word
    return messages["matrix.trusted"].format(word=word, level=way.confidence)


def whole(
    messages: Messages,
    heading: str,
    caption: str,
    columns: Sequence[Column],
    lines: Sequence[Line],
) -> Table:
    """Make the table of the matrix as it is seen, with its counts."""
    names = [f"{column.code} {column.district.text}" for column in columns]
    full = [column.full for column in columns]
    counts = [Cell(messages["matrix.counts"]), *map(_number, [*full, sum(full)])]
    rows = [[_titled(line), *map(_content, line.meetings), _number(line.full)] for line in lines]
    headings = [heading, *names, messages["matrix.districts"]]
    return Table("matrix", caption, headings, [*rows, counts])


def reasons(
    messages: Messages, heading: str, columns: Sequence[Column], lines: Sequence[Line]
) -> Table:
    """Make the table of each full cell, with each way and each of those who say so."""
    keys = (
        "matrix.district",
        "matrix.how",
        "matrix.through",
        "matrix.source",
        "matrix.sentence",
        "matrix.address",
    )
    names = {column.code: column.district for column in columns}
    rows = [row for line in lines for row in _told(messages, line, names)]
    headings = [heading, *(messages[key] for key in keys)]
    return Table("reasons", messages["matrix.reasons"], headings, rows)


def _told(
    messages: Messages, line: Line, districts: Mapping[str, Cell]
) -> Iterator[Sequence[Cell]]:
    for meeting in line.meetings:
        for way in meeting.ways:
            found = [districts[meeting.district], Cell(in_words(messages, way))]
            for one in way.evidence:
                source = [Cell(one.name), Cell(one.sentence or ""), Cell(one.address)]
                yield [_titled(line), *found, way.through or Cell(""), *source]


def _content(meeting: Meeting) -> Cell:
    """Say in one text how a row reaches a district, and through what."""
    through = dict.fromkeys(way.through.text for way in meeting.ways if way.through)
    return Cell(": ".join(filter(None, (meeting.words, ", ".join(through)))))


def _titled(line: Line) -> Cell:
    return Cell(f"{line.identifier} {line.thing.text}".strip(), line.thing.address)


def _number(count: int) -> Cell:
    return Cell(str(count), number=count)
