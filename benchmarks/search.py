"""`python -m benchmarks.search`: how long a search takes at the service, on a graph of any size.

Every address is asked once: no answer is there already. The clock runs from the request to the last
byte of the page, so that all of the service is in it.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from tempfile import gettempdir
from typing import Final
from urllib.parse import quote

from benchmarks import economy, processes

#: Questions of each sort: what is searched for differs, the work is alike.
SHIPPED: Final[Mapping[str, Sequence[str]]] = {
    "a name": ["coòpolis", "importa", "can picó", "cooperasec", "eix muntanya", "nou barris"],
    "a word": ["economia", "l'economia", "acció", "barris", "districtes", "projectes", "plan"],
    "several": ["economia social", "projectes pioners", "dels districtes de la ciutat"],
    "some of them": ["economia xyzzy", "barris plugh social"],
    "a beginning": ["co", "pr", "ec", "ba", "di", "ac"],
    "nothing": ["xyzzy", "plugh"],
}
GREAT: Final[Mapping[str, Sequence[str]]] = {
    "a name": [f"ESS-{number:07d}" for number in range(1, 13_000, 1000)],
    "a word": ["economia", "taller", "cooperativa", "xarxa", "energia", "barri", "l'horta"],
    "several": ["economia solidària", "taller d'energia", "red de movilidad", "school fair"],
    "some of them": ["economia xyzzy", "taller plugh", "ta as me fo fi ac xa xyzzy"],
    "a beginning": ["co", "ta", "as", "a1", "p1", "xa", "me"],
    "nothing": ["xyzzy", "plugh"],
}
_LANGUAGES: Final = ("ca", "es", "en")
_PATIENCE: Final = 900


def main(words: list[str]) -> None:
    """Measure and print, in milliseconds."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    ask.add_argument("--size", type=int, default=0, help="triples; the shipped graph by default")
    ask.add_argument("--scratch", type=Path, default=Path(gettempdir()) / "teixit-benchmarks")
    asked = ask.parse_args(words)
    asked.scratch.mkdir(parents=True, exist_ok=True)
    served, questions = [], SHIPPED
    if asked.size:
        served, questions = ["--data", str(economy.kept(asked.size, asked.scratch)[0])], GREAT
    log = asked.scratch / "search.log"
    log.unlink(missing_ok=True)
    command = [sys.executable, "-u", "-m", "teixit", "serve", "--port", "0", "--quiet", *served]
    started = time.monotonic()
    with processes.running(command, log):
        port = port_of(log)
        print(f"ready after {time.monotonic() - started:.1f} s")
        _until_searched(port)
        print(f"searched after {time.monotonic() - started:.1f} s")
        for sort, texts in questions.items():
            print(_line(sort, sorted(_asked(port, texts))))


def port_of(log: Path) -> int:
    """Wait until the service says in its *log* where it is.

    Raises:
        SystemExit: It does not say so.
    """
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        for line in log.read_text("utf-8").splitlines() if log.exists() else ():
            if line.split()[:1] == ["SPARQL"]:
                return int(line.rpartition(":")[2].partition("/")[0])
        time.sleep(0.05)
    raise SystemExit(f"{log}: the service did not start")


def _until_searched(port: int) -> None:
    """Wait until there is an index."""
    end = time.monotonic() + _PATIENCE
    while get(port, "/en/search?q=warm")[0] != 200:  # noqa: PLR2004 - OK
        if time.monotonic() > end:
            raise SystemExit("there is no index to search in")
        time.sleep(0.2)


def _asked(port: int, texts: Sequence[str]) -> Iterator[float]:
    """Ask for each text in each language, on two pages, and give the seconds."""
    for text in texts:
        for language in _LANGUAGES:
            for page in (1, 2):
                address = f"/{language}/search?q={quote(text)}&page={page}"
                status, seconds = get(port, address)
                if status != 200:  # noqa: PLR2004 - OK
                    raise SystemExit(f"{address}: answered with {status}")
                yield seconds


def get(port: int, address: str) -> tuple[int, float]:
    """Ask for a page, and give its status and the seconds until its last byte."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    started = time.perf_counter()
    connection.request("GET", address, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    seconds = time.perf_counter() - started
    connection.close()
    return answer.status, seconds


def _line(sort: str, seconds: Sequence[float]) -> str:
    ninetieth = quantiles(seconds, n=10)[-1]
    figures = (median(seconds), ninetieth, seconds[-1])
    told = ", ".join(
        f"{name} {figure * 1000:.1f} ms"
        for name, figure in zip(("median", "nine of ten below", "longest"), figures, strict=True)
    )
    return f"{sort}: {told} ({len(seconds)} searches)"


if __name__ == "__main__":
    main(sys.argv[1:])
