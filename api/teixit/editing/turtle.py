"""A TriG file that people wrote, with some statements taken out and others put in.

The file is in the one form of the house (``teixit.trig``), so that a statement is a line and no
other line changes. Comments stay. The result is read again, and is taken only if it says what the
old file said, with the change and nothing else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from teixit import namespaces, trig
from teixit.editing.knowledge import iri_of
from teixit.errors import KnowledgeError
from teixit.trig import Block, Document, Subject

_TYPE: Final = namespaces.expand("rdf:type")
#: What may stand behind a prefix without being escaped, as far as we write it.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def edited(text: str, removed: Iterable[Quad], added: Iterable[Quad], file: Path | str) -> str:
    """Take statements out of a TriG file, and put others in.

    Args:
        text: The file, which parses.
        removed: Statements that it makes.
        added: Statements that it does not make.
        file: What an error calls it.

    Raises:
        KnowledgeError: A statement to be removed is not there, or the file is written in a way
            that cannot be changed without loss.
    """
    gone, new = {*removed}, {*added}
    document = trig.read(text, file)
    for quad in sorted(gone, key=str):
        _take(document, quad, file)
    for quad in sorted(new, key=str):
        _put(document, quad)
    after = document.written()
    said = set(parse(text.encode(), RdfFormat.TRIG))
    # Nothing is written that says anything else, or that has lost a comment.
    assert set(parse(after.encode(), RdfFormat.TRIG)) == (said - gone) | new  # noqa: S101
    assert _comments(trig.read(after, file)) == _comments(trig.read(text, file))  # noqa: S101
    return after


def _take(document: Document, quad: Quad, file: Path | str) -> None:
    """Take a fact out; the comments above it stay, with what it was about."""
    found = False
    for block, name in [*_places(document, quad)]:
        subject = block.subjects[name]
        for fact in [*subject.facts]:
            if _is(document, fact, quad):
                subject.comments += subject.facts.pop(fact)
                found = True
        if not subject.facts:
            block.last += block.subjects.pop(name).comments
        if not block.subjects and not block.comments and not block.last:
            document.blocks.remove(block)
    if not found:
        raise KnowledgeError(f"{file}: does not say {quad}")


def _put(document: Document, quad: Quad) -> None:
    places = [*_places(document, quad)]
    predicate = "a" if quad.predicate.value == _TYPE else _written(document, quad.predicate)
    if places:
        block, name = places[-1]
    else:
        block, name = _block(document, quad), _written(document, quad.subject)
        block.subjects[name] = Subject()
    block.subjects[name].facts[predicate, _written(document, quad.object)] = []


def _places(document: Document, quad: Quad) -> Iterator[tuple[Block, str]]:
    """Find where a file speaks of a subject in a graph."""
    graph, subject = iri_of(quad.graph_name), iri_of(quad.subject)
    for block in document.blocks:
        if document.iri(block.name) == graph:
            for name in [*block.subjects]:
                if document.iri(name) == subject:
                    yield block, name


def _block(document: Document, quad: Quad) -> Block:
    """Give the graph, or make it: behind the last one that is about the same subject."""
    graph, subject = iri_of(quad.graph_name), iri_of(quad.subject)
    place = len(document.blocks)
    for at, block in enumerate(document.blocks):
        if document.iri(block.name) == graph:
            return block
        if any(document.iri(name) == subject for name in block.subjects):
            place = at + 1
    made = Block(_written(document, quad.graph_name))
    document.blocks.insert(place, made)
    return made


def _is(document: Document, fact: tuple[str, str], quad: Quad) -> bool:
    predicate, said = fact
    return document.iri(predicate) == quad.predicate.value and _term(document, said) == quad.object


def _term(document: Document, said: str) -> object:
    """Read one term as the file means it."""
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in document.prefixes.items())
    (quad,) = parse(f"{head}<x:s> <x:p> {said} .".encode(), RdfFormat.TURTLE)
    return quad.object


def _written(document: Document, term: object) -> str:
    """Write a term with the prefixes of the file, and with ours where it has none for it."""
    match term:
        case NamedNode(value=iri):
            return _shortened(document, iri) or str(term)
        case Literal(language=None, datatype=NamedNode(value=datatype)):
            text = str(term).removesuffix(f"^^<{datatype}>")
            return text if text == str(term) else f"{text}^^{_written(document, term.datatype)}"
        case Literal():
            return str(term)
    raise KnowledgeError(f"expected an IRI or a literal: {term}")


def _shortened(document: Document, iri: str) -> str | None:
    short = _prefixed(document.prefixes, iri)
    if short is None:
        short = _prefixed(namespaces.PREFIXES, iri)
        prefix = short.partition(":")[0] if short else ""
        if prefix in document.prefixes:
            return None  # the file means something else by it
        if short:
            document.prefixes[prefix] = namespaces.PREFIXES[prefix]
    return short


def _prefixed(prefixes: Mapping[str, str], iri: str) -> str | None:
    """Write an IRI with the longest namespace that fits."""
    fitting = [
        (len(namespace), prefix)
        for prefix, namespace in prefixes.items()
        if namespace and iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :])
    ]
    length, prefix = max(fitting, default=(0, ""))
    return f"{prefix}:{iri[length:]}" if fitting else None


def _comments(document: Document) -> Counter[str]:
    """Give all comments of a file."""
    found = Counter([*document.comments, *document.last])
    for block in document.blocks:
        found.update([*block.comments, *block.last])
        for subject in block.subjects.values():
            found.update(subject.comments)
            for above in subject.facts.values():
                found.update(above)
    return found
