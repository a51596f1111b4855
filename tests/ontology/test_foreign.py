"""Every term of another vocabulary that is used is one that the vocabulary has.

rdflib carries the terms of many vocabularies, taken from their files. Of others, the terms that we
use are listed here, with the publication that defines them.
"""

import inspect
from collections.abc import Container

import pytest
import rdflib.namespace
from pyoxigraph import NamedNode, Store
from rdflib.namespace import SDO, DefinedNamespace

from teixit import namespaces
from teixit.namespaces import PREFIXES

#: The terms that we use, and what defines them.
READ = {
    "bibo": ("Bibliographic Ontology", {"status"}),
    "dcat": ("DCAT 3, W3C Recommendation of 2024-08-22", {"endDate", "startDate", "version"}),
    "esadm": (
        "Vocabulario de territorio 0.5 (opencitydata/sector-publico-territorio @ 535ea0c5)",
        {"Barrio", "Distrito", "Municipio", "distrito", "municipio"},
    ),
    "essglobal": ("ESSGLOBAL vocabulary", {"Network", "SSEInitiative"}),
    "m8g": ("Core Public Organisation Vocabulary 2.1.2", {"PublicOrganisation"}),
    "oa": (
        "Web Annotation Vocabulary, W3C Recommendation of 2017-02-23",
        {"SpecificResource", "TextPositionSelector", "TextQuoteSelector", "hasSelector"}
        | {"hasSource", "end", "exact", "prefix", "start", "suffix"},
    ),
    "pav": ("Provenance, Authoring and Versioning, version 2", {"retrievedFrom", "retrievedOn"}),
    "pplan": ("The P-Plan Ontology", {"Plan", "Step", "isStepOfPlan", "isSubPlanOfPlan"}),
    "spdx": ("SPDX 2", {"Checksum", "algorithm", "checksum", "checksumValue"}),
    "voaf": ("Vocabulary of a Friend", {"Vocabulary"}),
    "voidext": (
        "Extensions of VoID, of the Linked Data Finland",
        {"datatype", "datatypePartition"},
    ),
    "vs": ("SemWeb Vocab Status ontology", {"term_status"}),
}


def known() -> dict[str, Container[str]]:
    """The vocabularies that rdflib carries, by their namespaces, and those that are listed here."""
    carried = {
        str(found._NS): found  # noqa: SLF001 - rdflib has no public name for it
        for _, found in inspect.getmembers(rdflib.namespace, inspect.isclass)
        if issubclass(found, DefinedNamespace) and found is not DefinedNamespace
    }
    read = {
        PREFIXES[prefix]: {PREFIXES[prefix] + name for name in READ[prefix][1]} for prefix in READ
    }
    schema = PREFIXES["schema"]  # rdflib has the terms with https
    return {**carried, **read, schema: {schema + name.rpartition("/")[2] for name in dir(SDO)}}


def unknown(graph: Store) -> set[str]:
    """The predicates and classes in use that are in none of the vocabularies."""
    is_type = NamedNode(namespaces.expand("rdf:type"))
    used = {quad.predicate.value for quad in graph}
    types = graph.quads_for_pattern(None, is_type, None)
    used |= {quad.object.value for quad in types if isinstance(quad.object, NamedNode)}
    lists = known()
    return {
        iri
        for iri in used
        if not iri.startswith(namespaces.BASE)
        and not any(iri.startswith(name) and iri in terms for name, terms in lists.items())
    }


def test_every_foreign_term_in_use_is_one_of_its_vocabulary(store: Store) -> None:
    assert unknown(store) == set()


@pytest.mark.parametrize(
    "term", ["http://purl.org/dc/terms/titel", "http://schema.org/adress", "http://purl.org/pav/on"]
)
def test_a_misspelt_term_is_noticed(term: str) -> None:
    graph = Store()
    graph.update(f"INSERT DATA {{ <urn:s> <{term}> <urn:o> }}")
    assert unknown(graph) == {term}
