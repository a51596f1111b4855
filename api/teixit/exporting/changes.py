"""What changed between two releases: in words, and as RDF.

Statements are compared as the merge of all graphs says them. Blank nodes are compared by their
names by RDFC-1.0: a change of one may name others anew, which are then said to have changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from teixit import store
from teixit.exporting import forms
from teixit.exporting.columns import prefixed
from teixit.exporting.contents import Contents
from teixit.languages import in_language
from teixit.namespaces import BASE, expand

_DUMP: Final = "teixit.nq"
_LABEL: Final = expand("rdfs:label")

#: How each language says what there is to say.
_WORDS: Final = MappingProxyType(
    {
        "ca": ("De {0} a {1}: {2} enunciats de més i {3} de menys", "nou", "retirat", "canviat"),
        "es": ("De {0} a {1}: {2} enunciados más y {3} menos", "nuevo", "retirado", "cambiado"),
        "en": ("From {0} to {1}: {2} statements more and {3} fewer", "new", "withdrawn", "changed"),
    }
)


@dataclass(frozen=True)
class Edition:
    """What was said at some time.

    Args:
        name: The number of the release, or the name of the file.
        said: The merge of all graphs.
    """

    name: str
    said: frozenset[Quad]

    @classmethod
    def read(cls, place: Path) -> Self:
        """Read an exported release from its folder, or any RDF file.

        Raises:
            KnowledgeError: It cannot be read.
            ReleaseError: The folder holds no exported release.
        """
        if place.is_dir():
            name = Contents.read(place).version
            return cls.of(name, store.read_as_is(place / _DUMP))
        return cls.of(place.name, store.read_as_is(place))

    @classmethod
    def of(cls, name: str, quads: Iterable[Quad]) -> Self:
        """Merge the graphs of *quads*."""
        return cls(name, frozenset(forms.merged(quads)))

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """The labels of things, by IRI and language."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for quad in forms.canonical(self.said):
            if quad.predicate.value == _LABEL and isinstance(quad.object, Literal):
                found[_text(quad.subject)][quad.object.language or ""] = quad.object.value
        return found


@dataclass(frozen=True)
class Changed:
    """A thing of which something is said that was not, or no longer.

    Args:
        iri: Its IRI, or the name of a blank node.
        kind: ``new``, ``withdrawn`` or ``changed``.
        added: What is said now.
        removed: What is no longer.
    """

    iri: str
    kind: str
    added: tuple[Quad, ...]
    removed: tuple[Quad, ...]


@dataclass(frozen=True)
class Changes:
    """What changed from the edition *before* to that *after* it."""

    before: Edition
    after: Edition

    @cached_property
    def added(self) -> list[Quad]:
        """What is said now and was not, sorted."""
        return sorted(self.after.said - self.before.said, key=str)

    @cached_property
    def removed(self) -> list[Quad]:
        """What was said and is no longer, sorted."""
        return sorted(self.before.said - self.after.said, key=str)

    def things(self) -> list[Changed]:
        """Give each thing that has changed, in the order of the IRIs."""
        told: dict[str, tuple[list[Quad], list[Quad]]] = defaultdict(lambda: ([], []))
        for place, quads in enumerate((self.added, self.removed)):
            for quad in quads:
                told[_text(quad.subject)][place].append(quad)
        known, known_now = ({_text(q.subject) for q in e.said} for e in (self.before, self.after))
        return [
            Changed(iri, _kind(iri in known, iri in known_now), tuple(more), tuple(fewer))
            for iri, (more, fewer) in sorted(told.items())
        ]

    def title(self, language: str) -> str:
        """Say in *language* between which editions how much has changed."""
        heading = _WORDS[language][0]
        return heading.format(self.before.name, self.after.name, len(self.added), len(self.removed))

    def label(self, thing: Changed, language: str) -> str:
        """Call *thing* by its label in *language*; by its IRI where it has none."""
        labels = self.after.labels.get(thing.iri) or self.before.labels.get(thing.iri)
        return in_language(labels, language) if labels else prefixed(thing.iri, ":")

    def kind(self, thing: Changed, language: str) -> str:
        """Say in *language* what became of *thing*."""
        return _WORDS[language][1 + ("new", "withdrawn", "changed").index(thing.kind)]

    def words(self, language: str) -> str:
        """Say in *language* what changed: a line for each thing, and for each statement."""
        return "\n".join([f"{self.title(language)}.", *self.lines(language)]) + "\n"

    def lines(self, language: str) -> Iterator[str]:
        """Give the lines of :meth:`words` that tell of things."""
        for thing in self.things():
            yield f"{self.label(thing, language)} <{thing.iri}>: {self.kind(thing, language)}"
            yield from (f"  + {line}" for line in map(statement, thing.added))
            yield from (f"  − {line}" for line in map(statement, thing.removed))

    def graphs(self, format_: RdfFormat) -> bytes:
        """Write in *format_* what was added and what was removed, each in a graph of its own."""
        address = f"{BASE}diff/{quote(self.before.name)}/{quote(self.after.name)}"
        named = [
            Quad(quad.subject, quad.predicate, quad.object, NamedNode(f"{address}#{name}"))
            for name, quads in (("added", self.added), ("removed", self.removed))
            for quad in quads
        ]
        return forms.written(named, format_)


def statement(quad: Quad) -> str:
    """Write what *quad* says of its subject, in one line."""
    said = quad.object
    text = prefixed(said.value, ":") if isinstance(said, NamedNode) else str(said)
    return f"{prefixed(quad.predicate.value, ':')} {text}"


def _kind(was_known: bool, is_known: bool) -> str:  # noqa: FBT001 - both have names
    if was_known and is_known:
        return "changed"
    return "new" if is_known else "withdrawn"


def _text(term: NamedNode | BlankNode | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
