"""J: FAIR Signposting and F-UJI."""

import json
import re
import tomllib
from collections import Counter

from pyoxigraph import NamedNode

from harvest.client import Answer
from harvest.site import CATALOGUES, NAMES, ROOT, Site, links
from harvest.verdicts import NotApplicableError, check, need, none_of, some

LINKSET = "application/linkset+json"
RELATIONS = ("cite-as", "describedby", "item", "type", "license", "author", "linkset")


def signposts(answer: Answer) -> list[dict[str, str]]:
    return links(answer.headers.get("link", ""))


@check("J01")
def landing(site: Site) -> str:
    counted = 0
    for name in NAMES:
        answer = site.client.head(f"{site.base}datasets/{name}", Accept="text/html")
        need(answer.status == 200, f"HEAD datasets/{name}: {answer.status}")
        found = signposts(answer)
        told = Counter(link.get("rel") for link in found)
        missing = [r for r in RELATIONS if not told[r]]
        need(not missing, f"{name}: no {', '.join(missing)}")
        (cited,) = [link["href"] for link in found if link["rel"] == "cite-as"]
        need(cited == f"{site.base}id/dataset-{name}", f"{name}: cite-as {cited}")
        types = {link["href"] for link in found if link["rel"] == "type"}
        need("https://schema.org/Dataset" in types, f"{name}: type {types}")
        bare = [
            one for one in found if one["rel"] in {"item", "describedby"} and not one.get("type")
        ]
        none_of(bare, "links without a type")
        graph = site.catalogue
        files = graph.values(NamedNode(cited), "dcat:distribution", "dcat:downloadURL")
        items = {link["href"] for link in found if link["rel"] == "item"}
        need(
            items == {f.value for f in files}, f"{name}: item does not name the {len(files)} files"
        )
        described = {site.client.path(one["href"]) for one in found if one["rel"] == "describedby"}
        needed = {site.client.path(f"{site.base}{n}") for n in CATALOGUES}
        need(needed <= described, f"{name}: describedby {described}")
        counted += len(found)
    return f"{counted} links on {len(NAMES)} pages"


@check("J02")
def linkset(site: Site) -> str:
    answer = site.client.head(f"{site.base}datasets/graph", Accept="text/html")
    targets = [one for one in signposts(answer) if one.get("rel") == "linkset"]
    need(targets, "no rel=linkset")
    found = site.found(targets[0]["href"])
    need(found.type == LINKSET, f"Content-Type {found.type!r}")
    contexts = {c["anchor"]: c for c in json.loads(found.text)["linkset"]}
    for name in NAMES:
        page = site.client.head(f"{site.base}datasets/{name}", Accept="text/html")
        told = {(one["rel"], one["href"], one.get("type")) for one in signposts(page)}
        anchors = [c for a, c in contexts.items() if a.endswith(f"/datasets/{name}")]
        need(len(anchors) == 1, f"{name}: {len(anchors)} contexts")
        same = {
            (relation, target["href"], target.get("type"))
            for relation, values in anchors[0].items()
            if relation != "anchor"
            for target in values
        }
        need(told == same, f"{name}: {sorted(told ^ same, key=str)[:2]} differ")
    return f"{len(contexts)} contexts; those of the pages have the same links"


@check("J03")
def files(site: Site) -> str:
    addresses = some(site.dump_files.values(), "file")
    for address in addresses:
        found = signposts(site.client.head(address))
        back = [one["href"] for one in found if one.get("rel") == "collection"]
        need(back, f"{address}: no rel=collection")
        need(any("/datasets/" in one for one in back), f"{address}: collection {back}")
        need(any(one.get("rel") == "describedby" for one in found), f"{address}: no describedby")
    return f"{len(addresses)} files lead back"


@check("J04")
def metadata(site: Site) -> str:
    graph = site.catalogue
    text = "\n".join(str(q) for q in graph.store)
    need(re.search(r"spdx\.org/licenses/|CC-BY-4\.0", text), "no SPDX form of the licence")
    need("prov#wasGeneratedBy" in text or "prov#wasDerivedFrom" in text, "no provenance")
    files_ = some(graph.subjects("dcat:downloadURL"), "file")
    bare = [
        f
        for f in files_
        if not graph.values(f, "dcat:byteSize") or not graph.values(f, "dcat:mediaType")
    ]
    none_of(bare, "files without size or type")
    return f"SPDX licence, provenance, sizes and types of {len(files_)} files"


@check("J05")
def interfaces(site: Site) -> str:
    answer = site.found(f"{site.base}.well-known/api-catalog")
    need(answer.type == LINKSET, f"Content-Type {answer.type!r}")
    text = answer.text
    contexts = json.loads(text)["linkset"]
    need(contexts, "an empty linkset")
    for address in (site.endpoint, f"{site.base}catalog", f"{site.base}.well-known/void"):
        need(address in text, f"it does not name {address}")
    targets = {t["href"] for c in contexts for r, ts in c.items() if r != "anchor" for t in ts}
    ours = sorted(target for target in targets if site.client.ours(target))
    none_of((t for t in ours if site.client.final(t).status != 200), "links do not answer")
    head = signposts(site.client.head(f"{site.base}.well-known/api-catalog"))
    need(any(one.get("rel") == "api-catalog" for one in head), "HEAD has no rel=api-catalog")
    return f"{len(contexts)} contexts, {len(ours)} links that answer"


@check("J06")
def repository(site: Site) -> str:
    codemeta_, zenodo = ROOT / "codemeta.json", ROOT / ".zenodo.json"
    need(codemeta_.exists(), "there is no codemeta.json")
    codemeta = json.loads(codemeta_.read_text("utf-8"))
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    need(codemeta.get("version") == version, f"codemeta.json: version {codemeta.get('version')}")
    cited = re.search(r"(?m)^version: \"?([\d.]+)", citation)
    need(not cited or cited[1] == version, f"CITATION.cff: version {cited and cited[1]}")
    need("CC-BY-4.0" in citation and "CC-BY-4.0" in json.dumps(codemeta), "licences differ")
    versions = {v.value for v in site.catalogue.all("dcat:version")}
    need(version in versions, f"the catalogue has the versions {versions}")
    if not zenodo.exists():
        raise NotApplicableError(
            "CITATION.cff, codemeta.json and the catalogue agree; nothing is deposited at Zenodo"
        )
    return "the three agree"
