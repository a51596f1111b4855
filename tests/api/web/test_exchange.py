import asyncio
import os
import tempfile
from collections.abc import Mapping
from typing import Any

import pytest
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, RequestTimeout

from teixit.web import exchange
from teixit.web.exchange import LONGEST_BODY, GoneError, Incoming, Reply, Spool


class Sender:
    """A client that sends what it is given, and then nothing."""

    def __init__(self, *messages: Mapping[str, Any]) -> None:
        self.messages = [*messages]

    async def __call__(self) -> Mapping[str, Any]:
        if not self.messages:
            await asyncio.Event().wait()
        return self.messages.pop(0)


def piece(body: bytes, *, more: bool = True) -> Mapping[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


LEFT = {"type": "http.disconnect"}


def incoming(*messages: Mapping[str, Any], **headers: str) -> Incoming:
    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [*named, *named, (b"transfer-encoding", b"chunked")],
    }
    return Incoming.of(scope, Sender(*messages), "client")


def test_a_body_is_read_once_and_kept() -> None:
    async def read() -> list[bytes]:
        request = incoming(piece(b"ASK"), piece(b" {}", more=False), accept="a")
        assert request.headers["accept"] == "a, a"
        return [await request.body() for _ in range(2)]

    assert asyncio.run(read()) == [b"ASK {}", b"ASK {}"]


def test_a_body_is_waited_for_only_where_there_is_one() -> None:
    request = Incoming("GET", "/", b"", "1.1", {}, "client", Sender())
    assert asyncio.run(request.body()) == b""


@pytest.mark.parametrize(
    ("messages", "error"),
    [
        ([piece(b"a" * LONGEST_BODY), piece(b"b"), piece(b"c", more=False)], RequestEntityTooLarge),
        ([piece(b"a" * LONGEST_BODY)] * 65, RequestEntityTooLarge),
        ([piece(b"ASK"), LEFT], BadRequest),
    ],
)
def test_a_body_that_is_none_is_refused(
    messages: list[Mapping[str, Any]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        asyncio.run(incoming(*messages).body())


def test_a_body_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_PATIENCE", 0.05)
    with pytest.raises(RequestTimeout):
        asyncio.run(incoming(piece(b"ASK")).body())


def test_work_goes_on_for_as_long_as_the_client_waits() -> None:
    async def wait(seconds: float, *messages: Mapping[str, Any]) -> str:
        request = incoming(piece(b"", more=False), *messages)
        await request.body()
        work = asyncio.ensure_future(asyncio.sleep(seconds, "done"))
        if seconds < 0:
            await work
        try:
            return await request.while_there(work)
        finally:
            request.close()

    assert asyncio.run(wait(-1)) == "done"
    assert asyncio.run(wait(0)) == "done"
    assert asyncio.run(wait(0.1)) == "done"
    assert asyncio.run(wait(0.1, piece(b""))) == "done"
    with pytest.raises(GoneError):
        asyncio.run(wait(60, LEFT))


def test_a_file_is_closed_when_nobody_needs_it() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"abcdef")
        file.flush()
        descriptor = os.dup(file.fileno())
    spool = Spool(descriptor, 6)
    assert (spool.read(2, 3), spool.read(5, 10)) == (b"cde", b"f")
    assert Reply(200, {}, spool=spool).length == 6
    del spool
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)
