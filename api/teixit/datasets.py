"""The dataset that a query asks, where it names more than one default graph.

The default graph is then the RDF merge of those that it names (SPARQL 1.1 Query, section
13.2; Protocol, section 2.1.4). The engine takes their bag instead: what two of them say, it
counts twice. So the merge is made before the engine is asked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

#: Every alternative takes all that it has looked at, so that no query is read twice.
_TOKEN: Final = re.compile(
    r"""
      \#[^\n\r]*
    | (?P<iri><[^\x00-\x20<>"{}|^`\\]*>)
    | \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | ["'][^\n\r]*
    | [?$@][\w-]+
    | (?P<name>(?:\w[\w.-]*+)?+:(?:[\w.:%-]|\\.)*)
    | (?P<word>\w[\w.-]*+)
    | (?P<bracket>[{}()\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Named:
    """The graphs that a query names in its FROM and FROM NAMED clauses."""

    default: tuple[NamedNode, ...] = ()
    named: tuple[NamedNode, ...] = ()


def of_query(query: str, base: str) -> Named:
    """Read the dataset clauses of *query* (SPARQL 1.1 Query, section 13.2).

    Args:
        query: A query; where it is not SPARQL, what is found may be anything.
        base: The IRI to which relative IRIs are relative, unless the query says another.

    Raises:
        ValueError: A graph has no valid IRI.
    """
    default: list[NamedNode] = []
    named: list[NamedNode] = []
    reader = _Clauses(base)
    for is_named, iri in reader.read(query):
        (named if is_named else default).append(NamedNode(iri))
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


class _Clauses:
    """A walk over the tokens of a query, outside all brackets."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._prefixes: dict[str, str] = {}

    def read(self, query: str) -> Iterator[tuple[bool, str]]:
        """Yield the graphs of the dataset clauses: whether NAMED, and the IRI."""
        words: list[str] = []
        for kind, text in self._outside_brackets(query):
            if kind == "word":
                words.append(text.upper())
                continue
            if kind == "name" and words[-1:] == ["PREFIX"]:
                words.append(text)
                continue
            iri = self._resolved(kind, text)
            match words[-2:]:
                case ["PREFIX", prefix]:
                    self._prefixes[prefix] = iri
                case [*_, "BASE"]:
                    self._base = iri
                case [*_, "FROM"]:
                    yield False, iri
                case ["FROM", "NAMED"]:
                    yield True, iri
            words.clear()

    def _outside_brackets(self, query: str) -> Iterator[tuple[str, str]]:
        depth = 0
        for match in _TOKEN.finditer(query):
            if match["bracket"]:
                depth += 1 if match["bracket"] in "{([" else -1
            elif depth == 0 and match.lastgroup:
                yield match.lastgroup, match[0]

    def _resolved(self, kind: str, text: str) -> str:
        if kind == "iri":
            return urljoin(self._base, text[1:-1])
        prefix, _, local_name = text.partition(":")
        return self._prefixes.get(f"{prefix}:", "") + local_name.replace("\\", "")
