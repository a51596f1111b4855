"""An hour of public life: fifty requests a second, of which one in twenty is an attack.

    SOAK_SECONDS=3600 SOAK_RATE=50 python tests/attacks/soak.py

It starts a server of its own over the graph of the attacks, prints a line each minute and a table
at the end, and fails unless 99.99 % of the answers to the innocent are right, memory has grown by
less than a tenth since the first minute (in less than ten minutes: has not doubled), the
descriptors are as many as they were, no process is left when the server is killed, and nothing
but 503 was answered above 499.
"""

import itertools
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[1]))

from attacks import corpus, data, wire
from attacks.target import HOME, MEGABYTE, Target, innocent, serving

SECONDS = float(os.environ.get("SOAK_SECONDS", "3600"))
RATE = float(os.environ.get("SOAK_RATE", "50"))
HOSTILE = 0.05
#: Threads that ask: enough for the rate, though each attack lasts as long as it is let.
ASKING, ATTACKING = 8, 24
WARM = min(60.0, SECONDS / 4)
#: So much may memory grow; in a few minutes caches fill, and single attacks weigh more than a leak.
GROWTH = 0.1 if SECONDS >= 600 else 1.0


class Soak:
    """The whole of it."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.waits: list[float] = []
        self.failures: list[str] = []
        self._told = 0
        self.attacks: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.began = time.monotonic()
        self.stop = threading.Event()

    def ask(self, number: int) -> None:
        """Be innocent, at a steady pace: two in three questions are repeated ones."""
        pace = ASKING / (RATE * (1 - HOSTILE))
        due = time.monotonic() + pace * number / ASKING
        for turn in itertools.count(number * 1_000_003):
            if self.stop.wait(max(0.0, due - time.monotonic())):
                return
            due += pace
            source = f"127.0.1.{turn % 200 + 1}"
            wait, failure = innocent(self.target.endpoint, turn, source, fresh=turn % 3 == 0)
            self.waits.append(wait)
            if failure:
                self.failures.append(failure)

    def attack(self, number: int, attacks: list[corpus.Attack]) -> None:
        """Be hostile, from one of a few addresses."""
        draw = random.Random(number)  # noqa: S311 - the same every time
        pace = ATTACKING / (RATE * HOSTILE)
        due = time.monotonic() + pace * number / ATTACKING
        while not self.stop.wait(max(0.0, due - time.monotonic())):
            due = max(due + pace, time.monotonic() - pace)
            attack = draw.choice(attacks)
            query, parameters = attack.aimed_at("http://127.0.0.1:9/sparql")
            answer = wire.ask(
                self.target.endpoint,
                f"{query}\n# {number} {draw.random()}",
                accept=attack.accept,
                parameters=parameters,
                source=f"127.0.2.{number % 8 + 1}",
            )
            self.attacks[answer.what] += 1
            try:
                wire.require_whole(answer)
                assert answer.status == 503 or answer.status < 500, answer.what
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                self.wrong.append(f"{attack.name}: {error!r}")

    def run(self) -> bool:
        """Ask and attack until the time is over; print the figures and judge them."""
        attacks = corpus.attacks()
        threads = [threading.Thread(target=self.ask, args=(n,)) for n in range(ASKING)]
        threads += [
            threading.Thread(target=self.attack, args=(n, attacks)) for n in range(ATTACKING)
        ]
        for thread in threads:
            thread.start()
        time.sleep(WARM)
        memory, descriptors = [self.memory()], [self.descriptors()]
        while time.monotonic() - self.began < SECONDS and self.target.alive:
            time.sleep(min(60.0, SECONDS / 10))
            memory.append(self.memory())
            descriptors.append(self.descriptors())
            self.tell(memory[-1], descriptors[-1])
        self.stop.set()
        for thread in threads:
            thread.join()
        alive = self.target.alive
        return self.judge(memory, descriptors, alive=alive, gone=self.target.is_gone())

    def memory(self) -> float:
        """What it takes in MB: the least of some moments, since attacks come and go."""
        found = []
        for _ in range(30):
            found.append(self.target.resident() / MEGABYTE)
            time.sleep(0.1)
        return min(found)

    def descriptors(self) -> int:
        """As many as there are at quiet moments."""
        found = []
        for _ in range(20):
            found.append(self.target.descriptors())
            time.sleep(0.02)
        return min(found)

    def tell(self, memory: float, descriptors: int) -> None:
        """Print a line, and what has failed since the last."""
        seconds = time.monotonic() - self.began
        sys.stdout.write(
            f"{seconds:6.0f} s  {len(self.waits):7d} answers, {len(self.failures)} failed;"
            f" {sum(self.attacks.values()):5d} attacks; {memory:4.0f} MB,"
            f" {descriptors} descriptors\n"
        )
        for what, times in Counter(self.failures[self._told :]).most_common(5):
            sys.stdout.write(f"          {times} failed: {what[:160]}\n")
        self._told = len(self.failures)
        sys.stdout.flush()

    def judge(
        self, memory: list[float], descriptors: list[int], *, alive: bool, gone: bool
    ) -> bool:
        """Print the table; say whether all of it is as promised."""
        right = 1 - len(self.failures) / max(1, len(self.waits))
        # The halves are compared by their medians, so that no one moment decides.
        half = max(1, len(memory) // 2)
        growth = median(memory[-half:]) / median(memory[:half]) - 1
        more = descriptors[-1] - descriptors[0]
        rate = len(self.waits) / (time.monotonic() - self.began)
        cuts = quantiles(self.waits, n=1000) if len(self.waits) > 1 else [0.0] * 999
        rows = [
            ("innocent answers a second", f"{rate:.1f}", rate >= RATE * (1 - HOSTILE) * 0.8),
            ("right answers", f"{right:.4%} of {len(self.waits)}", right >= 0.9999),
            ("p50, p99, p99.9, max in ms", _milliseconds(cuts, self.waits), True),
            ("attacks", _counted(self.attacks), bool(self.attacks)),
            ("broken answers and others above 499", str(len(self.wrong)), not self.wrong),
            (
                "memory in MB",
                f"{memory[0]:.0f} to {memory[-1]:.0f}, {growth:+.1%}",
                growth < GROWTH,
            ),
            ("descriptors", f"{descriptors[0]} to {descriptors[-1]}", abs(more) <= 16),
            ("the server lived", str(alive), alive),
            ("no process outlives it", str(gone), gone),
        ]
        for name, found, holds in rows:
            sys.stdout.write(f"{'ok  ' if holds else 'FAIL'}  {name:36} {found}\n")
        for line in [*Counter(self.failures).items(), *self.wrong[:20]]:
            sys.stdout.write(f"      {line}\n")
        return all(holds for _, _, holds in rows)


def _milliseconds(cuts: list[float], waits: list[float]) -> str:
    found = (cuts[499], cuts[989], cuts[998], max(waits, default=0.0))
    return ", ".join(f"{seconds * 1000:.1f}" for seconds in found)


def _counted(attacks: Counter[str]) -> str:
    return ", ".join(f"{what}: {count}" for what, count in attacks.most_common())


def main() -> None:
    """Soak, and end with 1 where a promise is broken."""
    with tempfile.NamedTemporaryFile("w", suffix=".nt", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in data.lines())
        file.flush()
        with serving(Path(file.name), limit=10 if SECONDS > 300 else 3) as target:
            innocent(target.endpoint, 0, HOME, fresh=True)
            held = Soak(target).run()
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
