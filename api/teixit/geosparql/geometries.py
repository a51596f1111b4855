"""Geometries in literals: WKT and GeoJSON as GeoSPARQL 1.1 has them, read by shapely.

This module costs 25 MB of memory and a fifth of a second to import; it is asked for only when
a query or a format needs it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import shapely
from pyoxigraph import Literal, NamedNode

from teixit.geosparql import ellipsoid
from teixit.geosparql.ellipsoid import Coordinates

GEO: Final = "http://www.opengis.net/ont/geosparql#"
WKT: Final = NamedNode(f"{GEO}wktLiteral")
GEOJSON: Final = NamedNode(f"{GEO}geoJSONLiteral")
#: What a literal that names no reference system is in: longitude, then latitude.
CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

_LITERAL: Final = re.compile(r"\s*(?:<([^<>]*)>\s*)?(.*)", re.DOTALL)
_EPSG: Final = re.compile(
    r"https?://www\.opengis\.net/def/crs/EPSG/[\d.]+/(\d+)|urn:ogc:def:crs:EPSG:[\d.]*:(\d+)"
)
_LONGITUDE_FIRST: Final = re.compile(
    r"https?://www\.opengis\.net/def/crs/OGC/[\d.]+/CRS84|urn:ogc:def:crs:OGC:[\d.]*:CRS84"
)
#: WGS84 and ETRS89 by latitude and longitude; the two are less than a metre apart.
_LATITUDE_FIRST: Final = frozenset({4258, 4326})
#: The first and the last zone of UTM, north, of ETRS89 and of WGS84; the zone is the rest.
_UTM: Final = ((25828, 25838), (32601, 32660))
_UTM_SCALE: Final = 0.9996
_UTM_EAST: Final = 500_000.0

#: The greatest longitude and latitude, in degrees; some count the longitude up to 360.
_ROUND: Final = 360
_POLE: Final = 90

#: Longer texts are read again each time, so that what is remembered stays small.
_REMEMBERED: Final = 65_536


class GeometryError(ValueError):
    """A literal that is no geometry, or is in a reference system that is not known here."""


@dataclass(frozen=True)
class System:
    """A spatial reference system.

    Attributes:
        iri: Its name; None where the literal has none.
        latitude_first: Whether the latitude is the first coordinate.
        meridian: The middle of the zone where it is one of UTM, in degrees.
    """

    iri: str | None = None
    latitude_first: bool = False
    meridian: float | None = None

    @classmethod
    def named(cls, iri: str | None) -> "System":
        """Find the system called *iri*.

        Raises:
            GeometryError: It is not one of those that are known here.
        """
        if iri is None or _LONGITUDE_FIRST.fullmatch(iri):
            return cls(iri)
        match = _EPSG.fullmatch(iri)
        code = int(match[1] or match[2]) if match else 0
        if code in _LATITUDE_FIRST:
            return cls(iri, latitude_first=True)
        for first, last in _UTM:
            if first <= code <= last:
                return cls(iri, meridian=(code % 100) * 6 - 183)
        raise GeometryError(
            f"the reference system <{iri}> is not known here; use CRS84, or EPSG 4326, 4258,"
            " 25828 to 25838 or 32601 to 32660"
        )

    def to_geographic(self, points: Coordinates) -> Coordinates:
        """Give longitude and latitude of *points* in this system."""
        if self.latitude_first:
            return points[:, ::-1]
        if self.meridian is None:
            return points
        return ellipsoid.from_plane((points - (_UTM_EAST, 0)) / _UTM_SCALE, self.meridian)

    def from_geographic(self, points: Coordinates) -> Coordinates:
        """Give *points* of longitude and latitude in this system."""
        if self.latitude_first:
            return points[:, ::-1]
        if self.meridian is None:
            return points
        plane = ellipsoid.to_plane(points, self.meridian) * _UTM_SCALE + (_UTM_EAST, 0)
        return np.round(plane, 4)


@dataclass(frozen=True)
class Geometry:
    """A shape with its coordinates as they are written, and the system that they are in."""

    shape: shapely.Geometry
    system: System = System()

    @classmethod
    def of(cls, literal: object) -> "Geometry":
        """Read a ``geo:wktLiteral`` or ``geo:geoJSONLiteral``.

        Raises:
            GeometryError: It is neither, does not parse, or is in an unknown system.
        """
        if not isinstance(literal, Literal) or literal.datatype not in {WKT, GEOJSON}:
            raise GeometryError("expected a geo:wktLiteral or a geo:geoJSONLiteral")
        read = _of_wkt if literal.datatype == WKT else _of_geojson
        text = literal.value
        return read(text) if len(text) <= _REMEMBERED else read.__wrapped__(text)

    @cached_property
    def geographic(self) -> shapely.Geometry:
        """The shape in longitude and latitude.

        Raises:
            GeometryError: There is no such place on Earth.
        """
        shape = moved(self.shape, self.system.to_geographic)
        _check([shape])
        return shape

    def within(self, system: System) -> shapely.Geometry:
        """Give the shape as *system* has its coordinates."""
        if self.system == system:
            return self.shape
        return moved(self.geographic, system.from_geographic)

    def literal(self, shape: shapely.Geometry) -> Literal:
        """Write *shape*, in the system of this geometry, as a ``geo:wktLiteral``."""
        text = shapely.to_wkt(shape, rounding_precision=-1, trim=True)
        prefix = f"<{self.system.iri}> " if self.system.iri else ""
        return Literal(f"{prefix}{text}", datatype=WKT)


def moved(shape: shapely.Geometry, move: Callable[[Coordinates], Coordinates]) -> shapely.Geometry:
    """Apply *move* to longitude and latitude, or east and north; heights stay."""
    if not shape.has_z:
        return shapely.transform(shape, move)
    return shapely.transform(
        shape, lambda points: np.column_stack((move(points[:, :2]), points[:, 2])), include_z=True
    )


def on_a_map(literals: Sequence[Literal | None]) -> list[shapely.Geometry | None]:
    """Give the shapes of *literals* in longitude and latitude, None where there is none.

    What is given with each place beside where it is, such as a time, is left out.

    Raises:
        GeometryError: One of them cannot be put so.
    """
    # Those without a reference system, which most are, can be read all at once.
    plain = [
        literal.value
        if literal is not None and literal.datatype == WKT and literal.value[:1].isalpha()
        else None
        for literal in literals
    ]
    shapes = _read(shapely.from_wkt, plain)
    _check(shapes)
    for at, literal in enumerate(literals):
        if literal is not None and plain[at] is None:
            shapes[at] = Geometry.of(literal).geographic
    measured = shapely.has_m(shapes)
    shapes[measured] = shapely.force_2d(shapes[measured])
    shapes[shapely.is_empty(shapes)] = None
    return list(shapes)


def reference_system(literal: object) -> str:
    """Give the IRI of the reference system of a geometry literal, known here or not.

    Raises:
        GeometryError: It is no geometry literal.
    """
    if isinstance(literal, Literal) and literal.datatype == WKT:
        match = _LITERAL.match(literal.value)
        return match[1] if match and match[1] is not None else CRS84
    return Geometry.of(literal).system.iri or CRS84


@lru_cache(maxsize=512)
def _of_wkt(text: str) -> Geometry:
    iri, geometry = _LITERAL.fullmatch(text).groups()  # type: ignore[union-attr]  # all match
    system = System.named(iri)
    if not geometry:  # GeoSPARQL 1.1, requirement 17
        return Geometry(shapely.GeometryCollection(), system)
    return Geometry(_read(shapely.from_wkt, geometry), system)


@lru_cache(maxsize=512)
def _of_geojson(text: str) -> Geometry:
    return Geometry(_read(shapely.from_geojson, text) if text else shapely.GeometryCollection())


def _read(read: Callable[[Any], Any], text: Any) -> Any:
    """Read *text*, one or many, in which all coordinates are to be numbers."""
    try:
        with np.errstate(all="ignore"):
            shapes = read(text)
            finite = np.isfinite(shapely.get_coordinates(shapes)).all()
    except (shapely.GEOSException, NotImplementedError, ValueError) as error:
        raise GeometryError(f"no geometry: {error}") from error
    if not finite:
        raise GeometryError("no geometry: a coordinate is no number")
    return shapes


def _check(shapes: Any) -> None:
    """See that *shapes* are on Earth."""
    west, south, east, north = shapely.bounds(shapes).T
    if ((west < -_ROUND) | (east > _ROUND) | (south < -_POLE) | (north > _POLE)).any():
        raise GeometryError("no geometry: a coordinate is not on Earth, or in another order")
