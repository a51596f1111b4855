"""Graphs that are small and wrong, to make views of."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import Store

from teixit import store as teixit_store
from teixit.namespaces import PREFIXES
from teixit.web import texts

Graph = Callable[[str], Store]


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    """Load TriG that uses the prefixes of the house."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

    def load(trig: str) -> Store:
        file = tmp_path / "some.trig"
        file.write_text(prefixes + trig)
        return teixit_store.load([file])

    return load


@pytest.fixture(scope="session")
def words() -> Mapping[str, str]:
    """The texts in Catalan."""
    return texts.messages("ca")


@pytest.fixture(scope="session")
def strange() -> Store:
    """A graph of hostile names, broken boundaries, and things that lack what others have."""
    return teixit_store.load([Path(__file__).with_name("territory.trig")])
