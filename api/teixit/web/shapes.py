"""The shapes as their page tells them, and which of them hold a term of the ontology."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from teixit import namespaces, paths, store
from teixit.findings import Severity

_DOCUMENT: Final = NamedNode(namespaces.SHAPE.removesuffix("#"))
_SH: Final = namespaces.PREFIXES["sh"]
_TARGETS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf")

#: Objects by subject and predicate; the predicates as prefixed names.
_Facts: TypeAlias = Mapping[object, Mapping[str, list[object]]]
#: Texts by language.
Texts: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """One thing that a shape demands.

    Args:
        name: Its local name.
        names: Its names by language.
        messages: What is said where it is broken, by language.
        severity: How bad that is.
        path: The IRIs of the properties that its path goes over (SHACL, section 2.3.1).
    """

    name: str
    names: Texts
    messages: Texts
    severity: Severity
    path: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """What the things of some classes must keep.

    Args:
        name: Its local name.
        names: Its names by language.
        messages: What is said where it is broken itself, by language; none if it only has rules.
        targets: The IRIs of classes, or of properties whose subjects or objects are meant.
        rules: What it demands, in the order of their names.
    """

    name: str
    names: Texts
    messages: Texts
    targets: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Shapes:
    """All shapes, and what their document says of itself by prefixed names, in each language."""

    header: Mapping[str, Texts]
    shapes: tuple[Shape, ...]

    def of_terms(self) -> Mapping[str, tuple[Shape | Rule, ...]]:
        """List, by the IRI of each class and property, what constrains it."""
        found: dict[str, list[Shape | Rule]] = defaultdict(list)
        for shape in self.shapes:
            for target in shape.targets:
                found[target].append(shape)
            for rule in shape.rules:
                for iri in rule.path:
                    found[iri].append(rule)
        # Several shapes may share a rule.
        return {iri: tuple({one.name: one for one in held}.values()) for iri, held in found.items()}

    def told_in(self) -> Mapping[str, str]:
        """Name, for each rule, the first shape that has it: there its fragment leads."""
        told: dict[str, str] = {}
        for shape in self.shapes:
            for rule in shape.rules:
                told.setdefault(rule.name, shape.name)
        return told


@cache
def read(files: tuple[Path, ...] = ()) -> Shapes:
    """Read the shapes in *files*; by default those that Teixit ships.

    Raises:
        KnowledgeError: A file does not parse.
    """
    facts = _facts(files or sorted(paths.SHAPES.glob("*.ttl")))
    header = {name: _texts(facts, _DOCUMENT, name) for name in ("dct:title", "dct:description")}
    nodes = [node for node, said in facts.items() if said.keys() & {f"sh:{t}" for t in _TARGETS}]
    return Shapes(header, tuple(sorted((_shape(facts, node) for node in nodes), key=_by_name)))


def _shape(facts: _Facts, node: object) -> Shape:
    said = facts[node]
    targets = [found for kind in _TARGETS for found in said.get(f"sh:{kind}", ())]
    held = [*said.get("sh:property", ()), *said.get("sh:sparql", ())]
    return Shape(
        _local(node),
        _texts(facts, node, "rdfs:label"),
        _texts(facts, node, "sh:message"),
        tuple(sorted(iri for target in targets for iri in _reached(facts, target))),
        tuple(sorted((_rule(facts, rule) for rule in held), key=_by_name)),
    )


def _rule(facts: _Facts, node: object) -> Rule:
    said = facts[node]
    (severity,) = said.get("sh:severity", [NamedNode(f"{_SH}Violation")])
    path = [iri for found in said.get("sh:path", ()) for iri in _reached(facts, found)]
    return Rule(
        _local(node),
        _texts(facts, node, "sh:name") or _texts(facts, node, "rdfs:label"),
        _texts(facts, node, "sh:message"),
        Severity(str(severity).strip("<>").removeprefix(_SH)),
        tuple(path),
    )


def _by_name(found: Shape | Rule) -> str:
    return found.name


def _facts(files: Iterable[Path]) -> _Facts:
    facts: dict[object, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        for quad in store.read(file):
            facts[quad.subject][_prefixed(quad.predicate.value)].append(quad.object)
    return facts


def _prefixed(iri: str) -> str:
    """Write *iri* as a prefixed name, if it is of a vocabulary that is looked for here."""
    for prefix in ("dct", "rdfs", "sh"):
        if iri.startswith(namespaces.PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(namespaces.PREFIXES[prefix])}"
    return iri


def _texts(facts: _Facts, node: object, property_: str) -> dict[str, str]:
    return {
        text.language: text.value
        for text in facts[node].get(property_, ())
        if isinstance(text, Literal) and text.language
    }


def _reached(facts: _Facts, node: object) -> Iterator[str]:
    """Give the IRIs that *node* is made of, through lists and paths."""
    if isinstance(node, NamedNode):
        if node.value != f"{namespaces.PREFIXES['rdf']}nil":
            yield node.value
        return
    for objects in facts[node].values():
        for further in objects:
            yield from _reached(facts, further)


def _local(node: object) -> str:
    return str(node).strip("<>").removeprefix(namespaces.SHAPE)
