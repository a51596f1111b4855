"""Asking a release that is no longer the one that is served, in workers of its own.

Its dump is loaded by a process that is there for this alone: one release at a time, for as long as
somebody asks it, with the limits that all queries have. What is found stays known, since a release
that is kept never changes.
"""

import asyncio
from dataclasses import replace
from typing import Final

from teixit.catalogue import editions
from teixit.catalogue.model import Release
from teixit.errors import KnowledgeError, LimitError, NotFoundError
from teixit.exporting import Exported, dumps
from teixit.web.asking import Found
from teixit.web.cache import Level
from teixit.web.exchange import Incoming
from teixit.workers import Job, Limits, Pool, Source

#: So many may wait for their turn.
_WAITING: Final = 16
#: As much memory as known answers may take, in bytes.
_KEPT: Final = 8 << 20
#: So few workers ask an old release: one asks at a time.
_WORKERS: Final = 2


class Former:
    """Asks releases of before.

    Args:
        limits: What one query may use.
    """

    def __init__(self, limits: Limits) -> None:
        few = _WORKERS
        self._limits = replace(limits, quick=few, long=few, quick_per_client=few)
        self._turn = asyncio.Lock()
        #: What is being asked; if the client leaves, it goes on for as long as it may.
        self._work: set[asyncio.Task[list[Found]]] = set()
        self._known: Level[Found] = Level(_KEPT)

    async def found(self, release: Exported, jobs: list[Job], incoming: Incoming) -> list[Found]:
        """Give what *release* answers to each of *jobs*.

        Raises:
            RequestError: It cannot be asked, too many ask, or a worker says so.
            GoneError: The client left.
        """
        if not dumps.can_be_asked(release):
            raise NotFoundError(f"release {release.version} is too long to be asked")
        keys = [(release.folder, release.contents.rdfc10, job) for job in jobs]
        known = [self._known.get(key) for key in keys]
        if all(known):
            return [found for found in known if found]
        if len(self._work) >= _WAITING:
            raise LimitError("too many ask releases of before; try again soon", "busy", 5)
        work = asyncio.create_task(self._in_turn(release, jobs, incoming.client))
        self._work.add(work)
        work.add_done_callback(self._done)
        answers = await incoming.while_there(work)
        for key, found in zip(keys, answers, strict=True):
            if found.spool is None:
                self._known.keep(key, found, found.length + len(key[2].query))
        return answers

    def _done(self, work: asyncio.Task[list[Found]]) -> None:
        self._work.discard(work)
        if not work.cancelled():
            work.exception()  # it has been seen, even if nobody waits any more

    async def _in_turn(self, release: Exported, jobs: list[Job], client: str) -> list[Found]:
        async with self._turn:
            try:
                pool = await Pool.start(_source(release), self._limits)
            except KnowledgeError as error:
                raise NotFoundError(f"release {release.version} cannot be read") from error
            try:
                return [Found.of(await pool.run(job, client)) for job in jobs]
            finally:
                await asyncio.shield(pool.close())


def _source(release: Exported) -> Source:
    """Serve the dump as what it is of was served."""
    ours = editions.is_ours(Release(release.contents))
    dump = str(release.folder / dumps.DUMP)
    return Source("merged" if ours else "files", files=(dump,))
