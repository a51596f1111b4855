"""C: datos.gob.es, by DCAT-AP-ES 1.0.0 and its federator's own rules."""

import datetime as dt
import json
import re
import tempfile
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from harvest.site import LANGUAGES, RDF_TYPES, Graph, Site, iri, judged, proved, shared
from harvest.verdicts import check, need, none_of, some

MOST = 50 << 20
ORGANISATION = re.compile(
    r"http://datos\.gob\.es/recurso/sector-publico/org/Organismo/[A-Z][A-Z0-9]{8}"
)
SECTOR = "http://datos.gob.es/kos/sector-publico/sector"
OFFICIAL = re.compile(r"https?://(publications\.europa\.eu/resource/authority|datos\.gob\.es)/")
TEXTS = ("dct:title", "dct:description", "dcat:keyword", "vcard:fn")


def written(site: Site, name: str, folder: str) -> str:
    """A served file as it came, on the disk for a judge."""
    file = Path(folder) / Path(name).name
    file.write_bytes(site.found(f"{site.base}{name}", "*/*").plain)
    return str(file)


def results(site: Site, name: str, sets: str, *more: str) -> tuple[int, int, list[str]]:
    """Violations and warnings that the official shapes find in a served file, and what is said."""
    shared("suites/dcat-ap")
    with tempfile.TemporaryDirectory() as folder:
        status, said = judged(
            "validate_dcat.py", written(site, name, folder), "--sets", sets, *more
        )
    lines = [line for line in said.splitlines() if line.startswith("== ")]
    need(len(lines) == len(sets.split(",")), f"the validator did not end ({status}): {said[-300:]}")
    count = {
        word: sum(int(n) for line in lines for n in re.findall(rf"'{word}': (\d+)", line))
        for word in ("Violation", "Warning")
    }
    told = [line.strip(" |") for line in said.splitlines() if re.match(r"\s+\|", line)]
    return count["Violation"], count["Warning"], told


def resources(graph: Graph) -> list[NamedNode]:
    return some(graph.of_type("dcat:Dataset") + graph.of_type("dcat:DataService"), "resource")


@check("C01")
def file(site: Site) -> str:
    answer = site.client.get(f"{site.base}federador.rdf", "*/*")
    need(answer.status == 200 and answer.type == RDF_TYPES["rdf"], f"{answer.status} {answer.type}")
    need(len(answer.plain) < MOST, f"{len(answer.plain)} bytes")
    need("hydra" not in answer.text, "it has pages")
    return f"{len(answer.plain)} bytes"


@check("C02")
def violations(site: Site) -> str:
    bad, _, said = results(site, "federador.rdf", "es")
    need(bad == 0, f"{bad} violations: {said[:3]}")
    return "0 violations, by the official shapes"


@check("C03")
def warnings(site: Site) -> str:
    _, warned, said = results(site, "federador.rdf", "es")
    need(warned == 0, f"{warned} warnings: {said[:3]}")
    return "0 warnings, by the official shapes"


@check("C04")
def lint(site: Site) -> str:
    with tempfile.TemporaryDirectory() as folder:
        status, said = judged("dge_lint.py", written(site, "federador.rdf", folder))
    need(status == 0, " ".join(said.split())[:300])
    return said.splitlines()[0].rpartition("/")[2]


@check("C05")
def publishers(site: Site) -> str:
    found = some(site.federador.all("dct:publisher"), "publisher")
    none_of((p for p in found if not ORGANISATION.fullmatch(p.value)), "foreign publishers")
    return ", ".join(p.value.rpartition("/")[2] for p in found)


@check("C06")
def texts(site: Site) -> str:
    graph, counted = site.federador, 0
    for name in TEXTS:
        for subject in graph.subjects(name):
            # Of a licence or a standard others say the title; these names are not ours to translate.
            if not subject.value.startswith(site.base):
                continue
            values = graph.values(subject, name)
            found = {value.language for value in values}
            need(set(LANGUAGES) <= found, f"{subject} {name}: only {found}")
            need(all(v.value.strip() for v in values), f"{subject} {name}: an empty text")
            counted += 1
    need(counted, "nothing has a title")
    return f"{counted} texts in three languages"


@check("C07")
def sectors(site: Site) -> str:
    graph = site.federador
    found = resources(graph)
    without = [
        r for r in found
        if not any(t.value.startswith(f"{SECTOR}/") for t in graph.values(r, "dcat:theme"))
    ]  # fmt: skip
    none_of(without, "resources without a sector")
    need(NamedNode(SECTOR) in graph.all("dcat:themeTaxonomy"), "no themeTaxonomy of sectors")
    return f"{len(found)} resources"


@check("C08")
def identifiers(site: Site) -> str:
    graph = site.federador
    found = {r: graph.values(r, "dct:identifier") for r in resources(graph)}
    none_of((r for r, ids in found.items() if len(ids) != 1), "without exactly one identifier")
    need(len({i[0].value for i in found.values()}) == len(found), "an identifier is used twice")
    return f"{len(found)} identifiers"


@check("C09")
def dates(site: Site) -> str:
    graph, today = site.federador, dt.datetime.now(dt.UTC).date().isoformat()
    allowed = {iri("xsd:date"), iri("xsd:dateTime")}
    subjects = some(graph.subjects("dct:modified"), "date")
    for subject in subjects:
        issued, modified = (graph.values(subject, n) for n in ("dct:issued", "dct:modified"))
        for value in (*issued, *modified):
            need(value.datatype in allowed, f"{subject}: {value}")
            need(value.value[:10] <= today, f"{subject}: {value.value} is in the future")
        for first in issued:
            need(first.value[:10] <= modified[0].value[:10], f"{subject}: modified before issued")
    return f"{len(subjects)} resources"


