"""A live server over a folder of releases."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from teixit import publishing
from teixit.publishing import Wanted

#: As many publications as the issue asks for, where as many kills are asked for.
PUBLICATIONS = max(5, int(os.environ.get("TEIXIT_KILLS", "20")) // 10)
STATEMENTS = 200
QUERY = """
SELECT (COUNT(*) AS ?n) (MIN(?o) AS ?low) (MAX(?o) AS ?high) WHERE {
  GRAPH <urn:g> { ?s <urn:version> ?o }
}
"""

Graph = Callable[..., Path]


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "teixit", "serve", "--port", str(port), "--quiet"]
    with subprocess.Popen([*command, "--store", folder], stdout=subprocess.DEVNULL) as server:
        try:
            yield server
        finally:
            server.terminate()


def served(port: int) -> str:
    """The version that is served; all that is answered must be of one."""
    query = urlencode({"query": f"# {time.monotonic_ns()}\n{QUERY}"})
    with urlopen(f"http://127.0.0.1:{port}/sparql?{query}", timeout=20) as answer:
        (row,) = json.load(answer)["results"]["bindings"]
    found = {name: value["value"] for name, value in row.items()}
    assert int(found["n"]) == STATEMENTS
    assert found["low"] == found["high"]
    return str(found["low"])


def wait_for(port: int, version: str | None = None) -> float:
    """Wait until *version* is served, or any; give the seconds that took."""
    started = time.monotonic()
    while time.monotonic() < started + 60:
        with suppress(URLError, ConnectionError):
            if served(port) == version or version is None:
                return time.monotonic() - started
        time.sleep(0.01)
    raise AssertionError(f"{version} is not served")


@pytest.mark.parametrize("on_disk", [False, True])
def test_new_releases_are_served_and_no_read_fails(
    tmp_path: Path, graph: Graph, *, on_disk: bool
) -> None:
    folder, port, over = tmp_path / "out", free_port(), threading.Event()
    answers, failed = list[str](), list[BaseException]()
    files = [graph(f"{n:02}", STATEMENTS) for n in range(PUBLICATIONS + 1)]
    beyond = 10 if on_disk else publishing.ON_DISK_FROM
    wanted = [Wanted((file,), unchecked=True, keep=1, on_disk_from=beyond) for file in files]
    publishing.publish(wanted[0], folder)

    def read() -> None:
        try:
            while not over.is_set():
                answers.append(served(port))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must hear of it
            failed.append(error)

    with serving(folder, port):
        wait_for(port)
        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for each in wanted[1:]:
            publishing.publish(each, folder)
            wait_for(port, each.files[0].stem)
        over.set()
        for reader in readers:
            reader.join()
    assert failed == []
    assert len(answers) > PUBLICATIONS
    assert len(set(answers)) > 1


def test_a_damaged_release_leaves_the_server_with_the_one_before(
    tmp_path: Path, graph: Graph
) -> None:
    folder, port = tmp_path / "out", free_port()
    for version in ("one", "two"):
        wanted = Wanted((graph(version, STATEMENTS),), unchecked=True)
        release = publishing.publish(wanted, folder)
    os.truncate(release.folder / "data.nq.gz", 100)
    with serving(folder, port):
        wait_for(port, "one")
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=20) as answer:
            health = json.load(answer)
    assert health["problems"] == [f"{release.folder}/data.nq.gz: is not what was published"]


def test_a_server_goes_back_by_itself(tmp_path: Path, graph: Graph) -> None:
    folder, port = tmp_path / "out", free_port()
    for version in ("one", "two"):
        publishing.publish(Wanted((graph(version, STATEMENTS),), unchecked=True), folder)
    with serving(folder, port):
        wait_for(port, "two")
        publishing.roll_back(folder)
        wait_for(port, "one")


def descendants(process: int) -> set[int]:
    children: dict[int, set[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, _, rest = stat.read_text("utf-8").partition(" (")
            children.setdefault(int(rest.rpartition(")")[2].split()[1]), set()).add(int(number))
    found, waiting = set[int](), {process}
    while waiting:
        waiting = set().union(*(children.get(number, set()) for number in waiting))
        found |= waiting
    return found


def test_a_killed_server_is_back_at_once_and_leaves_no_process(
    tmp_path: Path, graph: Graph
) -> None:
    folder, port = tmp_path / "out", free_port()
    publishing.publish(Wanted((graph("one", STATEMENTS),), unchecked=True), folder)
    with serving(folder, port) as server:
        wait_for(port)
        workers = descendants(server.pid)
        assert workers
        server.send_signal(signal.SIGKILL)
        server.wait()
        # What a supervisor does; the promise is 2 s, and this machine may be a slow one.
        with serving(folder, port):
            assert wait_for(port, "one") < 15
            end = time.monotonic() + 15
            while any(Path(f"/proc/{worker}").exists() for worker in workers):
                assert time.monotonic() < end
                time.sleep(0.05)
