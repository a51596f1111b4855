import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from teixit import publishing
from teixit.errors import KnowledgeError
from teixit.publishing import Wanted
from teixit.workers import Limits, Source
from teixit.workers.crew import Crew
from teixit.workers.crews import Crews
from teixit.workers.pipes import Worker

Watch = Any  # of conftest.py


class Scene:
    def __init__(self) -> None:
        self.switched: list[Worker | None] = []
        self.crews = Crews(Limits(seconds=5), lambda _: None, self.switched.append)


def play(act: Callable[[Scene], Awaitable[None]]) -> None:
    async def whole() -> None:
        scene = Scene()
        try:
            await act(scene)
        finally:
            await scene.crews.close()

    asyncio.run(whole())


def test_a_crew_serves_when_one_of_its_workers_has_answered(source: Source) -> None:
    async def act(scene: Scene) -> None:
        await scene.crews.replace(source)
        [worker] = scene.switched
        assert worker
        assert worker.crew is scene.crews.current

    play(act)


def test_a_crew_whose_workers_cannot_ask_does_not_serve(
    tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.nq"
    file.write_text('<x:a> <x:is> "published" <x:g> .', "utf-8")
    wanted = Wanted((file,), unchecked=True, on_disk_from=0)
    release = publishing.publish(wanted, tmp_path / "published")
    ready = Crew.ready

    async def ready_and_gone(crew: Crew) -> None:
        await ready(crew)
        (release.folder / "store").rename(tmp_path / "gone")

    monkeypatch.setattr(Crew, "ready", ready_and_gone)

    async def act(scene: Scene) -> None:
        with pytest.raises(KnowledgeError, match="cannot be asked: ReleaseError"):
            await scene.crews.replace(Source("release", folder=str(tmp_path / "published")))
        assert scene.crews.current is None
        assert watch.fork_servers() == []

    play(act)


def test_a_crew_whose_worker_is_killed_at_once_does_not_serve(
    source: Source, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    hire = Crew.hire

    def hire_and_kill(crew: Crew) -> Worker:
        worker = hire(crew)
        while not (found := watch.workers()):
            pass
        os.kill(found[0], signal.SIGSTOP)
        os.kill(found[0], signal.SIGKILL)
        return worker

    monkeypatch.setattr(Crew, "hire", hire_and_kill)

    async def act(scene: Scene) -> None:
        with pytest.raises(KnowledgeError, match="worker ends"):
            await scene.crews.replace(source)

    play(act)


def test_a_crew_before_ends_when_its_last_job_is_done(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        await scene.crews.replace(source)
        [server] = watch.fork_servers()
        await scene.crews.replace(source)
        assert watch.fork_servers()
        await watch.until(lambda: server not in watch.fork_servers())
        assert len(watch.fork_servers()) == 1

    play(act)


def test_a_crew_is_not_started_again_where_another_serves(source: Source, watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        await scene.crews.replace(source)
        [server] = watch.fork_servers()
        replaced = asyncio.create_task(scene.crews.replace(source))
        await asyncio.sleep(0)
        os.kill(server, signal.SIGKILL)
        await replaced
        await watch.until(lambda: scene.crews.restarts == 1)
        await asyncio.sleep(0.1)
        assert len(watch.fork_servers()) == 1

    play(act)


def test_it_is_tried_again_until_the_graph_can_be_loaded(
    data: Path, tmp_path: Path, watch: Watch
) -> None:
    file = tmp_path / "graph.trig"
    file.write_bytes(data.read_bytes())

    async def act(scene: Scene) -> None:
        await scene.crews.replace(Source("files", files=(str(file),)))
        file.rename(tmp_path / "away.trig")
        os.kill(watch.fork_servers()[0], signal.SIGKILL)
        await watch.until(lambda: None in scene.switched)
        await asyncio.sleep(1)
        assert scene.crews.current is None
        (tmp_path / "away.trig").rename(file)
        await watch.until(lambda: scene.crews.current)
        assert scene.crews.restarts == 1

    play(act)
