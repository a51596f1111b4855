"""Values as programs beside ours have them: numbers, truth values, days and times; else texts."""

import math
import re
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Value: TypeAlias = bool | int | float | date | datetime | str

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,300}")
_REAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(?:\.[0-9]{1,6})?Z?")
_TRUTH: Final = MappingProxyType({"true": True, "1": True, "false": False, "0": False})
_INTEGERS: Final = frozenset(
    f"{_XSD}{name}"
    for name in (
        *("byte", "int", "integer", "long", "short", "gYear"),
        *("negativeInteger", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger"),
        *("unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort"),
    )
)
_REALS: Final = frozenset(f"{_XSD}{name}" for name in ("decimal", "double", "float"))


def text(term: Term) -> str:
    """Write a *term* as cells of a table do: an IRI and a literal without brackets and quotes."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def value(term: Term) -> Value:
    """Give the value of a *term* (XSD 1.1, part 2); its text where other programs have none.

    A year is a whole number. What is written in another way than its datatype has it, a number
    without an end and a time of another zone than UTC stay as they are written.
    """
    written = text(term)
    if not isinstance(term, Literal):
        return written
    found = _value(written, term.datatype.value)
    return written if found is None else found


def _value(written: str, datatype: str) -> Value | None:
    if datatype == f"{_XSD}boolean":
        return _TRUTH.get(written)
    if datatype in _INTEGERS:
        return int(written) if _INTEGER.fullmatch(written) else None
    if datatype in _REALS:
        found = float(written) if _REAL.fullmatch(written) else math.inf
        return found if math.isfinite(found) else None
    return _moment(written, datatype)


def _moment(written: str, datatype: str) -> date | datetime | None:
    try:
        if datatype == f"{_XSD}date" and _DAY.fullmatch(written):
            return date.fromisoformat(written)
        if datatype == f"{_XSD}dateTime" and _TIME.fullmatch(written):
            return datetime.fromisoformat(written)
    except ValueError:  # the thirtieth of February
        pass
    return None
