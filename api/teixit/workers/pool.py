"""The worker pool, as the web process uses it."""

import asyncio
import logging
import os
import time
from dataclasses import replace
from functools import partial
from typing import Final, Self

from teixit.errors import RequestError
from teixit.workers.crew import Crew
from teixit.workers.crews import Crews
from teixit.workers.jobs import Job, Outcome, Reply, write_job
from teixit.workers.lanes import Lanes
from teixit.workers.limits import Limits
from teixit.workers.pipes import Fate, Worker
from teixit.workers.queues import Lane
from teixit.workers.requests import Request, grown, has_hardly_begun, is_answered, slow
from teixit.workers.sources import Source

_LOG: Final = logging.getLogger(__name__)

#: How often the limits are looked at while there is anything to do, in seconds.
_TICK: Final = 0.02
#: How long a worker may outlive its time, when the kernel should have ended it; in seconds.
_MARGIN: Final = 0.3
#: When a long job begins to yield to all others, in seconds.
_LONG: Final = 1.0
#: So many workers are kept ready where nothing is asked, and more for a while after they were
#: needed, in seconds.
_SPARE: Final = 3
_KEPT: Final = 2.0
#: By so many bytes the short jobs that run may grow together; the one that has grown most is
#: then no short one any more. What all jobs take is thus bounded by the number of long ones.
_GROWTH: Final = 128 << 20
#: How long none is kept ready after one has ended unused: perhaps none can be forked.
_PAUSE: Final = 0.5


