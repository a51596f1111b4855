import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef

from teixit import findings, namespaces, paths, shacl, store, validation
from teixit.errors import KnowledgeError
from teixit.findings import Finding, Severity
from teixit.importing.pages import import_page
from teixit.languages import LANGUAGES
from teixit.terms import term_of

PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in namespaces.PREFIXES.items())
ACTION = namespaces.THING + "piess-2016-2019/action-29-1"
GRAPHS = "id:one { id:p a teixit:Plan } id:two { id:q a teixit:Plan }"
PLAN = namespaces.THING + "piess-2016-2019"


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(PREFIXES + text, "utf-8")
    return file


def alone(file: Path, shape: str) -> Finding:
    """The one finding that *shape* makes in the file read by itself."""
    [found] = [
        finding
        for finding in validation.check([file], context=[])
        if finding.shape == namespaces.SHAPE + shape
    ]
    return found


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that schedules a shipped action for a year after the plan."""
    text = f'<{ACTION}> teixit:scheduledYear "2020"^^xsd:gYear .'
    return written(tmp_path_factory.mktemp("late"), "late.ttl", text)


@pytest.fixture(scope="module")
def found(late: Path) -> list[Finding]:
    """What is wrong in that file."""
    return validation.check([late])


def test_a_finding_says_what_where_and_how_to_mend_it(late: Path, found: list[Finding]) -> None:
    by_shape = {finding.shape.partition("#")[2]: finding for finding in found}
    assert by_shape.keys() == {"Action-sameYear", "Action-withinMeasure", "Action-withinPlan"}
    finding = by_shape["Action-withinPlan"]
    assert (finding.node, finding.value) == (ACTION, "2020")
    assert finding.path == namespaces.term("scheduledYear")
    assert finding.constraint == str(SH.SPARQLConstraintComponent)
    assert finding.severity is Severity.VIOLATION
    assert finding.file == late
    assert finding.label["ca"].startswith("Incloure projectes i processos de l’ESS")
    assert "fora del període del pla" in finding.message["ca"]


def test_messages_and_labels_come_in_every_language(found: list[Finding]) -> None:
    for finding in found:
        assert tuple(finding.message) == tuple(finding.label) == LANGUAGES


def test_what_is_shipped_is_context_and_not_reported(late: Path, found: list[Finding]) -> None:
    assert {finding.file for finding in found} == {late}
    assert {finding.file for finding in validation.check()} <= set(store.knowledge_files())


def test_a_shipped_file_is_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(paths.DATA)
    found = validation.check([Path("projects.trig")])
    assert {finding.severity for finding in found} == {Severity.INFO}
    assert {finding.file_name for finding in found} <= {"projects.trig", "data/sources.trig"}


def test_the_file_with_the_wrong_value_is_named(tmp_path: Path) -> None:
    good = written(tmp_path, "good.ttl", "id:district-03 a esadm:Distrito .")
    wrong = written(tmp_path, "wrong.ttl", "id:district-03 dct:identifier '3' .")
    after = written(tmp_path, "zzz.ttl", "id:district-03 rdfs:label 'Sants'@ca .")
    found = validation.check([good, wrong, after], context=[])
    files = {finding.shape.partition("#")[2]: finding.file for finding in found}
    assert files["Distrito-code"] == wrong
    assert files["Named-english"] == after
    assert files["Distrito-municipality"] == good


def test_a_value_counts_as_it_is_written(tmp_path: Path) -> None:
    wrong = written(tmp_path, "wrong.ttl", "id:gap-1 a teixit:NumberGap; teixit:missingNumber 00 .")
    assert alone(wrong, "NumberGap-number").value == "00"


def test_a_triple_inside_a_triple_is_refused(tmp_path: Path) -> None:
    nested = written(tmp_path, "nested.ttl", "id:a id:b <<( id:c id:d id:e )>> .")
    with pytest.raises(KnowledgeError, match="expected an IRI, a blank node or a literal"):
        validation.check([nested], context=[])


NAMELESS = """[] a teixit:Measure .
id:a a teixit:Measure ;
    teixit:number 1 , [ a teixit:Measure ] ,
        [ a teixit:Measure ; teixit:number "x" ] .
