"""Terms of RDF as values of Python."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal

from teixit.namespaces import PREFIXES
from teixit.queries import Term

#: What a term is in Python: an IRI and a text are text.
Value: TypeAlias = str | bool | int | float | Decimal | date | datetime

_XSD: Final = PREFIXES["xsd"]


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


def _year(text: str) -> int:
    return int(text.removesuffix("Z"))


#: How the literals of a datatype are read (XSD 1.1, part 2, section 3); others stay text.
_READERS: Final[Mapping[str, Callable[[str], Value]]] = {
    f"{_XSD}{name}": read
    for names, read in (
        (("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"), int),
        (("double", "float"), float),
        (("decimal",), Decimal),
        (("boolean",), _boolean),
        (("gYear",), _year),
        (("date",), date.fromisoformat),
        (("dateTime",), datetime.fromisoformat),
    )
    for name in names
}


def value_of(term: Term) -> Value:
    """Give the value of a *term*.

    An IRI, a name of a blank node and a text are text; numbers, yes or no, years, dates and times
    are what Python has for them. What Python cannot hold, such as a date in a time zone or
    ``"many"^^xsd:integer``, stays as it is written.

    >>> from pyoxigraph import Literal, NamedNode
    >>> value_of(NamedNode("https://w3id.org/teixit/id/district-03"))
    'https://w3id.org/teixit/id/district-03'
    >>> value_of(Literal("2016", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear")))
    2016
    """
    read = _READERS.get(term.datatype.value) if isinstance(term, Literal) else None
    if read is not None:
        try:
            return read(term.value)
        except (ArithmeticError, KeyError, ValueError):
            return term.value
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value
