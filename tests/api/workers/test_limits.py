import json

import pytest

from teixit.workers import Limits


def test_limits_are_read_as_they_were_written() -> None:
    limits = Limits(seconds=1.5, services=("https://example.org/sparql",))
    assert Limits.read(json.loads(json.dumps(limits.written()))) == limits


def test_there_are_two_workers_of_each_kind_at_least() -> None:
    assert Limits().quick >= 16
    assert Limits().long >= 2


@pytest.mark.parametrize("reason", ["time", "memory", "busy", "fault"])
def test_each_limit_has_a_reason_of_its_own(reason: str) -> None:
    error = Limits(seconds=3).passed(reason)
    assert error.reason == reason
    assert error.retry_after >= 1
    others = {str(Limits(seconds=3).passed(other)) for other in ("time", "memory", "busy", "fault")}
    assert len(others) == 4


def test_the_limit_is_named() -> None:
    assert "3.5 s" in str(Limits(seconds=3.5).passed("time"))
    assert "64 MB" in str(Limits(memory=64 << 20).passed("memory"))
