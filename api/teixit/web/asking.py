"""Asking the workers: not again for what is known, and once for all who ask at once."""

import asyncio
import time
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass
from email.utils import formatdate
from hashlib import blake2b
from typing import Any, Final, Self

from teixit import __version__
from teixit.errors import LimitError
from teixit.web.cache import Cache
from teixit.web.exchange import Incoming, Spool
from teixit.workers import Job, Outcome, Pool

#: How many answers that lie in files one client may have on their way to it.
_MOST_FILES: Final = 4


@dataclass(frozen=True)
class Found:
    """What a worker found, as long as anybody needs it."""

    media_type: str
    encoding: str | None
    body: bytes
    spool: Spool | None
    cacheable: bool
    table_total: int | None
    version: str
    sha256: str | None = None

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """Take over what a worker said."""
        spool = None if outcome.file is None else Spool(outcome.file, outcome.length)
        return cls(
            outcome.media_type,
            outcome.encoding,
            outcome.body or b"",
            spool,
            outcome.cacheable,
            outcome.table_total,
            outcome.version,
            outcome.sha256,
        )

    @property
    def length(self) -> int:
        """Of the answer, in bytes."""
        return len(self.body) if self.spool is None else self.spool.length

    def first(self, length: int) -> bytes:
        """Give the first *length* bytes of the answer, or as many as there are."""
        return self.body[:length] if self.spool is None else self.spool.read(0, length)


@dataclass(slots=True)
class _Flight:
    """A job on its way, whose it is, and how many wait for it."""

    task: "asyncio.Task[Found]"
    client: str
    waiting: int = 0


class Asking:
    """The workers, and what is known of their answers.

    Args:
        pool: The workers.
        cache: Where answers are kept.
        changing: Whether the data may change without our knowing: then nothing is kept.
    """

    def __init__(self, pool: Pool, cache: Cache[Found], *, changing: bool = False) -> None:
        self.pool = pool
        self.cache = cache
        self.changing = changing
        self._flights: dict[tuple[str, Job], _Flight] = {}
        #: The version of the data that was last asked for, and since when it is served.
        self._known = "", 0.0

    def etag(self, *of: object) -> str | None:
        """Name the answer to what is asked *of* these data by this software.

        Weakly (RFC 9110, section 8.8.1): the same statements may come in another order.
        """
        if self.changing:
            return None
        text = repr((__version__, self.pool.version, *of)).encode("utf-8", "surrogatepass")
        return f'W/"{blake2b(text, digest_size=12).hexdigest()}"'

    def since(self) -> str | None:
        """Say since when these data are served here (RFC 9110, section 8.8.2).

        Two versions never have the same second. None where the data may change at any time.
        """
        if self.changing:
            return None
        version, since = self._known
        if version != self.pool.version:
            since = max(time.time(), since + 1)
            self._known = self.pool.version, since
        return formatdate(since, usegmt=True)

    async def found(self, job: Job, incoming: Incoming) -> Found:
        """Give what is found for *job*.

        Raises:
            RequestError: As the pool raises it.
            GoneError: The client left; if nobody else waits, the worker is freed.
        """
        key = self.pool.version, job
        kept = self.cache.answers.get(key)
        if kept is not None:
            incoming.kept = "answer"
            return kept
        flight = self._flights.get(key)
        if flight is None:
            return await self._aboard(self._start(key, incoming.client), key, incoming)
        try:
            found = await self._aboard(flight, key, incoming)
        except LimitError as error:
            if error.reason != "busy" or flight.client == incoming.client:
                raise  # else it was the other who had asked for too much
        else:
            if found.cacheable:
                incoming.kept = "flight"
                return found
        return await self._alone(self._run(key, incoming.client), incoming)

    def _start(self, key: tuple[str, Job], client: str) -> _Flight:
        flight = _Flight(asyncio.create_task(self._run(key, client)), client)
        self._flights[key] = flight
        flight.task.add_done_callback(lambda _: self._land(key, flight))
        return flight

    def _land(self, key: tuple[str, Job], flight: _Flight) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        if not flight.task.cancelled():
            flight.task.exception()  # it has been seen, even if nobody waits any more

    async def _aboard(self, flight: _Flight, key: tuple[str, Job], incoming: Incoming) -> Found:
        flight.waiting += 1
        try:
            return await incoming.while_there(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                self._land_early(key, flight)

    def _land_early(self, key: tuple[str, Job], flight: _Flight) -> None:
        """Free the worker; who asks the same from now on asks anew."""
        self._flights.pop(key, None)
        flight.task.cancel()

    async def _alone(self, work: Coroutine[Any, Any, Found], incoming: Incoming) -> Found:
        task = asyncio.create_task(work)
        try:
            return await incoming.while_there(task)
        finally:
            task.cancel()

    async def _run(self, key: tuple[str, Job], client: str) -> Found:
        found = Found.of(await self.pool.run(key[1], client))
        is_of_now = found.version == key[0] == self.pool.version
        if found.cacheable and found.spool is None and is_of_now and not self.changing:
            self.cache.answers.keep(key, found, len(found.body) + len(key[1].query))
        return found


class Files:
    """Counts the answers in files that are on their way, so that slow readers fill no disk."""

    def __init__(self) -> None:
        self._of: Counter[str] = Counter()

    def check(self, client: str) -> None:
        """Refuse another one to a client that has enough of them.

        Raises:
            LimitError: It has.
        """
        if self._of[client] >= _MOST_FILES:
            said = f"{_MOST_FILES} long answers are still on their way to you; read them first"
            raise LimitError(said, "busy", own=True)

    def take(self, client: str) -> None:
        """Count one more."""
        self._of[client] += 1

    def give_back(self, client: str) -> None:
        """Count one less."""
        self._of[client] -= 1
        if not self._of[client]:
            del self._of[client]
