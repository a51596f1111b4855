"""Hold RDF files to the shapes: what is wrong, where, and how to mend it."""

import hashlib
import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, cast

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

from teixit import namespaces, paths, store
from teixit.errors import KnowledgeError
from teixit.findings import Finding, Severity
from teixit.findings.ways import ways
from teixit.languages import LANGUAGES
from teixit.shacl import TARGETS, DataGraph, report_of
from teixit.terms import term_of

_SHACL: Final = str(SH)
#: What has a rule read a second property, and what is a name in a query.
_COMPARING: Final = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
_NAMES: Final = re.compile(r"[a-z]+:\w+")

# rdflib logs each literal that is not of its datatype with a trace; the shapes say it in words.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


@cache
def load_shapes(folder: Path = paths.SHAPES) -> Graph:
    """Read all the shapes of *folder*.

    Raises:
        KnowledgeError: There are none, a file does not parse, or one has a word that SHACL lacks:
            a validator would pass over it in silence, and the rule would check nothing.
    """
    shapes = _with_prefixes(Graph())
    for file in sorted(folder.glob("*.ttl")):
        for triple in _triples(file):
            for term in triple:
                _refuse_unknown_word(term, file)
            shapes.add(triple)
    if not shapes:
        raise KnowledgeError(f"{folder}: no shape; is the installation complete?")
    return shapes


def check(
    files: Iterable[Path] | None = None,
    context: Iterable[Path] | None = None,
    shapes: Graph | None = None,
) -> list[Finding]:
    """List what is wrong in *files*.

    Args:
        files: The files to check; all that Teixit ships by default.
        context: Files that are read with them and not reported on, as a rule often needs to know
            what a node of another file is; all that Teixit ships by default.
        shapes: The rules; all of ``shapes/`` by default.

    Returns:
        The findings, worst first, in a fixed order. An empty list: nothing is wrong.

    Raises:
        KnowledgeError: A file does not parse, or a shape is wrong.
    """
    named = _by_place(store.knowledge_files() if files is None else files)
    around = _by_place(store.knowledge_files() if context is None else context)
    reading = _Reading()
    reading.add(named.values())
    reported = frozenset(reading.said)
    reading.add(file for place, file in around.items() if place not in named)
    findings = _findings(reading, load_shapes() if shapes is None else shapes, reported)
    return sorted(findings, key=lambda finding: finding.place)


def as_turtle(findings: Iterable[Finding], shapes: Graph | None = None) -> str:
    """Write the findings as a SHACL validation report in Turtle, messages in every language."""
    shapes = load_shapes() if shapes is None else shapes
    findings = list(findings)
    report, head = _with_prefixes(Graph()), BNode("report")
    report.add((head, RDF.type, SH.ValidationReport))
    report.add((head, SH.conforms, Literal(not findings)))
    for number, finding in enumerate(findings):
        result = BNode(f"result{number:05}")
        report.add((head, SH.result, result))
        for predicate, value in _result(finding, shapes):
            report.add((result, predicate, _kept(value, finding)))
        for path in [*report.objects(result, SH.resultPath)]:
            if isinstance(path, BNode):
                copy = BNode(f"path{number:05}")
                report.set((result, SH.resultPath, copy))
                _copy(shapes, path, report, copy)
    return report.serialize(format="turtle")


def _kept(term: Node, finding: Finding) -> Node:
    """Give a blank node of the data a name that is the same in each report; another term as is."""
    if not isinstance(term, BNode) or term not in finding.terms:
        return term
    way = finding.node if term == finding.terms[0] else finding.value
    return BNode(f"way{hashlib.sha256(str(way).encode()).hexdigest()[:16]}")


def _copy(shapes: Graph, path: Node, report: Graph, copy: BNode) -> None:
    """Copy what the shapes say of a path, its blank nodes named by their place."""
    for number, (predicate, value) in enumerate(sorted(shapes.predicate_objects(path))):
        inner = BNode(f"{copy}{number}") if isinstance(value, BNode) else value
        report.add((copy, predicate, inner))
        if isinstance(inner, BNode):
            _copy(shapes, value, report, inner)


@dataclass(frozen=True)
class _Reading:
    """The statements of some files, as one graph, and which file says what."""

    graph: DataGraph = field(default_factory=DataGraph)
    said: dict[Node, list[tuple[Path, Node, Node]]] = field(default_factory=dict)
    ways: dict[Path, Mapping[str, str]] = field(default_factory=dict)

    def add(self, files: Iterable[Path]) -> None:
        """Read more files."""
        for file in files:
            for subject, predicate, value in _triples(file):
                self.graph.add((subject, predicate, value))
                self.said.setdefault(subject, []).append((file, predicate, value))

    def file_of(self, node: Node, path: Node | None, value: Node | None) -> Path:
        """Find the file with the wrong statement, or else one that speaks of the node."""
        return max(self.said[node], key=lambda said: (said[1] == path, said[2] == value))[0]

    def called(self, term: Node, file: Path) -> str:
        """Give the text of a term; of a blank node the way to it in *file*, or in its own."""
        if not isinstance(term, BNode):
            return str(term)
        own = self.said[term][0][0] if term in self.said else file
        if own not in self.ways:
            self.ways[own] = ways(self._said_in(own), BNode)
        return self.ways[own].get(term, "[]")

    def _said_in(self, file: Path) -> Mapping[str, list[tuple[str, str]]]:
        return {
            _plain(subject): [
                (str(predicate), _plain(value)) for place, predicate, value in said if place == file
            ]
            for subject, said in self.said.items()
        }


