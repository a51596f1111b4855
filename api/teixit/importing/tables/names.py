"""What the graph has a name for, and what a text that people write is the name of."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from teixit import namespaces
from teixit.languages import in_language

_NAMES: Final = tuple(
    NamedNode(namespaces.expand(name))
    for name in ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
)
_IDENTIFIER: Final = NamedNode(namespaces.expand("dct:identifier"))
_NUMBER: Final = NamedNode(namespaces.expand("teixit:number"))
_LABEL: Final = _NAMES[0]
_TYPE: Final = NamedNode(namespaces.expand("rdf:type"))
#: The classes whose things may be named within an address.
_PLACES: Final = frozenset({namespaces.expand("esadm:Barrio"), namespaces.expand("esadm:Distrito")})

_WORD: Final = re.compile(r"[^\W_]+")
_ARTICLES: Final = frozenset({"el", "la", "els", "les", "l", "lo", "los", "las", "the"})
#: What may stand before the name of a place: «barri del Raval».
_BEFORE_PLACE: Final = re.compile(
    r"^(?:districte|distrito|district|barri|barrio|neighbourhood)\s+(?:(?:de|del|dels|d|of)\s+)?"
)
_BETWEEN: Final = re.compile(r"[,()/]|\s[-–]\s")


def folded(text: str) -> str:
    """Give *text* without case, accents, apostrophes, marks and articles."""
    letters = unicodedata.normalize("NFKD", text.replace("·", ""))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = _WORD.findall(bare.casefold())
    return " ".join([word for word in words if word not in _ARTICLES] or words)


class Names:
    """The names of all things of a graph.

    Args:
        graph: A graph whose default graph is all that it says.
    """

    def __init__(self, graph: Store) -> None:
        self._graph = graph
        self._by_class: dict[str, Mapping[str, set[str]]] = {}

    def find(self, text: str, classes: Iterable[str]) -> list[str]:
        """Give the IRIs of the things of some classes that *text* may be the name of, in order.

        A district or a neighbourhood is also found as a part of an address between commas, and
        with «barri de» before it; never within other words.
        """
        classes = list(classes)
        found = self._named(folded(text), classes)
        if not found and _PLACES.intersection(classes):
            for part in map(folded, [text, *_BETWEEN.split(text)]):
                if not part.isdecimal():  # the number of a house is no code
                    name = _BEFORE_PLACE.sub("", part)
                    found |= self._named(part, classes) | self._named(name, classes)
        return sorted(found)

    def near(self, text: str, classes: Iterable[str], language: str) -> list[str]:
        """Give the labels of things whose names look like *text*, the nearest first."""
        index = {name: things for class_ in classes for name, things in self._index(class_).items()}
        found = get_close_matches(folded(text), index, n=2, cutoff=0.75)
        return list(dict.fromkeys(self.label(min(index[name]), language) for name in found))

    def exists(self, thing: str) -> bool:
        """Tell whether the graph says of what class a thing is."""
        return self._has(NamedNode(thing))

    def labels(self, thing: str) -> dict[str, str]:
        """Give the labels of a thing by language."""
        quads = self._graph.quads_for_pattern(NamedNode(thing), _LABEL, None, DefaultGraph())
        literals = [quad.object for quad in quads if isinstance(quad.object, Literal)]
        return {literal.language or "": literal.value for literal in literals}

    def label(self, thing: str, language: str) -> str:
        """Give the label of a thing for a reader of *language*, or else its IRI, short if ours."""
        labels = self.labels(thing)
        return in_language(labels, language) if labels else thing.removeprefix(namespaces.THING)

    def things(self, class_: str) -> list[str]:
        """Give the IRIs of the things of a class, in order."""
        quads = self._graph.quads_for_pattern(None, _TYPE, NamedNode(class_), DefaultGraph())
        return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))

    def _has(self, thing: NamedNode) -> bool:
        quads = self._graph.quads_for_pattern(thing, _TYPE, None, DefaultGraph())
        return next(iter(quads), None) is not None

    def _named(self, name: str, classes: Iterable[str]) -> set[str]:
        return set().union(*(self._index(class_).get(name, ()) for class_ in classes))

    def _index(self, class_: str) -> Mapping[str, set[str]]:
        if class_ not in self._by_class:
            index: defaultdict[str, set[str]] = defaultdict(set)
            for thing in self.things(class_):
                for name in self._names(thing):
                    index[name].add(thing)
            self._by_class[class_] = dict(index)
        return self._by_class[class_]

    def _names(self, thing: str) -> Iterable[str]:
        """Give all names of a thing, folded: its names, its codes, its identifier, its IRI."""
        yield from map(folded, self._texts(thing, _NAMES))
        # What is cited as 29.1 is the first of its measure, and nobody means it by 1.
        for code in [*self._texts(thing, [_IDENTIFIER])] or self._texts(thing, [_NUMBER]):
            yield folded(code)
            yield folded(code.lstrip("0"))
        local = thing.rpartition("/")[2]
        yield folded(thing)
        yield folded(local)
        yield folded(local.partition("-")[2])

    def _texts(self, thing: str, properties: Iterable[NamedNode]) -> Iterable[str]:
        node = NamedNode(thing)
        for property_ in properties:
            quads = self._graph.quads_for_pattern(node, property_, None, DefaultGraph())
            yield from [quad.object.value for quad in quads if isinstance(quad.object, Literal)]
