"""What a check may find, and the checks by the items that they hold."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["passed", "failed", "not applicable"]
#: So many of what is wrong are named.
NAMED = 3


class FailedError(Exception):
    """The item does not hold; says why."""


class NotApplicableError(Exception):
    """It cannot be asked here; says why, and what proves it instead."""


@dataclass(frozen=True)
class Verdict:
    item: str
    outcome: Outcome
    reason: str
    seconds: float = 0.0


def need(holds: object, reason: str) -> None:
    """Fail unless it *holds*."""
    if not holds:
        raise FailedError(reason)


def none_of(wrong: Iterable[Any], what: str) -> None:
    """Fail if anything is *wrong*, and name the first of it."""
    found = list(wrong)
    if found:
        first = "; ".join(" ".join(str(one).split())[:160] for one in found[:NAMED])
        raise FailedError(f"{len(found)} {what}: {first}")


def some(things: Iterable[Any], what: str) -> list[Any]:
    """Give the *things*, or fail if there is none: a check on nothing checks nothing."""
    found = list(things)
    need(found, f"there is no {what} to check")
    return found


Check = Callable[[Any], str]
CHECKS: dict[str, Check] = {}


def check(item: str) -> Callable[[Check], Check]:
    """Say which *item* a function checks; it gives what it has seen, or raises."""

    def register(function: Check) -> Check:
        if item in CHECKS:
            raise AssertionError(f"{item} is checked twice")
        CHECKS[item] = functools.wraps(function)(function)
        return function

    return register
