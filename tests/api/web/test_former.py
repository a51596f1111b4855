"""A release of before is asked in workers of its own."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from teixit import exporting, store
from teixit.errors import LimitError, NotFoundError, QueryError
from teixit.exporting import Exported, dumps
from teixit.web import former
from teixit.web.exchange import Incoming
from teixit.web.former import Former
from teixit.workers import Job, Limits

JOB = Job(query="SELECT ?o { <https://w3id.org/teixit/id/a> ?p ?o }", settled=True)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    file = tmp_path_factory.mktemp("data") / "one.nq"
    file.write_text('<https://w3id.org/teixit/id/a> <urn:p> "one" <urn:g> .')
    folder = tmp_path_factory.mktemp("kept") / "0.0.9"
    exporting.export(folder, [file], parquet=False)
    return Exported.read(folder, kept=True)


def incoming() -> Incoming:
    async def receive() -> Mapping[str, Any]:
        await asyncio.Event().wait()
        return {}

    return Incoming("GET", "/", b"", "1.1", {}, "a", receive)


def test_what_was_found_stays_known(release: Exported) -> None:
    async def scene() -> None:
        asked = Former(Limits())
        (one,) = await asked.found(release, [JOB], incoming())
        assert b'"bindings":[]' in one.body  # named graphs of others are not merged
        (again,) = await asked.found(release, [JOB], incoming())
        assert again is one

    asyncio.run(scene())


def test_our_own_releases_are_merged(tmp_path: Path) -> None:
    exporting.export(tmp_path / "kept", [], parquet=False)
    ours = Exported.read(tmp_path / "kept", kept=True)
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    job = Job(query=query, settled=True, accept=("text/tab-separated-values", None, None))

    async def scene() -> int:
        (found,) = await Former(Limits()).found(ours, [job], incoming())
        assert found.spool is not None
        return found.first(found.length).count(b"\n") - 1

    merged = {quad.triple for file in store.knowledge_files() for quad in store.read(file)}
    assert asyncio.run(scene()) == len(merged)


def test_what_cannot_be_asked_is_told(release: Exported, tmp_path: Path) -> None:
    files = tuple(
        replace(file, bytes=dumps.LARGEST + 1) if file.name == dumps.DUMP else file
        for file in release.contents.files
    )
    long = replace(release, contents=replace(release.contents, files=files))
    (tmp_path / dumps.DUMP).write_text("no quads")
    damaged = replace(release, folder=tmp_path)
    for other, said in ((long, "too long to be asked"), (damaged, "cannot be read")):
        with pytest.raises(NotFoundError, match=said):
            asyncio.run(Former(Limits()).found(other, [JOB], incoming()))
    wrong = replace(JOB, query="SELECT")
    with pytest.raises(QueryError):
        asyncio.run(Former(Limits()).found(release, [wrong], incoming()))


def test_only_so_many_wait(release: Exported, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(former, "_WAITING", 1)

    async def scene() -> None:
        asked = Former(Limits())
        async with asked._turn:  # noqa: SLF001 - somebody asks, and does not end
            waits = asyncio.create_task(asked.found(release, [JOB], incoming()))
            await asyncio.sleep(0)
            with pytest.raises(LimitError, match="too many ask"):
                await asked.found(release, [JOB], incoming())
            waits.cancel()

    asyncio.run(scene())
