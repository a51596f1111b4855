"""Code, data and catalogue are cited by one title, version, author and licence."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from teixit import __version__, namespaces
from teixit.catalogue import publishers, wording

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def described() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((ROOT / "codemeta.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def cited() -> str:
    return (ROOT / "CITATION.cff").read_text("utf-8")


def listed(text: str, key: str) -> list[str]:
    """The words of a list in the YAML of CITATION.cff."""
    (block,) = re.findall(rf"^{key}:\n((?:  - .*\n)+)", text, re.MULTILINE)
    return re.findall(r"^  - (?:name: )?(.+)$", block, re.MULTILINE)


def test_both_files_have_one_title_address_and_abstract(
    described: Mapping[str, Any], cited: str
) -> None:
    assert f'title: "{described["name"]}"' in cited
    assert f'url: "{described["url"]}"' in cited
    (abstract,) = re.findall(r"^abstract: >-\n((?:  .*\n?)+)", cited, re.MULTILINE)
    assert " ".join(abstract.split()) == described["description"]


def test_both_files_have_the_same_authors_licences_and_keywords(
    described: Mapping[str, Any], cited: str
) -> None:
    assert listed(cited, "authors") == [author["name"] for author in described["author"]]
    spdx = "https://spdx.org/licenses/"
    assert [f"{spdx}{name}" for name in listed(cited, "license")] == described["license"]
    assert listed(cited, "keywords") == described["keywords"]


def test_they_are_of_this_version_and_of_the_project(described: Mapping[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert described["version"] == described["softwareVersion"] == __version__
    assert project["license"].split(" AND ") == [
        licence.rpartition("/")[2] for licence in described["license"]
    ]
    assert [author["name"] for author in project["authors"]] == ["Teixit"]


def test_the_catalogue_agrees(
    described: Mapping[str, Any],
    read: Callable[[str], Store],
    values: Callable[[Store, str, str], list[str]],
) -> None:
    (author,) = described["author"]
    publisher = publishers.read(Path(publishers.__file__).parent / "publisher.toml")
    assert (publisher.iri, publisher.name["en"]) == (author["@id"], author["name"])
    title = described["name"].replace("'", "’").replace("the knowledge", "knowledge")
    graph = wording.datasets()["graph"]
    assert graph.title["en"] == title
    store = read("catalog.ttl")
    assert values(store, graph.iri, "dct:issued") == [described["dateCreated"]]
    assert described["url"] == namespaces.BASE
