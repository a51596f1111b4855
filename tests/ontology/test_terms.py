"""The ontology is complete: header, terms, declarations and concepts."""

from importlib.metadata import version
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from teixit import namespaces, paths, store

ONTOLOGY = URIRef(namespaces.ONTOLOGY)
MODULES = sorted(paths.ONTOLOGY.rglob("*.ttl"))
LOADED = [file for file in store.knowledge_files() if file.suffix == ".ttl"]
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty)
DECLARATIONS = {OWL.Class, RDFS.Datatype, OWL.AnnotationProperty, *PROPERTY_KINDS}
BUILT_IN = (str(RDF), str(RDFS), str(OWL), namespaces.PREFIXES["xsd"])
#: Properties of the header, and how many values each has.
HEADER = {
    "bibo:status": 1,
    "dct:bibliographicCitation": 1,
    "dct:contributor": 1,
    "dct:created": 1,
    "dct:creator": 1,
    "dct:description": 3,
    "dct:identifier": 1,
    "dct:issued": 1,
    "dct:license": 1,
    "dct:modified": 1,
    "dct:publisher": 1,
    "dct:source": 1,
    "dct:title": 3,
    "foaf:logo": 1,
    "owl:versionIRI": 1,
    "owl:versionInfo": 1,
    "rdfs:label": 3,
    "vann:preferredNamespacePrefix": 1,
    "vann:preferredNamespaceUri": 1,
}


def iri(name: str) -> URIRef:
    return URIRef(namespaces.expand(name))


def read(files: list[Path]) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


def is_ours(node: Node) -> bool:
    return isinstance(node, BNode) or str(node).startswith(namespaces.BASE)


def texts(subject: Node, predicate: URIRef) -> dict[str | None, str]:
    """Text by language; a language with several texts is left out."""
    found = [text for text in SCHEMA.objects(subject, predicate) if isinstance(text, Literal)]
    languages = [text.language for text in found]
    return {text.language: str(text) for text in found if languages.count(text.language) == 1}


SCHEMA = read(LOADED)
TERMS = sorted(URIRef(namespaces.term(name)) for name in namespaces.TERMS)
PROPERTIES = sorted(URIRef(namespaces.term(name)) for name in namespaces.PROPERTIES)
CONCEPTS = sorted(SCHEMA.subjects(RDF.type, SKOS.Concept))
SCHEMES = sorted(SCHEMA.subjects(RDF.type, SKOS.ConceptScheme))
LANGUAGES = {"ca", "es", "en"}


def name_of(value: object) -> str:
    return str(value).rpartition("/")[2]


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_is_strict_turtle_and_says_first_what_it_is(module: Path) -> None:
    assert list(parse(path=str(module), format=RdfFormat.TURTLE))
    assert module.read_text(encoding="utf-8").startswith("# ")


def test_the_terms_are_those_of_the_closed_list() -> None:
    classes = {node for node in SCHEMA.subjects(RDF.type, OWL.Class) if isinstance(node, URIRef)}
    properties = {node for kind in PROPERTY_KINDS for node in SCHEMA.subjects(RDF.type, kind)}
    for defined, listed in ((classes, namespaces.CLASSES), (properties, namespaces.PROPERTIES)):
        ours = {str(node).removeprefix(namespaces.TERM) for node in defined if is_ours(node)}
        assert ours == listed


@pytest.mark.parametrize("term", TERMS, ids=name_of)
def test_term_is_named_and_defined_in_every_language(term: URIRef) -> None:
    assert texts(term, RDFS.label).keys() == LANGUAGES
    assert texts(term, SKOS.definition).keys() == LANGUAGES
    assert texts(term, SKOS.example).keys() in ({*()}, LANGUAGES)
    assert list(SCHEMA.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]
    assert len(list(SCHEMA.objects(term, iri("vs:term_status")))) == 1


@pytest.mark.parametrize("property_", PROPERTIES, ids=name_of)
def test_property_has_one_domain_and_one_range(property_: URIRef) -> None:
    assert len(list(SCHEMA.objects(property_, RDFS.domain))) == 1
    assert len(list(SCHEMA.objects(property_, RDFS.range))) == 1


@pytest.mark.parametrize("name", HEADER)
def test_header_says(name: str) -> None:
    values = list(SCHEMA.objects(ONTOLOGY, iri(name)))
    assert len(values) == HEADER[name]
    if len(values) > 1:
        assert texts(ONTOLOGY, iri(name)).keys() == LANGUAGES


