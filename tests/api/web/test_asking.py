"""Asking, over a pool that answers when it is told to: who waits for whom cannot be seen else."""

import asyncio
import os
import tempfile
from collections.abc import Mapping
from typing import Any

import pytest

from teixit.errors import LimitError
from teixit.web.asking import Asking, Files
from teixit.web.cache import Cache
from teixit.web.exchange import GoneError, Incoming
from teixit.workers import Job, Outcome

JOB = Job("query", "ASK {}")


class Pool:
    """Answers when it is told to, and counts what it was asked."""

    def __init__(self) -> None:
        self.version = "1"
        self.asked: list[str] = []
        self.freed = 0
        self.answers: asyncio.Queue[Outcome | Exception] = asyncio.Queue()

    async def run(self, job: Job, client: str) -> Outcome:
        assert job == JOB
        self.asked.append(client)
        try:
            answer = await self.answers.get()
        except asyncio.CancelledError:
            self.freed += 1
            raise
        if isinstance(answer, Exception):
            raise answer
        return answer


def outcome(body: bytes = b"true", *, cacheable: bool = True, version: str = "1") -> Outcome:
    return Outcome("text/csv", None, body, None, len(body), cacheable, None, version)


def client(name: str, *, leaves: bool = False) -> Incoming:
    async def receive() -> Mapping[str, Any]:
        if not leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    return Incoming("GET", "/", b"", "1.1", {}, name, receive)


async def asked(
    *clients: Incoming, answers: list[Outcome | Exception]
) -> tuple[Pool, list[Any], Asking]:
    """What each of *clients* gets, who ask the same at once."""
    pool = Pool()
    asking = Asking(pool, Cache(1 << 20))  # type: ignore[arg-type]
    waiting = [asyncio.create_task(asking.found(JOB, one)) for one in clients]
    await asyncio.sleep(0.1)
    for answer in answers:
        pool.answers.put_nowait(answer)
    found = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)
    return pool, found, asking


def test_who_asks_the_same_at_once_is_answered_once() -> None:
    clients = [client(name) for name in "abc"]
    pool, found, asking = asyncio.run(asked(*clients, answers=[outcome()]))
    assert pool.asked == ["a"]
    assert [one.body for one in found] == [b"true"] * 3
    assert [one.kept for one in clients] == [None, "flight", "flight"]
    again = client("d")
    assert asyncio.run(asking.found(JOB, again)).body == b"true"
    assert (again.kept, pool.asked) == ("answer", ["a"])


def test_what_differs_each_time_is_found_for_each() -> None:
    answers = [outcome(str(number).encode(), cacheable=False) for number in range(3)]
    pool, found, asking = asyncio.run(asked(*map(client, "abc"), answers=[*answers]))
    assert sorted(one.body for one in found) == [b"0", b"1", b"2"]
    assert sorted(pool.asked) == ["a", "b", "c"]
    assert len(asking.cache.answers) == 0


def test_nobody_pays_for_what_another_has_asked_for_too_much() -> None:
    busy = LimitError("wait", "busy")
    pool, found, _ = asyncio.run(asked(*map(client, "aab"), answers=[busy, outcome()]))
    assert [getattr(one, "body", one) for one in found] == [busy, busy, b"true"]
    assert pool.asked == ["a", "b"]


def test_another_limit_is_passed_for_all() -> None:
    late = LimitError("late", "time")
    pool, found, _ = asyncio.run(asked(*map(client, "ab"), answers=[late]))
    assert (found, pool.asked) == ([late, late], ["a"])


def test_the_last_who_leaves_frees_the_worker() -> None:
    clients = [client("a", leaves=True), client("b", leaves=True)]
    pool, found, asking = asyncio.run(asked(*clients, answers=[]))
    assert [type(one) for one in found] == [GoneError, GoneError]
    assert (pool.freed, len(asking._flights)) == (1, 0)  # noqa: SLF001


def test_who_leaves_leaves_the_others_their_answer() -> None:
    clients = [client("a", leaves=True), client("b")]
    pool, found, _ = asyncio.run(asked(*clients, answers=[outcome()]))
    assert (type(found[0]), found[1].body, pool.freed) == (GoneError, b"true", 0)


@pytest.mark.parametrize(
    ("version", "changing", "kept"), [("1", False, 1), ("2", False, 0), ("1", True, 0)]
)
def test_only_what_stays_true_is_kept(version: str, *, changing: bool, kept: int) -> None:
    async def ask() -> Asking:
        pool = Pool()
        asking = Asking(pool, Cache(1 << 20), changing=changing)  # type: ignore[arg-type]
        pool.answers.put_nowait(outcome(version=version))
        await asking.found(JOB, client("a"))
        return asking

    asking = asyncio.run(ask())
    assert len(asking.cache.answers) == kept
    assert (asking.etag(JOB) is None) is changing
    assert (asking.since() is None) is changing


def test_an_answer_in_a_file_is_shared_and_then_closed() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"answer")
        file.flush()
        descriptor = os.dup(file.fileno())
    inside = Outcome("text/csv", None, None, descriptor, 6, True, None, "1")  # noqa: FBT003
    _, found, asking = asyncio.run(asked(*map(client, "ab"), answers=[inside]))
    assert [one.first(3) for one in found] == [b"ans", b"ans"]
    assert (found[0].length, len(asking.cache.answers)) == (6, 0)
    del found
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_a_client_has_so_many_files_on_their_way() -> None:
    files = Files()
    for _ in range(4):
        files.check("a")
        files.take("a")
    with pytest.raises(LimitError, match="4 long answers"):
        files.check("a")
    files.check("b")
    files.give_back("a")
    files.check("a")
    for _ in range(3):
        files.give_back("a")
    assert not files._of  # noqa: SLF001
