"""Each rule accepts its valid cases and rejects its invalid ones, and no rule is without a case.

A case is a small graph about its first node; the other nodes are only typed, so what they lack
is not looked at. An invalid case is a valid one with one line changed, and begins with the
rules that it breaks: ``# expect: <shape> <constraint component>``.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from teixit import namespaces, paths, shacl, store, validation
from teixit.errors import KnowledgeError
from teixit.findings import Finding, Severity
from teixit.languages import LANGUAGES
from teixit.terms import term_of

CASES: Final = Path(__file__).parent / "cases"
VALID: Final = sorted(CASES.rglob("valid*.ttl"))
INVALID: Final = sorted(CASES.rglob("invalid.*.ttl"))
SHAPES: Final = validation.load_shapes()
EXPECT: Final = re.compile(r"^# expect: (\S+) (\S+)$", re.MULTILINE)

#: What a shape says of itself, and what only makes sense beside a constraint.
NOT_CONSTRAINTS: Final = frozenset(
    {"name", "message", "path", "severity", "property", "qualifiedValueShape"}
    | {"description", "order", "group"}
    | {"targetClass", "targetSubjectsOf", "targetObjectsOf"}
)
Rule = tuple[str, str]


def name(case: Path) -> str:
    return str(case.relative_to(CASES))


def local(iri: str) -> str:
    return iri.rpartition("#")[2]


def found(case: Path) -> list[Finding]:
    """What is wrong with the node that the case is about."""
    about = next(store.read(case)).subject.value
    return [finding for finding in validation.check([case], context=[]) if finding.node == about]


def told(findings: Iterable[Finding]) -> Counter[tuple[str, ...]]:
    """What is wrong with nodes that have names: those of blank nodes change at each reading."""
    return Counter(
        (finding.node, finding.shape, finding.constraint, finding.path or "", finding.value or "")
        for finding in findings
        if isinstance(finding.terms[0], URIRef) and not isinstance(finding.terms[1], BNode)
    )


def rule(finding: Finding) -> Rule:
    return local(finding.shape), local(finding.constraint)


def expected(case: Path) -> set[Rule]:
    return set(EXPECT.findall(case.read_text("utf-8")))


def shapes_of(kind: URIRef) -> list[URIRef]:
    return sorted(shape for shape in SHAPES.subjects(RDF.type, kind) if isinstance(shape, URIRef))


def constraints() -> set[Rule]:
    """Each rule of shapes/, as its name and SHACL's name for what it does."""
    rules = set()
    for shape in [*shapes_of(SH.NodeShape), *shapes_of(SH.PropertyShape)]:
        for predicate in set(SHAPES.predicates(shape)) - {SH.sparql}:
            word = local(str(predicate))
            if predicate in SH and word not in NOT_CONSTRAINTS:
                rules.add((local(shape), f"{word[0].upper()}{word[1:]}ConstraintComponent"))
    for constraint in SHAPES.objects(None, SH.sparql):
        rules.add((local(str(constraint)), "SPARQLConstraintComponent"))
    return rules


