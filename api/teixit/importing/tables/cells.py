"""Cells of tables, where they stand, and how people say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from teixit.languages import in_language

_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds.

    Attributes:
        text: Its text; numbers without needless digits, dates as ``2019-05-01``.
        kind: ``text``, ``number``, ``date`` or ``boolean``, as the file says.
    """

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: its number, counted from 1, and its cells by their columns."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, or a sheet, a row or a cell of it.

    Attributes:
        file: The name of the file, without its folder.
        sheet: The name of the sheet; empty where the file is not a workbook.
        row: Counted from 1; 0 for all of them.
        column: Counted from 1; 0 for all of them.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def reference(self) -> str:
        """The cell as spreadsheets write it, or as RFC 7111 (section 2.3) does for CSV."""
        if not self.sheet:
            return f"cell={self.row},{self.column}"
        sheet = self.sheet.replace("'", "''")
        quoted = self.sheet if self.sheet.isalnum() else f"'{sheet}'"
        return f"{quoted}!{letters(self.column)}{self.row}"

    def words(self, language: str) -> str:
        """Say the place to a reader of *language*, without the file."""
        parts = {"sheet": self.sheet, "row": self.row, "column": letters(self.column)}
        said = (
            in_language(_WORDS[name], language).format(part) for name, part in parts.items() if part
        )
        return ", ".join(said)


@dataclass
class Sheet:
    """A sheet that has been read.

    Attributes:
        name: Its name; empty where the file is not a workbook.
        rows: Its rows that are not empty, as many as are kept.
        count: How many there are.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    count: int = 0

    @property
    def table(self) -> list[list[str]]:
        """The texts of its rows, the empty ones too, as they stand in the file."""
        last = self.rows[-1].number if self.rows else 0
        table: list[list[str]] = [[] for _ in range(last)]
        for row in self.rows:
            width = max(row.cells, default=0)
            table[row.number - 1] = [
                row.cells[at].text if at in row.cells else "" for at in range(1, width + 1)
            ]
        return table


def letters(column: int) -> str:
    """Give the name of a column, counted from 1, as spreadsheets do: A, B, …, Z, AA."""
    name = ""
    while column:
        column, letter = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def place_of(reference: str) -> tuple[int, int]:
    """Give row and column of a reference such as ``D12``, both counted from 1."""
    column = 0
    for at, letter in enumerate(reference):
        if letter.isdigit():
            return int(reference[at:]), column
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return 0, column


_WORDS: Final = MappingProxyType(
    {
        "sheet": {"ca": "full «{}»", "es": "hoja «{}»", "en": "sheet “{}”"},
        "row": {"ca": "fila {}", "es": "fila {}", "en": "row {}"},
        "column": {"ca": "columna {}", "es": "columna {}", "en": "column {}"},
    }
)
