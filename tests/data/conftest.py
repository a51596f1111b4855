"""What the tests of the data share."""

from collections.abc import Callable

import pytest
from pyoxigraph import QuerySolutions, Store

from teixit import namespaces


@pytest.fixture(scope="session")
def rows(store: Store) -> Callable[[str], list[tuple[str, ...]]]:
    """Answer a SELECT query, written without its prefixes, with the text of its terms."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in namespaces.PREFIXES.items())

    def answer(query: str) -> list[tuple[str, ...]]:
        solutions = store.query(prefixes + query)
        assert isinstance(solutions, QuerySolutions)
        return [tuple(str(term.value) for term in solution) for solution in solutions]

    return answer
