from pathlib import Path

import pytest
from pyoxigraph import Store

from teixit import namespaces, paths, queries

SOURCES = sorted(paths.SOURCE.glob("*.txt"))
PASSAGES = queries.read(Path(__file__).parent / "passages.rq")
GRAPHS_WITHOUT_PASSAGE = queries.read(Path(__file__).parent / "statements-without-passage.rq")


@pytest.mark.parametrize("page", SOURCES, ids=lambda page: page.stem)
def test_each_quotation_stands_at_its_offsets(store: Store, page: Path) -> None:
    text = page.read_bytes().decode("utf-8")
    key = f"source-{page.stem}"
    passages = [
        row
        for row in PASSAGES.rows(store)
        if key.startswith(row["source"].value.removeprefix(namespaces.THING))
    ]
    assert len(passages) > 40
    for row in passages:
        start, end = int(row["start"].value), int(row["end"].value)
        assert text[start:end] == row["exact"].value
        assert text[:start].endswith(row["prefix"].value)
        assert text[end:].startswith(row["suffix"].value)
        assert text.count("\n", 0, start) + 1 == int(row["line"].value)


def test_each_passage_says_something_and_each_statement_has_a_passage(store: Store) -> None:
    assert list(GRAPHS_WITHOUT_PASSAGE.rows(store)) == []
    assert all(row["statements"].value != "0" for row in PASSAGES.rows(store))
