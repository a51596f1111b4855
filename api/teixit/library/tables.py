"""What a query answers, as rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, overload

from pyoxigraph import Literal, QueryBoolean, QuerySolutions

from teixit import queries
from teixit.library.frames import framed
from teixit.library.values import Value, value_of
from teixit.queries import Found, Term

if TYPE_CHECKING:
    from pandas import DataFrame

#: The values of a row by the names of its columns; None where there is none.
Row: TypeAlias = dict[str, Value | None]


@dataclass(frozen=True)
class Table(Sequence[Row]):
    """The rows of an answer, in order.

    ASK gives one row, with ``answer``; CONSTRUCT and DESCRIBE give one for each statement, with
    ``subject``, ``predicate`` and ``object``.

    Args:
        columns: Their names, in order.
        terms: The rows once more, as the terms of RDF that they are.
    """

    columns: tuple[str, ...]
    terms: Sequence[Sequence[Term | None]] = field(repr=False)

    @cached_property
    def _rows(self) -> Sequence[Row]:
        return [
            {
                name: None if term is None else value_of(term)
                for name, term in zip(self.columns, row, strict=True)
            }
            for row in self.terms
        ]

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def frame(self) -> "DataFrame":
        """Give the rows as a data frame of pandas.

        Raises:
            SettingError: pandas is not installed.
        """
        return framed(self._rows, self.columns)


def table_of(found: Found) -> Table:
    """Read all that was *found*.

    Raises:
        QueryError: The engine gives up on the query.
    """
    with queries.client_to_blame():
        if isinstance(found, QueryBoolean):
            return Table(("answer",), [[Literal(bool(found))]])
        if isinstance(found, QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            return Table(columns, [[*row] for row in found])
        return Table(("subject", "predicate", "object"), [[*triple] for triple in found])
