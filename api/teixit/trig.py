"""TriG (RDF 1.1 TriG) that has one form: the same graphs give the same bytes."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from pyoxigraph import Literal as Quoted
from pyoxigraph import NamedNode
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import NamespaceManager
from rdflib.plugins.serializers.trig import TrigSerializer
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from teixit.namespaces import PREFIXES

_DIGITS: Final = re.compile(r"(\d+)")


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
    names = NamespaceManager(Graph(bind_namespaces="none"), bind_namespaces="none")
    for prefix, iri in {**PREFIXES, **(prefixes or {})}.items():
        names.bind(prefix, iri, replace=True)
    for graph in graphs.values():
        graph.namespace_manager = names
    stream = BytesIO()
    _SortedTrig(graphs, names).serialize(stream)
    return stream.getvalue().decode("utf-8").strip() + "\n"


def _natural(node: Node) -> list[str | int]:
    """Sort ``action-29-2`` before ``action-29-10``."""
    return [int(part) if part.isdecimal() else part for part in _DIGITS.split(str(node))]


class _SortedTrig(TrigSerializer):
    """rdflib's TriG with graphs and subjects in the order of their names."""

    def __init__(self, graphs: Graphs, names: NamespaceManager) -> None:
        empty = Graph(namespace_manager=names)
        TurtleSerializer.__init__(self, empty)
        self.contexts = [graphs[name] for name in sorted(graphs, key=_natural)]
        self.default_context = None

    def orderSubjects(self) -> list[Node]:  # noqa: N802 - rdflib's name
        """Give the subjects in the order of their names, not by how often they are used."""
        return sorted(self._subjects, key=_natural)

    def get_pname(self, uri: Node, gen_prefix: bool = True) -> str | None:  # noqa: ARG002, FBT001, FBT002
        """Give the prefixed name of *uri*, with our prefixes only: none is made up."""
        return super().get_pname(uri, gen_prefix=False)

    def label(self, node: Node, position: int) -> str:
        """Write *node*; a text of several lines that has quotes, in one line.

        rdflib leaves the last quote of such a text bare where a backslash stands before it.
        """
        if isinstance(node, Literal) and "\n" in node and '"' in node:
            language, datatype = node.language, node.datatype
            typed = NamedNode(datatype) if datatype is not None else None
            return str(Quoted(str(node), language=language, datatype=typed))
        return str(super().label(node, position))
