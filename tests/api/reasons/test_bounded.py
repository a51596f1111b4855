"""A graph that answers so many queries and no more."""

import pytest
from pyoxigraph import NamedNode, Store

from teixit.errors import LimitError, QueryError
from teixit.reasons.bounded import Bounded


def test_so_many_queries_are_answered_and_no_more(small: Store) -> None:
    graph = Bounded(small, most=2)
    a = NamedNode("http://one.example/a")
    assert graph.rows("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s", {"s": a})
    assert graph.query("ASK { ?s ?p ?o }")
    with pytest.raises(LimitError, match="too much"):
        graph.rows("SELECT * { ?s ?p ?o }")


def test_so_long_and_no_longer(small: Store) -> None:
    with pytest.raises(LimitError, match="too much"):
        Bounded(small, seconds=-1).query("ASK {}")


def test_what_is_wrong_is_said(small: Store) -> None:
    with pytest.raises(QueryError):
        Bounded(small).query("nonsense")
