"""The counts of the description are those of the graph that it stands in, counted another way."""

import re
from collections.abc import Callable

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

from teixit import namespaces
from teixit.catalogue import statistics, void, wording
from teixit.errors import KnowledgeError
from teixit.store import knowledge_files, read

COUNTS = [
    ("triples", "COUNT(*)", "?s ?p ?o"),
    ("distinctSubjects", "COUNT(DISTINCT ?s)", "?s ?p ?o"),
    ("properties", "COUNT(DISTINCT ?p)", "?s ?p ?o"),
    ("classes", "COUNT(DISTINCT ?o)", "?s a ?o FILTER(isIRI(?o))"),
    (
        "entities",
        "COUNT(DISTINCT ?s)",
        "?s ?p ?o . id:dataset-graph void:uriRegexPattern ?like FILTER(REGEX(STR(?s), ?like))",
    ),
]
#: Of these vocabularies the description does not say which properties instances have.
DESCRIBING = tuple(namespaces.PREFIXES[name] for name in ("owl", "rdfs", "sh", "void"))
#: What the description says, and what is counted of it in the graph.
PARTS = [
    (
        "id:dataset-graph void:classPartition [ void:class ?of ; void:entities ?said ]",
        "SELECT ?of (COUNT(DISTINCT ?s) AS ?n) { ?s a ?of } GROUP BY ?of",
    ),
    (
        "id:dataset-graph void:propertyPartition [ void:property ?of ; void:triples ?said ]",
        "SELECT ?of (COUNT(*) AS ?n) { ?s ?of ?o } GROUP BY ?of",
    ),
]
Rows = Callable[[str], list[tuple[str, ...]]]


@pytest.fixture(scope="module")
def rows(store: Store) -> Rows:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in namespaces.PREFIXES.items())

    def answer(query: str) -> list[tuple[str, ...]]:
        solutions = store.query(prefixes + query)
        assert isinstance(solutions, QuerySolutions)
        return [tuple(str(term.value) for term in solution) for solution in solutions]

    return answer


def test_the_committed_description_is_fresh() -> None:
    committed = void.FILE.read_text("utf-8")
    assert committed == void.describe(), "not what the graph gives: run `make data`"


@pytest.mark.parametrize(("property_", "count", "of"), COUNTS, ids=[name for name, *_ in COUNTS])
def test_a_total_is_that_of_the_graph(rows: Rows, property_: str, count: str, of: str) -> None:
    said = rows(f"SELECT ?n {{ id:dataset-graph void:{property_} ?n }}")
    assert said == rows(f"SELECT ({count} AS ?n) {{ {of} }}")


def test_objects_are_counted_as_the_files_write_them(rows: Rows) -> None:
    objects = {quad.object for file in knowledge_files() for quad in read(file)}
    assert rows("SELECT ?n { id:dataset-graph void:distinctObjects ?n }") == [(str(len(objects)),)]


@pytest.mark.parametrize(("said", "counted"), PARTS, ids=["classes", "properties"])
def test_every_part_is_as_big_as_it_says(rows: Rows, said: str, counted: str) -> None:
    found = rows(f"SELECT ?of ?said {{ {said} }}")
    assert sorted(found) == sorted(rows(counted))


def test_every_use_of_a_property_on_a_class_is_as_big_as_it_says(rows: Rows) -> None:
    found = rows(
        "SELECT ?class ?property ?n { ?whole void:class ?class ; void:propertyPartition ?part ."
        " ?part void:property ?property ; void:triples ?n }"
    )
    counted = rows(
        "SELECT ?class ?property (COUNT(*) AS ?n) { ?s a ?class ; ?property ?o }"
        " GROUP BY ?class ?property"
    )
    assert set(found) <= set(counted)
    assert {kind for kind, _, _ in set(counted) - set(found)} == {
        kind for kind, _, _ in counted if kind.startswith(DESCRIBING)
    }


