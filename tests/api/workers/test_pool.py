import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from teixit.errors import KnowledgeError, LimitError, NotFoundError, QueryError
from teixit.workers import Job, Limits, Outcome, Pool, Source
from teixit.workers.pipes import Worker
from teixit.workers.queues import Lane

Play = Callable[..., Any]
Watch = Any  # of conftest.py

INNOCENT = Job(query="SELECT ?label { <x:7> <x:label> ?label }")
ENDLESS = Job(query="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
#: What a process may take beyond its time, on a machine that has other things to do too.
MARGIN = 0.5

SHORT = Limits(seconds=2.5, memory=96 << 20, answer=1 << 20, quick=2, long=2)
PATIENT = Limits(seconds=30, memory=96 << 20, answer=1 << 20, quick=2, long=2)

ATTACKS = {file: file.read_text("utf-8") for file in Path(__file__).parent.rglob("*/*/*.rq")}


def named(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def label(outcome: Outcome) -> str:
    [row] = json.loads(outcome.body or b"")["results"]["bindings"]
    return str(row["label"]["value"])


async def reason(pool: Pool, job: Job, client: str = "attacker") -> str:
    with pytest.raises(LimitError) as raised:
        await pool.run(job, client)
    return raised.value.reason


def test_a_question_is_answered(play: Play) -> None:
    async def scene(pool: Pool) -> Outcome:
        return await pool.run(INNOCENT, "a")

    outcome = play(scene)
    assert label(outcome) == "node 7"
    assert outcome.media_type == "application/sparql-results+json"
    assert (outcome.encoding, outcome.cacheable, outcome.file) == (None, True, None)
    assert outcome.length == len(outcome.body)


def test_many_questions_are_answered_at_once(play: Play) -> None:
    async def scene(pool: Pool) -> list[Outcome]:
        jobs = [Job(query=f"SELECT ?label {{ <x:{i}> <x:label> ?label }}") for i in range(60)]
        return await asyncio.gather(*(pool.run(job, str(i % 7)) for i, job in enumerate(jobs)))

    assert [label(outcome) for outcome in play(scene)] == [f"node {i}" for i in range(60)]


def test_a_thread_can_ask(play: Play) -> None:
    async def scene(pool: Pool) -> Outcome:
        return await asyncio.to_thread(pool.run_from_thread, INNOCENT, "a")

    assert label(play(scene)) == "node 7"


def test_a_query_of_any_length_reaches_its_worker(play: Play) -> None:
    job = Job(query=f"{INNOCENT.query} # {'ü' * 400_000}")

    async def scene(pool: Pool) -> str:
        try:
            return label(await pool.run(job, "a"))
        except LimitError:
            raise
        except Exception as error:  # noqa: BLE001 - the guard's, whatever it says
            return type(error).__name__

    assert play(scene) in {"node 7", "TooLargeError"}


def test_what_is_wrong_with_a_query_is_told(play: Play) -> None:
    async def scene(pool: Pool) -> QueryError:
        with pytest.raises(QueryError) as raised:
            await pool.run(Job(query="SELECT *\n{ ?a ?b"), "a")
        return raised.value

    assert play(scene).line == 2


@pytest.mark.parametrize("file", ATTACKS, ids=named)
def test_an_attack_ends_at_its_limit(play: Play, file: Path) -> None:
    """Each folder is named for the limit that its attacks come to."""

    async def scene(pool: Pool) -> tuple[str, float]:
        begin = time.monotonic()
        return await reason(pool, Job(query=ATTACKS[file])), time.monotonic() - begin

    limits = SHORT if file.parent.name == "time" else PATIENT
    found, seconds = play(scene, limits)
    assert found == file.parent.name
    assert seconds <= limits.seconds + MARGIN


def test_neighbours_are_answered_while_others_attack(play: Play) -> None:
    async def scene(pool: Pool) -> tuple[set[str], set[str], int]:
        attacks = [
            asyncio.create_task(reason(pool, Job(query=query), f"attacker {index % 3}"))
            for index, query in enumerate(list(ATTACKS.values()) * 2)
        ]
        labels, asked = set(), 0
        while not all(task.done() for task in attacks):
            labels.add(label(await pool.run(INNOCENT, "neighbour")))
            asked += 1
            await asyncio.sleep(0.02)
        return labels, {task.result() for task in attacks}, asked

    labels, reasons, asked = play(scene, SHORT)
    assert labels == {"node 7"}
    assert asked >= 10
    assert reasons <= {"time", "memory", "answer", "busy"}


def test_a_client_that_leaves_frees_its_worker(play: Play, watch: Watch) -> None:
    async def scene(pool: Pool) -> None:
        tasks = [asyncio.create_task(pool.run(ENDLESS, str(index))) for index in range(6)]
        await asyncio.sleep(0.5)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        assert all(task.cancelled() for task in tasks)
        await watch.rest(pool, PATIENT.quick)
        assert label(await pool.run(INNOCENT, "a")) == "node 7"

    play(scene, PATIENT)


LONG = Job(query="SELECT * { ?a ?b ?c . <x:7> ?e ?f . <x:8> ?h ?i }")
WRONG = Job(query="SELECT")


@pytest.mark.parametrize("job", [INNOCENT, LONG, WRONG], ids=["short", "long", "wrong"])
@pytest.mark.parametrize("told", ["before", "after"])
def test_a_client_that_leaves_as_the_answer_comes_leaves_no_file_open(
    play: Play, watch: Watch, job: Job, told: str
) -> None:
    """The loop hears of both at once, in either order."""

    async def scene(pool: Pool) -> None:
        await watch.rest(pool, 2)
        before = watch.descriptors()
        task = asyncio.create_task(pool.run(job, "a"))
        await asyncio.sleep(0)
        [request] = pool._lanes  # noqa: SLF001
        assert request.worker
        worker = request.worker
        if told == "after":
            task.cancel()
        while request.worker:
            worker.hear()
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        await watch.rest(pool, 2)
        assert watch.descriptors() == before
        assert label(await pool.run(INNOCENT, "a")) == "node 7"

    play(scene, Limits(quick=2, long=2))


def test_a_client_that_leaves_as_its_job_is_refused_hears_nothing(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        task = asyncio.create_task(pool.run(ENDLESS, "a"))
        await asyncio.sleep(0.3)
        [request] = pool._lanes  # noqa: SLF001
        task.cancel()
        pool._drop(request)  # noqa: SLF001
        pool._fail(request, "time")  # noqa: SLF001
        await asyncio.wait([task])
        assert task.cancelled()

    play(scene, PATIENT)


def test_a_fault_of_ours_is_logged(play: Play, caplog: pytest.LogCaptureFixture) -> None:
    async def scene(pool: Pool) -> str:
        return await reason(pool, Job(query="ASK {}", values=(("x", "no term"),)))

    assert play(scene) == "fault"
    assert "a worker failed: SyntaxError" in caplog.text


def test_a_long_answer_comes_as_a_file(play: Play) -> None:
    async def scene(pool: Pool) -> Outcome:
        return await pool.run(Job(query="SELECT * { ?a ?b ?c . <x:7> ?e ?f . <x:8> ?h ?i }"), "a")

    outcome = play(scene)
    assert outcome.body is None
    with os.fdopen(outcome.file, "rb") as file:
        file.seek(0)
        whole = file.read()
    assert len(whole) == outcome.length
    assert len(json.loads(whole)["results"]["bindings"]) == 900 * 9


def test_too_many_jobs_are_refused_and_not_those_of_others(play: Play) -> None:
    limits = Limits(seconds=30, waiting=5, quick=2, long=2)

    async def scene(pool: Pool) -> None:
        many = [asyncio.create_task(reason(pool, ENDLESS)) for _ in range(12)]
        await asyncio.sleep(0.5)
        assert label(await pool.run(INNOCENT, "neighbour")) == "node 7"
        done = [task for task in many if task.done()]
        assert {task.result() for task in done} == {"busy"}
        assert 12 - limits.waiting - limits.long - limits.quick <= len(done) <= 12 - limits.waiting
        for task in many:
            task.cancel()
        await asyncio.wait(many)

    play(scene, limits)


@pytest.mark.parametrize(("client", "status"), [("a", 429), ("b", 503)])
def test_who_waits_behind_jobs_of_its_own_is_told_so(play: Play, client: str, status: int) -> None:
    limits = Limits(seconds=2, quick=1, long=1)

    async def scene(pool: Pool) -> None:
        running = asyncio.create_task(reason(pool, ENDLESS, "a"))
        await asyncio.sleep(0.3)
        with pytest.raises(LimitError) as raised:
            await pool.run(ENDLESS, client)
        assert (raised.value.reason, raised.value.status) == ("busy", status)
        assert await running == "time"

    play(scene, limits)


def test_nobody_waits_for_more_than_half_of_the_time(play: Play) -> None:
    limits = Limits(seconds=2, quick=2, long=2, per_client=1)

    async def scene(pool: Pool) -> None:
        running = asyncio.create_task(reason(pool, ENDLESS))
        await asyncio.sleep(0.2)
        begin = time.monotonic()
        assert await reason(pool, ENDLESS) == "busy"
        assert 1 <= time.monotonic() - begin <= 1 + MARGIN
        assert await running == "time"

    play(scene, limits)


def test_a_client_with_two_long_workers_gives_one_back(play: Play, watch: Watch) -> None:
    async def scene(pool: Pool) -> None:
        jobs = [(ENDLESS, "greedy"), (ENDLESS, "greedy"), (Job(query=f"{ENDLESS.query} #"), "b")]
        tasks = []
        for job, client in jobs:
            tasks.append(asyncio.create_task(pool.run(job, client)))
            await asyncio.sleep(0.4)
        await watch.until(
            lambda: {ticket.client for ticket in pool._lanes.running(Lane.LONG)} == {"greedy", "b"}  # noqa: SLF001
        )
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)

    play(scene, Limits(seconds=30, quick=2, long=2))


def test_workers_that_are_no_longer_needed_end(play: Play, watch: Watch) -> None:
    """What is known to be heavy begins beside the quick workers, and leaves one too many."""

    async def scene(pool: Pool) -> None:
        job = Job(query="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }")
        for _ in range(3):
            assert (await pool.run(job, "a")).body
        await watch.rest(pool, 2)

    play(scene, PATIENT)


def test_a_burst_has_as_many_workers_as_it_takes_and_a_rest_has_few(
    play: Play, watch: Watch
) -> None:
    async def scene(pool: Pool) -> None:
        await watch.rest(pool, 3)
        jobs = [Job(query=f"{COUNT} # {index}") for index in range(12)]
        for _ in range(2):  # so that all of them are known, and none is in debt
            asked = [
                asyncio.create_task(pool.run(job, str(index))) for index, job in enumerate(jobs)
            ]
            await asyncio.sleep(0)
            await watch.until(lambda: len(watch.workers()) >= len(jobs))
            assert label(await pool.run(INNOCENT, "neighbour")) == "node 7"
            await asyncio.gather(*asked)
        await watch.rest(pool, 3)

    play(scene, Limits(seconds=60, long=16))


async def made_long(pool: Pool, number: int) -> Worker:
    """Have a job go on in the long lane to its end, and say who did it."""
    task = asyncio.create_task(pool.run(Job(query=f"{COUNT} # long {number}"), "a"))
    await asyncio.sleep(0)
    [request] = pool._lanes  # noqa: SLF001
    if request.lane is Lane.QUICK:
        pool._make_long(request, time.monotonic())  # noqa: SLF001
    assert request.worker
    worker = request.worker
    await task
    return worker


def test_a_worker_of_long_jobs_takes_the_next_and_ends_when_there_is_none(
    play: Play, watch: Watch
) -> None:
    async def scene(pool: Pool) -> None:
        first = await made_long(pool, 1)
        assert await made_long(pool, 2) is first
        assert first in pool._resting  # noqa: SLF001
        await watch.until(lambda: not pool._resting)  # noqa: SLF001
        assert await made_long(pool, 3) is not first

    play(scene, PATIENT)


def test_a_worker_that_is_killed_while_it_rests_is_forgotten(play: Play, watch: Watch) -> None:
    async def scene(pool: Pool) -> None:
        worker = await made_long(pool, 1)
        assert worker.process
        os.kill(worker.process, signal.SIGKILL)
        await watch.until(lambda: worker not in pool._resting)  # noqa: SLF001
        assert await made_long(pool, 2) is not worker

    play(scene, PATIENT)


def test_short_jobs_that_take_much_memory_are_long_ones(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("teixit.workers.pool._GROWTH", 8 << 20)
    # No slice ends: it is the memory that tells.
    monkeypatch.setattr("teixit.workers.lanes.SLICE", 1e9)
    greedy = ATTACKS[next(file for file in ATTACKS if file.parent.name == "memory")]

    async def scene(pool: Pool) -> None:
        asked = [asyncio.create_task(reason(pool, Job(query=greedy), str(n))) for n in range(3)]
        most = 0
        while not all(task.done() for task in asked):
            most = max(most, len(pool._lanes.running(Lane.LONG)))  # noqa: SLF001
            await asyncio.sleep(0.01)
        assert {task.result() for task in asked} <= {"memory", "busy"}
        assert most == 2

    play(scene, PATIENT)


def test_a_job_that_is_answered_does_not_become_a_long_one(play: Play) -> None:
    async def scene(pool: Pool) -> None:
        task = asyncio.create_task(pool.run(INNOCENT, "a"))
        await asyncio.sleep(0)
        [request] = pool._lanes  # noqa: SLF001
        time.sleep(0.5)  # noqa: ASYNC251 - the loop is busy meanwhile
        pool._make_long(request, time.monotonic())  # noqa: SLF001
        assert not pool._lanes.running(Lane.LONG)  # noqa: SLF001
        assert label(await task) == "node 7"

    play(scene)


def test_variables_have_the_values_that_are_given(play: Play) -> None:
    job = Job(query="SELECT ?x ?label { ?x <x:label> ?label }", values=(("x", "<x:7>"),))

    async def scene(pool: Pool) -> Outcome:
        return await pool.run(job, "a")

    assert label(play(scene)) == "node 7"


def test_a_worker_that_is_killed_is_replaced(play: Play, watch: Watch) -> None:
    async def scene(pool: Pool) -> None:
        await watch.rest(pool, 2)
        for worker in watch.workers():
            os.kill(worker, signal.SIGKILL)
        await watch.rest(pool, 2)
        assert label(await pool.run(INNOCENT, "a")) == "node 7"

    play(scene, PATIENT)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (signal.SIGALRM, "time"),
        (signal.SIGABRT, "fault"),  # as the engine ends when it breaks
        (signal.SIGKILL, "fault"),
        (signal.SIGSEGV, "fault"),
        (signal.SIGTERM, "fault"),
    ],
)
def test_how_a_worker_ended_is_why(
    play: Play, watch: Watch, sent: signal.Signals, expected: str
) -> None:
    async def scene(pool: Pool) -> str:
        task = asyncio.create_task(reason(pool, ENDLESS))
        await watch.until(lambda: any(map(works, watch.workers())))
        os.kill(next(filter(works, watch.workers())), sent)
        return await task

    assert play(scene, PATIENT) == expected


def works(process: int) -> bool:
    """Whether it has used a processor for more than a start takes."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) > 50


def test_a_worker_that_stands_still_is_killed(play: Play, watch: Watch) -> None:
    async def scene(pool: Pool) -> None:
        await watch.rest(pool, 2)
        stopped: set[int] = set()
        # On a busy machine one of the two may be ending, and a third be hired and not born yet.
        while born := {*watch.workers()} - stopped:
            for worker in born:
                os.kill(worker, signal.SIGSTOP)
            stopped |= born
            await asyncio.sleep(0.5)
        begin = time.monotonic()
        slept = asyncio.create_task(asyncio.sleep(SHORT.seconds, begin))
        slept.add_done_callback(lambda _: late.append(time.monotonic() - begin - SHORT.seconds))
        assert await reason(pool, INNOCENT) == "time"
        taken = time.monotonic() - begin
        await slept
        assert taken <= SHORT.seconds + 2 * MARGIN + late[0]  # as late as the machine is itself
        with suppress(LimitError):  # it may be the other one's
            await pool.run(INNOCENT, "a")
        assert await asyncio.to_thread(watch.gone, stopped)
        assert await answered(pool) == "node 7"

    late: list[float] = []
    play(scene, SHORT)


async def answered(pool: Pool, times: int = 4) -> str | None:
    """Ask until there is an answer: workers just hired may be late on a busy machine."""
    for _ in range(times):
        with suppress(LimitError):
            return label(await pool.run(INNOCENT, "a"))
    return None


def test_the_fork_server_is_replaced_and_nobody_hears_of_it(play: Play, watch: Watch) -> None:
    async def scene(pool: Pool) -> None:
        running = asyncio.create_task(pool.run(Job(query=COUNT), "a"))
        await asyncio.sleep(0.05)
        [server] = watch.fork_servers()
        workers = watch.workers()
        os.kill(server, signal.SIGKILL)
        assert label(await pool.run(INNOCENT, "b")) == "node 7"
        assert (await running).body
        assert watch.gone([server, *workers])
        assert pool.health()["restarts"] == 1
        await watch.rest(pool, 2)

    play(scene, PATIENT)


#: Takes some tenths of a second.
COUNT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"


def test_a_fork_server_that_stands_still_is_replaced(play: Play, watch: Watch) -> None:
    async def scene(pool: Pool) -> None:
        await watch.rest(pool, 2)
        [server] = watch.fork_servers()
        os.kill(server, signal.SIGSTOP)
        tasks = [asyncio.create_task(pool.run(ENDLESS, "a")) for _ in range(2)]
        await asyncio.sleep(0.3)
        assert label(await pool.run(INNOCENT, "b")) == "node 7"
        assert await asyncio.to_thread(watch.gone, [server])
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)

    play(scene, PATIENT)


def test_a_job_that_has_lost_two_workers_fails(play: Play, watch: Watch) -> None:
    async def scene(pool: Pool) -> None:
        task = asyncio.create_task(reason(pool, ENDLESS))
        for _ in range(2):
            await asyncio.sleep(0.3)
            await watch.until(lambda: pool.health()["workers"]["long"])  # type: ignore[index]
            os.kill(watch.fork_servers()[0], signal.SIGKILL)
        assert await task == "fault"

    play(scene, PATIENT)


def test_another_graph_is_served_without_a_gap(play: Play, watch: Watch, tmp_path: Path) -> None:
    async def scene(pool: Pool) -> set[tuple[str, str]]:
        seen, ends = set(), asyncio.Event()

        async def ask(client: str) -> None:
            while not ends.is_set():
                outcome = await pool.run(INNOCENT, client)
                seen.add((label(outcome), outcome.version))

        readers = [asyncio.create_task(ask(str(index))) for index in range(4)]
        for index in range(2):
            file = tmp_path / f"{index}.ttl"
            file.write_text(f'<x:7> <x:label> "new {index}" .', "utf-8")
            running = asyncio.create_task(pool.run(Job(query=COUNT), "old"))
            await pool.replace(Source("files", files=(str(file),)))
            seen.add((label(await pool.run(INNOCENT, "x")), pool.version))
            assert (await running).body
        ends.set()
        await asyncio.gather(*readers)
        await watch.rest(pool, 2)
        await watch.until(lambda: len(watch.fork_servers()) == 1)
        return seen

    seen = play(scene, PATIENT)
    assert {text for text, _ in seen} == {"node 7", "new 0", "new 1"}
    assert len({version for _, version in seen}) == 3


def test_a_job_goes_on_where_the_graph_that_it_asked_is_lost(
    play: Play, watch: Watch, source: Source
) -> None:
    async def scene(pool: Pool) -> None:
        running = asyncio.create_task(pool.run(ENDLESS, "a"))
        await asyncio.sleep(0.1)
        [request] = pool._lanes  # noqa: SLF001
        [server] = watch.fork_servers()
        await pool.replace(source)
        assert not request.tried
        os.kill(server, signal.SIGKILL)
        await watch.until(lambda: request.tried and request.worker)
        assert pool.health()["restarts"] == 0
        running.cancel()
        await asyncio.wait([running])

    play(scene, PATIENT)


def test_a_graph_that_cannot_be_loaded_is_not_served(play: Play, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text("this is no Turtle", "utf-8")

    async def scene(pool: Pool) -> None:
        version = pool.version
        with pytest.raises(KnowledgeError, match=r"wrong\.ttl"):
            await pool.replace(Source("files", files=(str(wrong),)))
        assert label(await pool.run(INNOCENT, "a")) == "node 7"
        assert pool.version == version

    play(scene)


def test_a_pool_whose_graph_cannot_be_loaded_does_not_start(tmp_path: Path, watch: Watch) -> None:
    source = Source("files", files=(str(tmp_path / "missing.ttl"),))
    with pytest.raises(KnowledgeError, match=r"missing\.ttl"):
        asyncio.run(Pool.start(source))
    assert watch.fork_servers() == []


def test_a_pool_that_is_closed_ends_what_runs_and_waits(play: Play) -> None:
    async def scene(pool: Pool) -> list[str]:
        tasks = [asyncio.create_task(reason(pool, ENDLESS)) for _ in range(4)]
        await asyncio.sleep(0.3)
        await pool.close()
        return await asyncio.gather(*tasks)

    assert set(play(scene, PATIENT)) == {"busy"}


def test_a_whole_graph_and_the_description_are_answered(play: Play) -> None:
    async def scene(pool: Pool) -> tuple[bytes, bytes, bytes]:
        named = await pool.run(Job("graph", "x:named", (None, None, "text/turtle")), "a")
        default = await pool.run(Job("graph", "", (None, None, "application/n-triples")), "a")
        described = await pool.run(Job("description", accept=(None, None, "text/turtle")), "a")
        with pytest.raises(NotFoundError):
            await pool.run(Job("graph", "x:missing"), "a")
        return named.body or b"", default.body or b"", described.body or b""

    named, default, described = play(scene)
    assert b"<x:a> <x:b> <x:c>" in named
    assert default.count(b"\n") == 900
    assert b"sd:Service" in described


def test_memory_and_descriptors_stay_the_same(play: Play, watch: Watch) -> None:
    async def scene(pool: Pool) -> None:
        async def ask(count: int) -> None:
            for index in range(count):
                await pool.run(Job(query=f"{INNOCENT.query} # {index}"), "a")
            with suppress(LimitError):
                await pool.run(Job(query="SELECT * { ?a ?b ?c . ?d ?e ?f }", gzip=True), "b")

        await ask(500)
        await watch.rest(pool, 2)
        processes = [os.getpid(), *watch.fork_servers()]
        before = [watch.descriptors(), *map(watch.resident, processes)]
        await ask(2000)
        await watch.rest(pool, 2)
        after = [watch.descriptors(), *map(watch.resident, processes)]
        assert after[0] == before[0]
        assert all(new - old < 4 << 20 for old, new in zip(before[1:], after[1:], strict=True))

    play(scene, Limits(answer=4 << 20, quick=2, long=2))


PARENT = """
import asyncio, sys
from teixit.workers import Job, Limits, Pool, Source

async def main():
    pool = await Pool.start(Source("files", files=(sys.argv[1],)), Limits(seconds=60))
    tasks = [asyncio.create_task(pool.run(Job(query=sys.argv[2]), str(i))) for i in range(4)]
    await asyncio.sleep(0.5)
    print("ready", flush=True)
    await asyncio.wait(tasks)

asyncio.run(main())
"""


def test_nothing_is_left_when_the_process_that_asks_is_killed(data: Path, watch: Watch) -> None:
    command = [sys.executable, "-c", PARENT, str(data), ENDLESS.query]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"
        [server] = watch.children(parent.pid)
        workers = watch.children(server)
        assert len(workers) >= 2
        parent.kill()
    assert watch.gone([server, *workers], within=1)
