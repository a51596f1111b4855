"""The engines of SHACL, behind one face: pySHACL, and a faster one for great graphs.

The only module that knows them. pySHACL is the reference; pyshifty, of the extra `validate`, makes
the same reports of our shapes and cases and of the W3C's suite for SHACL Core (a test each) in a
small part of the time (``benchmarks/README.md``).
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

import pyshacl
from rdflib import RDF, SH, BNode, Graph, Literal
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from teixit.errors import KnowledgeError

#: From so many statements on the faster engine is worth its price, where it is installed.
MANY: Final = 20_000

#: How long a rule may compute without a look at the data, in seconds of the processor.
PATIENCE: Final = 20.0

#: What says which nodes a shape is about (SHACL, section 2.1.3).
TARGETS: Final = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


class DataGraph(Graph):
    """A graph that parses each query once: pySHACL sends the same one again for each node.

    It counts the looks that are taken at it, by which it is seen that a check goes on.
    """

    looks = 0

    def triples(self, triple: Any) -> Any:
        """Give the triples of a pattern as any graph does."""
        self.looks += 1
        return super().triples(triple)

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Run a query as any graph does."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


def report_of(
    graph: DataGraph, shapes: Graph, many: int = MANY, patience: float = PATIENCE
) -> Graph:
    """Hold *graph* to *shapes*, and give SHACL's report; nothing is inferred.

    Args:
        graph: The data.
        shapes: The shapes.
        many: From how many statements on the faster engine is taken, where it is installed.
        patience: How long a rule may compute without a look at the data, in seconds of the
            processor: a regular expression can be made never to end. Held in the main thread of
            a process alone, and only for pySHACL; expressions end in the faster engine.

    Raises:
        KnowledgeError: The shapes cannot be run, and why; or one does not end.
    """
    if len(graph) >= many and find_spec("shifty"):
        return _quick_report(graph, meant(shapes))
    # A copy of the graph would only take time.
    with _watched(graph, patience):
        _, report, text = pyshacl.validate(graph, shacl_graph=meant(shapes), inplace=True)
    if not isinstance(report, Graph):
        raise KnowledgeError(f"the shapes cannot be run: {text}")
    return report


@contextmanager
def _watched(graph: DataGraph, patience: float) -> Iterator[None]:
    """End a check that computes for so long without a look at its data."""
    if threading.current_thread() is not threading.main_thread():
        yield  # the kernel's clock speaks to the main thread alone
        return
    seen = -1

    def look(*_: object) -> None:
        nonlocal seen
        if graph.looks == seen:
            raise KnowledgeError(
                f"the shapes cannot be run: a rule has computed for {patience:g} s without a look "
                "at the data; perhaps a regular expression (sh:pattern) that never ends: write "
                "it without repetitions within repetitions, such as (a+)+"
            )
        seen = graph.looks

    before = signal.signal(signal.SIGVTALRM, look)
    signal.setitimer(signal.ITIMER_VIRTUAL, patience, patience)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def meant(shapes: Graph) -> Graph:
    """Leave out what says nothing, and pySHACL would take for something.

    ``sh:uniqueLang`` is a rule where its value is ``true`` (SHACL, section 4.4.4), and none where
    it is another term, even ``"1"^^xsd:boolean``, which pySHACL takes for the same.
    """
    idle = [said for said in shapes.triples((None, SH.uniqueLang, None)) if str(said[2]) != "true"]
    if not idle:
        return shapes
    kept = Graph()
    for said in set(shapes) - set(idle):
        kept.add(said)
    return kept


def _quick_report(graph: Graph, shapes: Graph) -> Graph:
    """Make the report by pyshifty, and say in it what pyshifty leaves out.

    It names neither the SPARQL constraint nor the parts of a path. So each constraint is given to
    it as a shape of its own, and a path is copied from its shape.
    """
    import shifty  # noqa: PLC0415 - an extra, and 11 MB

    alone = {constraint: shape for shape, constraint in _constraints(shapes)}
    try:
        _, report, _ = shifty.validate(
            graph, _apart(shapes, alone), graph_mode="data", infer=False, on_unsupported="error"
        )
    except ValueError as error:
        raise KnowledgeError(f"the shapes cannot be run: {error}") from error
    for result, shape in [*report.subject_objects(SH.sourceShape)]:
        if shape in alone:
            report.set((result, SH.sourceShape, alone[shape]))
            report.add((result, SH.sourceConstraint, shape))
        elif isinstance(report.value(result, SH.resultPath), BNode):
            for path in shapes.objects(shape, SH.path):
                report.set((result, SH.resultPath, path))
                report += shapes.cbd(path)
    _write_as_said(report, graph)
    return report


def _write_as_said(report: Graph, graph: Graph) -> None:
    """Give the values of the *report* as the data write them: rdflib has read "0" as "0.0"."""
    for result, value in [*report.subject_objects(SH.value)]:
        node = report.value(result, SH.focusNode)
        if isinstance(value, Literal) and (node, None, value) not in graph:
            for said in graph.objects(node):
                if isinstance(said, Literal) and said.normalize() == value:
                    report.set((result, SH.value, said))


def _constraints(shapes: Graph) -> Iterator[tuple[Node, Node]]:
    """Give the SPARQL constraints of the shapes that have a target of their own."""
    for shape, constraint in shapes.subject_objects(SH.sparql):
        if any((shape, word, None) in shapes for word in TARGETS):
            yield shape, constraint


def _apart(shapes: Graph, alone: dict[Node, Node]) -> Graph:
    """Make each SPARQL constraint that stands *alone* a shape with the targets of its own."""
    parted = Graph(namespace_manager=shapes.namespace_manager)
    for said in shapes:
        if said[1] != SH.sparql or said[2] not in alone:
            parted.add(said)
    for constraint, shape in alone.items():
        parted.add((constraint, RDF.type, SH.NodeShape))
        parted.add((constraint, SH.sparql, constraint))
        for word in TARGETS:
            for target in shapes.objects(shape, word):
                parted.add((constraint, word, target))
    return parted


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)
