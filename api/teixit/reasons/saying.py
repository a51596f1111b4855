"""Who says what a row says: the statements behind it, each with the passages that make it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Store

from teixit import binding, datasets, paths, queries
from teixit.explorer import addresses
from teixit.explorer.reading import Reader
from teixit.explorer.stating import in_order, voices_of
from teixit.explorer.views import Cell, Evidence, Table, View
from teixit.explorer.wording import Wording
from teixit.languages import in_language
from teixit.namespaces import BASE, THING
from teixit.queries import Query, Remote, Term
from teixit.reasons.bounded import Bounded
from teixit.reasons.outline import read
from teixit.reasons.tracing import Row, Traced, traced
from teixit.reasons.walking import Triple

#: So many statements are shown of one row, and so many grounds of one conclusion.
STATEMENTS: Final = 200
GROUNDS: Final = 12
_COLUMNS: Final = (
    "who.pattern",
    "who.subject",
    "who.property",
    "who.object",
    "who.source",
    "who.sentence",
    "who.confidence",
)
_REASONS: Final = {
    "absence": "who.absence",
    "condition": "who.condition",
    "itself": "who.itself",
    "spent": "who.spent",
    "unbound": "who.unbound",
    "unnamed": "who.unnamed",
    "unread": "who.unread",
}

_Graphs: TypeAlias = Mapping[Triple, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so; and what that rests on, where it is a conclusion."""

    evidence: Evidence
    grounds: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the graph in words, and who makes it: nobody where no graph has it."""

    subject: Cell
    property: Cell
    object: Cell
    sources: Sequence[Source]


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind a pattern of the query.

    Args:
        pattern: As the query writes it.
        line: Where it is, counted from 1.
        statements: Those that it has found.
        reason: Why there are none, in one word, as :class:`teixit.reasons.tracing.Traced` has it.
        told: The same in a sentence.
    """

    pattern: str
    line: int
    statements: Sequence[Statement]
    reason: str | None = None
    told: str | None = None


@dataclass(frozen=True, kw_only=True)
class Who(View):
    """Who says what a row says.

    Args:
        query: The query.
        row: The row, by the names of its variables.
        behind: By pattern of the query.
        solutions: How many solutions of its pattern are behind the row.
        more: Whether these are not all.
    """

    query: str
    row: Sequence[tuple[str, Cell]]
    behind: Sequence[Behind]
    solutions: int
    more: bool


def who(store: Store | Remote, query: str, row: Row, wording: Wording) -> Who:
    """Say who says what a *row* of the answer to *query* says.

    Args:
        store: The graph, here or through the workers.
        query: The query that has the row in its answer.
        row: The terms of the row, by the names of the variables; empty for any row.
        wording: The words of the page.

    Raises:
        QueryError: The query is no SPARQL, passes a limit, or has no pattern to look behind.
        LimitError: It takes too long.
        RequestError: The workers cannot say.
    """
    graph = Bounded(store)
    scanned = read(query)
    trace = traced(graph, scanned, row)
    patterns = sorted(trace.patterns.items())
    named = datasets.of_query(scanned, f"{BASE}sparql").default
    saying = _Saying(graph, wording, [found for _, found in patterns], {*named})
    behind = [saying.behind(found) for _, found in patterns]
    summary = "who.summary" if any(one.statements for one in behind) else "who.nothing"
    return Who(
        title=wording.texts["who.title"],
        summary=wording.texts[summary],
        tables=[_table(behind, wording)],
        query=query,
        row=[(name, saying.cell(term)) for name, term in row.items()],
        behind=behind,
        solutions=trace.solutions,
        more=trace.more,
    )


