"""Who says what a row says, and why there is none, as an assistant is told it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from teixit import reasons
from teixit.assistants.asking import CLIENT
from teixit.assistants.told import LONGEST, MOST_ROWS, cut, fitting
from teixit.errors import NotFoundError
from teixit.explorer.views import Evidence
from teixit.explorer.wording import Wording
from teixit.queries import Term
from teixit.reasons.saying import Behind, Source, Statement
from teixit.workers import Job, Pool
from teixit.workers.through import Through, body_of

_JSON = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a statement; `rests_on` has what a conclusion is drawn from."""

    kind: str
    label: str
    sentence: str | None
    confidence: str | None
    rests_on: Sequence[str]


@dataclass(frozen=True, slots=True)
class StatementBehind:
    """A statement behind the row, in words, and who makes it."""

    subject: str
    property: str
    value: str
    said_by: Sequence[Maker]


@dataclass(frozen=True, slots=True)
class PartBehind:
    """A part of the query, and the statements that it has found; else why there are none."""

    part: str
    line: int
    statements: Sequence[StatementBehind]
    why_none: str | None


@dataclass(frozen=True)  # what a tool gives is described by its class, which must have no slots
class RowBehind:
    """What is behind a row: the statements that it was put together from, and who makes them."""

    row: Mapping[str, str]
    parts: Sequence[PartBehind]


@dataclass(frozen=True, slots=True)
class Mended:
    """What may have been meant in place of a part of the query, and the whole query so."""

    part: str
    meant: str
    query: str
    answers: bool | None


@dataclass(frozen=True)  # as above
class Emptiness:
    """Why an answer is empty: which part of the query empties it, and what may have been meant."""

    summary: str
    told: Sequence[str]
    mends: Sequence[Mended]


def behind(pool: Pool, query: str, number: int, language: str) -> RowBehind:
    """Say who says what row *number* of the answer to *query* says, counted from 1.

    Raises:
        NotFoundError: There is no such row.
        QueryError: The query is no SELECT, or no SPARQL.
        RequestError: The workers cannot say.
    """
    row = _row(pool, query, number)
    who = reasons.who(Through(pool, lambda: CLIENT), query, row, _wording(language))
    room = LONGEST // max(1, len(who.behind))
    parts = [_part(one, room) for one in who.behind]
    return RowBehind({name: cut(term.value) for name, term in row.items()}, parts)


def empty(pool: Pool, query: str, language: str) -> Emptiness:
    """Say why the answer to *query* is empty, if it is.

    Raises:
        QueryError: The query is no SPARQL, or has no pattern to take apart.
        RequestError: The workers cannot say.
    """
    why = reasons.why(Through(pool, lambda: CLIENT), query, _wording(language))
    mends = [Mended(one.before, one.after, one.query, one.answers) for one in why.mends]
    return Emptiness(why.summary, [*map(cut, why.told)], fitting(mends, len(mends)))


def _row(pool: Pool, query: str, number: int) -> Mapping[str, Term]:
    job = Job("query", query, (_JSON, _JSON, None), table_rows=number)
    found = parse_query_results(body_of(pool.run_from_thread(job, CLIENT)), QueryResultsFormat.JSON)
    rows = [*found] if isinstance(found, QuerySolutions) else []
    if not isinstance(found, QuerySolutions) or len(rows) < number:
        raise NotFoundError(f"the answer has {len(rows)} rows, and no row {number}")
    names = [variable.value for variable in found.variables]
    return {name: term for name in names if (term := rows[number - 1][name]) is not None}


def _part(found: Behind, room: int) -> PartBehind:
    statements = fitting(map(_statement, found.statements), MOST_ROWS, room)
    return PartBehind(found.pattern, found.line, statements, found.told)


def _statement(said: Statement) -> StatementBehind:
    subject, property_, value = (
        cut(one.text) for one in (said.subject, said.property, said.object)
    )
    return StatementBehind(subject, property_, value, [*map(_maker, said.sources)])


def _maker(source: Source) -> Maker:
    evidence = source.evidence
    grounds = [_named(ground) for ground in source.grounds]
    return Maker(evidence.voice, evidence.name, evidence.sentence, evidence.confidence, grounds)


def _named(evidence: Evidence) -> str:
    return f"{evidence.name}: “{evidence.sentence}”" if evidence.sentence else evidence.name


@cache
def _wording(language: str) -> Wording:
    """Give the words in which the pages tell it."""
    pages = resources.files("teixit") / "web"
    texts = {
        f"{page}.{key}": text
        for page in ("who", "why")
        for key, text in _read(pages / "messages" / "explorer" / f"{page}.{language}.toml")[
            page
        ].items()
    }
    return Wording(language, texts, _read(pages / "foreign.toml"))


def _read(file: Traversable) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(file.read_text("utf-8"))
