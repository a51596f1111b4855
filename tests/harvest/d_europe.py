"""D: data.europa.eu, which is piveau, DCAT-AP 3.0.1 and the quality score MQA."""

import hashlib
import re

from pyoxigraph import NamedNode

from harvest.c_federator import results
from harvest.client import dataset
from harvest.site import CATALOGUES, RDF_TYPES, Graph, Site, iri
from harvest.verdicts import NotApplicableError, check, need, none_of, some

AUTHORITY = "http://publications.europa.eu/resource/authority"
IANA = "http://www.iana.org/assignments/media-types/"
#: Of the MQA's lists of formats, those that a catalogue like ours has.
READABLE = {
    "CSV", "JSON", "JSON_LD", "RDF", "RDF_XML", "RDF_TURTLE", "RDF_TRIG", "RDF_N_TRIPLES",
    "RDF_N_QUADS", "XML", "GEOJSON", "PARQUET", "SPARQLQ", "SPARQLQRES", "OWL", "SKOS_XML", "ZIP", "GZIP",
    "SCHEMA_SHACL",
}  # fmt: skip
ADDRESSES = (
    "dcat:accessURL", "dcat:downloadURL", "dcat:landingPage", "foaf:page", "dcat:endpointURL",
    "dcat:endpointDescription", "dct:conformsTo",
)  # fmt: skip
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?")
#: Warnings of the EU's vocabularies that the Spanish values bring with them.
UNAVOIDABLE = re.compile(
    r"datos\.gob\.es|spdx|corporate-body|publisher|sector-publico|w3id\.org/teixit/id/|iana\.org"
)


@check("D01")
def violations(site: Site) -> str:
    for name in CATALOGUES:
        bad, _, said = results(site, name, "ap,ap-html,ap-html-range")
        need(bad == 0, f"{name}: {bad} violations: {said[:3]}")
    return "0 violations on the bytes of three formats, by the official shapes"


@check("D02")
def ranges(site: Site) -> str:
    bad, _, said = results(site, "catalog.ttl", "ap-range", "--inference", "rdfs")
    need(bad == 0, f"{bad} violations: {said[:3]}")
    return "0 violations, by the official shapes"


@check("D03")
def recommended(site: Site) -> str:
    bad, warned, said = results(site, "catalog.ttl", "ap-rec,ap-depr")
    need(bad == warned == 0, f"{bad} violations, {warned} warnings: {said[:3]}")
    return "0 warnings, by the official shapes"


@check("D04")
def vocabularies(site: Site) -> str:
    bad, warned, said = results(site, "catalog.ttl", "ap-mdr")
    strange = [line for line in said if not UNAVOIDABLE.search(line)]
    none_of(strange, "results beside those that cannot be avoided")
    return f"{bad} violations of the spdx pattern and {warned} warnings, which cannot be avoided"


@check("D05")
def older(site: Site) -> str:
    bad, _, said = results(site, "catalog.dcat-ap-2.1.1.ttl", "ap211,ap211-range")
    need(bad == 0, f"{bad} violations: {said[:3]}")
    return "0 violations, by the official shapes"


def code(node: NamedNode) -> str:
    return node.value.rpartition("/")[2]


def scored(site: Site) -> dict[str, tuple[int, int]]:
    """Points of each dimension and the most there could be, the worst dataset deciding."""
    graph, worst = site.catalogue, {}
    for dataset_ in some(graph.of_type("dcat:Dataset"), "dataset"):
        files = graph.values(dataset_, "dcat:distribution")
        for name, points, holds in measures(site, graph, dataset_, files):
            before = worst.get(name, (points, points))[0]
            worst[name] = (min(before, points if holds else 0), points)
    return worst


