"""Each module has an example: a sentence, and a graph that says the same with all of its terms."""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from teixit import namespaces, paths, store

NAMES = ("plan", "territory", "projects", "progress", "evidence")
MODULES = [paths.ONTOLOGY / f"{name}.ttl" for name in NAMES]
EXAMPLES = sorted((paths.ONTOLOGY / "examples").glob("*.ttl"))
ONTOLOGY = [file for file in store.knowledge_files() if file.suffix == ".ttl"]
HERE = Path(__file__).parent
every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)

SUBCLASS = NamedNode(namespaces.expand("rdfs:subClassOf"))


def subjects(file: Path) -> set[str]:
    return {quad.subject.value for quad in store.read(file) if isinstance(quad.subject, NamedNode)}


def used_terms(file: Path) -> set[str]:
    """The properties and types in *file*, and the classes above those."""
    used = {quad.predicate.value for quad in store.read(file)}
    kinds = {
        quad.object.value
        for quad in store.read(file)
        if quad.predicate.value == namespaces.expand("rdf:type")
    }
    above = {
        quad.object.value
        for quad in store.load(ONTOLOGY).quads_for_pattern(None, SUBCLASS, None)
        if quad.subject.value in kinds and isinstance(quad.object, NamedNode)
    }
    return used | kinds | above


def test_every_module_of_terms_has_an_example() -> None:
    assert {file.name for file in EXAMPLES} == {file.name for file in MODULES}
    assert set.union(*map(subjects, MODULES)) == set(map(namespaces.term, namespaces.TERMS))


@every_example
def test_it_opens_with_the_sentence_that_it_models(example: Path) -> None:
    sentence = example.read_text(encoding="utf-8").splitlines()[0]
    assert re.fullmatch(r"# [A-Z].{40,}\.", sentence)


@every_example
def test_it_uses_every_term_of_its_module(example: Path) -> None:
    assert subjects(paths.ONTOLOGY / example.name) - used_terms(example) == set()


@every_example
@pytest.mark.parametrize("query", ["disjointness.rq", "misfits.rq"])
def test_it_fits_the_ontology(example: Path, query: str) -> None:
    graph = store.load([*ONTOLOGY, example])
    assert not list(graph.query((HERE / query).read_text(encoding="utf-8")))
