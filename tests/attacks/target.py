"""The server that is attacked, its processes, and the neighbour who is to notice nothing."""

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Self

from attacks import wire

MEGABYTE = 1 << 20
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
#: From where the innocent ask, when attackers ask from others.
HOME = "127.0.0.77"


@dataclass(frozen=True)
class Scale:
    """How much is fired.

    Args:
        full: Everything, held to the figures that the product promises.
    """

    full: bool

    @property
    def limit(self) -> float:
        """The time limit of the server in seconds: that of the product, or a short one."""
        return 10 if self.full else 2


@dataclass
class Target:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    address: str
    limit: float

    @property
    def endpoint(self) -> str:
        return f"{self.address}/sparql"

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def processes(self) -> list[int]:
        """Its own process and all below it."""
        below = defaultdict(list)
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with suppress(OSError, IndexError):
                    state = (entry / "stat").read_text("utf-8", "replace")
                    below[int(state.rpartition(")")[2].split()[1])].append(int(entry.name))
        found = [self.process.pid]
        for process in found:
            found += below[process]
        return found

    def resident(self) -> int:
        """The memory of all its processes in bytes, what they share counted once.

        The proportional size is exact, and it needs the kernel's file for it.
        """
        total = 0
        for process in self.processes():
            with suppress(OSError):
                text = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
                total += sum(
                    int(line.split()[1]) * 1024
                    for line in text.splitlines()
                    if line.startswith("Pss:")
                )
        return total

    def descriptors(self) -> int:
        """How many files and sockets the process holds that clients talk to."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))  # noqa: PTH208 - a count

    def is_gone(self) -> bool:
        """End it as the machine would, and say whether nobody is left."""
        before = self.processes()
        self.process.kill()
        self.process.wait()
        for _ in range(50):
            if not any(_runs(process) for process in before):
                return True
            time.sleep(0.1)
        return False


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


@contextmanager
def serving(data: Path, *options: str, limit: float) -> Iterator[Target]:
    """Start a server over *data* and end it."""
    command = [sys.executable, "-u", "-m", "teixit", "serve", "--data", str(data), "--port", "0"]
    command += ["--time-limit", f"{limit:g}", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            said = (line.split() for line in process.stdout or ())
            address = next(words[1] for words in said if words[:1] == ["SPARQL"])
            yield Target(process, address.removesuffix("/sparql"), limit)
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


@dataclass
class Neighbour:
    """An innocent who keeps asking, half of the time what was never asked before.

    Args:
        endpoint: Whom.
        source: From which address.
        pause: Seconds between an answer and the next question.
    """

    endpoint: str
    source: str = HOME
    pause: float = 0.02
    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._go_on, args=(fresh,), daemon=True)
            for fresh in (True, False)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self, fresh: bool) -> None:  # noqa: FBT001 - a thread of ours
        for turn in itertools.count():
            if self._stop.is_set():
                return
            wait, failure = innocent(self.endpoint, turn, self.source, fresh=fresh)
            self.waits.append(wait)
            if failure:
                self.failures.append(failure)
            time.sleep(self.pause)

    def percentile(self, part: float) -> float:
        """Within how many seconds *part* of the answers came."""
        if len(self.waits) < 2:
            return sum(self.waits)
        return quantiles(self.waits, n=1000, method="inclusive")[int(part * 1000) - 1]

    def told(self) -> str:
        """The figures in a line."""
        p50, p99 = (self.percentile(part) * 1000 for part in (0.5, 0.99))
        return (
            f"{len(self.waits)} questions, p50 {p50:.1f} ms, p99 {p99:.1f} ms,"
            f" max {max(self.waits, default=0) * 1000:.0f} ms, failed {len(self.failures)}"
        )


def innocent(endpoint: str, turn: int, source: str, *, fresh: bool) -> tuple[float, str]:
    """Ask for the successor of one of 2,000 nodes; give the wait, and what is wrong if it is.

    Where it is to be fresh, a comment makes a text that no cache has seen.
    """
    node = turn % 2_000
    note = f" # {os.getpid()} {threading.get_ident()} {turn}" if fresh else ""
    # The number goes into the answer as well, so that nothing can be known beforehand.
    query = (
        f"SELECT ?next ({turn if fresh else node} AS ?turn)"
        f" {{ <http://ex.org/e/{node}> <http://ex.org/v/next> ?next }}{note}"
    )
    answer = wire.ask(endpoint, query, source=source, timeout=20, method="GET")
    if answer.status != 200 or answer.cut:
        return answer.seconds, f"{answer.status} {answer.reason} {answer.cut}"
    rows = json.loads(answer.body)["results"]["bindings"]
    right = [f"http://ex.org/e/{node + 1}"]
    return answer.seconds, "" if [row["next"]["value"] for row in rows] == right else "wrong"
