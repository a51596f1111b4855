"""The drawing of a network: boxes in columns, and the threads between them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import fmean
from typing import Any, Final

from teixit.explorer import columns, lettering

#: In pixels: letters and their lines, the boxes and what is free in and around them.
LETTER: Final = 13
LINE: Final = 17
WIDTH: Final = 156
PADDING: Final = 8
GAP: Final = 10
BETWEEN: Final = 44
EDGE: Final = 24
HEADING: Final = 44
#: How high the place is that a thread takes between two boxes.
_KNOT: Final = 6
_LINES: Final = 3
_ROUNDS: Final = 6
_ARROW: Final = 8
_HALF: Final = 4


@dataclass(frozen=True, slots=True)
class Node:
    """What is to be drawn.

    Args:
        key: What tells it from the others.
        name: For readers, of any length.
        kind: What it is, in one word.
        address: Where it leads; None for nowhere.
        column: The number of its column, from the left.
        heading: What its column is called, with those of the other nodes there.
        centre: Whether the drawing is about this one.
    """

    key: str
    name: str
    kind: str
    address: str | None
    column: int
    heading: str
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A thread that is to be drawn, from one key to another, with what it says.

    Args:
        source: The key of what it begins at.
        target: The key of what it leads to.
        words: What it says, in a sentence.
        concluded: Whether no source says so: we conclude it.
    """

    source: str
    target: str
    words: str
    concluded: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place: the upper left corner, and the lines of its name."""

    node: Node
    x: int
    y: int
    height: int
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Wire:
    """A link in its place: the commands of its path and of its arrow (SVG 2, section 9.3)."""

    link: Link
    path: str
    arrow: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, in pixels.

    Args:
        width: Of all of it.
        height: Of all of it.
        headings: Of the columns: the place from the left, and the lines of what stands there.
        boxes: From the left and from above.
        wires: In the order of the links.
    """

    width: int
    height: int
    headings: Sequence[tuple[int, Sequence[str]]]
    boxes: Sequence[Box]
    wires: Sequence[Wire]


@lru_cache(maxsize=256)
def drawn(nodes: tuple[Node, ...], links: tuple[Link, ...]) -> Drawing:
    """Draw *nodes* and the *links* between them; the same ones are always drawn alike.

    Args:
        nodes: At least one; those that are linked stand in different columns.
        links: At most one from a node to another.
    """
    numbers = sorted({node.column for node in nodes})
    stand = [[node.key for node in nodes if node.column == number] for number in numbers]
    ends = [(link.source, link.target) for link in links]
    order, paths = columns.arranged(stand, ends)
    boxed = {node.key: lettering.lines(node.name, _room(), LETTER, _LINES) for node in nodes}
    heights = {key: len(lines) * LINE + 2 * PADDING for key, lines in boxed.items()}
    middles = _middles(order, paths, heights)
    lefts = {key: EDGE + at * (WIDTH + BETWEEN) for at, keys in enumerate(order) for key in keys}
    boxes = [
        Box(
            node,
            lefts[node.key],
            _top(middles, heights, node.key),
            heights[node.key],
            boxed[node.key],
        )
        for node in nodes
    ]
    return Drawing(
        2 * EDGE + len(order) * (WIDTH + BETWEEN) - BETWEEN,
        max(box.y + box.height for box in boxes) + EDGE,
        [*_headings(nodes, numbers)],
        sorted(boxes, key=lambda box: (box.x, box.y)),
        [*_wires(links, paths, {box.node.key: box for box in boxes}, middles, lefts)],
    )


def _room() -> int:
    return WIDTH - 2 * PADDING


def _top(middles: Mapping[Any, float], heights: Mapping[str, int], key: str) -> int:
    return round(middles[key] - heights[key] / 2)


def _headings(nodes: Sequence[Node], numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
    for place, number in enumerate(numbers):
        names = dict.fromkeys(node.heading for node in nodes if node.column == number)
        text = " · ".join(names)
        lines = lettering.lines(text, WIDTH, LETTER, 2)
        yield EDGE + place * (WIDTH + BETWEEN), lines


def _middles(
    order: columns.Columns, paths: columns.Paths, heights: Mapping[Any, int]
) -> Mapping[Any, float]:
    """Find how high each box and each knot stands: near those that it is linked to."""
    beside: dict[Any, list[Any]] = defaultdict(list)
    for path in paths.values():
        for one, other in pairwise(path):
            beside[one].append(other)
            beside[other].append(one)
    tall = [[heights.get(key, _KNOT) for key in keys] for keys in order]
    found: dict[Any, float] = {}
    for keys, high in zip(order, tall, strict=True):
        found |= zip(keys, columns.placed([0.0] * len(keys), high, GAP), strict=True)
    for _ in range(_ROUNDS):
        for keys, high in (
            *zip(order, tall, strict=True),
            *zip(order[::-1], tall[::-1], strict=True),
        ):
            wanted = [fmean(found[other] for other in beside[key] or [key]) for key in keys]
            found |= zip(keys, columns.placed(wanted, high, GAP), strict=True)
    top = min(found[key] - heights.get(key, _KNOT) / 2 for keys in order for key in keys)
    return {key: middle - top + EDGE + HEADING for key, middle in found.items()}


def _wires(
    links: Sequence[Link],
    paths: columns.Paths,
    boxes: Mapping[str, Box],
    middles: Mapping[Any, float],
    lefts: Mapping[Any, int],
) -> Iterator[Wire]:
    ports = _ports(links, paths, boxes, middles, lefts)
    for link in links:
        x, y = ports[link, link.target]
        # From a box of the same column it comes from outside, as from the left.
        forward = lefts[link.source] <= lefts[link.target]
        tip, sides = (_ARROW, (0, WIDTH)) if forward else (-_ARROW, (WIDTH, 0))
        points = [ports[link, link.source]]
        for knot in paths[link.source, link.target][1:-1]:
            points.extend((lefts[knot] + side, round(middles[knot])) for side in sides)
        points.append((x - tip, y))
        yield Wire(link, _curve(points), f"M{x} {y}l{-tip} {-_HALF}v{2 * _HALF}z")


def _curve(points: Sequence[tuple[int, int]]) -> str:
    """Lead a thread through *points*, level at each of them."""
    parts = [f"M{points[0][0]} {points[0][1]}"]
    for number, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
        bend = abs(to_x - x) <= _ARROW
        middle = x - EDGE if bend else (x + to_x) // 2
        level = number % 2
        parts.append(f"H{to_x}" if level else f"C{middle} {y} {middle} {to_y} {to_x} {to_y}")
    return "".join(parts)


def _ports(
    links: Sequence[Link],
    paths: columns.Paths,
    boxes: Mapping[str, Box],
    middles: Mapping[Any, float],
    lefts: Mapping[Any, int],
) -> Mapping[tuple[Link, str], tuple[int, int]]:
    """Give each end of a thread a place of its own at the side of its box, from above."""
    sides: dict[tuple[str, bool], list[tuple[float, Link]]] = defaultdict(list)
    for link in links:
        path = paths[link.source, link.target]
        for key, beside in ((link.source, path[1]), (link.target, path[-2])):
            sides[key, lefts[key] < lefts[beside]].append((middles[beside], link))
    found = {}
    for (key, right), ends in sides.items():
        box = boxes[key]
        for place, (_, link) in enumerate(sorted(ends, key=lambda end: end[0]), 1):
            y = box.y + round(box.height * place / (len(ends) + 1))
            found[link, key] = box.x + (WIDTH if right else 0), y
    return found
