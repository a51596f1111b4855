"""The tests of FOOPS! that ask a server: URI1, RDF1, CN1, DOC1 and VER2 (see test_foops.py)."""

from urllib.request import Request, urlopen

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse

from teixit import namespaces

ONTOLOGY = NamedNode(namespaces.ONTOLOGY)
#: What RDF1 and CN1 ask for, and how it parses.
RDF = {
    "application/rdf+xml": RdfFormat.RDF_XML,
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
}


def value(store: Store, property_: str) -> NamedNode:
    """The one IRI that the header gives by *property_*."""
    name = NamedNode(namespaces.expand(property_))
    (quad,) = store.quads_for_pattern(ONTOLOGY, name, None, DefaultGraph())
    assert isinstance(quad.object, NamedNode)
    return quad.object


def fetched(endpoint: str, iri: str, accept: str) -> tuple[str, bytes]:
    """What the service answers for *iri*, which it knows by its path."""
    address = endpoint.removesuffix("sparql") + iri.removeprefix(namespaces.BASE)
    request = Request(address, headers={"Accept": accept})  # noqa: S310 - a server of ours
    with urlopen(request) as answer:  # noqa: S310
        return answer.headers["Content-Type"].partition(";")[0], answer.read()


@pytest.mark.parametrize("type_", RDF)
def test_uri1_rdf1_and_cn1(live_endpoint: str, type_: str) -> None:
    given, body = fetched(live_endpoint, namespaces.ONTOLOGY, type_)
    assert given == type_
    kind = NamedNode(namespaces.expand("owl:Ontology"))
    found = {quad.subject for quad in parse(body, RDF[type_]) if quad.object == kind}
    assert found == {ONTOLOGY}


@pytest.mark.parametrize(
    "path", ["def.html", "ca/def", "def.es.html", "en/shapes", "shapes.ca.html"]
)
def test_every_address_of_a_page_is_that_of_a_page(live_endpoint: str, path: str) -> None:
    given, body = fetched(live_endpoint, path, "*/*")
    assert given == "text/html"
    assert b'<section class="term"' in body


def test_doc1(live_endpoint: str) -> None:
    given, body = fetched(live_endpoint, namespaces.ONTOLOGY, "text/html")
    assert given == "text/html"
    assert b'id="Measure"' in body


@pytest.mark.parametrize("type_", RDF)
def test_ver2(store: Store, live_endpoint: str, type_: str) -> None:
    version = value(store, "owl:versionIRI")
    given, body = fetched(live_endpoint, version.value, type_)
    assert given == type_
    assert any(quad.object == version for quad in parse(body, RDF[type_]))


def test_the_logo_is_there(store: Store, live_endpoint: str) -> None:
    logo = value(store, "foaf:logo")
    assert fetched(live_endpoint, logo.value, "*/*")[0] == "image/svg+xml"
