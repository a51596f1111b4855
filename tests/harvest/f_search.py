"""F: search engines, as Google Dataset Search reads."""

import re
import urllib.robotparser
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from pyoxigraph import NamedNode

from harvest.site import LANGUAGES, NAMES, Page, Site
from harvest.verdicts import check, need, none_of, some

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SEMANTIC = "{http://sw.deri.org/2007/07/sitemapextension/scschema.xsd}"
#: What Google recommends; the groups are told by |, of which one is enough.
RECOMMENDED = (
    "alternateName", "creator", "identifier", "isAccessibleForFree", "keywords", "license",
    "measurementTechnique|variableMeasured", "sameAs", "spatialCoverage", "temporalCoverage",
    "version", "url", "includedInDataCatalog", "citation|creditText",
)  # fmt: skip
INTERVAL = re.compile(r"\d{4}(-\d\d){0,2}(/(\d{4}(-\d\d){0,2}|\.\.))?")
#: The most that a sitemap may hold, and so many of its pages are asked.
MOST, MOST_BYTES, ASKED = 50_000, 50 << 20, 150


def of_catalogue(site: Site, name: str) -> NamedNode:
    return NamedNode(f"{site.base}id/dataset-{name}")


@check("F01")
def embedded(site: Site) -> str:
    for name in NAMES:
        for language in LANGUAGES:
            found = site.structured(name, language)
            need(found.get("@type") == "Dataset", f"{name}: @type {found.get('@type')!r}")
            context = str(found.get("@context", "")).rstrip("/")
            need(context == "https://schema.org", f"{name}: context {context!r}")
    return f"{len(NAMES)} pages in {len(LANGUAGES)} languages"


@check("F02")
def required(site: Site) -> str:
    for name in NAMES:
        for language in LANGUAGES:
            found = site.structured(name, language)
            length = len(str(found.get("description", "")))
            need(found.get("name"), f"{name}: no name")
            need(50 <= length <= 5000, f"{name}: a description of {length} letters")
    return "name and description everywhere"


@check("F03")
def recommended(site: Site) -> str:
    for name in NAMES:
        found = site.structured(name)
        missing = [k for k in RECOMMENDED if not any(found.get(one) for one in k.split("|"))]
        need(not missing, f"{name}: no {', '.join(missing)}")
        part = {"graph": "hasPart", "questions": "isPartOf"}.get(name, "name")
        need(found.get(part), f"{name}: no {part}")
        need(found["isAccessibleForFree"] is True, f"{name}: not free")
        need(found["creator"].get("@type") in {"Organization", "Person"}, f"{name}: creator")
        period = found["temporalCoverage"]
        need(INTERVAL.fullmatch(period), f"{name}: temporalCoverage {period!r}")
        need(str(found["license"]).startswith("http"), f"{name}: license is no URL")
    return "all but funder: nobody funds it"


@check("F04")
def downloads(site: Site) -> str:
    counted = 0
    for name in NAMES:
        for one in some(site.structured(name).get("distribution", ()), f"download of {name}"):
            need(one.get("@type") == "DataDownload", f"{name}: {one.get('@type')!r}")
            need("/" in one.get("encodingFormat", ""), f"{name}: {one.get('encodingFormat')!r}")
            answer = site.client.head(one["contentUrl"])
            need(answer.status == 200, f"HEAD {one['contentUrl']}: {answer.status}")
            counted += 1
    return f"{counted} downloads answer HEAD"


def texts(site: Site, node: NamedNode, name: str, language: str) -> set[str]:
    return {
        v.value
        for v in site.catalogue.values(node, name)
        if getattr(v, "language", None) == language
    }


@check("F05")
def equal(site: Site) -> str:
    for name in NAMES:
        node = of_catalogue(site, name)
        for language in LANGUAGES:
            found = site.structured(name, language)
            need({found["name"]} == texts(site, node, "dct:title", language), f"{name}: name")
        told = {
            "license": {found["license"]}
            if isinstance(found["license"], str)
            else set(found["license"]),
            "dateModified": {found["dateModified"]},
            "version": {found["version"]},
            "contentUrl": {one["contentUrl"] for one in found["distribution"]},
        }
        for key, values in recorded(site, node).items():
            need(told[key] == values, f"{name}: {key} {sorted(told[key] ^ values)[:3]}")
    return "name, license, dateModified, version and contentUrl of each dataset"


