import json
import struct
from http import HTTPStatus

import pytest

from teixit import errors
from teixit.errors import LimitError, NotFoundError, QueryError, RequestError
from teixit.workers.jobs import (
    Frames,
    Job,
    Outcome,
    frame,
    read_job,
    read_reply,
    write_answer,
    write_error,
    write_job,
)

JOBS = [
    Job(),
    Job("query", "ASK {}", (None, "application/json", None)),
    Job("query", 'ASK { "ü" }', default_graphs=("x:a",), named_graphs=("x:b", "x:c"), gzip=True),
    Job("query", "", default_graphs=(), values=(("a", "<x:a>"), ("b", '"b"@ca')), table_rows=10),
    Job("graph", "x:a", base="https://example.org/graphs"),
    Job("description"),
]
OUTCOME = Outcome("text/csv", "gzip", b"body", None, 4, True, 7, "v")  # noqa: FBT003


@pytest.mark.parametrize("job", JOBS, ids=range(len(JOBS)))
def test_a_job_is_read_as_it_was_written(job: Job) -> None:
    found = Frames().feed(write_job(job, 12.5))
    assert found is not None
    assert read_job(found[0]) == (job, 12.5)


def test_a_frame_can_come_in_any_pieces() -> None:
    written = write_answer(OUTCOME, retire=False)
    frames = Frames()
    *before, last = (frames.feed(bytes([byte])) for byte in written)
    assert before == [None] * (len(written) - 1)
    assert last is not None
    assert last[1] == b"body"


def test_one_frame_comes_after_the_other() -> None:
    frames = Frames()
    assert frames.feed(frame([1], b"a")) == ([1], b"a")
    assert frames.feed(frame([2], b"b")) == ([2], b"b")


GARBAGE = [
    b"HTTP/1.1 200 OK",
    struct.pack("!4sII", b"TXT1", 1 << 30, 0),
    struct.pack("!4sII", b"TXT1", 0, 1 << 30),
    frame([]) + b"more",
    struct.pack("!4sII", b"TXT1", 4, 0) + b"oops",
    struct.pack("!4sII", b"TXT1", 4, 0) + "çç".encode(),
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_no_frame(garbage: bytes) -> None:
    with pytest.raises(ValueError, match=r"garbage|Expecting|ascii"):
        Frames().feed(garbage)


def replied(written: bytes, file: int | None = None) -> tuple[object, bool, str]:
    found = Frames().feed(written)
    assert found is not None
    reply = read_reply(*found, file, "v")
    return reply.result, reply.retire, reply.detail


def test_an_answer_is_read_as_it_was_written() -> None:
    assert replied(write_answer(OUTCOME, retire=True)) == (OUTCOME, True, "")


def test_an_answer_in_a_file_has_no_body() -> None:
    outcome, *_ = replied(write_answer(OUTCOME, retire=False), 5)
    assert isinstance(outcome, Outcome)
    assert (outcome.file, outcome.body, outcome.length) == (5, None, 4)


ERRORS = [found for found in vars(errors).values() if isinstance(found, type)]
SIMPLE = [
    found
    for found in ERRORS
    if issubclass(found, RequestError) and found not in {QueryError, LimitError}
]


@pytest.mark.parametrize("kind", SIMPLE)
def test_an_error_comes_back_as_what_it_was(kind: type[RequestError]) -> None:
    error, retire, detail = replied(write_error(kind("so"), "why", retire=True))
    assert (type(error), str(error), retire, detail) == (kind, "so", True, "why")


def test_an_error_in_a_query_comes_back_with_its_place() -> None:
    error, *_ = replied(write_error(QueryError("so", 2, 3), retire=False))
    assert isinstance(error, QueryError)
    assert (str(error), error.line, error.column) == ("so", 2, 3)


def test_a_limit_comes_back_with_its_reason() -> None:
    error, *_ = replied(write_error(LimitError("so", "memory", 5), retire=False))
    assert isinstance(error, LimitError)
    assert (str(error), error.reason, error.retry_after) == ("so", "memory", 5)
    assert error.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert NotFoundError("so").status == HTTPStatus.NOT_FOUND


NONSENSE: list[object] = [
    None,
    {},
    [],
    ["answer"],
    ["answer", 1, None, 1, True, None, None, False],
    ["answer", "text/csv", None, "1", True, None, None, False],
    ["answer", "text/csv", None, 1, True, "all", None, False],
    ["answer", "text/csv", None, 1, True, None, 1, False],
    ["error", "SystemExit", ["so"], "", False],
    ["error", "QueryError", [], "", False],
    ["error", "QueryError", [1], "", False],
]


@pytest.mark.parametrize("header", NONSENSE, ids=json.dumps)
def test_nonsense_is_no_reply(header: object) -> None:
    with pytest.raises(ValueError, match="neither"):
        read_reply(header, b"", None, "v")


def test_the_key_of_a_job_is_that_of_the_question() -> None:
    one = Job("query", "ASK {}")
    assert one.key == Job("query", "ASK {}", ("text/csv", None, None), gzip=True).key
    assert one.key != Job("query", "ASK { }").key
    assert one.key != Job("query", "ASK {}", default_graphs=("x:a",)).key
