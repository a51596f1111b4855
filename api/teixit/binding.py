"""Values in the text of a query, for those who can be given nothing but a text."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from pyoxigraph import BlankNode

from teixit import tokens
from teixit.errors import QueryError
from teixit.queries import Term


def bound(text: str, form: str, values: Mapping[str, Term]) -> str:
    """Bind *values* by a block of data (SPARQL 1.1 Query, section 10.2).

    At the beginning of the pattern, where its filters see them; at the end of a query without one.

    Args:
        text: The query.
        form: Its form, such as SELECT.
        values: By the names of the variables.

    Raises:
        QueryError: A value is a blank node.
    """
    return bound_rows(text, form, [*values], [[*values.values()]])


def bound_rows(text: str, form: str, names: Sequence[str], rows: Iterable[Sequence[Term]]) -> str:
    """Bind the variables *names* to the values of *rows*, one row after the other.

    Raises:
        QueryError: A value is a blank node.
    """
    block = data(names, rows)
    place = _pattern(text, form)
    return f"{text}\n{block}" if place is None else f"{text[:place]} {block} {text[place:]}"


def data(names: Sequence[str], rows: Iterable[Sequence[Term]]) -> str:
    """Write the block of data that gives the variables *names* the values of *rows*.

    Raises:
        QueryError: A value is a blank node.
    """
    written = []
    for row in rows:
        if any(isinstance(value, BlankNode) for value in row):
            said = "a blank node is known to one server only, and cannot be asked of another"
            raise QueryError(said)
        written.append(f"({' '.join(map(str, row))})")
    variables = " ".join(f"?{name}" for name in names)
    return f"VALUES ({variables}) {{ {' '.join(written)} }}"


@lru_cache(maxsize=256)  # a query of ours is asked again and again
def _pattern(text: str, form: str) -> int | None:
    """Find where the pattern begins, after its bracket; None where there is none to add to."""
    scanned = tokens.scan(text)
    words = [word.upper() for word in scanned.words]
    depths = accumulate((word == "(") - (word == ")") for word in words)
    brackets = [
        index
        for index, (word, depth) in enumerate(zip(words, depths, strict=True))
        if word == "{" and not depth  # not one of an expression
    ]
    if form == "CONSTRUCT" and brackets:
        if words[brackets[0] - 1] != form:
            return None  # without a template the pattern is one, and cannot hold data
        template = scanned.partners[brackets[0]]
        brackets = [index for index in brackets if index > template]
    return scanned.starts[brackets[0]] + 1 if brackets else None
