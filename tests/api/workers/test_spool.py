import gzip
import os
import random
import tempfile
from pathlib import Path

import pytest

from teixit.errors import LimitError
from teixit.workers.jobs import INLINE
from teixit.workers.spool import Held, Spool

LIMIT = 4 << 20


def written(pieces: list[bytes], *, compress: bool = False) -> Held:
    with Spool(LIMIT, gzip=compress) as spool:
        for piece in pieces:
            assert spool.write(piece) == len(piece)
        return spool.finish()


def content(held: Held) -> bytes:
    if held.file is None:
        assert held.body is not None
        return held.body
    with os.fdopen(held.file, "rb") as file:
        file.seek(0)
        return file.read()


def noise(length: int) -> bytes:
    return random.Random(length).randbytes(length)  # noqa: S311


@pytest.mark.parametrize("length", [0, 1, 1023, 1024, 70_000, INLINE])
def test_a_short_answer_stays_in_memory(length: int) -> None:
    held = written([noise(length)])
    assert (held.file, held.length, held.encoding) == (None, length, None)
    assert content(held) == noise(length)


def test_a_long_answer_goes_to_a_file_without_a_name() -> None:
    data = noise(INLINE + 1)
    held = written([data[:8000], data[8000:]])
    assert (held.body, held.length) == (None, len(data))
    assert held.file is not None
    assert os.fstat(held.file).st_nlink == 0
    assert content(held) == data


def test_an_answer_in_many_pieces_stays_in_order() -> None:
    data = noise(1_000_000)
    pieces = [data[index : index + 8192] for index in range(0, len(data), 8192)]
    assert content(written(pieces)) == data


@pytest.mark.parametrize("length", [1024, 100_000, 3_000_000])
def test_what_is_worth_it_is_compressed(length: int) -> None:
    data = (b"the same again, " * length)[:length]
    held = written([data[:500], data[500:]], compress=True)
    assert held.encoding == "gzip"
    assert held.length < length
    assert gzip.decompress(content(held)) == data


def test_a_long_answer_that_does_not_shrink_is_compressed_into_a_file() -> None:
    held = written([noise(1_000_000)], compress=True)
    assert held.body is None
    assert gzip.decompress(content(held)) == noise(1_000_000)


def test_what_is_not_worth_it_is_not_compressed() -> None:
    assert written([b"short"], compress=True) == Held(b"short", None, 5, None)


def test_no_answer_is_longer_than_it_may_be() -> None:
    with Spool(LIMIT) as spool:
        spool.write(bytes(LIMIT))
        with pytest.raises(LimitError, match="longer than 4 MB") as raised:
            spool.write(b"x")
    assert raised.value.reason == "answer"


def test_what_counts_is_the_length_before_compression() -> None:
    with Spool(LIMIT, gzip=True) as spool:
        spool.write(bytes(LIMIT))
        with pytest.raises(LimitError):
            spool.write(b"x")


def test_no_room_for_the_file_is_an_error_of_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with Spool(LIMIT) as spool, pytest.raises(LimitError, match="no room") as raised:
        spool.write(bytes(INLINE + 1))
    assert raised.value.reason == "answer"
