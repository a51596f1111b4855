import asyncio
from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from teixit import __version__, publishing
from teixit.errors import LimitError, NotFoundError
from teixit.publishing import Wanted
from teixit.web import exported
from teixit.web.exchange import Incoming
from teixit.web.log import Log
from teixit.workers import Source


@pytest.mark.parametrize("writes_parquet", [True, False])
def test_parquet_is_left_out_where_nothing_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, writes_parquet: bool
) -> None:
    monkeypatch.setattr(exported, "has_parquet", lambda: writes_parquet)
    file = tmp_path / "one.ttl"
    file.write_text("<https://w3id.org/teixit/id/a> a <http://x.example/C> .")

    async def scene() -> set[str]:
        source = Source("files", files=(str(file),))
        with closing(Log(BytesIO())) as log:
            async with exported.exported(source, None, log) as exports:
                async with asyncio.timeout(300):
                    while exports.pending:  # noqa: ASYNC110 - another process makes it
                        await asyncio.sleep(0.01)
                release = exports.release()
        assert release
        return {each.name.rpartition(".")[2] for each in release.contents.files}

    assert ("parquet" in asyncio.run(scene())) == writes_parquet


def test_a_published_release_is_exported(tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text("<https://w3id.org/teixit/id/a> a <http://x.example/C> .")
    release = publishing.publish(Wanted((file,), unchecked=True), tmp_path / "published")
    source = Source("release", folder=str(tmp_path / "published"), release=release.name)
    assert exported.files_of(source) == [release.folder / "data.nq.gz"]
    assert exported.files_of(source, largest=1) is None


def incoming() -> Incoming:
    """A request without a body, whose client stays."""

    async def receive() -> Mapping[str, Any]:
        return await asyncio.Event().wait() or {}

    return Incoming("GET", "/", b"", "1.1", {}, "a", receive)


def test_who_asks_waits_for_what_is_being_made(tmp_path: Path) -> None:
    file = tmp_path / "one.ttl"
    file.write_text("<https://w3id.org/teixit/id/a> a <http://x.example/C> .")

    async def scene(patience: float) -> str:
        source = Source("files", files=(str(file),))
        with closing(Log(BytesIO())) as log:
            async with exported.exported(source, None, log, patience) as exports:
                found = await exports.find(__version__, incoming())
                with pytest.raises(NotFoundError, match=r"no release 9\.9\.9"):
                    await exports.find("9.9.9", incoming())
                return found.version

    assert asyncio.run(scene(300)) == __version__
    with pytest.raises(LimitError, match="is being made; ask again soon"):
        asyncio.run(scene(0))


def test_another_server_is_not_exported() -> None:
    assert exported.files_of(Source("remote", url="http://other.example/")) is None


def test_files_that_are_not_there_are_not_exported(tmp_path: Path) -> None:
    assert exported.files_of(Source("files", files=(str(tmp_path / "none.ttl"),))) is None
