"""Empty tables to fill in, as a mapping declares them, in the language of who fills them in."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from teixit import workbooks
from teixit.errors import KnowledgeError
from teixit.importing.tables.mapping import Column, Kind
from teixit.importing.tables.names import Names
from teixit.importing.tables.wording import words
from teixit.languages import in_language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: So many rows of a template offer lists to choose from.
_ROWS: Final = 1000
_WIDTH: Final = 26
_BROAD: Final = 70
#: Where a list is longer, it is not one to choose from.
_LONGEST_LIST: Final = 2000


def write(kind: Kind, names: Names, language: str, file: Path) -> bytes:
    """Give a template as a file.

    Args:
        kind: What the table is of.
        names: What the lists to choose from offer.
        language: The language of headings, lists and explanations.
        file: The file that it will be; its name says which format: ``.xlsx`` or ``.csv``.

    Raises:
        KnowledgeError: The name ends in something else.
    """
    match file.suffix.lower():
        case ".csv":
            return _text(kind, language)
        case ".xlsx":
            return _workbook(kind, names, language)
    raise KnowledgeError(f"{file}: a template ends in .xlsx or .csv")


def _text(kind: Kind, language: str) -> bytes:
    """Write the headings as CSV, with the mark by which spreadsheets know that it is UTF-8."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow(_headings(kind, language))
    return stream.getvalue().encode("utf-8-sig")


def _workbook(kind: Kind, names: Names, language: str) -> bytes:
    stream = io.BytesIO()
    with workbooks.written(stream) as workbook:
        table = workbook.add_worksheet(in_language(kind.title, language).capitalize())
        explanation = workbook.add_worksheet(words("template", "explanation")[language])
        _explain(workbook, explanation, kind, language)
        lists = workbook.add_worksheet(words("template", "lists")[language])
        _offer(table, lists, _lists(kind, names, language), language)
        lists.hide()
        head = workbook.add_format({"bold": True, "bottom": 1})
        table.write_row(0, 0, _headings(kind, language), head)
        table.set_column(0, len(kind.columns) - 1, _WIDTH)
        table.freeze_panes(1, 0)
    return stream.getvalue()


def _headings(kind: Kind, language: str) -> list[str]:
    return [in_language(column.heading, language) for column in kind.columns]


def _explain(workbook: "Workbook", sheet: "Worksheet", kind: Kind, language: str) -> None:
    """Write the sheet that says what is to be written in each column."""
    head = workbook.add_format({"bold": True, "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    titles = ("explained", "required", "meaning", "example")
    sheet.write_row(0, 0, [words("template", title)[language] for title in titles], head)
    for row, column in enumerate(kind.columns, 1):
        sheet.write_row(row, 0, list(_explained(column, language)), wrapped)
    sheet.set_column(0, 1, _WIDTH)
    sheet.set_column(2, 2, _BROAD)
    sheet.set_column(3, 3, _WIDTH)
    sheet.freeze_panes(1, 0)


def _explained(column: Column, language: str) -> Iterator[str]:
    needed = "yes" if column.declared.required else "no"
    yield in_language(column.heading, language)
    yield words("template", needed)[language]
    yield in_language(column.description, language) if column.description else ""
    yield in_language(column.example, language) if column.example else ""


def _lists(kind: Kind, names: Names, language: str) -> dict[int, list[str]]:
    """Give the labels that each column chooses from, by its place."""
    found = {}
    for place, column in enumerate(kind.columns):
        labels = {
            names.label(thing, language)
            for class_ in column.ranges
            for thing in names.things(class_)
        }
        said = sorted(label for label in labels if names.find(label, column.ranges)[1:] == [])
        if 0 < len(said) <= _LONGEST_LIST:
            found[place] = said
    return found


def _offer(
    table: "Worksheet", lists: "Worksheet", offered: dict[int, list[str]], language: str
) -> None:
    """Let the cells of the table choose from lists, which stand in a sheet of their own.

    What is not in the list is only warned of: there are codes, other names, several at once.
    """
    for at, (place, labels) in enumerate(offered.items()):
        lists.write_column(0, at, labels)
        last = lists.get_name(), at, len(labels)
        table.data_validation(1, place, _ROWS, place, _rule(*last, language))


def _rule(sheet: str, column: int, count: int, language: str) -> dict[str, Any]:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - as above

    name = xl_col_to_name(column)
    return {
        "validate": "list",
        "source": f"='{sheet}'!${name}$1:${name}${count}",
        "error_type": "information",
        "error_title": words("template", "other")[language],
        "error_message": words("template", "check")[language],
    }
