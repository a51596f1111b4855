"""The outline of a query: its form, its group, and what comes before and after it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import NamedNode

from teixit import guard, tokens
from teixit.errors import QueryError
from teixit.tokens import Tokens

_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT"})
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_MODIFIERS: Final = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
_OPENING: Final = frozenset("([{")


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a query or of a sub-select.

    Args:
        form: SELECT, ASK or CONSTRUCT.
        head: All before it: prefixes and bases.
        graphs: The clauses FROM and FROM NAMED.
        brace: The place of the brace that opens its group.
        projected: The names of the variables that a SELECT gives; none for a star.
        computed: The expressions that give variables a value, by their names: in the projection,
            or as a key of groups.
        grouped: Whether rows stand for groups of solutions.
        modifiers: What follows the group, by its keyword; VALUES has its data.
    """

    form: str
    head: str
    graphs: str
    brace: int
    projected: tuple[str, ...]
    computed: Mapping[str, str]
    grouped: bool
    modifiers: Mapping[str, str]

    @property
    def data(self) -> str:
        """The data at the end of the query (SPARQL 1.1 Query, section 10.2.2)."""
        return self.modifiers.get("VALUES", "")


def read(text: str) -> Tokens:
    """Read a query, after :func:`teixit.guard.check`: it is small enough to be taken apart.

    Raises:
        QueryError: It passes a limit.
        TooLargeError: It is too long.
        RefusedError: It would ask another server.
    """
    query = tokens.scan(text)
    guard.check(query)
    return query


def outline(query: Tokens, first: int | None = None, last: int | None = None) -> Outline:
    """Read the outline of *query*, or of the sub-select between two places.

    Raises:
        QueryError: It is a DESCRIBE or no query, which has no rows to speak of.
    """
    words = query.words
    first = _start(words) if first is None else first
    last = len(words) if last is None else last
    form = words[first].upper() if first < last else ""
    brace = _brace(query, first, last) if form in _FORMS else None
    if brace is None or query.partners[brace] < 0:
        raise QueryError("expected a SELECT, ASK or CONSTRUCT with a pattern in braces")
    heading = range(first + 1, brace)
    modifiers = {word: _span(query, found) for word, found in _modifiers(query, brace, last)}
    keys = dict(_modifiers(query, brace, last)).get("GROUP", range(0))
    projected = tuple(_names(query, heading))
    said = {words[index].upper() for index in (*heading, *range(query.partners[brace], last))}
    return Outline(
        form,
        query.text[: query.starts[_start(words)]],
        _graphs(query, heading),
        brace,
        projected if form == "SELECT" else (),
        dict((*_computed(query, heading), *_computed(query, keys))),
        "GROUP" in modifiers or bool(said & _AGGREGATES),
        modifiers,
    )


def asked_of(query: Tokens, default: Sequence[NamedNode], named: Sequence[NamedNode]) -> str:
    """Write the *query* so that it names the graphs that a request has asked it of.

    They stand in the place of those that it names (SPARQL 1.1 Protocol, section 2.1.4).

    Raises:
        QueryError: It is a DESCRIBE or no query.
    """
    found = outline(query)
    clauses = [*(f"FROM {graph}" for graph in default), *(f"FROM NAMED {graph}" for graph in named)]
    place = found.brace - (query.words[found.brace - 1].upper() == "WHERE")
    start = query.starts[place]
    before = query.text[:start]
    if found.graphs:
        before = before[: before.rindex(found.graphs)]
    return f"{before}{' '.join(clauses)} {query.text[start:]}"


def _start(words: list[str]) -> int:
    """Find the form of the query, after its prologue (rule 4)."""
    index = 0
    lengths = {"PREFIX": 3, "BASE": 2, "VERSION": 2}
    while index < len(words) and words[index].upper() in lengths:
        index += lengths[words[index].upper()]
    return index


def _brace(query: Tokens, first: int, last: int) -> int | None:
    """Find the brace of the group: the first that is in no expression, or after the template."""
    found = [index for index in _top(query, range(first, last)) if query.words[index] == "{"]
    is_template = query.words[first].upper() == "CONSTRUCT" and query.words[first + 1] == "{"
    return next(iter(found[is_template:] if len(found) > 1 else found), None)


def _top(query: Tokens, places: range) -> Iterator[int]:
    """Yield the *places* that are in no bracket, and those of the brackets that open."""
    index = places.start
    while index < places.stop:
        yield index
        index = max(index, query.partners[index]) + 1


def _modifiers(query: Tokens, brace: int, last: int) -> Iterator[tuple[str, range]]:
    """Yield what follows the group: each keyword, and what belongs to it."""
    found = [
        index
        for index in _top(query, range(query.partners[brace] + 1, last))
        if query.words[index].upper() in _MODIFIERS
    ]
    for index, following in pairwise([*found, last]):
        yield query.words[index].upper(), range(index, following)


def _span(query: Tokens, places: range) -> str:
    return query.text[query.starts[places.start] : query.end(places.stop - 1)]


def _names(query: Tokens, heading: range) -> Iterator[str]:
    """Yield the variables that a projection gives."""
    for index in _top(query, heading):
        word = query.words[index]
        if tokens.is_variable(word):
            yield word[1:]
        elif word == "(" and tokens.is_variable(query.words[query.partners[index] - 1]):
            yield query.words[query.partners[index] - 1][1:]


def _computed(query: Tokens, places: range) -> Iterator[tuple[str, str]]:
    """Yield the variables that an expression gives a value, without those of aggregates."""
    for index in _top(query, places):
        end = query.partners[index]
        if query.words[index] != "(" or query.words[end - 2].upper() != "AS":
            continue
        if not any(word.upper() in _AGGREGATES for word in query.words[index:end]):
            yield query.words[end - 1][1:], _span(query, range(index + 1, end - 2))


def _graphs(query: Tokens, heading: range) -> str:
    places = [index for index in heading if query.words[index].upper() == "FROM"]
    return _span(query, range(places[0], _end_of_graphs(query, places[-1]))) if places else ""


def _end_of_graphs(query: Tokens, place: int) -> int:
    return place + 2 + (query.words[place + 1].upper() == "NAMED")
