"""A table as a network: a box for each thing, and a thread from each to the next one of its row."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from teixit.explorer import drawing
from teixit.explorer.drawing import Link, Node
from teixit.pictures.canvas import Canvas, plain
from teixit.pictures.rows import Row, Table
from teixit.pictures.wording import Words

#: More things than this cannot be read.
MOST: Final = 50

#: From where to where, and in which words.
Thread = tuple[str, str, str]


def drawn(table: Table, words: Words) -> Canvas:
    """Draw the threads of the first rows of a *table* that leads from things to things."""
    del words
    names: dict[str, str] = {}
    threads: dict[tuple[str, str], str] = {}
    number = 0
    for row in table.rows:
        found = [*_threads(table, row)]
        new = {end: "" for thread in found for end in thread[:2]} | names
        if len(new) > MOST:
            continue
        names |= {end: table.text({"type": "uri", "value": end}) for end in new}
        for source, target, said in found:
            if source != target and (target, source) not in threads:
                threads.setdefault((source, target), said)
        number += bool(found)
    columns = _columns(names, threads)
    nodes = tuple(Node(key, plain(names[key]), "", None, columns[key], "") for key in names)
    links = tuple(Link(*ends, said, concluded=False) for ends, said in threads.items())
    return _canvas(drawing.drawn(nodes, links), number)


def _threads(table: Table, row: Row) -> Iterable[Thread]:
    """Give the threads of a *row*: with three things, the one between may say what leads on."""
    things = [(name, row[name]["value"]) for name in table.things if name in row]
    match things:
        case [(_, source), ("p" | "property" | "predicate", said), (_, target)]:
            yield source, target, table.labels.get(said, said)
        case _:
            for (_, source), (_, target) in pairwise(things):
                yield source, target, ""


def _columns(names: Iterable[str], threads: Iterable[tuple[str, str]]) -> Mapping[str, int]:
    """Put what leads to something before it, as far as there is no way back."""
    order = {key: place for place, key in enumerate(names)}
    nexts: dict[str, list[str]] = {key: [] for key in order}
    for source, target in threads:
        nexts[source].append(target)
    sequence = _sequence(nexts)
    places = {key: place for place, key in enumerate(sequence)}
    columns = dict.fromkeys(sequence, 0)
    before: dict[str, list[str]] = {key: [] for key in order}
    for ends in ((source, target) for source in nexts for target in nexts[source]):
        first, last = sorted(ends, key=places.__getitem__)
        before[last].append(first)
    for key in sequence:
        columns[key] = max((columns[other] + 1 for other in before[key]), default=0)
    return columns


def _sequence(nexts: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Order things so that each comes before those that it leads to (depth first, from the end)."""
    done: dict[str, None] = {}
    begun: set[str] = set()
    for start in [*nexts][::-1]:
        waiting = [start]
        while waiting:
            key = waiting[-1]
            left = [] if key in begun else [each for each in nexts[key] if each not in begun]
            begun.add(key)
            if left:
                waiting += left
            else:
                done[waiting.pop()] = None
    return [*done][::-1]


def _canvas(found: drawing.Drawing, number: int) -> Canvas:
    up = drawing.HEADING  # the columns have no headings here
    canvas = Canvas(found.width, found.height - up, number)
    canvas.group.set("class", "network")
    inner = Canvas(group=canvas.group)
    for wire in found.wires:
        inner.add("path", "wire", {"d": wire.path, **_up(up)}, wire.link.words)
        inner.add("path", "arrow", {"d": wire.arrow, **_up(up)})
    for box in found.boxes:
        place = {"x": box.x, "y": box.y - up, "width": drawing.WIDTH, "height": box.height}
        inner.add("rect", "box", {**place, "rx": 4}, box.node.name)
        for line, text in enumerate(box.lines):
            y = box.y - up + drawing.PADDING + drawing.LETTER + line * drawing.LINE
            inner.text(box.x + drawing.PADDING, y, text, "letters")
    return canvas


def _up(up: int) -> Mapping[str, str]:
    return {"transform": f"translate(0 {-up})"}
