"""Queries in processes that may die: no reader can hurt another, or the service.

* ``limits``: what a job may use; ``jobs``: what is asked and what comes back, and how both
  cross a pipe; ``sources``: where the graph comes from
* ``forkserver``: the process that holds the graph and forks; ``worker``: the loop of a worker;
  ``spool``: an answer with a bound
* ``queues``, ``lanes``: who runs when, without any clock or pipe
* ``pipes``: a worker as the web process sees it; ``crew``: a fork server and its workers;
  ``crews``: the one that serves, and those before and after it; ``pool``: all of it
"""

from typing import TYPE_CHECKING

from teixit.workers.jobs import Job, Outcome
from teixit.workers.limits import Limits
from teixit.workers.sources import Source

if TYPE_CHECKING:
    from teixit.workers.pool import Pool

__all__ = ["Job", "Limits", "Outcome", "Pool", "Source"]


def __getattr__(name: str) -> object:
    """Import the pool when it is asked for: the fork server has no use for asyncio."""
    if name == "Pool":
        from teixit.workers.pool import Pool  # noqa: PLC0415

        return Pool
    raise AttributeError(f"module {__name__} has no {name}")
