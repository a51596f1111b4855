"""The dated table, written by the harness from what it measured."""

import os
import platform
import re
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks import goals
from benchmarks.figures import Cell, Goal, number, rates, ratio, spread, written
from benchmarks.processes import Memory
from benchmarks.rounds import ROOT, Found
from benchmarks.servers import Loaded
from benchmarks.wrk import Reading

_METHOD: Final = (
    "Servers run side by side and are asked in turn, cell by cell, round by round; after each cell "
    "all of them come to rest. A figure is the median of the rounds, with the least and the "
    "greatest in brackets; a ratio is formed within each round."
)
_STARTING: Final = (
    "Start: seconds from the command to the first right answer, with reading the data where a "
    "server keeps it in memory. Memory in MB of all processes: proportional (shared pages counted "
    "once), and resident in brackets."
)
_ASKING: Final = (
    "`engine` is the milliseconds of one answer in the engine alone, in memory; `rows` is how many "
    "rows or triples the answer has (several where the servers disagree); !n: n answers were "
    "refused (status 400 or more) or broken, and are not counted; ↻: the questions were through "
    "and began again, so that not all of them were new."
)


@dataclass
class Paper:
    """What a table is written from.

    Attributes:
        command: The command line.
        found: What was measured, by size.
        loads: What loaders took, by size.
        shipped: What the idle service holds on the shipped graph.
        begun: When the measuring began, and how busy the machine was.
    """

    command: list[str]
    found: dict[int, Found] = field(default_factory=dict)
    loads: dict[int, dict[str, Loaded | str]] = field(default_factory=dict)
    shipped: Memory | None = None
    begun: tuple[float, float] = field(default_factory=lambda: (time.time(), os.getloadavg()[0]))

    def text(self) -> str:
        """Write the whole table in Markdown."""
        parts: list[Iterable[str]] = [self._head(), self._goals()]
        for size, found in self.found.items():
            parts += [_starts(found), _rates(found), _latencies(found)]
            if size in self.loads:
                parts.append(_loads(size, self.loads[size]))
        if len(self.found) > 1:
            parts.append(_growth(self.found))
        return "\n".join(line for part in parts for line in part) + "\n"

    def _head(self) -> Iterator[str]:
        began, busy = self.begun
        day = datetime.fromtimestamp(began, UTC)
        minutes, after = (time.time() - began) / 60, os.getloadavg()[0]
        yield f"# Measured on {day:%Y-%m-%d}"
        yield ""
        yield f"- Command: `{' '.join(self.command)}`"
        yield f"- When: from {day:%H:%M} UTC, for {minutes:.0f} minutes"
        yield f"- Machine: {machine()}"
        yield f"- Processes that ran or waited for a core: {busy:.1f} before, {after:.1f} after"
        yield f"- Source: {_revision()}; Python {platform.python_version()}, {_wrk()}"
        for found in self.found.values():
            versions = ", ".join(f"{name} {version}" for name, version in found.versions.items())
            yield f"- {found.graph.triples:,} triples, SHA-256 {found.graph.sha256}: {versions}"
            yield from (f"  - not run: {name}: {reason}" for name, reason in found.absent.items())
        yield from ("", _METHOD, "")

    def _goals(self) -> Iterator[str]:
        yield from ("## Goals", "", "| goal | holds | falls short |", "|---|---|---|")
        for size, found in self.found.items():
            for goal in goals.of_size(found):
                yield _goal(goal, f"{size:,}: ")
            yield _goal(goals.of_starting(found.starts), f"{size:,}: ")
        for size, loads in self.loads.items():
            yield _goal(goals.of_loading(loads), f"{size:,}: ")
        yield _goal(goals.of_idling(self.shipped), "")
        yield ""


def _goal(goal: Goal, where: str) -> str:
    if not goal.found:
        return f"| {where}{goal.text} | not measured | |"
    short = goal.falls_short()
    told = ", ".join(f"{name} {number(value)}" for name, value in short.items())
    values = spread(goal.found.values())
    found = f"{len(goal.found) - len(short)} of {len(goal.found)}"
    return f"| {where}{goal.text} | {found} ({number(values.low)}–{number(values.high)}) | {told} |"


