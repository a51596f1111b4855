"""Tables as they were read, as a workbook in which each wrong cell is coloured and explained."""

from collections.abc import Sequence

from teixit.findings import Severity
from teixit.findings.workbook import Mark, marked
from teixit.importing.tables import Table
from teixit.importing.tables.reading import Book


def as_xlsx(tables: Sequence[Table], language: str) -> bytes:
    """Write the sheets of the files that *tables* stand in, for a reader of *language*.

    What is wrong with a row is marked at its first cell, and what is wrong with a sheet at its
    first heading.
    """
    books = {id(table.book): table.book for table in tables}
    is_one = len(books) == 1
    sheets = {
        _name(book, sheet.name, is_one=is_one): sheet.table
        for book in books.values()
        for sheet in book.sheets
    }
    marks = [
        Mark(
            _name(table.book, table.sheet.name, is_one=is_one),
            max(1, problem.place.row),
            max(1, problem.place.column),
            Severity.INFO if problem.is_note else Severity.VIOLATION,
            problem.words(language),
        )
        for table in tables
        for problem in table.problems
    ]
    return marked(sheets, marks)


def _name(book: Book, sheet: str, *, is_one: bool) -> str:
    """Name a sheet as its workbook does; where there are several files, the file too."""
    return sheet if sheet and is_one else f"{book.file} {sheet}".rstrip()
