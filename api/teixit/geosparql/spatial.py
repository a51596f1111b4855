"""The functions of GeoSPARQL 1.1 that the engine lacks, or has on a sphere or for polygons only.

Relations of shapes (``sfWithin`` and its like) are the engine's. Here, shapes are made in the
plane of the coordinates of their first argument, and measured on the ellipsoid
(:mod:`teixit.geosparql.measures`). This module imports shapely, which takes memory and time: see
:mod:`teixit.geosparql`.
"""

import os
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
import shapely
from pyoxigraph import Literal, NamedNode

from teixit.geosparql import measures
from teixit.geosparql.ellipsoid import Coordinates
from teixit.geosparql.geometries import (
    GEOJSON,
    Geometry,
    GeometryError,
    System,
    reference_system,
)
from teixit.geosparql.measures import Argument

Function: TypeAlias = Callable[..., Literal | None]

_ANY_URI: Final = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")
_SIMPLE_FEATURES: Final = "http://www.opengis.net/ont/sf#"


def transform(place: Argument, iri: Argument) -> Literal:
    """The same geometry in another reference system."""
    system = System.named(measures.iri(iri))
    geometry = Geometry.of(place)
    return Geometry(geometry.shape, system).literal(geometry.within(system))


def geometry_n(place: Argument, number: Argument) -> Literal:
    """The part of that number, counted from 1."""
    geometry, index = Geometry.of(place), measures.number(number)
    parts = shapely.get_parts(geometry.shape)
    if index not in range(1, len(parts) + 1):
        raise GeometryError(f"no part {index}")
    return geometry.literal(parts[int(index) - 1])


def as_geojson(place: Argument) -> Literal:
    """The geometry as GeoJSON, in longitude and latitude."""
    written = shapely.to_geojson(Geometry.of(place).geographic)
    return Literal(written, datatype=GEOJSON)


def geometry_type(place: Argument) -> Literal:
    """The class of the geometry, of Simple Features."""
    name = Geometry.of(place).shape.geom_type
    return Literal(f"{_SIMPLE_FEATURES}{name}", datatype=_ANY_URI)


def concave_hull(place: Argument, ratio: Argument) -> Literal:
    """The hull that follows the points the closer, the nearer *ratio* is to 0."""
    geometry = Geometry.of(place)
    return geometry.literal(shapely.concave_hull(geometry.shape, ratio=measures.number(ratio)))


def get_srid(place: Argument) -> Literal:
    """The IRI of the reference system, known here or not."""
    return Literal(reference_system(place), datatype=_ANY_URI)


#: Functions of one geometry, in the plane of its coordinates.
_OF_ONE: Final[dict[str, Callable[[Any], object]]] = {
    "asWKT": lambda shape: shape,
    "boundary": shapely.boundary,
    "boundingCircle": shapely.minimum_bounding_circle,
    "centroid": shapely.centroid,
    "convexHull": shapely.convex_hull,
    "coordinateDimension": shapely.get_coordinate_dimension,
    "dimension": shapely.get_dimensions,
    "envelope": shapely.envelope,
    "is3D": shapely.has_z,
    "isEmpty": shapely.is_empty,
    "isMeasured": shapely.has_m,
    "isSimple": lambda shape: shapely.is_simple(shape) and shapely.is_valid(shape),
    "maxX": lambda shape: shape.bounds[2],
    "maxY": lambda shape: shape.bounds[3],
    "maxZ": lambda shape: _heights(shape).max(),
    "minX": lambda shape: shape.bounds[0],
    "minY": lambda shape: shape.bounds[1],
    "minZ": lambda shape: _heights(shape).min(),
    "numGeometries": shapely.get_num_geometries,
    "spatialDimension": lambda shape: 3 if shape.has_z else 2,
}
#: Functions of two geometries, in the plane of the first.
_OF_TWO: Final[dict[str, Callable[[Any, Any], object]]] = {
    "difference": shapely.difference,
    "intersection": shapely.intersection,
    "symDifference": shapely.symmetric_difference,
    "union": shapely.union,
}


def functions() -> dict[str, Function]:
    """Give each function by its local name; none of them raises what a query can cause."""
    own: dict[str, Function] = {
        "area": measures.area,
        "asGeoJSON": as_geojson,
        "buffer": measures.buffer,
        "concaveHull": concave_hull,
        "distance": measures.distance,
        "geometryN": geometry_n,
        "geometryType": geometry_type,
        "getSRID": get_srid,
        "length": measures.length,
        "metricArea": measures.area,
        "metricBuffer": measures.buffer,
        "metricDistance": measures.distance,
        "metricLength": measures.length,
        "metricPerimeter": measures.perimeter,
        "perimeter": measures.perimeter,
        "transform": transform,
    }
    own |= {name: _of_one(make) for name, make in _OF_ONE.items()}
    own |= {name: _of_two(make) for name, make in _OF_TWO.items()}
    return {name: _guarded(function) for name, function in own.items()}


def _of_one(make: Callable[[Any], object]) -> Function:
    def function(place: Argument) -> Literal:
        geometry = Geometry.of(place)
        return _literal(geometry, make(geometry.shape))

    return function


def _of_two(make: Callable[[Any, Any], object]) -> Function:
    def function(one: Argument, other: Argument) -> Literal:
        geometry = Geometry.of(one)
        return _literal(geometry, make(geometry.shape, Geometry.of(other).within(geometry.system)))

    return function


def _guarded(function: Function) -> Function:
    """Give unbound where *function* cannot answer (SPARQL 1.1 Query, section 17.2)."""

    def answer(*arguments: Argument) -> Literal | None:
        try:
            with np.errstate(all="ignore"):
                return function(*arguments)
        except (GeometryError, TypeError, ValueError, OverflowError):
            return None
        except (MemoryError, shapely.GEOSException) as error:
            # The engine takes whatever is raised here for unbound. That would be a wrong
            # answer where memory has run out, and an answer that is wrong is worse than none.
            if isinstance(error, MemoryError) or "bad_alloc" in str(error):
                os.abort()
            return None

    return answer


def _literal(geometry: Geometry, found: object) -> Literal:
    if isinstance(found, shapely.Geometry):
        return geometry.literal(found)
    if isinstance(found, bool | np.bool_):
        return Literal(bool(found))
    if isinstance(found, int | np.integer):
        return Literal(int(found))
    return Literal(measures.finite(found))


def _heights(shape: shapely.Geometry) -> Coordinates:
    if not shape.has_z:
        raise GeometryError("no heights")
    heights: Coordinates = shapely.get_coordinates(shape, include_z=True)[:, 2]
    return heights