@check("C10")
def places(site: Site) -> str:
    for resource in resources(site.federador):
        found = [p.value for p in site.federador.values(resource, "dct:spatial")]
        kinds = {kind for kind in ("Provincia", "Autonomia") for p in found if f"/{kind}/" in p}
        need(len(kinds) < 2, f"{resource}: {found}")
    return "no province and region at once"


@check("C11")
def codes(site: Site) -> str:
    """The code list is a file beside the project, taken from the Publications Office."""
    used = {
        term.value
        for q in site.federador.store
        for term in (q.subject, q.object)
        if isinstance(term, NamedNode) and OFFICIAL.match(term.value)
    }
    none_of((code for code in used if code.startswith("https")), "codes with https")
    known = set()
    for vocabulary in shared("suites/dcat-ap/vocab").rglob("*"):
        if vocabulary.is_file():
            known |= set(
                re.findall(r"http://[\w./-]+[\w-]", vocabulary.read_text("utf-8", "ignore"))
            )
            if vocabulary.suffix == ".json":
                known |= listed(json.loads(vocabulary.read_text("utf-8")))
    authority = {code for code in used if "/authority/" in code and code.count("/") > 5}
    none_of(authority - known, "codes that the authority lists do not have")
    return f"{len(authority)} codes of authority lists, {len(used)} official IRIs"


def listed(
    codes: object, before: str = "http://publications.europa.eu/resource/authority"
) -> set[str]:
    """The IRIs of a list of codes by table."""
    if isinstance(codes, dict):
        return {c for key, value in codes.items() for c in listed(value, f"{before}/{key}")} | {
            f"{before}/{key}" for key in codes
        }
    if isinstance(codes, list):
        return {
            c if str(c).startswith("http") else f"{before}/{c}" for c in codes if isinstance(c, str)
        }
    return set()


@check("C12")
def reached(site: Site) -> str:
    graph = site.federador
    catalogues = graph.of_type("dcat:Catalog")
    need(len(catalogues) == 1, f"{len(catalogues)} catalogues")
    seen, left = set(), [*catalogues]
    while left:
        node = left.pop()
        if node in seen or isinstance(node, Literal):
            continue
        seen.add(node)
        left += [q.object for q in graph.store.quads_for_pattern(node, None, None)]
    subjects = {q.subject for q in graph.store}
    none_of(subjects - seen, "nodes that are not reached")
    none_of((s for s in subjects if not isinstance(s, NamedNode)), "blank nodes")
    kinds = ("dcat:Catalog", "dcat:Dataset", "dcat:DataService", "dcat:Distribution")
    typed = [node for kind in kinds for node in graph.of_type(kind)]
    need(len(typed) == len(set(typed)), "a node has two of the four classes")
    return f"{len(subjects)} nodes"


@check("C13")
def complete(site: Site) -> str:
    graph = site.federador
    for dataset in some(graph.of_type("dcat:Dataset"), "dataset"):
        need(len(graph.subjects("dcat:dataset", dataset)) == 1, f"{dataset}: not in one catalogue")
        files = graph.values(dataset, "dcat:distribution")
        need(files, f"{dataset}: no distribution")
        for file_ in files:
            for name in ("dcat:accessURL", "dct:format", "dct:license"):
                need(graph.values(file_, name), f"{file_}: no {name}")
            titles = {t.language for t in graph.values(file_, "dct:title")}
            need("es" in titles, f"{file_}: no title@es")
    return f"{len(graph.of_type('dcat:Distribution'))} distributions"


@check("C14")
def titles(site: Site) -> str:
    found = [
        title.value[:300]
        for dataset in site.federador.of_type("dcat:Dataset")
        for title in site.federador.values(dataset, "dct:title")
        if title.language == "es"
    ]
    need(
        found and len(found) == len(set(found)), f"{len(found)} titles, {len(set(found))} different"
    )
    return f"{len(found)} titles"


@check("C15")
def mutations(site: Site) -> str:
    return proved("tests/shapes/test_shapes.py")


@check("C16")
def left_out(site: Site) -> str:
    graph = site.federador
    need(not graph.all("dcatap:hvdCategory"), "it has hvdCategory")
    need(not graph.of_type("dcat:CatalogRecord"), "it has records")
    need(not graph.of_type("owl:Ontology"), "it has metadata of an ontology")
    return "none of the three"


@check("C17")
def package(site: Site) -> str:
    found = json.loads(site.found(f"{site.base}ckan/package.json").text)
    bodies = found if isinstance(found, list) else [found]
    bodies = found["packages"] if isinstance(found, dict) and "packages" in found else bodies
    for body in some(bodies, "package"):
        for key in ("name", "title", "notes", "license_id", "resources", "tags"):
            need(body.get(key), f"a package lacks {key}")
        need(re.fullmatch(r"[a-z0-9_-]{2,100}", body["name"]), f"name {body['name']!r}")
        bad = [r for r in body["resources"] if not r.get("url") or not r.get("format")]
        none_of(bad, "resources without url or format")
    return f"{len(bodies)} bodies"