def _table(heads: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _starts(found: Found) -> Iterator[str]:
    yield from (f"## {found.graph.triples:,} triples", "", "### Load, start, memory", "")
    yield from (_STARTING, "")
    yield from _table(
        ["server", "load s", "load peak MB", "disk MB", "start s", "start peak MB", "idle MB"],
        (
            [
                name,
                *_load(found.loads.get(name)),
                f"{start.first_answer:.2f}",
                number(start.peak),
                f"{number(found.idle[name].proportional)} ({number(found.idle[name].resident)})",
            ]
            for name, start in found.starts.items()
        ),
    )


def _load(loaded: Loaded | None) -> list[str]:
    if not loaded:
        return ["–"] * 3
    return [f"{loaded.seconds:.1f}", number(loaded.peak), number(loaded.disk)]


def _rates(found: Found) -> Iterator[str]:
    names = list(found.starts)
    pairs = [
        (ours, theirs)
        for ours, storage in goals.PAIRS.items()
        for theirs in names
        if ours in names and theirs not in goals.PAIRS
        # A store on disk is compared with stores on disk only.
        if theirs == storage or theirs in {"virtuoso", "rdflib-endpoint"}
    ]
    yield from ("### Good answers a second, and ratios", "")
    yield from (_ASKING, "")
    yield from _table(
        ["query", "asked", "clients", "engine", "rows", *names]
        + [f"{ours} / {theirs}" for ours, theirs in pairs],
        (
            [
                cell.query, cell.kind, str(cell.clients), _engine(found, cell), _rows(found, cell),
                *(_rate(by_server.get(name, []), cell.kind) for name in names),
                *(_ratio(by_server, ours, theirs) for ours, theirs in pairs),
            ]
            for cell, by_server in _in_order(found)
        ),
    )  # fmt: skip


def _in_order(found: Found) -> Iterator[tuple[Cell, dict[str, list[Reading]]]]:
    yield from found.readings.items()


def _engine(found: Found, cell: Cell) -> str:
    return number(found.engine[cell.query]) if cell.query in found.engine else "–"


def _rows(found: Found, cell: Cell) -> str:
    by_rows: dict[int, list[str]] = {}
    for name, rows in found.answers.get(cell.query, {}).items():
        by_rows.setdefault(rows, []).append(name)
    if len(by_rows) == 1:
        return f"{next(iter(by_rows)):,}"
    told = (
        f"{', '.join(names)}: {'none' if rows < 0 else rows}" for rows, names in by_rows.items()
    )
    return "; ".join(told) or "–"


def _rate(readings: list[Reading], kind: str) -> str:
    if not readings:
        return "–"
    bad = sum(reading.refused + reading.broken for reading in readings)
    again = any(reading.wraps for reading in readings) and kind == "new"
    return written(rates(readings)) + (f" !{bad}" if bad else "") + " ↻" * again


def _ratio(by_server: dict[str, list[Reading]], ours: str, theirs: str) -> str:
    if ours not in by_server or theirs not in by_server:
        return "–"
    return written(ratio(by_server[ours], by_server[theirs]))


def _latencies(found: Found) -> Iterator[str]:
    names = list(found.starts)
    yield from ("### Latency in ms (median / 99 %), and cores used", "")
    yield from _table(
        ["query", "asked", "clients", *names],
        (
            [cell.query, cell.kind, str(cell.clients)]
            + [_latency(by_server.get(name, [])) for name in names]
            for cell, by_server in _in_order(found)
        ),
    )


def _latency(readings: list[Reading]) -> str:
    if not readings or not any(reading.good for reading in readings):
        return "–"
    p50, p99, cores = (
        spread(getattr(reading, name) for reading in readings).middle
        for name in ("p50", "p99", "cores")
    )
    return f"{number(p50)} / {number(p99)}, {cores:.1f}"


def _loads(size: int, loads: dict[str, Loaded | str]) -> Iterator[str]:
    yield from ("### Building a store on disk", "")
    yield from _table(
        ["loader", "seconds", "triples/s", "peak MB", "disk MB"],
        (
            [name, f"not run: {loaded}", "", "", ""]
            if isinstance(loaded, str)
            else [
                name, f"{loaded.seconds:.1f}", f"{size / loaded.seconds:,.0f}",
                number(loaded.peak), number(loaded.disk),
            ]
            for name, loaded in loads.items()
        ),
    )  # fmt: skip


def _growth(found: dict[int, Found]) -> Iterator[str]:
    (small, before), *_, (large, after) = found.items()
    names = [name for name in before.starts if name in after.starts]
    yield from (f"## Growth from {small:,} to {large:,} triples", "")
    yield f"Time of an answer at {large:,} triples / at {small:,} (from the rates)."
    yield ""
    yield from _table(
        ["query", "asked", "clients", *names],
        (
            [cell.query, cell.kind, str(cell.clients)]
            + [_grown(by_server.get(n, []), after.readings[cell].get(n, [])) for n in names]
            for cell, by_server in before.readings.items()
            if cell in after.readings
        ),
    )


def _grown(before: list[Reading], after: list[Reading]) -> str:
    if not before or not after or not rates(after).middle:
        return "–"
    return number(rates(before).middle / rates(after).middle)


def machine() -> str:
    """Describe the machine: processor, cores, memory, system."""
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = processor[1] if processor else platform.machine()
    system = f"{platform.system()} {platform.release()}"
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}"


def _revision() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "not a checkout"
    return f"revision {done.stdout.strip()}"


def _wrk() -> str:
    done = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False)
    return " ".join(done.stdout.split()[:2])
