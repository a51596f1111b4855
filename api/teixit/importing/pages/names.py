"""The things that pages name and do not number: one thing has one IRI, and one name in Catalan.

A name that comes again in other letters or accents is the same thing, whether it comes in the same
page, in another that is read with it, or in one that was read before.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode
from rdflib import URIRef
from rdflib.namespace import RDFS, SKOS

from teixit import namespaces, paths, queries, store
from teixit.importing.pages.identifiers import PageIdentifiers, PlanIdentifiers, slug
from teixit.importing.pages.lexicon import Lexicon, fold
from teixit.importing.pages.triples import LANGUAGE, Triple, text


class Known(NamedTuple):
    """A name that the graph has for a thing; *is_label* where it is the one by which it goes."""

    class_: str
    iri: str
    name: str
    is_label: bool


@dataclass(frozen=True)
class Named:
    """A thing that a page names.

    Attributes:
        iri: The thing.
        name: The name by which it goes: as it was first spelt.
        spelt: Its name as it is spelt here.
    """

    iri: URIRef
    name: str
    spelt: str

    def labels(self, *properties: URIRef) -> Iterator[Triple]:
        """Say the name by *properties*; in another spelling, as another name of the thing."""
        for property_ in properties if self.spelt == self.name else (SKOS.altLabel,):
            yield self.iri, property_, text(self.spelt)


class Register:
    """The things of one kind.

    Two names that differ otherwise than in letters and accents are two things, even where their
    slugs are the same («C++», «C#»).

    Args:
        kind: What their IRIs begin with.
        known: The names that the graph has for things of the kind.
    """

    def __init__(self, kind: str, known: Iterable[Known] = ()) -> None:
        self._kind = kind
        known = sorted(known)
        self._labels = {entry.iri: entry.name for entry in known if entry.is_label}
        self._iris = {fold(entry.name): entry.iri for entry in known}
        # One whose label is not known is perhaps about to be read again, by its label.
        self._taken = set(self._labels)

    def named(self, spelt: str) -> Named:
        """Give the thing called *spelt*."""
        key = fold(spelt)
        if key not in self._iris:
            self._iris[key] = self._new(spelt)
        iri = self._iris[key]
        return Named(URIRef(iri), self._labels.setdefault(iri, spelt), spelt)

    def _new(self, spelt: str) -> str:
        first = namespaces.thing(self._kind, slug(spelt) or self._kind)
        iri, number = first, 1
        while iri in self._taken:
            number += 1
            iri = f"{first}-{number}"
        self._taken.add(iri)
        return iri


_TARGET_GROUP: Final = namespaces.expand("teixit:TargetGroup")
_PROJECT: Final = namespaces.expand("teixit:FlagshipProject")


class Names:
    """All names that pages are read with.

    Args:
        lexicon: Those to recognise in sentences.
        known: Those of target groups and projects that the graph has already.
    """

    def __init__(self, lexicon: Lexicon, known: Iterable[Known] = ()) -> None:
        known = list(known)
        self.lexicon = lexicon
        self.target_groups = Register("audience", _of(known, _TARGET_GROUP))
        self.projects = Register("project", _of(known, _PROJECT))


def _of(known: list[Known], class_: str) -> Iterator[Known]:
    return (entry for entry in known if entry.class_ == class_)


def known_things(pages: Collection[PageIdentifiers]) -> list[Known]:
    """List the names of target groups and projects that the shipped graph has.

    Args:
        pages: Those that are about to be read: what the graph has of them is left out.

    Raises:
        KnowledgeError: A file with names is missing or does not parse.
    """
    files = [*sorted(paths.PAGES.glob("*.trig")), *_WRITTEN]
    sources = {str(page.source) for page in pages}
    rows = queries.named("known-things", paths.QUERIES).rows(store.load(files))
    return [_known(row) for row in rows if _value(row, "source") not in sources]


def plan_name(plan: PlanIdentifiers) -> str | None:
    """Give the name in Catalan that the shipped graph has for a plan.

    Raises:
        KnowledgeError: The file with the plans is missing or does not parse.
    """
    graph = store.load([paths.DATA / "plan.trig"])
    label = NamedNode(str(RDFS.label))
    names = graph.quads_for_pattern(NamedNode(str(plan.itself)), label, None, DefaultGraph())
    catalan = [
        quad.object.value
        for quad in names
        if isinstance(quad.object, Literal) and quad.object.language == LANGUAGE
    ]
    return min(catalan, default=None)


#: The files written by hand that name target groups and projects in Catalan.
_WRITTEN: Final = (paths.DATA / "plan.trig", paths.DATA / "projects.trig")


def _known(row: Mapping[str, queries.Term]) -> Known:
    is_label = _value(row, "property") == str(RDFS.label)
    return Known(_value(row, "class"), _value(row, "thing"), _value(row, "name"), is_label)


def _value(row: Mapping[str, queries.Term], key: str) -> str:
    term = row.get(key)
    return term.value if isinstance(term, NamedNode | Literal) else ""
