"""The index in a service: made at the start, and again for new data."""

import asyncio
import json
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from teixit.errors import LimitError
from teixit.web import indexed
from teixit.web.indexed import Indexed
from teixit.web.log import Log
from teixit.workers import Limits, Source

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


def write(file: Path, text: str) -> Source:
    file.write_text(f'<https://example.org/a> {LABEL} "{text}" .\n')
    return Source("files", files=(str(file),))


async def until(done: Callable[[], object]) -> None:
    async with asyncio.timeout(120):
        while not done():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.01)


def with_index(scene: Callable[[Indexed, BytesIO], Awaitable[None]]) -> None:
    async def staged() -> None:
        said = BytesIO()
        with closing(Log(said)) as log:
            async with indexed.indexed(Limits(seconds=2), log) as made:
                await scene(made, said)

    asyncio.run(staged())


def finds(made: Indexed, word: str) -> bool:
    try:
        return made.index().find([word]).total > 0
    except LimitError:
        return False


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexed, "_PATIENCE", 0)


def test_before_there_is_an_index_that_is_said() -> None:
    async def scene(made: Indexed, _: BytesIO) -> None:
        with pytest.raises(LimitError, match="is being made") as raised:
            made.index()
        assert raised.value.reason == "index"
        await asyncio.sleep(0)

    with_index(scene)


def test_who_searches_right_after_the_start_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexed, "_PATIENCE", 120)

    async def scene(made: Indexed, _: BytesIO) -> None:
        made.begin(write(tmp_path / "a.nt", "Ateneu"))
        index = await asyncio.to_thread(made.index)
        assert index.find(["ateneu"]).total == 1

    with_index(scene)


def test_who_waits_is_told_when_the_service_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexed, "_PATIENCE", 120)

    async def scene(made: Indexed, _: BytesIO) -> None:
        waiting = asyncio.create_task(asyncio.to_thread(made.index))
        await asyncio.sleep(0.1)
        await made.close()
        with pytest.raises(LimitError, match="is being made"):
            await asyncio.wait_for(waiting, 60)

    with_index(scene)


def test_only_some_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexed, "_PATIENCE", 120)
    monkeypatch.setattr(indexed, "_WAITING", 0)

    async def scene(made: Indexed, _: BytesIO) -> None:
        with pytest.raises(LimitError, match="is being made"):
            await asyncio.wait_for(asyncio.to_thread(made.index), 60)

    with_index(scene)


def test_new_data_are_indexed_and_old_files_go_away(tmp_path: Path) -> None:
    async def scene(made: Indexed, _: BytesIO) -> None:
        for word in ("one", "two", "three"):
            made.begin(write(tmp_path / "a.nt", word))
            await until(lambda word=word: finds(made, word))
            assert made.index().find(["one"]).total == (word == "one")
        files = {file.name for file in made._scratch.iterdir()}  # noqa: SLF001
        assert files == {"2.sqlite", "3.sqlite"}

    with_index(scene)


def test_newer_data_stop_what_is_being_made(tmp_path: Path) -> None:
    async def scene(made: Indexed, _: BytesIO) -> None:
        made.begin(write(tmp_path / "a.nt", "one"))
        await asyncio.sleep(0.05)
        made.begin(write(tmp_path / "b.nt", "two"))
        await until(lambda: finds(made, "two"))

    with_index(scene)


def test_what_cannot_be_indexed_is_told_and_the_former_stays(tmp_path: Path) -> None:
    async def scene(made: Indexed, said: BytesIO) -> None:
        damaged = tmp_path / "damaged.nt"
        damaged.write_text("no RDF")
        made.begin(Source("files", files=(str(damaged),)))
        await until(made._tried.is_set)  # noqa: SLF001
        with pytest.raises(LimitError, match=r"nothing can be searched: .*damaged\.nt:1:1"):
            made.index()
        made.begin(write(tmp_path / "a.nt", "Ateneu"))
        await until(lambda: finds(made, "ateneu"))
        made.begin(Source("files", files=(str(damaged),)))
        await until(lambda: made._wrong)  # noqa: SLF001
        assert finds(made, "ateneu")
        await until(lambda: said.getvalue().count(b"\n") > 1)
        line = json.loads(said.getvalue().splitlines()[0])
        assert (line["event"], "damaged.nt" in line["error"]) == ("search", True)

    with_index(scene)


def test_another_server_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexed, "_AGAIN", 0)

    async def scene(made: Indexed, said: BytesIO) -> None:
        made.begin(Source("remote", url="http://127.0.0.1:9/sparql"))
        await until(lambda: said.getvalue().count(b"\n") > 1)

    with_index(scene)


def results(service: Any, word: str) -> Any:
    answer = service.client.get(f"/en/search?q={word}", headers={"Accept": "application/json"})
    return answer.json["total"] if answer.status_code == 200 else None


def becomes(service: Any, word: str, total: int) -> bool:
    for _ in range(300):
        if results(service, word) == total:
            return True
        time.sleep(0.1)
    return False


def test_a_service_searches_what_it_serves(serve: Any, tmp_path: Path) -> None:
    file = tmp_path / "data.nt"
    write(file, "old")
    with serve(file) as service:
        assert becomes(service, "old", 1)
        assert results(service, "new") == 0
        write(file, "new")
        service.process.send_signal(signal.SIGHUP)
        assert becomes(service, "new", 1)
        assert becomes(service, "old", 0)
        page = service.client.get("/en/search?q=new")
        assert '<a href="https://example.org/a"><mark>new</mark></a>' in page.text
        assert page.headers["Cache-Control"] == "no-cache"
