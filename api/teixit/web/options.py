"""How the service is run, beside what it serves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from teixit.web.cache import BOUND
from teixit.workers import Source


@dataclass(frozen=True)
class Options:
    """How the service is run.

    Args:
        behind: Addresses or networks of our own proxies, whose X-Forwarded-For is believed.
        quiet: Whether nothing is told of requests on standard error.
        address: Where the world reaches the service, without a slash at the end; by default
            where it listens. It is never taken from a request, whose Host anybody can write.
        cache: As much memory as answers may be kept in, in bytes.
        releases: A folder of exported releases that stay, each in a folder called by its number.
        newest: Says what source ought to be served by now; asked every second, in a thread.
    """

    behind: tuple[str, ...] = ()
    quiet: bool = False
    address: str | None = None
    cache: int = BOUND
    releases: Path | None = None
    newest: Callable[[], Source] | None = None
