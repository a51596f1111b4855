"""The index that searches are answered from, made by a process of its own."""

import asyncio
import contextlib
import json
import sys
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from teixit.errors import KnowledgeError, LimitError
from teixit.searching import Index
from teixit.web import programs
from teixit.web.log import Log
from teixit.workers import Limits, Source

#: Who searches right after the start waits, so long and so many at once, whose threads pages can do
#: without; others, and later all, come again soon; in seconds.
_PATIENCE: Final = 20.0
_WAITING: Final = 2
_SOON: Final = 5
#: What another server has may change without our knowing: it is asked anew after so many seconds,
#: and after so many when it could not be asked.
_PACE: Final = 3600.0
_AGAIN: Final = 60.0
#: How many files are kept: the last but one may still be searched.
_KEPT: Final = 2


class Indexed:
    """The newest index there is.

    Args:
        scratch: A folder for its files.
        limits: How long and how much another server may be asked.
        log: Where it is told what cannot be indexed.
    """

    def __init__(self, scratch: Path, limits: Limits, log: Log) -> None:
        self._scratch = scratch
        self._limits = limits
        self._log = log
        self._files: list[Path] = []
        self._number = 0
        self._index: Index | None = None
        self._wrong: str | None = None
        self._begun = time.monotonic()
        self._tried = threading.Event()
        self._seats = threading.Semaphore(_WAITING)
        self._making: asyncio.Task[None] | None = None

    def index(self) -> Index:
        """Give the index; called in threads. That of former data is given until there is another.

        Raises:
            LimitError: There is none yet.
        """
        if self._index is None and self._seats.acquire(blocking=False):
            try:
                self._tried.wait(max(0, self._begun + _PATIENCE - time.monotonic()))
            finally:
                self._seats.release()
        if self._index is not None:
            return self._index
        if self._wrong is not None:
            raise LimitError(f"nothing can be searched: {self._wrong}", "index", round(_AGAIN))
        raise LimitError("the index is being made; ask again soon", "index", _SOON)

    def begin(self, source: Source) -> None:
        """Have *source* indexed, as what is searched from now on."""
        if self._making:
            self._making.cancel()
        self._making = asyncio.create_task(self._go_on(source))

    async def close(self) -> None:
        """Leave off; who waits is told."""
        self._tried.set()
        if self._making:
            self._making.cancel()
            await asyncio.gather(self._making, return_exceptions=True)

    async def _go_on(self, source: Source) -> None:
        await self._make(source)
        while source.kind == "remote":
            await asyncio.sleep(_PACE if self._wrong is None else _AGAIN)
            await self._make(source)

    async def _make(self, source: Source) -> None:
        self._number += 1
        file = self._scratch / f"{self._number}.sqlite"
        try:
            await self._run(source, file)
            self._index, self._wrong = await asyncio.to_thread(Index, file), None
        except (KnowledgeError, OSError) as error:
            self._wrong = str(error)
            self._log.event("search", error=str(error))
        else:
            self._files.append(file)
            for old in self._files[:-_KEPT]:
                old.unlink(missing_ok=True)
            del self._files[:-_KEPT]
        self._tried.set()

    async def _run(self, source: Source, file: Path) -> None:
        told = (json.dumps(part) for part in (source.written(), self._limits.written()))
        module = "teixit.workers.indexing"
        said = await programs.run(sys.executable, "-m", module, str(file), *told)
        if said is not None:
            raise KnowledgeError(said or "the index was left unfinished")


@contextlib.asynccontextmanager
async def indexed(limits: Limits, log: Log) -> AsyncIterator[Indexed]:
    """Keep an index while the block runs; nothing is indexed before it is begun."""
    with TemporaryDirectory(prefix="teixit-") as scratch:
        made = Indexed(Path(scratch), limits, log)
        try:
            yield made
        finally:
            await made.close()
