"""Every statement stands in a graph that is described, and every thing has its names."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Store

from teixit import namespaces, paths
from teixit.languages import LANGUAGES
from teixit.store import read

Rows = Callable[[str], list[tuple[str, ...]]]

KINDS = ("Conclusion", "Passage", "Record", "SourceExtract", "Translation")
FILES = sorted(paths.DATA.rglob("*.trig"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_has_no_blank_node_and_nothing_outside_its_graphs(file: Path) -> None:
    quads = list(read(file))
    assert quads
    assert not [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    assert not [quad for quad in quads if BlankNode in (type(quad.subject), type(quad.object))]


def test_every_graph_is_of_exactly_one_kind(rows: Rows, store: Store) -> None:
    values = " ".join(f"teixit:{kind}" for kind in KINDS)
    found = rows(
        f"SELECT ?graph ?kind {{ VALUES ?kind {{ {values} }} ?graph a ?kind }}",
    )
    used = {graph.value for graph in store.named_graphs()} - {namespaces.ONTOLOGY}
    counts = Counter(graph for graph, _ in found)
    assert used
    assert {graph: counts[graph] for graph in used} == dict.fromkeys(used, 1)


def test_every_described_graph_holds_something(rows: Rows, store: Store) -> None:
    used = {(graph.value,) for graph in store.named_graphs()}
    described = rows("SELECT ?graph { GRAPH id:record-sources { ?graph dct:modified ?day } }")
    assert set(described) <= used


def test_every_thing_has_one_label_in_each_language(rows: Rows) -> None:
    things = rows(
        "SELECT DISTINCT ?thing { ?thing a ?kind FILTER(STRSTARTS(STR(?thing), STR(id:)))"
        " FILTER(!CONTAINS(STR(?thing), '/selector-')) }",
    )
    labels = Counter(
        rows(
            "SELECT ?thing (LANG(?label) AS ?language) { ?thing rdfs:label ?label"
            " FILTER(STRSTARTS(STR(?thing), STR(id:))) }",
        )
    )
    wrong = {
        (thing, language): labels[thing, language]
        for (thing,) in things
        for language in LANGUAGES
        if labels[thing, language] != 1
    }
    assert wrong == {}


def test_every_target_group_is_preferably_called_by_its_label(rows: Rows) -> None:
    differing = rows(
        "SELECT ?group ?label { ?group a teixit:TargetGroup ; rdfs:label ?label"
        " FILTER NOT EXISTS { ?group skos:prefLabel ?label } }",
    )
    assert differing == []


def test_nothing_is_named_without_being_something(rows: Rows) -> None:
    nameless = rows(
        "SELECT DISTINCT ?thing { ?thing rdfs:label ?label"
        " FILTER(STRSTARTS(STR(?thing), STR(id:))) FILTER NOT EXISTS { ?thing a ?kind } }",
    )
    assert nameless == []
