"""A table as bars: a row for each name, a bar for each of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from teixit.explorer import lettering
from teixit.pictures.canvas import LETTER, LINE, Canvas, plain
from teixit.pictures.rows import Row, Table, number
from teixit.pictures.wording import Words

#: More than so many rows, or numbers of a row, are not drawn.
MOST: Final = 40
SERIES: Final = 3
_NAMES: Final = 280
_BAR: Final = 16
_GAP: Final = 14
_FIGURE: Final = 90


@dataclass(frozen=True)
class _Scale:
    """Where numbers stand: from the least to the most, nought among them."""

    left: float
    width: float
    least: float
    most: float

    def at(self, value: float) -> float:
        return self.left + (value - self.least) / (self.most - self.least) * self.width


def drawn(table: Table, words: Words) -> Canvas:
    """Draw the first rows of a *table* that has numbers."""
    canvas, series = Canvas(), table.numbers[:SERIES]
    columns = table.naming or table.moments
    rows = [row for row in table.rows if any(name in row for name in series)][:MOST]
    found = [value for row in rows for _, value in _values(row, series)]
    least, most = min(0.0, *found), max(0.0, *found)
    scale = _Scale(_NAMES, canvas.width - _NAMES - _FIGURE, least, most if most > least else 1.0)
    y: float = legend(canvas, series) if len(series) > 1 else 0
    top = y
    for row in rows:
        y = _row(canvas, y, plain(table.name(row, columns)), _values(row, series), scale, words)
    axis = scale.at(0)
    canvas.add("line", "axis", {"x1": axis, "y1": top, "x2": axis, "y2": y})
    canvas.height, canvas.drawn = round(y), len(rows)
    return canvas


def legend(canvas: Canvas, names: Sequence[str]) -> int:
    """Say which colour is which, in lines at the top; give how high that is."""
    for place, name in enumerate(names):
        y = place * LINE
        canvas.add("rect", f"fill s{place}", {"x": _NAMES, "y": y + 3, "width": 14, "height": 14})
        canvas.text(_NAMES + 22, y + LETTER, name[:60])
    return len(names) * LINE + _GAP


def _values(row: Row, series: Sequence[str]) -> list[tuple[int, float]]:
    """Give the numbers of a *row*, each with the place of its series."""
    read = ((place, number(row[name])) for place, name in enumerate(series) if name in row)
    return [(place, value) for place, value in read if value is not None]


def _row(  # noqa: PLR0913, PLR0917 - where it stands, and what it says
    canvas: Canvas,
    y: float,
    name: str,
    values: Sequence[tuple[int, float]],
    scale: _Scale,
    words: Words,
) -> float:
    lines = lettering.lines(name, _NAMES - _GAP, LETTER, 2)
    height = max(len(lines) * LINE, len(values) * (_BAR + 3))
    canvas.lines(_NAMES - 8, y + LETTER + (height - len(lines) * LINE) / 2, lines, "end")
    at = y + (height - len(values) * (_BAR + 3)) / 2
    for place, value in values:
        left, right = sorted((scale.at(0), scale.at(value)))
        box = {"x": left, "y": at, "width": right - left, "height": _BAR}
        canvas.add("rect", f"fill s{place}", box, f"{name}: {words.number(value)}")
        canvas.text(right + 6, at + _BAR - 3, words.number(value), "strong")
        at += _BAR + 3
    return y + height + _GAP
