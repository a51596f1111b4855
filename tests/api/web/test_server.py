import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

import pytest

from teixit import web
from teixit.errors import ServeError
from teixit.web import server
from teixit.web.server import Place
from teixit.workers import Source

#: A question that takes some tenths of a second.
LONG: Final = {
    "query": "SELECT (SUM(?a*?b*?c*?d*?e*?f) AS ?n) {"
    + "".join(f" VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcdef")
    + " }"
}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_its_address_answers_and_stops_when_told(
    some: Path, number: signal.Signals, capfd: pytest.CaptureFixture[str]
) -> None:
    answers: list[str] = []

    def ask_and_stop(address: str) -> None:
        try:
            with urlopen(f"{address}/sparql", timeout=10) as response:  # noqa: S310 - our address
                answers.append(response.read().decode())
        finally:
            os.kill(os.getpid(), number)

    def announce(address: str) -> None:
        answers.append(address)
        threading.Thread(target=ask_and_stop, args=[address]).start()

    before, started = signal.getsignal(signal.SIGTERM), time.monotonic()
    web.serve("127.0.0.1", 0, Source("files", (str(some),)), announce=announce)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", answers[0])
    assert f"<{answers[0]}/sparql>" in answers[1]
    assert time.monotonic() - started < 20
    assert signal.getsignal(signal.SIGTERM) is before
    (line,) = capfd.readouterr().err.splitlines()
    assert json.loads(line)["path"] == "/sparql"


def test_a_taken_port_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            ServeError, match=rf"^cannot listen on 127\.0\.0\.1, port {port}: [\w ]+$"
        ):
            web.serve("127.0.0.1", port)


def test_two_services_do_not_share_a_port(service: Any) -> None:
    with pytest.raises(ServeError), server.claim("127.0.0.1", service.port):
        raise AssertionError


@pytest.mark.parametrize("host", ["no.such.invalid", "a..b", "a" * 64])
def test_an_unknown_host_is_said_in_one_line(host: str) -> None:
    words = rf"^cannot listen on {re.escape(host)}, port 0: .+$"
    with pytest.raises(ServeError, match=words), server.claim(host, 0):
        raise AssertionError


def test_a_port_that_is_taken_after_all_is_said_too() -> None:
    async def listen(place: Place) -> None:
        async with server.listening(lambda *_: None, place):
            raise AssertionError

    # Nobody may listen on an address of somebody else.
    with pytest.raises(ServeError, match=r"^cannot listen on 203\.0\.113\.1, port 1"):
        asyncio.run(listen(Place("203.0.113.1", 1)))


def test_a_server_that_ends_by_itself_is_not_kept_alive() -> None:
    async def wait() -> None:
        ended = asyncio.create_task(asyncio.sleep(0))
        await server.until_told(lambda: None, ended)

    with pytest.raises(ServeError, match="ended by itself"):
        asyncio.run(wait())


def test_an_address_of_version_six_is_bracketed() -> None:
    assert Place("::1", 80).address == "http://[::1]:80"
    assert Place("127.0.0.1", 80).address == "http://127.0.0.1:80"


def test_its_address_is_the_one_it_is_told(serve: Any, some: Path) -> None:
    with serve(some, address="https://teixit.example") as service:
        assert service.address == "https://teixit.example"


def family(process: int) -> set[int]:
    """All processes that come from *process*."""
    found = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = dict(tuple(map(int, line.split())) for line in found.splitlines())
    members = {process}
    while more := {pid for pid, parent in parents.items() if parent in members} - members:
        members |= more
    return members - {process}


def wait_until(condition: Callable[[], bool]) -> bool:
    for _ in range(100):
        if condition():
            return True
        time.sleep(0.05)
    return False


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_behind(serve: Any, some: Path, number: signal.Signals) -> None:
    with serve(some) as service:
        children = family(service.process.pid)
        assert len(children) >= 2
        service.process.send_signal(number)
        status = service.process.wait(20)
        assert status == (0 if number == signal.SIGTERM else -signal.SIGKILL)
        assert wait_until(lambda: not any(map(is_running, children)))


def test_an_answer_that_is_on_its_way_is_finished(serve: Any, some: Path) -> None:
    found: list[int] = []
    with serve(some) as service:
        asking = threading.Thread(
            target=lambda: found.append(
                service.client.get("/sparql", query_string=LONG).status_code
            )
        )
        asking.start()
        time.sleep(0.2)
        service.process.terminate()
        assert service.process.wait(20) == 0
        asking.join()
    assert found == [200]


def test_what_takes_too_long_to_describe_is_served_all_the_same(
    serve: Callable[..., AbstractContextManager[Any]], some: Path
) -> None:
    with serve(some, limits={"seconds": 1e-4}) as service:
        assert service.client.get("/sparql", query_string=LONG).status_code == 503
        assert service.client.get("/health").status_code == 200
