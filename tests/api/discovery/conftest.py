"""A small catalogue, and its datasets as they are read."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from teixit.discovery import records
from teixit.discovery.records import Record

CATALOGUE = Path(__file__).parent / "catalogue.ttl"


@pytest.fixture
def catalogue() -> Store:
    store = Store()
    store.load(path=str(CATALOGUE), format=RdfFormat.TURTLE)
    return store


@pytest.fixture
def described(catalogue: Store) -> Mapping[str, Record]:
    return records.read(catalogue)
