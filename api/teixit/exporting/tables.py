"""Tables as CSV (RFC 4180) with CSV on the Web metadata, and as Parquet."""

import csv
import json
from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import Any, Final

from teixit.errors import ReleaseError
from teixit.exporting.columns import Column, Table, text_of

IRI: Final = "iri"
#: What the extra ``export`` installs, and what writes Parquet.
_ENGINE: Final = "pyarrow"


def csv_of(table: Table) -> bytes:
    """Write *table* with a head, lines that end as RFC 4180 has it, in UTF-8."""
    text = StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow([IRI, *(column.name for column in table.columns)])
    for thing in table.things:
        rows.writerow([thing, *(column.cell(thing) for column in table.columns)])
    return text.getvalue().encode()


def metadata_of(table: Table, licence: str) -> bytes:
    """Describe the CSV of *table* (Metadata Vocabulary for Tabular Data)."""
    first = {
        "datatype": "anyURI",
        "name": IRI,
        "required": True,
        "suppressOutput": True,
        "titles": IRI,
    }
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:license": {"@id": licence},
        "dc:title": table.name,
        "tableSchema": {
            "aboutUrl": "{+iri}",
            "columns": [first, *map(_column, table.columns)],
            "primaryKey": IRI,
        },
        "url": f"{table.name}.csv",
    }
    return f"{json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def has_parquet() -> bool:
    """Say whether what writes Parquet is installed."""
    return find_spec(_ENGINE) is not None


def require_parquet() -> None:
    """See that Parquet can be written.

    Raises:
        ReleaseError: The extra is not installed.
    """
    if not has_parquet():
        raise ReleaseError(
            "Parquet needs pyarrow, which is not installed; install teixit[export],"
            " or leave Parquet out with --without-parquet"
        )


def parquet_of(table: Table) -> bytes:
    """Write *table* as Parquet: a column of texts, or of lists of texts, for each of the CSV."""
    import pyarrow as pa  # noqa: PLC0415 - optional, and 170 MB
    from pyarrow import parquet  # noqa: PLC0415

    arrays = [pa.array(table.things, pa.string())]
    arrays += [_array(table, column, pa) for column in table.columns]
    names = [IRI, *(column.name for column in table.columns)]
    stream = BytesIO()
    made = pa.Table.from_arrays(arrays, names=names)
    parquet.write_table(made, stream, compression="zstd", store_schema=False)
    return stream.getvalue()


def _array(table: Table, column: Column, pa: Any) -> Any:
    text = pa.string()
    found = [[text_of(term) for term in column.values.get(thing, ())] for thing in table.things]
    if column.separator is not None:
        return pa.array(found, pa.list_(text))
    return pa.array([texts[0] if texts else None for texts in found], text)


def _column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "datatype": column.datatype if isinstance(column.datatype, str) else {**column.datatype},
        "name": column.name,
        "propertyUrl": column.iri,
        "titles": column.name,
    }
    if column.language is not None:
        described["lang"] = column.language
    if column.separator is not None:
        described["separator"] = column.separator
    elif described["datatype"] == "anyURI":
        described["valueUrl"] = f"{{+{described['name']}}}"
    return described
