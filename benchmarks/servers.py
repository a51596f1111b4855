"""The servers that are measured, each on loopback with a data directory of its own."""

import http.client
import shutil
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import quote, urlsplit

from benchmarks import processes, workload

HOST: Final = "127.0.0.1"


class NotRunError(Exception):
    """A server is left out, and why."""


@dataclass(frozen=True)
class Running:
    """A server that has given its first answer.

    Attributes:
        name: What it is called in tables.
        process: The id of its first process.
        address: `http://host:port`.
        prefix: What stands before a query in the target of a request.
        first_answer: Seconds from its start to its first right answer.
        peak: The most memory it had until then, in MB.
    """

    name: str
    process: int
    address: str
    prefix: str
    first_answer: float = 0.0
    peak: float = 0.0


@dataclass(frozen=True)
class Loaded:
    """What building a store on disk took: seconds, MB of memory at most, MB on disk."""

    seconds: float
    peak: float
    disk: float


class Server(ABC):
    """How to start one kind of server."""

    name: ClassVar[str]
    #: Where it keeps the graph; only servers of one kind of storage are comparable.
    storage: ClassVar[str]
    endpoint: ClassVar[str] = "/sparql"
    extra: ClassVar[dict[str, str]] = {}
    #: The first question: true in the graph of every size.
    first: ClassVar[str] = "ASK { <https://economy.example/organisation/6> ?property ?value }"
    #: Names of the queries it is asked; empty for all.
    only: ClassVar[frozenset[str]] = frozenset()
    #: More triples than this take it too long to load.
    most: ClassVar[int] = 100_000_000

    def __init__(self, folder: Path, patience: float) -> None:
        """Put everything into *folder*, and give up on whatever takes *patience* seconds."""
        self.folder = folder
        self.patience = patience

    @abstractmethod
    def version(self) -> str:
        """Give the version.

        Raises:
            NotRunError: It is not installed.
        """

    def load(self, data: Path) -> Loaded | None:  # noqa: ARG002  (most have nothing to do)
        """Build the store on disk, if it has one.

        Raises:
            NotRunError: It failed, or took too long.
        """
        return None

    @abstractmethod
    def command(self, data: Path, port: int) -> list[str]:
        """Give the command that serves *data*, or what was loaded."""

    def address(self, log: Path, port: int) -> str:  # noqa: ARG002
        """Give its address; empty while it has not said it."""
        return f"http://{HOST}:{port}"

    def fill(self, address: str, data: Path) -> None:  # noqa: B027  (most start with data)
        """Send *data* to a server that starts empty."""

    @contextmanager
    def run(self, data: Path, log: Path) -> Iterator[Running]:
        """Serve *data* while the block lasts.

        Raises:
            NotRunError: It did not start in time; its last message says why.
        """
        port, begin = free_port(), time.perf_counter()
        with processes.running(self.command(data, port), log, folder=self.folder) as process:
            with processes.peak(process.pid) as highest:
                address = self._answering(process, data, port, log)
            took = time.perf_counter() - begin
            yield Running(
                self.name, process.pid, address, workload.prefix(self.endpoint, self.extra), took,
                max(highest[0], processes.memory(process.pid).proportional),
            )  # fmt: skip

    def _answering(
        self, process: "subprocess.Popen[bytes]", data: Path, port: int, log: Path
    ) -> str:
        """Wait for the first right answer, and give the address it came from."""
        end, filled = time.monotonic() + self.patience, False
        target = workload.prefix(self.endpoint, self.extra) + quote(self.first)
        while process.poll() is None and time.monotonic() < end:
            with suppress(OSError, http.client.HTTPException):
                if address := self.address(log, port):
                    if not filled:
                        self.fill(address, data)
                        filled = True
                    if b"true" in get(address, target, workload.JSON):
                        return address
            time.sleep(0.005)
        last = (log.read_text("utf-8", "replace").strip().splitlines() or ["no message"])[-1]
        raise NotRunError(f"it did not answer ({last[:160]})")


def get(address: str, target: str, accept: str, timeout: float = 300) -> bytes:
    """Ask once; an answer that is not good is empty.

    Raises:
        OSError: Nobody answers.
    """
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=timeout)
    try:
        connection.request("GET", target, headers={"Accept": accept})
        answer = connection.getresponse()
        body = answer.read()
        return body if answer.status < http.client.BAD_REQUEST else b""
    finally:
        connection.close()


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def program(name: str, how: str) -> str:
    """Find a program on the path or beside this interpreter.

    Raises:
        NotRunError: It is not there; *how* says how to get it.
    """
    beside = Path(sys.executable).parent / name
    found = shutil.which(name) or (str(beside) if beside.exists() else None)
    if not found:
        raise NotRunError(f"{name} is not installed: {how}")
    return found


def said(command: list[str], patience: float = 60) -> str:
    """Give what a command that is over soon says."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=patience)
    return (done.stdout + done.stderr).strip()


def timed(
    command: list[str], log: Path, patience: float, store: Path, here: Path | None = None
) -> Loaded:
    """Run a loader to its end, in the folder *here*, and measure it.

    Raises:
        NotRunError: It failed, or took longer than *patience* seconds.
    """
    begin = time.perf_counter()
    with (
        processes.running(command, log, folder=here) as process,
        processes.peak(process.pid) as highest,
    ):
        try:
            status = process.wait(patience)
        except subprocess.TimeoutExpired:
            raise NotRunError(f"loading was given up after {patience:.0f} s") from None
    if status:
        last = log.read_text("utf-8", "replace").strip().splitlines()[-1:]
        raise NotRunError(f"loading failed: {' '.join(last)[:200]}")
    return Loaded(time.perf_counter() - begin, highest[0], processes.size(store))
