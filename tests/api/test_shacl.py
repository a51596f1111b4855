"""The engines of SHACL behind their one face."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from rdflib import SH, Literal, URIRef

from teixit import shacl
from teixit.errors import KnowledgeError

PREFIX = "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> a sh:NodeShape ; "
DATA = '<urn:a> a <urn:C> ; <urn:p> <urn:b> . <urn:b> <urn:q> "1"^^<urn:text> .'
ENGINES = pytest.mark.parametrize("many", [1 << 30, 0], ids=["pyshacl", "shifty"])


def turtle(text: str) -> shacl.DataGraph:
    graph = shacl.DataGraph()
    graph.parse(data=text, format="turtle")
    return graph


@ENGINES
def test_shapes_that_cannot_be_run_are_said(many: int) -> None:
    query = "SELECT $this { $this a ?kind MINUS { $this a <urn:D> } }"
    shapes = turtle(f'{PREFIX} sh:targetClass <urn:C> ; sh:sparql [ sh:select "{query}" ] .')
    with pytest.raises(KnowledgeError, match=r"the shapes cannot be run: .*MINUS"):
        shacl.report_of(turtle(DATA), shapes, many)


@ENGINES
def test_a_path_of_steps_is_told_in_full(many: int) -> None:
    rule = "<urn:P> sh:path ( <urn:p> <urn:q> ) ; sh:maxCount 0 ."
    shapes = turtle(f"{PREFIX} sh:targetClass <urn:C> ; sh:property <urn:P> . {rule}")
    report = shacl.report_of(turtle(DATA), shapes, many)
    [result] = report.objects(None, SH.result)
    [path] = report.objects(result, SH.resultPath)
    assert [*report.items(path)] == [URIRef("urn:p"), URIRef("urn:q")]


@ENGINES
def test_a_constraint_in_a_shape_that_another_names_is_run(many: int) -> None:
    query = "SELECT $this { $this <urn:p> ?value }"
    nested = f'<urn:N> a sh:NodeShape ; sh:sparql [ sh:select "{query}" ] .'
    shapes = turtle(f"{PREFIX} sh:targetClass <urn:C> ; sh:node <urn:N> . {nested}")
    report = shacl.report_of(turtle(DATA), shapes, many)
    assert SH.NodeConstraintComponent in report.objects(None, SH.sourceConstraintComponent)


@ENGINES
def test_a_value_is_told_as_it_is_written(many: int) -> None:
    double = URIRef("http://www.w3.org/2001/XMLSchema#double")
    data = shacl.DataGraph()
    for text in ("0", "7"):
        value = Literal(text, datatype=double, normalize=False)
        data.add((URIRef("urn:a"), URIRef("urn:n"), value))
    rule = "sh:property [ sh:path <urn:n> ; sh:minExclusive 1 ]"
    shapes = turtle(f"{PREFIX} sh:targetSubjectsOf <urn:n> ; {rule} .")
    [value] = shacl.report_of(data, shapes, many).objects(None, SH.value)
    assert str(value) == "0"


ENDLESS = '[] <urn:p> "' + "a" * 40 + '!" .'
RULES = {
    "pattern": "sh:property [ sh:path <urn:p> ; sh:pattern '^(a+)+$' ]",
    "query": "sh:sparql [ sh:select 'SELECT $this { $this <urn:p> ?v "
    'FILTER REGEX(?v, "^(a+)+$") }\' ]',
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_that_never_ends_is_ended(rule: str) -> None:
    shapes = turtle(f"{PREFIX} sh:targetSubjectsOf <urn:p> ; {rule} .")
    with pytest.raises(KnowledgeError, match=r"has computed for 0\.2 s without a look at the data"):
        shacl.report_of(turtle(ENDLESS), shapes, many=1 << 30, patience=0.2)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    report = shacl.report_of(turtle(ENDLESS), shapes, many=0)
    assert (None, SH.result, None) in report or "sparql" in rule


def test_in_another_thread_there_is_no_clock() -> None:
    rule = "sh:property [ sh:path <urn:p> ; sh:maxCount 0 ]"
    shapes = turtle(f"{PREFIX} sh:targetSubjectsOf <urn:p> ; {rule} .")
    with ThreadPoolExecutor() as threads:
        report = threads.submit(shacl.report_of, turtle(DATA), shapes, many=1 << 30).result()
    assert (None, SH.result, None) in report
