"""`python -m benchmarks`: measure, and write the table of the day."""

import argparse
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir
from types import FrameType
from typing import NoReturn

from benchmarks import loaders, report, rounds, wrk
from benchmarks.rounds import Plan

_RESULTS = Path(__file__).parent / "results"


def _arguments(words: list[str]) -> argparse.Namespace:
    ask = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = ask.add_argument
    add("--quick", action="store_true", help="1 round of 2 seconds a cell, at the first size")
    add("--sizes", type=_numbers, default=(1_000_000, 10_000_000), help="triples, with commas")
    add("--clients", type=_numbers, default=(1, 8, 64), help="clients at once, with commas")
    add("--rounds", type=int, default=3, help="how often everything is measured")
    add("--seconds", type=float, default=5, help="how long a cell lasts")
    add("--longest", type=float, default=30, help="how long where single answers take long")
    add("--patience", type=float, default=900, help="seconds until a load or start is given up")
    add("--servers", type=_names, default=frozenset(), help="only these, with commas")
    add("--queries", type=_names, default=frozenset(), help="only these, 'repeated', 'public'")
    add("--no-loaders", action="store_true", help="do not measure bulk loading by itself")
    add("--scratch", type=Path, default=Path(gettempdir()) / "teixit-benchmarks")
    add("--out", type=Path, help="the table; benchmarks/results/DATE.md, with --quick nowhere")
    return ask.parse_args(words)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(word.replace("_", "")) for word in text.split(","))


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


def _plan(asked: argparse.Namespace) -> Plan:
    return Plan(
        sizes=asked.sizes[:1] if asked.quick else asked.sizes,
        clients=asked.clients,
        rounds=1 if asked.quick else asked.rounds,
        seconds=2 if asked.quick else asked.seconds,
        longest=6 if asked.quick else asked.longest,
        patience=asked.patience,
        servers=asked.servers,
        queries=asked.queries,
        scratch=asked.scratch,
    )


def _say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def main(words: list[str]) -> int:
    """Measure what *words* ask for; 0 when a table was written."""
    asked = _arguments(words)
    if not wrk.installed():
        _say(wrk.MISSING)
        return 1
    signal.signal(signal.SIGTERM, _stop)  # servers are ended in order, as on Ctrl+C
    plan, paper = _plan(asked), report.Paper(["python -m benchmarks", *words])
    try:
        for size in plan.sizes:
            if not asked.no_loaders:
                paper.loads[size] = loaders.measure(size, plan.scratch, plan.patience, _say)
            paper.found[size] = rounds.measure(plan, size, _say)
        paper.shipped = rounds.shipped(plan, _say)
    except KeyboardInterrupt:
        _say("stopped; nothing was written")
        return 130
    text = paper.text()
    file = asked.out or (None if asked.quick else _RESULTS / f"{datetime.now(UTC):%Y-%m-%d}.md")
    if file:
        file.write_text(text, "utf-8")
        _say(f"written: {file}")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
