"""What the dump of a release says of our documents."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pyoxigraph import NamedNode

from teixit import answers, documents, namespaces, queries
from teixit.exporting import Exported, dumps
from teixit.queries import Query
from teixit.web import document_pages
from teixit.web.site import Row


def has_documents(release: Exported) -> bool:
    """Say whether *release* has what documents are made of."""
    return dumps.can_be_asked(release) and release.contents.file(dumps.SHAPES) is not None


def having(iri: str, releases: Sequence[Exported]) -> list[Exported]:
    """Choose those of *releases* that say something of *iri*."""
    return [each for each in releases if iri in dumps.subjects(each)]


def written(release: Exported, iri: str, type_: str) -> bytes:
    """Write the document about *iri* in RDF of a media type.

    Raises:
        NotFoundError: The release says nothing of it.
    """
    files = [release.folder / dumps.SHAPES]
    said = documents.triples(dumps.graph(release), iri, files)
    return answers.Answer(said).response(type_).body


def found(release: Exported, iri: str) -> dict[str, list[Mapping[str, Any]]]:
    """Find what the page about a thing is made of."""
    rows = {name: _rows(release, name, thing=iri) for name in document_pages.QUERIES}
    graph, ontology = documents.dataset("graph").value, namespaces.ONTOLOGY
    rows["edition"] = _rows(release, "edition", dataset=graph, ontology=ontology)
    return rows


def _rows(release: Exported, name: str, **iris: str) -> list[Mapping[str, Any]]:
    values = {variable: NamedNode(iri) for variable, iri in iris.items()}
    found = _query(name).results(dumps.graph(release), **values)
    rows: list[Mapping[str, Any]] = json.loads(queries.serialise(found, "json"))["results"][
        "bindings"
    ]
    return rows


@cache
def _query(name: str) -> Query:
    return queries.named(name, documents.QUERIES)


def ask(release: Exported, query: Query) -> tuple[list[Row], str]:
    """Give the rows of a *query* of ours, and the number of the release."""
    rows = query.rows(dumps.graph(release))
    return [{name: term.value for name, term in row.items()} for row in rows], release.version
