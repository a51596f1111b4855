"""From a row of an answer back to the triples behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from teixit import binding
from teixit.queries import Term
from teixit.reasons import asked
from teixit.reasons.bounded import Bounded, UnlessTooMuch
from teixit.reasons.outline import Outline, outline
from teixit.reasons.steps import Sought, Steps, Within
from teixit.reasons.walking import Triple, Walker
from teixit.rewriting import groups
from teixit.tokens import Tokens, is_variable

#: So many solutions behind a row are traced: a row that counts may have thousands.
SOLUTIONS: Final = 20
#: So deep are groups within groups traced.
_DEPTH: Final = 3
#: How the variables begin that have the values of the row.
_GIVEN: Final = "teixit_given_"

#: The values of a row, by the names of the variables.
Row: TypeAlias = Mapping[str, Term]


@dataclass(slots=True)
class Traced:
    """A pattern of the query, and the triples that it has found for the row.

    Args:
        text: As the query writes it.
        line: Where it is, counted from 1.
        triples: Each with the graph in which it was looked for, if one was named; none twice.
        reason: Why there are none: ``absence``, ``condition``, ``unread``, ``unnamed`` (a blank
            node), ``unbound`` (an optional part without a match), ``itself`` (a path of no steps),
            ``spent`` (too much to ask).
    """

    text: str
    line: int
    triples: dict[tuple[Triple, Term | None], None] = field(default_factory=dict)
    reason: str | None = None


@dataclass(slots=True)
class Trace:
    """All that was traced.

    Args:
        patterns: By their places in the query.
        solutions: How many solutions are behind the row, as far as they were counted.
        more: Whether there are more than :data:`SOLUTIONS`.
    """

    patterns: dict[tuple[int, str], Traced] = field(default_factory=dict)
    solutions: int = 0
    more: bool = False


def traced(graph: Bounded, query: Tokens, row: Row) -> Trace:
    """Find the triples behind a *row* of the answer to *query*.

    Raises:
        QueryError: It is no SPARQL, or has no pattern.
        RequestError: The workers cannot say.
    """
    tracer = _Tracer(graph, query, Trace())
    found = outline(query)
    tracer.group(found, row, 0)
    return tracer.trace


@dataclass(frozen=True, slots=True)
class _Tracer:
    graph: Bounded
    query: Tokens
    trace: Trace

    def group(self, outline: Outline, row: Row, depth: int) -> bool:
        """Trace the group of a query, or of a part of it; say whether it has a solution."""
        steps = Steps(self.query)
        text = steps.read(outline.brace)
        solutions = self._solutions(outline, steps, text, row)
        if not depth:
            self.trace.more = len(solutions) > SOLUTIONS
            self.trace.solutions = min(len(solutions), SOLUTIONS)
        for solution in solutions[:SOLUTIONS]:
            for sought in steps.sought:
                self._sought(outline, sought, solution)
        for note in steps.untraced:
            self._note(note.first, note.last, note.reason)
        if depth < _DEPTH:
            for within in steps.within:
                self._within(within, outline, solutions[:SOLUTIONS], depth)
        return bool(solutions)

    def _solutions(self, outline: Outline, steps: Steps, text: str, row: Row) -> list[Row]:
        """Give the solutions that are behind a *row*, and one more than are wanted."""
        given = {name: term for name, term in row.items() if _can_be_asked([term])}
        first = {name: given[name] for name in given if name in steps.certain - steps.assigned}
        lines = [binding.data([*first], [[*first.values()]])] if first else []
        lines.append(text)
        lines += [f"BIND ({text} AS {name})" for text, name in steps.constants.items()]
        lines += [f"BIND ({text} AS ?{name})" for name, text in outline.computed.items()]
        lines.append(outline.data)
        rest = {name: given[name] for name in given if name not in first}
        if rest:
            values = {f"{_GIVEN}{name}": value for name, value in rest.items()}
            lines.append(binding.data([*values], [[*values.values()]]))
        lines += [
            f"FILTER (!BOUND(?{name}) || sameTerm(?{name}, ?{_GIVEN}{name}))" for name in rest
        ]
        found = self.graph.rows(asked.solutions(outline, "\n".join(lines), SOLUTIONS + 1))
        return _nearest(found, row, outline.projected)

    def _sought(self, outline: Outline, sought: Sought, solution: Row) -> None:
        entry = self._at(sought.place, sought.whole)
        within = None if sought.graph is None else solution.get(sought.graph)
        start, end = solution.get(sought.subject), solution.get(sought.object)
        if start is None or end is None:
            entry.reason = entry.reason or "unbound"
            return
        if not _can_be_asked((start, end)):
            entry.reason = "unnamed"
            return
        found, entry.reason = None, "spent"
        with UnlessTooMuch():
            found = self._triples(outline, sought, solution, (start, end))
        if found is None:
            return
        named = [triple for triple in found if _can_be_asked(triple)]
        entry.triples.update(dict.fromkeys((triple, within) for triple in named))
        silent = "itself" if start == end else "unbound"
        entry.reason = None if entry.triples else "unnamed" if found else silent

    def _triples(
        self, outline: Outline, sought: Sought, solution: Row, ends: tuple[Term, Term]
    ) -> list[Triple]:
        if sought.property is not None:
            return [(ends[0], solution[sought.property], ends[1])]
        within = None if sought.graph is None else solution[sought.graph]
        return Walker(self.graph, self.query, outline, within).triples(
            ends[0], sought.path, ends[1]
        )

    def _within(self, within: Within, outer: Outline, solutions: Sequence[Row], depth: int) -> None:
        """Trace a sub-select by the values that it gives, or what exists by those around it."""
        query = self.query
        end = query.partners[within.brace]
        if within.kind == groups.SUBSELECT:
            inner = outline(query, within.brace + 1, end)
            inner = replace(inner, head=outer.head, graphs=outer.graphs)
            names = set(inner.projected)
        else:
            inner = replace(outer, brace=within.brace, computed={}, modifiers={}, projected=())
            names = {word[1:] for word in query.words[within.brace : end] if is_variable(word)}
        rows = [
            {name: value for name, value in solution.items() if not names or name in names}
            for solution in solutions
        ]
        found = [self.group(inner, row, depth + 1) for row in _different(rows)]
        if not any(found):
            self._note(within.first, within.last, "condition")

    def _note(self, first: int, last: int, reason: str) -> None:
        text = self.query.text[self.query.starts[first] : self.query.end(last - 1)]
        self._at(first, text).reason = reason

    def _at(self, place: int, text: str) -> Traced:
        line, _ = self.query.place(place)
        return self.trace.patterns.setdefault((place, text), Traced(text, line))


def _can_be_asked(terms: Iterable[Term]) -> bool:
    """Tell whether all *terms* mean the same in another query: no blank nodes, no triples."""
    return all(isinstance(term, NamedNode | Literal) for term in terms)


def _nearest(found: Sequence[Row], row: Row, projected: Iterable[str]) -> list[Row]:
    """Choose the solutions that agree most with a *row*, in what is bound and what is not."""
    silent = set(projected) - row.keys() if row else set()

    def agreement(solution: Row) -> int:
        return len(row.keys() & solution.keys()) - len(silent & solution.keys())

    best = max(map(agreement, found), default=0)
    return [solution for solution in found if agreement(solution) == best]


def _different(rows: Iterable[Row]) -> list[Row]:
    return [dict(items) for items in dict.fromkeys(frozenset(row.items()) for row in rows)]
