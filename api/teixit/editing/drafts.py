"""A whole form: what was typed of a thing and of a new source, and the change that it makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode, Quad

from teixit import namespaces
from teixit.editing import rows, sources
from teixit.editing.fields import Field, fields_of
from teixit.editing.knowledge import (
    LABEL,
    RECORD,
    SOURCES,
    TRANSLATION,
    TRANSLATIONS,
    TYPE,
    Kind,
    Knowledge,
)
from teixit.editing.rows import NEW, Fault, Row
from teixit.importing.pages.identifiers import slug
from teixit.languages import DEFAULT

_REFERENCED: Final = NamedNode(namespaces.expand("dct:isReferencedBy"))
#: Stands for a new thing as long as it has no name that an IRI could be made of.
_NAMELESS: Final = NamedNode(namespaces.thing("new", "thing"))


@dataclass(frozen=True)
class Change:
    """What a form changes.

    Args:
        subject: What it is about.
        removed: Statements that go, each with its file.
        added: Statements that come, each with its file.
        about: All things that it says something new of.
    """

    subject: NamedNode
    removed: Mapping[Quad, str]
    added: Mapping[Quad, str]
    about: frozenset[NamedNode]

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self.removed or self.added)


@dataclass(frozen=True)
class Draft:
    """A form, as it was typed.

    Args:
        kind: Of the thing.
        subject: The thing; None for a new one.
        rows: The lines about it.
        source: The lines about a new source: the document, and what it says.
        version: The state of the files that the form was made of.
        change: What it changes; None while something that was typed is wrong.
        gone: What the form was made of and the files no longer say.
        come: What the files say since.
    """

    kind: Kind
    subject: NamedNode | None
    rows: tuple[Row, ...]
    source: tuple[Row, ...]
    version: str
    change: Change | None = None
    gone: tuple[Quad, ...] = ()
    come: tuple[Quad, ...] = ()

    @property
    def faults(self) -> list[Row]:
        """The lines that are wrong."""
        return [row for row in (*self.rows, *self.source) if row.fault]

    def lines(
        self, field: Field, part: str = "thing", said: frozenset[str] = frozenset()
    ) -> list[Row]:
        """Give the lines of a field, and the empty ones that follow.

        Args:
            field: The field.
            part: The part of the form.
            said: The languages that need no empty line.
        """
        all_ = self.rows if part == "thing" else self.source
        here = [row for row in all_ if (row.part, row.field.name) == (part, field.name)]
        return [*here, *rows.blanks(field, here, part, said)]


def begun(knowledge: Knowledge, kind: Kind, subject: NamedNode | None) -> Draft:
    """Make the form of a thing as the files have it, or an empty one for a new thing."""
    found: list[Row] = []
    said = knowledge.about(subject) if subject else []
    for one in fields_of(kind.type.value):
        mine = [quad for quad in said if subject and rows.is_of(one, subject, quad)]
        kept = [quad for quad in mine if knowledge.file_of(quad)]
        kept.sort(key=lambda quad: rows.of_statement(one, 0, quad).place)
        found += [rows.of_statement(one, number, quad) for number, quad in enumerate(kept)]
    return Draft(kind, subject, tuple(found), (), knowledge.version)


def elsewhere(knowledge: Knowledge, subject: NamedNode, one: Field) -> list[Quad]:
    """List what files say that no form writes to, such as a page of the plan: once a value."""
    found: dict[object, Quad] = {}
    for quad in knowledge.about(subject):
        if rows.is_of(one, subject, quad) and not knowledge.file_of(quad):
            found.setdefault(quad.subject if one.inverse else quad.object, quad)
    return [*found.values()]


def typed(
    knowledge: Knowledge, kind: Kind, subject: NamedNode | None, sent: Mapping[str, str]
) -> Draft:
    """Read a form that was sent, say what is wrong in it, and what it would change."""
    mine = [row for one in fields_of(kind.type.value) for row in rows.read("thing", one, sent)]
    new = [row for part, one in sources.fields() for row in rows.read(part, one, sent)]
    mine = [row if _is_about(row, subject) else replace(row, was=None) for row in mine]
    draft = Draft(kind, subject, tuple(mine), tuple(new), sent.get("version", ""))
    if draft.version != knowledge.version:
        draft = _merged(draft, knowledge)
    return _judged(draft, knowledge)


def _is_about(row: Row, subject: NamedNode | None) -> bool:
    """Say whether what a line stands for is about the thing: a form changes nothing else."""
    if row.was is None or subject is None:
        return False
    return rows.is_of(row.field, subject, row.was)


def _merged(draft: Draft, knowledge: Knowledge) -> Draft:
    """Put into a form what the files say since it was made, and keep all that was typed."""
    before = {row.was for row in draft.rows if row.was is not None}
    gone = sorted((quad for quad in before if knowledge.file_of(quad) is None), key=str)
    kept = [
        replace(row, was=None) if row.was in gone else row
        for row in draft.rows
        if row.was not in gone or not (row.dropped or _same(row))
    ]
    now = begun(knowledge, draft.kind, draft.subject).rows
    come = [row for row in now if row.was not in before]
    for row in come:
        taken = [one.number for one in kept if one.field == row.field]
        kept.append(replace(row, number=max(taken, default=-1) + 1))
    told = tuple(row.was for row in come if row.was is not None)
    return replace(draft, rows=tuple(kept), gone=tuple(gone), come=told)


def _judged(draft: Draft, knowledge: Knowledge) -> Draft:
    """Find what the lines say, and what is wrong with them."""
    source = sources.described(draft.source, knowledge, used=_uses_new(draft.rows))
    subject = draft.subject or _named(draft)

    def said(row: Row) -> Quad | None:
        if not row.dropped and _same(row):
            return row.was
        return rows.statement(row, subject, knowledge, lambda iri: _graph(iri, source, knowledge))

    mine, told = rows.with_faults([*draft.rows], said)
    if draft.subject is None:
        mine = _without_name(mine, subject, knowledge)
    judged = replace(draft, rows=tuple(mine), source=tuple(source.rows))
    if judged.faults or subject == _NAMELESS:
        return judged
    return _with_change(judged, subject, told, source.quads, knowledge)


def _graph(chosen: str, source: sources.Source, knowledge: Knowledge) -> NamedNode:
    """Give the graph that was chosen as the source of a line.

    Raises:
        Fault: There is none, or the new source has no good name.
    """
    if chosen == NEW:
        if source.extract is None:
            raise Fault("unnamed")
        return source.extract
    node = _iri(chosen)
    if node is None or not knowledge.is_source(node):
        raise Fault("source")
    return node


def _uses_new(lines: Iterable[Row]) -> bool:
    """Say whether a line names the source that the form itself describes."""
    return any(row.source == NEW and not row.is_blank for row in lines)


def _with_change(
    draft: Draft,
    subject: NamedNode,
    told: Mapping[str, Quad],
    described: frozenset[Quad],
    knowledge: Knowledge,
) -> Draft:
    before = {row.was for row in draft.rows if row.was is not None}
    after = set(told.values()) | described
    added = {quad for quad in after - before if quad not in knowledge.said}
    if draft.subject is None:
        added |= _typed(draft, told, subject)
    added |= _referenced(added, subject, knowledge, draft.kind)
    where = {quad: knowledge.file_of(quad) for quad in before - after}
    removed = {quad: file for quad, file in where.items() if file is not None}
    placed = {quad: _home(quad, draft.kind, knowledge) for quad in added}
    about = {quad.subject for quad in added if isinstance(quad.subject, NamedNode)}
    change = Change(subject, removed, placed, frozenset(about | {subject}))
    return replace(draft, change=change)


def _same(row: Row) -> bool:
    """Say whether what a line says is still the statement that it was made of."""
    if row.was is None:
        return False
    old = rows.of_statement(row.field, row.number, row.was)
    return (row.value.strip(), row.language, row.source) == (old.value, old.language, old.source)


def _named(draft: Draft) -> NamedNode:
    """Make the IRI of a new thing of its Catalan name."""
    name = _catalan(draft)
    key = slug(name.value) if name else ""
    return NamedNode(namespaces.thing(draft.kind.name, key)) if key else _NAMELESS


def _catalan(draft: Draft) -> Row | None:
    return next((row for row in draft.rows if _is_name(row) and not row.is_blank), None)


def _is_name(row: Row) -> bool:
    return row.field.predicate == LABEL and row.language == DEFAULT


def _without_name(lines: list[Row], subject: NamedNode, knowledge: Knowledge) -> list[Row]:
    """Say of the name of a new thing that it is missing, or that another thing has it."""
    fault = ""
    if subject == _NAMELESS:
        fault = "nameless"
    elif knowledge.about(subject):
        fault = "taken"
    return [replace(row, fault=row.fault or fault) if _is_name(row) else row for row in lines]


def _typed(draft: Draft, told: Mapping[str, Quad], subject: NamedNode) -> set[Quad]:
    """Say what a new thing is, in the graph that gives its name."""
    name = _catalan(draft)
    return {Quad(subject, TYPE, draft.kind.type, told[name.name].graph_name)} if name else set()


def _referenced(
    added: Iterable[Quad], subject: NamedNode, knowledge: Knowledge, kind: Kind
) -> set[Quad]:
    """Say of a project, in each extract that says something new of it, which document that is."""
    if all(one.predicate != _REFERENCED for one in fields_of(kind.type.value)):
        return set()
    all_ = [*added]
    found = set()
    for graph in {quad.graph_name for quad in all_ if quad.subject == subject}:
        origin = sources.document_of(graph, all_, knowledge)
        if origin is not None:
            found.add(Quad(subject, _REFERENCED, origin, graph))
    return {quad for quad in found if quad not in knowledge.said}


def _home(quad: Quad, kind: Kind, knowledge: Knowledge) -> str:
    """Name the file that a new statement goes to."""
    if quad.graph_name == RECORD:
        return SOURCES
    graph = quad.graph_name
    if isinstance(graph, NamedNode) and TRANSLATION in knowledge.types(graph):
        return TRANSLATIONS
    return kind.file


def _iri(text: str) -> NamedNode | None:
    try:
        return NamedNode(text)
    except ValueError:
        return None
