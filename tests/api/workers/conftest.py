"""A small graph to attack, pools of real processes over it, and a look at these from outside."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from teixit.workers import Limits, Pool, Source

#: So many nodes lie in a ring, each with a label and a number.
NODES = 300
PROC = Path("/proc")

Scene = Callable[[Pool], Awaitable[Any]]


class Watch:
    """The processes of the pools of this process, as the system sees them."""

    @staticmethod
    def children(process: int) -> list[int]:
        """Those that *process* has begun and that have not ended."""
        found = []
        for stat in PROC.glob("[0-9]*/stat"):
            try:
                state, parent, *_ = stat.read_text("utf-8").rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            if int(parent) == process and state not in {"Z", "X"}:
                found.append(int(stat.parent.name))
        return sorted(found)

    def fork_servers(self) -> list[int]:
        return [
            child
            for child in self.children(os.getpid())
            if b"teixit.workers.forkserver" in (PROC / str(child) / "cmdline").read_bytes()
        ]

    def workers(self) -> list[int]:
        return [worker for server in self.fork_servers() for worker in self.children(server)]

    @staticmethod
    def resident(process: int) -> int:
        """How much memory it has, in bytes."""
        pages = (PROC / str(process) / "statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGESIZE")

    @staticmethod
    def descriptors() -> int:
        """How many this process has."""
        return len(list((PROC / "self/fd").iterdir()))

    @staticmethod
    def gone(processes: Iterable[int], within: float = 5) -> bool:
        """Wait until they have ended, for so many seconds at most."""
        end = time.monotonic() + within
        left = set(processes)
        while left and time.monotonic() < end:
            left = {process for process in left if (PROC / str(process) / "exe").exists()}
            time.sleep(0.01)
        return not left

    async def rest(self, pool: Pool, count: int, within: float = 20) -> None:
        """Wait until the pool has *count* workers, all of them idle."""
        idle = {"idle": count, "quick": 0, "long": 0}
        await self.until(
            lambda: len(self.workers()) == count and pool.health()["workers"] == idle, within
        )

    @staticmethod
    async def until(done: Callable[[], object], within: float = 20) -> None:
        """Wait until *done* says so."""
        async with asyncio.timeout(within):
            while not done():  # noqa: ASYNC110 - what is awaited is in other processes
                await asyncio.sleep(0.01)


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a graph that is small, and big enough for cross products."""
    node = '<x:{0}> <x:next> <x:{1}> ; <x:label> "node {0}" ; <x:number> {0} .'
    ring = "\n".join(node.format(index, (index + 1) % NODES) for index in range(NODES))
    file = tmp_path_factory.mktemp("graph") / "ring.trig"
    file.write_text(f"{ring}\n<x:named> {{ <x:a> <x:b> <x:c> }}\n", "utf-8")
    return file


@pytest.fixture(scope="session")
def source(data: Path) -> Source:
    return Source("files", files=(str(data),))


@pytest.fixture
def play(source: Source, watch: Watch) -> Callable[..., Any]:
    """Run a scene with a pool over the small graph; nothing of the pool is left then."""

    def _play(scene: Scene, limits: Limits | None = None) -> Any:
        async def whole() -> Any:
            pool = await Pool.start(source, limits)
            try:
                return await scene(pool)
            finally:
                await pool.close()

        found = asyncio.run(whole())
        assert watch.fork_servers() == []
        return found

    return _play
