import asyncio
import json
import os
import socket
from typing import Any

import pytest

from teixit.workers import Limits, Source, forkserver, worker
from teixit.workers.crew import Crew

Watch = Any  # of conftest.py


def test_it_takes_little_memory(source: Source, watch: Watch) -> None:
    """So that the whole service at rest takes less than 200 MB."""

    async def whole() -> list[int]:
        crew = Crew(source, Limits(), lambda _: None, lambda _: None)
        await crew.ready()
        crew.hire()
        await watch.until(watch.workers)
        found = [watch.resident(process) for process in watch.fork_servers() + watch.workers()]
        await crew.close()
        return found

    assert max(asyncio.run(whole())) < 45 << 20


def test_a_worker_that_cannot_be_forked_is_told_as_one_that_has_ended(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    limits = Limits()
    with ours, theirs:
        server = forkserver._ForkServer(theirs, source.open(limits), limits)  # noqa: SLF001
        pipe = os.dup(ours.fileno())
        server._fork(7, pipe)  # noqa: SLF001
        assert json.loads(ours.recv(1000)) == {"dead": 7, "status": 1}
        with pytest.raises(OSError, match="descriptor"):
            os.fstat(pipe)


def test_memory_that_python_runs_out_of_is_told(source: Source) -> None:
    limits = Limits()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        about = worker._Worker(theirs, source.open(limits), limits)  # noqa: SLF001
        error, detail = about._reason(MemoryError())  # noqa: SLF001
    assert getattr(error, "reason", None) == "memory"
    assert detail
