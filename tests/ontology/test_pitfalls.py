"""The pitfalls of ontologies, by their OOPS! numbers: a query and a faulty case for each.

Left to other tests: P08 (test_terms.py) and P37 (the address on the web). Not mended: P13 asks for
an inverse of every property, which SPARQL does not need.
"""

from pathlib import Path

import pytest
from pyoxigraph import Store

from teixit import store

PITFALLS = sorted((Path(__file__).parent / "pitfalls").glob("*.rq"))
every_pitfall = pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda file: file.stem)


def faults(graph: Store, pitfall: Path) -> set[str]:
    return {str(row["fault"]) for row in graph.query(pitfall.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def ontology() -> Store:
    return store.load(file for file in store.knowledge_files() if file.suffix == ".ttl")


@every_pitfall
def test_the_ontology_avoids_it(ontology: Store, pitfall: Path) -> None:
    assert faults(ontology, pitfall) == set()


@every_pitfall
def test_a_faulty_ontology_is_caught_in_it(pitfall: Path) -> None:
    assert faults(store.load([pitfall.with_suffix(".ttl")]), pitfall)


@every_pitfall
def test_it_is_explained_in_a_sentence(pitfall: Path) -> None:
    sentence = pitfall.read_text(encoding="utf-8").splitlines()[0]
    assert sentence.startswith(f"# {pitfall.stem[:3]}: ")
    assert sentence.endswith(".")
