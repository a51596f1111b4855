import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import Store

from teixit.publishing.loading import StoreLoader


def piece(folder: Path, number: int) -> Path:
    file = folder / f"{number}.nq"
    file.write_text(f"<urn:s{number}> <urn:p> <urn:o> .\n", "ascii")
    return file


def test_few_statements_make_no_store(tmp_path: Path) -> None:
    loader = StoreLoader(tmp_path / "store", 2)
    loader.add(piece(tmp_path, 1), 2)
    loader.finish()
    loader.abandon()
    assert not (tmp_path / "store").exists()


def test_all_pieces_are_loaded_those_before_there_were_enough_too(tmp_path: Path) -> None:
    loader = StoreLoader(tmp_path / "store", 2)
    for number in range(5):
        loader.add(piece(tmp_path, number), 1)
    loader.finish()
    loader.abandon()
    assert len(Store.read_only(str(tmp_path / "store"))) == 5


def test_what_is_abandoned_ends_at_once_and_can_be_made_again(tmp_path: Path) -> None:
    before = threading.active_count()
    loader = StoreLoader(tmp_path / "store", 0)
    loader.add(piece(tmp_path, 1), 1)
    loader.abandon()
    assert threading.active_count() == before
    Store(str(tmp_path / "store"))


@pytest.mark.parametrize("late", [False, True])
def test_a_store_that_cannot_be_written_is_said_soon(tmp_path: Path, *, late: bool) -> None:
    (tmp_path / "store").touch()
    loader = StoreLoader(tmp_path / "store", 0)
    loader.add(piece(tmp_path, 1), 1)
    end = time.monotonic() + 20
    with pytest.raises(OSError, match=r".+"):  # noqa: PT012 - when it is said is the question
        if late:
            loader.finish()
        while time.monotonic() < end:
            loader.add(piece(tmp_path, 2), 1)
    loader.abandon()
