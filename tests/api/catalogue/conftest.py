"""A release of a few files, and the catalogue of it by every profile."""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from teixit import namespaces
from teixit.catalogue import publishers, serving
from teixit.catalogue.model import Facts, Release
from teixit.catalogue.stating import expand
from teixit.exporting import Contents

FORMS = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
FACTS = Facts(
    8000,
    frozenset({namespaces.thing("source", "territorialitzacio-i-accio-comunitaria")}),
    {namespaces.PREFIXES["wd"]: 84, "http://metadata.un.org/sdg/": 10},
)
#: Somebody who can be reached: without an address the profiles warn, and rightly.
REACHABLE = """
iri = "{base}id/organisation-teixit"
kind = "NonGovernmentalOrganisation"
homepage = "{base}"
email = "dades@graf.cat"
telephone = "+34930000000"
name = { ca = "Teixit", es = "Teixit", en = "Teixit" }
"""


def file(name: str, dataset: str, media_type: str, packed: str | None = None) -> dict[str, object]:
    sha1 = hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()
    said = {"name": name, "dataset": dataset, "media_type": media_type, "compression": packed}
    return {**said, "title": name, "bytes": 1234, "sha1": sha1, "sha256": ""}


def manifest() -> str:
    files = [file(f"teixit.{ending}", "graph", type_) for ending, type_ in FORMS.items()]
    files += [file(f"teixit.{end}.gz", "graph", type_, "gzip") for end, type_ in FORMS.items()]
    for dataset in ("ontology", "shapes", "questions"):
        files += [file(f"{dataset}.{end}", dataset, FORMS[end]) for end in ("ttl", "rdf", "jsonld")]
    files += [
        file("classes/Action.csv", "graph", "text/csv"),
        file("questions/cq01-measures-of-the-line.csv", "questions", "text/csv"),
        file("classes/Action.csv-metadata.json", "graph", "application/csvm+json"),
        file("classes/Action.parquet", "graph", "application/vnd.apache.parquet"),
    ]
    said = {"version": "0.2.0", "issued": "2026-11-22", "modified": "2026-11-28", "files": files}
    return json.dumps({**said, "data": "", "rdfc10": "", "statements": 8000, "graphs": 90})


@pytest.fixture(scope="session")
def release() -> Release:
    return Release(Contents.parse(manifest()), ("0.1.0",))


Files = Mapping[str, tuple[str, bytes]]


@pytest.fixture(scope="session")
def reachable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("publisher") / "publisher.toml"
    place.write_text(REACHABLE, "utf-8")
    return place


@pytest.fixture(scope="session")
def files(release: Release, reachable: Path) -> Files:
    """All that is made of a release, where who publishes can be reached."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(publishers.SETTING, str(reachable))
        return serving.files(release, FACTS)


@pytest.fixture(scope="session")
def read(files: Files) -> Callable[[str], Store]:
    """Read one of the files."""

    def found(name: str) -> Store:
        media_type, content = files[name]
        store, format_ = Store(), RdfFormat.from_media_type(media_type)
        assert format_ is not None
        store.load(content, format_)
        return store

    return found


Values = Callable[[Store, str, str], list[str]]


@pytest.fixture(scope="session")
def values() -> Values:
    """Give the values of a prefixed property of a thing, sorted."""

    def found(store: Store, subject: str, property_: str) -> list[str]:
        quads = store.quads_for_pattern(NamedNode(subject), NamedNode(expand(property_)), None)
        return sorted(str(quad.object.value) for quad in quads)

    return found
