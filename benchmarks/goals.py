"""The project's goals for speed, and what was measured against each."""

from collections.abc import Callable
from typing import Final

from benchmarks.figures import Cell, Goal, rates, ratio
from benchmarks.processes import Memory
from benchmarks.rounds import Found
from benchmarks.servers import Loaded, Running

#: Ours, and the Oxigraph server on the same kind of storage.
PAIRS: Final = {"teixit": "oxigraph", "teixit-disk": "oxigraph-disk"}
_SMALL: Final = ("lookup", "describe")
_AGGREGATES: Final = ("group", "order", "count")
#: From so many milliseconds in the engine on, a query is not a look-up.
_WORK: Final = 1.0


def of_size(found: Found) -> list[Goal]:
    """Give the goals that are measured by asking queries at one size."""
    engine = found.engine
    working = {name for name, milliseconds in engine.items() if milliseconds >= _WORK}
    return [
        _against(
            "queries of 1 ms or more in the engine, 8 and 64 clients: ≥ 1 × the Oxigraph server",
            1.0, found, lambda cell: cell.query in working and cell.clients > 1 and _new(cell),
        ),
        _against(
            "look-ups and small descriptions, new: ≥ 0.35 × the Oxigraph server",
            0.35, found, lambda cell: cell.query in _SMALL and _new(cell),
        ),
        _against(
            "look-ups and small descriptions, repeated: ≥ 2 × the Oxigraph server",
            2.0, found, lambda cell: cell.query in _SMALL and cell.kind == "repeated",
        ),
        _against(
            "look-ups and small descriptions: ≥ 3 × rdflib-endpoint",
            3.0, found, lambda cell: cell.query in _SMALL, "rdflib-endpoint",
        ),
        _against(
            "a public’s mixture: ≥ 5 × the Oxigraph server",
            5.0, found, lambda cell: cell.kind == "public",
        ),
        _against_best(found),
        _exports(found),
    ]  # fmt: skip


def of_loading(loads: dict[str, Loaded | str]) -> Goal:
    """Give the goal for building a store on disk."""
    goal = Goal("bulk load: ≤ 1.2 × the time of the engine’s own loader", 1.2, at_most=True)
    ours, theirs = loads.get("teixit publish"), loads.get("oxigraph load")
    if isinstance(ours, Loaded) and isinstance(theirs, Loaded):
        goal.found["publish"] = ours.seconds / theirs.seconds
    return goal


def of_starting(starts: dict[str, Running]) -> Goal:
    """Give the goal for starting on a store that is there."""
    goal = Goal("start on an existing store: ≤ 1 s to the first answer", 1.0, at_most=True)
    if start := starts.get("teixit-disk"):
        goal.found["seconds"] = start.first_answer
    return goal


def of_idling(shipped: Memory | None) -> Goal:
    """Give the goal for the memory of a service that nobody asks."""
    goal = Goal("idle on the shipped graph, all processes: ≤ 200 MB", 200, at_most=True)
    if shipped:
        goal.found["resident, shared pages counted in each process"] = shipped.resident
        goal.found["resident, shared pages counted once"] = shipped.proportional
    return goal


def _new(cell: Cell) -> bool:
    return cell.kind == "new"


def _named(ours: str, cell: Cell) -> str:
    return f"{ours} {cell.query} {cell.clients}"


def _against(
    text: str, least: float, found: Found, wanted: Callable[[Cell], bool], peer: str = ""
) -> Goal:
    goal = Goal(text, least)
    for cell, by_server in found.readings.items():
        for ours, same_storage in PAIRS.items():
            theirs = by_server.get(peer or same_storage)
            if not wanted(cell) or not theirs or ours not in by_server:
                continue
            if against := ratio(by_server[ours], theirs):
                goal.found[_named(ours, cell)] = against.middle
    return goal


def _against_best(found: Found) -> Goal:
    goal = Goal("whole-graph aggregates: within 1.5 × of the best peer", 1 / 1.5)
    for cell, by_server in found.readings.items():
        peers = {name: rates(all_) for name, all_ in by_server.items() if name not in PAIRS}
        if cell.query in _AGGREGATES and _new(cell) and peers and "teixit" in by_server:
            best = max(peers, key=lambda name: peers[name].middle)
            if against := ratio(by_server["teixit"], by_server[best]):
                goal.found[f"{cell.query} {cell.clients} ({best})"] = against.middle
    return goal


def _exports(found: Found) -> Goal:
    goal = Goal("exports of 100,000 rows: ≤ 1.5 × the engine’s own time", 1.5, at_most=True)
    for cell, by_server in found.readings.items():
        if cell.query.startswith("export") and cell.clients == 1 and "teixit" in by_server:
            rate = rates(by_server["teixit"]).middle
            if rate:
                goal.found[cell.query] = 1000 / rate / found.engine[cell.query]
    return goal
