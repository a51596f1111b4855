"""From a file to its sheets, by a reader that runs in a bounded process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from teixit.importing import bounded
from teixit.importing.tables.cells import Cell, Place, Row, Sheet
from teixit.importing.tables.problems import Problem
from teixit.importing.tables.refusals import refuse

#: The files that are read as tables, by the end of their names.
SUFFIXES: Final = frozenset({".csv", ".ods", ".tsv", ".xlsx"})
#: Those that are no tables to us, and why.
_REFUSED: Final = MappingProxyType(
    dict.fromkeys((".xlsm", ".xltm", ".xlam", ".xlsb"), "macros")
    | dict.fromkeys(
        (".json", ".jsonld", ".n3", ".nq", ".nt", ".owl", ".rdf", ".trig", ".ttl", ".xml"), "rdf"
    )
)


#: So many rows of a sheet are brought in at once, under its headings. Ten thousand take some
#: minutes of the processor and gigabytes to be written, a graph for each cell, and to be held to
#: the shapes (``benchmarks/README.md``); ten times as many, ten times that, and nobody could read
#: the change in Git. Of the rest it is counted how many there are.
ROWS: Final = 10_000


@dataclass
class Book:
    """A file of tables that has been read.

    Attributes:
        file: Its name, without its folder.
        sheets: Its sheets that can be seen; one without a name where it is a text file.
        encoding: What its letters were taken for, where it is a text file.
        separator: What separates its cells, where it is a text file.
        problems: What was seen in it before it was known what it is about.
    """

    file: str
    sheets: list[Sheet] = field(default_factory=list)
    encoding: str = ""
    separator: str = ""
    problems: list[Problem] = field(default_factory=list)

    def take(self, message: list[Any]) -> None:
        """Take in what the reader says; see :func:`teixit.importing.tables.workbooks.read`."""
        match message:
            case ["text", encoding, separator]:
                self.encoding, self.separator = encoding, separator
            case ["finding", kind, sheet, row, column]:
                self.problems.append(Problem(Place(self.file, sheet, row, column), kind))
            case ["sheet", name]:
                self.sheets.append(Sheet(name))
            case ["rows", rows]:
                sheet = self.sheets[-1]
                sheet.count += len(rows)
                sheet.rows.extend(map(_row, rows[: max(0, 1 + ROWS - len(sheet.rows))]))


def read(file: Path, told: Callable[[int], object] | None = None) -> Book:
    """Read a file of tables.

    Args:
        file: A workbook (``.xlsx``, ``.ods``) or a text file (``.csv``, ``.tsv``).
        told: Called now and then with how many rows have been read.

    Raises:
        FileRefusedError: It is not read, and why: in 5 seconds and 512 MB at most where it is
            made to do harm.
    """
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        refuse(file.name, _REFUSED.get(suffix, "format"))
    if not file.is_file():
        refuse(file.name, "missing")
    book = Book(file.name)
    for message in bounded.stream(_reader(suffix), file):
        book.take(message)
        if told is not None:
            told(sum(sheet.count for sheet in book.sheets))
    return book


def _reader(suffix: str) -> Callable[..., Any]:
    """Give the reader of files that end so; a web process that never imports loads neither."""
    if suffix in {".ods", ".xlsx"}:
        from teixit.importing.tables import workbooks  # noqa: PLC0415 - of the extra ``import``

        return workbooks.read
    from teixit.importing.tables import texts  # noqa: PLC0415 - as above

    return texts.read


def _row(said: list[Any]) -> Row:
    number, cells = said
    return Row(number, {column: Cell(text, kind) for column, kind, text in cells})
