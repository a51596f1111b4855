import subprocess
import sys
from pathlib import Path

import pytest

import teixit
from teixit import open_graph
from teixit.errors import KnowledgeError, SettingError
from teixit.publishing import Wanted, publish

SOME = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix teixit: <https://w3id.org/teixit/def#> .
<urn:x> a teixit:Measure ; rdfs:label "Una"@ca , "One"@en ; teixit:number "one" .
"""


@pytest.fixture
def some(tmp_path: Path) -> Path:
    file = tmp_path / "data.ttl"
    file.write_text(SOME, "utf-8")
    return file


def test_the_package_is_imported_without_its_library() -> None:
    program = (
        "import sys, teixit; print([m for m in sys.modules if m.startswith('teixit.library')"
        " or m in ('pyoxigraph', 'rdflib', 'pandas')]); teixit.open_graph;"
        " print([m for m in sys.modules if m in ('rdflib', 'pandas', 'flask', 'numpy')])"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]


def test_the_package_has_what_it_names_and_no_more() -> None:
    assert teixit.Graph.__name__ == "Graph"
    with pytest.raises(AttributeError, match="module teixit has no xyzzy"):
        teixit.xyzzy  # noqa: B018


def test_files_are_opened_as_they_are(some: Path) -> None:
    graph = open_graph(some, language="en")
    assert graph.describe("urn:x").label == "One"
    assert [statement.said_by for statement in graph.describe("urn:x").statements] == [()] * 4
    assert "urn:x" in {finding.node for finding in graph.check()}


def test_a_release_is_opened_by_its_folder(some: Path, tmp_path: Path) -> None:
    publish(Wanted((some,), unchecked=True), tmp_path / "releases")
    graph = open_graph(tmp_path / "releases")
    assert graph.describe("urn:x").label == "Una"
    assert {finding.node for finding in graph.check()} == {"urn:x"}


def test_an_endpoint_is_opened_by_its_address(live_endpoint: str) -> None:
    graph = open_graph(live_endpoint, language="es")
    labels = {one.property_label for one in graph.describe("project-coopolis").statements}
    assert "se encuentra en" in labels
    assert len(graph.answer("cq01-measures-of-the-line")) == 3
    assert graph.search("coopolis")[0].label == "Coòpolis"
    with pytest.raises(KnowledgeError, match="check a graph where its files are"):
        graph.check()


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (("/nowhere.ttl",), "/nowhere.ttl: cannot be read"),
        (("https://example.org/sparql", "b.ttl"), "opened alone, not with b.ttl"),
        ((".",), "nothing is published here"),
    ],
)
def test_what_cannot_be_opened_says_why(
    places: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KnowledgeError, match=said):
        open_graph(*places)


def test_a_language_is_one_of_three() -> None:
    with pytest.raises(SettingError, match="'fr': expected one of ca, es, en"):
        open_graph(language="fr")
