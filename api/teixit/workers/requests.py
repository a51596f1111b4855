"""Jobs on their way: what the pool knows of each while a worker has it."""

import asyncio
from dataclasses import dataclass
from typing import Final

from teixit.workers.jobs import Outcome
from teixit.workers.lanes import SLICE
from teixit.workers.pipes import Worker
from teixit.workers.queues import Ticket

#: After so many seconds even a job that has not worked loses its quick worker. A machine that
#: stands still for a second makes no long job of a short one.
_STUCK: Final = 2.0


@dataclass(eq=False, slots=True, kw_only=True)
class Request(Ticket):
    """A job on its way."""

    frame: bytes
    answer: asyncio.Future[Outcome]
    worker: Worker | None = None
    #: How much the worker had worked before.
    effort: float = 0.0
    #: How much memory the worker had when it was first looked at; 0 before.
    resident: int = 0
    tried: bool = False


def is_answered(request: Request) -> bool:
    """Look whether the answer is there and was not read yet, since the loop was busy."""
    worker = request.worker
    assert worker  # noqa: S101 - it runs
    worker.hear()
    return request.worker is not worker


def has_hardly_begun(request: Request, now: float) -> bool:
    """Say whether a job had no time to work for a slice, since the processors do other things."""
    assert request.worker  # noqa: S101 - it runs
    is_new = now - (request.started or now) < _STUCK
    return is_new and request.worker.effort - request.effort < SLICE


def grown(request: Request) -> int:
    """Say by how many bytes the worker of a job has grown since it was first looked at."""
    assert request.worker  # noqa: S101 - it runs
    found = request.worker.resident
    request.resident = request.resident or found
    return found - request.resident


def slow(request: Request) -> None:
    """Have the worker of a job yield to all others, if it does not yet."""
    assert request.worker  # noqa: S101 - it runs
    if not request.worker.slow:
        request.worker.crew.slow(request.worker)