class Pool:
    """Workers that answer jobs, of which none can hurt another or the service.

    Create it with :meth:`start`. All methods belong to one event loop, except
    :meth:`run_from_thread`.
    """

    #: Hash of the data that new jobs are asked of, as hexadecimal digits.
    version: str

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._lanes: Lanes[Request] = Lanes(limits)
        self._crews = Crews(limits, self._ended, self._switched)
        self._idle: list[Worker] = []
        #: Workers that yield to all others and have no job, and since when. Each has read, and so
        #: copied, much of the graph: for the next long job it is worth two new ones.
        self._resting: dict[Worker, float] = {}
        self._ticks = False
        self._hires_from = 0.0
        self._surplus_from = 0.0

    @classmethod
    async def start(cls, source: Source, limits: Limits | None = None) -> Self:
        """Load the graph in a process of its own and fork the first workers.

        Raises:
            KnowledgeError: The graph cannot be loaded.
        """
        found = limits or Limits()
        if source.kind == "remote":  # its workers wait for the other server, not for a processor
            found = replace(found, quick_per_client=found.quick)
        pool = cls(found)
        await pool.replace(source)
        return pool

    async def run(self, job: Job, client: str) -> Outcome:
        """Answer *job* for *client*, within the limits; cancelling it frees the worker.

        Raises:
            RequestError: What the client asked for cannot be given; the class says why.
            LimitError: It would pass a limit, or there is no room to wait (503).
        """
        now = time.monotonic()
        frame = write_job(job, now + self._limits.seconds)
        answer: asyncio.Future[Outcome] = self._loop.create_future()
        request = Request(job.key, client, now, frame=frame, answer=answer)
        self._lanes.arrive(request)
        self._advance(now)
        try:
            return await answer
        except asyncio.CancelledError:
            if any(request is other for other in self._lanes):
                self._drop(request)
            elif not answer.cancelled() and not answer.exception():
                _throw_away(answer.result())
            raise

    def run_from_thread(self, job: Job, client: str) -> Outcome:
        """Answer *job* as :meth:`run` does, from a thread that is not the loop's."""
        return asyncio.run_coroutine_threadsafe(self.run(job, client), self._loop).result()

    async def replace(self, source: Source) -> None:
        """Load *source* beside what is served, then switch; running jobs finish on the old one.

        Raises:
            KnowledgeError: It cannot be loaded, or does not answer; the old one is served on.
        """
        await self._crews.replace(source)

    async def close(self) -> None:
        """End every process of the pool; jobs that run or wait end as busy (503)."""
        self._crews.current = None
        for request in list(self._lanes):
            self._drop(request)
            self._fail(request, "busy")
        await self._crews.close()

    def health(self) -> dict[str, object]:
        """Say what is served, and how many workers do what."""
        crew = self._crews.current
        running = {lane.value: len(self._lanes.running(lane)) for lane in Lane}
        return {
            "version": self.version,
            **(crew.known if crew else {}),
            "workers": {"idle": len(self._idle) + len(self._resting), **running},
            "waiting": self._lanes.waiting,
            "restarts": self._crews.restarts,
        }

    def _advance(self, now: float) -> None:
        """Start what may start."""
        crew = self._crews.current
        while crew and (request := self._lanes.start(now)):
            worker = request.worker = self._next_worker(crew, request.lane)
            request.effort, request.resident = worker.effort, 0
            worker.send(request.frame, partial(self._told, request))
        while surplus := self._lanes.surplus():
            self._crowd_out(surplus)
        while crew and len(self._idle) < self._spare() and now >= self._hires_from:
            self._idle.insert(0, crew.hire())
        if not self._ticks:
            self._ticks = True
            self._loop.call_later(_TICK, self._tick)

    def _next_worker(self, crew: Crew, lane: Lane) -> Worker:
        if lane is Lane.LONG and self._resting:
            return self._resting.popitem()[0]
        return self._idle.pop() if self._idle else crew.hire()

    def _spare(self) -> int:
        """Say how many workers are to be ready for short jobs."""
        return min(_SPARE, self._limits.quick - len(self._lanes.running(Lane.QUICK)))

    def _told(self, request: Request, fate: Fate) -> None:
        """Learn what has become of a job."""
        now, worker = time.monotonic(), request.worker
        assert worker  # noqa: S101 - it has told
        request.worker = None
        if isinstance(fate, Reply):
            self._lanes.done(request, now)
            self._settle(request, fate)
            self._take_back(worker, retires=fate.retire)
        elif fate is None and not request.tried:
            request.tried = True
            self._lanes.again(request)
        else:
            self._lanes.end(request)
            self._fail(request, fate or "fault")
        self._advance(now)

    def _take_back(self, worker: Worker, *, retires: bool) -> None:
        if retires or worker.crew is not self._crews.current:
            worker.crew.dismiss(worker)
        elif worker.slow:
            self._resting[worker] = time.monotonic()
        else:
            self._idle.append(worker)

    def _settle(self, request: Request, reply: Reply) -> None:
        if reply.detail:
            _LOG.error("a worker failed: %s", reply.detail)
        if isinstance(reply.result, RequestError):
            _refuse(request, reply.result)
        elif request.answer.cancelled():
            _throw_away(reply.result)
        else:
            request.answer.set_result(reply.result)

    def _fail(self, request: Request, reason: str) -> None:
        _refuse(request, self._limits.passed(reason))

    def _crowd_out(self, request: Request) -> None:
        """Refuse a job that waits in vain, and say whether it is for others of its client."""
        own = any(other.client == request.client for other in self._lanes)
        _refuse(request, self._limits.passed("busy", own=own))

    def _drop(self, request: Request) -> None:
        """Take a job out, and kill the worker that it has."""
        self._lanes.end(request)
        self._free(request)

    @staticmethod
    def _free(request: Request) -> None:
        worker, request.worker = request.worker, None
        if worker:
            worker.crew.kill(worker)

    def _ended(self, worker: Worker) -> None:
        """Learn that a worker has ended."""
        now = time.monotonic()
        self._resting.pop(worker, None)
        if worker in self._idle:
            self._idle.remove(worker)
            self._hires_from = now + _PAUSE
        self._advance(now)

    def _switched(self, worker: Worker | None) -> None:
        """Learn that another crew serves from now on, or that there is none."""
        for left in [*self._idle, *self._resting]:
            left.crew.dismiss(left)
        self._idle.clear()
        self._resting.clear()
        if worker:
            self.version = worker.crew.version
            self._idle.append(worker)
            self._advance(time.monotonic())

    def _tick(self) -> None:
        """See that limits are kept, and come again while there is anything to see to."""
        now = time.monotonic()
        self._ticks = False
        for request in self._lanes.expired(now):
            self._crowd_out(request)
        for request in self._lanes.late(now):
            self._end_slice(request, now)
        self._bound_growth(now)
        while giving := self._lanes.give_way(now):
            self._free(giving)
        for request in [*self._lanes.running(Lane.QUICK), *self._lanes.running(Lane.LONG)]:
            self._look_after(request, now)
        self._dismiss_surplus(now)
        is_uneven = self._crews.current is not None and len(self._idle) != self._spare()
        if self._crews.watch(now) or any(self._lanes) or is_uneven or self._resting:
            self._advance(now)

    def _dismiss_surplus(self, now: float) -> None:
        """Let workers end that were not needed for a while."""
        if len(self._idle) <= self._spare():
            self._surplus_from = now
        while len(self._idle) > self._spare() and now - self._surplus_from > _KEPT:
            worker = self._idle.pop(0)
            worker.crew.dismiss(worker)
        for worker, since in list(self._resting.items()):
            if now - since > _KEPT or len(self._resting) > self._limits.long:
                del self._resting[worker]
                worker.crew.dismiss(worker)

    def _end_slice(self, request: Request, now: float) -> None:
        if not has_hardly_begun(request, now):
            self._make_long(request, now)

    def _bound_growth(self, now: float) -> None:
        """Have the short jobs that take most memory be long ones, where all take too much."""
        growth = {request: grown(request) for request in self._lanes.running(Lane.QUICK)}
        while sum(growth.values()) > _GROWTH:
            greediest = max(growth, key=growth.__getitem__)
            del growth[greediest]
            self._make_long(greediest, now)

    def _make_long(self, request: Request, now: float) -> None:
        if is_answered(request):
            return
        if self._lanes.demote(request, now):
            slow(request)
        else:
            self._free(request)

    def _look_after(self, request: Request, now: float) -> None:
        late = now > request.arrived + self._limits.seconds + _MARGIN
        if late and not is_answered(request):
            self._drop(request)
            self._fail(request, "time")
        elif request.lane is Lane.LONG and now - (request.started or now) > _LONG:
            slow(request)


def _refuse(request: Request, error: RequestError) -> None:
    if not request.answer.cancelled():  # whoever asked has not left
        request.answer.set_exception(error)


def _throw_away(outcome: Outcome) -> None:
    if outcome.file is not None:
        os.close(outcome.file)