def measures(
    site: Site, graph: Graph, dataset_: object, files: list
) -> list[tuple[str, int, bool]]:
    """The measures of the MQA with their weights, and whether they hold."""

    def has(*names: str) -> bool:
        return bool(graph.values(dataset_, *names))

    def each(name: str) -> bool:
        return bool(files) and all(graph.values(f, name) for f in files)

    def of(name: str, start: str) -> bool:
        values = [v for f in files for v in graph.values(f, name)]
        return bool(values) and all(v.value.startswith(start) for v in values)

    def answers(name: str) -> bool:
        values = [v.value for f in files for v in graph.values(f, name)]
        return bool(values) and all(site.client.head(v).status == 200 for v in values)

    formats = {code(v) for f in files for v in graph.values(f, "dct:format")}
    rights = graph.values(dataset_, "dct:accessRights")
    return [
        ("keyword", 30, has("dcat:keyword")),
        ("theme", 30, has("dcat:theme")),
        ("spatial", 20, has("dct:spatial")),
        ("temporal", 20, has("dct:temporal")),
        ("accessURL answers", 50, answers("dcat:accessURL")),
        ("downloadURL", 20, each("dcat:downloadURL")),
        ("downloadURL answers", 30, answers("dcat:downloadURL")),
        ("format", 20, each("dct:format")),
        ("mediaType", 10, each("dcat:mediaType")),
        ("from vocabularies", 10, of("dct:format", AUTHORITY) and of("dcat:mediaType", IANA)),
        ("non-proprietary", 20, bool(formats) and formats <= READABLE),
        ("machine-readable", 20, bool(formats) and formats <= READABLE),
        ("DCAT-AP", 30, results(site, "catalog.ttl", "ap")[0] == 0),
        ("licence", 20, each("dct:license")),
        ("licence from vocabulary", 10, of("dct:license", f"{AUTHORITY}/licence/")),
        ("accessRights", 10, bool(rights)),
        ("accessRights from vocabulary", 5, all(r.value.startswith(AUTHORITY) for r in rights)),
        ("contactPoint", 20, has("dcat:contactPoint")),
        ("publisher", 10, has("dct:publisher")),
        ("rights", 5, each("dct:rights") or bool(rights)),
        ("byteSize", 5, each("dcat:byteSize")),
        ("issued", 5, has("dct:issued")),
        ("modified", 5, has("dct:modified")),
    ]


@check("D06")
def quality(site: Site) -> str:
    found = scored(site)
    points, most = (sum(pair[n] for pair in found.values()) for n in (0, 1))
    need(most == 405, f"the weights sum to {most}")
    lost = [name for name, (got, full) in found.items() if got < full]
    need(points == most, f"{points}/405: {', '.join(lost)}")
    return "405/405, counted by the weights of mqa-scoring, the worst dataset deciding"


@check("D07")
def answers(site: Site) -> str:
    ours, elsewhere = set(), set()
    for name in ADDRESSES:
        for value in site.catalogue.all(name):
            (ours if site.client.ours(value.value) else elsewhere).add(value.value)
    for address in some(sorted(ours), "address"):
        answer = site.client.head(address)
        if answer.status == 303:  # an identifier of ours, whose document must answer
            answer = site.client.final(address)
        need(answer.status == 200, f"HEAD {address}: {answer.status}")
        need(answer.seconds < 10, f"HEAD {address}: {answer.seconds:.1f} s")
    return f"{len(ours)} addresses of ours; {len(elsewhere)} of others cannot be asked here"


@check("D08")
def files(site: Site) -> str:
    graph = site.catalogue
    nodes = some(graph.subjects("dcat:downloadURL"), "distribution")
    checked = 0
    for node in nodes:
        (address,) = (v.value for v in graph.values(node, "dcat:downloadURL"))
        answer = site.client.ask(address, Accept="*/*", **{"Accept-Encoding": "identity"})
        need(answer.status == 200, f"{address}: {answer.status}")
        packed = [v.value for v in graph.values(node, "dcat:compressFormat")]
        types = packed or [v.value for v in graph.values(node, "dcat:mediaType")]
        need(any(answer.type == t.partition(IANA)[2] for t in types), f"{address}: {answer.type}, not {types}")  # fmt: skip
        for size in graph.values(node, "dcat:byteSize"):
            need(len(answer.body) == int(size.value), f"{address}: {len(answer.body)}, not {size.value} bytes")  # fmt: skip
        sums = graph.values(node, "spdx:checksum", "spdx:checksumValue")
        need(sums, f"{address}: no checksum")
        digest = hashlib.sha1(answer.body, usedforsecurity=False).hexdigest()
        need(digest in {s.value.lower() for s in sums}, f"{address}: another SHA-1")
        if answer.type in RDF_TYPES.values():
            need(len(dataset(answer.body, answer.type, site.base)), f"{address}: no statement")
        checked += 1
    return f"type, length and SHA-1 of {checked} files; those of RDF parse"