class _Saying:
    """Knows what the statements are called and who makes them."""

    def __init__(
        self,
        graph: Bounded,
        wording: Wording,
        found: Sequence[Traced],
        merged: AbstractSet[NamedNode],
    ) -> None:
        self._graph = graph
        #: The graphs that the query asks, if it names them.
        self._merged = {graph.value for graph in merged}
        self._wording = wording
        triples = dict.fromkeys(told[0] for one in found for told in one.triples)
        self._shown = dict.fromkeys(islice(triples, STATEMENTS))
        self._graphs = self._stated()
        named = {NamedNode(graph) for graphs in self._graphs.values() for graph in graphs}
        self._grounds = self._grounded(named)
        grounds = {NamedNode(ground) for all_ in self._grounds.values() for ground in all_}
        rows = self._rows("voices", ["graph"], [[one] for one in _sorted(named | grounds)])
        self._voices = voices_of(Reader(graph, wording.language), rows)
        self._names = self._named({term for triple in self._shown for term in triple})

    def behind(self, found: Traced) -> Behind:
        """Tell what is behind a pattern."""
        statements = [
            self._statement(triple, within)
            for triple, within in found.triples
            if triple in self._graphs
        ]
        reason = None if statements else found.reason or self._silence(found)
        told = None if reason is None else self._wording.texts[_REASONS[reason]]
        return Behind(found.text, found.line, statements, reason, told)

    def _silence(self, found: Traced) -> str:
        """Say why nothing is told of triples: they are of a part that has no match, or too many."""
        return "unbound" if self._shown.keys() >= {told[0] for told in found.triples} else "spent"

    def cell(self, term: Term) -> Cell:
        """Show a *term* by its name."""
        if isinstance(term, NamedNode):
            name = self._names.get(term) or {"": self._wording.term(term.value)}
            text = in_language(name, self._wording.language)
            other = next(tag for tag, own in name.items() if own == text)
            language = other if other not in {"", self._wording.language} else None
            is_term = term.value.startswith(BASE) and not term.value.startswith(THING)
            place = None if is_term else addresses.about(term.value, self._wording.language)
            return Cell(text, place, language)
        return Cell(term.value if isinstance(term, Literal) else str(term))

    def _statement(self, triple: Triple, within: Term | None) -> Statement:
        graphs = [graph for graph in self._graphs[triple] if self._is_asked(graph, within)]
        found = {self._voices[graph]: graph for graph in graphs if graph in self._voices}
        sources = [
            Source(
                evidence,
                in_order(
                    self._voices[ground]
                    for ground in self._grounds.get(found[evidence], ())
                    if ground in self._voices
                ),
            )
            for evidence in in_order(found)
        ]
        subject, property_, object_ = map(self.cell, triple)
        return Statement(subject, property_, object_, sources)

    def _is_asked(self, graph: str, within: Term | None) -> bool:
        """Tell whether the query looks into a *graph*, for a pattern *within* one or in none."""
        if within is not None:
            return graph == within.value
        return not self._merged or graph in self._merged

    def _stated(self) -> _Graphs:
        """Find the graphs that make each statement."""
        named: dict[Triple, list[str]] = defaultdict(list)
        names = ["subject", "property", "object"]
        for row in self._rows("graphs", names, [*self._shown]):
            triple = row["subject"], row["property"], row["object"]
            if isinstance(row.get("graph"), NamedNode):
                named[triple].append(row["graph"].value)
            elif "stated" in row:
                named.setdefault(triple, [])
        return named

    def _grounded(self, graphs: Iterable[NamedNode]) -> Mapping[str, Sequence[str]]:
        """Find what each conclusion rests on, as far as is shown."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._rows("grounds", ["graph"], [[graph] for graph in _sorted(graphs)]):
            if len(found[row["graph"].value]) < GROUNDS:
                found[row["graph"].value].append(row["ground"].value)
        return found

    def _named(self, terms: Iterable[Term]) -> Mapping[Term, Mapping[str, str]]:
        """Find what things are called, by language."""
        things = _sorted(term for term in terms if isinstance(term, NamedNode))
        names: dict[Term, dict[str, str]] = defaultdict(dict)
        for row in self._rows("names", ["thing"], [[thing] for thing in things]):
            language = getattr(row["name"], "language", None)
            names[row["thing"]].setdefault(language or "", row["name"].value)
        return names

    def _rows(
        self, name: str, names: Sequence[str], rows: Sequence[Sequence[Term]]
    ) -> list[dict[str, Term]]:
        if not rows:
            return []
        return self._graph.rows(binding.bound_rows(_query(name).text, "SELECT", names, rows))


def _sorted(nodes: Iterable[NamedNode]) -> list[NamedNode]:
    return sorted(nodes, key=lambda node: node.value)


def _table(behind: Sequence[Behind], wording: Wording) -> Table:
    """List each statement once for each who makes it."""
    rows = [
        (
            Cell(one.pattern),
            statement.subject,
            statement.property,
            statement.object,
            Cell(source.evidence.name, source.evidence.address),
            Cell(source.evidence.sentence or ""),
            Cell(source.evidence.confidence or ""),
        )
        for one in behind
        for statement in one.statements
        for source in statement.sources
    ]
    columns = [wording.texts[name] for name in _COLUMNS]
    return Table("statements", wording.texts["who.caption"], columns, rows)


@cache
def _query(name: str) -> Query:
    return queries.named(name, paths.QUERIES / "reasons")
