"""The crew that serves, the one before it and the one after it."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Final

from teixit.errors import KnowledgeError
from teixit.workers.crew import Crew
from teixit.workers.jobs import Job, Reply, write_job
from teixit.workers.limits import Limits
from teixit.workers.pipes import Fate, Worker
from teixit.workers.sources import Source

_LOG: Final = logging.getLogger(__name__)

#: There is no such graph, and to say so takes a worker that works.
_CHECK: Final = Job(kind="graph", query="urn:uuid:7a4f2b0e-9c5d-4f0a-8a44-3f8f1c0e5d11")
#: How long after a failure it is tried again, at first and at last, in seconds.
_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 5.0
#: What the kernel may take to end a worker whose time is up, in seconds.
_MARGIN: Final = 0.3


class Crews:
    """Sees that there is a crew, and changes it without a gap.

    Args:
        limits: Of the workers.
        ended: Told of each worker that ends.
        switched: Told of the first worker of the crew that serves from now on; of None where
            there is no crew for a while.
    """

    def __init__(
        self,
        limits: Limits,
        ended: Callable[[Worker], None],
        switched: Callable[[Worker | None], None],
    ) -> None:
        #: The one that gets new jobs.
        self.current: Crew | None = None
        #: How often it had to be started again.
        self.restarts = 0
        self._limits = limits
        self._on_end = ended
        self._on_switch = switched
        self._source = Source()
        self._all: set[Crew] = set()  # those that start and those that finish too
        self._leaving: set[Crew] = set()
        self._changing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def replace(self, source: Source) -> None:
        """Load *source*, then have its crew serve.

        Raises:
            KnowledgeError: It cannot be loaded, or does not answer.
        """
        async with self._changing:
            crew, worker = await self._opened(source)
            self._source = source
            self._switch(crew, worker)

    def watch(self, now: float) -> bool:
        """End what does not do as it was told; say whether anything still has to be watched."""
        watched = [crew.watch(now) for crew in list(self._all)]
        return any(watched)

    async def close(self) -> None:
        """End all of them."""
        self.current = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(crew.close() for crew in self._all))

    async def _opened(self, source: Source) -> tuple[Crew, Worker]:
        """Start a crew and see one of its workers answer."""
        crew = Crew(source, self._limits, self._ended, self._lost, self._damaged)
        self._all.add(crew)
        try:
            await crew.ready()
            return crew, await self._checked(crew)
        except BaseException:
            await self._end(crew)
            raise

    async def _checked(self, crew: Crew) -> Worker:
        told: asyncio.Future[Fate] = asyncio.get_running_loop().create_future()
        worker = crew.hire()
        worker.send(write_job(_CHECK, time.monotonic() + self._limits.seconds), told.set_result)
        await asyncio.wait([told], timeout=self._limits.seconds + _MARGIN)
        fate = told.result() if told.done() else None
        if not isinstance(fate, Reply) or fate.retire:
            detail = fate.detail if isinstance(fate, Reply) else "its worker ends"
            raise KnowledgeError(f"{crew.known['location']}: cannot be asked: {detail}")
        return worker

    def _switch(self, crew: Crew, worker: Worker) -> None:
        before, self.current = self.current, crew
        if before:
            self._leaving.add(before)
        self._on_switch(worker)
        if before:
            self._see_off(before)
        if crew.damaged:  # which was found out before it served
            self._damaged(crew)

    def _ended(self, worker: Worker) -> None:
        self._on_end(worker)
        self._see_off(worker.crew)

    def _see_off(self, crew: Crew) -> None:
        """End a crew that gets no new jobs, as soon as it has none."""
        if crew in self._leaving and not crew.busy:
            self._leaving.remove(crew)
            self._begin(self._end(crew))

    async def _end(self, crew: Crew) -> None:
        await crew.close()
        self._all.discard(crew)

    def _lost(self, crew: Crew) -> None:
        """Have another crew in the place of one whose fork server has ended."""
        self._all.discard(crew)
        self._leaving.discard(crew)
        if crew is self.current:
            _LOG.error("the process that holds the graph has ended; it is started again")
            self.current = None
            self.restarts += 1
            self._on_switch(None)
            self._begin(self._restart())

    def _damaged(self, crew: Crew) -> None:
        """Have the release before in the place of one that is not what was published."""
        if crew is self.current:
            self._begin(self._do_without(crew))

    async def _do_without(self, crew: Crew) -> None:
        async with self._changing:
            if crew is not self.current:
                return
            source = replace(self._source, without=(*self._source.without, crew.damaged))
            try:
                opened = await self._opened(source)
            except (KnowledgeError, OSError) as error:
                _LOG.error("what is damaged is served on: %s", error)
            else:
                self._source = source
                self._switch(*opened)

    async def _restart(self) -> None:
        pause = _PAUSE
        while not self.current:
            try:
                async with self._changing:
                    if not self.current:
                        self._switch(*await self._opened(self._source))
            except (KnowledgeError, OSError) as error:
                _LOG.error("the graph cannot be loaded again: %s", error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
