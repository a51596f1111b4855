"""Rows as Parquet: a column of numbers, truth values, days, times or texts for each variable."""

from collections.abc import Sequence
from datetime import date, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import QuerySolutions

from teixit.errors import NotAcceptableError
from teixit.sinks import Sink
from teixit.tabular import typed
from teixit.tabular.origin import Origin
from teixit.tabular.typed import Term, Value

if TYPE_CHECKING:  # an extra, of much memory and time
    import pyarrow as pa

_ENGINE: Final = "pyarrow"
#: Of which types all values of a column must be, and how Arrow calls them.
_KINDS: Final = (
    (frozenset({bool}), "bool_"),
    (frozenset({int}), "int64"),
    (frozenset({int, float}), "float64"),
    (frozenset({date}), "date32"),
)
_MOMENT: Final = frozenset({datetime})
#: What a column of whole numbers can hold.
_GREATEST: Final = 2**63 - 1


def is_installed() -> bool:
    """Say whether what writes Parquet is there."""
    return find_spec(_ENGINE) is not None


def load() -> None:
    """Take in what writes Parquet, which takes 300 MB of address space and 50 of memory.

    Raises:
        NotAcceptableError: It is not installed.
    """
    if not is_installed():
        raise NotAcceptableError(
            "this service does not write Parquet: whoever runs it can add it by"
            " pip install 'teixit[export]'; ask for CSV, or for a workbook"
        )
    import pyarrow as pa  # noqa: PLC0415 - an extra, of much memory and time
    import pyarrow.parquet  # noqa: PLC0415

    # Its own allocators take a gigabyte of address space at once; more threads take more.
    pa.set_memory_pool(pa.system_memory_pool())
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


def write(solutions: QuerySolutions, sink: Sink, origin: Origin) -> None:
    """Write *solutions* into *sink*, whole; what is known of their *origin* stands in the file.

    Raises:
        NotAcceptableError: What writes Parquet is not installed.
    """
    load()
    import pyarrow as pa  # noqa: PLC0415 - as above
    from pyarrow import parquet  # noqa: PLC0415

    names = [variable.value for variable in solutions.variables]
    columns: list[list[Term | None]] = [[] for _ in names]
    for row in solutions:
        for column, term in zip(columns, row, strict=True):
            column.append(term)
    arrays = [_array(column, pa) for column in columns]
    told = {f"teixit.{name}": text for name, text in origin.told.items() if text}
    made, buffer = pa.Table.from_arrays(arrays, names=names), pa.BufferOutputStream()
    with parquet.ParquetWriter(
        buffer, made.schema, compression="zstd", store_schema=False
    ) as writer:
        writer.write_table(made)
        writer.add_key_value_metadata(told)
    sink.write(buffer.getvalue().to_pybytes())


def _array(column: Sequence[Term | None], pa: Any) -> "pa.Array":
    values = [None if term is None else typed.value(term) for term in column]
    kinds = frozenset(type(value) for value in values if value is not None)
    for wanted, name in _KINDS:
        if kinds and kinds <= wanted and not _is_too_great(values):
            return pa.array(values, getattr(pa, name)())
    if kinds == _MOMENT and len({_zone(value) for value in values if value is not None}) == 1:
        zone = next(_zone(value) for value in values if value is not None)
        return pa.array(values, pa.timestamp("us", zone))
    return pa.array([None if term is None else typed.text(term) for term in column], pa.string())


def _zone(value: Value) -> str | None:
    return "UTC" if isinstance(value, datetime) and value.tzinfo else None


def _is_too_great(values: Sequence[Value | None]) -> bool:
    return any(isinstance(value, int) and abs(value) > _GREATEST for value in values)
