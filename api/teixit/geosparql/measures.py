"""What GeoSPARQL measures in metres: distances, lengths, areas and what lies around.

All is measured on the ellipsoid: areas and lengths with edges that
are straight in the plane of the coordinates, within 1 part in 10⁹; distances along the
shortest line, within 1 mm between points and 1 part in 10⁴ between shapes less than 100 km
wide; buffers likewise, their arcs drawn with 32 edges to the quarter. In degrees or radians,
all is measured in the plane.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import shapely
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from teixit.geosparql import ellipsoid
from teixit.geosparql.ellipsoid import Coordinates
from teixit.geosparql.geometries import Geometry, GeometryError, moved

#: What a query can give a function.
Argument: TypeAlias = NamedNode | BlankNode | Literal | Triple

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_OGC: Final = "http://www.opengis.net/def/uom/OGC/1.0/"
_QUDT: Final = "http://qudt.org/vocab/unit/"

#: Units of length, in metres; and of area, in square metres.
_METRES: Final = {
    f"{_OGC}metre": 1.0,
    f"{_OGC}meter": 1.0,
    f"{_OGC}kilometre": 1000.0,
    f"{_QUDT}M": 1.0,
    f"{_QUDT}KiloM": 1000.0,
}
_SQUARE_METRES: Final = {
    **{unit: metres**2 for unit, metres in _METRES.items()},
    f"{_OGC}squareMetre": 1.0,
    f"{_QUDT}M2": 1.0,
    f"{_QUDT}KiloM2": 1e6,
    f"{_QUDT}HA": 1e4,
}
#: Units of angle, in degrees: what is measured in them is measured in the plane.
_DEGREES: Final = {
    f"{_OGC}degree": 1.0,
    f"{_OGC}radian": math.degrees(1),
    f"{_QUDT}DEG": 1.0,
    f"{_QUDT}RAD": math.degrees(1),
}
_METRE: Final = NamedNode(f"{_OGC}metre")

_QUARTER: Final = 32
#: How far from its middle a shape may reach when it is drawn around, in metres.
_FAR: Final = 1e6
#: How far apart in longitude the ends of two shapes may be to be put on one plane.
_WIDE: Final = 150


def distance(one: Argument, other: Argument, unit: Argument = _METRE) -> Literal:
    """The shortest distance between two geometries."""
    first, second = Geometry.of(one), Geometry.of(other)
    if first.shape.is_empty or second.shape.is_empty:
        raise GeometryError("an empty geometry is nowhere")
    if iri(unit) in _DEGREES:
        apart = shapely.distance(first.geographic, second.geographic)
        return Literal(float(apart) / _DEGREES[iri(unit)])
    start, end = _nearest(first.geographic, second.geographic)
    metres = ellipsoid.distance(start, end)
    return Literal(finite(metres) / _scale(unit, _METRES))


def buffer(place: Argument, radius: Argument, unit: Argument = _METRE) -> Literal:
    """All that is at most *radius* away; a negative one takes away from the edge."""
    geometry, wide = Geometry.of(place), number(radius)
    shape = geometry.geographic
    if iri(unit) in _DEGREES:
        drawn = shape.buffer(wide * _DEGREES[iri(unit)], quad_segs=_QUARTER)
    elif shape.is_empty:
        drawn = shape
    else:
        meridian = (shape.bounds[0] + shape.bounds[2]) / 2
        plane = _in_metres(shape, meridian)
        wide *= _scale(unit, _METRES)
        if abs(wide) + np.abs(shapely.get_coordinates(plane)[:, 0]).max() > _FAR:
            raise GeometryError("too wide to be drawn around")
        plane = plane.buffer(wide, quad_segs=_QUARTER)
        drawn = moved(plane, lambda points: ellipsoid.from_plane(points, meridian))
    return geometry.literal(moved(drawn, geometry.system.from_geographic))


def area(place: Argument, unit: Argument = _METRE) -> Literal:
    """The area of what is areal in a geometry."""
    square_metres = sum(
        ellipsoid.ring_area(exterior) - sum(map(ellipsoid.ring_area, holes))
        for exterior, *holes in _polygons(Geometry.of(place).geographic)
    )
    return Literal(square_metres / _scale(unit, _SQUARE_METRES))


def length(place: Argument, unit: Argument = _METRE) -> Literal:
    """The length of the lines in a geometry; areas have none."""
    shape = Geometry.of(place).geographic
    lines = [part for part in _parts(shape) if part.geom_type in {"LineString", "LinearRing"}]
    return _measured([shapely.get_coordinates(line) for line in lines], unit)


def perimeter(place: Argument, unit: Argument = _METRE) -> Literal:
    """The length of the edges of the areas in a geometry, those of holes too."""
    polygons = _polygons(Geometry.of(place).geographic)
    return _measured([ring for rings in polygons for ring in rings], unit)


def iri(term: Argument) -> str:
    """Read an IRI that stands as such, as ``xsd:anyURI`` or as text.

    Raises:
        GeometryError: It is a blank node or a triple.
    """
    if not isinstance(term, NamedNode | Literal):
        raise GeometryError("expected an IRI")
    return term.value


def number(term: Argument) -> float:
    """Read a number.

    Raises:
        GeometryError: It is none, or without end.
    """
    if not isinstance(term, Literal) or not term.datatype.value.startswith(_XSD):
        raise GeometryError("expected a number")
    return finite(term.value)


def finite(found: Any) -> float:
    """Give *found* as a number.

    Raises:
        GeometryError: It is none, or without end.
    """
    found = math.nan if found is None else float(found)
    if not math.isfinite(found):
        raise GeometryError("not a number")
    return float(found)


def _nearest(
    first: shapely.Geometry, second: shapely.Geometry
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give the two points, one of each shape, that are nearest to each other."""
    if first.geom_type == second.geom_type == "Point":
        return (first.x, first.y), (second.x, second.y)
    ends = [*first.bounds[::2], *second.bounds[::2]]
    meridian = (min(ends) + max(ends)) / 2
    if max(ends) - min(ends) > _WIDE:
        raise GeometryError("too far apart for one plane")
    for _ in range(2):  # the second time, from the middle of what was found
        line = shapely.shortest_line(_in_metres(first, meridian), _in_metres(second, meridian))
        points = ellipsoid.from_plane(shapely.get_coordinates(line), meridian)
        (from_x, from_y), (to_x, to_y) = points.tolist()
        meridian = (from_x + to_x) / 2
    return (from_x, from_y), (to_x, to_y)