def recorded(site: Site, node: NamedNode) -> Mapping[str, set[Any]]:
    """What the catalogue says of a dataset."""
    graph = site.catalogue
    licences = graph.values(node, "dct:license") or graph.values(
        node, "dcat:distribution", "dct:license"
    )
    files = graph.values(node, "dcat:distribution", "dcat:downloadURL")
    return {
        "license": {v.value for v in licences},
        "dateModified": {v.value for v in graph.values(node, "dct:modified")},
        "version": {v.value for v in graph.values(node, "dcat:version")},
        "contentUrl": {v.value for v in files},
    }


@check("F06")
def robots(site: Site) -> str:
    answer = site.found(f"{site.base}robots.txt")
    need(answer.type == "text/plain", f"Content-Type {answer.type!r}")
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(answer.text.splitlines())
    addresses = [f"{site.base}datasets/graph", *site.dump_files.values(), site.endpoint]
    paths = [site.client.path(address) for address in addresses]
    none_of((p for p in paths if not rules.can_fetch("Googlebot", p)), "paths are forbidden")
    maps = rules.site_maps() or []
    need(maps and all(m.startswith(("http://", "https://")) for m in maps), f"Sitemap: {maps}")
    return f"allows {len(paths)} addresses; {maps[0]}"


def sitemap(site: Site) -> ET.Element:
    (address, *_) = re.findall(r"(?m)^Sitemap:\s*(\S+)", site.found(f"{site.base}robots.txt").text)
    answer = site.found(address)
    need(len(answer.plain) <= MOST_BYTES, f"{len(answer.plain)} bytes")
    return ET.fromstring(answer.plain)


@check("F07")
def complete(site: Site) -> str:
    root = sitemap(site)
    entries = {u.findtext(f"{SITEMAP}loc"): u.findtext(f"{SITEMAP}lastmod") for u in root.iter(f"{SITEMAP}url")}  # fmt: skip
    need(root.tag == f"{SITEMAP}urlset" and entries, "no urlset")
    need(len(entries) <= MOST, f"{len(entries)} addresses")
    paths = {site.client.path(address): address for address in entries}
    for name in NAMES:
        path = site.client.path(f"{site.base}datasets/{name}")
        need(path in paths, f"{path} is not in it")
        modified = recorded(site, of_catalogue(site, name))["dateModified"]
        need({entries[paths[path]]} == modified, f"{path}: lastmod is not {modified}")
    need(not any("federador" in path for path in paths), "federador.rdf is in it")
    every = sorted(paths)
    asked = every[:: max(1, len(every) // ASKED)] + [p for p in every if "/doc/" not in p]
    for path in dict.fromkeys(asked):
        answer = site.client.get(path, "text/html")
        need(answer.status == 200, f"{path}: {answer.status}")
        canonical = [link["href"] for link in Page(answer.text).linked("canonical")]
        same = [site.client.path(one) for one in canonical] == [path]
        need(same, f"{path}: canonical {canonical}")
    return f"{len(entries)} addresses, {len(dict.fromkeys(asked))} of them asked"


@check("F08")
def described(site: Site) -> str:
    root = sitemap(site)
    pages = some(root.iter(f"{SITEMAP}url"), "page")
    for page in pages:
        languages = {link.get("hreflang") for link in page.iter(f"{XHTML}link")}
        need(set(LANGUAGES) <= languages, f"{page.findtext(f'{SITEMAP}loc')}: {languages}")
    sets = some(root.iter(f"{SEMANTIC}dataset"), "sc:dataset")
    for name in ("sparqlEndpointLocation", "dataDumpLocation", "datasetURI"):
        values = {e.text for one in sets for e in one.iter(f"{SEMANTIC}{name}")}
        need(values and all(site.client.ours(str(v)) for v in values), f"{name}: {values}")
    dumps = {e.text for one in sets for e in one.iter(f"{SEMANTIC}dataDumpLocation")}
    none_of((d for d in dumps if site.client.head(str(d)).status != 200), "dumps do not answer")
    return f"{len(pages)} pages with their languages, {len(sets)} datasets"
