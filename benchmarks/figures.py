"""The arithmetic of the tables: medians, spreads, ratios, and goals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.wrk import Reading


@dataclass(frozen=True, order=True)
class Cell:
    """One thing measured: a query, asked in one way by so many clients at once.

    Attributes:
        query: Its name, or "public".
        kind: "new" (never asked before), "repeated" (always the same) or "public" (a mixture).
        clients: How many connections ask at once.
    """

    query: str
    kind: str
    clients: int


@dataclass(frozen=True)
class Spread:
    """A median, and the least and greatest value it was drawn from."""

    middle: float
    low: float
    high: float


#: What each server did in each cell, one reading a round.
Readings = dict[Cell, dict[str, list[Reading]]]


@dataclass
class Goal:
    """A goal of the project and what was measured against it.

    Attributes:
        text: The goal.
        least: The smallest ratio that meets it (or the greatest, where `at_most`).
        found: The ratios (or figures) that were measured, by what they were measured on.
        at_most: Smaller is better.
    """

    text: str
    least: float
    found: dict[str, float] = field(default_factory=dict)
    at_most: bool = False

    def falls_short(self) -> dict[str, float]:
        """Give what does not meet the goal."""
        return {
            where: value
            for where, value in self.found.items()
            if (value > self.least if self.at_most else value < self.least)
        }


def spread(values: Iterable[float]) -> Spread:
    """Give the median, least and greatest of at least one value."""
    known = sorted(values)
    return Spread(median(known), known[0], known[-1])


def rates(readings: Sequence[Reading]) -> Spread:
    """Give good answers a second."""
    return spread(reading.rate for reading in readings)


def ratio(ours: Sequence[Reading], theirs: Sequence[Reading]) -> Spread | None:
    """Divide our rate by theirs, round by round; where they answered nothing there is none.

    The rounds are interleaved, so that what else the machine did weighs on both.
    """
    pairs = [
        mine.rate / other.rate for mine, other in zip(ours, theirs, strict=False) if other.rate
    ]
    return spread(pairs) if pairs else None


def number(value: float) -> str:
    """Write a figure with as many digits as mean something."""
    for least, digits in ((99.95, 0), (9.995, 1)):
        if value >= least:
            return f"{value:,.{digits}f}"
    return f"{value:.2f}"


def written(value: Spread | None) -> str:
    """Write a median, with its spread where there was more than one round."""
    if value is None:
        return "–"
    if value.low == value.high:
        return number(value.middle)
    return f"{number(value.middle)} ({number(value.low)}–{number(value.high)})"