def test_an_editor_learns_which_values_a_property_has(rows: Rows) -> None:
    found = rows(
        "SELECT ?value { ?whole void:class teixit:Action ; void:propertyPartition ?part ."
        " ?part void:property teixit:scheduledIn ; void:classPartition/void:class ?value }"
    )
    assert found == [(namespaces.expand("time:ProperInterval"),)]
    found = rows(
        "SELECT ?value { ?all void:class teixit:Passage ; void:propertyPartition ?part ."
        " ?part void:property teixit:startLine ;"
        " voidext:datatypePartition/voidext:datatype ?value }"
    )
    assert found == [(namespaces.expand("xsd:integer"),)]


def test_every_linkset_is_as_big_as_it_says_and_one_leads_to_the_lod_cloud(rows: Rows) -> None:
    found = rows(
        "SELECT ?space ?predicate ?n { ?set a void:Linkset ; void:linkPredicate ?predicate ;"
        " void:triples ?n ; void:objectsTarget/void:uriSpace ?space ."
        " id:dataset-graph void:subset ?set }"
    )
    counted = rows(
        "SELECT ?space ?p (COUNT(*) AS ?n) { ?target void:uriSpace ?space . ?s ?p ?o"
        " FILTER(?target != id:dataset-graph && isIRI(?o) && STRSTARTS(STR(?o), ?space)"
        " && STRSTARTS(STR(?s), STR(id:))) } GROUP BY ?space ?p"
    )
    assert sorted(found) == sorted(counted)
    wikidata = namespaces.PREFIXES["wd"]
    assert any(space == wikidata and int(n) >= 50 for space, _, n in found)


def test_every_dataset_that_is_linked_to_is_known_to_us(rows: Rows) -> None:
    spaces = {
        space
        for (space,) in rows(
            "SELECT ?space { ?l a void:Linkset ; void:objectsTarget/void:uriSpace ?space }"
        )
    }
    assert spaces == {other["space"] for other in wording.linked().values()}


@pytest.mark.parametrize("property_", ["exampleResource", "rootResource"])
def test_every_example_is_described(rows: Rows, property_: str) -> None:
    examples = rows(f"SELECT ?x {{ id:dataset-graph void:{property_} ?x }}")
    described = rows(f"SELECT DISTINCT ?x {{ id:dataset-graph void:{property_} ?x . ?x a ?kind }}")
    assert examples
    assert sorted(examples) == sorted(described)


def test_every_vocabulary_is_one_whose_terms_are_used(rows: Rows, store: Store) -> None:
    said = {iri for (iri,) in rows("SELECT ?v { id:dataset-graph void:vocabulary ?v }")}
    used = {quad.predicate.value for quad in store.quads_for_pattern(None, None, None, None)}
    kinds = rows("SELECT DISTINCT ?kind { ?s a ?kind FILTER(isIRI(?kind)) }")
    terms = used | {kind for (kind,) in kinds}
    assert said == {
        re.sub(r"(?<=[#/])[^#/]*$", "", term).replace(
            f"{namespaces.ONTOLOGY}#", namespaces.ONTOLOGY
        )
        for term in terms
    }


def test_a_term_is_called_by_its_prefix_or_by_its_last_part() -> None:
    assert void.short(namespaces.term("scheduledIn")) == "teixit:scheduledIn"
    assert void.short("http://x.example/ns/status") == "status"


def test_counts_that_never_settle_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(void, "_ROUNDS", 1)
    with pytest.raises(KnowledgeError, match=r"void\.trig: its counts do not settle"):
        void.describe()


def test_a_triple_that_two_graphs_make_counts_once() -> None:
    kind, thing = NamedNode("http://x.example/Kind"), NamedNode("http://x.example/thing")
    statement = (thing, NamedNode(namespaces.expand("rdf:type")), kind)
    found = statistics.count({statement})
    assert (found.triples, found.classes, found.entities) == (1, {kind.value: 1}, 0)
    assert statistics.namespace("http://x.example/a#b") == "http://x.example/a#"
