"""Which functions of GeoSPARQL 1.1 queries can call, and those that the engine needs from us.

What they are made of is imported only when a query calls one of them: it takes 25 MB of memory
and a fifth of a second, which most queries never need.
"""

from collections.abc import Callable
from typing import Final

from pyoxigraph import Literal, NamedNode

NAMESPACE: Final = "http://www.opengis.net/def/function/geosparql/"

#: The relations of shapes, which the engine knows by itself: in longitude and latitude only.
RELATIONS: Final = frozenset(
    f"{NAMESPACE}{name}"
    for name in (
        "ehContains",
        "ehCoveredBy",
        "ehCovers",
        "ehDisjoint",
        "ehEquals",
        "ehInside",
        "ehMeet",
        "ehOverlap",
        "rcc8dc",
        "rcc8ec",
        "rcc8eq",
        "rcc8ntpp",
        "rcc8ntppi",
        "rcc8po",
        "rcc8tpp",
        "rcc8tppi",
        "relate",
        "sfContains",
        "sfCrosses",
        "sfDisjoint",
        "sfEquals",
        "sfIntersects",
        "sfOverlaps",
        "sfTouches",
        "sfWithin",
    )
)
_OURS: Final = frozenset(
    f"{NAMESPACE}{name}"
    for name in (
        "area",
        "asGeoJSON",
        "asWKT",
        "boundary",
        "boundingCircle",
        "buffer",
        "centroid",
        "concaveHull",
        "convexHull",
        "coordinateDimension",
        "difference",
        "dimension",
        "distance",
        "envelope",
        "geometryN",
        "geometryType",
        "getSRID",
        "intersection",
        "is3D",
        "isEmpty",
        "isMeasured",
        "isSimple",
        "length",
        "maxX",
        "maxY",
        "maxZ",
        "metricArea",
        "metricBuffer",
        "metricDistance",
        "metricLength",
        "metricPerimeter",
        "minX",
        "minY",
        "minZ",
        "numGeometries",
        "perimeter",
        "spatialDimension",
        "symDifference",
        "transform",
        "union",
    )
)


def names() -> frozenset[str]:
    """Give the IRIs of the functions that :func:`functions` has."""
    return _OURS


def functions() -> dict[NamedNode, Callable[..., Literal | None]]:
    """Give the functions that the engine lacks, or has only on a sphere or for polygons.

    They take what a query gives them, and answer None, which is unbound, where they cannot.
    """
    from teixit.geosparql import spatial  # noqa: PLC0415 - see above

    return {NamedNode(NAMESPACE + name): made for name, made in spatial.functions().items()}
