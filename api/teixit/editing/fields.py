"""What a form asks of a thing: the rules of the shapes that have a place in the order.

A field is a property. All the rules about the same property make it up: the one with the place in
the order names it, the others say what it may be, and how many.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import NamedNode
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from teixit import validation
from teixit.languages import LANGUAGES

Texts = Mapping[str, str]

_LEAST: Final = SH.qualifiedMinCount


@dataclass(frozen=True)
class Group:
    """Under what a form puts some of its fields."""

    label: Texts
    order: float


@dataclass(frozen=True)
class Field:
    """One property that a form asks for.

    Args:
        name: Its name in the form: the local name of the property.
        predicate: The property.
        inverse: Whether the thing is the value of the property, and what is chosen has it.
        label: What it is called, by language.
        help: What to write there, by language.
        order: Its place in the form.
        group: Under what it stands.
        classes: What a value has to be, if it is a thing: one of these.
        among: The values that there are, if the rule lists them.
        datatypes: What a text has to be, if it has no language.
        languages: The languages that a text may have; empty where it has none.
        once: Whether there is one text a language.
        is_address: Whether it is the address of a page.
        least: How many values a thing has to have, without which it is wrong.
        wanted: How many it should have.
        most: How many it may have, if that is bounded.
        rules: All the rules about the property.
    """

    name: str
    predicate: NamedNode
    inverse: bool
    label: Texts
    help: Texts
    order: float
    group: Group
    classes: tuple[NamedNode, ...] = ()
    among: tuple[NamedNode, ...] = ()
    datatypes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    once: bool = False
    is_address: bool = False
    least: int = 0
    wanted: int = 0
    most: int | None = None
    rules: tuple[str, ...] = ()

    @property
    def is_choice(self) -> bool:
        """Whether a value is chosen and not typed."""
        return self.inverse or bool(self.classes or self.among)


@cache
def fields_of(*types: str) -> tuple[Field, ...]:
    """Read what a form asks of a thing of these *types*, in its order."""
    shapes = validation.load_shapes()
    rules = sorted(set(_rules(shapes, types)))
    named = [rule for rule in rules if shapes.value(rule, SH.order) is not None]
    made = [_field(shapes, rule, rules) for rule in named]
    return tuple(sorted(made, key=lambda field: (field.group.order, field.order)))


def _rules(shapes: Graph, types: tuple[str, ...]) -> Iterator[URIRef]:
    for type_ in types:
        for shape in shapes.subjects(SH.targetClass, URIRef(type_)):
            for rule in shapes.objects(shape, SH.property):
                yield URIRef(str(rule))


def _field(shapes: Graph, rule: URIRef, rules: list[URIRef]) -> Field:
    predicate, inverse = _path(shapes, rule)
    same = [other for other in rules if (predicate, inverse) in _paths(shapes, other)]
    group = shapes.value(rule, SH.group)
    local = _local(predicate)
    languages = _languages(shapes, same)
    return Field(
        name=f"of-{local}" if inverse else local,
        predicate=NamedNode(predicate),
        inverse=inverse,
        label=_texts(shapes, rule, SH.name),
        help=_texts(shapes, rule, SH.description),
        order=_number(shapes, rule, SH.order) or 0,
        group=Group(_texts(shapes, group, RDFS.label), _number(shapes, group, SH.order) or 0),
        classes=_havers(shapes, predicate) if inverse else _nodes(shapes, same, SH["class"]),
        among=tuple(
            NamedNode(str(value)) for one in same for value in _listed(shapes, one, SH["in"])
        ),
        datatypes=() if languages else _datatypes(shapes, same),
        languages=languages,
        once=any(shapes.value(one, SH.uniqueLang) is not None for one in same),
        is_address=any(shapes.value(one, SH.nodeKind) == SH.IRI for one in same),
        least=_least(shapes, same, violations=True),
        wanted=_least(shapes, same, violations=False),
        most=_most(shapes, same),
        rules=tuple(map(str, same)),
    )


def _path(shapes: Graph, rule: Node) -> tuple[str, bool]:
    """Give the property that a rule is about, and whether it leads there backwards.

    Of several properties that would do, a form writes the first.
    """
    return _paths(shapes, rule)[0]


def _paths(shapes: Graph, rule: Node) -> list[tuple[str, bool]]:
    path = shapes.value(rule, SH.path)
    if isinstance(path, BNode):
        backwards = shapes.value(path, SH.inversePath)
        if backwards is not None:
            return [(str(backwards), True)]
        found = [(str(one), False) for one in _listed(shapes, path, SH.alternativePath)]
        return found or [("", False)]
    return [(str(path), False)]


def _alternatives(shapes: Graph, rules: list[URIRef]) -> Iterator[Node]:
    """Give the rules and what they allow in ``sh:or``."""
    for rule in rules:
        yield rule
        yield from _listed(shapes, rule, SH["or"])


def _listed(shapes: Graph, node: Node, predicate: URIRef) -> list[Node]:
    head = shapes.value(node, predicate)
    return [] if head is None else list(Collection(shapes, head))


def _nodes(shapes: Graph, rules: list[URIRef], predicate: URIRef) -> tuple[NamedNode, ...]:
    found = [
        str(value)
        for one in _alternatives(shapes, rules)
        for value in sorted(shapes.objects(one, predicate), key=str)
    ]
    return tuple(map(NamedNode, dict.fromkeys(found)))


def _havers(shapes: Graph, predicate: str) -> tuple[NamedNode, ...]:
    """Give the classes of what has the property, by the rules that ask it of them."""
    found = [
        str(target)
        for rule in shapes.subjects(SH.path, URIRef(predicate))
        for shape in shapes.subjects(SH.property, rule)
        for target in shapes.objects(shape, SH.targetClass)
    ]
    return tuple(map(NamedNode, sorted(set(found))))


def _datatypes(shapes: Graph, rules: list[URIRef]) -> tuple[str, ...]:
    return tuple(node.value for node in _nodes(shapes, rules, SH.datatype))


def _languages(shapes: Graph, rules: list[URIRef]) -> tuple[str, ...]:
    for rule in rules:
        named = [str(tag) for tag in _listed(shapes, rule, SH.languageIn)]
        if named:
            return tuple(named)
    alone = any(shapes.value(rule, SH.uniqueLang) is not None for rule in rules)
    return LANGUAGES if alone or str(RDF.langString) in _datatypes(shapes, rules) else ()


def _least(shapes: Graph, rules: list[URIRef], *, violations: bool) -> int:
    """Give how many values the rules ask for: those that must hold, or all but mere notes."""
    counted = [0.0]
    for rule in rules:
        severity = shapes.value(rule, SH.severity) or SH.Violation
        if severity == SH.Violation or (not violations and severity == SH.Warning):
            counted += [_number(shapes, rule, word) or 0 for word in (SH.minCount, _LEAST)]
    return int(max(counted))


def _most(shapes: Graph, rules: list[URIRef]) -> int | None:
    counts = [_number(shapes, rule, SH.maxCount) for rule in rules]
    return min((int(count) for count in counts if count is not None), default=None)


def _number(shapes: Graph, node: Node | None, predicate: URIRef) -> float | None:
    value = shapes.value(node, predicate)
    return float(value) if isinstance(value, Literal) else None


def _texts(shapes: Graph, node: Node | None, predicate: URIRef) -> Texts:
    found = {
        text.language: str(text)
        for text in shapes.objects(node, predicate)
        if isinstance(text, Literal) and text.language
    }
    return {tag: found[tag] for tag in LANGUAGES if tag in found}


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
