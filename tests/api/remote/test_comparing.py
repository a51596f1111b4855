import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from teixit.errors import UpstreamError
from teixit.remote import comparing

P, A, B = NamedNode("urn:p"), NamedNode("urn:a"), NamedNode("urn:b")


def of(*quads: Quad) -> Store:
    store = Store()
    store.extend(quads)
    return store


def test_the_merge_is_told_from_other_default_graphs(store: Store) -> None:
    named, default = Quad(P, P, P, A), Quad(P, P, P, DefaultGraph())
    assert comparing.is_merge(store)
    assert comparing.is_merge(of(named, Quad(P, P, P, B), default))
    assert not comparing.is_merge(of(named))
    assert not comparing.is_merge(of(default))


def test_blank_nodes_of_two_graphs_are_counted() -> None:
    one, two = BlankNode("1"), BlankNode("2")
    quads = [Quad(one, P, two, A), Quad(one, P, two, DefaultGraph()), Quad(one, P, P, A)]
    assert comparing.shared_blank_nodes(of(*quads)) == 0
    assert comparing.shared_blank_nodes(of(*quads, Quad(P, P, two, B))) == 1


@pytest.mark.parametrize("there", [{}, {A: 1}, {A: 3}])
def test_what_is_there_is_what_was_sent(there: dict[NamedNode, int]) -> None:
    with pytest.raises(UpstreamError, match="urn:a: 2 statements were sent, and the server has"):
        comparing.require({A: 2}, there)
    comparing.require({A: 2, B: 0}, {A: 2})
