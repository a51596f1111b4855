"""The engine by itself, in a process of its own: what a server over it cannot beat.

`python -m benchmarks.engine time FILE` and `… load FILE FOLDER [optimize]` print one line of JSON.
"""

import io
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Final

from pyoxigraph import QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Store

from benchmarks import workload
from benchmarks.economy import Economy

_FORMATS: Final = {workload.JSON: QueryResultsFormat.JSON, workload.CSV: QueryResultsFormat.CSV}
#: Each query is answered so often, or for so many seconds.
_TIMES: Final = 25
_SECONDS: Final = 2.0


def milliseconds(store: Store, query: workload.Query, graph: Economy) -> float:
    """Give the median time to answer *query* and write the answer."""
    taken: list[float] = []
    for number in range(_TIMES):
        begin = time.perf_counter()
        answer(store, query.text(number, graph), query.accept)
        taken.append(time.perf_counter() - begin)
        if sum(taken) > _SECONDS:
            break
    return statistics.median(taken) * 1000


def answer(store: Store, text: str, accept: str) -> bytes:
    """Answer one query in the media type *accept*."""
    results = store.query(text)
    out = io.BytesIO()
    if isinstance(results, QuerySolutions):
        results.serialize(out, _FORMATS[accept])
    elif isinstance(results, QueryTriples):
        results.serialize(out, RdfFormat.TURTLE)
    return out.getvalue()


def measure(file: Path, graph: Economy) -> dict[str, float]:
    """Give the milliseconds of each typical query, in memory, on one thread."""
    store = Store()
    store.bulk_load(path=str(file))
    return {query.name: milliseconds(store, query, graph) for query in workload.typical()}


def load(file: Path, folder: Path, *, optimize: bool) -> None:
    """Build a store on disk."""
    store = Store(str(folder))
    store.bulk_load(path=str(file))
    if optimize:
        store.optimize()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["time", file]:
            economy = Economy(**json.loads(Path(f"{file}.json").read_text("utf-8")))
            print(json.dumps(measure(Path(file), economy)))
        case ["load", file, folder, *rest]:
            load(Path(file), Path(folder), optimize=rest == ["optimize"])
