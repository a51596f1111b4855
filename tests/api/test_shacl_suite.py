"""The W3C's suite for SHACL Core, through what we put around pySHACL."""

from collections import Counter
from pathlib import Path
from typing import Final

import pyoxigraph
import pytest
from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from teixit import shacl
from teixit.errors import KnowledgeError
from teixit.terms import term_of

SUITE: Final = Path(__file__).parents[3] / "shared/suites/w3c-shacl/core"
MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT: Final = Namespace("http://www.w3.org/ns/shacl-test#")
#: A path of more steps than these is the same as another such path.
DEEP: Final = 20

Results = Counter[tuple[str, ...]]


def read(file: Path) -> shacl.DataGraph:
    graph = shacl.DataGraph()
    quads = pyoxigraph.parse(path=str(file), base_iri=file.as_uri(), rename_blank_nodes=True)
    for quad in quads:
        terms = (quad.subject, quad.predicate, quad.object)
        subject, predicate, value = map(term_of, terms)
        graph.add((subject, predicate, value))
    return graph


def said(term: Node | None) -> str:
    return "_" if isinstance(term, BNode) else "" if term is None else term.n3()


def route(graph: Graph, node: Node | None) -> str:
    """A path in full, since its blank nodes have no names."""
    if not isinstance(node, BNode):
        return said(node)
    if (node, RDF.first, None) in graph:
        return f"({' '.join(route(graph, item) for item in Collection(graph, node))})"
    [(word, value)] = graph.predicate_objects(node)
    return f"[{said(word)} {route(graph, value)}]"


def results(graph: Graph, report: Node) -> Results:
    found: Results = Counter()
    for result in graph.objects(report, SH.result):
        words = (SH.focusNode, SH.value, SH.resultSeverity, SH.sourceConstraintComponent)
        told = [said(graph.value(result, word)) for word in words]
        shape = graph.value(result, SH.sourceShape)
        path = route(graph, graph.value(result, SH.resultPath))
        found[*told, path, said(shape if isinstance(shape, URIRef) else BNode())] += 1
    return found


def cases() -> list[Path]:
    files = sorted(file for file in SUITE.rglob("*.ttl") if file.stem != "manifest")
    return [file for file in files if "sht:Validate" in file.read_text("utf-8")]


CASES: Final = cases()


@pytest.mark.skipif(not SUITE.is_dir(), reason="../shared with the W3C's suite is absent")
def test_the_whole_suite_is_there() -> None:
    assert len(CASES) == 98


@pytest.mark.parametrize("many", [1 << 30, 0], ids=["pyshacl", "shifty"])
@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@pytest.mark.parametrize("case", CASES or [None], ids=lambda case: case.stem if case else "none")
def test_a_case_has_the_report_that_it_asks_for(case: Path | None, many: int) -> None:
    if case is None:
        pytest.skip("../shared with the W3C's suite is absent")
    graph = read(case)
    [entry] = graph.subjects(RDF.type, SHT.Validate)
    action, wanted = graph.value(entry, MF.action), graph.value(entry, MF.result)
    places = (graph.value(action, SHT[word]) for word in ("dataGraph", "shapesGraph"))
    data, shapes = (read(Path(str(place).removeprefix("file://"))) for place in places)
    if wanted == SHT.Failure:
        with pytest.raises(KnowledgeError):
            shacl.report_of(data, shapes, many)
        return
    report = shacl.report_of(data, shapes, many)
    [head] = report.subjects(RDF.type, SH.ValidationReport)
    assert report.value(head, SH.conforms) == graph.value(wanted, SH.conforms)
    assert results(report, head) == results(graph, wanted)
