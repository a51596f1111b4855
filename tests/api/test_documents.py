"""The document about a thing holds what the graph says of it, and what the reader must know."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store, Triple

from teixit import documents, namespaces, protocol, store
from teixit.errors import NotFoundError
from teixit.lexical import AsWritten

PREFIXES = namespaces.PREFIXES
MEASURE = namespaces.thing("measure", "29", within=namespaces.PLAN)
VOID = PREFIXES["void"]


@pytest.fixture(scope="module")
def graph() -> Store:
    return store.load()


def values(said: Iterable[Triple], subject: str, property_: str) -> set[str]:
    found = (NamedNode(subject), NamedNode(namespaces.expand(property_)))
    return {str(t.object) for t in said if (t.subject, t.predicate) == found}


def described(graph: Store, iri: str) -> set[Triple]:
    asked = protocol.Operation(f"DESCRIBE <{iri}>")
    return {*protocol.evaluate(graph, asked).results}  # type: ignore[arg-type]


def things(graph: Store) -> list[str]:
    found = (quad.subject for quad in graph.quads_for_pattern(None, None, None, DefaultGraph()))
    named = {node.value for node in found if isinstance(node, NamedNode)}
    return sorted(iri for iri in named if iri.startswith(namespaces.THING))


def test_a_document_says_of_every_thing_what_describe_says(graph: Store) -> None:
    for iri in things(graph):
        found = documents.triples(graph, iri)
        assert {said for said in found if said.subject == NamedNode(iri)} == described(graph, iri)


def test_a_document_says_what_it_is_part_of_its_licence_and_its_date(graph: Store) -> None:
    found = documents.triples(graph, MEASURE)
    page = MEASURE.replace("/id/", "/doc/")
    assert values(found, page, "foaf:primaryTopic") == {f"<{MEASURE}>"}
    assert values(found, page, "void:inDataset") == {f"<{namespaces.THING}dataset-graph>"}
    licence = "<https://creativecommons.org/licenses/by/4.0/>"
    assert values(found, page, "dct:license") == {licence}
    assert len(values(found, page, "dct:modified")) == 1


def test_a_document_names_the_passages_that_its_statements_stand_in(graph: Store) -> None:
    page = MEASURE.replace("/id/", "/doc/")
    origins = values(documents.triples(graph, MEASURE), page, "prov:wasDerivedFrom")
    assert any("/passage-" in origin for origin in origins)
    assert f"<{namespaces.THING}translation-en>" in origins


def test_a_document_has_what_leads_to_its_thing_and_the_names_of_all(graph: Store) -> None:
    found = documents.triples(graph, MEASURE)
    action = namespaces.thing("action", "29-1", within=namespaces.PLAN)
    assert values(found, action, "teixit:belongsToMeasure") == {f"<{MEASURE}>"}
    for named in (action, MEASURE, namespaces.term("belongsToMeasure"), namespaces.term("Measure")):
        labels = [t.object for t in found if t.subject == NamedNode(named) and "label" in str(t)]
        tags = {label.language for label in labels if isinstance(label, Literal)}
        assert tags == {"ca", "es", "en"}, named


def test_a_document_begins_with_its_thing(graph: Store) -> None:
    assert documents.triples(graph, MEASURE)[0].subject == NamedNode(MEASURE)


def test_of_a_thing_to_which_much_leads_a_part_is_given_and_all_is_counted(tmp_path: Path) -> None:
    hub = f"{namespaces.THING}hub"
    file = tmp_path / "hub.nt"
    lines = [f"<urn:{number}> <urn:p> <{hub}> .\n" for number in range(150)]
    file.write_text(f'<{hub}> <urn:p> "a" .\n{"".join(lines)}')
    found = documents.triples(store.load_files([file]), hub)
    assert sum(said.object == NamedNode(hub) for said in found) == 101  # and foaf:primaryTopic
    comments = values(found, hub.replace("/id/", "/doc/"), "rdfs:comment")
    assert '"Of the 150 statements that lead to this thing, the document gives 100."@en' in comments
    assert len(comments) == 3


def test_a_graph_that_tells_nothing_of_itself_has_documents_all_the_same(tmp_path: Path) -> None:
    iri = f"{namespaces.THING}a"
    file = tmp_path / "a.nt"
    file.write_text(f'<{iri}> <urn:p> "007"^^<{PREFIXES["xsd"]}integer> .\n')
    found = documents.triples(AsWritten(store.load_files([file]), {}), iri)
    assert values(found, iri.replace("/id/", "/doc/"), "dct:license") == set()
    assert values(found, iri.replace("/id/", "/doc/"), "prov:wasDerivedFrom") == set()


def test_the_ontology_is_a_document_and_so_is_its_version(graph: Store) -> None:
    found = documents.triples(graph, namespaces.ONTOLOGY)
    own = graph.quads_for_pattern(None, None, None, NamedNode(namespaces.ONTOLOGY))
    assert len(found) == len([*own]) + 1
    part = values(found, namespaces.ONTOLOGY, "void:inDataset")
    assert part == {f"<{namespaces.THING}dataset-ontology>"}
    (version,) = values(found, namespaces.ONTOLOGY, "owl:versionIRI")
    assert documents.triples(graph, version.strip("<>"))


def test_the_shapes_are_a_document_and_so_is_their_version(graph: Store) -> None:
    found = documents.triples(graph, namespaces.SHAPES)
    assert any(said.subject == NamedNode(f"{namespaces.SHAPE}Measure") for said in found)
    part = values(found, namespaces.SHAPES, "void:inDataset")
    assert part == {f"<{namespaces.THING}dataset-shapes>"}
    (version,) = values(found, namespaces.SHAPES, "owl:versionIRI")
    assert documents.triples(graph, version.strip("<>"))


@pytest.mark.parametrize(
    "iri",
    [
        f"{namespaces.THING}nothing",
        f"{namespaces.ONTOLOGY}/9.9.9",
        f"{namespaces.SHAPES}/9.9.9",
    ],
)
def test_what_is_not_there_has_no_document(graph: Store, iri: str) -> None:
    with pytest.raises(NotFoundError, match=iri):
        documents.triples(graph, iri)


def test_without_the_ontology_it_is_no_document(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    file.write_text("<urn:a> <urn:b> <urn:c> .\n")
    with pytest.raises(NotFoundError):
        documents.triples(store.load_files([file]), namespaces.ONTOLOGY)
