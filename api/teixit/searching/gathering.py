"""The statements that an index is made of, from files or by asking."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from teixit import paths, queries
from teixit.errors import LimitError
from teixit.queries import Query, Remote, Term
from teixit.searching.building import Statement

#: So many rows the query gives at most (its LIMIT).
ROWS: Final = 20_000
_DIGITS: Final = "0123456789abcdef"
#: The things are asked for in up to so many parts.
_DEEPEST: Final = 4


def of_quads(quads: Iterable[Quad]) -> Iterator[Statement]:
    """Give what *quads* say of things that have a name, in whatever graph."""
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(value, Literal | NamedNode):
            language = value.language if isinstance(value, Literal) else None
            yield Statement(subject.value, quad.predicate.value, value.value, language)


def of_store(store: Store | Remote) -> Iterator[Statement]:
    """Ask for what *store* says, in bounded parts: by the first digits of the hash of each thing.

    No server has to sort or to pass over what was given before.

    Raises:
        RequestError: It cannot say.
    """
    query = queries.named("statements", paths.QUERIES / "searching")
    return _part(query, store, "")


def _part(query: Query, store: Store | Remote, begun: str) -> Iterator[Statement]:
    """Ask for the things whose hash begins so, or for parts of them, if they are too many."""
    found = _rows(query, store, begun)
    if found is not None and (len(found) < ROWS or len(begun) == _DEEPEST):
        return map(_statement, found)
    return chain.from_iterable(_part(query, store, f"{begun}{digit}") for digit in _DIGITS)


def _rows(query: Query, store: Store | Remote, begun: str) -> Sequence[dict[str, Term]] | None:
    """Give the rows of a part; None where they are too long for one answer."""
    try:
        return [*query.rows(store, beginning=Literal(begun))]
    except LimitError:
        if len(begun) == _DEEPEST:
            raise
    return None


def _statement(row: dict[str, Term]) -> Statement:
    value = row["value"]
    language = value.language if isinstance(value, Literal) else None
    return Statement(row["thing"].value, row["property"].value, value.value, language)
