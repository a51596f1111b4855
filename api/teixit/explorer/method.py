"""How the graph was made: its sources, its voices, how sure they are, and the gaps it knows of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from teixit.explorer import addresses
from teixit.explorer.reading import VOICES, Reader, Row
from teixit.explorer.source_text import texts
from teixit.explorer.statements import shown, value
from teixit.explorer.views import Cell, Table, View, Voice
from teixit.namespaces import THING

#: The headings of the tables.
_SOURCES: Final = (
    "method.source",
    "method.publisher",
    "method.issued",
    "method.retrieved",
    "method.rights",
    "method.confidence",
)
_CONCLUSIONS: Final = ("method.conclusion", "method.how", "method.confidence")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of confidence, and what it means, in the reader's language."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that a page of the plan skips: itself, and those before and after it."""

    name: Cell
    missing: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Method(View):
    """How the graph was made. Its tables are the sources, and what we conclude.

    Args:
        voices: How many graphs of each kind there are.
        levels: The levels of confidence.
        gaps: The numbers that pages of the plan skip.
        texts: The addresses of the pages whose text is here.
    """

    voices: Mapping[Voice, int]
    levels: Sequence[Level]
    gaps: Sequence[Gap]
    texts: Sequence[Cell]


def method(reader: Reader, messages: Mapping[str, str]) -> Method:
    """Tell how the graph was made.

    Args:
        reader: Asks the graph.
        messages: The texts in the reader's language.

    Raises:
        RequestError: The workers or the other server cannot say.
    """
    voices = {
        VOICES[value(row, "kind")]: int(value(row, "graphs"))
        for row in reader.rows("method-voices")
    }
    levels = [
        Level(value(row, "name"), value(row, "meaning")) for row in reader.rows("method-levels")
    ]
    return Method(
        title=messages["method.title"],
        summary=messages["method.summary"],
        voices=voices,
        levels=levels,
        gaps=[*_gaps(reader)],
        texts=texts(reader),
        tables=[_sources(reader, messages), _conclusions(reader, messages)],
        asked=reader.asked,
    )


def _gaps(reader: Reader) -> Iterator[Gap]:
    for row in reader.rows("method-gaps"):
        before, after = value(row, "before"), value(row, "after")
        yield Gap(reader.cell(row, "name", "gap"), value(row, "missing"), before, after)


def _sources(reader: Reader, messages: Mapping[str, str]) -> Table:
    """List the documents that facts come from, each once."""
    by_source: defaultdict[str, list[Row]] = defaultdict(list)
    for row in reader.rows("method-sources"):
        by_source[value(row, "source")].append(row)
    lines = [_source(reader, rows) for rows in by_source.values()]
    return Table(
        "sources", messages["method.sources_hint"], [messages[key] for key in _SOURCES], lines
    )


def _source(reader: Reader, rows: Sequence[Row]) -> Sequence[Cell]:
    first = rows[0]
    own = shown(reader, first, "name", "source")
    is_ours = value(first, "source").startswith(THING)
    where = addresses.text(value(first, "source"), reader.language) if is_ours else own.address
    trusted = dict.fromkeys(value(row, "confidence") for row in rows if "confidence" in row)
    return [
        replace(own, address=where),
        shown(reader, first, "publisherName", "publisher"),
        Cell(value(first, "issued")),
        Cell(value(first, "retrieved")),
        shown(reader, first, "rights", "licence"),
        Cell(", ".join(trusted)),
    ]


def _conclusions(reader: Reader, messages: Mapping[str, str]) -> Table:
    lines = [
        [
            shown(reader, row, "name", "conclusion"),
            Cell(value(row, "description")),
            Cell(value(row, "confidence")),
        ]
        for row in reader.rows("method-conclusions")
    ]
    columns = [messages[key] for key in _CONCLUSIONS]
    return Table("conclusions", messages["method.conclusions_hint"], columns, lines)
