"""What is known of what is served, and what is too long to be compared."""

import asyncio
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from teixit import __version__
from teixit.errors import LimitError
from teixit.exporting import Contents, Exported, Shelf
from teixit.web import verifying
from teixit.web.asking import Found
from teixit.web.exchange import Incoming
from teixit.web.exported import Exports
from teixit.web.log import Log
from teixit.web.verifying import Served, Verdict, Verifying
from teixit.workers import Job, Source

FOUND = Found("text/tab-separated-values", None, b"?a\n1\n", None, True, None, "a" * 64, "hash")  # noqa: FBT003
CONTENTS = Contents("0.0.9", "2026-01-02", "2026-01-02", "data", "hash", 1, 1, ())


@dataclass(frozen=True)
class Pool:
    version: str = "a" * 64


@dataclass(frozen=True)
class Asking:
    """Gives one answer to all."""

    changing: bool = False
    pool: Pool = Pool()

    async def found(self, job: Job, incoming: Incoming) -> Found:
        del job, incoming
        return FOUND


@dataclass(frozen=True)
class Former:
    """Gives one answer to all, of any time."""

    async def found(self, release: Exported, jobs: list[Job], incoming: Incoming) -> list[Found]:
        del release, incoming
        return [replace(FOUND, body=b"?a\n2\n") for _ in jobs]


def incoming() -> Incoming:
    async def receive() -> Mapping[str, Any]:
        await asyncio.Event().wait()
        return {}

    return Incoming("GET", "/", b"", "1.1", {}, "a", receive)


def over(asking: Asking, exports: Any = None) -> Verifying:
    return Verifying(asking, exports, Former(), "https://a.example/sparql")  # type: ignore[arg-type]


@pytest.mark.parametrize(("changing", "data"), [(True, ""), (False, "a" * 16)])
def test_what_cannot_be_exported_has_its_version_alone(
    tmp_path: Path,
    changing: bool,  # noqa: FBT001
    data: str,
) -> None:
    async def scene() -> Served:
        with closing(Log(BytesIO())) as log:
            exports = Exports(Shelf(), tmp_path, log)
            exports.begin(Source("remote", url="http://other.example/"))
            return await over(Asking(changing), exports).served(incoming())

    assert asyncio.run(scene()) == Served(__version__, data, None, ours=False)


def test_nothing_is_said_while_the_data_are_replaced() -> None:
    asking = Asking(pool=Pool("b" * 64))
    with pytest.raises(LimitError, match="have just been replaced"):
        asyncio.run(over(asking).found(Job(), incoming()))


def test_what_is_too_long_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    release = Exported(Path("kept"), CONTENTS, kept=True)
    served = Served("0.1.0", "", None, ours=False)
    verdict = Verdict("changed", FOUND, served, "hash", release)
    compared = asyncio.run(over(Asking()).difference(verdict, Job(), incoming()))
    assert compared is not None
    assert (compared.added, compared.removed) == ([b"1"], [b"2"])
    monkeypatch.setattr(verifying, "_COMPARED", 4)
    assert asyncio.run(over(Asking()).difference(verdict, Job(), incoming())) is None
