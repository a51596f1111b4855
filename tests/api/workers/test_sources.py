import asyncio
import json
from pathlib import Path

import pytest

from teixit import publishing
from teixit.errors import KnowledgeError, ReleaseError, UpstreamError
from teixit.publishing import Wanted
from teixit.workers import Job, Limits, Pool, Source

SOURCES = [
    Source(),
    Source("files", files=("a.ttl", "b c.nq")),
    Source("release", folder="published", release="20261122T000000.000Z-0123456789ab"),
    Source("merged", files=("a.nq",)),
    Source("remote", url="https://example.org/sparql"),
]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.kind)
def test_a_source_is_read_as_it_was_written(source: Source) -> None:
    assert Source.read(json.loads(json.dumps(source.written()))) == source


QUESTION = "SELECT ?is { { <x:a> <x:is> ?is } UNION { GRAPH ?g { <x:a> <x:is> ?is } } }"


def rows(source: Source) -> tuple[list[str], dict[str, object]]:
    """What a pool over *source* says that x:a is, and its health."""

    async def whole() -> tuple[list[str], dict[str, object]]:
        pool = await Pool.start(source)
        try:
            outcome = await pool.run(Job(query=QUESTION), "a")
            health = pool.health()
        finally:
            await pool.close()
        found = json.loads(outcome.body or b"")["results"]["bindings"]
        return sorted(row["is"]["value"] for row in found), health

    return asyncio.run(whole())


def test_the_graph_that_teixit_comes_with_is_merged() -> None:
    opened = Source().open(Limits())
    assert opened.local
    assert len(opened.version) == 64
    assert opened.connect().query("ASK { ?s ?p ?o }")


def test_files_are_served_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<x:a> <x:is> "plain" .', "utf-8")
    (tmp_path / "b.nq").write_text('<x:a> <x:is> "named" <x:g> .', "utf-8")
    files = (str(tmp_path / "a.ttl"), str(tmp_path / "b.nq"))
    found, health = rows(Source("files", files=files))
    assert found == ["named", "plain"]
    assert health["version"] == Source("files", files=files[::-1]).open(Limits()).version


def test_files_are_merged_as_what_is_shipped(tmp_path: Path) -> None:
    (tmp_path / "b.nq").write_text('<x:a> <x:is> "named" <x:g> .', "utf-8")
    found, _ = rows(Source("merged", files=(str(tmp_path / "b.nq"),)))
    assert found == ["named", "named"]


def test_the_same_name_with_other_data_is_another_version(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    source = Source("files", files=(str(file),))
    versions = set()
    for text in ("one", "two"):
        file.write_text(f'<x:a> <x:is> "{text}" .', "utf-8")
        versions.add(source.open(Limits()).version)
    assert len(versions) == 2


@pytest.mark.parametrize("beyond", [0, 1000], ids=["on disk", "in memory"])
def test_a_release_is_served(tmp_path: Path, beyond: int) -> None:
    file = tmp_path / "a.nq"
    file.write_text('<x:a> <x:is> "published" <x:g> .', "utf-8")
    wanted = Wanted((file,), unchecked=True, on_disk_from=beyond)
    release = publishing.publish(wanted, tmp_path / "published")
    assert release.on_disk == (beyond == 0)
    found, health = rows(Source("release", folder=str(tmp_path / "published")))
    assert set(found) == {"published"}
    assert health["version"] == release.manifest.data
    assert health["location"] == str(release.folder)


def test_a_folder_without_a_release_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError):
        Source("release", folder=str(tmp_path)).open(Limits())


def test_another_server_that_is_down_is_told_to_who_asks() -> None:
    async def whole() -> dict[str, object]:
        pool = await Pool.start(Source("remote", url="http://127.0.0.1:9/sparql"))
        try:
            with pytest.raises(UpstreamError):
                await pool.run(Job(query="ASK {}"), "a")
            return pool.health()
        finally:
            await pool.close()

    health = asyncio.run(whole())
    assert health["closed"] is False
    assert health["location"] == "http://127.0.0.1:9/sparql"


def test_another_server_is_not_asked_with_a_password_in_its_address() -> None:
    with pytest.raises(KnowledgeError, match="password"):
        Source("remote", url="http://me:secret@127.0.0.1:9/sparql").open(Limits())
