"""A table as a timeline: a row for each name, with all its days, years and stretches of time."""

from collections.abc import Mapping, Sequence
from typing import Final

from teixit.explorer import lettering
from teixit.pictures import scales
from teixit.pictures.canvas import LETTER, LINE, Canvas, plain
from teixit.pictures.rows import Row, Span, Table, span
from teixit.pictures.wording import Words

#: More than so many names are not drawn.
MOST: Final = 40
_NAMES: Final = 300
_GAP: Final = 10
_BAR: Final = 18
_HEADING: Final = 30
#: So wide is a day, at least.
_LEAST: Final = 6.0


def drawn(table: Table, words: Words) -> Canvas:
    """Draw the first names of a *table* that has moments; the second ones are ends."""
    del words  # there are only years, which all languages write alike
    canvas, lanes = Canvas(), dict([*_lanes(table).items()][:MOST])
    canvas.drawn = sum(map(len, lanes.values()))
    every = [found for spans in lanes.values() for found, _ in spans]
    years = scales.years(min(begin for begin, _ in every), max(end for _, end in every))
    width, y = canvas.width - _NAMES, float(_HEADING)

    def at(when: float) -> float:
        return _NAMES + (when - years[0]) / (years[-1] - years[0]) * width

    for name, spans in lanes.items():
        lines = lettering.lines(plain(name), _NAMES - _GAP, LETTER, 2)
        canvas.lines(0, y + LETTER, lines)
        middle = y + max(1, len(lines)) * LINE / 2
        for (begin, end), said in spans:
            box = {"x": at(begin), "y": middle - _BAR / 2, "height": _BAR}
            box["width"] = max(at(end) - at(begin), _LEAST)
            canvas.add("rect", "fill s0", box, f"{name}: {said}")
        y += max(1, len(lines)) * LINE + _GAP
    for year in years[:-1]:
        x = at(year)
        canvas.add("line", "grid", {"x1": x, "y1": _HEADING - 8, "x2": x, "y2": y})
        canvas.text(x + 3, LETTER, str(year), "small")
    canvas.height = round(y)
    return canvas


def _lanes(table: Table) -> Mapping[str, Sequence[tuple[Span, str]]]:
    lanes: dict[str, list[tuple[Span, str]]] = {}
    for row in table.rows:
        found = _span(row, table.moments[:2])
        if found is not None:
            lanes.setdefault(table.name(row), []).append(found)
    return lanes


def _span(row: Row, moments: Sequence[str]) -> tuple[Span, str] | None:
    """Give from when to when a *row* is, and how it says so; None where it does not say."""
    told = [row[name] for name in moments if name in row]
    spans = [found for term in told if (found := span(term))]
    if not spans:
        return None
    begin, end = min(begin for begin, _ in spans), max(end for _, end in spans)
    return (begin, end), " – ".join(str(term["value"]) for term in told)
