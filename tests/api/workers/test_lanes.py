from dataclasses import replace
from itertools import count

import pytest

from teixit.workers.lanes import DEBT, SLICE, TURN, Lanes
from teixit.workers.limits import Limits
from teixit.workers.queues import Lane, Ticket

LIMITS = Limits(seconds=10, waiting=6, per_client=2, quick_per_client=3, quick=3, long=3)


NEW = count(10_000)


def arrived(lanes: Lanes[Ticket], client: str, key: int | None = None, at: float = 0) -> Ticket:
    ticket = Ticket(next(NEW) if key is None else key, client, at)
    lanes.arrive(ticket)
    return ticket


def started(lanes: Lanes[Ticket], at: float = 0) -> list[Ticket]:
    return list(iter(lambda: lanes.start(at), None))


def clients(tickets: list[Ticket]) -> str:
    return "".join(ticket.client for ticket in tickets)


def proven(limits: Limits = LIMITS, clients: str = "abcdexyz") -> Lanes[Ticket]:
    """Lanes that have answered a question of each of these clients."""
    lanes = Lanes[Ticket](limits)
    for client in clients:
        ticket = arrived(lanes, client)
        assert started(lanes) == [ticket]
        lanes.done(ticket, 0)
    return lanes


def in_debt(lanes: Lanes[Ticket], client: str, at: float = 0) -> Ticket:
    """Let a job of *client* go on in the long lane."""
    ticket = arrived(lanes, client, at=at)
    assert ticket in started(lanes, at)
    lanes.demote(ticket, at)
    return ticket


def test_nothing_starts_where_nothing_waits() -> None:
    assert Lanes[Ticket](LIMITS).start(0) is None


def test_a_job_starts_at_once_where_there_is_a_worker() -> None:
    lanes = Lanes[Ticket](LIMITS)
    ticket = arrived(lanes, "a")
    assert started(lanes, 1) == [ticket]
    assert (ticket.lane, ticket.started, lanes.waiting) == (Lane.QUICK, 1, 0)
    assert list(lanes) == [ticket]


def test_no_more_jobs_run_than_there_are_workers() -> None:
    lanes = proven()
    for client in "abcd":
        arrived(lanes, client)
    assert clients(started(lanes)) == "abc"
    assert lanes.waiting == 1


def test_clients_take_turns() -> None:
    lanes = proven()
    for client in "aaaabc":
        arrived(lanes, client)
    running = started(lanes)
    assert clients(running) == "abc"
    for ticket in running:
        lanes.done(ticket, 0)
    arrived(lanes, "b")
    assert clients(started(lanes)) == "aba"


def test_one_client_has_all_quick_workers_only_while_nobody_else_waits() -> None:
    lanes = proven()
    for client in "aaaa":
        arrived(lanes, client)
    first, *_ = started(lanes)
    assert len(lanes.running(Lane.QUICK)) == 3
    arrived(lanes, "b")
    lanes.done(first, 0)
    assert clients(started(lanes)) == "b"


def test_a_job_past_its_slice_is_late() -> None:
    lanes = Lanes[Ticket](LIMITS)
    ticket = arrived(lanes, "a")
    started(lanes, 5)
    assert lanes.late(5 + SLICE / 2) == []
    assert lanes.late(5 + 2 * SLICE) == [ticket]


def test_a_late_job_goes_on_in_the_long_lane() -> None:
    lanes = Lanes[Ticket](LIMITS)
    ticket = arrived(lanes, "a")
    started(lanes, 5)
    assert lanes.demote(ticket, 6)
    assert (ticket.lane, ticket.started) == (Lane.LONG, 5)
    assert lanes.running(Lane.LONG) == {ticket}
    assert lanes.running(Lane.QUICK) == set()


def test_a_late_job_waits_where_its_client_has_enough_long_ones() -> None:
    lanes = Lanes[Ticket](LIMITS)
    first, second = in_debt(lanes, "a"), in_debt(lanes, "a")
    third = in_debt(lanes, "a")
    assert lanes.running(Lane.LONG) == {first, second}
    assert (third.started, lanes.waiting) == (None, 1)
    assert started(lanes) == []
    lanes.done(first, 1)
    assert started(lanes, 1) == [third]


def test_a_late_job_waits_where_the_long_lane_is_full() -> None:
    lanes = Lanes[Ticket](LIMITS)
    running = [in_debt(lanes, client) for client in "abc"]
    waits = in_debt(lanes, "d")
    assert waits.started is None
    lanes.end(running[1])
    assert started(lanes) == [waits]


