"""E: other portals."""

import json

from harvest.site import NAMES, RDF_TYPES, Site
from harvest.verdicts import NotApplicableError, check, need, none_of


@check("E01")
def udata(site: Site) -> str:
    for name, type_ in (
        ("catalog.ttl", "ttl"),
        ("catalog.rdf", "rdf"),
        ("catalog.jsonld", "jsonld"),
    ):
        answer = site.client.head(f"{site.base}{name}", Accept="*/*")
        need(answer.status == 200 and answer.type == RDF_TYPES[type_], f"{name}: {answer.type}")
    sets = site.catalogue.of_type("dcat:Dataset")
    need(sets, "no dataset")
    none_of(
        (d for d in sets if not site.catalogue.values(d, "dct:identifier")), "without identifier"
    )
    return f"{len(sets)} datasets with dct:identifier"


@check("E02")
def asked(site: Site) -> str:
    query = (
        "PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> "
        "SELECT DISTINCT ?d WHERE { ?d a dcat:Dataset ; dct:title ?t }"
    )
    found = site.asked(query)
    if not found:
        raise NotApplicableError(
            "the catalogue holds sizes and hashes of files that hold the graph, so it cannot "
            "stand in it; VoID does, and names the same datasets"
        )
    need(len(found) >= len(NAMES), f"{len(found)} datasets at the endpoint")
    return f"{len(found)} datasets"


@check("E03")
def plain(site: Site) -> str:
    found = json.loads(site.found(f"{site.base}data.json").text)
    need(found.get("dataset"), "data.json names no dataset")
    for dataset in found["dataset"]:
        for key in ("title", "description", "identifier", "distribution"):
            need(dataset.get(key), f"data.json: a dataset lacks {key}")
    json.loads(site.found(f"{site.base}catalog.jsonld").text)
    return f"data.json with {len(found['dataset'])} datasets, catalog.jsonld"
