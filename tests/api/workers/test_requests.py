import asyncio
import mmap
import os
import socket
from typing import Any, cast

from teixit.workers.crew import Crew
from teixit.workers.pipes import Worker
from teixit.workers.requests import Request, grown, has_hardly_begun, slow


class Slowed:
    """What a worker has for a crew."""

    def __init__(self) -> None:
        self.slowed = 0

    def slow(self, worker: Worker) -> None:
        worker.slow = True
        self.slowed += 1


def play(act: Any) -> None:
    async def whole() -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            answer = asyncio.get_running_loop().create_future()
            request = Request(1, "a", 0, frame=b"", answer=answer)
            request.worker = Worker(cast("Crew", Slowed()), 1, ours)
            try:
                act(request, request.worker)
            finally:
                request.worker.hang_up()

    asyncio.run(whole())


def test_growth_begins_when_a_job_is_looked_at() -> None:
    def act(request: Request, worker: Worker) -> None:
        assert grown(request) == 0
        worker.process = os.getpid()
        assert grown(request) == 0
        # Pages of its own: what the allocator has kept free would not make the process grow.
        with mmap.mmap(-1, 16 << 20) as held:
            held.write(b"x" * len(held))
            assert grown(request) > len(held) // 2
        worker.process = 1 << 30  # which has ended
        assert grown(request) <= 0

    play(act)


def test_a_job_that_has_not_worked_has_hardly_begun_for_a_while() -> None:
    def act(request: Request, _: Worker) -> None:
        request.started = 1
        assert has_hardly_begun(request, 1.2)
        assert not has_hardly_begun(request, 9)

    play(act)


def test_a_worker_is_slowed_once() -> None:
    def act(request: Request, worker: Worker) -> None:
        slow(request)
        slow(request)
        assert cast("Slowed", worker.crew).slowed == 1

    play(act)
