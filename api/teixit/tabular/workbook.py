"""Rows as a workbook (ECMA-376): one sheet with the rows, and one that says where they are from."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import QuerySolutions

from teixit import workbooks
from teixit.errors import NotAcceptableError
from teixit.sinks import Sink
from teixit.tabular import typed
from teixit.tabular.origin import Origin
from teixit.tabular.typed import Value

if TYPE_CHECKING:  # memory and time that most answers do not need
    from xlsxwriter.worksheet import Worksheet

#: What a sheet can hold: rows with their heading, columns, and characters of a cell.
_ROWS: Final = 1 << 20
_COLUMNS: Final = 1 << 14
_CHARACTERS: Final = 32767
#: What marks a text that is cut off there.
_CUT: Final = " […]"
#: Greater numbers would lose digits in a sheet, which has floating-point numbers only.
_EXACT: Final = 10**15
#: Earlier days have no number in a sheet.
_FIRST_DAY: Final = date(1900, 3, 1)
#: So many rows are looked at for the widths of columns.
_LOOKED_AT: Final = 200


def write(solutions: QuerySolutions, sink: Sink, origin: Origin) -> None:
    """Write *solutions* into *sink*, whole.

    Texts are texts: nothing in it is a formula, or a link that could be followed unasked. What is
    too long for a cell is cut off, and says so.

    Raises:
        NotAcceptableError: There are more rows or columns than a sheet can have.
    """
    names = [variable.value for variable in solutions.variables]
    if len(names) > _COLUMNS:
        raise NotAcceptableError(f"a sheet has room for {_COLUMNS} columns; ask for another format")
    written = BytesIO()
    with workbooks.written(written) as workbook:
        bold = workbook.add_format({"bold": True, "valign": "top"})
        days = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        times = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"})
        rows = _Rows(workbook.add_worksheet("rows"), days, times)
        rows.write(solutions, names, bold)
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        _tell(workbook.add_worksheet("source"), origin, rows.number, bold, wrapped)
    sink.write(written.getvalue())


class _Rows:
    """The sheet with the rows, and how many there are."""

    def __init__(self, sheet: "Worksheet", days: Any, times: Any) -> None:
        self.number = 0
        self._sheet = sheet
        self._days, self._times = days, times

    def write(self, solutions: QuerySolutions, names: Sequence[str], heading: Any) -> None:
        self._sheet.freeze_panes(1, 0)
        widths = [*map(len, names)]
        for column, name in enumerate(names):
            self._sheet.write_string(0, column, name, heading)
        for row in solutions:
            self.number += 1
            if self.number == _ROWS:
                said = f"a sheet has room for {_ROWS - 1} rows; ask for another format"
                raise NotAcceptableError(said)
            for column, term in enumerate(row):
                if term is not None:
                    value = typed.value(term)
                    self._cell(column, value, typed.text(term))
                    if self.number <= _LOOKED_AT:
                        widths[column] = max(widths[column], len(str(value)))
        for column, width in enumerate(widths):
            workbooks.widen(self._sheet, column, width + 1)

    def _cell(self, column: int, value: Value, text: str) -> None:
        at = self.number, column
        match value:
            case bool():
                self._sheet.write_boolean(*at, value)
            case int() | float() if abs(value) < _EXACT:
                self._sheet.write_number(*at, value)
            case datetime() if value.date() >= _FIRST_DAY and value.tzinfo is None:
                self._sheet.write_datetime(*at, value, self._times)
            case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
                self._sheet.write_datetime(*at, value, self._days)
            case _:
                self._sheet.write_string(*at, _short(text))


def _tell(sheet: "Worksheet", origin: Origin, rows: int, bold: Any, wrapped: Any) -> None:
    """Say where the rows come from: the query stands in one cell, to be copied from there."""
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 100, wrapped)
    told = {**origin.told, "rows": str(rows)}
    for number, (name, text) in enumerate(told.items()):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, _short(text), wrapped)


def _short(text: str) -> str:
    if len(text) <= _CHARACTERS:
        return text
    return text[: _CHARACTERS - len(_CUT)] + _CUT
