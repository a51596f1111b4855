from collections.abc import Mapping

import pytest
from pyoxigraph import NamedNode, Quad, Store

from teixit import namespaces
from teixit.discovery import records
from teixit.discovery.records import Record
from teixit.errors import KnowledgeError
from teixit.namespaces import expand


def test_the_datasets_are_read_in_the_order_of_their_names(described: Mapping[str, Record]) -> None:
    assert tuple(described) == records.NAMES


def test_a_dataset_is_read_whole(described: Mapping[str, Record]) -> None:
    graph = described["graph"]
    assert graph.iri == "https://w3id.org/teixit/id/dataset-graph"
    assert graph.title == {"ca": "El graf", "es": "El grafo", "en": "The graph"}
    assert graph.keywords["ca"] == ("Barcelona", "barris")
    assert graph.contact == "mailto:teixit@example.invalid"
    assert graph.box.startswith("POLYGON")
    assert graph.period == ("2016-01-01", "2019-12-31")
    assert (graph.publisher_name, graph.version) == ("Teixit", "0.1.0")


def test_files_are_what_can_be_downloaded_as_it_is_sent(described: Mapping[str, Record]) -> None:
    whole, packed = described["graph"].files
    assert (whole.name, whole.media_type, whole.bytes) == ("teixit.nq", "application/n-quads", 1234)
    assert whole.sha1 == "ab12"
    assert (packed.name, packed.media_type) == ("teixit.nq.gz", "application/gzip")
    assert (packed.bytes, packed.sha1) == (None, None)


def test_what_need_not_be_there_may_be_missing(described: Mapping[str, Record]) -> None:
    ontology = described["ontology"]
    assert (ontology.contact, ontology.box, ontology.period) == ("", "", None)
    assert ontology.licence == "https://example.invalid/licence"  # of its file
    assert ontology.files[0].media_type == "text/turtle"


@pytest.mark.parametrize("name", ["dct:publisher", "dcat:version", "dct:license"])
def test_what_must_be_there_is_asked_for(catalogue: Store, name: str) -> None:
    shapes = NamedNode("https://w3id.org/teixit/id/dataset-shapes")
    for quad in list(catalogue.quads_for_pattern(shapes, NamedNode(expand(name)), None)):
        catalogue.remove(quad)
    with pytest.raises(KnowledgeError, match=f"dataset-shapes: expected {name}, found none"):
        records.read(catalogue)


def test_a_title_is_a_text(catalogue: Store) -> None:
    graph, title = NamedNode(f"{namespaces.THING}dataset-graph"), NamedNode(expand("dct:title"))
    catalogue.add(Quad(graph, title, NamedNode("urn:title")))
    assert records.read(catalogue)["graph"].title["en"] == "The graph"
