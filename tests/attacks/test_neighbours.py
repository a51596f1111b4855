"""Many attackers at once, and neighbours whose questions are both old and new."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from attacks import corpus, wire
from attacks.target import MEGABYTE, Neighbour, Scale, Target, serving

#: From where attackers ask, when they are several.
ADDRESSES = [f"127.0.0.{n}" for n in range(101, 109)]
BY_NAME = {attack.name: attack for attack in corpus.attacks()}
ENDLESS = ("joins-values-product", "paths-walks", "joins-hub-cubed", "strings-hash-large")
GREEDY = ("joins-group-by-pair", "strings-distinct-large", "strings-group-concat-large")


@pytest.fixture(scope="module")
def seconds(scale: Scale) -> float:
    """How long each siege lasts."""
    return 30 if scale.full else 4


@contextmanager
def besieged(ask: Callable[[int], object], attackers: int) -> Iterator[None]:
    """Have *attackers* ask, each one thing after the other, as long as the block lasts."""
    stop = threading.Event()

    def go_on(number: int) -> None:
        while not stop.is_set():
            ask(number)

    threads = [threading.Thread(target=go_on, args=(n,), daemon=True) for n in range(attackers)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def require_unhurt(
    neighbour: Neighbour, scale: Scale, p99: float = 0.1, longest: float = 0.5
) -> None:
    """Fail where the neighbour was hurt; where everything is fired, at the promised figures."""
    sys.stdout.write(f"{neighbour.told()}\n")
    assert len(neighbour.waits) > 10
    assert neighbour.failures == []
    assert neighbour.percentile(0.99) <= (p99 if scale.full else 1)
    assert max(neighbour.waits) <= (longest if scale.full else 3)


def siege(
    target: Target, ask: Callable[[int], object], attackers: int, seconds: float
) -> Neighbour:
    with besieged(ask, attackers), Neighbour(target.endpoint) as neighbour:
        time.sleep(seconds)
    return neighbour


def test_one_client_with_twenty_endless_queries(
    target: Target, seconds: float, scale: Scale
) -> None:
    query, _ = BY_NAME["joins-values-product"].aimed_at("http://127.0.0.1:9/")

    def ask(number: int) -> None:
        answer = wire.ask(target.endpoint, f"{query} # {number} {time.time()}", source=ADDRESSES[0])
        assert answer.status in {429, 503}
        assert answer.seconds <= target.limit + 3

    require_unhurt(siege(target, ask, 20, seconds), scale)


def test_the_neighbour_shares_the_address_of_an_attacker(
    target: Target, seconds: float, scale: Scale
) -> None:
    """Behind one address there may be a whole school."""
    query, _ = BY_NAME["paths-walks"].aimed_at("http://127.0.0.1:9/")

    def ask(number: int) -> None:
        wire.ask(target.endpoint, f"{query} # {number} {time.time()}", source=ADDRESSES[0])

    with besieged(ask, 3), Neighbour(target.endpoint, source=ADDRESSES[0]) as neighbour:
        time.sleep(seconds)
    require_unhurt(neighbour, scale, p99=1, longest=2)


@pytest.mark.parametrize("names", [ENDLESS, GREEDY], ids=["endless", "greedy"])
def test_eight_attackers_from_eight_addresses(
    names: tuple[str, ...], target: Target, seconds: float, scale: Scale
) -> None:
    queries = [BY_NAME[name].aimed_at("http://127.0.0.1:9/")[0] for name in names]

    def ask(number: int) -> None:
        query = f"{queries[number % len(queries)]} # {number} {time.time()}"
        answer = wire.ask(target.endpoint, query, source=ADDRESSES[number])
        assert answer.status == 503, answer.body[:300]

    require_unhurt(siege(target, ask, 8, seconds), scale, p99=0.3, longest=1)


def test_each_attack_eight_times_at_once(target: Target, scale: Scale) -> None:
    """From eight addresses, and each with a text of its own, so that no answer is shared."""
    chosen = list(BY_NAME.values())[:: 1 if scale.full else 16]
    wrong: list[str] = []

    def ask(attack: corpus.Attack, source: str) -> None:
        query, parameters = attack.aimed_at("http://127.0.0.1:9/")
        answer = wire.ask(
            target.endpoint,
            f"{query}\n# {source} {time.time()}",
            accept=attack.accept,
            parameters=parameters,
            source=source,
        )
        if answer.what not in attack.expected | {"503 busy"} or answer.cut:
            wrong.append(f"{attack.name}: {answer.what} {answer.cut}")
        if answer.seconds > target.limit + 3:
            wrong.append(f"{attack.name}: after {answer.seconds:.1f} s")

    with Neighbour(target.endpoint) as neighbour, ThreadPoolExecutor(len(ADDRESSES)) as attackers:
        for attack in chosen:
            list(attackers.map(partial(ask, attack), ADDRESSES))
    assert wrong == []
    require_unhurt(neighbour, scale, p99=0.3, longest=1)


def test_sixty_connections_of_one_client_with_cheap_new_queries(
    target: Target, seconds: float, scale: Scale
) -> None:
    def ask(number: int) -> None:
        query = f'SELECT ("{number} {time.time()}" AS ?x) {{ ?s ?p "none" }}'
        answer = wire.ask(target.endpoint, query, source=ADDRESSES[1], method="GET")
        assert answer.status in {200, 429, 503}, answer.what
        if answer.status != 200:
            assert answer.reason == "busy"

    # The threads of sixty attackers share a processor with the neighbour who measures.
    require_unhurt(siege(target, ask, 60, seconds), scale, p99=0.3)


def test_queries_that_stay_just_under_the_limit(
    target: Target, seconds: float, scale: Scale
) -> None:
    """Each is within its rights, and together they could hold every worker."""
    rows = 50_000
    while rows < 30_000_000:  # what takes this machine about half of the limit
        query = trickle(rows)
        answer = wire.ask(target.endpoint, query, source=ADDRESSES[2])
        if answer.status == 503 or answer.seconds > 0.35 * target.limit:
            break
        rows *= 2

    def ask(number: int) -> None:
        text = f"{query} # {number} {time.time()}"
        wire.ask(target.endpoint, text, source=ADDRESSES[2 + number % 3])

    require_unhurt(siege(target, ask, 9, seconds), scale, p99=0.3, longest=1)


def trickle(rows: int) -> str:
    """A query whose work grows with *rows*, and that gives one row."""
    return (
        "SELECT (SUM(STRLEN(SHA512(CONCAT(STR(?x), STR(?y))))) AS ?n) { { SELECT ?x ?y"
        " { ?a <http://ex.org/v/n> ?x . ?b <http://ex.org/v/n> ?y }"
        f" LIMIT {rows} }} }}"
    )


def test_clients_that_leave_free_their_workers(target: Target, scale: Scale) -> None:
    query, _ = BY_NAME["joins-values-product"].aimed_at("http://127.0.0.1:9/")

    def ask(number: int) -> None:
        text = f"{query} # {number} {time.time()}"
        wire.ask(target.endpoint, text, source=ADDRESSES[number], timeout=0.2)

    with Neighbour(target.endpoint) as neighbour:
        with besieged(ask, 8):
            time.sleep(3)
        # All have left: what is long gets a worker at once, and its answer.
        time.sleep(0.5)
        answer = wire.ask(target.endpoint, trickle(200_000), source=ADDRESSES[0])
    assert answer.status == 200, answer.body
    require_unhurt(neighbour, scale, p99=0.3, longest=1)


def test_large_answers_that_nobody_reads(target: Target, seconds: float, scale: Scale) -> None:
    def ask(number: int) -> None:
        data = (
            b"GET /sparql?query=SELECT%20*%20%7B?s%20?p%20?o%7D%23" + b"%d" % number
            + b" HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n"
        )  # fmt: skip
        with wire.connected(target.endpoint, source=ADDRESSES[number % 8]) as connection:
            connection.sendall(data)
            time.sleep(1)  # and not a byte is read

    require_unhurt(siege(target, ask, 50, seconds), scale)


def test_the_memory_of_all_is_what_the_workers_may_have(target: Target) -> None:
    """The workers of both lanes, as the help of the command has them."""
    most = workers = 0
    queries = [BY_NAME[name].aimed_at("http://127.0.0.1:9/")[0] for name in GREEDY]

    def ask(number: int) -> None:
        text = f"{queries[number % len(queries)]} # {number} {time.time()}"
        wire.ask(target.endpoint, text, source=ADDRESSES[number])

    with besieged(ask, 8):
        for _ in range(30):
            most = max(most, target.resident())
            workers = max(workers, sum(1 for _ in target.processes()) - 2)
            time.sleep(0.1)
    sys.stdout.write(f"at most {most >> 20} MB, {workers} workers\n")
    assert most <= workers * 512 * MEGABYTE + 300 * MEGABYTE


def test_no_process_outlives_the_server(target: Target, graph: Path) -> None:
    query, _ = BY_NAME["paths-walks"].aimed_at("http://127.0.0.1:9/")
    with serving(graph, limit=60) as server:
        thread = threading.Thread(target=wire.ask, args=(server.endpoint, query))
        thread.start()
        time.sleep(1)
        assert len(server.processes()) > 2
        assert server.is_gone()
        thread.join()
    assert target.alive
