"""The rows of a SELECT as a map: GeoJSON (RFC 7946).

Each row is a Feature. In the first row that has a geometry, the first column that holds one is
the column of the geometries; a second such column is a property, as it is written. What else is
bound are properties, with numbers and truth values as JSON has them, and texts without their
language.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from teixit.errors import NotAcceptableError
from teixit.sinks import Sink

if TYPE_CHECKING:
    import shapely

MEDIA_TYPE: Final = "application/geo+json"

_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_GEOMETRIES: Final = frozenset({f"{_GEO}wktLiteral", f"{_GEO}geoJSONLiteral"})
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS: Final = frozenset(
    _XSD + name
    for name in (
        "byte",
        "int",
        "integer",
        "long",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "short",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    )
)
_REALS: Final = frozenset(_XSD + name for name in ("decimal", "double", "float"))
_BOOLEAN: Final = f"{_XSD}boolean"
#: Greater integers are written as text: most readers of JSON would round them (RFC 8259, 6).
_GREATEST: Final = 2**53 - 1
#: Rows that are written at a time.
_ROWS: Final = 1000

_Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
#: The geometry of a row, and its properties.
_Row: TypeAlias = tuple[Literal | None, dict[str, Any]]


def write(solutions: QuerySolutions, sink: Sink) -> None:
    """Write *solutions* as one FeatureCollection into *sink*, a thousand rows at a time.

    Polygons go round as section 3.1.6 of RFC 7946 wants them; what measures are given with
    coordinates is left out, and an empty geometry is none.

    Raises:
        NotAcceptableError: No row has a geometry, or one cannot be put as longitude and
            latitude. What is written by then is void.
    """
    rows, number = _Rows(solutions), 0
    sink.write(b'{"type":"FeatureCollection","features":[')
    while batch := list(islice(rows, _ROWS)):
        written = _features(batch, number)
        sink.write(((",\n" if number else "\n") + ",\n".join(written)).encode())
        number += len(batch)
    if number and rows.column is None:
        raise NotAcceptableError(
            "no column holds a geo:wktLiteral, so there is no map; ask for another format"
        )
    sink.write(b"\n]}\n")


class _Rows(Iterator[_Row]):
    """The rows, each with its geometry apart, once the column of the geometries is known."""

    def __init__(self, solutions: QuerySolutions) -> None:
        self._solutions = solutions
        self._names = [variable.value for variable in solutions.variables]
        self.column: str | None = None

    def __next__(self) -> _Row:
        """Read one row."""
        values = zip(self._names, next(self._solutions), strict=True)
        row = {name: value for name, value in values if value is not None}
        if self.column is None:
            self.column = next((name for name in row if _is_geometry(row[name])), None)
        geometry = row.get(self.column or "")
        if not isinstance(geometry, Literal) or not _is_geometry(geometry):
            return None, {name: _plain(value) for name, value in row.items()}
        properties = {name: _plain(row[name]) for name in row if name != self.column}
        return geometry, properties


def _features(rows: Sequence[_Row], before: int) -> Iterator[str]:
    """Write *rows*, of which so many came *before*."""
    import shapely  # noqa: PLC0415 - memory and time that most answers do not need

    shapes = shapely.orient_polygons(_shapes([geometry for geometry, _ in rows], before))
    for written, (_, properties) in zip(shapely.to_geojson(shapes), rows, strict=True):
        said = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
        yield f'{{"type":"Feature","geometry":{written or "null"},"properties":{said}}}'


def _shapes(literals: Sequence[Literal | None], before: int) -> "list[shapely.Geometry | None]":
    """Read the geometries of some rows, all at once where that can be.

    Raises:
        NotAcceptableError: One is none, or none on Earth; says which.
    """
    from teixit.geosparql import geometries  # noqa: PLC0415 - as above

    try:
        return geometries.on_a_map(literals)
    except geometries.GeometryError as error:
        if len(literals) == 1:
            raise NotAcceptableError(
                f"row {before + 1}: {error}; ask for another format"
            ) from error
    alone = (_shapes([literal], before + at) for at, literal in enumerate(literals))
    return list(chain.from_iterable(alone))


def _is_geometry(term: _Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _GEOMETRIES


def _plain(term: _Term) -> str | int | float | bool:
    """Give *term* as JSON has it; a number that is none there is the text that it is."""
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else str(term)
    text, datatype = term.value, term.datatype.value
    if datatype == _BOOLEAN and text in {"true", "false"}:
        return text == "true"
    try:
        if datatype in _INTEGERS and abs(int(text)) <= _GREATEST and "_" not in text:
            return int(text)
        if datatype in _REALS and abs(float(text)) < float("inf") and "_" not in text:
            return float(text)
    except ValueError:
        pass
    return text
