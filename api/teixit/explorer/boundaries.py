"""Boundaries on paper: from longitude and latitude to lines of a drawing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Final, TypeAlias

import numpy as np
import shapely
from pyoxigraph import Literal

from teixit.geosparql.geometries import WKT as _WKT
from teixit.geosparql.geometries import Geometry, GeometryError

#: A place of the drawing, from its upper left.
Point: TypeAlias = tuple[int, int]

#: How wide a drawing is, and how far it keeps from its edges, in the units that it is drawn in.
WIDTH: Final = 1000
_EDGE: Final = 10
#: How much of what is around a place is drawn with it, as a share of its own size.
AROUND: Final = 0.18
#: A drawing is at most so many times as high as it is wide.
_HIGHEST: Final = 3
#: How exactly the middle of a shape is looked for, in units of the drawing.
_EXACTLY: Final = 4.0


@lru_cache(maxsize=1024)
def area(boundary: str) -> shapely.Geometry | None:
    """Read a *boundary*, the text of a ``geo:wktLiteral``, in longitude and latitude (CRS84).

    Returns:
        A polygon or several of them; None for what has no area or cannot be read.
    """
    try:
        found = Geometry.of(Literal(boundary, datatype=_WKT)).geographic
    except GeometryError:
        return None
    has_area = shapely.get_dimensions(found) == 2 and not shapely.is_empty(found)  # noqa: PLR2004
    return shapely.make_valid(found) if has_area else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper that a part of the earth is drawn on.

    Equirectangular, true to scale in the middle: over a city, that is as good as any projection.

    Args:
        west: The longitude of the left edge, in degrees.
        north: The latitude of the upper edge, in degrees.
        across: Units of the drawing for a degree of longitude.
        down: Units of the drawing for a degree of latitude.
        height: Of the paper, which is :data:`WIDTH` wide, in units of the drawing.
    """

    west: float
    north: float
    across: float
    down: float
    height: int

    @classmethod
    def around(cls, shapes: Iterable[shapely.Geometry], margin: float = 0.0) -> "Sheet":
        """Cut paper to the size of *shapes*, at least one.

        Args:
            shapes: Of polygons, in degrees.
            margin: How much more is seen on each side, as a share of their size.
        """
        west, south, east, north = shapely.total_bounds([*shapes])
        wide, high = (east - west) * margin, (north - south) * margin
        west, east, south, north = west - wide, east + wide, south - high, north + high
        ratio = cos(radians((south + north) / 2))
        tall = min((north - south) / ((east - west) * ratio), _HIGHEST)
        across = (WIDTH - 2 * _EDGE) / (east - west)
        down = (WIDTH - 2 * _EDGE) * tall / (north - south)
        edge = _EDGE
        return cls(
            west - edge / across,
            north + edge / down,
            across,
            down,
            round((north - south) * down) + 2 * edge,
        )

    def drawn(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Give as much of a *shape* as is on the paper, in units of the drawing."""
        flat = shapely.transform(
            shape, lambda at: (at - (self.west, self.north)) * (self.across, -self.down)
        )
        return shapely.clip_by_rect(flat, 0, 0, WIDTH, self.height)


def lines(shape: shapely.Geometry) -> str:
    """Write the rings of a *shape* of a drawing as a path of SVG, in whole units (SVG 2, 9.3)."""
    return "".join(filter(None, map(_ring, _rings(shape))))


def middle(shape: shapely.Geometry, taken: Sequence[Point] = (), room: int = 0) -> Point:
    """Find the place in a *shape* of a drawing that is farthest from its edges.

    Args:
        shape: Not empty.
        taken: Where something else stands already.
        room: How much of the shape that takes, in units around it.
    """
    discs = shapely.union_all([shapely.Point(point).buffer(room, 4) for point in taken])
    free = shapely.difference(shape, discs)
    widest = max(_polygons(free if free.area else shape), key=lambda part: (part.area, part.wkt))
    centre = shapely.get_point(shapely.maximum_inscribed_circle(widest, _EXACTLY), 0)
    return round(centre.x), round(centre.y)


def _polygons(shape: shapely.Geometry) -> Iterator[shapely.Geometry]:
    return (part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 2)  # noqa: PLR2004


def _rings(shape: shapely.Geometry) -> Iterator[shapely.Geometry]:
    for part in _polygons(shape):
        yield from shapely.get_rings(part)


def _ring(ring: shapely.Geometry) -> str:
    """Write a closed line: from where, then each step; nothing where it is less than a unit."""
    at = np.rint(shapely.get_coordinates(ring)).astype(int)
    steps = np.diff(at, axis=0)
    steps = steps[steps.any(axis=1)][:-1]
    if len(steps) < 2:  # noqa: PLR2004 - a line there and back
        return ""
    written = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
    return f"M{at[0][0]} {at[0][1]}l{written}z"