@pytest.mark.parametrize("known", ["", "a"])
def test_no_client_has_more_quick_workers_than_keep_the_processors_busy(known: str) -> None:
    lanes = proven(replace(LIMITS, quick=8, quick_per_client=2, waiting=9), known)
    for client in "aaaab":
        arrived(lanes, client)
    first, second, *rest = started(lanes)
    assert clients([first, second, *rest]) in {"aab", "aba", "baa"}
    lanes.done(next(ticket for ticket in (first, second) if ticket.client == "a"), 1)
    assert clients(started(lanes, 1)) == "a"


def test_a_client_in_debt_has_one_quick_worker_at_a_time() -> None:
    lanes = Lanes[Ticket](LIMITS)
    in_debt(lanes, "a")
    in_debt(lanes, "a")
    arrived(lanes, "a")
    arrived(lanes, "a")
    assert clients(started(lanes, 1)) == "a"


def test_a_client_in_debt_has_the_long_workers_that_nobody_else_wants() -> None:
    lanes = Lanes[Ticket](LIMITS)
    lanes.end(in_debt(lanes, "a"))
    tickets = [arrived(lanes, "a") for _ in range(4)]
    assert started(lanes, 1) == tickets[:3]
    assert [ticket.lane for ticket in tickets] == [Lane.LONG, Lane.LONG, Lane.QUICK, Lane.QUICK]


def test_what_is_proven_of_a_client_in_debt_is_quick() -> None:
    lanes = Lanes[Ticket](LIMITS)
    known = arrived(lanes, "b")
    assert started(lanes) == [known]
    lanes.done(known, 0)
    lanes.end(in_debt(lanes, "a"))
    again = arrived(lanes, "a", key=known.key)
    assert started(lanes, 1) == [again]
    assert again.lane is Lane.QUICK


def test_a_job_that_is_known_to_be_long_goes_before_one_of_a_client_in_debt() -> None:
    lanes = Lanes[Ticket](LIMITS)
    running = [in_debt(lanes, client) for client in "abc"]
    waits = in_debt(lanes, "d")
    arrived(lanes, "a")
    assert clients(started(lanes)) == "a"  # its one quick worker
    arrived(lanes, "a")
    lanes.end(running[0])
    assert started(lanes, 1) == [waits]


def test_a_debt_ends() -> None:
    lanes = Lanes[Ticket](LIMITS)
    in_debt(lanes, "a")
    arrived(lanes, "a")
    arrived(lanes, "a")
    assert clients(started(lanes, DEBT)) == "aa"


def test_clients_in_debt_wait_until_the_others_have_theirs() -> None:
    lanes = Lanes[Ticket](LIMITS)
    in_debt(lanes, "a")
    in_debt(lanes, "a")
    for client in "abc":
        arrived(lanes, client)
    assert clients(started(lanes)) == "bc"


def test_clients_in_debt_never_have_the_last_quick_worker() -> None:
    lanes = proven(clients="de")
    for client in "abc":
        in_debt(lanes, client)
    for client in "abcd":
        arrived(lanes, client)
    first, *rest = started(lanes)
    assert clients([first, *rest]) == "dab"
    lanes.done(first, 0)
    assert started(lanes) == []
    arrived(lanes, "e")
    assert clients(started(lanes)) == "e"


def test_clients_that_are_new_never_have_the_last_quick_worker() -> None:
    lanes = proven(clients="e")
    for client in "abc":
        arrived(lanes, client)
    assert clients(started(lanes)) == "ab"
    arrived(lanes, "e")
    assert clients(started(lanes)) == "e"


def test_a_job_that_was_quick_before_is_proven_whoever_asks() -> None:
    lanes = Lanes[Ticket](LIMITS)
    before = arrived(lanes, "a", key=7)
    started(lanes)
    lanes.done(before, 0)
    in_debt(lanes, "b")
    for client in "cd":
        arrived(lanes, client)
    arrived(lanes, "b", key=7)
    assert clients(started(lanes)) == "bcd"


def test_proven_jobs_go_first_though_not_always() -> None:
    lanes = proven(Limits(quick=2, long=2), clients="abcdef")
    running = arrived(lanes, "x")
    started(lanes)
    lanes.done(running, 0)
    arrived(lanes, "new")
    for client in "abcdef":
        arrived(lanes, client)
    order = []
    while ticket := lanes.start(0):
        order.append(ticket.client)
        lanes.done(ticket, 0)
    assert order == ["a", "b", "c", "new", "d", "e", "f"]


def test_a_client_that_is_demoted_is_proven_no_longer() -> None:
    lanes = proven(clients="ae")
    in_debt(lanes, "a")
    arrived(lanes, "b")
    arrived(lanes, "a")
    assert clients(started(lanes, DEBT)) == "ba"
    arrived(lanes, "a")
    arrived(lanes, "e")
    assert clients(started(lanes, DEBT)) == "e"


