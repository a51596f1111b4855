import os
import re
import signal
import socket
import threading
import time
from urllib.request import urlopen

import pytest
from pyoxigraph import Store

from teixit import web
from teixit.errors import ServeError
from teixit.web import server


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_its_address_answers_and_stops_when_told(
    store: Store, number: signal.Signals
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
    web.serve("127.0.0.1", 0, store, announce)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", answers[0])
    assert f"<{answers[0]}/sparql>" in answers[1]
    assert time.monotonic() - started < 10
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_taken_port_is_said_in_one_line() -> None:
    with server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            ServeError, match=rf"^cannot listen on 127\.0\.0\.1, port {port}: [\w ]+$"
        ):
            web.serve("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no.such.invalid", "a..b", "a" * 64])
def test_an_unknown_host_is_said_in_one_line(host: str) -> None:
    with pytest.raises(ServeError, match=rf"^cannot listen on {re.escape(host)}, port 0: .+$"):
        server.listen(host, 0)


def test_an_address_of_version_six_is_bracketed() -> None:
    # Not bound, so that a machine without an address of version 6 will do.
    with socket.socket(socket.AF_INET6) as listener:
        assert server.address(listener) == "http://[::]:0"
