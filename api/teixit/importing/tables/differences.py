"""What bringing in a table would change in the graph, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pyoxigraph import DefaultGraph, NamedNode, Store
from pyoxigraph import Literal as Said
from rdflib import RDFS, Literal, URIRef

from teixit import namespaces, store
from teixit.importing.tables import Table, statements, wording
from teixit.importing.tables.names import Names
from teixit.languages import in_language
from teixit.terms import term_of

Statement = tuple[str, str, URIRef | Literal]


@dataclass(frozen=True)
class Differences:
    """What would change.

    Attributes:
        added: The statements that nobody makes yet.
        removed: Those that an earlier import of the table makes, and nobody any more.
        kept: How many others make already.
    """

    added: list[Statement]
    removed: list[Statement]
    kept: int


def differences(table: Table, graph: Store, before: Path) -> Differences:
    """Compare a table with the graph.

    Args:
        table: What would be brought in.
        graph: What all others say, merged in its default graph.
        before: The file of an earlier import of the table, which need not be there.
    """
    now = {(str(fact.subject), str(fact.property), fact.value) for fact in table.facts}
    old = set(_before(before)) if before.is_file() else set()
    added = {statement for statement in now - old if not _has(graph, statement)}
    removed = {statement for statement in old - now if not _has(graph, statement)}
    return Differences(_ordered(added), _ordered(removed), len(now - added))


def as_text(found: Differences, table: Table, names: Names, language: str) -> str:
    """Say in words what would change, a statement a line.

    Things and properties are called by their labels; those that the graph does not know by what
    the table calls them.
    """
    called = _called(table, language)
    lines: list[str] = []
    for words, mark, said in (
        (wording.ADDED, "+", found.added),
        (wording.REMOVED, "-", found.removed),
    ):
        if said:
            lines.append(words[language].format(count=len(said)))
            lines += [
                f"  {mark} {_words(statement, names, called, language)}" for statement in said
            ]
    lines.append(wording.SAME[language].format(count=found.kept))
    return "".join(f"{line}\n" for line in lines)


def _words(statement: Statement, names: Names, called: Mapping[str, str], language: str) -> str:
    *iris, value = statement
    texts = [_label(iri, names, called, language) for iri in iris]
    if not isinstance(value, Literal):
        texts.append(_label(str(value), names, called, language))
    else:
        texts.append(f"«{value}» ({value.language})" if value.language else f"«{value}»")
    return " · ".join(texts)


def _label(iri: object, names: Names, called: Mapping[str, str], language: str) -> str:
    known = str(iri) not in called or bool(names.labels(str(iri)))
    return names.label(str(iri), language) if known else called[str(iri)]


def _called(table: Table, language: str) -> Mapping[str, str]:
    """Give what a table itself calls properties, by its headings, and the things of its rows."""
    kind = table.kind
    columns = [*kind.columns, *kind.virtual]
    called: dict[str | None, str] = {
        kind.property(column): in_language(column.heading, language) for column in reversed(columns)
    }
    labels = [fact for fact in table.facts if fact.property == RDFS.label]
    called |= {str(fact.subject): str(fact.value) for fact in reversed(labels)}
    called[statements.source_of(table.key)] = table.book.file
    return {str(iri): text for iri, text in called.items()}


def _before(file: Path) -> Iterator[Statement]:
    """Give what the cells of an earlier import say, without what we say of the cells."""
    record = namespaces.thing("record", "")
    for quad in store.read(file):
        if not str(getattr(quad.graph_name, "value", "")).startswith(record):
            value = cast("URIRef | Literal", term_of(quad.object))
            yield str(term_of(quad.subject)), quad.predicate.value, value


def _has(graph: Store, statement: Statement) -> bool:
    subject, property_, value = statement
    pattern = (NamedNode(subject), NamedNode(property_), _node(value), DefaultGraph())
    return next(iter(graph.quads_for_pattern(*pattern)), None) is not None


def _node(value: URIRef | Literal) -> NamedNode | Said:
    if not isinstance(value, Literal):
        return NamedNode(str(value))
    datatype = NamedNode(value.datatype) if value.datatype else None
    return Said(str(value), language=value.language, datatype=datatype)


def _ordered(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda said: (said[0], said[1], str(said[2])))
