"""B: CKAN, as ckanext-dcat reads."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from pyoxigraph import NamedNode

from harvest.ckan_reader import ABSENT
from harvest.client import canonical
from harvest.site import CATALOGUES, NAMES, RDF_TYPES, Site
from harvest.verdicts import NotApplicableError, check, need, none_of, some

#: Names the Python that has CKAN and ckanext-dcat, whose dependencies are not ours.
PYTHON = "CKAN_PYTHON"
READER = Path(__file__).parent / "ckan_reader.py"
#: What CKAN reads at most, in bytes.
MOST = 50 << 20


def type_of(name: str) -> str:
    return RDF_TYPES[name.rpartition(".")[2]]


@check("B01")
def heads(site: Site) -> str:
    for name in CATALOGUES:
        answer = site.client.head(f"{site.base}{name}", Accept="*/*")
        need(200 <= answer.status < 400, f"HEAD {name}: {answer.status}")
        need(answer.type == type_of(name), f"HEAD {name}: {answer.type}")
    return "200 on three files"


@check("B02")
def files(site: Site) -> str:
    for name in CATALOGUES:
        answer = site.client.get(f"{site.base}{name}", "*/*")
        need(answer.status == 200, f"{name}: {answer.status}")
        need(answer.type == type_of(name), f"{name}: {answer.type}")
        need(len(answer.plain) < MOST, f"{name}: {len(answer.plain)} bytes")
        need(answer.text, f"{name} is empty")
    hashes = {canonical(site.client.get(f"{site.base}{n}", "*/*").rdf) for n in CATALOGUES}
    need(len(hashes) == 1, "the three files say different things")
    return "three files, which say the same"


def parsed(site: Site, name: str, profile: str) -> list[dict[str, object]]:
    """What CKAN's own parser makes of a file of the catalogue, under a Python that has it."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(site.found(f"{site.base}{name}").plain)
        file.flush()
        command = [os.environ.get(PYTHON, sys.executable), str(READER), file.name, type_of(name)]
        run = subprocess.run([*command, profile], capture_output=True, text=True, check=False)
    if run.returncode == ABSENT:
        raise NotApplicableError(
            f"not run here: ckanext-dcat is not installed; {PYTHON}= names a Python that has it"
        )
    need(run.returncode == 0, f"{name}: {run.stderr[-200:]}")
    datasets = json.loads(run.stdout)
    for told in datasets:  # what CKAN has no field for stands among the extras
        extras = {extra["key"]: extra["value"] for extra in told.get("extras", ())}
        told.setdefault("uri", extras.get("uri"))
    return datasets


@check("B03")
def read_by_ckan(site: Site) -> str:
    listed = len(some(site.catalogue.all("dcat:dataset"), "dataset in the catalogue"))
    for name in CATALOGUES:
        for profile in ("euro_dcat_ap_3", "euro_dcat_ap_2"):
            found = parsed(site, name, profile)
            need(len(found) == listed, f"{name}, {profile}: {len(found)} of {listed} datasets")
            needed = ("title", "notes", "uri", "resources")
            none_of((d for d in found if not all(d.get(k) for k in needed)), f"of {name} lack some")
            wrong = [d["uri"] for d in found if d.get("license_id") != "cc-by"]
            if profile == "euro_dcat_ap_3":
                none_of(wrong, f"of {name} have a licence that CKAN does not know")
    return f"{listed} datasets by both profiles in three files, with the licence cc-by"


@check("B04")
def licences(site: Site) -> str:
    """CKAN knows a licence by its page at opendefinition, or by this title at its node."""
    title = "Creative Commons Attribution"
    nodes = some(site.catalogue.all("dct:license"), "licence")
    wrong = [
        n for n in nodes if title not in [t.value for t in site.catalogue.values(n, "dct:title")]
    ]
    none_of(wrong, "licences that CKAN does not know")
    bare = [
        d for d in site.catalogue.of_type("dcat:Dataset")
        if not site.catalogue.values(d, "dct:license")
        and not site.catalogue.values(d, "dcat:distribution", "dct:license")
    ]  # fmt: skip
    none_of(bare, "datasets without a licence")
    return f"cc-by by the title of {len(nodes)} licence nodes"


@check("B05")
def only_ours(site: Site) -> str:
    typed = set(site.catalogue.of_type("dcat:Dataset"))
    listed = set(site.catalogue.all("dcat:dataset"))
    none_of(typed ^ listed, "datasets are typed and not listed, or listed and not typed")
    expected = {f"{site.base}id/dataset-{name}" for name in NAMES}
    missing = expected - {dataset.value for dataset in listed}
    none_of(missing, "datasets are not in the catalogue")
    return f"{len(typed)} datasets"


@check("B06")
def identified(site: Site) -> str:
    sets = site.catalogue.of_type("dcat:Dataset")
    need(all(isinstance(d, NamedNode) for d in sets), "a dataset is a blank node")
    found = {d.value: [i.value for i in site.catalogue.values(d, "dct:identifier")] for d in sets}
    none_of((d for d, ids in found.items() if len(ids) != 1), "datasets without one identifier")
    need(len({i for (i,) in found.values()}) == len(found), "two datasets share an identifier")
    address = f"{site.base}catalog.ttl"
    first, second = (site.client.ask(address, Accept="*/*") for _ in range(2))
    need(first.plain == second.plain, "two fetches differ")
    return f"{len(found)} identifiers, and two fetches are the same bytes"


@check("B07")
def context(site: Site) -> str:
    found = json.loads(site.found(f"{site.base}catalog.jsonld").text)
    contexts = [found.get("@context", {})] if isinstance(found, dict) else []
    flat = [c for one in contexts for c in (one if isinstance(one, list) else [one])]
    none_of((c for c in flat if isinstance(c, str)), "remote contexts")
    need("@import" not in json.dumps(flat), "a context is imported")
    return "the context is inline"


@check("B08")
def one_place(site: Site) -> str:
    prefixes = ("dcat:bbox", "dcat:centroid", "skos:prefLabel", "rdfs:label")
    for dataset in some(site.catalogue.of_type("dcat:Dataset"), "dataset"):
        places = [
            place
            for place in site.catalogue.values(dataset, "dct:spatial")
            if any(site.catalogue.values(place, name) for name in prefixes)
        ]
        need(len(places) <= 1, f"{dataset}: {len(places)} places say more than their IRI")
    return "at most one place with a geometry or label for each dataset"


@check("B09")
def resources(site: Site) -> str:
    files = some(site.catalogue.subjects("dcat:downloadURL"), "distribution with a downloadURL")
    needed = ("dct:format", "dcat:mediaType", "dcat:accessURL", "dcat:byteSize", "spdx:checksum")
    none_of(
        (
            f"{file} {name}"
            for file in files
            for name in needed
            if not site.catalogue.values(file, name)
        ),
        "gaps in distributions",
    )
    return f"{len(files)} files with {len(needed)} properties each"


@check("B10")
def paging(site: Site) -> str:
    hydra = "http://www.w3.org/ns/hydra/core#"
    found = [q for q in site.catalogue.store if str(q.predicate.value).startswith(hydra)]
    need(not found, "the catalogue has pages, which nobody here follows")
    return "there are no pages: the catalogue is whole"
