"""What one job may use, how many run, and what is said when a limit is passed."""

import os
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from teixit.errors import LimitError

MEBIBYTE: Final = 1 << 20


#: So many short jobs may run at once, even where there are few processors: the kernel shares
#: these out among the jobs, and nobody waits for the slices of others.
_QUICK: Final = 16


def _processors() -> int:
    return max(2, len(os.sched_getaffinity(0)))


def _quick() -> int:
    return max(_QUICK, 4 * len(os.sched_getaffinity(0)))


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a pool.

    Args:
        seconds: From the arrival of a job to its answer, waiting included.
        memory: Address space of a worker above that of the loaded graph, in bytes.
        answer: Length of an answer before compression, in bytes.
        waiting: How many jobs may wait in all.
        per_client: How many long jobs of one client run at a time.
        quick_per_client: How many short jobs of one client run at a time: enough to keep all
            processors busy, and few enough that the graph stays in their caches, of which each
            worker has pages of its own.
        quick: Workers for jobs that are new or known to be short; two at least.
        long: Workers for jobs that have taken longer than a slice.
        services: IRIs of the services that queries may call (SPARQL 1.1 Federated Query).
    """

    seconds: float = 10.0
    memory: int = 512 * MEBIBYTE
    answer: int = 256 * MEBIBYTE
    waiting: int = 64
    per_client: int = 2
    quick_per_client: int = field(default_factory=lambda: _processors() + 1)
    quick: int = field(default_factory=_quick)
    long: int = field(default_factory=_processors)
    services: tuple[str, ...] = ()

    def written(self) -> dict[str, object]:
        """Give the limits as JSON can hold them."""
        return asdict(self)

    @classmethod
    def read(cls, written: dict[str, Any]) -> Self:
        """Read what :meth:`written` gave."""
        return cls(**{**written, "services": tuple(written["services"])})

    def passed(self, reason: str, *, own: bool = False) -> LimitError:
        """Say that a job has passed the limit *reason*, as :class:`LimitError` names them.

        Args:
            reason: Which one.
            own: Whether the client has other jobs, which took the place of this one.
        """
        said = {
            "time": f"no answer within {self.seconds:g} s; ask for less, or for a part",
            "memory": f"the answer takes more than {self.memory / MEBIBYTE:g} MB of memory to find;"
            " ask for less, or for a part",
            "busy": "too much is being asked at the moment; try again later",
            "fault": "the engine failed on this; ask in other words",
        }
        return LimitError(said[reason], reason, max(1, round(self.seconds / 2)), own=own)
