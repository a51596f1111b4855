"""Each of twenty-odd faults planted in the catalogue is noticed by a shape of ours."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from teixit import namespaces, validation
from teixit.catalogue import dcat
from teixit.catalogue.stating import expand

GRAPH = namespaces.thing("dataset", "graph")
FILE = f"{dcat.CATALOGUE}#file-teixit-nq"
SUM = f"{dcat.CATALOGUE}#checksum-teixit-nq"
OTHER = NamedNode("https://w3id.org/teixit/other")
DAY = NamedNode(expand("xsd:date"))
SIZE = NamedNode(expand("xsd:nonNegativeInteger"))
#: The thing, its property, the value that takes the place of all (or none), and who notices.
FAULTS = [
    (GRAPH, "dct:title", Literal("Graf", language="ca"), "Described-title"),
    (GRAPH, "dct:description", None, "Described-description"),
    (GRAPH, "dct:publisher", Literal("Teixit"), "Described-publisher"),
    (GRAPH, "dct:identifier", None, "Described-identifier"),
    (GRAPH, "dct:issued", Literal("2027-01-01", datatype=DAY), "Described-issued"),
    (GRAPH, "dct:modified", Literal("yesterday"), "Described-modified"),
    (GRAPH, "dcat:keyword", Literal("cooperatives"), "Dataset-keyword"),
    (GRAPH, "dcat:theme", OTHER, "Dataset-theme"),
    (GRAPH, "dct:accessRights", OTHER, "Dataset-accessRights"),
    (GRAPH, "dct:spatial", OTHER, "Dataset-spatial"),
    (GRAPH, "dct:temporal", None, "Dataset-temporal"),
    (GRAPH, "dcat:contactPoint", None, "Dataset-contact"),
    (GRAPH, "dcat:distribution", None, "Dataset-distribution"),
    (GRAPH, "dcat:version", Literal("2"), "Dataset-version"),
    (dcat.CATALOGUE, "dcat:dataset", None, "Dataset-listed"),
    (dcat.CATALOGUE, "dcat:dataset", OTHER, "Catalog-dataset"),
    (FILE, "dcat:accessURL", Literal("/teixit.nq"), "Distribution-accessURL"),
    (FILE, "dct:format", Literal("N-Quads"), "Distribution-format"),
    (FILE, "dcat:mediaType", Literal("application/n-quads"), "Distribution-mediaType"),
    (FILE, "dct:license", OTHER, "Distribution-licence"),
    (FILE, "dcat:byteSize", Literal("0", datatype=SIZE), "Distribution-size"),
    (SUM, "spdx:checksumValue", Literal("da39"), "Distribution-checksum"),
    (dcat.SERVICE, "dcat:endpointURL", None, "DataService-endpoint"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=[rule for *_, rule in FAULTS])
def test_a_planted_fault_is_noticed(
    read: Callable[[str], Store],
    fault: tuple[str, str, NamedNode | Literal | None, str],
    tmp_path: Path,
) -> None:
    thing, property_, value, rule = fault
    store, subject, predicate = read("catalog.ttl"), NamedNode(thing), NamedNode(expand(property_))
    there = list(store.quads_for_pattern(subject, predicate, None))
    assert there
    for quad in there:
        store.remove(quad)
    if value is not None:
        store.add(Quad(subject, predicate, value))
    file = tmp_path / "catalog.ttl"
    file.write_bytes(serialize([quad.triple for quad in store], format=RdfFormat.TURTLE))
    found = {finding.shape.rpartition("#")[2] for finding in validation.check([file], context=[])}
    assert rule in found
