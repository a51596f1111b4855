"""The dataset that a query asks, where it names more than one default graph.

The default graph is then the RDF merge of those that it names (SPARQL 1.1 Query, section
13.2; Protocol, section 2.1.4). The engine takes their bag instead: what two of them say, it
counts twice. So the merge is made before the engine is asked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from teixit import tokens
from teixit.tokens import Tokens


@dataclass(frozen=True)
class Named:
    """The graphs that a query names in its FROM and FROM NAMED clauses."""

    default: tuple[NamedNode, ...] = ()
    named: tuple[NamedNode, ...] = ()


def of_query(query: str | Tokens, base: str) -> Named:
    """Read the dataset clauses of *query* (SPARQL 1.1 Query, section 13.2).

    Args:
        query: A query or its tokens; where it is not SPARQL, what is found may be anything.
        base: The IRI to which relative IRIs are relative, unless the query says another.

    Raises:
        ValueError: A graph has no valid IRI.
    """
    scanned = tokens.scan(query) if isinstance(query, str) else query
    if "from" not in scanned.lowered:
        return Named()
    default: list[NamedNode] = []
    named: list[NamedNode] = []
    for is_named, word in _clauses(scanned.words):
        (named if is_named else default).append(NamedNode(scanned.iri(word, base)))
    return Named(tuple(default), tuple(named))


def merged(store: Store, default: Iterable[NamedNode], named: Iterable[NamedNode]) -> Store:
    """Build the dataset of *store* whose default graph is the merge of the graphs *default*."""
    dataset = Store()
    for graph in set(default):
        for quad in store.quads_for_pattern(None, None, None, graph):
            dataset.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    for graph in set(named):
        dataset.extend(store.quads_for_pattern(None, None, None, graph))
    return dataset


def _clauses(words: list[str]) -> Iterator[tuple[bool, str]]:
    """Yield the graphs of the dataset clauses: whether NAMED, and the name as written."""
    depth = 0
    for index, word in enumerate(words[:-1]):
        if word in "{([":
            depth += 1
        elif word in "})]":
            depth -= 1
        elif depth == 0 and word.upper() == "FROM":
            is_named = words[index + 1].upper() == "NAMED"
            name = words[index + 1 + is_named : index + 2 + is_named]
            if name and (tokens.is_iri(name[0]) or tokens.is_name(name[0])):
                yield is_named, name[0]
