"""What the things of an answer are called: one more query, bounded, in a worker like all others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from pyoxigraph import NamedNode

from teixit import binding, paths, queries
from teixit.explorer import addresses
from teixit.languages import in_language
from teixit.web import document_pages
from teixit.web.results import short
from teixit.web.texts import foreign_names
from teixit.workers import Job

#: The names of no more things than this are asked for.
MOST: Final = 1000

#: A row of SPARQL 1.1 Query Results JSON, section 3.2.2.
Row = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Naming:
    """What is known of some things.

    Args:
        labels: Their names, by language.
        kinds: The classes that they are of.
        placed: Those that the graph knows a place of.
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    placed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """Read the rows of the query ``names``."""
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        kinds: dict[str, set[str]] = defaultdict(set)
        placed = set()
        for row in rows:
            iri = row["named"]["value"]
            if "label" in row:
                tag = row["label"].get("xml:lang", "")
                labels[iri].setdefault(tag, row["label"]["value"])
            if "kind" in row:
                kinds[iri].add(row["kind"]["value"])
            if "place" in row:
                placed.add(iri)
        told = {iri: frozenset(found) for iri, found in kinds.items()}
        return cls(labels, told, frozenset(placed))

    def name(self, iri: str, language: str) -> str | None:
        """Say what has this *iri* is called; None where nobody says."""
        if iri in self.labels:
            return in_language(self.labels[iri], language)
        return foreign_names().get(short(iri), {}).get(language)

    def address(self, iri: str, language: str) -> str | None:
        """Say where people read of it: a page of the explorer, a document, or the web."""
        if self.kinds.get(iri, frozenset()) & document_pages.SHOWN:
            return addresses.about(iri, language)
        return document_pages.address_of(iri, language)


def job(things: Sequence[str]) -> Job:
    """Ask what some *things* are called, :data:`MOST` at most."""
    query = queries.named("names", paths.QUERIES)
    rows = [[NamedNode(iri)] for iri in things[:MOST]]
    return Job("query", binding.bound_rows(query.text, "SELECT", ["named"], rows))


def things_of(rows: Iterable[Row]) -> Sequence[str]:
    """Give the IRIs in *rows* that are on the web, each once."""
    every = (term["value"] for row in rows for term in row.values() if term["type"] == "uri")
    return [*dict.fromkeys(iri for iri in every if "://" in iri)]
