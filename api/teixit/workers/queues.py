"""Jobs that wait, in turns by client."""

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar


class Lane(StrEnum):
    """Where a job waits or runs."""

    QUICK = "quick"
    LONG = "long"


@dataclass(eq=False, slots=True)
class Ticket:
    """The place of one job.

    Args:
        key: The same for jobs that take equally long.
        client: Whose job it is.
        arrived: When it came, in seconds.
        lane: Where it waits or runs.
        started: When it began to run, in seconds; None while it waits.
        proven: Whether it was expected to be quick when it began.
    """

    key: int
    client: str
    arrived: float
    lane: Lane = Lane.QUICK
    started: float | None = None
    proven: bool = False


T = TypeVar("T", bound=Ticket)


class Queue(Generic[T]):
    """Tickets that wait; the client whose turn it is comes first."""

    def __init__(self) -> None:
        self.clients: OrderedDict[str, deque[T]] = OrderedDict()

    def __iter__(self) -> Iterator[T]:
        for tickets in self.clients.values():
            yield from tickets

    def add(self, ticket: T) -> None:
        """Have *ticket* wait as the last of its client."""
        self.clients.setdefault(ticket.client, deque()).append(ticket)

    def add_first(self, ticket: T) -> None:
        """Have *ticket* wait as the first of all."""
        self.clients.setdefault(ticket.client, deque()).appendleft(ticket)
        self.clients.move_to_end(ticket.client, last=False)

    def take(self, client: str) -> T:
        """Take out the first of *client*, whose next turn comes last."""
        ticket = self.clients[client][0]
        self.clients.move_to_end(client)
        self.remove(ticket)
        return ticket

    def remove(self, ticket: T) -> None:
        """Take out *ticket*."""
        self.clients[ticket.client].remove(ticket)
        if not self.clients[ticket.client]:
            del self.clients[ticket.client]
