import asyncio
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from teixit import publishing
from teixit.errors import LimitError
from teixit.publishing import Wanted
from teixit.web import checked
from teixit.web.checked import Checks, Findings
from teixit.web.log import Log
from teixit.workers import Source


def of(file: Path) -> Source:
    return Source("files", files=(str(file),))


async def ended(checks: Checks) -> Findings | None:
    async with asyncio.timeout(300):
        while True:
            try:
                return await asyncio.to_thread(checks.findings)
            except LimitError:
                await asyncio.sleep(0)


def run(source: Source, then: Callable[[Checks], None] = lambda _: None) -> tuple[object, str]:
    """Have a source checked, and give the findings and what the log says."""
    told = BytesIO()

    async def scene() -> Findings | None:
        with closing(Log(told)) as log:
            async with checked.checked(source, log) as checks:
                then(checks)
                return await ended(checks)

    return asyncio.run(scene()), told.getvalue().decode()


@pytest.fixture
def nameless(tmp_path: Path) -> Path:
    file = tmp_path / "nameless.ttl"
    file.write_text("<https://w3id.org/teixit/id/o> a <http://www.w3.org/ns/org#Organization> .")
    return file


def test_what_is_served_is_checked_in_another_process(nameless: Path) -> None:
    found, told = run(of(nameless))
    assert isinstance(found, list)
    assert {one["node"] for one in found} == {"https://w3id.org/teixit/id/o"}
    assert told == ""


def test_what_takes_its_place_is_checked_instead(nameless: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text("<urn:a> <urn:b> <urn:c> .")
    found, _ = run(of(nameless), lambda checks: checks.begin(of(other)))
    assert found == []


def test_what_cannot_be_read_is_not_checked_and_the_log_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<urn:a> <urn:b>")
    found, told = run(of(broken))
    assert found is None
    assert '"check"' in told
    assert "broken.ttl" in told


def test_a_check_that_takes_too_long_is_left(
    nameless: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked, "_LONGEST", 0.01)
    found, told = run(of(nameless))
    assert found is None
    assert "more than 0.01 s" in told


def test_another_server_is_not_checked() -> None:
    assert run(Source("remote", url="http://other.example/")) == (None, "")


def test_all_that_is_shipped_can_be_checked() -> None:
    found, _ = run(Source("shipped"))
    assert isinstance(found, list)
    assert "Violation" not in {one["severity"] for one in found}


def test_while_the_check_runs_one_waits_a_little(
    nameless: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked, "_PATIENCE", 0.01)

    async def scene() -> None:
        with closing(Log(BytesIO())) as log:
            async with checked.checked(of(nameless), log) as checks:
                with pytest.raises(LimitError, match="being checked"):
                    await asyncio.to_thread(checks.findings)

    asyncio.run(scene())


def test_more_than_a_few_do_not_wait(nameless: Path) -> None:
    async def scene() -> list[object]:
        with closing(Log(BytesIO())) as log:
            async with checked.checked(of(nameless), log) as checks:
                asked = (asyncio.to_thread(checks.findings) for _ in range(3))
                said = await asyncio.gather(*asked, return_exceptions=True)
                await ended(checks)
                return [one for one in said if isinstance(one, LimitError)]

    assert asyncio.run(scene())


def test_checks_that_never_began_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "_PATIENCE", 0.01)

    async def scene() -> None:
        with closing(Log(BytesIO())) as log:
            checks = Checks(log)
            await checks.close()
            with pytest.raises(LimitError):
                checks.findings()

    asyncio.run(scene())


def test_the_release_that_is_served_is_checked(nameless: Path, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    release = publishing.publish(Wanted((nameless,), unchecked=True), folder)
    found, told = run(Source("release", folder=str(folder), release=release.name))
    assert isinstance(found, list)
    assert {one["node"] for one in found} == {"https://w3id.org/teixit/id/o"}
    assert told == ""
