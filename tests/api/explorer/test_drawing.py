import re
from itertools import combinations

import pytest

from teixit.explorer import drawing
from teixit.explorer.drawing import Box, Drawing, Link, Node

HOSTILE = ("<script>alert(1)</script> " * 9, "\u202eabc", "W" * 90, "=1+1", "")


def node(number: int, name: str, column: int) -> Node:
    return Node(f"n{number}", name, "thing", f"/n{number}", column, f"Column {column}")


@pytest.fixture(scope="module")
def fifty() -> Drawing:
    """Fifty things with names of all lengths, and two or three links of each."""
    names = [*HOSTILE, *("Impulsar projectes " * (1 + n % 5) + str(n) for n in range(45))]
    nodes = tuple(node(number, name, number % 6) for number, name in enumerate(names))
    pairs = {(n, (n * 7 + step) % 50) for n in range(50) for step in (1, 9, 15)}
    pairs = {(one, other) for one, other in pairs if one != other}
    links = tuple(Link(f"n{one}", f"n{other}", "", one % 2 == 0) for one, other in sorted(pairs))
    return drawing.drawn(nodes, links)


def apart(one: Box, other: Box) -> bool:
    left, right = sorted((one, other), key=lambda box: box.x)
    above, below = sorted((one, other), key=lambda box: box.y)
    beside = left.x + drawing.WIDTH <= right.x
    return beside or above.y + above.height < below.y


def test_no_box_lies_on_another(fifty: Drawing) -> None:
    assert len(fifty.boxes) == 50
    assert all(apart(one, other) for one, other in combinations(fifty.boxes, 2))


def test_everything_is_within_the_drawing(fifty: Drawing) -> None:
    for box in fifty.boxes:
        assert 0 <= box.x <= fifty.width - drawing.WIDTH
        assert drawing.HEADING < box.y <= fifty.height - box.height
        assert len(box.lines) * drawing.LINE + 2 * drawing.PADDING == box.height
    assert [len(lines) for _, lines in fifty.headings] == [1] * 6


def test_no_thread_lies_on_a_box(fifty: Drawing) -> None:
    """Where a thread is level between two columns, no box is at that height."""
    levels = 0
    for wire in fifty.wires:
        for x, y, to_x in re.findall(r"(\d+) (\d+)H(\d+)", wire.path):
            levels += 1
            left = min(int(x), int(to_x))
            column = [box for box in fifty.boxes if box.x == left]
            assert column
            assert not [box for box in column if box.y < int(y) < box.y + box.height]
    assert levels


def test_a_thread_goes_from_box_to_box(fifty: Drawing) -> None:
    boxes = {box.node.key: box for box in fifty.boxes}
    for wire in fifty.wires:
        for key, path in ((wire.link.source, wire.path), (wire.link.target, wire.arrow)):
            box = boxes[key]
            x, y = map(int, re.findall(r"^M(\d+) (\d+)", path)[0])
            assert x in {box.x, box.x + drawing.WIDTH}
            assert box.y < y < box.y + box.height


def test_the_same_is_drawn_alike(fifty: Drawing) -> None:
    drawing.drawn.cache_clear()
    nodes = tuple(sorted((box.node for box in fifty.boxes), key=lambda found: int(found.key[1:])))
    assert drawing.drawn(nodes, tuple(wire.link for wire in fifty.wires)) == fifty


def test_threads_between_boxes_of_a_column_bend_out_of_it() -> None:
    nodes = (node(1, "one", 0), node(2, "two", 0), node(3, "three", 0))
    links = (Link("n1", "n2", "", concluded=False), Link("n2", "n3", "", concluded=False))
    for wire in drawing.drawn(nodes, links).wires:
        numbers = [*map(int, re.findall(r"\d+", wire.path))]
        assert min(numbers[::2]) < drawing.EDGE
        assert min(numbers[::2]) >= 0


def test_one_alone_can_be_drawn() -> None:
    drawn = drawing.drawn((node(1, "one", 4),), ())
    (box,) = drawn.boxes
    assert (box.x, box.y) == (drawing.EDGE, drawing.EDGE + drawing.HEADING)
    assert drawn.wires == []
