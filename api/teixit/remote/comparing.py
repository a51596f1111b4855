"""Whether a server holds what was sent to it: counted, and read back where that is feasible."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    QuerySolutions,
    Store,
    Triple,
)

from teixit import paths, queries
from teixit.errors import UpstreamError
from teixit.remote.asking import RemoteStore

#: Up to so many statements a graph is read back and compared, and not only counted.
COMPARED: Final = 100_000


def statements(store: Store, graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """Yield the statements of one graph."""
    return store.quads_for_pattern(None, None, None, graph)


def counts(remote: RemoteStore, graphs: Iterable[NamedNode]) -> dict[NamedNode, int]:
    """Count the statements of each of *graphs* on a server; an empty graph is not among them."""
    query = queries.named("statements-of-graphs", paths.QUERIES / "remote")
    found = remote.query(query.text, default_graphs=(), named_graphs=tuple(graphs))
    assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives
    return {row["graph"]: int(row["statements"].value) for row in found}


def require(sent: Mapping[NamedNode, int], there: Mapping[NamedNode, int]) -> None:
    """Demand that all that was sent is there, and nothing else.

    Raises:
        UpstreamError: It is more or less; names the first graph.
    """
    for graph, number in sent.items():
        found = there.get(graph, 0)
        if found != number:
            raise UpstreamError(
                f"{graph.value}: {number} statements were sent, and the server has {found}"
            )


def same(remote: RemoteStore, there: NamedNode, sent: Iterable[Quad]) -> bool:
    """Tell whether the graph *there* is *sent* to the letter, blank nodes renamed (RDFC-1.0)."""
    query = queries.named("graph", paths.QUERIES)
    found = remote.query(query.text, default_graphs=(there,))
    return _canonical(cast(Iterable[Triple], found)) == _canonical(quad.triple for quad in sent)


def is_merge(store: Store) -> bool:
    """Tell whether the default graph is the merge of all named graphs, and nothing else."""
    default = DefaultGraph()
    for quad in store:
        if quad.graph_name == default:
            among = store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
            if all(other.graph_name == default for other in among):
                return False
        elif Quad(quad.subject, quad.predicate, quad.object, default) not in store:
            return False
    return True


def shared_blank_nodes(store: Store) -> int:
    """Count the blank nodes that two named graphs share: on a server they are two."""
    home: dict[BlankNode, object] = {}
    shared = set()
    for quad in store:
        for term in (quad.subject, quad.object):
            if isinstance(term, BlankNode) and quad.graph_name != DefaultGraph():
                first = home.setdefault(term, quad.graph_name)
                if first != quad.graph_name:
                    shared.add(term)
    return len(shared)


def _canonical(triples: Iterable[Triple]) -> set[str]:
    dataset = Dataset(Quad(each.subject, each.predicate, each.object) for each in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))
