import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from teixit.errors import KnowledgeError
from teixit.workers import Job, Limits, Source, crew
from teixit.workers.crew import Crew
from teixit.workers.jobs import Reply, write_job

Watch = Any  # of conftest.py


class Scene:
    def __init__(self, source: Source) -> None:
        self.ended: list[int] = []
        self.lost: list[Crew] = []
        self.crew = Crew(
            source,
            Limits(),
            lambda worker: self.ended.append(worker.number),
            self.lost.append,
            lambda _: None,
        )


def play(source: Source, act: Callable[[Scene], Awaitable[None]]) -> None:
    async def whole() -> None:
        scene = Scene(source)
        try:
            await act(scene)
        finally:
            await scene.crew.close()

    asyncio.run(whole())


def test_a_crew_knows_its_graph(source: Source) -> None:
    async def act(scene: Scene) -> None:
        await scene.crew.ready()
        assert len(scene.crew.version) == 64
        assert scene.crew.known == {"location": source.files[0], "closed": True, "problems": []}

    play(source, act)


def test_a_crew_that_says_nothing_is_heard_without_harm(source: Source) -> None:
    async def act(scene: Scene) -> None:
        scene.crew._listen()  # noqa: SLF001
        await scene.crew.ready()

    play(source, act)


def test_a_crew_without_a_graph_says_why(tmp_path: Path) -> None:
    async def act(scene: Scene) -> None:
        with pytest.raises(KnowledgeError, match="nothing"):
            await scene.crew.ready()

    play(Source("files", files=(str(tmp_path / "nothing.nt"),)), act)


def test_a_crew_that_is_killed_while_it_loads_says_so(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        await watch.until(watch.fork_servers)
        os.kill(watch.fork_servers()[0], signal.SIGKILL)
        with pytest.raises(KnowledgeError, match="has ended"):
            await scene.crew.ready()
        assert scene.lost == []

    play(source, act)


def test_a_crew_that_is_closed_while_it_loads_says_so(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        ready = asyncio.create_task(scene.crew.ready())
        await asyncio.sleep(0)
        await scene.crew.close()
        with pytest.raises(KnowledgeError, match="closed"):
            await ready
        assert watch.fork_servers() == []

    play(source, act)


def test_a_crew_that_is_killed_is_lost(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        await scene.crew.ready()
        fates: list[object] = []
        scene.crew.hire().send(b"", fates.append)
        os.kill(watch.fork_servers()[0], signal.SIGKILL)
        await watch.until(lambda: scene.lost)
        assert fates == [None]
        assert scene.lost == [scene.crew]

    play(source, act)


def test_what_is_said_to_a_crew_that_has_ended_hurts_nobody(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        await scene.crew.ready()
        worker = scene.crew.hire()
        [server] = watch.fork_servers()
        os.kill(server, signal.SIGKILL)
        assert watch.gone([server])
        scene.crew.slow(worker)
        scene.crew.kill(worker)
        scene.crew.dismiss(scene.crew.hire())
        await watch.until(lambda: scene.lost)

    play(source, act)


def test_a_worker_that_does_not_end_by_itself_is_killed(
    source: Source, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_PATIENCE", 0.5)

    async def act(scene: Scene) -> None:
        await scene.crew.ready()
        worker = scene.crew.hire()
        await watch.until(watch.workers)
        [process] = watch.workers()
        os.kill(process, signal.SIGSTOP)
        scene.crew.dismiss(worker)
        loop = asyncio.get_running_loop()
        await watch.until(lambda: not scene.crew.watch(loop.time()))
        assert scene.ended == [worker.number]
        assert watch.gone([process])

    play(source, act)


def test_a_worker_that_stands_still_ends_with_its_crew(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        await scene.crew.ready()
        worker = scene.crew.hire()
        await watch.until(lambda: worker.process)
        [process] = watch.workers()
        os.kill(process, signal.SIGSTOP)
        await scene.crew.close()
        assert watch.gone([process])

    play(source, act)


def test_a_crew_that_does_not_end_by_itself_is_killed(
    source: Source, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_PATIENCE", 0.5)

    async def act(scene: Scene) -> None:
        await scene.crew.ready()
        scene.crew.hire()
        await watch.until(watch.workers)
        processes = [*watch.fork_servers(), *watch.workers()]
        os.kill(processes[0], signal.SIGSTOP)
        await scene.crew.close()
        assert watch.gone(processes)

    play(source, act)


def test_the_last_words_of_a_worker_count(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        await scene.crew.ready()
        worker = scene.crew.hire()
        await watch.until(lambda: worker.process)
        fates: list[object] = []
        worker.send(write_job(Job(query="ASK {}"), time.monotonic() + 9), fates.append)
        time.sleep(2)  # noqa: ASYNC251 - the loop must not hear of it
        assert worker.process
        os.kill(worker.process, signal.SIGKILL)
        assert watch.gone([worker.process])
        scene.crew._listen()  # noqa: SLF001
        [reply] = fates
        assert isinstance(reply, Reply)
        assert scene.ended == [worker.number]

    play(source, act)


def test_slow_workers_yield_to_the_others(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        await scene.crew.ready()
        slow, _ = scene.crew.hire(), scene.crew.hire()
        await watch.until(lambda: [*map(niceness, watch.workers())] == [{3}, {3}])
        scene.crew.slow(slow)
        await watch.until(lambda: [*map(niceness, watch.workers())] == [{15}, {3}])

    play(source, act)


def test_a_worker_can_be_slowed_as_soon_as_it_is_hired(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        await scene.crew.ready()
        for _ in range(10):
            scene.crew.slow(scene.crew.hire())
        await watch.until(lambda: len(watch.workers()) == 10)
        assert scene.lost == []

    play(source, act)


def niceness(process: int) -> set[int]:
    """That of each thread; nothing before it has all of them."""
    stats = list(Path(f"/proc/{process}/task").glob("*/stat"))
    found = {int(stat.read_text("utf-8").rpartition(")")[2].split()[16]) for stat in stats}
    return found if len(stats) > 1 else set()
