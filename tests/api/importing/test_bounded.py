"""What runs in a bounded process is the standard library here: it can take all, and never end."""

import math
import os
import socket
import time
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest

from teixit.errors import FileRefusedError, SourceError
from teixit.importing import bounded
from teixit.importing.pages.line_of_work import outline
from teixit.languages import LANGUAGES

MEBIBYTE = 1 << 20


def test_it_gives_what_the_function_returns() -> None:
    assert bounded.run(math.gcd, 12, 18) == 6
    assert bounded.run(os.path.basename, Path("a/b.txt")) == "b.txt"


def test_it_gives_what_a_generator_yields() -> None:
    things = bounded.stream(repeat, "row", 3)
    assert isinstance(things, Iterator)
    assert list(things) == ["row"] * 3


def refusal(function: object, *arguments: object, **limits: int) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as told:
        bounded.run(function, *arguments, **limits)  # type: ignore[arg-type]
    assert set(told.value.texts) == set(LANGUAGES)
    assert len(set(told.value.texts.values())) == len(LANGUAGES)
    assert str(told.value) == told.value.texts["en"]
    assert "\n" not in str(told.value)
    return told.value


def test_memory_is_bounded() -> None:
    error = refusal(bytes, 1 << 30)
    assert error.reason == "memory"
    assert "512 MB" in str(error)
    assert refusal(bytes, 320 * MEBIBYTE, memory=256 * MEBIBYTE).reason == "memory"


def test_a_library_that_gives_up_has_had_too_little_memory() -> None:
    assert refusal(os.abort).reason == "memory"


def test_the_clock_is_the_processor_s() -> None:
    error = refusal(math.factorial, 10**8, seconds=1)
    assert error.reason == "time"
    assert "1 s" in str(error)


def test_who_waits_is_not_waited_for_for_ever() -> None:
    begun = time.monotonic()
    assert refusal(time.sleep, 60, seconds=1).reason == "time"
    assert time.monotonic() - begun < 20


def test_an_answer_is_bounded() -> None:
    with pytest.raises(FileRefusedError) as told:
        for _ in bounded.stream(repeat, "x" * MEBIBYTE):
            pass
    assert told.value.reason == "answer"


def test_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        error = refusal(socket.create_connection, listener.getsockname())
    assert error.reason == "fault"
    assert "PermissionError" in str(error)


def test_what_ends_without_a_word_has_failed() -> None:
    assert refusal(os._exit, 3).reason == "fault"


def test_errors_of_ours_come_back_as_they_are() -> None:
    with pytest.raises(SourceError, match=r"page, line 1: .*; expected a title") as told:
        bounded.run(outline.parse, "")
    assert (told.value.page, told.value.line) == ("page", 1)


def test_the_process_ends_with_who_reads() -> None:
    things = bounded.stream(repeat, "row")
    assert next(things) == "row"
    things.close()  # type: ignore[attr-defined]
    with pytest.raises(StopIteration):
        next(things)


def test_a_child_is_not_heavy() -> None:
    """It is begun for each file."""
    begun = time.monotonic()
    assert bounded.run(abs, -1) == 1
    assert time.monotonic() - begun < 5
