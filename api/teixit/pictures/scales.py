"""Scales with round figures."""

from collections.abc import Sequence
from math import ceil, floor, log10

#: The round steps within a power of ten.
_STEPS = (1, 2, 5, 10)


def ticks(least: float, most: float, wanted: int = 5) -> Sequence[float]:
    """Give round figures from at most *least* to at least *most*, about as many as *wanted*."""
    reach = (most - least) or abs(most) or 1.0
    power = 10.0 ** floor(log10(reach / wanted))
    step = next((step * power for step in _STEPS if step * power * wanted >= reach), 10 * power)
    first, last = floor(least / step), ceil(most / step)
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def years(least: float, most: float, wanted: int = 12) -> Sequence[int]:
    """Give whole years from before *least* to after *most*, at most so many and one more."""
    first, last = floor(least), max(ceil(most), floor(least) + 1)
    step = next(
        step * 10**power
        for power in range(6)
        for step in (1, 2, 5)
        if step * 10**power * wanted >= last - first
    )
    first -= first % step
    return range(first, last + step, step)
