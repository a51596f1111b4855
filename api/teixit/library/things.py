"""What is said of a thing, and who says so in which words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from teixit import documents, paths, queries
from teixit.errors import NotFoundError
from teixit.languages import in_language
from teixit.library.naming import Names, last_part
from teixit.library.values import Value, value_of
from teixit.namespaces import TERM, expand
from teixit.queries import Remote, Term

#: The queries of the library.
QUERIES: Final = paths.QUERIES / "library"
#: What the kinds of graphs of the ontology are called here.
_KINDS: Final = {
    f"{TERM}Passage": "passage",
    f"{TERM}SourceExtract": "extract",
    f"{TERM}Conclusion": "conclusion",
    f"{TERM}Translation": "translation",
    f"{TERM}Record": "record",
}
_LABEL: Final = expand("rdfs:label")


@dataclass(frozen=True, slots=True)
class Source:
    """A document that something is taken from.

    Args:
        iri: Of the document.
        label: What it is called.
        page: Where it was found on the web, if it was.
    """

    iri: str
    label: str | None
    page: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says something: a named graph.

    Args:
        graph: Its IRI.
        label: What it is called.
        kind: ``passage`` of a document; ``extract``, what a source says in our words;
            ``conclusion``, ``translation`` or ``record`` of ours; None where it does not say.
        sentence: The exact words of the passage.
        line: The line of the page that they begin on, counted from 1.
        says: What the source says, or how the conclusion was reached, in our words.
        confidence: How far it is trusted.
        sources: The documents, or the extracts, that it rests on.
    """

    graph: str
    label: str | None
    kind: str | None
    sentence: str | None
    line: int | None
    says: str | None
    confidence: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said, and by whom.

    Args:
        property: The IRI of the property.
        property_label: What it is called.
        value: What it says.
        value_label: What the value is called, if it is a thing with a name.
        language: Of the value, if it is a text with one.
        said_by: Those who say so; nobody in a graph without named graphs.
    """

    property: str
    property_label: str
    value: Value
    value_label: str | None
    language: str | None
    said_by: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a thing.

    Args:
        iri: Of the thing.
        label: What it is called.
        statements: Ordered by property and value; 1000 at most.
    """

    iri: str
    label: str | None
    statements: tuple[Statement, ...]


def described(store: Store | Remote, iri: str, language: str) -> Description:
    """Tell what *store* says of the thing with this *iri*, for a reader of the *language*.

    Raises:
        NotFoundError: It says nothing of it.
        RequestError: It cannot say.
    """
    thing = NamedNode(iri)
    said: dict[tuple[str, Term], dict[str, None]] = {}
    for row in _query("statements").rows(store, thing=thing):
        graphs = said.setdefault((row["property"].value, row["value"]), {})
        graphs.update({row["graph"].value: None} if "graph" in row else {})
    if not said:
        raise NotFoundError(f"nothing is said of <{iri}>")
    names = Names(_named(store, thing), language)
    voices = _voices(store, thing, language, names)
    statements = tuple(
        Statement(
            property_,
            names.get(property_) or last_part(property_),
            value_of(value),
            names.get(value.value) if isinstance(value, NamedNode) else None,
            value.language if isinstance(value, Literal) else None,
            tuple(voices[graph] for graph in sorted(graphs) if graph in voices),
        )
        for (property_, value), graphs in said.items()
    )
    return Description(
        iri, _called([value for (p, value) in said if p == _LABEL], language), statements
    )


def _called(labels: Iterable[Term], language: str) -> str | None:
    texts = {str(getattr(label, "language", None)): label.value for label in labels}
    return in_language(texts, language) if texts else None


def _query(name: str) -> queries.Query:
    return queries.named(name, QUERIES)


def _named(store: Store | Remote, thing: NamedNode) -> Iterable[Mapping[str, Term]]:
    return queries.named("labels", documents.QUERIES).rows(store, thing=thing)


def _voices(
    store: Store | Remote, thing: NamedNode, language: str, names: Names
) -> Mapping[str, Evidence]:
    """Tell of each graph that speaks of the *thing* what is known of it."""
    found: defaultdict[str, list[Mapping[str, Term]]] = defaultdict(list)
    for row in _query("voices").rows(store, thing=thing, language=Literal(language)):
        found[row["graph"].value].append(row)
    return {graph: _evidence(graph, rows, names) for graph, rows in found.items()}


def _evidence(graph: str, rows: Sequence[Mapping[str, Term]], names: Names) -> Evidence:
    def first(name: str) -> str | None:
        return next((row[name].value for row in rows if name in row), None)

    kinds = {row["kind"].value for row in rows if "kind" in row}
    line = first("line")
    return Evidence(
        graph,
        names.get(graph),
        next((name for kind, name in _KINDS.items() if kind in kinds), None),
        first("sentence"),
        int(line) if line else None,
        first("says"),
        first("confidence"),
        tuple(dict.fromkeys(_source(row) for row in rows if "source" in row)),
    )


def _source(row: Mapping[str, Term]) -> Source:
    name, page = (row[part].value if part in row else None for part in ("sourceName", "page"))
    return Source(row["source"].value, name, page)
