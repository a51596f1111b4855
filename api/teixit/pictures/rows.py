"""A table as it is drawn: its terms as SPARQL 1.1 Query Results JSON has them (section 3.2.2)."""

import re
from calendar import isleap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeAlias

Term: TypeAlias = Mapping[str, Any]
Row: TypeAlias = Mapping[str, Term]
#: A stretch of time: when it begins and when it ends, in years.
Span: TypeAlias = tuple[float, float]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_NUMBERS: Final = frozenset(f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float"))
_MOMENTS: Final = frozenset(
    f"{_XSD}{name}" for name in ("gYear", "gYearMonth", "date", "dateTime", "dateTimeStamp")
)
_SHAPES: Final = frozenset({f"{_GEO}wktLiteral", f"{_GEO}geoJSONLiteral"})
_MOMENT: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*|Z|[+-]\d\d:\d\d)?")
#: What a column of whole numbers is called that are years.
_YEARS: Final = ("year", "any", "anyo", "año", "ano")
_YEAR: Final = re.compile(r"[12]\d{3}")
_MONTHS: Final = 12
#: Greater numbers are more than the scale of a picture can hold.
_GREATEST: Final = 1e100
#: So much of a text is a name.
_NAME: Final = 200


@dataclass(frozen=True)
class Table:
    """The first rows of an answer.

    Args:
        columns: The names of its variables.
        rows: What is bound in each.
        total: How many rows there are in all.
        labels: What its things are called in the reader's language, by IRI.
    """

    columns: Sequence[str]
    rows: Sequence[Row]
    total: int
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, results: Mapping[str, Any], total: int, labels: Mapping[str, str] | None = None
    ) -> "Table":
        """Read an answer in SPARQL 1.1 Query Results JSON."""
        return cls(results["head"]["vars"], results["results"]["bindings"], total, labels or {})

    @cached_property
    def moments(self) -> Sequence[str]:
        """The columns of days, months or years."""
        return [name for name in self.columns if self._all(name, _is_moment(name))]

    @cached_property
    def numbers(self) -> Sequence[str]:
        """The columns of numbers that are no years."""
        return [
            name
            for name in self.columns
            if name not in self.moments and self._all(name, lambda term: number(term) is not None)
        ]

    @cached_property
    def shapes(self) -> Sequence[str]:
        """The columns with a geometry in every row that has anything there."""
        return [name for name in self.columns if self._all(name, is_shape)]

    @cached_property
    def things(self) -> Sequence[str]:
        """The columns of IRIs."""
        return [name for name in self.columns if self._all(name, is_thing)]

    @cached_property
    def naming(self) -> Sequence[str]:
        """The columns that say what a row is about: texts first, as the query has chosen them."""
        told = {*self.moments, *self.numbers, *self.shapes}
        words = [name for name in self.columns if name not in told and self._all(name, is_said)]
        texts = [name for name in words if name not in self.things]
        return texts or words

    def name(self, row: Row, columns: Sequence[str] | None = None) -> str:
        """Say what a *row* is about, by at most two of its *columns*."""
        chosen = (self.naming if columns is None else columns)[:2]
        return " · ".join(self.text(row[name]) for name in chosen if name in row)

    def text(self, term: Term) -> str:
        """Name a *term*: a thing in the reader's language, a literal by its text."""
        value = str(term["value"])
        return self.labels.get(value, value)[:_NAME] if is_thing(term) else value[:_NAME]

    def _all(self, column: str, test: Callable[[Term], object]) -> bool:
        bound = [row[column] for row in self.rows if column in row]
        return bool(bound) and all(map(test, bound))


def number(term: Term) -> float | None:
    """Give the number that a *term* is, if a scale can hold it; None for all else."""
    if term.get("datatype") not in _NUMBERS:
        return None
    try:
        found = float(term["value"])
    except ValueError:  # "many"^^xsd:integer is a literal too
        return None
    return found if abs(found) < _GREATEST else None


def span(term: Term) -> Span | None:
    """Give the stretch of time that a *term* names, a day at least; None for all else."""
    found = _MOMENT.fullmatch(str(term["value"]))
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # noqa: S101 - the expression asks for it
    if month is None:
        return float(year), year + 1.0
    try:
        first = date(year, month, day or 1)
    except ValueError:  # there is no such month, or day
        return None
    if day is None:
        return year + (month - 1) / _MONTHS, year + month / _MONTHS
    days = 366 if isleap(year) else 365
    begin = year + (first.timetuple().tm_yday - 1) / days
    return begin, begin + 1 / days


def is_shape(term: Term) -> bool:
    """Say whether a *term* is a geometry."""
    return term.get("datatype") in _SHAPES


def is_thing(term: Term) -> bool:
    """Say whether a *term* is an IRI."""
    return bool(term["type"] == "uri")


def is_said(term: Term) -> bool:
    """Say whether a *term* names something: an IRI or a text."""
    return term["type"] in {"uri", "literal"}


def _is_moment(column: str) -> Callable[[Term], object]:
    are_years = column.lower() in _YEARS

    def test(term: Term) -> bool:
        if term.get("datatype") in _MOMENTS:
            return span(term) is not None
        return are_years and number(term) is not None and bool(_YEAR.fullmatch(term["value"]))

    return test
