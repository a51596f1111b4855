"""Workbooks as rows of cells. This runs in a bounded process; calamine reads them."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, SheetVisibleEnum, load_workbook

from teixit.importing.tables import archives, markup
from teixit.importing.tables.refusals import refuse

#: So many rows are handed over at once.
_ROWS: Final = 500

Message = list[Any]


def read(name: str) -> Iterator[Message]:
    """Read the workbook *name*.

    Yields:
        ``["finding", kind, sheet, row, column]``, ``["sheet", name]``, and of each sheet
        ``["rows", [[number, [[column, kind, text], …]], …]]``; ``["work"]`` while it works.

    Raises:
        FileRefusedError: It is not read, and why.
    """
    file = Path(name)
    with archives.opened(file) as archive:
        for finding in markup.looked_at(archive, file.name):
            yield ["work"] if finding is None else ["finding", *finding]
    try:
        with load_workbook(file) as workbook:
            for index, sheet in enumerate(workbook.sheets_metadata):
                if sheet.visible is SheetVisibleEnum.Visible:
                    yield ["sheet", sheet.name]
                    yield from _blocks(workbook.get_sheet_by_index(index))
    except (CalamineError, ValueError) as error:
        refuse(file.name, "damaged", said=error)


def _blocks(sheet: CalamineSheet) -> Iterator[Message]:
    rows: list[list[Any]] = []
    _, before = sheet.start or (0, 0)  # rows come from the first on, columns do not
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = [
            [column, *_written(value)]
            for column, value in enumerate(values, before + 1)
            if value != ""
        ]
        if cells:
            rows.append([number, cells])
        if len(rows) == _ROWS:
            yield ["rows", rows]
            rows = []
    yield ["rows", rows]


def _written(value: object) -> tuple[str, str]:
    """Give the kind of a value, and its text."""
    match value:
        case bool():
            return "boolean", str(value).lower()
        case int() | float():
            return "number", str(int(value)) if value == int(value) else repr(value)
        case dt.datetime():
            is_day = value.time() == dt.time()
            return "date", (value.date() if is_day else value).isoformat()
        case dt.date() | dt.time():
            return "date", value.isoformat()
    return "text", str(value)
