import io
import json
import logging
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from teixit.web.log import Line, Log, Messages

LINE = Line(1_800_000_000.25, "GET", "/sparql", 200, 0.0123, 42, "0123456789ab", "reply", None)


def refuse(text: str) -> None:
    raise ValueError(text)


def test_a_line_is_json() -> None:
    assert json.loads(LINE.as_json()) == {
        "time": "2027-01-15T08:00:00.250Z",
        "method": "GET",
        "path": "/sparql",
        "status": 200,
        "duration_ms": 12.3,
        "bytes": 42,
        "query": "0123456789ab",
        "cache": "reply",
    }


def test_nobody_writes_a_line_of_their_own() -> None:
    line = LINE._replace(method='G"\n', path='/"},\n{"x": "é\x00')
    assert json.loads(line.as_json())["path"] == '/"},\n{"x": "é\x00'
    assert "\n" not in line.as_json()
    assert len(json.loads(LINE._replace(path="x" * 9999).as_json())["path"]) == 200


def test_what_waits_at_the_end_is_written() -> None:
    stream = io.BytesIO()
    log = Log(stream)
    log.note(LINE)
    log.event("data", version="x")
    log.close()
    assert [json.loads(line).get("event") for line in stream.getvalue().splitlines()] == [
        None,
        "data",
    ]


def test_a_fault_is_told_by_its_kind_and_place_alone(capsys: pytest.CaptureFixture[str]) -> None:
    log = Log()
    log.note(LINE)
    with pytest.raises(ValueError, match="secret") as raised:
        refuse("SELECT secret")
    log.fault(raised.value)
    log.fault(KeyError("never raised"))
    log.close()
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["event"], first["kind"]) == ("fault", "ValueError")
    assert Path(first["place"].rpartition(":")[0]).name == "test_log.py"
    assert (second["kind"], second["place"]) == ("KeyError", None)
    assert "secret" not in str(first)


def test_no_request_waits_for_who_does_not_read() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb"), os.fdopen(writing, "wb") as stream:
        log = Log(stream)
        started = time.monotonic()
        for _ in range(100_000):  # much more than a pipe holds
            log.note(LINE)
        log.close()
        assert time.monotonic() - started < 10
        os.set_blocking(reading, False)
        while any(thread.name == "log" for thread in threading.enumerate()):
            with suppress(BlockingIOError):  # what writes has not had its turn yet
                os.read(reading, 1 << 20)
            time.sleep(0.01)


def test_a_log_that_cannot_be_written_is_given_up() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as stream:
        log = Log(stream)
        log.note(LINE)
        log.close()
        assert not [thread for thread in threading.enumerate() if thread.name == "log"]


def test_what_libraries_say_stands_in_the_log_too() -> None:
    stream = io.BytesIO()
    log = Log(stream)
    with Messages(log):
        logging.getLogger("library").warning("beware of %s", "dogs")
        try:
            int("secret")
        except ValueError:
            logging.getLogger("library").exception("it failed")
    logging.getLogger("library").warning("nobody hears this")
    log.close()
    message, fault = map(json.loads, stream.getvalue().splitlines())
    assert (message["of"], message["text"]) == ("library", "beware of dogs")
    assert (fault["event"], fault["kind"]) == ("fault", "ValueError")
    assert "secret" not in str(fault)