def _plain(term: Node) -> str:
    return term if isinstance(term, BNode) else str(term)


def _findings(reading: _Reading, shapes: Graph, reported: frozenset[Node]) -> Iterator[Finding]:
    """Run pySHACL, and read of its report what is about the nodes of *reported*."""
    narrowed = _narrowed(shapes, reading.graph, reported)
    report = report_of(reading.graph, narrowed)
    readers = _readers(shapes)
    for result in report.objects(None, SH.result):
        said = cast("dict[URIRef, Identifier]", dict(report.predicate_objects(result)))
        node, value, path = said[SH.focusNode], said.get(SH.value), said.get(SH.resultPath)
        if node not in reported:
            continue
        # pySHACL mixes the messages of shape and constraint, and drops the language of some.
        rule = said.get(SH.sourceConstraint, said[SH.sourceShape])
        file = reading.file_of(node, path, value)
        yield Finding(
            node=reading.called(node, file),
            label=_by_language(reading.graph, node, RDFS.label),
            shape=str(rule),
            constraint=str(said[SH.sourceConstraintComponent]),
            message=_by_language(shapes, rule, SH.message),
            severity=Severity(said[SH.resultSeverity].removeprefix(_SHACL)),
            value=None if value is None else reading.called(value, file),
            path=str(path) if isinstance(path, URIRef) else None,
            file=file,
            terms=(node, value),
            rule=_by_language(shapes, rule, SH.name) or _by_language(shapes, rule, RDFS.label),
            readers=readers.get(path, 0),
        )


def _narrowed(shapes: Graph, graph: Graph, reported: frozenset[Node]) -> Graph:
    """Aim the shapes at those of their targets alone that are reported on.

    pySHACL's own choice of focus nodes also passes over the values of these that a nested shape
    is about, so that it finds what is not wrong, and misses what is.
    """
    narrowed = _with_prefixes(Graph())
    for shape, word, target in shapes:
        if word not in TARGETS:
            narrowed.add((shape, word, target))
            continue
        for node in _aimed_at(graph, word, target) & reported:
            narrowed.add((shape, SH.targetNode, node))
    return narrowed


def _aimed_at(graph: Graph, word: Node, target: Node) -> set[Node]:
    """Give the nodes that a target names (SHACL, section 2.1.3)."""
    if word == SH.targetNode:
        return {target}
    if word == SH.targetSubjectsOf:
        return set(graph.subjects(target))
    if word == SH.targetObjectsOf:
        return set(graph.objects(None, target))
    classes = graph.transitive_subjects(RDFS.subClassOf, target)
    return {node for cls in classes for node in graph.subjects(RDF.type, cls)}


def _readers(shapes: Graph) -> Counter[Node | None]:
    """Count for each property the rules that read it, in a path or a query."""
    readers: Counter[Node | None] = Counter()
    for shape, path in shapes.subject_objects(SH.path):
        about = {path} if isinstance(path, URIRef) else set(shapes.cbd(path).objects())
        compared = (shapes.objects(shape, word) for word in _COMPARING)
        readers.update(term for term in about.union(*compared) if isinstance(term, URIRef))
    for query in map(str, shapes.objects(None, SH.select)):
        readers.update(map(_expanded, set(_NAMES.findall(query))))
    return readers


def _expanded(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(namespaces.PREFIXES.get(prefix, "") + local)


def _result(finding: Finding, shapes: Graph) -> Iterator[tuple[URIRef, Node]]:
    """Give what a SHACL report says of one finding."""
    rule = URIRef(finding.shape)
    source = shapes.value(None, SH.sparql, rule)
    path = URIRef(finding.path) if finding.path else shapes.value(rule, SH.path)
    node, value = finding.terms
    yield RDF.type, SH.ValidationResult
    yield SH.resultSeverity, SH[finding.severity.value]
    yield SH.sourceShape, source or rule
    yield SH.sourceConstraintComponent, URIRef(finding.constraint)
    if source:
        yield SH.sourceConstraint, rule
    for predicate, term in ((SH.focusNode, node), (SH.value, value), (SH.resultPath, path)):
        if isinstance(term, Node):
            yield predicate, term
    for language, message in finding.message.items():
        yield SH.resultMessage, Literal(message, lang=language)


def _triples(file: Path) -> Iterator[tuple[Identifier, Identifier, Identifier]]:
    """Read a file, its graphs taken together."""
    for quad in store.read(file):
        yield term_of(quad.subject), term_of(quad.predicate), term_of(quad.object)


def _refuse_unknown_word(term: Identifier, file: Path) -> None:
    if isinstance(term, URIRef) and term.startswith(_SHACL) and term not in SH:
        word = term.removeprefix(_SHACL)
        raise KnowledgeError(f"{file}: SHACL has no word sh:{word}; is it misspelt?")


def _by_language(graph: Graph, node: Identifier, predicate: URIRef) -> Mapping[str, str]:
    """Give the texts of a node by language, in the order of our languages."""
    texts = {
        text.language: str(text)
        for text in sorted(graph.objects(node, predicate), key=str)
        if isinstance(text, Literal) and text.language
    }
    return {language: texts[language] for language in LANGUAGES if language in texts}


def _by_place(files: Iterable[Path]) -> dict[Path, Path]:
    """Give the files, each once, by where they really are: one file may go by two names."""
    return {Path(os.path.realpath(file)): file for file in files}


def _with_prefixes(graph: Graph) -> Graph:
    for prefix, namespace in namespaces.PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    return graph
