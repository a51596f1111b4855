"""A graph that is not here, for the tests of what asks one."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from pyoxigraph import NamedNode, Store

from teixit import engine, searching
from teixit.queries import Found, Remote, Term
from teixit.searching import Index


class Elsewhere:
    """A graph that is not here: what is asked of it goes through one door."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def query(
        self,
        text: str,
        *,
        base: str = "",
        default_graphs: Sequence[NamedNode] | None = None,
        named_graphs: Sequence[NamedNode] | None = None,
        values: Mapping[str, Term] | None = None,
    ) -> Found:
        return engine.query(
            self._store,
            text,
            base=base,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            values=values,
        )


@pytest.fixture(scope="session")
def elsewhere() -> Callable[[Store], Remote]:
    """Put a store behind the one door that another server has."""
    return Elsewhere


@pytest.fixture(scope="session")
def index(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of the whole graph that Teixit ships."""
    file = tmp_path_factory.mktemp("index") / "shipped.sqlite"
    searching.build(searching.of_quads(store), file, "shipped")
    return Index(file)
