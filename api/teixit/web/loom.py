"""The ontology as cloth: each class is a thread across, each property one that is woven through.

A drawing in which nothing can overlap, whatever is added: a property has a column of its own, and
in it a dot at each class that has the property, and an arrow at the class of its values.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean
from typing import Final, Self

#: Distances in pixels: between threads, from a class to its subclasses, and around the drawing.
ROW: Final = 28
COLUMN: Final = 28
INDENT: Final = 16
EDGE: Final = 12
#: About how wide a character is, and how far a slanted one goes up and to the right.
_CHARACTER: Final = 7.6
_UP: Final = 0.87
_RIGHT: Final = 0.5
#: How often the classes move towards those that they are joined to; more changes nothing.
_ROUNDS: Final = 12


@dataclass(frozen=True)
class Class:
    """A class that is to be drawn.

    Args:
        key: What tells it from the others.
        text: Its name, for readers.
        address: Where it is described.
        parent: The key of its superclass, if that is drawn too.
        own: Whether it is a term of the ontology, and not one of others.
    """

    key: str
    text: str
    address: str
    parent: str | None = None
    own: bool = True


@dataclass(frozen=True)
class Property:
    """A property that is to be drawn: its name, its address, and the keys of its classes."""

    text: str
    address: str
    domains: tuple[str, ...]
    range: str


@dataclass(frozen=True)
class Weft:
    """A class that is drawn: the place of its name, from the upper left."""

    drawn: Class
    x: int
    y: int


@dataclass(frozen=True)
class Warp:
    """A property that is drawn: its column, its dots, its arrow, and how far its thread goes."""

    drawn: Property
    x: int
    dots: tuple[int, ...]
    arrow: int
    top: int
    bottom: int

    @property
    def up(self) -> bool:
        """Whether its values stand above all that has it."""
        return self.arrow == self.top


@dataclass(frozen=True)
class Loom:
    """The whole drawing, in pixels.

    Args:
        width: Of all of it.
        height: Of all of it.
        left: Where the threads of the classes begin.
        right: Where they end.
        top: Below the names of the properties.
        wefts: The classes, from the top.
        warps: The properties, from the left.
    """

    width: int
    height: int
    left: int
    right: int
    top: int
    wefts: tuple[Weft, ...]
    warps: tuple[Warp, ...]

    @classmethod
    def of(cls, classes: Sequence[Class], properties: Sequence[Property]) -> Self:
        """Draw *classes* and *properties*; the same ones are always drawn alike.

        Args:
            classes: Neither empty nor with a circle of parents.
            properties: Not empty; all their classes are among the *classes*.
        """
        longest = max(len(property_.text) for property_ in properties) * _CHARACTER
        top = ceil(longest * _UP) + EDGE
        rows = list(_rows(classes, properties))
        wefts = tuple(
            Weft(class_, EDGE + level * INDENT, top + ROW // 2 + row * ROW)
            for row, (class_, level) in enumerate(rows)
        )
        left = ceil(max(weft.x + len(weft.drawn.text) * _CHARACTER for weft in wefts)) + EDGE
        warps = tuple(_warps(properties, {weft.drawn.key: weft.y for weft in wefts}, left))
        right = warps[-1].x + COLUMN // 2
        width = right + ceil(longest * _RIGHT) + EDGE
        return cls(width, top + len(wefts) * ROW + EDGE, left, right, top, wefts, warps)


def _warps(properties: Iterable[Property], heights: Mapping[str, int], left: int) -> Iterator[Warp]:
    """Put the properties side by side, those first that are highest up."""
    placed = []
    for property_ in properties:
        dots = tuple(sorted(heights[key] for key in property_.domains))
        arrow = heights[property_.range]
        reach = (*dots, arrow)
        placed.append((min(reach), max(reach), property_.address, property_, dots, arrow))
    for column, (top, bottom, _, property_, dots, arrow) in enumerate(sorted(placed, key=_order)):
        yield Warp(property_, left + COLUMN // 2 + column * COLUMN, dots, arrow, top, bottom)


def _order(placed: tuple[int, int, str, Property, tuple[int, ...], int]) -> tuple[int, int, str]:
    return placed[:3]


def _rows(classes: Iterable[Class], properties: Iterable[Property]) -> Iterator[tuple[Class, int]]:
    """Give the classes with their levels: each below its superclass, those of others last."""
    below: dict[str | None, list[Class]] = defaultdict(list)
    for class_ in classes:
        below[class_.parent].append(class_)
    place = _places(below, properties)

    def descend(class_: Class, level: int) -> Iterator[tuple[Class, int]]:
        yield class_, level
        for child in sorted(below[class_.key], key=lambda child: child.key):
            yield from descend(child, level + 1)

    for root in sorted(below[None], key=lambda root: (not root.own, place[root.key])):
        yield from descend(root, 0)


def _places(
    below: Mapping[str | None, Sequence[Class]], properties: Iterable[Property]
) -> Mapping[str, float]:
    """Bring the roots near those that they are joined to: each to the middle of its neighbours."""
    root_of: dict[str, str] = {}

    def gather(class_: Class, root: str) -> None:
        root_of[class_.key] = root
        for child in below.get(class_.key, ()):
            gather(child, root)

    for root in below[None]:
        gather(root, root.key)
    neighbours: dict[str, list[str]] = defaultdict(list)
    for property_ in properties:
        for domain in property_.domains:
            one, other = root_of[domain], root_of[property_.range]
            neighbours[one].append(other)
            neighbours[other].append(one)
    order = sorted(neighbours.keys() | {root.key for root in below[None]})
    for _ in range(_ROUNDS):
        places = {key: place for place, key in enumerate(order)}
        pulled = {
            key: fmean([places[key], *map(places.__getitem__, neighbours[key])]) for key in order
        }
        order = sorted(order, key=lambda key: (pulled[key], key))
    return {key: float(place) for place, key in enumerate(order)}
