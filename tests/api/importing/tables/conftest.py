"""Tables that are made up: none of what they say is a fact."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pyoxigraph import Store

from teixit.importing import tables
from teixit.importing.tables import Table, texts
from teixit.importing.tables.reading import Book

# What writes workbooks part by part stands beside the tests.
sys.path.insert(0, str(Path(__file__).parent))

Rows = list[list[Any]]
Brought = Callable[..., Table]


@pytest.fixture
def text(tmp_path: Path) -> Callable[..., Path]:
    """Write a text file."""

    def write(content: str | bytes, name: str = "taula.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook of sheets of rows."""

    def write(name: str = "taula.xlsx", **sheets: Rows) -> Path:
        file = tmp_path / name
        with xlsxwriter.Workbook(file) as book:
            for sheet, rows in sheets.items():
                page = book.add_worksheet(sheet)
                for number, row in enumerate(rows):
                    page.write_row(number, 0, row)
        return file

    return write


@pytest.fixture
def brought(text: Callable[..., Path], store: Store) -> Brought:
    """Understand a table, read in this process."""

    def bring(content: str | bytes, kind: str | None = "projects") -> Table:
        file = text(content)
        book = Book(file.name)
        for message in texts.read(str(file)):
            book.take(message)
        [part] = tables.parts(book, tables.key_of(file), kind)
        return tables.understood(book, part, store)

    return bring


@pytest.fixture
def imported() -> Callable[..., Table]:
    """Understand the one table of a file, read in a process of its own."""

    def bring(
        file: Path,
        graph: Store,
        kind: str | None = None,
        told: Callable[[int], object] | None = None,
    ) -> Table:
        book = tables.read(file, told)
        [part] = tables.parts(book, tables.key_of(file), kind)
        return tables.understood(book, part, graph, told)

    return bring
