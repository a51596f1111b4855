"""The measurement: all servers run, and are asked in turn, cell by cell, round by round."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pyoxigraph import RdfFormat, parse

from benchmarks import economy, processes, servers, workload, wrk
from benchmarks.economy import Economy
from benchmarks.figures import Cell, Readings, number
from benchmarks.ours import Teixit, TeixitDisk, TeixitShipped
from benchmarks.peers import Jena, Oxigraph, OxigraphDisk, RdflibEndpoint, Virtuoso
from benchmarks.processes import Memory
from benchmarks.servers import Loaded, NotRunError, Running, Server
from benchmarks.wrk import Reading

#: In the order in which they are asked within the first round.
ALL: Final[tuple[type[Server], ...]] = (
    Teixit,
    Oxigraph,
    TeixitDisk,
    OxigraphDisk,
    Virtuoso,
    RdflibEndpoint,
    Jena,
)

#: The folder that this package stands in: its modules are started as programs too.
ROOT: Final = Path(__file__).parents[1]
NTRIPLES: Final = "application/n-triples"
#: The queries that are also asked again and again: what people look at.
REPEATED: Final = frozenset({"lookup", "describe", "join"})
#: A cell lasts until even the slowest server can have answered so often.
_ANSWERS: Final = 3
#: Questions of a public that are drawn; they begin again where that is not enough.
_PUBLIC: Final = 100_000


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    Attributes:
        sizes: Triples of the graphs.
        clients: Connections at once.
        rounds: How often everything is measured.
        seconds: How long a cell lasts at least.
        longest: How long it may last where answers take long.
        patience: Seconds after which a load or a start is given up.
        servers: Names of servers; empty for all.
        queries: Names of queries, "repeated" and "public"; empty for all.
        scratch: A folder for data, stores and logs.
    """

    sizes: tuple[int, ...]
    clients: tuple[int, ...]
    rounds: int
    seconds: float
    longest: float
    patience: float
    scratch: Path
    servers: frozenset[str] = frozenset()
    queries: frozenset[str] = frozenset()

    def wants(self, name: str) -> bool:
        """Tell whether *name* (a query, "repeated" or "public") is asked."""
        return not self.queries or name in self.queries


@dataclass
class Found:
    """What was measured at one size.

    Attributes:
        graph: The generated graph.
        versions: Of the servers that ran.
        absent: Servers that did not run, and why.
        loads: What building their stores on disk took.
        starts: How they started.
        idle: What they hold when nothing is asked.
        answers: How many rows or triples each answered to the same query, by query.
        first: Seconds of that single answer.
        readings: The cells.
        engine: Milliseconds of each query in the engine alone.
    """

    graph: Economy
    versions: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    loads: dict[str, Loaded] = field(default_factory=dict)
    starts: dict[str, Running] = field(default_factory=dict)
    idle: dict[str, Memory] = field(default_factory=dict)
    answers: dict[str, dict[str, int]] = field(default_factory=dict)
    first: dict[str, dict[str, float]] = field(default_factory=dict)
    readings: Readings = field(default_factory=dict)
    engine: dict[str, float] = field(default_factory=dict)


def measure(plan: Plan, size: int, say: Callable[[str], None]) -> Found:
    """Measure everything at one size."""
    data, graph = economy.kept(size, plan.scratch / "data")
    found = Found(graph)
    say(f"{graph.triples:,} triples in {data}")
    found.engine = engine(data)
    with ExitStack() as stack:
        up = list(_started(plan, data, found, stack, say))
        check(up, found, graph)
        interleave(plan, up, found, say)
    return found


def shipped(plan: Plan, say: Callable[[str], None]) -> Memory | None:
    """Measure what our service holds on the shipped graph when nobody asks."""
    folder = plan.scratch / "shipped"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with TeixitShipped(folder, plan.patience).run(folder, folder / "server.log") as running:
            processes.calm([running.process])
            return processes.memory(running.process)
    except NotRunError as error:
        say(f"the shipped graph: {error}")
        return None


