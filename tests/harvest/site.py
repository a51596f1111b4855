"""The site that is checked: its client, and what several checks read of it."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import Dataset, Literal, NamedNode, Store

from harvest.client import Answer, Client, dataset
from harvest.verdicts import FailedError, NotApplicableError, need, some
from teixit.namespaces import BASE, PREFIXES, THING

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
#: Things that are asked one by one; more than these are drawn with a seed.
SAMPLE = int(os.environ.get("HARVEST_SAMPLE", "200"))
NAMES = ("graph", "ontology", "shapes", "questions")
LANGUAGES = ("ca", "es", "en")
RDF_TYPES = {
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
WHOLE = frozenset({"trig", "nq"})
CATALOGUES = ("catalog.ttl", "catalog.rdf", "catalog.jsonld")


def iri(name: str) -> NamedNode:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return NamedNode({**PREFIXES, **OTHERS}[prefix] + local)


OTHERS = {
    "adms": "http://www.w3.org/ns/adms#",
    "void": "http://rdfs.org/ns/void#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "dcatap": "http://data.europa.eu/r5r/",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    "ldes": "https://w3id.org/ldes#",
    "tree": "https://w3id.org/tree#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "schemas": "https://schema.org/",
}


class Graph:
    """Statements asked by prefixed names, whatever graph they stand in."""

    def __init__(self, found: Iterable[Any]) -> None:
        self.store = Store()
        self.store.extend(found)

    def __len__(self) -> int:
        return len({(q.subject, q.predicate, q.object) for q in self.store})

    def of_type(self, name: str) -> list[Any]:
        return self.subjects("rdf:type", iri(name))

    def subjects(self, name: str, value: Any = None) -> list[Any]:
        found = self.store.quads_for_pattern(None, iri(name), value)
        return sorted({quad.subject for quad in found}, key=str)

    def values(self, subject: Any, *names: str) -> list[Any]:
        """Objects at the end of a path of properties."""
        found = {subject}
        for name in names:
            found = {
                quad.object
                for node in found
                if not isinstance(node, Literal)
                for quad in self.store.quads_for_pattern(node, iri(name), None)
            }
        return sorted(found, key=str)

    def all(self, name: str) -> list[Any]:
        return sorted(
            {q.object for q in self.store.quads_for_pattern(None, iri(name), None)}, key=str
        )

    def count(self, query: str) -> int:
        (row,) = self.store.query(query, use_default_graph_as_union=True)
        return int(row[0].value)

    def rows(self, query: str) -> list[Any]:
        return list(self.store.query(query, use_default_graph_as_union=True))


class Page(HTMLParser):
    """What programs read in a page: links of its head, its language, data in it, its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.language, self.data, self.ids = "", [], set()
        self.hrefs: list[str] = []
        self._open, self._pieces = False, []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if "id" in named:
            self.ids.add(named["id"])
        if tag == "html":
            self.language = named.get("lang", "")
        elif tag == "link":
            self.links.append(named)
        elif tag == "a" and "href" in named:
            self.hrefs.append(named["href"])
        elif tag == "script":
            self._open, self._pieces = named.get("type") == "application/ld+json", []

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open:
            self.data.append("".join(self._pieces))
            self._open = False

    def handle_data(self, data: str) -> None:
        (self._pieces if self._open else self.words).append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def linked(self, relation: str) -> list[dict[str, str]]:
        return [link for link in self.links if relation in link.get("rel", "").split()]


def links(header: str) -> list[dict[str, str]]:
    """Read a Link header: each target with its parameters."""
    found = []
    for target, rest in re.findall(r"<([^>]*)>([^,<]*(?:\"[^\"]*\"[^,<]*)*)", header):
        named = dict(re.findall(r";\s*([\w*-]+)=\"?([^\";]*)\"?", rest))
        found.append({"href": target, **named})
    return found


