"""Who runs when: queues, fairness and debts. No clock, no pipe; the time is always given.

Every job starts in the quick lane, unless it is known to be heavy. A job that is not done
after a slice goes on in the long lane if there is room for it, and else begins again there
later; its client is then in debt for a while. In each lane the clients take turns:

* a job is proven if the same was quick before, or if another of its client was and the client
  is not in debt. The last quick worker is kept for those, and they come before the others,
  though not always;
* a client in debt has one quick worker at a time for what is not proven, and the long workers
  that nobody else wants;
* no client has all quick workers while others wait;
* a client has at most ``per_client`` long workers, and gives one of two back where another
  client waits for its first.

So whoever asks short questions goes on having them answered, whatever the others do.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from typing import Final, Generic

from teixit.workers.limits import Limits
from teixit.workers.queues import Lane, Queue, T

#: How long a job may hold a quick worker, in seconds.
SLICE: Final = 0.1
#: How long a client is in debt, in seconds.
DEBT: Final = 10.0
#: How long a client with two long workers keeps each of them while others wait, in seconds.
TURN: Final = 1.0
#: How many proven jobs go before one that is not.
_BEFORE: Final = 3
#: How many heavy jobs, debts and proven ones are remembered.
_KNOWN: Final = 4096


class Lanes(Generic[T]):
    """All jobs that wait or run.

    Args:
        limits: How many of each there may be.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._queues = {lane: Queue[T]() for lane in Lane}
        self._running: dict[Lane, set[T]] = {lane: set() for lane in Lane}
        self._workers: dict[Lane, Counter[str]] = {lane: Counter() for lane in Lane}
        self._heavy: OrderedDict[int | str, float] = OrderedDict()
        self._debts: OrderedDict[int | str, float] = OrderedDict()
        self._proven: OrderedDict[int | str, float] = OrderedDict()
        self._passed_over = 0
        #: How many jobs wait.
        self.waiting = 0

    def __iter__(self) -> Iterator[T]:
        """Give all jobs."""
        for lane in Lane:
            yield from self._queues[lane]
            yield from self._running[lane]

    def running(self, lane: Lane) -> set[T]:
        """Give the jobs that run in *lane*."""
        return self._running[lane]

    def arrive(self, ticket: T) -> None:
        """Take a new job on; it waits until :meth:`start` gives it."""
        if ticket.key in self._heavy:
            self._heavy.move_to_end(ticket.key)
            ticket.lane = Lane.LONG
        self._queues[ticket.lane].add(ticket)
        self.waiting += 1

    def start(self, now: float) -> T | None:
        """Give the next job that may run, and count it as running; None if there is none."""
        if not self.waiting:
            return None
        ways = (
            (Lane.LONG, Lane.LONG, self._next_long),
            (Lane.QUICK, Lane.LONG, self._next_in_debt),
            (Lane.QUICK, Lane.QUICK, self._next_quick),
        )
        for queue, lane, choose in ways:
            client = choose(now)
            if client is not None:
                ticket = self._queues[queue].take(client)
                ticket.lane = lane
                self.waiting -= 1
                ticket.started = now
                ticket.proven = self._is_proven(ticket, now)
                self._run(ticket)
                return ticket
        return None

    def surplus(self) -> T | None:
        """Take out the job that must go where too many wait: the last of whoever has most."""
        if self.waiting <= self._limits.waiting:
            return None
        queues = [tickets for queue in self._queues.values() for tickets in queue.clients.values()]
        ticket = max(queues, key=len)[-1]
        self.end(ticket)
        return ticket

    def expired(self, now: float) -> list[T]:
        """Take out the jobs that have waited for half of the time that they have."""
        found = [
            ticket
            for queue in self._queues.values()
            for ticket in queue
            if now - ticket.arrived >= self._limits.seconds / 2
        ]
        for ticket in found:
            self.end(ticket)
        return found

    def late(self, now: float) -> list[T]:
        """Give the quick jobs that have run for a slice."""
        return [
            ticket
            for ticket in self._running[Lane.QUICK]
            if ticket.started is not None and now - ticket.started >= SLICE
        ]

    def demote(self, ticket: T, now: float) -> bool:
        """Move a quick job to the long lane: say whether it runs on there, or waits there."""
        _remember(self._heavy, ticket.key, now)
        _remember(self._debts, ticket.client, now + DEBT)
        for known in (ticket.client, ticket.key):
            self._proven.pop(known, None)
        self.end(ticket)
        ticket.lane = Lane.LONG
        if self._has_room(ticket.client):
            self._run(ticket)
            return True
        ticket.started = None
        self._queues[Lane.LONG].add(ticket)
        self.waiting += 1
        return False

    def give_way(self, now: float) -> T | None:
        """Take a worker from a client with several long ones, if another waits for its first.

        The job that has run least is given, and waits again.
        """
        workers = self._workers[Lane.LONG]
        if all(client in workers for client in self._queues[Lane.LONG].clients):
            return None
        several = [
            (ticket.started, ticket)
            for ticket in self._running[Lane.LONG]
            if workers[ticket.client] > 1 and ticket.started is not None
        ]
        started, ticket = max(several, key=lambda pair: pair[0], default=(now, None))
        if ticket is None or now - started < TURN:
            return None
        self.again(ticket)
        return ticket

    def again(self, ticket: T) -> None:
        """Have a running job wait again, as the first of its client, for another worker."""
        self.end(ticket)
        ticket.started = None
        self._queues[ticket.lane].add_first(ticket)
        self.waiting += 1

    def done(self, ticket: T, now: float) -> None:
        """Take out a job that is answered, and learn from it."""
        if ticket.lane is Lane.QUICK:
            _remember(self._proven, ticket.client, now)
            _remember(self._proven, ticket.key, now)
        elif ticket.started is not None and now - ticket.started < SLICE:
            self._heavy.pop(ticket.key, None)
        self.end(ticket)

    def end(self, ticket: T) -> None:
        """Take a job out, wherever it is."""
        if ticket.started is None:
            self._queues[ticket.lane].remove(ticket)
            self.waiting -= 1
            return
        self._running[ticket.lane].remove(ticket)
        workers = self._workers[ticket.lane]
        workers[ticket.client] -= 1
        if not workers[ticket.client]:
            del workers[ticket.client]

    def _run(self, ticket: T) -> None:
        self._running[ticket.lane].add(ticket)
        self._workers[ticket.lane][ticket.client] += 1

    def _is_proven(self, ticket: T, now: float) -> bool:
        if ticket.key in self._proven:
            return True
        return ticket.client in self._proven and self._debts.get(ticket.client, now) <= now

    def _next_quick(self, now: float) -> str | None:
        if len(self._running[Lane.QUICK]) >= self._limits.quick:
            return None
        most, workers = max(1, self._limits.quick - 1), self._workers[Lane.QUICK]
        proven = greedy = None
        for client, tickets in self._queues[Lane.QUICK].clients.items():
            if workers[client] >= self._limits.quick_per_client:
                continue
            if self._is_proven(tickets[0], now):
                if workers[client] < most:
                    proven = client
                    break
                greedy = client if greedy is None else greedy
        other = self._next_unproven(now, most)
        if other is not None and (proven is None or self._passed_over >= _BEFORE):
            self._passed_over = 0
            return other
        self._passed_over += other is not None
        return greedy if proven is None else proven

    def _next_unproven(self, now: float, most: int) -> str | None:
        """Give the client whose turn it is of those whose job is not known to be quick."""
        workers, debtor = self._workers[Lane.QUICK], None
        if sum(not ticket.proven for ticket in self._running[Lane.QUICK]) >= most:
            return None
        for client, tickets in self._queues[Lane.QUICK].clients.items():
            has_enough = workers[client] >= self._limits.quick_per_client
            if has_enough or self._is_proven(tickets[0], now):
                continue
            if self._debts.get(client, now) <= now:
                return client
            if debtor is None and client not in workers:
                debtor = client
        return debtor

    def _next_long(self, _now: float) -> str | None:
        waiting, workers = self._queues[Lane.LONG].clients, self._workers[Lane.LONG]
        able = [client for client in waiting if self._has_room(client)]
        return min(able, key=lambda client: workers[client], default=None)

    def _next_in_debt(self, now: float) -> str | None:
        """Give a client in debt that may have a long worker, since nobody else wants it.

        Otherwise processors would rest while its jobs wait for its one quick worker, and each of
        them would begin in a worker that has not read the graph yet.
        """
        for client, tickets in self._queues[Lane.QUICK].clients.items():
            is_in_debt = self._debts.get(client, now) > now
            if is_in_debt and not self._is_proven(tickets[0], now) and self._has_room(client):
                return client
        return None

    def _has_room(self, client: str) -> bool:
        """Say whether a job of *client* may begin to run in the long lane."""
        return (
            len(self._running[Lane.LONG]) < self._limits.long
            and self._workers[Lane.LONG][client] < self._limits.per_client
        )


def _remember(known: OrderedDict[int | str, float], what: int | str, value: float) -> None:
    """Keep *value* for *what*, and forget what was kept longest ago if there is too much."""
    known[what] = value
    known.move_to_end(what)
    if len(known) > _KNOWN:
        known.popitem(last=False)