def test_a_client_with_most_workers_comes_after_those_that_may_begin() -> None:
    lanes = proven(clients="a")
    for client in "aaa":
        arrived(lanes, client)
    first, *_ = started(lanes)
    arrived(lanes, "a")
    arrived(lanes, "new")
    lanes.done(first, 0)
    assert clients(started(lanes)) == "new"


def test_what_is_known_to_be_heavy_goes_to_the_long_lane() -> None:
    lanes = Lanes[Ticket](LIMITS)
    ticket = arrived(lanes, "a", key=7)
    started(lanes)
    lanes.demote(ticket, SLICE)
    again = arrived(lanes, "b", key=7)
    assert again.lane is Lane.LONG
    assert started(lanes, 1) == [again]


def test_what_is_heavy_no_longer_is_forgotten() -> None:
    lanes = Lanes[Ticket](LIMITS)
    heavy = arrived(lanes, "a", key=7)
    started(lanes)
    lanes.demote(heavy, SLICE)
    lanes.done(heavy, 1)
    again = arrived(lanes, "b", key=7)
    started(lanes, 2)
    lanes.done(again, 2 + SLICE / 2)
    assert arrived(lanes, "c", key=7).lane is Lane.QUICK


def test_what_stays_heavy_is_remembered() -> None:
    lanes = Lanes[Ticket](LIMITS)
    heavy = arrived(lanes, "a", key=7)
    started(lanes)
    lanes.demote(heavy, SLICE)
    lanes.done(heavy, 2)
    assert arrived(lanes, "b", key=7).lane is Lane.LONG


def test_what_is_remembered_is_bounded() -> None:
    lanes = Lanes[Ticket](LIMITS)
    for key in range(1, 5000):
        ticket = arrived(lanes, str(key), key=key)
        started(lanes)
        lanes.demote(ticket, SLICE)
        lanes.end(ticket)
    assert arrived(lanes, "a", key=1).lane is Lane.QUICK
    assert arrived(lanes, "a", key=4999).lane is Lane.LONG


def test_a_client_without_long_workers_comes_first() -> None:
    lanes = Lanes[Ticket](LIMITS)
    running = [in_debt(lanes, client) for client in "abc"]
    for client in "ad":
        assert in_debt(lanes, client).started is None
    lanes.end(running[1])
    assert clients(started(lanes)) == "d"


def test_a_client_with_two_long_workers_gives_one_back() -> None:
    lanes = Lanes[Ticket](Limits(quick=3, long=2))
    in_debt(lanes, "a", at=0)
    last = in_debt(lanes, "a", at=0.5)
    waits = in_debt(lanes, "b", at=0.6)
    assert lanes.give_way(0.5 + TURN / 2) is None
    assert lanes.give_way(0.5 + TURN) is last
    assert last.started is None
    assert started(lanes, 2) == [waits]
    assert lanes.give_way(3) is None


def test_nobody_gives_way_where_all_that_wait_have_a_long_worker() -> None:
    lanes = Lanes[Ticket](Limits(quick=3, long=2))
    for _ in range(3):
        in_debt(lanes, "a")
    assert lanes.give_way(5) is None


def test_nobody_gives_way_who_has_one_long_worker() -> None:
    lanes = Lanes[Ticket](Limits(quick=3, long=2))
    for client in "abc":
        in_debt(lanes, client)
    assert lanes.give_way(5) is None


def test_where_too_many_wait_the_last_of_the_client_with_most_goes() -> None:
    lanes = proven()
    for client in "xyz":
        arrived(lanes, client)
    started(lanes)
    many = [arrived(lanes, "a") for _ in range(5)]
    one = arrived(lanes, "b")
    assert lanes.surplus() is None
    another = arrived(lanes, "c")
    assert lanes.surplus() is many[-1]
    assert lanes.surplus() is None
    assert {one, another} <= set(lanes)


def test_what_has_waited_for_half_of_its_time_is_given_up() -> None:
    lanes = proven()
    for client in "xyz":
        arrived(lanes, client)
    started(lanes)
    ticket = arrived(lanes, "a", at=1)
    assert lanes.expired(5.9) == []
    assert lanes.expired(6) == [ticket]
    assert lanes.waiting == 0


def test_a_job_whose_worker_is_lost_comes_first() -> None:
    lanes = proven()
    for client in "abcd":
        arrived(lanes, client)
    _, second, _ = started(lanes)
    lanes.again(second)
    assert second.started is None
    assert started(lanes) == [second]
