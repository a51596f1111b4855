"""From a spreadsheet to its graph: what each cell says, in the graph of that cell.

``reading`` has a bounded process read the file (``workbooks`` and ``markup``, or ``texts``),
``mapping`` declares what the columns mean, ``names`` finds what the cells name, ``statements``
says what the rows say, ``records`` what Teixit says of the cells, and ``statuses`` of the statuses
that reports of progress declare. ``problems`` are what is wrong, by sheet, row and column;
``differences`` tells what would change; ``templates`` writes empty tables.

A further kind of table is a further mapping in ``ontology/mappings``: see :mod:`.mapping`.
"""

from collections.abc import Callable, Container, Iterator
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
from teixit.importing.tables.reading import ROWS, Book, read
from teixit.importing.tables.refusals import refuse
from teixit.importing.tables.statements import Fact, Reading
from teixit.languages import in_language
from teixit.trig import Graphs, serialise

__all__ = ["ROWS", "Part", "Table", "key_of", "parts", "place_in_data", "read", "understood"]

#: By so many known headings it is told of what kind a table is, where nobody says so.
_HEADINGS: Final = 2
_OFTEN: Final = 500
#: What keeps the rows of a table from being understood.
_HINDRANCES: Final = frozenset({"column", "long"})


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
        graphs, source = self.claims, statements.source_of(self.key)
        rows = {row.number: row for row in self.sheet.rows}
        places = sorted({fact.place for fact in self.facts})
        cells = ((place, rows[place.row].cells[place.column].text) for place in places)
        record = graphs[records.graph_of(self.key)]
        for triple in records.cells(source, cells):
            record.add(triple)
        return graphs

    @property
    def claims(self) -> Graphs:
        """The graphs without the descriptions of the cells.

        These are of one form, whatever the cells hold, and four fifths of all.
        """
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
        return self.written(self.graphs)

    def written(self, graphs: Graphs) -> str:
        """Write graphs of it as TriG."""
        return serialise(graphs, {"table": f"{statements.source_of(self.key)}/"})

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
        return "".join(f"{line}\n" for line in lines)

    def _described(self, source: str, record: URIRef) -> Iterator[Triple]:
        yield from records.source(source, self.book.file)
        yield from statuses.described(source, self.book.file, self.facts)
        yield from records.record(record, self.book.file, self.kind.name)


@dataclass(frozen=True)
class Part:
    """A sheet of a file that is a table.

    Attributes:
        kind: What it is of.
        sheet: The sheet.
        key: What its graph is called.
    """

    kind: Kind
    sheet: Sheet
    key: str


def parts(book: Book, key: str, kind: str | None = None, sheet: str | None = None) -> list[Part]:
    """Choose the sheets of a file that are tables, and tell of what kind each is.

    The first has the key of the file, a further one its own name behind it. It is one where two
    headings are known; the first may have one, where its kind is named.

    Args:
        book: The file.
        key: What the graph of its first table is called.
        kind: What they are of, one of the mappings; told by their headings if None.
        sheet: The one to read; all of them if None.

    Raises:
        FileRefusedError: No sheet is a table, or one may be of several kinds.
        KnowledgeError: The mappings cannot be read.
    """
    known = kinds()
    wanted = known if kind is None else {kind: known[kind]}
    if sheet is not None and all(one.name != sheet for one in book.sheets):
        names = ", ".join(one.name for one in book.sheets)
        refuse(book.file, "sheet", name=sheet, names=names)
    found: dict[str, tuple[list[str], Sheet]] = {}
    for one in book.sheets:
        best = _best(wanted, one.rows[0], is_first=not found) if one.rows else []
        if best:
            found[_free(key, one.name, found)] = best, one
    chosen = {at: had for at, had in found.items() if sheet in {None, had[1].name}}
    if not chosen:
        refuse(book.file, "kind", kinds=", ".join(wanted))
    for best, _ in chosen.values():
        if len(best) > 1:
            refuse(book.file, "kinds", kinds=", ".join(best))
    return [Part(wanted[best[0]], one, at) for at, (best, one) in chosen.items()]


def _free(key: str, sheet: str, taken: Container[str]) -> str:
    """Give the key of a further table: that of the file, and the name of its sheet."""
    while key in taken:
        key = f"{key}-{slug(sheet) or 'table'}"
    return key


def understood(
    book: Book, part: Part, graph: Store, told: Callable[[int], object] | None = None
) -> Table:
    """Tell what a table says, and what is wrong with it.

    Args:
        book: The file.
        part: The table in it.
        graph: What is known: the names that cells can have. What an earlier import of the same
            table says should not be there.
        told: Called now and then with how many rows have been understood.
    """
    table = Table(book, part.kind, part.key, part.sheet)
    table.problems += [
        problem for problem in book.problems if problem.place.sheet in {"", part.sheet.name}
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
    table.rows = table.sheet.count - 1
    if not rows:
        problems.append(Problem(here, "empty"))
    if table.rows > ROWS:
        problems.append(Problem(here, "long", {"count": table.rows, "limit": ROWS}))
    if any(problem.kind in _HINDRANCES for problem in problems):
        rows = []
    for count, row in enumerate(rows):
        if count % _OFTEN == 0:
            told(count)
        problems.extend(statements.outside(row, head.cells, here))
        table.facts.extend(reading.facts(row))
    table.problems += problems


def _best(known: dict[str, Kind], head: Row, *, is_first: bool) -> list[str]:
    """Give the names of the kinds that have the most of the headings, if they have enough.

    Of several the one that has all of its columns there, as in a template.
    """
    texts = {place: cell.text for place, cell in head.cells.items()}
    found = {
        name: len({column.name for column in kind.recognised(texts).values()})
        for name, kind in known.items()
    }
    most = max(found.values())
    fewest = 1 if len(known) == 1 else min(_HEADINGS, len(texts))
    enough = fewest if is_first else _HEADINGS
    best = [name for name, count in found.items() if count == most >= enough]
    whole = [name for name in best if found[name] == len(known[name].columns)]
    return whole if len(whole) == 1 else best