_:loop teixit:number _:loop ; a teixit:Measure .
"""


def test_what_has_no_name_goes_by_the_way_to_it_and_has_its_line(tmp_path: Path) -> None:
    wrong = written(tmp_path, "wrong.ttl", NAMELESS)
    found = validation.check([wrong], context=[])
    head = len(PREFIXES.splitlines())
    lines = {f.node: f.line for f in found if f.shape.endswith("#Measure-line")}
    way = f"<{namespaces.THING}a>/teixit:number"
    assert lines == {
        "[a teixit:Measure]": head + 1,
        f"{namespaces.THING}a": head + 2,
        way: head + 3,
        f"{way}[2]": head + 4,
        "[a teixit:Measure][2]": head + 5,
    }
    values = {(f.node, f.value): f.line for f in found if f.path == namespaces.term("number")}
    assert values[way, None] == head + 3
    assert values[f"{way}[2]", "x"] == head + 4
    assert values[f"{namespaces.THING}a", f"{way}[2]"] == head + 4


@pytest.mark.parametrize("tell", [findings.as_json, lambda found, _: validation.as_turtle(found)])
def test_what_has_no_name_is_told_alike_each_time(
    tmp_path: Path, tell: Callable[[list[Finding], str], str]
) -> None:
    wrong = written(tmp_path, "wrong.ttl", NAMELESS)
    other = written(tmp_path, "other.ttl", "id:a a teixit:Plan ; dct:temporal [] .")
    once, again = (tell(validation.check([wrong, other], context=[]), "en") for _ in range(2))
    assert once == again


def test_a_value_without_a_name_may_stand_in_another_file(tmp_path: Path) -> None:
    """The path of a rule leads on from one file to the next, to a thing that says nothing."""
    one = written(tmp_path, "one.ttl", "id:a id:p id:b .")
    two = written(tmp_path, "two.ttl", "id:b id:q [] , [ id:r 1 ] .")
    shapes = Graph().parse(
        data=f"{PREFIXES} shape:S a sh:NodeShape ; sh:targetNode id:a ; sh:property shape:P . "
        "shape:P sh:path ( id:p id:q ) ; sh:nodeKind sh:IRI ; sh:message 'no'@en ."
    )
    found = validation.check([one], context=[two], shapes=shapes)
    assert [finding.value for finding in found] == [f"<{namespaces.THING}b>/id:q[2]", "[]"]
    assert "sh:resultPath ( id:p id:q )" in validation.as_turtle(found, shapes)


def test_findings_stand_in_a_fixed_order(tmp_path: Path) -> None:
    files = [written(tmp_path, f"{name}.ttl", f"id:{name} a teixit:Plan .") for name in "ba"]
    found = validation.check(files, context=[])
    assert found == validation.check(reversed(files), context=[])
    assert [finding.place for finding in found] == sorted(finding.place for finding in found)
    assert [found[0].severity, found[-1].severity] == [Severity.VIOLATION, Severity.WARNING]


@pytest.mark.parametrize("suffix", ["ttl", "trig"])
def test_a_file_that_does_not_parse_is_said_with_its_place(tmp_path: Path, suffix: str) -> None:
    file = written(tmp_path, f"wrong.{suffix}", "id:district-03 a esadm:Distrito\nid:other .")
    line = len(PREFIXES.splitlines()) + 2
    with pytest.raises(KnowledgeError, match=rf"wrong\.{suffix}:{line}:\d+: "):
        validation.check([file])


def test_every_graph_of_a_file_is_checked(tmp_path: Path) -> None:
    wrong = written(
        tmp_path, "wrong.trig", "id:one { id:p a teixit:Plan } id:two { id:q a teixit:Plan }"
    )
    nodes = {finding.node for finding in validation.check([wrong], context=[])}
    assert nodes == {namespaces.THING + "p", namespaces.THING + "q"}


@pytest.mark.parametrize("said", ['"1"^^xsd:boolean', "false"])
def test_what_is_not_called_true_is_no_rule(said: str) -> None:
    shapes = Graph().parse(data=f"{PREFIXES} shape:A sh:path id:p; sh:uniqueLang true .")
    assert shacl.meant(shapes) is shapes
    ttl = f"{PREFIXES} shape:A sh:path id:p; sh:uniqueLang {said} ."
    quads = pyoxigraph.parse(ttl, format=pyoxigraph.RdfFormat.TURTLE)
    for quad in quads:
        terms = map(term_of, (quad.subject, quad.predicate, quad.object))
        shapes.add(tuple(terms))
    kept = shacl.meant(shapes)
    assert [str(value) for value in kept.objects(None, SH.uniqueLang)] == ["true"]


def test_shapes_of_every_aim_are_held_to_what_is_reported_on(tmp_path: Path) -> None:
    aims = {
        "sh:targetNode id:a , id:b": "a",
        "sh:targetClass id:Wide": "a",
        "sh:targetSubjectsOf id:p": "a",
        "sh:targetObjectsOf id:q": "a",
        "a rdfs:Class": "a",
    }
    file = written(tmp_path, "file.ttl", "id:a a id:Narrow , shape:S ; id:p 1 .")
    around = written(
        tmp_path,
        "around.ttl",
        "id:b a id:Wide , shape:S ; id:p 1 ; id:q id:a , id:b .id:Narrow rdfs:subClassOf id:Wide .",
    )
    for aim, node in aims.items():
        text = f"{PREFIXES} shape:S a sh:NodeShape ; {aim} ; sh:property shape:P . "
        rule = "shape:P sh:path id:none ; sh:minCount 1 ; sh:message 'none'@en ."
        shapes = Graph().parse(data=text + rule)
        found = validation.check([file], context=[around], shapes=shapes)
        assert [finding.node for finding in found] == [namespaces.THING + node]
        both = validation.check([file, around], context=[], shapes=shapes)
        assert {finding.node for finding in both} > {namespaces.THING + node}


def test_a_value_of_another_file_is_judged_by_what_it_is() -> None:
    """A nested shape looks at nodes that are not reported on."""
    assert validation.check([paths.DATA / "territory.trig"]) == []


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no shape; is the installation complete"):
        validation.load_shapes(tmp_path)


def test_shapes_that_cannot_be_run_are_said(tmp_path: Path, late: Path) -> None:
    text = (paths.SHAPES / "plan.ttl").read_text("utf-8").replace("FILTER NOT EXISTS", "MINUS")
    (tmp_path / "plan.ttl").write_text(text, "utf-8")
    shutil.copy(paths.SHAPES / "shapes.ttl", tmp_path)
    with pytest.raises(KnowledgeError, match=r"the shapes cannot be run: .*MINUS"):
        validation.check([late], shapes=validation.load_shapes(tmp_path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_text_in_each_language(late: Path, found: list[Finding], language: str) -> None:
    *blocks, total = findings.as_text(found, language).rstrip("\n").split("\n\n")
    assert len(blocks) == 3
    for block, finding in zip(blocks, found, strict=True):
        head, wrong, mend, *details = block.split("\n")
        assert head.startswith(f"{finding.severity.name_in(language)}: {finding.label[language]}")
        assert finding.message[language].startswith(wrong.strip())
        assert finding.message[language].endswith(mend.partition(": ")[2])
        assert any(
            detail.endswith(f"{late}:{len(PREFIXES.splitlines()) + 1}") for detail in details
        )
        assert any(finding.rule[language] in detail for detail in details)
    assert total.startswith(f"{Severity.VIOLATION.name_in(language)}: 3, ")


def test_no_finding_is_said_in_numbers() -> None:
    assert findings.as_text([], "en") == "Violation: 0, Warning: 0, Note: 0\n"


def test_a_thing_without_label_goes_by_its_iri(tmp_path: Path) -> None:
    wrong = written(tmp_path, "wrong.ttl", f"<{PLAN}> a teixit:Plan .")
    found = alone(wrong, "Plan-period")
    assert findings.as_text([found], "es").splitlines()[0] == f"Error: <{PLAN}>"
    assert json.loads(findings.as_json([found], "es"))[0]["label"] is None


def test_as_json_in_a_language(late: Path, found: list[Finding]) -> None:
    rows = json.loads(findings.as_json(found, "es"))
    assert [row["node"] for row in rows] == [finding.node for finding in found]
    [row] = [row for row in rows if row["shape"].endswith("Action-withinPlan")]
    assert row["severity"] == "Violation"
    assert row["message"].startswith("La acción está prevista para un año de fuera del período")
    assert row["message"].endswith(f" {row['mend']}")
    assert (row["value"], row["file"]) == ("2020", str(late))
    assert row["line"] == len(PREFIXES.splitlines()) + 1


def test_as_turtle_is_a_report_of_shacl(found: list[Finding]) -> None:
    report = Graph().parse(data=validation.as_turtle(found), format="turtle")
    [head] = report.subjects(RDF.type, SH.ValidationReport)
    assert report.value(head, SH.conforms).value is False
    results = list(report.objects(head, SH.result))
    assert len(results) == len(found)
    within = URIRef(namespaces.SHAPE + "Action-withinPlan")
    [result] = report.subjects(SH.sourceConstraint, within)
    assert report.value(result, SH.sourceShape) == URIRef(namespaces.SHAPE + "Action")
    assert report.value(result, SH.value) == Literal(
        "2020", datatype=namespaces.expand("xsd:gYear")
    )
    assert {text.language for text in report.objects(result, SH.resultMessage)} == set(LANGUAGES)


def test_as_turtle_spells_out_a_path(tmp_path: Path) -> None:
    wrong = written(tmp_path, "wrong.ttl", f"<{ACTION}> a teixit:FlagshipProject .")
    turtle = validation.as_turtle([alone(wrong, "FlagshipProject-action")])
    assert "sh:resultPath [ sh:inversePath teixit:namesProject ]" in turtle


def test_as_turtle_conforms_where_nothing_is_found() -> None:
    report = Graph().parse(data=validation.as_turtle([]), format="turtle")
    [conforms] = report.objects(None, SH.conforms)
    assert conforms == Literal("true", datatype=XSD.boolean)


PAGE = """Consum conscient

Un paràgraf.

Objectius:

Fer una cosa

A qui es dirigeix:

Persones consumidores

6Promoure el consum
Accions 2016 2017
Impulsar projectes emblemàtics: Cosa Nova, Altra Cosa…
Accions Anys
Impulsar projectes emblemàtics: Cosa Nova, Altra Cosa… 2016
8Fer mercats
Accions 2016 2017
Fer-ne un
Accions Anys
Fer-ne un 2017
"""


def test_a_page_just_imported_gives_warnings_and_no_violation(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    file = tmp_path / "page.trig"
    file.write_text(import_page(tmp_path / "page.txt").trig, "utf-8")
    found = validation.check([file])
    assert {finding.severity for finding in found} == {Severity.WARNING, Severity.INFO}
    warned = {finding.shape.partition("#")[2] for finding in found}
    assert {"StrategicLine-planKnown", "Named-spanish", "FlagshipProject-district"} < warned


def test_a_link_that_leads_to_itself_is_one_error(tmp_path: Path) -> None:
    loop = tmp_path / "loop.ttl"
    loop.symlink_to(loop)
    with pytest.raises(KnowledgeError, match=r"loop\.ttl: cannot be read"):
        validation.check([loop])
