"""The tests of FOOPS!, by their names, as far as they need no registry and no other site.

FOOPS! (oeg-upm/fair_ontologies, commit b78f2a0 of 2026-04-16) has 24 tests. Not asked here: whether
the prefix and the ontology are in prefix.cc or LOV (FIND2, FIND3, FIND_3_BIS), and whether the
address of the licence answers (OM4.2). One of the values of OM3 is missing on purpose: a DOI would
have to be that of a deposit, and there is none.
"""

import re

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from teixit import namespaces, store

ONTOLOGY = NamedNode(namespaces.ONTOLOGY)
MERGED = DefaultGraph()
DECLARED = tuple(
    namespaces.expand(kind) for kind in ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty")
)
#: Which properties FOOPS! takes for which metadata; of several, those that we use.
METADATA = {
    "title": "dct:title",
    "description": "dct:description",
    "license": "dct:license",
    "version iri": "owl:versionIRI",
    "author": "dct:creator",
    "namespace URI": "vann:preferredNamespaceUri",
    "namespace prefix": "vann:preferredNamespacePrefix",
    "version info": "owl:versionInfo",
    "creation date": "dct:created",
    "citation": "dct:bibliographicCitation",
    "contributor": "dct:contributor",
    "publisher": "dct:publisher",
    "logo": "foaf:logo",
    "status": "bibo:status",
    "source": "dct:source",
    "issued": "dct:issued",
    "modified": "dct:modified",
}
#: What of these must be a literal, or FOOPS! does not take it.
LITERALS = {"title", "description", "version info", "creation date", "modified"}
TESTS = {
    "OM1": {"title", "description", "license", "version iri", "author", "namespace URI"},
    "OM2": {"namespace prefix", "version info", "creation date", "citation", "contributor"},
    "OM3": {"publisher", "logo", "status", "source", "issued", "modified"},
    "OM4.1": {"license"},
    "OM5.1": {"creation date", "author", "contributor"},
    "OM5.2": {"issued", "publisher"},
    "FIND1": {"namespace prefix"},
}
#: The registers of lasting addresses that PURL1 knows.
LASTING = re.compile(
    r"https?://(w3id\.org|(www\.|dx\.)?doi\.org|purl\.\w+|www\.w3\.org|perma\.cc|dbpedia\.org"
    r"|linked\.data\.gov\.au|data\.europa\.eu)/"
)


@pytest.fixture(scope="module")
def ontology() -> Store:
    """All of the ontology, and none of the data."""
    return store.load(file for file in store.knowledge_files() if file.suffix == ".ttl")


def values(graph: Store, subject: NamedNode, property_: str) -> list[NamedNode | Literal]:
    found = graph.quads_for_pattern(subject, NamedNode(namespaces.expand(property_)), None, MERGED)
    return [quad.object for quad in found if isinstance(quad.object, NamedNode | Literal)]


def terms(graph: Store) -> dict[str, NamedNode]:
    """The classes and properties of all vocabularies that are declared in it."""
    return {
        quad.subject.value: quad.subject
        for kind in DECLARED
        for quad in graph.quads_for_pattern(
            None, NamedNode(namespaces.expand("rdf:type")), NamedNode(kind), MERGED
        )
        if isinstance(quad.subject, NamedNode)
    }


@pytest.mark.parametrize("test", TESTS)
def test_metadata(ontology: Store, test: str) -> None:
    for name in TESTS[test]:
        found = values(ontology, ONTOLOGY, METADATA[name])
        assert found, name
        assert name not in LITERALS or all(isinstance(value, Literal) for value in found), name


def test_ver1_and_uri2(ontology: Store) -> None:
    (version,) = values(ontology, ONTOLOGY, "owl:versionIRI")
    assert version != ONTOLOGY
    kind = NamedNode(namespaces.expand("owl:Ontology"))
    named = ontology.quads_for_pattern(None, NamedNode(namespaces.expand("rdf:type")), kind, MERGED)
    assert {quad.subject for quad in named} == {ONTOLOGY}


def test_purl1_and_http1() -> None:
    assert LASTING.match(namespaces.CANONICAL)


def test_voc1(ontology: Store) -> None:
    used = {
        quad.predicate.value
        for quad in ontology.quads_for_pattern(ONTOLOGY, None, None, MERGED)
        if quad.predicate.value.startswith(
            tuple(namespaces.PREFIXES[prefix] for prefix in ("dct", "vann", "bibo", "foaf"))
        )
    }
    assert used


def test_voc2(ontology: Store) -> None:
    assert [iri for iri in terms(ontology) if not iri.startswith(namespaces.BASE)]


@pytest.mark.parametrize("property_", ["rdfs:label", "skos:definition"], ids=["VOC3", "VOC4"])
def test_voc3_and_voc4(ontology: Store, property_: str) -> None:
    ours = {iri: term for iri, term in terms(ontology).items() if iri.startswith(namespaces.BASE)}
    assert len(ours) == len(namespaces.TERMS)
    for iri, term in ours.items():
        assert any(isinstance(value, Literal) for value in values(ontology, term, property_)), iri


def test_the_prefix_is_the_one_that_all_files_use() -> None:
    declared = {
        prefix
        for file in store.knowledge_files()
        for prefix, iri in re.findall(
            r"^@prefix (\w*): <(.*?)>", file.read_text("utf-8"), re.MULTILINE
        )
        if iri == f"{namespaces.CANONICAL}def#"
    }
    assert declared == {"teixit"}
