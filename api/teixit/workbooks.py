"""Opening a workbook (ECMA-376) to write, as all of ours are: texts are texts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:  # memory and time that most processes do not need
    from xlsxwriter import Workbook

#: When a workbook was made, for the same bytes each time: the first day that its archive can have.
_NO_TIME: Final = datetime(1980, 1, 1, tzinfo=UTC)
#: How wide a column is at least and at most, in characters.
_WIDTHS: Final = (8, 60)


@contextmanager
def written(into: BytesIO) -> Iterator["Workbook"]:
    """Open a workbook, which stands in *into* when the block ends, the same bytes each time.

    Nothing in it is a formula, or a link that could be followed unasked. It is made in memory: a
    file of its own would outlive a worker that the kernel ends.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - as above

    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(into, safe) as workbook:
        workbook.set_properties({"created": _NO_TIME})
        yield workbook


def widen(sheet: Any, column: int, longest: int, format_: Any = None) -> None:
    """Give a column of *sheet* the width of its longest text, within reason, in characters."""
    least, most = _WIDTHS
    sheet.set_column(column, column, min(max(longest, least), most), format_)