class Site:
    """What is checked."""

    def __init__(self, client: Client, base: str = BASE) -> None:
        self.client, self.base = client, base
        self.endpoint = f"{base}sparql"

    def found(self, address: str, accept: str | None = None) -> Answer:
        """The answer at the end of the redirects, which must be a good one."""
        answer = self.client.final(address, accept)
        need(answer.status == 200, f"{address} answers {answer.status}, not 200")
        return answer

    def graph(self, address: str, accept: str | None = None) -> Graph:
        """The RDF at an address."""
        answer = self.found(address, accept)
        try:
            return Graph(answer.rdf)
        except SyntaxError as error:
            raise FailedError(f"{address} does not parse: {error}") from error

    @cached_property
    def catalogue(self) -> Graph:
        return self.graph(f"{self.base}catalog.ttl")

    @cached_property
    def federador(self) -> Graph:
        return self.graph(f"{self.base}federador.rdf")

    @cached_property
    def void(self) -> Graph:
        return self.graph(f"{self.base}void.ttl")

    @cached_property
    def ontology(self) -> Graph:
        return self.graph(f"{self.base}def", "text/turtle")

    @cached_property
    def dump_files(self) -> dict[str, str]:
        """What the catalogue offers to download, by the names of the files."""
        found = [node.value for node in self.catalogue.all("dcat:downloadURL")]
        return {address.rpartition("/")[2]: address for address in some(found, "downloadURL")}

    @cached_property
    def dump(self) -> Dataset:
        """All the statements with their graphs, as anybody downloads them."""
        address = self.dump_files.get("teixit.nq")
        need(address, "the catalogue offers no teixit.nq")
        return dataset(self.found(address or "").plain, RDF_TYPES["nq"], self.base)

    @cached_property
    def merged(self) -> Graph:
        """The dump in one graph, for questions."""
        return Graph(self.dump)

    @cached_property
    def things(self) -> list[str]:
        """Every IRI of ours that names a thing, wherever in the dump it stands."""
        terms = (
            term
            for quad in self.dump
            for term in (quad.subject, quad.object, quad.graph_name)
            if isinstance(term, NamedNode) and term.value.startswith(THING)
        )
        return some(sorted({term.value for term in terms}), "thing of ours in the dump")

    @cached_property
    def sample(self) -> list[str]:
        found = self.things
        if len(found) <= SAMPLE:
            return found
        return sorted(random.Random(20261122).sample(found, SAMPLE))  # noqa: S311 - no secret

    @cached_property
    def documents(self) -> list[str]:
        """Public addresses that every group asks."""
        names = [
            "ca/", "es/", "en/", "def", "def.ttl", "shapes.ttl", "sparql", "health", "releases/",
            "void.ttl", ".well-known/void", "catalog", *CATALOGUES, "federador.rdf",
            "catalog.dcat-ap-2.1.1.ttl", "ckan/package.json", "lod-cloud.json", "data.json",
            "sitemap.xml", "robots.txt", "linkset.json", ".well-known/api-catalog", "quality",
            "ldes", "feed.atom", *(f"datasets/{name}" for name in NAMES),
        ]  # fmt: skip
        return [f"{self.base}{name}" for name in names]

    def landing(self, name: str, language: str = "") -> Page:
        folder = f"{language}/" if language else ""
        return Page(self.found(f"{self.base}{folder}datasets/{name}", "text/html").text)

    def structured(self, name: str, language: str = "en") -> Mapping[str, Any]:
        """The one JSON-LD in the page of a dataset."""
        page = self.landing(name, language)
        need(len(page.data) == 1, f"datasets/{name} has {len(page.data)} JSON-LD, not one")
        try:
            return json.loads(page.data[0])
        except ValueError as error:
            raise FailedError(f"datasets/{name}: its JSON-LD is no JSON: {error}") from error

    def query(self, text: str, accept: str = "application/sparql-results+json") -> Answer:
        return self.client.get(f"{self.endpoint}?{urlencode({'query': text})}", accept)

    def asked(self, text: str) -> Any:
        """The bindings of a SELECT, or the truth of an ASK."""
        answer = self.query(text)
        need(answer.status == 200, f"the endpoint answers {answer.status} to {text[:60]!r}")
        found = json.loads(answer.text)
        if "boolean" in found:
            return found["boolean"]
        bindings = found["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]


def shared(name: str) -> Path:
    """A file of the folder beside the project."""
    file = SHARED / name
    if not file.exists():
        raise NotApplicableError(f"not run here: needs ../shared/{name}; our own shapes hold it")
    return file


def proved(*tests: str) -> str:
    """Run tests of the project that prove an item without a server, and say which they are."""
    files = [test.partition("::")[0] for test in tests]
    missing = [file for file in files if not (ROOT / file).exists()]
    if missing:
        raise FailedError(f"there is no {missing[0]}, which is to prove it")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    last = (run.stdout.strip().splitlines() or ["nothing was said"])[-1]
    need(run.returncode == 0, f"{' '.join(tests)}: {last}")
    if "passed" not in last:
        raise NotApplicableError(f"not run here: {' '.join(tests)}: {last}")
    return f"proved by {', '.join(tests)}: {last.strip('= ')}"


def judged(program: str, *arguments: str) -> tuple[int, str]:
    """Run a judge that stands beside the project; its status and what it says."""
    command = [sys.executable, str(shared(f"checks/{program}")), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr[-500:]
