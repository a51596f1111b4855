"""What is served survives whatever happens to those who publish."""

import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from teixit import publishing, releases
from teixit.publishing import Wanted
from teixit.releases import Release

#: How often a publication is killed; the full run has 200.
KILLS = int(os.environ.get("TEIXIT_KILLS", "20"))
STATEMENTS = 3000

Graph = Callable[..., Path]
VersionOf = Callable[[Release], str]
Publisher = Any


def found_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_publication_may_be_killed_at_any_moment(
    tmp_path: Path, graph: Graph, version_of: VersionOf, publisher: Publisher, *, on_disk: bool
) -> None:
    folder = tmp_path / "out"
    assert publisher.publish(folder, graph("0", STATEMENTS), on_disk=on_disk) is None
    started = time.monotonic()
    assert publisher.publish(folder, graph("0", STATEMENTS), on_disk=on_disk) is None
    lasts = time.monotonic() - started
    served, chance, killed = "0", random.Random(3), 0  # noqa: S311
    for n in range(1, KILLS // 2 + 1):
        file = graph(str(n), STATEMENTS)
        moment = chance.uniform(0, 1.2 * lasts)
        killed += publisher.publish(folder, file, moment, on_disk=on_disk) == "killed"
        release = releases.current(folder)
        assert release.passed_over == ()
        assert version_of(release) in {served, str(n)}
        served = version_of(release)
    assert killed > 0
    del release  # what is in use is kept
    assert publisher.publish(folder, graph("last", STATEMENTS), on_disk=on_disk) is None
    assert version_of(releases.current(folder)) == "last"
    # Nothing is left of those that were killed.
    assert found_in(folder) == [".lock", "current", "releases"]
    names = releases.choosing.names(folder)
    assert found_in(folder / "releases") == sorted(names)
    assert len(names) <= publishing.KEPT
    for name in names:
        releases.verify(releases.choosing.read(folder / "releases" / name))


@pytest.mark.parametrize("on_disk", [False, True])
@pytest.mark.parametrize("room", [0, 1, 20, 33, 34, 100, 440, 600, 1000, 3000, 10_000, 30_000])
def test_a_full_disk_leaves_what_is_served(  # noqa: PLR0913 - fixtures
    tmp_path: Path,
    graph: Graph,
    version_of: VersionOf,
    publisher: Publisher,
    room: int,
    *,
    on_disk: bool,
) -> None:
    folder = tmp_path / "out"
    publisher.publish(folder, graph("one"), on_disk=on_disk)
    told = publisher.publish(folder, graph("two", 2000), on_disk=on_disk, bytes=room)
    release = releases.current(folder)
    assert release.passed_over == ()
    if told is None:
        assert version_of(release) == "two"
        assert room > 3000
        return
    assert version_of(release) == "one"
    assert told.startswith(f"{folder}: ")
    assert told.endswith("; the release before is untouched")
    assert "File too large" in told
    assert "\n" not in told
    assert found_in(folder / "releases") == [release.name]
    assert publisher.publish(folder, graph("three"), on_disk=on_disk) is None
    assert version_of(releases.current(folder)) == "three"


@pytest.mark.parametrize("on_disk", [False, True])
def test_nobody_who_reads_notices_a_publication(
    tmp_path: Path, graph: Graph, version_of: VersionOf, *, on_disk: bool
) -> None:
    folder, seen, failed = tmp_path / "out", set[str](), list[BaseException]()
    files = [graph(f"{n:02}", 300) for n in range(21)]
    beyond = 10 if on_disk else publishing.ON_DISK_FROM
    # One release is kept, so that each reader may lose the ground under its feet.
    wanted = [Wanted((file,), unchecked=True, keep=1, on_disk_from=beyond) for file in files]
    publishing.publish(wanted[0], folder)
    over = threading.Event()

    def read() -> None:
        try:
            while not over.is_set():
                release = releases.current(folder)
                assert release.passed_over == ()
                seen.add(version_of(release))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must hear of it
            failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for each in wanted[1:]:
        publishing.publish(each, folder)
    over.set()
    for reader in readers:
        reader.join()
    assert failed == []
    assert len(seen) > 1
    publishing.publish(wanted[0], folder)
    assert len(found_in(folder / "releases")) == 1
