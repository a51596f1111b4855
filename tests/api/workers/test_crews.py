import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from teixit import publishing, releases
from teixit.errors import KnowledgeError
from teixit.publishing import Wanted
from teixit.releases import Release, choosing
from teixit.releases.choosing import HASHED_AT_START
from teixit.releases.manifests import FileMark, fingerprint
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


def two_releases(place: Path) -> tuple[Release, Release]:
    """A whole one and one that is damaged in a file so great that it is not read at the start."""
    for text in ("one", "two"):
        (place / "a.nq").write_text(f'<x:a> <x:is> "{text}" <x:g> .', "utf-8")
        wanted = Wanted((place / "a.nq",), unchecked=True, on_disk_from=0)
        publishing.publish(wanted, place / "published")
    whole, great = (choosing.read(place / "published/releases" / name) for name in names(place))
    written = replace(
        great.manifest,
        files={**great.manifest.files, "store/great": FileMark(HASHED_AT_START + 1, "0" * 64)},
    ).written()
    with (great.folder / "store/great").open("wb") as file:
        file.truncate(HASHED_AT_START + 1)
    (great.folder / "manifest.json").write_bytes(written)
    name = f"{great.name.rpartition('-')[0]}-{fingerprint(written)}"
    great.folder.rename(great.folder.with_name(name))
    (place / "published/current").write_text(f"{name}\n", "ascii")
    return whole, releases.current(place / "published")


def is_served(scene: Scene, release: Release) -> bool:
    crew = scene.crews.current
    return crew is not None and crew.version == release.manifest.data


def names(place: Path) -> list[str]:
    return sorted(folder.name for folder in (place / "published/releases").iterdir())


def test_a_release_that_turns_out_to_be_damaged_gives_way_to_the_one_before(
    tmp_path: Path, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    whole, damaged = two_releases(tmp_path)

    async def act(scene: Scene) -> None:
        await scene.crews.replace(Source("release", folder=str(tmp_path / "published")))
        await watch.until(lambda: is_served(scene, whole))
        assert scene.crews.current
        assert scene.crews.current.known["location"] == str(whole.folder)
        assert scene.crews.current.known["problems"] == [f"{damaged.folder}: is damaged"]
        assert f"{damaged.folder}/store/great: is not what was published" in caplog.text
        await watch.until(lambda: len(watch.fork_servers()) == 1)

    play(act)


def test_a_release_that_is_damaged_is_served_where_there_is_no_other(
    tmp_path: Path, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    whole, damaged = two_releases(tmp_path)
    whole.folder.rename(tmp_path / "elsewhere")

    async def act(scene: Scene) -> None:
        await scene.crews.replace(Source("release", folder=str(tmp_path / "published")))
        await watch.until(lambda: "what is damaged is served on" in caplog.text)
        assert scene.crews.current
        assert scene.crews.current.version == damaged.manifest.data
        [problem] = scene.crews.current.known["problems"]
        assert problem.endswith("store/great: is not what was published")

    play(act)


@pytest.mark.parametrize("serves", [True, False])
def test_what_is_damaged_gives_way_once(source: Source, *, serves: bool) -> None:
    """Whether that is known before it serves, or only when another has come in its place."""

    async def act(scene: Scene) -> None:
        await scene.crews.replace(source)
        crew = scene.crews.current
        assert crew
        crew.damaged = "one"
        if serves:
            scene.crews.current = None
            scene.crews._switch(crew, crew.hire())  # noqa: SLF001
        else:
            replaced = asyncio.create_task(scene.crews.replace(source))
            await asyncio.sleep(0)
            scene.crews._damaged(crew)  # noqa: SLF001
            await replaced
            scene.crews._damaged(crew)  # noqa: SLF001
        await asyncio.gather(*scene.crews._tasks)  # noqa: SLF001
        assert scene.crews.current is not crew
        assert len([worker for worker in scene.switched if worker]) == 2 + serves

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
