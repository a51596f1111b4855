"""Each step of a publication fails, or is its last: strace makes it so in a real process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from teixit import publishing, releases
from teixit.publishing import Wanted
from teixit.releases import Release

Graph = Callable[..., Path]
VersionOf = Callable[[Release], str]

PUBLISHER: Final = Path(__file__).with_name("publisher.py")
#: What a publication asks of the system, and how often: a thread counts its own calls.
IN_MEMORY: Final = {"mkdir": 2, "flock": 2, "rename": 2, "fsync": 6}
ON_DISK: Final = {"rename": 4, "fdatasync": 3, "ftruncate": 1}
FAULTS: Final = ("error=ENOSPC", "error=EIO", "signal=KILL")
CASES: Final = [
    (on_disk, call, number, FAULTS[(number + place) % len(FAULTS)])
    for on_disk, calls in ((False, IN_MEMORY), (True, ON_DISK))
    for place, (call, times) in enumerate(calls.items())
    for number in range(1, times + 1)
]


@pytest.mark.parametrize(("on_disk", "call", "number", "fault"), CASES)
def test_what_is_served_is_whole_whichever_step_fails(  # noqa: PLR0913 - fixtures
    tmp_path: Path,
    graph: Graph,
    version_of: VersionOf,
    *,
    on_disk: bool,
    call: str,
    number: int,
    fault: str,
) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not here")
    folder, log = tmp_path / "out", tmp_path / "calls.txt"
    publishing.publish(Wanted((graph("one"),), unchecked=True), folder)
    command = ["strace", "-f", "-o", log, "-e", f"trace={call}"]
    inject = ["-e", f"inject={call}:{fault}:when={number}"]
    order = [sys.executable, "-B", PUBLISHER, folder, graph("two"), "on-disk" if on_disk else ""]
    # Nobody measures what the process runs: that is written to files too.
    alone = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    said = subprocess.run(
        [*command, *inject, *order], capture_output=True, text=True, check=False, env=alone
    )
    calls = log.read_text("utf-8")
    assert "(INJECTED)" in calls or "killed by SIGKILL" in calls, said.stderr

    release = releases.current(folder)
    releases.verify(release)
    assert release.passed_over == ()
    assert version_of(release) in {"one", "two"}
    if said.returncode == 0:
        assert version_of(release) == "two"
    elif fault != "signal=KILL":
        assert said.stderr.startswith(f"{folder}: ")
        assert said.stderr.count("\n") == 1
    again = publishing.publish(Wanted((graph("three"),), unchecked=True), folder)
    assert version_of(again) == "three"
    found = {entry.name for entry in (folder / "releases").iterdir()}
    assert found == set(releases.choosing.names(folder))
