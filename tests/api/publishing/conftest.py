"""Graphs whose statements all say which version they are of, and a publisher to be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

from teixit.releases import Release

_PUBLISHER = Path(__file__).with_name("publisher.py")


class Publisher:
    """Publishes in a process that may be killed."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def publish(
        self, folder: Path, file: Path, kill_after: float | None = None, **told: object
    ) -> str | None:
        """Publish *file*; give what went wrong, or ``killed``."""
        self._say(json.dumps({"files": [str(file)], "folder": str(folder), **told}))
        answers = self._answers()
        process = next(answers)["process"]
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(process, signal.SIGKILL)
        self._say("")
        error = None
        for answer in answers:
            error = answer.get("error", error)
            if "status" in answer:
                return "killed" if answer["status"] == signal.SIGKILL else error
        raise AssertionError("the publisher has ended")

    def _say(self, line: str) -> None:
        print(line, file=self._program.stdin, flush=True)

    def _answers(self) -> Iterator[dict[str, Any]]:
        assert self._program.stdout is not None
        return map(json.loads, iter(self._program.stdout.readline, ""))


@pytest.fixture(scope="session")
def publisher() -> Iterator[Publisher]:
    command = [sys.executable, str(_PUBLISHER)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as program:
        yield Publisher(program)


@pytest.fixture
def graph(tmp_path: Path) -> Callable[..., Path]:
    """Write a graph of a version to a file."""

    def write(version: str, statements: int = 100) -> Path:
        file = tmp_path / f"{version}.nq"
        lines = (f'<urn:s{n}> <urn:version> "{version}" <urn:g> .\n' for n in range(statements))
        file.write_text("".join(lines), "utf-8")
        return file

    return write


@pytest.fixture(scope="session")
def version_of() -> Callable[[Release], str]:
    """Read all of a release; it must hold one version, and all of it."""

    def read(release: Release) -> str:
        store = release.open()
        (version,) = {quad.object.value for quad in store if isinstance(quad.object, Literal)}
        assert len(store) == release.manifest.quads
        return version

    return read