def engine(data: Path) -> dict[str, float]:
    """Time the queries in the engine alone."""
    command = [sys.executable, "-m", "benchmarks.engine", "time", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    times: dict[str, float] = json.loads(done.stdout)
    return times


def _started(
    plan: Plan, data: Path, found: Found, stack: ExitStack, say: Callable[[str], None]
) -> Iterator[tuple[Server, Running]]:
    for kind in ALL:
        if plan.servers and kind.name not in plan.servers:
            continue
        folder = plan.scratch / f"{kind.name}-{found.graph.triples}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        server = kind(folder, plan.patience)
        try:
            yield server, _start(server, data, found, stack)
        except NotRunError as error:
            found.absent[kind.name] = str(error)
            say(f"{kind.name}: not run: {error}")
        else:
            say(f"{kind.name}: first answer after {found.starts[kind.name].first_answer:.2f} s")


def _start(server: Server, data: Path, found: Found, stack: ExitStack) -> Running:
    version = server.version()
    if found.graph.triples > server.most:
        raise NotRunError(f"more than {server.most:,} triples")
    if loaded := server.load(data):
        found.loads[server.name] = loaded
    running = stack.enter_context(server.run(data, server.folder / "server.log"))
    processes.calm([running.process])
    found.versions[server.name] = version
    found.starts[server.name] = running
    found.idle[server.name] = processes.memory(running.process)
    return running


def check(up: Iterable[tuple[Server, Running]], found: Found, graph: Economy) -> None:
    """Ask each server each query once: how many rows it gives, and how long it takes."""
    for query in workload.typical():
        for server, running in up:
            if asked(server, query.name):
                begin = time.perf_counter()
                rows = answers(running, query, query.text(0, graph))
                taken = time.perf_counter() - begin
                found.first.setdefault(query.name, {})[server.name] = taken
                found.answers.setdefault(query.name, {})[server.name] = rows


def answers(running: Running, query: workload.Query, text: str) -> int:
    """Count the rows or triples of an answer; -1 where there is none."""
    accept = NTRIPLES if query.accept == workload.TURTLE else query.accept
    try:
        body = servers.get(running.address, running.prefix + quote(text), accept)
        if accept == workload.JSON:
            return len(json.loads(body)["results"]["bindings"])
        if accept == workload.CSV:
            return body.count(b"\n") - 1
        return len(set(parse(body, RdfFormat.N_TRIPLES)))
    except (OSError, ValueError, KeyError, SyntaxError):
        return -1


def asked(server: Server, name: str) -> bool:
    """Tell whether *server* is asked the query *name*."""
    return not server.only or name in server.only


def cells(plan: Plan) -> list[Cell]:
    """Give what is measured, in the order in which it is."""
    names = [query.name for query in workload.typical() if plan.wants(query.name)]
    kinds = [(name, "new") for name in names]
    if plan.wants("repeated"):
        kinds += [(name, "repeated") for name in names if name in REPEATED]
    if plan.wants("public"):
        kinds.append(("public", "public"))
    return [Cell(name, kind, clients) for name, kind in kinds for clients in plan.clients]


class Requests:
    """Writes the requests of one cell after another; what was new once is not given again."""

    def __init__(self, graph: Economy, engine: dict[str, float], file: Path) -> None:
        """Write into *file* what is asked of *graph*; *engine* gives the cost of a query."""
        self.file = file
        self._engine = engine
        self._graph = graph
        self._next = 1000  # smaller numbers are repeated, or public
        self._queries = {query.name: query for query in workload.typical()}

    def write(self, cell: Cell, seconds: float) -> Path:
        """Write what *cell* asks within *seconds*."""
        with self.file.open("w", encoding="utf-8") as out:
            out.writelines(self._lines(cell, seconds))
        return self.file

    def _lines(self, cell: Cell, seconds: float) -> Iterator[str]:
        if cell.kind == "public":
            asked = workload.public(self._graph, _PUBLIC)
            return (workload.line(query, text) for query, text in asked)
        query = self._queries[cell.query]
        if cell.kind == "repeated":
            return iter([workload.line(query, query.text(0, self._graph))])
        first, many = self._next, round(most(self._engine[query.name]) * seconds)
        self._next += many
        return query.lines(first, many, self._graph)


def most(milliseconds: float) -> int:
    """Give how many answers a second no server can give, by what one costs the engine.

    Small answers cost HTTP more than the engine; no peer gives more than 50,000 here.
    """
    return min(50_000, 100 + round(3000 / milliseconds * (os.cpu_count() or 1)))


def window(plan: Plan, cell: Cell, found: Found) -> float:
    """Give the seconds that a cell lasts, the same for all servers."""
    slowest = max(found.first.get(cell.query, {}).values(), default=0.0)
    waves = max(1, cell.clients / (os.cpu_count() or 1))
    return min(max(plan.seconds, _ANSWERS * slowest * waves), max(plan.seconds, plan.longest))


def ask(running: Running, cell: Cell, requests: Path, seconds: float) -> Reading:
    """Measure one cell on one server."""
    encoding = "gzip" if cell.kind == "public" else ""  # what browsers and clients send
    before, begin = processes.cpu(running.process), time.perf_counter()
    reading = wrk.run(
        running.address + running.prefix,
        requests,
        clients=cell.clients,
        seconds=seconds,
        encoding=encoding,
    )
    used = processes.cpu(running.process) - before
    return replace(reading, cores=used / (time.perf_counter() - begin))


def interleave(
    plan: Plan,
    up: Sequence[tuple[Server, Running]],
    found: Found,
    say: Callable[[str], None],
) -> None:
    """Measure all cells: within a round, the servers take turns at each."""
    roots = [running.process for _, running in up]
    requests = Requests(found.graph, found.engine, plan.scratch / "requests")
    for turn in range(plan.rounds):
        for cell in cells(plan):
            seconds = window(plan, cell, found)
            file = requests.write(cell, seconds)
            # Whoever is first in one round is last in the next.
            for server, running in up[:: 1 if turn % 2 == 0 else -1]:
                if asked(server, cell.query):
                    reading = ask(running, cell, file, seconds)
                    found.readings.setdefault(cell, {}).setdefault(server.name, []).append(reading)
                    processes.calm(roots)
            say(told(turn, cell, found))


def told(turn: int, cell: Cell, found: Found) -> str:
    """Write one line of progress."""
    rates = (
        f"{name} {number(readings[-1].rate)}"
        + (f" ({readings[-1].refused} refused)" * (readings[-1].refused > 0))
        for name, readings in found.readings.get(cell, {}).items()
    )
    return f"{turn + 1} {cell.query} {cell.kind} {cell.clients}: {', '.join(rates)}"
