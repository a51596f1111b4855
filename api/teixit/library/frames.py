"""Data frames of pandas, for those who have it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode

from teixit.errors import SettingError
from teixit.languages import LANGUAGES
from teixit.library.naming import Names, last_part
from teixit.library.values import Value, value_of
from teixit.queries import Term

if TYPE_CHECKING:
    from pandas import DataFrame

#: All values of a column, by the IRI of the thing.
_Column: TypeAlias = Mapping[str, Sequence[Value]]


def framed(rows: Sequence[Mapping[str, Value | None]], columns: Sequence[str]) -> "DataFrame":
    """Make a data frame of *rows*; decimals become floats, with which pandas computes.

    Raises:
        SettingError: pandas is not installed.
    """
    try:
        from pandas import DataFrame  # noqa: PLC0415 - half a second, and not everybody has it
    except ImportError as error:
        said = "data frames need pandas: pip install 'teixit[frames]', or pip install pandas"
        raise SettingError(said) from error
    plain = [[_number(row[name]) for name in columns] for row in rows]
    return DataFrame(plain, columns=[*columns])


def _number(value: Value | None) -> Value | None:
    return float(value) if isinstance(value, Decimal) else value


def of_things(rows: Iterable[Mapping[str, Term]], names: Names, language: str) -> "DataFrame":
    """Make a data frame of things: a row for each, a column for each property.

    Args:
        rows: With ``?thing``, ``?property`` and ``?value``.
        names: What all of them are called.
        language: Of the reader: of texts in several languages, his is shown.

    Raises:
        SettingError: pandas is not installed.
    """
    said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    things: dict[str, None] = {}
    for row in rows:
        things[row["thing"].value] = None
        said[row["property"].value][row["thing"].value].append(row["value"])
    told = {
        property_: {
            thing: _values(_in_language(terms, language), names) for thing, terms in values.items()
        }
        for property_, values in said.items()
    }
    columns = _named({property_: names.get(property_) for property_ in told})
    cells = {columns[property_]: _cells(column, things) for property_, column in told.items()}
    ordered = sorted(cells)
    table = [{"iri": thing, **{name: cells[name][thing] for name in ordered}} for thing in things]
    return framed(table, ["iri", *ordered]).set_index("iri")


def _in_language(terms: Sequence[Term], language: str) -> Sequence[Term]:
    """Leave out translations of what is said in the *language*, or else in one of ours."""
    tags = [term.language if isinstance(term, Literal) else None for term in terms]
    chosen = next((tag for tag in (language, *LANGUAGES) if tag in tags), None)
    pairs = zip(terms, tags, strict=True)
    return [term for term, tag in pairs if chosen is None or tag in {None, chosen}]


def _values(terms: Iterable[Term], names: Names) -> Sequence[Value]:
    """Give the values, each once; things by their names, if they have any."""
    found = (
        names.get(term.value) or term.value if isinstance(term, NamedNode) else value_of(term)
        for term in terms
    )
    return [*dict.fromkeys(found)]


def _cells(column: _Column, things: Iterable[str]) -> Mapping[str, Value | None]:
    """Give one cell for each thing; where one of them has several values, they are joined.

    A column of numbers of which there are several stays text, so that nothing is lost.
    """
    if all(len(values) == 1 for values in column.values()):
        return {thing: column[thing][0] if thing in column else None for thing in things}
    joined = {thing: "; ".join(map(str, values)) for thing, values in column.items()}
    return {thing: joined.get(thing) for thing in things}


def _named(labels: Mapping[str, str | None]) -> Mapping[str, str]:
    """Name each column, no two of them alike."""
    names: dict[str, str] = {}
    for iri in sorted(labels):
        name = labels[iri] or last_part(iri)
        names[iri] = f"{name} <{iri}>" if name in names.values() else name
    return names
