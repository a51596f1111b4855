"""What all tests share."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pyoxigraph import Store

from teixit import store as teixit_store

# A slow machine is no fault of the project; in continuous integration hypothesis also draws the
# same examples each time, so that what lands does not depend on luck.
settings.register_profile("teixit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("teixit")

#: Beside the project there may be a folder with the official suites; tests run without it.
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def store() -> Store:
    """The whole graph that Teixit ships. Tests only read it."""
    return teixit_store.load()


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Find a file of the folder beside the project, or skip the test and say so."""

    def find(name: str) -> Path:
        file = SHARED / name
        if not file.exists():
            pytest.skip(f"../shared/{name} is not here")
        return file

    return find


@pytest.fixture(scope="session")
def live_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the endpoint of a real server, in a process of its own."""
    command = [sys.executable, "-u", "-m", "teixit", "serve", "--port", "0"]
    told = tmp_path_factory.mktemp("server") / "log"
    with (
        told.open("wb") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        try:
            said = (line.split() for line in server.stdout or ())
            yield next((words[1] for words in said if words[:1] == ["SPARQL"]), "")
        finally:
            server.terminate()
            ended = server.wait(20)
    assert ended == 0, told.read_text()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Fail what would be skipped where everything has to be there.

    Only the folder beside the project may be missing in continuous integration too.
    """
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")  # which fails when it passes
    if os.environ.get("CI") and skipped and "../shared" not in str(report.longrepr):
        report.outcome = "failed"
    return report