@pytest.mark.parametrize("case", VALID, ids=name)
def test_a_valid_case_breaks_no_rule(case: Path) -> None:
    assert [finding for finding in found(case) if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize("case", INVALID, ids=name)
def test_an_invalid_case_breaks_what_it_says_and_nothing_else(case: Path) -> None:
    findings = found(case)
    notes = {rule(finding) for finding in findings if finding.severity is Severity.INFO}
    broken = {rule(finding) for finding in findings}
    assert broken - (notes - expected(case)) == expected(case)


@pytest.mark.parametrize("case", INVALID, ids=name)
def test_an_invalid_case_is_a_valid_one_with_one_line_changed(case: Path) -> None:
    def lines(file: Path) -> set[str]:
        text = file.read_text("utf-8").splitlines()
        return {line for line in text if not line.startswith(("#", "@prefix"))}

    changes = [lines(case) ^ lines(valid) for valid in case.parent.glob("valid*.ttl")]
    assert min(map(len, changes)) in {1, 2}


def test_one_file_is_told_of_as_in_a_check_of_all() -> None:
    """What is found in a file does not depend on whether the others are reported on too."""
    every = [*VALID, *INVALID]
    whole = validation.check(every, context=[])
    assert whole
    for number in range(0, len(every), 60):
        file = every[number]
        nodes = {str(term_of(quad.subject)) for quad in store.read(file)}
        alone = validation.check([file], context=every)
        assert told(alone) == told(finding for finding in whole if finding.node in nodes)


def test_both_engines_agree_on_every_case() -> None:
    """On what is wrong with all the nodes of a case; each case has its own in one graph."""
    graph = shacl.DataGraph()
    for number, case in enumerate((*VALID, *INVALID)):
        own = f"{namespaces.THING}case-{number}/"
        for quad in store.read(case):
            terms = map(term_of, tuple(quad)[:3])
            subject, predicate, value = (
                URIRef(term.replace(namespaces.THING, own)) if isinstance(term, URIRef) else term
                for term in terms
            )
            graph.add((subject, predicate, value))
    slow, fast = (reported(shacl.report_of(graph, SHAPES, many)) for many in (1 << 30, 0))
    assert slow.total() > len(INVALID)
    assert (slow - fast, fast - slow) == (Counter(), Counter())


def reported(report: Graph) -> Counter[frozenset[tuple[str, str]]]:
    """The results of a report, but for their words and the names of blank nodes."""
    words = (SH.focusNode, SH.value, SH.resultSeverity, SH.resultPath, SH.sourceShape)
    more = (SH.sourceConstraint, SH.sourceConstraintComponent)
    return Counter(
        frozenset(
            (str(word), "_" if isinstance(said, BNode) else said.n3())
            for word in (*words, *more)
            for said in report.objects(result, word)
        )
        for result in report.objects(None, SH.result)
    )


def test_every_rule_rejects_a_case() -> None:
    rejected = set().union(*map(expected, INVALID))
    assert constraints() - rejected == set()
    assert rejected - constraints() == set()


def test_every_node_shape_accepts_a_case() -> None:
    accepted = {case.parent.name for case in VALID}
    assert {local(shape) for shape in shapes_of(SH.NodeShape)} == accepted


def test_cases_stand_in_the_folder_of_their_module() -> None:
    modules = {file.stem for file in paths.SHAPES.glob("*.ttl")}
    assert {case.relative_to(CASES).parts[0] for case in VALID + INVALID} < modules


def test_every_shape_is_used() -> None:
    used = set(SHAPES.objects(None, SH.property)) | set(SHAPES.objects(None, SH.sparql))
    assert {*shapes_of(SH.PropertyShape), *shapes_of(SH.SPARQLConstraint)} == used
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    aimed = {shape for target in targets for shape in SHAPES.subjects(target)}
    assert set(shapes_of(SH.NodeShape)) == aimed


def test_every_term_of_ours_is_one_of_the_ontology() -> None:
    texts = [str(text) for text in SHAPES.objects(None, SH.select)]
    used = set(re.findall(r"\bteixit:(\w+)", "\n".join(texts)))
    for triple in SHAPES:
        used |= {local(term) for term in map(str, triple) if term.startswith(namespaces.TERM)}
    assert used - {""} <= namespaces.TERMS


def test_every_property_of_ours_is_constrained() -> None:
    used = {str(term) for triple in SHAPES for term in triple}
    assert {namespaces.TERM + term for term in namespaces.PROPERTIES} - used == set()


def test_every_class_of_ours_has_a_shape() -> None:
    targets = {str(target) for target in SHAPES.objects(None, SH.targetClass)}
    assert {namespaces.TERM + term for term in namespaces.CLASSES} - targets == set()


def test_every_kind_of_thing_must_have_a_name() -> None:
    named = set(map(str, SHAPES.objects(URIRef(namespaces.SHAPE + "Named"), SH.targetClass)))
    nameless = {cls for cls in namespaces.CLASSES if namespaces.term(cls) not in named}
    assert nameless == {"PlanElement", "StatementGraph"}  # nothing is only one of these


def languages_of(shape: URIRef, predicate: URIRef) -> list[str]:
    texts = [text for text in SHAPES.objects(shape, predicate) if isinstance(text, Literal)]
    return sorted(text.language or "" for text in texts)


@pytest.mark.parametrize(
    ("kind", "naming"),
    [
        (SH.NodeShape, RDFS.label),
        (SH.PropertyShape, SH.name),
        (SH.SPARQLConstraint, RDFS.label),
    ],
    ids=local,
)
def test_every_shape_has_a_name_in_every_language(kind: URIRef, naming: URIRef) -> None:
    assert shapes_of(kind)
    for shape in shapes_of(kind):
        assert (shape, languages_of(shape, naming)) == (shape, sorted(LANGUAGES))


def test_what_a_form_asks_for_is_explained_in_every_language_and_has_its_group() -> None:
    asked = set(SHAPES.subjects(SH.order)) - set(SHAPES.subjects(RDF.type, SH.PropertyGroup))
    assert asked
    for shape in asked:
        assert (shape, languages_of(URIRef(str(shape)), SH.description)) == (
            shape,
            sorted(LANGUAGES),
        )
        (group,) = SHAPES.objects(shape, SH.group)
        assert (group, languages_of(URIRef(str(group)), RDFS.label)) == (group, sorted(LANGUAGES))


def test_every_rule_has_a_message_in_every_language() -> None:
    for shape, _ in constraints():
        languages = languages_of(URIRef(namespaces.SHAPE + shape), SH.message)
        assert (shape, languages) == (shape, sorted(LANGUAGES))


def test_no_rule_is_anonymous() -> None:
    held = [*SHAPES.objects(None, SH.property), *SHAPES.objects(None, SH.sparql)]
    assert [shape for shape in held if not isinstance(shape, URIRef)] == []


def test_a_misspelt_word_is_refused(tmp_path: Path) -> None:
    text = (paths.SHAPES / "plan.ttl").read_text("utf-8").replace("sh:datatype", "sh:dataType")
    (tmp_path / "plan.ttl").write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=r"plan\.ttl: SHACL has no word sh:dataType"):
        validation.load_shapes(tmp_path)


def test_a_module_can_be_read_at_one_sitting() -> None:
    for file in paths.SHAPES.glob("*.ttl"):
        assert len(file.read_text("utf-8").splitlines()) <= 500, file


def test_what_is_shipped_breaks_no_rule() -> None:
    findings = validation.check()
    assert [finding for finding in findings if finding.severity is not Severity.INFO] == []
