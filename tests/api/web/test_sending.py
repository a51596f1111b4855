import asyncio
import os
import tempfile
from collections.abc import Mapping
from typing import Any

import pytest

from teixit.web import sending
from teixit.web.exchange import GoneError, Incoming, Reply, Spool

LENGTH = 700_000


@pytest.fixture
def spool() -> Spool:
    with tempfile.TemporaryFile() as file:
        file.write(os.urandom(LENGTH))
        file.flush()
        return Spool(os.dup(file.fileno()), LENGTH)


def sent(spool: Spool, *, leaves: bool = False, takes: int = 100) -> list[Mapping[str, Any]]:
    """What a client gets that takes so many messages, and leaves."""
    messages: list[Mapping[str, Any]] = []

    async def receive() -> Mapping[str, Any]:
        if not leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        if len(messages) == takes:
            await asyncio.Event().wait()
        messages.append(message)
        await asyncio.sleep(0)

    async def run() -> None:
        incoming = Incoming("GET", "/", b"", "1.1", {}, "client", receive)
        await sending.in_pieces(Reply(200, {}, spool=spool), spool, incoming, send)
        incoming.close()

    asyncio.run(run())
    return messages


def test_a_file_is_sent_in_pieces(spool: Spool) -> None:
    start, *pieces = sent(spool)
    assert (b"content-length", str(LENGTH).encode()) in start["headers"]
    assert b"".join(piece["body"] for piece in pieces) == spool.read(0, LENGTH)
    assert [piece["more_body"] for piece in pieces] == [True, True, False]


def test_who_leaves_is_sent_no_more(spool: Spool) -> None:
    with pytest.raises(GoneError):
        sent(spool, leaves=True)


def test_who_does_not_take_what_is_sent_is_left(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_PATIENCE", 0.05)
    with pytest.raises(GoneError):
        sent(spool, takes=2)


@pytest.mark.parametrize(("status", "has_length"), [(200, True), (204, False), (304, False)])
def test_what_has_no_body_has_no_length(status: int, *, has_length: bool) -> None:
    start, body = sending.messages(Reply(status, {"x": "é"}))
    assert start["headers"][0] == (b"x", b"\xe9")
    assert ((b"content-length", b"0") in start["headers"]) is has_length
    assert body["body"] == b""
