"""Documents about our things: what the graph says of each, and what the document says of itself.

A thing has an IRI with a slash, ``id/X``, and a document about it another, ``doc/X`` (Cool URIs
for the Semantic Web, section 4.3). The terms of the ontology and the shapes are fragments of one
document each. Every format of a document holds the same statements, those that DESCRIBE gives of
the thing, and beside them what leads to it and what all that is named is called.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    Store,
    Triple,
)

from teixit import namespaces, paths, queries
from teixit import store as files
from teixit.errors import NotFoundError
from teixit.languages import LANGUAGES
from teixit.namespaces import DOCUMENT, ONTOLOGY, PREFIXES, SHAPES, THING
from teixit.queries import Remote, Term

#: The queries that documents and the pages about things are made with.
QUERIES: Final = paths.QUERIES / "documents"

_ONTOLOGY: Final = NamedNode(ONTOLOGY)
_TYPE: Final = NamedNode(f"{PREFIXES['rdf']}type")
_LABEL: Final = NamedNode(f"{PREFIXES['rdfs']}label")
_COMMENT: Final = NamedNode(f"{PREFIXES['rdfs']}comment")
_FOAF_DOCUMENT: Final = NamedNode(f"{PREFIXES['foaf']}Document")
_TOPIC: Final = NamedNode(f"{PREFIXES['foaf']}primaryTopic")
_IN_DATASET: Final = NamedNode(f"{PREFIXES['void']}inDataset")
_LICENCE: Final = NamedNode(f"{PREFIXES['dct']}license")
_MODIFIED: Final = NamedNode(f"{PREFIXES['dct']}modified")
_VERSION: Final = NamedNode(f"{PREFIXES['owl']}versionIRI")
_DERIVED: Final = NamedNode(f"{PREFIXES['prov']}wasDerivedFrom")

#: What is said where not all that leads to a thing is listed.
_CUT: Final = {
    "ca": "De les {total} afirmacions que porten a aquesta cosa, el document en dona {given}.",
    "es": "De las {total} afirmaciones que llevan a esta cosa, el documento da {given}.",
    "en": "Of the {total} statements that lead to this thing, the document gives {given}.",
}


def dataset(name: str) -> NamedNode:
    """Give the dataset of ours called *name*, such as ``graph`` or ``ontology``."""
    return NamedNode(namespaces.thing("dataset", name))


def triples(store: Store | Remote, iri: str, shapes: Iterable[Path] | None = None) -> list[Triple]:
    """Give the document about *iri*: a thing, the ontology, a version of it, or the shapes.

    Args:
        store: The graph.
        iri: An IRI of ours; a thing that is withdrawn is told of like any other.
        shapes: The files of the shapes that go with the graph; by default those of today.

    Raises:
        NotFoundError: The graph says nothing of it.
    """
    found: Iterable[Triple]
    if iri.startswith(THING):
        found = _about(store, NamedNode(iri))
    elif iri.startswith(SHAPES):
        found = _of_version(_shapes(store, shapes), iri, SHAPES)
    else:
        found = _of_version(_ontology(store), iri, ONTOLOGY)
    named = _with_names_for_blank_nodes(found)
    return sorted(named, key=lambda said: (said.subject != NamedNode(iri), str(said)))


def _about(store: Store | Remote, thing: NamedNode) -> Iterator[Triple]:
    """Describe a *thing*, and its document."""
    said = _construct(store, "description", thing=thing)
    if not said:
        raise NotFoundError(f"there is nothing called {thing.value}")
    leading = [
        Triple(_node(row["subject"]), _node(row["property"]), thing)
        for row in _rows(store, "incoming", thing=thing)
    ]
    page = NamedNode(thing.value.replace(THING, DOCUMENT, 1))
    yield from said
    yield from leading
    yield from _labels(store, thing, [*said, *leading])
    yield Triple(page, _TOPIC, thing)
    yield from _itself(store, page, "graph")
    yield from _origin(store, page, thing)
    yield from _what_is_left_out(store, page, thing, len(leading))


def _labels(store: Store | Remote, thing: NamedNode, said: Iterable[Triple]) -> Iterator[Triple]:
    """Call all that is named by its names in our languages."""
    named = {term for triple in said for term in triple if isinstance(term, NamedNode)}
    for row in _rows(store, "labels", thing=thing):
        label = row["label"]
        if row["named"] in named and isinstance(label, Literal) and label.language in LANGUAGES:
            yield Triple(_node(row["named"]), _LABEL, label)


def _itself(store: Store | Remote, page: NamedNode, part: str) -> Iterator[Triple]:
    """Say of the document what dataset it is part of, its licence and its date."""
    yield Triple(page, _TYPE, _FOAF_DOCUMENT)
    yield Triple(page, _IN_DATASET, dataset(part))
    edition = next(_rows(store, "edition", dataset=dataset("graph"), ontology=_ONTOLOGY), {})
    for property_, name in ((_LICENCE, "licence"), (_MODIFIED, "modified")):
        if name in edition:
            yield Triple(page, property_, edition[name])


def _origin(store: Store | Remote, page: NamedNode, thing: NamedNode) -> Iterator[Triple]:
    """Name the graphs in which the statements about the *thing* stand."""
    for row in _rows(store, "statements", thing=thing):
        if "graph" in row:
            yield Triple(page, _DERIVED, row["graph"])


def _what_is_left_out(
    store: Store | Remote, page: NamedNode, thing: NamedNode, given: int
) -> Iterator[Triple]:
    counts = _rows(store, "incoming-counts", thing=thing)
    total = sum(int(row["subjects"].value) for row in counts)
    if total > given:
        for language, text in _CUT.items():
            said = Literal(text.format(total=total, given=given), language=language)
            yield Triple(page, _COMMENT, said)


def _ontology(store: Store | Remote) -> Iterator[Triple]:
    """Give the ontology, as the graph has it."""
    yield from _construct(store, "contents-whole", graph=_ONTOLOGY)
    yield Triple(_ONTOLOGY, _IN_DATASET, dataset("ontology"))


def _shapes(store: Store | Remote, shapes: Iterable[Path] | None) -> Iterator[Triple]:
    """Give the shapes, which are no part of the graph that they judge."""
    for file in sorted(paths.SHAPES.glob("*.ttl")) if shapes is None else shapes:
        for quad in files.read(file):
            yield quad.triple
    yield from _itself(store, NamedNode(SHAPES), "shapes")


def _of_version(said: Iterable[Triple], iri: str, document: str) -> list[Triple]:
    """Give *said*, if it is the *document*, and *iri* names that or the version that it has.

    Raises:
        NotFoundError: It is not.
    """
    found = list(said)
    own = [triple for triple in found if triple.subject == NamedNode(document)]
    versions = {triple.object for triple in own if triple.predicate == _VERSION}
    if not versions or (iri != document and NamedNode(iri) not in versions):
        raise NotFoundError(f"there is nothing called {iri}")
    return found


@cache
def _query(name: str) -> queries.Query:
    return queries.named(name, QUERIES)


def _node(term: Term) -> NamedNode:
    assert isinstance(term, NamedNode)  # noqa: S101 - the queries give no others
    return term


def _with_names_for_blank_nodes(said: Iterable[Triple]) -> set[Triple]:
    """Give blank nodes the names that RDFC-1.0 gives them, which are the same each time."""
    dataset = Dataset(Quad(*triple) for triple in said)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in dataset}


def _rows(store: Store | Remote, name: str, /, **values: Term) -> Iterator[dict[str, Term]]:
    return _query(name).rows(store, **values)


def _construct(store: Store | Remote, name: str, /, **values: Term) -> list[Triple]:
    found = _query(name).results(store, **values)
    assert not isinstance(found, QuerySolutions | QueryBoolean)  # noqa: S101 - they construct
    return list(found)
