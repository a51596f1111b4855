"""L: identifiers, versions, releases."""

import hashlib
import json
import re
from typing import Any

from pyoxigraph import NamedNode

from harvest.client import canonical, dataset
from harvest.site import LANGUAGES, NAMES, RDF_TYPES, Page, Site, iri, proved
from harvest.verdicts import check, need, none_of, some

SEMANTIC = re.compile(r"\d+\.\d+\.\d+")


def releases(site: Site) -> dict[str, str]:
    """The addresses of the manifests of all releases, by version."""
    versions = {v.value for v in site.catalogue.all("dcat:version")}
    versions |= set(re.findall(r"releases/(\d+\.\d+\.\d+)", site.found(f"{site.base}releases/", "text/html").text))  # fmt: skip
    need(versions, "there is no release")
    return {version: f"{site.base}releases/{version}/manifest.json" for version in sorted(versions)}


def manifest(site: Site, address: str) -> dict[str, Any]:
    return json.loads(site.found(address, "application/json").text)


@check("L01")
def redirects(site: Site) -> str:
    return proved("tests/ontology/test_w3id.py")


@check("L02")
def other_base(site: Site) -> str:
    return proved("tests/api/test_base.py")


@check("L03")
def same_bytes(site: Site) -> str:
    return proved("tests/api/exporting")


@check("L04")
def manifests(site: Site) -> str:
    counted = 0
    for version, address in releases(site).items():
        found = manifest(site, address)
        need(found.get("version") == version, f"{address}: version {found.get('version')}")
        hashes = {}
        for file in some(found["files"], f"file in {address}"):
            where = f"{address.rpartition('/')[0]}/{file['name']}"
            body = site.client.ask(where, **{"Accept-Encoding": "identity"}).body
            need(hashlib.sha256(body).hexdigest() == file["sha256"], f"{where}: another SHA-256")
            need(len(body) == file["bytes"], f"{where}: {len(body)} bytes")
            name = file["name"]
            if name in {"teixit.nq", "teixit.trig", "teixit.ttl", "teixit.jsonld", "teixit.rdf"}:
                rdf = dataset(body, file["media_type"], site.base)
                hashes[name] = (canonical(rdf), canonical(rdf, merged=True))
            counted += 1
        whole = {h for n, (h, _) in hashes.items() if n in {"teixit.nq", "teixit.trig"}}
        need(whole == {found["rdfc10"]}, f"{version}: rdfc10 does not recompute")
        need(len({m for _, m in hashes.values()}) == 1, f"{version}: the formats differ")
    return f"{counted} hashes of files; the RDF forms of a release have one RDFC-1.0 hash"


@check("L05")
def immutable(site: Site) -> str:
    """What is exported of the graph that is served may still change, until it is kept."""
    *past, newest = releases(site).values()
    kept = [*past, newest] if "immutable" in cached(site, newest) else past
    counted = 0
    for address in kept:
        for file in manifest(site, address)["files"]:
            where = f"{address.rpartition('/')[0]}/{file['name']}"
            need("immutable" in cached(site, where), f"{where}: may change")
            counted += 1
    if not kept:
        return f"no release is kept here yet: {proved('tests/api/web/test_releases.py')}"
    return f"{counted} files, whose hashes L04 has compared"


def cached(site: Site, address: str) -> str:
    answer = site.client.head(address)
    need(answer.status == 200, f"{address}: {answer.status}")
    return answer.headers.get("cache-control", "")


@check("L06")
def versions(site: Site) -> str:
    graph = site.catalogue
    for name in NAMES:
        node = NamedNode(f"{site.base}id/dataset-{name}")
        found = graph.values(node, "dcat:version")
        need(found and SEMANTIC.fullmatch(found[0].value), f"{name}: dcat:version {found}")
        for property_ in ("dcat:hasCurrentVersion", "adms:versionNotes"):
            need(graph.values(node, property_), f"{name}: no {property_}")
        # A release is no dataset of its own, so it is the one that says what it is a version of.
        of_it = graph.store.quads_for_pattern(None, iri("dcat:isVersionOf"), node)
        need(list(of_it) or graph.values(node, "dcat:hasVersion"), f"{name}: no dcat:isVersionOf")
        told = [
            v.value
            for p in ("dcat:hasVersion", "dcat:hasCurrentVersion", "dcat:previousVersion")
            for v in graph.values(node, p)
        ]
        dead = [v for v in told if site.client.ours(v) and site.client.final(v).status != 200]
        none_of(dead, "versions do not answer")
    if len(releases(site)) > 1:
        need(graph.all("dcat:previousVersion"), "no dcat:previousVersion")
        return f"{len(releases(site))} releases"
    return "one release, which has none before it"


