import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from teixit.remote import batches

P = NamedNode("urn:p")


def graph(plain: int, tied: int) -> list[Quad]:
    quads = [Quad(NamedNode(f"urn:{n}"), P, Literal(f"é\n{n}")) for n in range(plain)]
    subjects = [Quad(BlankNode(f"b{n}"), P, Literal(str(n))) for n in range(tied)]
    objects = [Quad(P, P, BlankNode(f"b{n}")) for n in range(tied)]
    return [*subjects, *quads, *objects]


@pytest.mark.parametrize(
    ("plain", "tied", "pieces"), [(0, 0, 0), (1, 0, 1), (100, 0, 5), (9, 9, 1)]
)
def test_a_graph_is_cut_into_pieces_of_a_length(plain: int, tied: int, pieces: int) -> None:
    quads = graph(plain, tied)
    cut = list(batches.cut(quads, 600))
    assert len(cut) == pieces
    read = [quad for piece in cut for quad in parse(piece, RdfFormat.N_TRIPLES)]
    assert {str(quad) for quad in read} == {str(quad) for quad in quads}


def test_blank_nodes_travel_together() -> None:
    *others, last = batches.cut(graph(200, 50), 600)
    assert others
    assert not any(b"_:" in piece for piece in others)
    assert last.count(b"_:") == 100
