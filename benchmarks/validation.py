"""How long the engines of SHACL take: `python -m benchmarks.validation`.

The graph is the shipped one, in which what the plan and its projects are is there again and again
under other names, while the territory and the vocabularies stay single, as they would in a graph of
many plans. Each engine has a process of its own; the time is that of the processor.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rdflib import SH

from teixit import namespaces, paths, shacl, store, validation
from teixit.terms import term_of

#: What there is once, however many plans there are.
_SINGLE: Final = {"territory.trig", "boundaries.trig", "questions.trig", "void.trig"}
#: From how many statements on each engine is taken.
_ENGINES: Final = {"pySHACL": sys.maxsize, "pyshifty": 0}


def main(words: list[str]) -> int:
    """Print a table of the engines at the sizes that *words* ask for."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.validation", description=__doc__)
    ask.add_argument("--statements", default="100000", help="how many, with commas")
    ask.add_argument("--engines", default=",".join(_ENGINES), help="which, with commas")
    ask.add_argument("--patience", type=float, default=900, help="seconds until one is ended")
    asked = ask.parse_args(words)
    print("| statements | engine | seconds | MB | findings |\n|---|---|---|---|---|")
    for least in map(int, asked.statements.split(",")):
        with TemporaryDirectory() as folder:
            file = Path(folder, "graph.nt")
            size = _write(file, least)
            for engine in asked.engines.split(","):
                print(f"| {size:,} | {engine} | {_run(engine, file, asked.patience)} |", flush=True)
    return 0


def measure(engine: str, file: Path) -> str:
    """Check *file* by the *engine*, and give the cells of its row."""
    graph = shacl.DataGraph()
    for quad in store.read(file):
        subject, predicate, value = map(term_of, tuple(quad)[:3])
        graph.add((subject, predicate, value))
    begin = time.process_time()
    report = shacl.report_of(graph, validation.load_shapes(), _ENGINES[engine])
    taken = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{taken:.1f} | {peak:,.0f} | {len(set(report.objects(None, SH.result))):,}"


def _run(engine: str, file: Path, patience: float) -> str:
    """Measure in a process of its own."""
    code = "import sys; from benchmarks import validation as v; from pathlib import Path\n"
    code += "print(v.measure(sys.argv[1], Path(sys.argv[2])))"
    command = [sys.executable, "-c", code, engine, str(file)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=True)
    except subprocess.TimeoutExpired:
        return f"ended after {patience:,.0f} by the clock | | "
    return done.stdout.strip()


def _write(file: Path, least: int) -> int:
    """Write copies of the shipped graph until there are *least* statements; give how many."""
    lines = dict.fromkeys(_lines(file for file in store.knowledge_files() if _is_single(file)))
    copied = [*_lines(file for file in store.knowledge_files() if not _is_single(file))]
    known = {line.split(" ", 1)[0] for line in copied if line.startswith(f"<{namespaces.THING}")}
    for number in count():
        if len(lines) >= least:
            break
        lines |= dict.fromkeys(_renamed(line, known, f"-{number}") for line in copied)
    file.write_text("".join(lines), "utf-8")
    return len(lines)


def _lines(files: Iterator[Path]) -> Iterator[str]:
    for file in files:
        for quad in store.read(file):
            yield f"{quad.subject} {quad.predicate} {quad.object} .\n"


def _renamed(line: str, known: set[str], ending: str) -> str:
    subject, predicate, value = line.split(" ", 2)
    names = (_named(subject, known, ending), predicate, _named(value[:-3], known, ending))
    return f"{' '.join(names)} .\n"


def _named(term: str, known: set[str], ending: str) -> str:
    if term.startswith("_:"):
        return term + ending.replace("-", "x")
    return f"{term[:-1]}{ending}>" if term in known else term


def _is_single(file: Path) -> bool:
    return file.name in _SINGLE or paths.DATA not in file.parents


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