def test_version_is_that_of_the_package() -> None:
    number = version("teixit")
    assert SCHEMA.value(ONTOLOGY, OWL.versionInfo) == Literal(number)
    assert SCHEMA.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{number}")
    citation = str(SCHEMA.value(ONTOLOGY, iri("dct:bibliographicCitation")))
    assert citation.endswith(f"version {number}. {ONTOLOGY}/{number}")


def test_header_agrees_with_the_code_on_the_namespace() -> None:
    assert SCHEMA.value(ONTOLOGY, iri("vann:preferredNamespaceUri")) == Literal(namespaces.TERM)
    prefix = SCHEMA.value(ONTOLOGY, iri("vann:preferredNamespacePrefix"))
    assert namespaces.PREFIXES[str(prefix)] == namespaces.TERM


def test_nothing_is_imported() -> None:
    assert list(SCHEMA.subject_objects(OWL.imports)) == []


def test_foreign_terms_are_declared_once_and_nothing_more() -> None:
    declared = read([paths.ONTOLOGY / "foreign.ttl"])
    assert set(declared.predicates()) == {RDF.type}
    assert set(declared.objects()) <= DECLARATIONS
    assert not any(is_ours(term) for term in declared.subjects())
    assert len(declared) == len(set(declared.subjects()))


def test_every_foreign_term_in_use_is_declared() -> None:
    graph = store.load()
    quads = list(graph.quads_for_pattern(None, None, None, None))
    is_type = str(RDF.type)
    used = {quad.predicate.value for quad in quads}
    used |= {quad.object.value for quad in quads if quad.predicate.value == is_type}
    used |= {str(node) for node in SCHEMA.objects(None, RDFS.subClassOf | RDFS.subPropertyOf)}
    used |= {str(node) for node in SCHEMA.objects(None, RDFS.range) if isinstance(node, URIRef)}
    declared = {str(term) for kind in DECLARATIONS for term in SCHEMA.subjects(RDF.type, kind)}
    foreign = {term for term in used if term.startswith("http") and not term.startswith(BUILT_IN)}
    assert foreign - declared == set()


@pytest.mark.parametrize("concept", CONCEPTS, ids=name_of)
def test_concept_is_named_defined_and_in_one_scheme(concept: Node) -> None:
    assert texts(concept, RDFS.label).keys() == LANGUAGES
    assert texts(concept, RDFS.label) == texts(concept, SKOS.prefLabel)
    assert texts(concept, SKOS.definition).keys() == LANGUAGES
    (scheme,) = SCHEMA.objects(concept, SKOS.inScheme)
    assert scheme in SCHEMES
    assert list(SCHEMA.objects(concept, SKOS.topConceptOf)) == [scheme]


@pytest.mark.parametrize("scheme", SCHEMES, ids=name_of)
def test_scheme_is_described_and_holds_concepts_of_one_kind(scheme: Node) -> None:
    assert texts(scheme, RDFS.label).keys() == LANGUAGES
    assert texts(scheme, SKOS.definition).keys() == LANGUAGES
    members = set(SCHEMA.subjects(SKOS.inScheme, scheme))
    kinds = {kind for member in members for kind in SCHEMA.objects(member, RDF.type)}
    assert len(kinds - {SKOS.Concept}) == bool(members)


@pytest.mark.parametrize("scheme", SCHEMES, ids=name_of)
def test_no_two_names_in_a_scheme_are_alike(scheme: Node) -> None:
    naming = SKOS.prefLabel | SKOS.altLabel | SKOS.hiddenLabel
    names = [
        (name.language, name.lower())
        for concept in SCHEMA.subjects(SKOS.inScheme, scheme)
        for name in SCHEMA.objects(concept, naming)
        if isinstance(name, Literal)
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "concept", [c for c in CONCEPTS if name_of(c).startswith(("theme-", "scale-"))], ids=name_of
)
def test_the_plan_speaks_of_each_theme_and_scale(concept: Node) -> None:
    pages = store.load(sorted(paths.PAGES.glob("*.trig")))
    relation = "dct:subject" if "theme-" in concept else "teixit:speaksOfScale"
    question = f"ASK {{ ?element <{namespaces.expand(relation)}> <{concept}> }}"
    assert pages.query(question)
