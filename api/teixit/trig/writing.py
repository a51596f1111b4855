"""Graphs as TriG of one form: the same graphs give the same bytes."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import NamespaceManager
from rdflib.plugins.serializers.turtle import OBJECT, SUBJECT, VERB, TurtleSerializer
from rdflib.term import Node

from teixit.namespaces import PREFIXES
from teixit.trig.document import Block, Document, Subject, natural

#: What cannot stand in a long text as it is: of two quotes the first, and one at its end.
_BARE: Final = re.compile(r'[\\\r]|"(?="|\Z)')
_ESCAPED: Final = MappingProxyType({"\\": r"\\", "\r": r"\r", '"': r"\""})


class Graphs(dict[URIRef, Graph]):
    """Named graphs by their names; a name that is asked for gets an empty graph.

    Stands for rdflib's ``Dataset``, whose order changes with each run.
    """

    def __missing__(self, name: URIRef) -> Graph:
        graph = self[name] = Graph(identifier=name, bind_namespaces="none")
        return graph


def serialise(graphs: Graphs, prefixes: Mapping[str, str] | None = None) -> str:
    """Write *graphs* as TriG: names in their natural order, one fact a line.

    Args:
        graphs: Named graphs without blank nodes.
        prefixes: Prefixes beside those of :data:`teixit.namespaces.PREFIXES`.
    """
    known = {**PREFIXES, **(prefixes or {})}
    words = _Words(known)
    blocks = [_block(words, name, graphs[name]) for name in sorted(graphs, key=natural)]
    return Document(prefixes=known, blocks=blocks).written()


def _block(words: "_Words", name: URIRef, graph: Graph) -> Block:
    block = Block(words.label(name, SUBJECT))
    for subject, predicate, said in graph:
        fact = words.label(predicate, VERB), words.label(said, OBJECT)
        block.subjects.setdefault(words.label(subject, SUBJECT), Subject()).facts[fact] = []
    return block


class _Words(TurtleSerializer):
    """How rdflib writes the terms of Turtle, with our prefixes only."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        names = NamespaceManager(Graph(bind_namespaces="none"), bind_namespaces="none")
        for prefix, iri in prefixes.items():
            names.bind(prefix, iri, replace=True)
        super().__init__(Graph(namespace_manager=names))
        self._names: dict[tuple[Node, int], str] = {}

    def get_pname(self, uri: Node, gen_prefix: bool = True) -> str | None:  # noqa: ARG002, FBT001, FBT002
        """Give the prefixed name of *uri*, with our prefixes only: none is made up."""
        return super().get_pname(uri, gen_prefix=False)

    def label(self, node: Node, position: int) -> str:
        """Write *node*; a text of several lines in as many, so that a diff shows which changed.

        rdflib leaves the last quote of such a text bare where a backslash stands before it.
        """
        if isinstance(node, Literal) and "\n" in node:
            text = _BARE.sub(lambda found: _ESCAPED[found[0]], node)
            if node.language:
                return f'"""{text}"""@{node.language}'
            return f'"""{text}"""' + (
                f"^^{self.label(node.datatype, VERB)}" if node.datatype else ""
            )
        if not isinstance(node, URIRef):
            return str(super().label(node, position))
        if (node, position) not in self._names:
            self._names[node, position] = str(super().label(node, position))
        return self._names[node, position]
