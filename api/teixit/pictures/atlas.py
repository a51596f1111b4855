"""A table as a map: its geometries, and the places of its things."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import shapely
from pyoxigraph import Literal

from teixit.explorer import boundaries, lettering
from teixit.explorer.boundaries import Sheet
from teixit.geosparql.geometries import GEO, GEOJSON, WKT, Geometry, GeometryError
from teixit.pictures.canvas import LETTER, LINE, WIDTH, Canvas, plain
from teixit.pictures.rows import Row, Table, is_thing, number
from teixit.pictures.wording import Words

#: More than so many rows are not drawn, nor more than so many bytes of outlines.
MOST: Final = 500
_OUTLINES: Final = 400_000
#: So many places at most have their names printed.
_NAMED: Final = 20
_NAME: Final = 150
#: No name is printed nearer than so to a mark, across and down.
_APART: Final = (110, 40)
_LEVELS: Final = 4
_SPOT: Final = 7
_MARK: Final = 13
#: A map is no higher than so many times its width.
_HIGHEST: Final = 1.1
#: Steps of an outline that are shorter, in units of the drawing, are left out.
_FINE: Final = 1.0
#: What a single point has around it, in degrees: some hundred metres.
_AROUND: Final = 0.01


@dataclass(frozen=True)
class Place:
    """A place that the graph knows of a thing.

    Args:
        wkt: The text of a ``geo:wktLiteral``.
        own: Whether it is the shape of the thing itself, and not of where it lies.
    """

    wkt: str
    own: bool


@dataclass(frozen=True)
class _Item:
    """A row on the map."""

    name: str
    shape: shapely.Geometry
    own: bool
    value: float | None


def drawn(
    table: Table, words: Words, places: Mapping[str, Place], ground: Sequence[str] = ()
) -> Canvas:
    """Draw the first rows of a *table* that are anywhere.

    Args:
        table: The rows.
        words: In the reader's language.
        places: Of the things of the table, by IRI.
        ground: Outlines to be drawn below, in WKT, where the rows lie among them.

    Returns:
        A picture of no height where nothing can be drawn.
    """
    items = [*_items(table, places)][:MOST]
    if not items:
        return Canvas()
    below = [shape for wkt in ground if (shape := boundaries.area(wkt)) is not None]
    shapes = [item.shape for item in items]
    if below and shapely.intersects(shapely.union_all(below), shapely.MultiPoint(_middles(shapes))):
        shapes += below
    else:
        below = []
    return _Map(_sheet(shapes), words).of(items, below)


def _sheet(shapes: Sequence[shapely.Geometry]) -> Sheet:
    west, south, east, north = shapely.total_bounds([*shapes])
    if min(east - west, north - south) < _AROUND:
        shapes = [shapely.box(west, south, east, north).buffer(_AROUND)]
    return Sheet.around(shapes, 0.02)


def _middles(shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    return [shapely.point_on_surface(shape) for shape in shapes]


def _items(table: Table, places: Mapping[str, Place]) -> Iterator[_Item]:
    """Place the rows: by a geometry that they have, else by the first thing with a place."""
    for row in table.rows:
        found = _shape(row, table, places)
        if found is not None:
            values = [number(row[name]) for name in table.numbers[:1] if name in row]
            yield _Item(table.name(row, table.naming[:1]), *found, next(iter(values), None))


def _shape(
    row: Row, table: Table, places: Mapping[str, Place]
) -> tuple[shapely.Geometry, bool] | None:
    for name in table.shapes:
        if name in row:
            shape = _read(row[name]["value"], row[name]["datatype"] == f"{GEO}geoJSONLiteral")
            return None if shape is None else (shape, True)
    for term in row.values():
        place = places.get(term["value"]) if is_thing(term) else None
        shape = None if place is None else _read(place.wkt)
        if place is not None and shape is not None:
            return shape, place.own
    return None


def _read(text: str, is_json: bool = False) -> shapely.Geometry | None:  # noqa: FBT001, FBT002
    try:
        found = Geometry.of(Literal(text, datatype=GEOJSON if is_json else WKT)).geographic
    except GeometryError:
        return None
    whole = shapely.make_valid(found)
    return None if shapely.is_empty(whole) else shapely.force_2d(whole)


class _Map:
    """A map that is being drawn on a sheet."""

    def __init__(self, sheet: Sheet, words: Words) -> None:
        self._sheet, self._words = sheet, words
        self.canvas = Canvas()
        wide = self.canvas.width / boundaries.WIDTH
        self._scale = min(wide, WIDTH * _HIGHEST / sheet.height)
        self._left = (self.canvas.width - boundaries.WIDTH * self._scale) / 2
        self._spent = 0

    def of(self, items: Sequence[_Item], ground: Sequence[shapely.Geometry]) -> Canvas:
        for shape in ground:
            self._outline(shape, "behind", "")
        values = [item.value for item in items if item.own and item.value is not None]
        least, most = min(values, default=0.0), max(values, default=0.0)
        for item in items:
            if item.own and self._spent < _OUTLINES:
                self._outline(item.shape, _level(item.value, least, most), self._said(item))
                self.canvas.drawn += 1
        self._marks([item for item in items if not item.own])
        self._names([item for item in items if item.own])
        self.canvas.height = round(self._sheet.height * self._scale)
        if most > least:
            self._legend(least, most)
        return self.canvas

    def _said(self, item: _Item) -> str:
        figure = [] if item.value is None else [self._words.number(item.value)]
        return ": ".join([item.name, *figure])

    def _drawn(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Give as much of a *shape* as is on the sheet, in units of the picture."""
        flat = shapely.simplify(self._sheet.drawn(shape), _FINE)
        return shapely.transform(flat, lambda at: at * self._scale + (self._left, 0))

    def _outline(self, shape: shapely.Geometry, class_: str, said: str) -> None:
        """Draw a *shape*: areas, lines and points each in their way."""
        for part in shapely.get_parts(self._drawn(shape)):
            match shapely.get_dimensions(part):
                case 0:
                    x, y = shapely.get_x(part), shapely.get_y(part)
                    self.canvas.add("circle", "spot", {"cx": x, "cy": y, "r": _SPOT}, said)
                case 1:
                    points = "L".join(f"{x:.0f} {y:.0f}" for x, y in shapely.get_coordinates(part))
                    self._path(f"M{points}", "route", said)
                case 2 if path := boundaries.lines(part):
                    self._path(path, f"area {class_}".rstrip(), said)

    def _path(self, path: str, class_: str, said: str) -> None:
        self._spent += len(path)
        self.canvas.add("path", class_, {"d": path, "fill-rule": "evenodd"}, said)

    def _marks(self, items: Sequence[_Item]) -> None:
        """Mark what is somewhere in a place: in the middle of it, since nobody says more."""
        found: dict[str, list[_Item]] = {}
        named: list[tuple[float, float]] = []
        for item in items:
            found.setdefault(item.shape.wkt, []).append(item)
        for here in found.values():
            middle = shapely.point_on_surface(self._drawn(here[0].shape))
            x, y = shapely.get_x(middle), shapely.get_y(middle)
            names = "; ".join(dict.fromkeys(map(self._said, here)))
            self.canvas.add("circle", "spot", {"cx": x, "cy": y, "r": _MARK}, names)
            number = len({item.name for item in here})
            self.canvas.text(x, y + 5, str(number), "on", "middle")
            self.canvas.drawn += len(here)
            below = x, y + _MARK + LETTER + 2
            if number == 1 and not any(_is_near(below, other) for other in named):
                self._name(here[0].name, *below)
            named += [(x, y), below]

    def _names(self, items: Sequence[_Item]) -> None:
        """Print the names of a few places, each with its figure."""
        for item in items if len(items) <= _NAMED else ():
            middle = shapely.point_on_surface(self._drawn(item.shape))
            shift = 0 if shapely.get_dimensions(item.shape) == 2 else LINE + 4  # noqa: PLR2004
            x, y = shapely.get_x(middle), shapely.get_y(middle) + shift
            y = self._name(item.name, x, y)
            if item.value is not None:
                figure = self._words.number(item.value)
                self.canvas.text(x, y, figure, "strong halo", "middle")

    def _name(self, name: str, x: float, y: float) -> float:
        for line in lettering.lines(plain(name), _NAME, LETTER, 2):
            half = lettering.width(line, LETTER) / 2
            at = min(max(x, half), self.canvas.width - half)
            self.canvas.text(at, y, line, "halo", "middle")
            y += LINE
        return y

    def _legend(self, least: float, most: float) -> None:
        """Say what the tones stand for."""
        y, step = self.canvas.height + LINE, (most - least) / _LEVELS
        for level in range(_LEVELS):
            x = level * self.canvas.width / _LEVELS
            low, high = (self._words.number(least + step * (level + more)) for more in (0, 1))
            box = {"x": x, "y": y, "width": 22, "height": 14}
            self.canvas.add("rect", f"area l{level}", box)
            self.canvas.text(x + 30, y + 12, f"{low} – {high}", "small")
        self.canvas.height = y + LINE


def _is_near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    across, down = _APART
    return abs(one[0] - other[0]) < across and abs(one[1] - other[1]) < down


def _level(value: float | None, least: float, most: float) -> str:
    """Give the tone of a *value*: one of four steps from the least to the most."""
    if value is None or most <= least:
        return ""
    return f"l{min(int((value - least) / (most - least) * _LEVELS), _LEVELS - 1)}"
