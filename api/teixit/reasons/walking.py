"""The triples of a property path between two things (SPARQL 1.1 Query, section 9)."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from pyoxigraph import NamedNode

from teixit import namespaces
from teixit.errors import LimitError
from teixit.queries import Term
from teixit.reasons import asked
from teixit.reasons.bounded import Bounded
from teixit.reasons.outline import Outline
from teixit.reasons.patterns import Path
from teixit.tokens import Tokens

#: A statement: its subject, its property, its object.
Triple: TypeAlias = tuple[Term, Term, Term]

#: So many edges between two things are looked at, and so many things between two steps.
_MOST: Final = 200
_FEW: Final = 3
_TYPE: Final = NamedNode(namespaces.expand("rdf:type"))
_FROM, _TO, _GRAPH = "teixit_from", "teixit_to", "teixit_graph"


@dataclass(frozen=True, slots=True)
class Walker:
    """Looks for the triples of paths.

    Args:
        graph: Who is asked.
        query: The tokens of the query that the paths are from.
        outline: Its outline.
        within: The graph to look in, if one is named.
    """

    graph: Bounded
    query: Tokens
    outline: Outline
    within: Term | None = None

    def triples(self, start: Term, path: Path, end: Term) -> list[Triple]:
        """Give the triples by which *path* may lead from *start* to *end*.

        Those of the shortest way, where it is repeated; whether each of several properties is
        stated is not asked here. None are needed from a thing to itself.

        Raises:
            LimitError: Too much was asked already, or one query takes too much.
            RequestError: As the workers raise it.
        """
        if path.kind == "step":
            return [(start, self._property(path.text), end)]
        if path.kind == "^":
            return self.triples(end, path.parts[0], start)
        if path.kind == "|":
            ways = [self.triples(start, part, end) for part in path.parts]
            return [triple for way in ways for triple in way]
        return [] if start == end and path.kind in {"?", "*"} else self._walked(start, path, end)

    def _walked(self, start: Term, path: Path, end: Term) -> list[Triple]:
        match path.kind:
            case "?":
                return self.triples(start, path.parts[0], end)
            case "/":
                return self._sequence(start, path.parts, end)
            case "!":
                return self._others(start, path, end)
        return self._repeated(start, path, end)

    def _property(self, text: str) -> NamedNode:
        return _TYPE if text == "a" else NamedNode(self.query.iri(text, f"{namespaces.BASE}sparql"))

    def _sequence(self, start: Term, parts: Sequence[Path], end: Term) -> list[Triple]:
        names = [f"?teixit_at_{number}" for number in range(1, len(parts))]
        stops = [f"?{_FROM}", *names, f"?{_TO}"]
        steps = zip(stops, parts, stops[1:], strict=False)
        text = " . ".join(f"{one} {path.text} {other}" for one, path, other in steps)
        found: list[Triple] = []
        for row in self._rows(text, names, start, end, _FEW):
            way = [start, *(row[name[1:]] for name in names), end]
            for one, path, other in zip(way, parts, way[1:], strict=False):
                found += self.triples(one, path, other)
        return found

    def _others(self, start: Term, path: Path, end: Term) -> list[Triple]:
        """Find the properties that a negated set leaves (section 9.1)."""
        text = f"?{_FROM} {path.text} ?{_TO} . ?{_FROM} ?property ?{_TO}"
        rows = self._rows(text, ["?property"], start, end, _MOST)
        refused = {self._property(word) for word in _named(path)}
        return [(start, row["property"], end) for row in rows if row["property"] not in refused]

    def _repeated(self, start: Term, path: Path, end: Term) -> list[Triple]:
        step = path.parts[0]
        text = (
            f"?{_FROM} ({step.text})* ?one . ?one {step.text} ?other . ?other ({step.text})* ?{_TO}"
        )
        edges: dict[Term, list[Term]] = {}
        rows = self._rows(text, ["?one", "?other"], start, end, _MOST)
        for row in rows:
            edges.setdefault(row["one"], []).append(row["other"])
        way = _shortest(edges, start, end)
        if not way and len(rows) == _MOST:
            raise LimitError("there are too many ways from one to the other", "time")
        return [triple for one, other in pairwise(way) for triple in self.triples(one, step, other)]

    def _rows(
        self, text: str, names: Sequence[str], start: Term, end: Term, most: int
    ) -> list[dict[str, Term]]:
        values: dict[str, Term] = {_FROM: start, _TO: end}
        if self.within is not None:
            text = f"GRAPH ?{_GRAPH} {asked.braced(text)}"
            values[_GRAPH] = self.within
        listed = [*(f"?{name}" for name in values), *names]
        return self.graph.rows(asked.solutions(self.outline, text, most, listed), values)


def _named(path: Path) -> list[str]:
    """Name the properties of a path, wherever they stand in it."""
    if path.kind == "step":
        return [path.text]
    return [name for part in path.parts if part.kind != "^" for name in _named(part)]


def _shortest(edges: Mapping[Term, Sequence[Term]], start: Term, end: Term) -> list[Term]:
    """Find the shortest way along *edges*, of one edge at least; nothing where there is none."""
    before: dict[Term, Term] = {}
    waiting = deque([start])
    while waiting and end not in before:
        one = waiting.popleft()
        for other in edges.get(one, ()):
            if other not in before:
                before[other] = one
                waiting.append(other)
    if end not in before:
        return []
    way = [end, before[end]]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]
