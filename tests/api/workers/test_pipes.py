import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from teixit.workers.jobs import INLINE, Job, Outcome, Reply, frame, write_answer, write_job
from teixit.workers.pipes import Fate, Worker

Watch = Any  # of conftest.py

OUTCOME = Outcome("text/csv", None, b"body", None, 4, True, None, "v")  # noqa: FBT003
ANSWER = write_answer(OUTCOME, retire=False)


class Crew:
    """One that remembers whom it killed."""

    version = "v"

    def __init__(self) -> None:
        self.killed: list[Worker] = []

    def kill(self, worker: Worker) -> None:
        self.killed.append(worker)
        worker.hang_up()


class Scene:
    """A worker whose process is played by the test, at the other end of the pipe."""

    def __init__(self) -> None:
        ours, self.pipe = socket.socketpair()
        self.crew = Crew()
        self.worker = Worker(self.crew, 1, ours)  # type: ignore[arg-type]
        self.fates: list[Fate] = []

    def send(self, job: bytes = b"job") -> None:
        self.worker.send(job, self.fates.append)

    async def heard(self) -> None:
        await asyncio.sleep(0.05)


def play(act: Callable[[Scene], Awaitable[None]]) -> None:
    async def whole() -> None:
        scene = Scene()
        try:
            await act(scene)
        finally:
            scene.worker.hang_up()
            scene.pipe.close()

    asyncio.run(whole())


def test_an_answer_is_told_once() -> None:
    async def act(scene: Scene) -> None:
        scene.send()
        assert scene.worker.busy
        scene.pipe.sendall(ANSWER)
        await scene.heard()
        assert scene.fates == [Reply(OUTCOME)]
        assert not scene.worker.busy

    play(act)


def test_an_answer_can_come_in_pieces() -> None:
    async def act(scene: Scene) -> None:
        scene.send()
        for byte in ANSWER:
            scene.pipe.sendall(bytes([byte]))
            await asyncio.sleep(0)
        await scene.heard()
        assert scene.fates == [Reply(OUTCOME)]

    play(act)


@pytest.mark.parametrize("garbage", [b"HTTP/1.1 200 OK\r\n", frame(["sudo"]), frame([]) + b"more"])
def test_a_worker_that_sends_garbage_is_killed(garbage: bytes) -> None:
    async def act(scene: Scene) -> None:
        scene.send()
        scene.pipe.sendall(garbage)
        await scene.heard()
        assert scene.fates == ["fault"]
        assert scene.crew.killed == [scene.worker]

    play(act)


def test_a_worker_that_answers_nothing_is_killed() -> None:
    async def act(scene: Scene) -> None:
        scene.pipe.sendall(ANSWER)
        await scene.heard()
        assert scene.crew.killed == [scene.worker]

    play(act)


def test_a_worker_that_hangs_up_waits_for_its_end_to_be_told() -> None:
    async def act(scene: Scene) -> None:
        scene.send()
        scene.pipe.close()
        await scene.heard()
        assert scene.fates == []
        assert not scene.worker.hear()
        scene.worker.tell("time")
        assert scene.fates == ["time"]

    play(act)


def test_a_job_for_a_worker_that_has_ended_hurts_nobody() -> None:
    async def act(scene: Scene) -> None:
        scene.pipe.close()
        scene.send()
        await scene.heard()
        assert scene.fates == []

    play(act)


def test_a_job_longer_than_the_pipe_arrives_whole() -> None:
    job = write_job(Job(query="x" * 3_000_000), 1)

    def received(pipe: socket.socket) -> bytes:
        whole = b""
        while len(whole) < len(job):
            whole += pipe.recv(1 << 16)
        return whole

    async def act(scene: Scene) -> None:
        scene.send(job)
        assert await asyncio.to_thread(received, scene.pipe) == job

    play(act)


def test_a_file_comes_with_its_answer(watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        before = watch.descriptors()
        scene.send()
        with open(os.devnull, "rb") as file:  # noqa: ASYNC230, PTH123
            socket.send_fds(scene.pipe, [ANSWER], [file.fileno()])
        await scene.heard()
        [reply] = scene.fates
        assert isinstance(reply, Reply)
        assert isinstance(reply.result, Outcome)
        assert reply.result.file is not None
        os.close(reply.result.file)
        assert watch.descriptors() == before

    play(act)


def test_files_that_nobody_asked_for_are_closed(watch: Watch) -> None:
    async def act(scene: Scene) -> None:
        before = watch.descriptors()
        scene.send()
        with open(os.devnull, "rb") as file:  # noqa: ASYNC230, PTH123
            for byte in ANSWER[:9]:
                socket.send_fds(scene.pipe, [bytes([byte])], [file.fileno()] * 3)
                await asyncio.sleep(0.01)
        scene.worker.hang_up()
        assert watch.descriptors() == before - 1  # the pipe is closed too

    play(act)


def test_an_answer_as_long_as_may_be_comes_whole() -> None:
    outcome = Outcome("text/csv", None, bytes(INLINE), None, INLINE, True, None, "v")  # noqa: FBT003

    async def act(scene: Scene) -> None:
        scene.send()
        await asyncio.to_thread(scene.pipe.sendall, write_answer(outcome, retire=True))
        await scene.heard()
        assert scene.fates == [Reply(outcome, retire=True)]

    play(act)


def test_the_effort_of_a_worker_is_the_work_of_its_process() -> None:
    async def act(scene: Scene) -> None:
        assert scene.worker.effort == 0
        scene.worker.process = os.getpid()
        assert abs(scene.worker.effort - time.process_time()) < 0.5
        scene.worker.process = 1 << 22
        assert scene.worker.effort == 0

    play(act)
