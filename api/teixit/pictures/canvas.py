"""What pictures are put together of: letters, boxes, and the frame that says what they show."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Final
from xml.etree import ElementTree as ET

from teixit.explorer import lettering

#: How wide a picture is, the free edge included; the size of letters and of lines; in pixels.
WIDTH: Final = 800
EDGE: Final = 20
LETTER: Final = 15
LINE: Final = 20
_TITLE: Final = 22
_SMALL: Final = 13
_SMALL_LINE: Final = 17
_TITLE_LINES: Final = 3
_FILTER_LINES: Final = 4
#: The colours of a picture that stands alone, in both schemes.
STYLE: Final = (resources.files(__package__) / "picture.css").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Told:
    """What a picture says of itself.

    Args:
        title: What it shows.
        filters: What the rows are limited to, one part each.
        drawn: How many rows are drawn, of how many.
        source: Who was asked, and of which release the answer is.
    """

    title: str
    filters: Sequence[str]
    drawn: str
    source: str


@dataclass(slots=True)
class Canvas:
    """What is drawn, with the upper left corner at nought.

    Attributes:
        height: Of all of it; its width is that within the edges.
        width: Of all of it.
        drawn: How many rows of the table are in it.
    """

    width: int = WIDTH - 2 * EDGE
    height: int = 0
    drawn: int = 0
    group: ET.Element = field(default_factory=lambda: ET.Element("g"))

    def add(
        self, tag: str, class_: str, attributes: Mapping[str, float | str], said: str = ""
    ) -> ET.Element:
        """Draw an element, which a pointer is told the words of."""
        written = {name: _written(value) for name, value in attributes.items()}
        element = ET.SubElement(self.group, tag, {"class": class_, **written})
        if said:
            ET.SubElement(element, "title").text = plain(said)
        return element

    def text(self, x: float, y: float, text: str, class_: str = "", anchor: str = "") -> None:
        """Print a line of *text* on the line at *y*."""
        told = {"x": _written(x), "y": _written(y)}
        told |= {"class": class_} if class_ else {}
        told |= {"text-anchor": anchor} if anchor else {}
        ET.SubElement(self.group, "text", told).text = plain(text)

    def lines(self, x: float, y: float, lines: Sequence[str], anchor: str = "") -> None:
        """Print *lines* below each other, the first on the line at *y*."""
        for number, line in enumerate(lines):
            self.text(x, y + number * LINE, line, anchor=anchor)


def framed(told: Told, canvas: Canvas) -> bytes:
    """Put a picture in its frame, as a file of SVG 2 that needs no other."""
    width = max(WIDTH, canvas.width + 2 * EDGE)
    room = width - 2 * EDGE
    svg = ET.Element(
        "svg",
        {"xmlns": "http://www.w3.org/2000/svg", "class": "picture", "role": "img"}
        | {"aria-labelledby": "picture-title", "aria-describedby": "picture-told"},
    )
    ET.SubElement(svg, "title", {"id": "picture-title"}).text = plain(told.title)
    described = " ".join([*told.filters, told.drawn, told.source])
    ET.SubElement(svg, "desc", {"id": "picture-told"}).text = plain(described)
    ET.SubElement(svg, "style").text = STYLE
    svg.append(ground := ET.Element("rect", {"class": "ground"}))
    page = Canvas(group=svg)
    y = float(EDGE)
    for line in lettering.lines(plain(told.title), room, _TITLE, _TITLE_LINES):
        y += _TITLE + 4
        page.text(EDGE, y, line, "heading")
    y = _small(page, y + 4, told.filters[:_FILTER_LINES], room)
    canvas.group.set("transform", f"translate({EDGE} {y + EDGE})")
    svg.append(canvas.group)
    y = _small(page, y + canvas.height + 2 * EDGE, [told.drawn, told.source], room)
    size = {"width": str(width), "height": str(round(y) + EDGE)}
    for element in (svg, ground):
        element.attrib.update(size)
    svg.set("viewBox", f"0 0 {size['width']} {size['height']}")
    written: bytes = ET.tostring(svg, encoding="utf-8")
    return written


def _small(page: Canvas, y: float, texts: Sequence[str], room: int) -> float:
    for text in texts:
        for line in lettering.lines(plain(text), room, _SMALL, 2):
            y += _SMALL_LINE
            page.text(EDGE, y, line, "small")
    return y


def plain(text: str) -> str:
    """Leave out what is no letter: XML has no place for it, or it turns other words around."""
    letters = (" " if letter in "\t\r\n" else letter for letter in text)
    return "".join(letter for letter in letters if unicodedata.category(letter)[0] != "C")


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
