"""The order of what stands in columns, so that few of the links between them cross.

A link over several columns goes through a knot in each one between, so that no box lies on it.
networkx gives the first orders; from each of them, what is linked moves together (the barycentre
method of Sugiyama, Tagawa and Toda, 1981), and the order with the fewest crossings is taken.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:  # memory and time that other pages do not need
    import networkx as nx

Key: TypeAlias = Hashable
Columns: TypeAlias = Sequence[Sequence[Key]]
Paths: TypeAlias = Mapping[tuple[Key, Key], Sequence[Any]]

#: How often the columns move towards each other; more changes little.
_ROUNDS: Final = 8
_SEED: Final = 2016


def arranged(columns: Columns, links: Iterable[tuple[Key, Key]]) -> tuple[Columns, Paths]:
    """Order what stands in *columns*.

    Args:
        columns: What stands in each; the same things in the same order are arranged alike.
        links: Between things of different columns.

    Returns:
        The columns in their order, with the knots of long links; and of each link the things and
        knots that it goes through, from its first end to its last.
    """
    import networkx as nx  # noqa: PLC0415 - as above

    paths = dict(_paths(columns, links))
    graph = nx.Graph()
    for number, column in enumerate(columns):
        graph.add_nodes_from(column, column=number)
    for path in paths.values():
        for knot in path[1:-1]:
            graph.add_node(knot, column=knot[2])
        graph.add_edges_from(pairwise(path))
    tried = [_settled(graph, start) for start in _starts(graph)]
    return min(tried, key=lambda found: crossings(graph, found)), paths


def crossings(graph: "nx.Graph", columns: Columns) -> int:
    """Count how many pairs of links between neighbouring columns cross."""
    found = 0
    for left, right in pairwise(columns):
        places = {key: place for place, key in enumerate(right)}
        ends = [
            (row, places[other])
            for row, key in enumerate(left)
            for other in graph[key]
            if other in places
        ]
        found += sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))
    return found


def placed(wanted: Sequence[float], heights: Sequence[float], gap: float) -> Sequence[float]:
    """Place boxes below each other as near as can be to where each is *wanted*.

    The sum of the squares of the distances is the least (pool adjacent violators; Ayer et al.,
    1955).

    Args:
        wanted: Where the middle of each box would be best, in the order of the boxes.
        heights: Of the boxes.
        gap: What stays free between two of them.

    Returns:
        Where the middle of each box is.
    """
    shifts, reach = [], 0.0
    for before, after in pairwise([0.0, *heights]):
        reach += (before + after) / 2 + gap
        shifts.append(reach)
    pools: list[list[float]] = []
    for where, shift in zip(wanted, shifts, strict=True):
        pools.append([where - shift])
        while len(pools) > 1 and fmean(pools[-2]) >= fmean(pools[-1]):
            pools[-2].extend(pools.pop())
    starts = [fmean(pool) for pool in pools for _ in pool]
    return [start + shift for start, shift in zip(starts, shifts, strict=True)]


def _paths(
    columns: Columns, links: Iterable[tuple[Key, Key]]
) -> Iterator[tuple[tuple[Key, Key], Sequence[Any]]]:
    where = {key: number for number, column in enumerate(columns) for key in column}
    for one, other in links:
        step = 1 if where[one] < where[other] else -1
        between = range(where[one] + step, where[other], step)
        yield (one, other), [one, *((one, other, number) for number in between), other]


def _starts(graph: "nx.Graph") -> Iterator[Columns]:
    """Give the orders to begin with: as they come, by nearness, and as a spring would have them."""
    import networkx as nx  # noqa: PLC0415 - as above

    numbers = dict(graph.nodes(data="column"))
    flat = nx.multipartite_layout(graph, subset_key="column")
    spring = nx.spring_layout(graph, pos=flat, seed=_SEED)
    walked = [
        key
        for component in nx.connected_components(graph)
        for key in nx.bfs_tree(graph, next(key for key in graph if key in component))
    ]
    for order in ([*graph], walked, sorted(graph, key=lambda key: float(spring[key][1]))):
        columns: list[list[Key]] = [[] for _ in range(max(numbers.values()) + 1)]
        for key in order:
            columns[numbers[key]].append(key)
        yield columns


def _settled(graph: "nx.Graph", columns: Columns) -> Columns:
    """Move what is linked together, to the right and back, and keep the best order on the way."""
    best, fewest = columns, crossings(graph, columns)
    current = [list(column) for column in columns]
    for _ in range(_ROUNDS):
        for numbers in (range(1, len(current)), range(len(current) - 2, -1, -1)):
            for number in numbers:
                beside = number - 1 if numbers.step == 1 else number + 1
                current[number] = _towards(graph, current[number], current[beside])
            found = crossings(graph, current)
            if found < fewest:
                best, fewest = [list(column) for column in current], found
    return best


def _towards(graph: "nx.Graph", column: Sequence[Key], beside: Sequence[Key]) -> list[Key]:
    places = {key: place / max(len(beside) - 1, 1) for place, key in enumerate(beside)}
    own = {key: place / max(len(column) - 1, 1) for place, key in enumerate(column)}

    def middle(key: Key) -> float:
        near = [places[other] for other in graph[key] if other in places]
        return fmean(near) if near else own[key]

    return sorted(column, key=middle)