@check("D09")
def distributions(site: Site) -> str:
    graph = site.catalogue
    found = some(graph.of_type("dcat:Distribution"), "distribution")
    for node in found:
        licences = graph.values(node, "dct:license")
        good = licences and all(v.value.startswith(f"{AUTHORITY}/licence/") for v in licences)
        need(good, f"{node}: licence {licences}")
        need(graph.values(node, "dcatap:availability"), f"{node}: no availability")
        formats = {code(f) for f in graph.values(node, "dct:format")}
        need(formats and formats <= READABLE, f"{node}: format {formats}")
        types = graph.values(node, "dcat:mediaType")
        need(types and all(t.value.startswith(IANA) for t in types), f"{node}: mediaType {types}")
    return f"{len(found)} distributions"


@check("D10")
def datasets(site: Site) -> str:
    graph = site.catalogue
    found = some(graph.of_type("dcat:Dataset"), "dataset")
    needed = ("dcat:keyword", "dct:spatial", "dct:temporal", "dct:publisher", "dct:issued", "dct:modified")  # fmt: skip
    for node in found:
        for name in needed:
            need(graph.values(node, name), f"{node}: no {name}")
        public = NamedNode(f"{AUTHORITY}/access-right/PUBLIC")
        need(public in graph.values(node, "dct:accessRights"), f"{node}: not PUBLIC")
        themes = graph.values(node, "dcat:theme")
        need(any("/data-theme/" in t.value for t in themes), f"{node}: no EU theme")
        need(graph.values(node, "dcat:contactPoint", "vcard:fn"), f"{node}: a contact without name")
        mails = graph.values(node, "dcat:contactPoint", "vcard:hasEmail")
        need(any(m.value.startswith("mailto:") for m in mails), f"{node}: no mailto:")
    return f"{len(found)} datasets"


@check("D11")
def dates(site: Site) -> str:
    graph, counted = site.catalogue, 0
    allowed = {iri(f"xsd:{name}") for name in ("date", "dateTime", "gYear", "gYearMonth")}
    for name in ("dct:issued", "dct:modified", "dcat:startDate", "dcat:endDate"):
        for value in graph.all(name):
            need(getattr(value, "datatype", None) in allowed, f"{name}: {value} is not typed")
            need(DATE.fullmatch(value.value) or len(value.value) < 8, f"{name}: {value.value}")
            counted += 1
    need(counted, "there is no date")
    return f"{counted} dates"


@check("D12")
def apart(site: Site) -> str:
    graph = site.catalogue
    sets = set(some(graph.of_type("dcat:Dataset"), "dataset"))
    for start in sets:
        seen, left = set(), [start]
        while left:
            node = left.pop()
            if node in seen:
                continue
            seen.add(node)
            left += [
                quad.object
                for quad in graph.store.quads_for_pattern(node, None, None)
                if isinstance(quad.object, NamedNode) and quad.predicate != iri("foaf:primaryTopic")
            ]
        none_of((seen & sets) - {start}, f"datasets are dragged along by {code(start)}")
    return f"{len(sets)} datasets stand alone"


@check("D13")
def dump(site: Site) -> str:
    answer = site.client.ask(site.dump_files["teixit.nq"])
    need(answer.type in RDF_TYPES.values(), f"Content-Type {answer.type!r}")
    need(answer.seconds < 120, f"{answer.seconds:.0f} s")
    return f"{answer.type}, {len(answer.body)} bytes in {answer.seconds:.2f} s"


@check("D14")
def oai(site: Site) -> str:
    answer = site.client.ask(f"{site.base}oai?verb=Identify")
    if answer.status == 404:
        raise NotApplicableError("there is no OAI-PMH; the catalogue as a file is taken too")
    need("<Identify" in answer.text, "no answer to Identify")
    need("dcat_ap" in site.found(f"{site.base}oai?verb=ListMetadataFormats").text, "no dcat_ap")
    return "Identify and dcat_ap"