@check("L07")
def memento(site: Site) -> str:
    day = "Sat, 01 Jan 2028 00:00:00 GMT"
    answer = site.client.ask(site.sample[0], Accept="text/turtle", **{"Accept-Datetime": day})
    if answer.status == 303:
        where = answer.headers["location"]
        answer = site.client.ask(where, Accept="text/turtle", **{"Accept-Datetime": day})
    need(answer.status == 302, f"{answer.status}, not 302")
    need("accept-datetime" in answer.vary, f"Vary {sorted(answer.vary)}")
    relations = answer.headers.get("link", "")
    for relation in ("original", "timegate", "timemap"):
        need(relation in relations, f"no rel={relation}")
    past = site.client.final(answer.headers["location"], "text/turtle")
    need(past.status == 200, f"the memento answers {past.status}")
    need("memento-datetime" in past.headers, "no Memento-Datetime")
    return past.headers["memento-datetime"]


@check("L08")
def provenance(site: Site) -> str:
    graph = site.catalogue
    node = NamedNode(f"{site.base}id/dataset-graph")
    sources = graph.values(node, "prov:wasDerivedFrom")
    need(sources, "the dataset is derived from nothing")
    groups = {q.graph_name for q in site.dump if isinstance(q.graph_name, NamedNode)}
    told = ("prov:wasDerivedFrom", "prov:hadPrimarySource", "oa:hasSource", "dct:source", "rdf:type", "prov:wasAttributedTo")  # fmt: skip
    bare = [g for g in groups if not any(site.merged.values(g, name) for name in told)]
    none_of(bare, "graphs without a word about them")
    measured = {q.predicate for q in (*site.merged.store, *graph.store)}
    need(
        iri("dqv:hasQualityMeasurement") in measured or iri("dqv:value") in measured,
        "no measurement of quality (DQV)",
    )
    return f"{len(sources)} sources of the dataset, {len(groups)} graphs, and measurements"


@check("L09")
def packed(site: Site) -> str:
    names = some((n for n in site.dump_files if n.endswith(".gz")), "compressed file")
    for name in names:
        answer = site.client.head(site.dump_files[name])
        need(answer.type == "application/gzip", f"{name}: {answer.type}")
        plain = site.dump_files.get(name.removesuffix(".gz"))
        need(plain, f"{name}: not there uncompressed")
    whole = dataset(site.found(site.dump_files["teixit.nq"]).plain, RDF_TYPES["nq"], site.base)
    graphs = {q.graph_name for q in whole}
    need(len(graphs) > 1, "teixit.nq has one graph")
    return f"{len(names)} compressed files; teixit.nq holds {len(graphs)} graphs"


@check("L10")
def footers(site: Site) -> str:
    version = next(iter(releases(site)))
    addresses = [f"{site.base}{tag}/" for tag in LANGUAGES]
    addresses += [f"{site.base}{n}" for n in ("sparql", "def", "quality", "releases/")]
    addresses += [f"{site.base}datasets/{n}" for n in NAMES] + site.sample[:10]
    addresses += [f"{site.base}{tag}/datasets/graph" for tag in LANGUAGES]
    for address in addresses:
        answer = site.found(address, "text/html")
        if answer.type != "text/html":  # a list for programs
            continue
        page = Page(answer.text)
        need("CC BY 4.0" in page.text, f"{address}: no licence")
        need(version in page.text, f"{address}: no version {version}")
        need(re.search(r"\b20\d\d-\d\d-\d\d\b", page.text), f"{address}: no date")
        contact = [h for h in page.hrefs if h.startswith("mailto:") or "issues" in h]
        need(contact, f"{address}: no address for questions")
        need(f"{site.base}id/dataset-graph" in page.text, f"{address}: no citation")
    missing = site.client.ask(f"{site.base}ca/nowhere", Accept="text/html")
    need("CC BY 4.0" in Page(missing.text).text, "the page of a 404 has no licence")
    return f"{len(addresses)} pages, and that of a 404"
