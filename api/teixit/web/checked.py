"""What the shapes find in the graph that is served, found by a process of its own.

rdflib and pySHACL, which the check needs, never come into the processes that answer.
"""

import asyncio
import contextlib
import json
import sys
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

from teixit.errors import LimitError
from teixit.web import exported, programs
from teixit.web.log import Log
from teixit.workers import Source

#: Sources of more bytes are not checked when they are served: it takes minutes and gigabytes.
LARGEST: Final = 4 << 20
#: A check may take so long, in seconds.
_LONGEST: Final = 300
#: Who asks while the check runs waits, so long and so many at once, whose threads pages can do
#: without; others come again soon; in seconds.
_PATIENCE: Final = 5.0
_WAITING: Final = 2
_SOON: Final = 5
#: The check yields to all who ask.
_NICE: Final = ("nice", "-n", "19")
#: What ``teixit check`` ends with: nothing breaks a rule, or something does.
_STATUSES: Final = (0, 1)

#: The findings, as ``teixit check --format json`` writes them.
Findings: TypeAlias = Sequence[Mapping[str, Any]]


class Checks:
    """Has the graph that is served checked.

    Args:
        log: Where it is told what cannot be checked.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._found: Findings | None = None
        self._running: asyncio.Task[None] | None = None
        self._ended = threading.Event()
        self._seats = threading.Semaphore(_WAITING)

    def begin(self, source: Source) -> None:
        """Have *source* checked, as what is served from now on."""
        if self._running:
            self._running.cancel()
        self._found, self._ended = None, threading.Event()
        self._running = asyncio.create_task(self._run(source))
        self._running.add_done_callback(partial(_tell, self._ended))

    def findings(self) -> Findings | None:
        """Give what was found; None where what is served cannot be checked here.

        Called in threads: a few wait a little for the check to end.

        Raises:
            LimitError: The check still runs.
        """
        if not self._ended.is_set() and self._seats.acquire(blocking=False):
            try:
                self._ended.wait(_PATIENCE)
            finally:
                self._seats.release()
        if not self._ended.is_set():
            raise LimitError("the data are being checked; ask again soon", "busy", _SOON)
        return self._found

    async def close(self) -> None:
        """Leave off."""
        running = [self._running] if self._running else []
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _run(self, source: Source) -> None:
        files = exported.files_of(source, LARGEST)
        if files is None:
            return
        try:
            async with asyncio.timeout(_LONGEST):
                self._found = await _checked([] if source.kind == "shipped" else files)
        except (TimeoutError, OSError, ValueError) as error:
            self._log.event("check", error=str(error) or f"it took more than {_LONGEST} s")


@contextlib.asynccontextmanager
async def checked(source: Source, log: Log) -> AsyncIterator[Checks]:
    """Have *source* checked while the block runs."""
    checks = Checks(log)
    checks.begin(source)
    try:
        yield checks
    finally:
        await checks.close()


def _tell(ended: threading.Event, _: object) -> None:
    ended.set()


async def _checked(files: Sequence[Path]) -> Findings:
    """Check *files*, or all that Teixit ships.

    Raises:
        ValueError: The check ended without its findings; says in which words.
        OSError: It cannot be started.
    """
    command = (*_NICE, sys.executable, "-m", "teixit", "check", "--format", "json", "--")
    status, written, last = await programs.heard(*command, *map(str, files))
    if status not in _STATUSES or not written:
        raise ValueError(last or "the check has ended without a word")
    found: Findings = json.loads(written)
    return found
