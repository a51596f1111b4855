"""Answers that fit into a conversation: bounded, and each with who says so."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from teixit.library import Description, Evidence, Hit, Statement
from teixit.queries import Query

#: So many characters one answer has at most, and one value in it.
LONGEST: Final = 60_000
_LONGEST_VALUE: Final = 1_000
#: So many rows, or statements, are given where nobody asks for more or fewer, and at most.
ROWS: Final = 50
MOST_ROWS: Final = 500


@dataclass(frozen=True, slots=True)
class FoundThing:
    """A thing that was found: ask `describe` for what is said of it, and by whom."""

    iri: str
    kind: str
    label: str
    text: str | None


@dataclass(frozen=True, slots=True)
class SourceTold:
    """A document that something is taken from, and where it is on the web."""

    iri: str
    label: str | None
    page: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something. `sentence` has the exact words of the source: quote them.

    `kind` is `passage` (the plan's page, or a cell of a table), `extract` (what a source says, in
    our words), `conclusion`, `translation` or `record` (ours).
    """

    kind: str | None
    label: str | None
    sentence: str | None
    line: int | None
    says: str | None
    confidence: str | None
    sources: Sequence[SourceTold]


@dataclass(frozen=True, slots=True)
class StatementTold:
    """One thing that is said; `said_by` names its voices."""

    property: str
    property_label: str
    value: str
    value_label: str | None
    language: str | None
    said_by: Sequence[str]


@dataclass(frozen=True)  # what a tool gives is described by its class, which must have no slots
class ThingTold:
    """What is said of a thing, and by whom: `voices` has who says so, by the IRI of the graph."""

    iri: str
    label: str | None
    statements: Sequence[StatementTold]
    left_out: int
    voices: Mapping[str, Voice]
    data_version: str


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """A question that has a tested answer: ask `answer_question` for it.

    `parameters` has an example of a value for each that it wants.
    """

    name: str
    title: str
    description: str | None
    parameters: Mapping[str, str]


@dataclass(frozen=True)  # what a tool gives is described by its class, which must have no slots
class Answer:
    """What a query gives: rows, yes or no, or a graph in Turtle; and the query itself.

    `left_out` says how many rows there are beyond those that are given.
    """

    columns: Sequence[str]
    rows: Sequence[Mapping[str, str]]
    left_out: int
    yes: bool | None
    turtle: str | None
    query: str
    data_version: str


def cut(text: str) -> str:
    """Cut a long *text*, such as the outline of a district, and say so."""
    left = len(text) - _LONGEST_VALUE
    return text if left <= 0 else f"{text[:_LONGEST_VALUE]}… ({left} more characters)"


def fitting(items: Iterable[Any], most: int, room: int = LONGEST) -> Sequence[Any]:
    """Give the first of *items*, as many as fit: *most*, and *room* characters of JSON."""
    kept: list[Any] = []
    for item in items:
        plain = item if isinstance(item, Mapping) else asdict(item)
        room -= len(json.dumps(plain, ensure_ascii=False))
        if len(kept) == most or room < 0:
            break
        kept.append(item)
    return kept


def hits(found: Iterable[Hit]) -> Sequence[FoundThing]:
    """Tell what a search has found."""
    told = (
        FoundThing(one.iri, one.kind, cut(one.label), cut(one.text) if one.text else None)
        for one in found
    )
    return fitting(told, MOST_ROWS)


def thing(description: Description, most: int, version: str) -> ThingTold:
    """Tell what is said of a thing, in *most* statements.

    Each voice is told once, however many statements it makes; of the room for an answer the voices
    have a half.
    """
    statements = fitting(map(_statement, description.statements), most, LONGEST // 2)
    spoken = description.statements[: len(statements)]
    voices = {one.graph: one for statement in spoken for one in statement.said_by}
    told = fitting((_voice(one) for one in voices.values()), len(voices), LONGEST // 2)
    left_out = len(description.statements) - len(statements)
    known = dict(zip(voices, told, strict=False))
    return ThingTold(description.iri, description.label, statements, left_out, known, version)


def question(query: Query, language: str) -> QuestionTold:
    """Tell which question a *query* answers."""
    described = query.description.get(language)
    return QuestionTold(query.name, query.title[language], described, query.examples)


def _statement(said: Statement) -> StatementTold:
    return StatementTold(
        said.property,
        said.property_label,
        cut(str(said.value)),
        said.value_label,
        said.language,
        [one.graph for one in said.said_by],
    )


def _voice(evidence: Evidence) -> Voice:
    return Voice(
        evidence.kind,
        evidence.label,
        evidence.sentence,
        evidence.line,
        evidence.says,
        evidence.confidence,
        [SourceTold(one.iri, one.label, one.page) for one in evidence.sources],
    )
