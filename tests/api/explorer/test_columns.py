from itertools import pairwise

import networkx as nx
import pytest

from teixit.explorer import columns


def graph(layers: columns.Columns, paths: columns.Paths) -> nx.Graph:
    found = nx.Graph()
    for keys in layers:
        found.add_nodes_from(keys)
    for path in paths.values():
        found.add_edges_from(pairwise(path))
    return found


def test_links_that_need_not_cross_do_not() -> None:
    layers, paths = columns.arranged(
        [["a", "b", "c"], ["x", "y", "z"]], [("a", "z"), ("b", "x"), ("y", "c")]
    )
    assert columns.crossings(graph(layers, paths), layers) == 0
    assert [sorted(keys) for keys in layers] == [["a", "b", "c"], ["x", "y", "z"]]


def test_those_that_must_cross_are_counted() -> None:
    links = [(one, other) for one in "ab" for other in "xy"]
    layers, paths = columns.arranged([["a", "b"], ["x", "y"]], links)
    assert columns.crossings(graph(layers, paths), layers) == 1


def test_a_long_link_goes_through_a_knot_in_each_column_between() -> None:
    layers, paths = columns.arranged([["a"], ["m"], ["n"], ["z"]], [("a", "z"), ("z", "a")])
    assert paths["a", "z"] == ["a", ("a", "z", 1), ("a", "z", 2), "z"]
    assert paths["z", "a"] == ["z", ("z", "a", 2), ("z", "a", 1), "a"]
    assert {("a", "z", 1), ("z", "a", 1), "m"} == set(layers[1])


def test_the_same_is_arranged_alike() -> None:
    layers = [[f"a{n}" for n in range(9)], [f"b{n}" for n in range(9)], [f"c{n}" for n in range(9)]]
    links = [(f"a{n}", f"b{n * 5 % 9}") for n in range(9)]
    links += [(f"b{n}", f"c{n * 7 % 9}") for n in range(9)]
    first = columns.arranged(layers, links)
    assert columns.arranged(layers, links) == first
    assert columns.crossings(graph(*first), first[0]) == 0


@pytest.mark.parametrize(
    ("wanted", "middles"),
    [
        ([10.0, 100.0], [10.0, 100.0]),
        ([50.0, 50.0], [42.5, 57.5]),
        ([90.0, 10.0, 11.0], [22.0, 37.0, 52.0]),
        ([], []),
    ],
)
def test_boxes_are_placed_near_where_they_are_wanted(
    wanted: list[float], middles: list[float]
) -> None:
    assert columns.placed(wanted, [10.0] * len(wanted), 5) == pytest.approx(middles)
