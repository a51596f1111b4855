"""A view as a file: CSV and Excel of its tables, JSON of all of it, GeoJSON of its places."""

import csv
import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal

from teixit import workbooks
from teixit.explorer.views import Cell, Table, View
from teixit.tabular import XLSX

#: A spreadsheet takes a cell that begins so for a formula, and would run it; some pass over what
#: nobody sees, and take the wide forms of the signs too.
_FORMULA: Final = re.compile(
    r"[\s\x00-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]"
)
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
#: How long the name of a sheet may be.
_SHEET: Final = 31


def of_csv(view: View) -> bytes:
    """Write the main table as CSV (RFC 4180) in UTF-8, with the mark that Excel knows it by.

    A text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    lines = StringIO(newline="")
    writer = csv.writer(lines)
    for table in view.tables[:1]:
        writer.writerow(map(_harmless, table.columns))
        writer.writerows([_harmless(_text(cell)) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + lines.getvalue().encode()


def of_xlsx(view: View) -> bytes:
    """Write each table as a sheet of a workbook (ECMA-376), with numbers as numbers.

    Texts are texts: nothing in it is a formula or a link that could be followed unasked.
    """
    written = BytesIO()
    with workbooks.written(written) as workbook:
        heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        for table in view.tables:
            sheet = workbook.add_worksheet(table.name[:_SHEET])
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.columns):
                sheet.write_string(0, column, name, heading)
                workbooks.widen(sheet, column, _longest(table, column), wrapped)
            for number, row in enumerate(table.rows, 1):
                for column, cell in enumerate(row):
                    if cell.number is not None:
                        sheet.write_number(number, column, cell.number, wrapped)
                    else:
                        sheet.write_string(number, column, cell.text, wrapped)
    return written.getvalue()


def of_json(view: View) -> bytes:
    """Write all that the view holds as JSON, by the names of its parts."""
    return json.dumps(dataclasses.asdict(view), ensure_ascii=False, indent=1).encode()


def of_geojson(view: View) -> bytes:
    """Write the rows of the first table that has places as features (RFC 7946).

    A place that cannot be put on a map is none.
    """
    table = next(table for table in view.tables if table.places)
    features = [
        {
            "type": "Feature",
            "geometry": _geometry(place),
            "properties": dict(zip(table.columns, map(_value, row), strict=True)),
        }
        for row, place in zip(table.rows, table.places, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False).encode()


#: Of each kind of file its media type, and what writes it.
FILES: Final[Mapping[str, tuple[str, Callable[[View], bytes]]]] = MappingProxyType(
    {
        "csv": ("text/csv; charset=utf-8; header=present", of_csv),
        "xlsx": (XLSX, of_xlsx),
        "json": ("application/json", of_json),
        "geojson": ("application/geo+json", of_geojson),
    }
)


def offered(view: View) -> tuple[str, ...]:
    """Name the kinds of files that can hold a view."""
    if not view.tables:
        return ("json",)
    has_places = any(table.places for table in view.tables)
    return tuple(name for name in FILES if has_places or name != "geojson")


def _text(cell: Cell) -> str:
    return cell.text if cell.number is None else f"{cell.number:.15g}"


def _value(cell: Cell) -> str | float:
    return cell.text if cell.number is None else cell.number


def _geometry(place: str | None) -> object:
    """Give a *place* as GeoJSON has it, read."""
    import shapely  # noqa: PLC0415 - memory and time that pages do not need

    from teixit.geosparql import geometries  # noqa: PLC0415 - as above

    literal = None if place is None else Literal(place, datatype=geometries.WKT)
    try:
        (shape,) = geometries.on_a_map([literal])
    except geometries.GeometryError:
        return None
    return shape and json.loads(shapely.to_geojson(shapely.orient_polygons(shape)))


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _longest(table: Table, column: int) -> int:
    longest = max((len(row[column].text) for row in table.rows), default=0)
    return max(longest, len(table.columns[column]))