def _parts(shape: shapely.Geometry) -> Iterator[shapely.Geometry]:
    """Yield the simple shapes that *shape* is made of, however deep."""
    for part in shapely.get_parts(shape):
        yield from _parts(part) if hasattr(part, "geoms") else (part,)


def _polygons(shape: shapely.Geometry) -> Iterator[list[Coordinates]]:
    """Yield the rings of each polygon of *shape*, the exterior first."""
    for part in _parts(shape):
        if part.geom_type == "Polygon" and not part.is_empty:
            rings = (part.exterior, *part.interiors)
            yield [shapely.get_coordinates(ring) for ring in rings]


def _measured(lines: Sequence[Coordinates], unit: Argument) -> Literal:
    """Give the length of all *lines* together in *unit*."""
    if iri(unit) in _DEGREES:
        steps = (np.diff(line, axis=0) for line in lines)
        plane = sum(float(np.hypot(step[:, 0], step[:, 1]).sum()) for step in steps)
        return Literal(plane / _DEGREES[iri(unit)])
    return Literal(float(sum(map(ellipsoid.length, lines))) / _scale(unit, _METRES))


def _in_metres(shape: shapely.Geometry, meridian: float) -> shapely.Geometry:
    return moved(shapely.force_2d(shape), lambda points: ellipsoid.to_plane(points, meridian))


def _scale(unit: Argument, units: Mapping[str, float]) -> float:
    try:
        return units[iri(unit)]
    except KeyError:
        raise GeometryError(f"the unit {unit} is not known here") from None
