"""The ontology as its page tells it: the header and the terms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from teixit import namespaces, paths, queries
from teixit.errors import NotFoundError
from teixit.languages import LANGUAGES
from teixit.web.site import Ask, Row


@dataclass(frozen=True)
class Thing:
    """What a value names: its IRI or its text, and its names by language."""

    value: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Term:
    """A class or a property of the ontology.

    Args:
        iri: Its IRI.
        values: What is said of it that has no language, by prefixed names of properties.
        texts: What is said of it in a language: by prefixed names, then by language.
    """

    iri: str
    values: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def name(self) -> str:
        """The local name, which is the fragment of its address on the page."""
        return self.iri.removeprefix(namespaces.TERM)

    @property
    def is_class(self) -> bool:
        """Whether it is a class; else it is a property."""
        return self.is_a("owl:Class")

    def is_a(self, kind: str) -> bool:
        """Say whether it is of the *kind* with this prefixed name."""
        return namespaces.expand(kind) in self.values.get("rdf:type", ())

    def spoken(self, property_: str) -> dict[str, str]:
        """Give the first text of *property_* in each language."""
        return {tag: found[0] for tag, found in self.texts.get(property_, {}).items()}


@dataclass(frozen=True)
class Vocabulary:
    """The ontology.

    Args:
        header: What it says of itself, by prefixed names; names of things by language.
        texts: What it says of itself in a language: by prefixed names, then by language.
        terms: Its terms, in the order of their IRIs.
        things: A thing of each class that has any, by the IRI of the class.
        statements: A subject and an object of each property in use, by its IRI.
    """

    header: Mapping[str, tuple[Thing, ...]]
    texts: Mapping[str, Mapping[str, str]]
    terms: tuple[Term, ...]
    things: Mapping[str, Thing]
    statements: Mapping[str, tuple[Thing, Thing]]

    @classmethod
    def read(cls, ask: Ask) -> Self:
        """Read the ontology out of the graph.

        Raises:
            NotFoundError: The graph that is served has no ontology of ours.
            RequestError: The workers cannot say.
        """
        header: dict[str, list[Thing]] = defaultdict(list)
        texts: dict[str, dict[str, str]] = defaultdict(dict)
        for row in _rows(ask, "header"):
            property_ = _prefixed(row["property"])
            if row.get("language"):
                texts[property_][row["language"]] = row["value"]
            else:
                header[property_].append(_thing(row, "value"))
        terms = tuple(_terms(_rows(ask, "terms")))
        if not terms or not texts.keys() >= {"dct:title", "dct:description"}:
            raise NotFoundError("the graph that is served here does not hold the ontology")
        return cls(
            {name: tuple(values) for name, values in header.items()},
            texts,
            terms,
            {row["term"]: _thing(row, "thing") for row in _rows(ask, "things")},
            {
                row["term"]: (_thing(row, "subject"), _thing(row, "object", "object_"))
                for row in _rows(ask, "statements")
            },
        )


def _terms(rows: Iterable[Row]) -> Iterator[Term]:
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    texts: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for row in rows:
        property_, language = _prefixed(row["property"]), row.get("language")
        if language:
            texts[row["term"]][property_][language].append(row["value"])
        else:
            values[row["term"]][property_].append(row["value"])
    for iri, said in values.items():
        told = {
            property_: {tag: tuple(found) for tag, found in tags.items()}
            for property_, tags in texts[iri].items()
        }
        yield Term(iri, {name: tuple(found) for name, found in said.items()}, told)


def _thing(row: Row, variable: str, before: str = "") -> Thing:
    names = {tag: row[before + tag] for tag in LANGUAGES if before + tag in row}
    return Thing(row[variable], names)


def _prefixed(iri: str) -> str:
    """Write *iri* with its prefix of ours, where it has one."""
    for prefix, namespace in namespaces.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _rows(ask: Ask, name: str) -> Iterable[Row]:
    rows, _ = ask(queries.named(f"vocabulary-{name}", paths.QUERIES))
    return rows
