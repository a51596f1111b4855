"""A map as SVG 2: places with their names and figures, and marks of what is in them.

What is told by a colour is told by a pattern or a figure as well, and each link has a name that
is read out. Colours are those of the style sheet; only patterns, which have names within the
drawing, are stated here.

This module takes memory and time that other pages do not need: it is imported by who draws.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree as ET

import shapely

from teixit.explorer import boundaries
from teixit.explorer.areas import NOTHING, Area, Mark
from teixit.explorer.boundaries import WIDTH, Point, Sheet

#: The sizes of a mark, and of the letters of names, in units of the drawing.
_MARK: Final = 20
_ROOM: Final = 70
_LINE: Final = 34
_BETWEEN: Final = 28
_LETTER: Final = 14
#: A name with more letters than this is printed on two lines, if it can be broken.
_LONG: Final = 12
#: Of a place that is cut off by the edge, less than this, in square units, goes without a name.
_SLIVER: Final = 9000


@lru_cache(maxsize=32)
def drawn(
    label: str, areas: tuple[Area, ...], marks: tuple[Mark, ...] = (), focus: str | None = None
) -> str:
    """Draw a map: the same one is always drawn alike.

    Args:
        label: What it shows, for a screen reader.
        areas: Those whose boundary cannot be read are left out.
        marks: Drawn over the areas.
        focus: The boundary that is looked at; all areas by default.

    Returns:
        SVG that is well-formed XML; an empty text where there is nothing to be drawn.
    """
    shapes = [shape for place in areas if (shape := boundaries.area(place.boundary)) is not None]
    near = boundaries.area(focus) if focus else None
    if not shapes:
        return ""
    sheet = Sheet.around(shapes) if near is None else Sheet.around([near], boundaries.AROUND)
    return _Map(sheet).of(label, areas, marks)


class _Map:
    """A map that is being drawn on a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def of(self, label: str, areas: Sequence[Area], marks: Sequence[Mark]) -> str:
        """Draw it."""
        svg = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "map",
                "viewBox": f"0 0 {WIDTH} {self.sheet.height}",
                "role": "group",
                "aria-label": _plain(label),
            },
        )
        svg.append(_hatch())
        placed = [(mark, at) for mark in marks if (at := self._middle(mark.boundary))]
        for place in areas:
            self._area(svg, place)
        # What is printed comes last, so that no other area is drawn over it.
        taken = [at for _, at in placed]
        for place in areas:
            self._texts(svg, place, taken)
        for mark, at in placed:
            _mark(svg, mark, at)
        return ET.tostring(svg, encoding="unicode")

    def _shape(self, boundary: str) -> shapely.Geometry | None:
        """Give as much of a boundary as can be read and is on the sheet."""
        shape = boundaries.area(boundary)
        on_sheet = None if shape is None else self.sheet.drawn(shape)
        return on_sheet if on_sheet is not None and on_sheet.area else None

    def _middle(self, boundary: str) -> Point | None:
        """Find the place of a mark; None where that would be cut off by the edge."""
        shape = self._shape(boundary)
        x, y = (0, 0) if shape is None else boundaries.middle(shape)
        inside = _MARK <= x <= WIDTH - _MARK and _MARK <= y <= self.sheet.height - _MARK
        return (x, y) if inside else None

    def _texts(self, svg: ET.Element, place: Area, taken: Sequence[Point]) -> None:
        """Print the figure of a place, and below it its name."""
        shape = self._shape(place.boundary)
        if shape is None or shape.area < _SLIVER:
            return
        x, y = boundaries.middle(shape, taken, _ROOM)
        names = _broken(_plain(place.name))
        half = max(map(len, names)) * _LETTER // 2
        x = min(max(x, half), WIDTH - half)
        for class_, text in (("figure", _plain(place.figure)), *(("name", name) for name in names)):
            if text:
                printed = {"class": class_, "x": str(x), "y": str(y), "aria-hidden": "true"}
                ET.SubElement(svg, "text", printed).text = text
                y += _LINE if class_ == "figure" else _BETWEEN

    def _area(self, svg: ET.Element, place: Area) -> None:
        shape = self._shape(place.boundary)
        if shape is None:
            return
        group = _link(svg, place.said, place.address, f"area {place.tone}".rstrip())
        path = {"class": "ground", "d": boundaries.lines(shape)}
        hatched = {"fill": "url(#hatch)"} if place.tone == NOTHING else {}
        ET.SubElement(group, "path", path | hatched)
        for part in place.parts:
            self._part(group, part)
        ET.SubElement(group, "path", {"class": "border", "d": path["d"]})

    def _part(self, group: ET.Element, part: Area) -> None:
        shape = self._shape(part.boundary)
        if shape is not None:
            whole = _link(group, part.said, part.address, f"part {part.tone}".rstrip())
            ET.SubElement(whole, "path", {"d": boundaries.lines(shape)})


def _link(parent: ET.Element, said: str, address: str | None, class_: str) -> ET.Element:
    """Begin what leads somewhere, or a group that does not, with its name."""
    named = {"class": class_}
    if address:
        named |= {"href": address, "aria-label": _plain(said)}
    begun = ET.SubElement(parent, "a" if address else "g", named)
    ET.SubElement(begun, "title").text = _plain(said)
    return begun


def _mark(svg: ET.Element, mark: Mark, at: Point) -> None:
    x, y = map(str, at)
    link = _link(svg, mark.said, mark.address, "mark")
    ET.SubElement(link, "circle", {"cx": x, "cy": y, "r": str(_MARK)})
    printed = {"x": x, "y": y, "dy": ".36em", "aria-hidden": "true"}
    ET.SubElement(link, "text", printed).text = _plain(mark.figure)


def _hatch() -> ET.Element:
    """Define the pattern of places that nothing is known of."""
    definitions = ET.Element("defs")
    size = {"width": "14", "height": "14", "patternUnits": "userSpaceOnUse"}
    turned = {"id": "hatch", "patternTransform": "rotate(45)", **size}
    pattern = ET.SubElement(definitions, "pattern", turned)
    ET.SubElement(pattern, "path", {"class": "thread", "d": "M0 0V14"})
    return definitions


def _broken(name: str) -> Sequence[str]:
    """Break a long name where the first of its words ends, by a hyphen or a space."""
    first, sign, rest = name.partition("-" if "-" in name else " ")
    if len(name) <= _LONG or not rest:
        return (name,)
    return (f"{first}{sign}".rstrip(), rest)


def _plain(text: str) -> str:
    """Leave out what is no letter: XML has no place for it, or it turns other words around."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] != "C")
