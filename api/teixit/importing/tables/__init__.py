"""From a spreadsheet to its graph: what each cell says, in the graph of that cell.

``reading`` has a bounded process read the file (``workbooks`` and ``markup``, or ``texts``),
``mapping`` declares what the columns mean, ``names`` finds what the cells name, ``statements``
says what the rows say, ``records`` what Teixit says of the cells, and ``statuses`` of the statuses
that reports of progress declare. ``problems`` are what is wrong, by sheet, row and column;
``differences`` tells what would change; ``templates`` writes empty tables.

A further kind of table is a further mapping in ``ontology/mappings``: see :mod:`.mapping`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Store
from rdflib import URIRef

from teixit import paths
from teixit.importing.pages.identifiers import first_words, slug
from teixit.importing.pages.triples import Triple
from teixit.importing.tables import records, statements, statuses, wording
from teixit.importing.tables.cells import Place, Row, Sheet
from teixit.importing.tables.mapping import Kind, kinds
from teixit.importing.tables.names import Names
from teixit.importing.tables.problems import Problem
from teixit.importing.tables.reading import Book, read
from teixit.importing.tables.refusals import refuse
from teixit.importing.tables.statements import Fact, Reading
from teixit.languages import in_language
from teixit.trig import Graphs, serialise

__all__ = ["ROWS", "Table", "import_table", "key_of", "place_in_data", "understood"]

#: By so many known headings it is told of what kind a table is, where nobody says so.
_HEADINGS: Final = 2
#: So many rows are brought in at once. More are read, and what is wrong with them is told; but the
#: graph of a cell takes some twenty lines, and who reads the change in Git shall be able to.
ROWS: Final = 10_000
_OFTEN: Final = 500


@dataclass
class Table:
    """A table that has been read.

    Attributes:
        book: The file.
        kind: What it is of.
        key: What its graph is called.
        facts: What it says.
        problems: What is wrong with it.
        rows: How many rows it has under its headings.
    """

    book: Book
    kind: Kind
    key: str
    sheet: Sheet
    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return all(problem.is_note for problem in self.problems)

    @property
    def graphs(self) -> Graphs:
        """What it says, one named graph for each cell, and what we say of it."""
        graphs, source = Graphs(), statements.source_of(self.key)
        for place, subject, property_, value in self.facts:
            graphs[records.passage(source, place)].add((subject, property_, value))
        record = records.graph_of(self.key)
        for triple in self._described(source, record):
            graphs[record].add(triple)
        return graphs

    @property
    def trig(self) -> str:
        """The graphs as TriG; the same table gives the same bytes."""
        return serialise(self.graphs, {"table": f"{statements.source_of(self.key)}/"})

    def report(self, language: str) -> str:
        """Say in words what was read."""
        kind = in_language(self.kind.title, language)
        said = wording.READ[language].format(
            file=self.book.file, rows=self.rows, kind=kind, facts=len(self.facts)
        )
        lines = [said]
        if self.book.encoding:
            separator = "tab" if self.book.separator == "\t" else self.book.separator
            values = {"encoding": self.book.encoding, "separator": separator}
            lines.append(wording.READ_AS[language].format(**values))
        others = [sheet.name for sheet in self.book.sheets if sheet is not self.sheet]
        lines += [wording.UNREAD[language].format(sheet=name) for name in others]
        return "".join(f"{line}\n" for line in lines)

    def _described(self, source: str, record: URIRef) -> Iterator[Triple]:
        rows = {row.number: row for row in self.sheet.rows}
        places = sorted({fact.place for fact in self.facts})
        cells = ((place, rows[place.row].cells[place.column].text) for place in places)
        yield from records.source(source, self.book.file)
        yield from records.cells(source, cells)
        yield from statuses.described(source, self.book.file, self.facts)
        yield from records.record(record, self.book.file, self.kind.name)


def import_table(
    file: Path,
    kind: str | None,
    graph: Store,
    told: Callable[[int], object] | None = None,
) -> Table:
    """Read the table in *file*.

    Args:
        file: A workbook (``.xlsx``, ``.ods``) or a text file (``.csv``, ``.tsv``).
        kind: What it is of, one of the mappings; told by its headings if None.
        graph: What is known: the names that cells can have. What an earlier import of the same
            table says should not be there.
        told: Called now and then with how many rows have been read.

    Raises:
        FileRefusedError: The file is not read, and why.
        KnowledgeError: The mappings cannot be read.
    """
    return understood(read(file, told), key_of(file), kind, graph, told)


def understood(
    book: Book,
    key: str,
    kind: str | None,
    graph: Store,
    told: Callable[[int], object] | None = None,
) -> Table:
    """Tell what a file that has been read says; arguments and errors as of :func:`import_table`.

    Args:
        book: The file.
        key: What its graph is called.
        kind: What it is of.
        graph: What is known.
        told: Called now and then with how many rows have been understood.
    """
    chosen, sheet = _chosen(book, kind)
    table = Table(book, chosen, key, sheet)
    table.problems += [
        problem for problem in book.problems if problem.place.sheet in {"", sheet.name}
    ]
    _say(table, Names(graph), told or (lambda _rows: None))
    return table


def key_of(file: Path) -> str:
    """Give what the graph of the table in *file* is called: the first words of its name."""
    return first_words(slug(file.stem)) or "table"


def place_in_data(key: str) -> Path:
    """Give the file that the graph of the table *key* is kept in."""
    return paths.TABLES / f"{key}.trig"


def _say(table: Table, names: Names, told: Callable[[int], object]) -> None:
    """Read the rows of a table: what they say, and what is wrong with them."""
    here = Place(table.book.file, table.sheet.name)
    head, *rows = table.sheet.rows
    columns, problems = statements.headings(table.kind, head, here)
    source = statements.source_of(table.key)
    reading = Reading(table.kind, columns, here, names, source, problems)
    table.rows = len(rows)
    if not rows:
        problems.append(Problem(here, "empty"))
    if len(rows) > ROWS:
        problems.append(Problem(here, "long", {"count": len(rows), "limit": ROWS}))
    if any(problem.kind == "column" for problem in problems):
        rows = []
    for count, row in enumerate(rows):
        if count % _OFTEN == 0:
            told(count)
        problems.extend(statements.outside(row, head.cells, here))
        table.facts.extend(reading.facts(row))
    table.problems += problems


def _chosen(book: Book, name: str | None) -> tuple[Kind, Sheet]:
    """Choose the sheet of a file that is a table, and tell of what kind."""
    known = kinds()
    wanted = known if name is None else {name: known[name]}
    for sheet in book.sheets:
        if sheet.rows and (found := _best(wanted, sheet.rows[0])):
            if len(found) > 1:
                refuse(book.file, "kinds", kinds=", ".join(found))
            return wanted[found[0]], sheet
    return refuse(book.file, "kind", kinds=", ".join(wanted))


def _best(known: dict[str, Kind], head: Row) -> list[str]:
    """Give the names of the kinds that have the most of the headings, if they have enough.

    Of several the one that has all of its columns there, as in a template.
    """
    texts = {place: cell.text for place, cell in head.cells.items()}
    found = {
        name: len({column.name for column in kind.recognised(texts).values()})
        for name, kind in known.items()
    }
    most = max(found.values())
    enough = 1 if len(known) == 1 else min(_HEADINGS, len(texts))
    best = [name for name, count in found.items() if count == most >= enough]
    whole = [name for name in best if found[name] == len(known[name].columns)]
    return whole if len(whole) == 1 else best
