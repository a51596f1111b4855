"""A table as lines: numbers over time, a line for each name or each column of numbers."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from teixit.explorer import lettering
from teixit.pictures import scales
from teixit.pictures.canvas import LETTER, Canvas, plain
from teixit.pictures.rows import Row, Table, number, span
from teixit.pictures.wording import Words

#: More lines than this cannot be told apart.
MOST: Final = 6
_LEFT: Final = 70
_RIGHT: Final = 170
_HEIGHT: Final = 340
_TOP: Final = 20
#: So far apart are the names of two lines, at least.
_NAME: Final = 19

#: The numbers of a line, by when.
Points: TypeAlias = Mapping[float, float]
Place: TypeAlias = tuple[float, float]


def lines(table: Table) -> Mapping[str, Points] | None:
    """Give the numbers of each line by when.

    None where time is no matter of the *table*: it has no times, one alone, or several numbers of
    one name at the same time.
    """
    if not table.moments or not table.numbers:
        return None
    found: dict[str, dict[float, float]] = {}
    for row in table.rows:
        for name, when, value in _told(table, row):
            points = found.setdefault(name, {})
            if when in points:
                return None
            points[when] = value
    moments = {when for points in found.values() for when in points}
    return found if len(moments) > 1 else None


def drawn(table: Table, words: Words) -> Canvas:
    """Draw a *table* that has :func:`lines`."""
    every = lines(table) or {}
    shown = dict([*every.items()][:MOST])
    canvas = Canvas(height=_HEIGHT + 50)
    canvas.drawn = sum(any(name in shown for name, *_ in _told(table, row)) for row in table.rows)
    values = [value for points in shown.values() for value in points.values()]
    figures = scales.ticks(min(0.0, *values), max(0.0, *values))
    years = scales.years(*_reach(shown))
    width = canvas.width - _LEFT - _RIGHT

    def at(when: float, value: float) -> Place:
        across = (when - years[0]) / (years[-1] - years[0])
        up = (value - figures[0]) / (figures[-1] - figures[0])
        return _LEFT + across * width, _TOP + (1 - up) * _HEIGHT

    for figure in figures:
        x, y = at(years[0], figure)
        canvas.add("line", "grid", {"x1": x, "y1": y, "x2": x + width, "y2": y})
        canvas.text(x - 8, y + 5, words.number(figure), anchor="end")
    for year in years:
        x, y = at(year, figures[0])
        canvas.add("line", "axis", {"x1": x, "y1": y, "x2": x, "y2": y + 6})
        canvas.text(x, y + 24, str(year), anchor="middle")
    ends = [
        _line(
            canvas, place, name, [(at(*point), point[1]) for point in sorted(points.items())], words
        )
        for place, (name, points) in enumerate(shown.items())
    ]
    _names(canvas, [*shown], ends)
    return canvas


def _told(table: Table, row: Row) -> Sequence[tuple[str, float, float]]:
    """Give what a *row* says: of which line, when, and how much."""
    when = span(row[table.moments[0]]) if table.moments[0] in row else None
    if when is None:
        return ()
    name = table.name(row)
    columns = table.numbers[:1] if name else table.numbers
    found = ((column, number(row[column])) for column in columns if column in row)
    return [(name or column, when[0], value) for column, value in found if value is not None]


def _reach(shown: Mapping[str, Points]) -> tuple[float, float]:
    moments = [when for points in shown.values() for when in points]
    return min(moments), max(moments)


def _line(
    canvas: Canvas, place: int, name: str, points: Sequence[tuple[Place, float]], words: Words
) -> Place:
    """Draw a line with its points, and give where it ends."""
    path = "L".join(f"{x:.1f} {y:.1f}" for (x, y), _ in points)
    canvas.add("path", f"curve s{place}", {"d": f"M{path}"}, plain(name))
    for (x, y), value in points:
        said = f"{name}: {words.number(value)}"
        canvas.add("circle", f"fill s{place}", {"cx": x, "cy": y, "r": 4}, said)
    return points[-1][0]


def _names(canvas: Canvas, names: Sequence[str], ends: Sequence[Place]) -> None:
    """Print the name of each line where it ends, none over another."""
    order = sorted(range(len(names)), key=lambda place: ends[place][1])
    heights = [ends[place][1] for place in order]
    for before, place in pairwise(range(len(order))):
        heights[place] = max(heights[place], heights[before] + _NAME)
    x = canvas.width - _RIGHT + 12
    for place, y in zip(order, heights, strict=True):
        (name, *_) = lettering.lines(plain(names[place]) or "–", _RIGHT - 32, LETTER, 1)
        canvas.add("circle", f"fill s{place}", {"cx": x, "cy": y, "r": 6})
        canvas.text(x + 12, y + 5, name)
    canvas.height = max(canvas.height, round(max(heights)) + _NAME)
