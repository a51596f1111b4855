"""``GRAPH ?g`` around what binds no graph by itself: asked once for each graph.

By SPARQL 1.1 Query, section 18.6, ``Graph(var, P)`` takes *P* in one graph after the other
and joins the name of the graph to what is found. The engine hands the variable into *P*
instead, which is the same where every solution comes from a triple pattern in that graph,
and wrong around a sub-select, VALUES or MINUS, or where *P* itself has the variable.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from teixit import tokens
from teixit.errors import QueryError
from teixit.rewriting import groups
from teixit.rewriting.groups import Element
from teixit.tokens import Tokens

#: The longest text that a query may become, in characters, and after how many rounds.
_LONGEST: Final = 1 << 19
_ROUNDS: Final = 60
_BREAKS: Final = frozenset({"SELECT", "MINUS", "GRAPH"})
_LABEL: Final = re.compile(r"_:.+", re.DOTALL)


def spread(query: Tokens, names: Callable[[], Iterable[str]]) -> str | None:
    """Write ``GRAPH ?g`` out for each of the graphs, where the engine needs that.

    Args:
        query: The tokens of the query.
        names: What gives the named graphs that it asks.

    Returns:
        The text of an equal query, or None where the engine needs none.

    Raises:
        QueryError: The query has too many graphs to go through one by one.
    """
    text, known = None, None
    left = _ROUNDS
    while (brace := _first(query)) is not None:
        known = sorted(names()) if known is None else known
        text = _spread_at(query, brace, known, _LONGEST if left > 0 else 0)
        query = tokens.scan(text)
        left -= 1
    return text


def _first(query: Tokens) -> int | None:
    """Find the brace of the first group of ``GRAPH ?g`` that has to be written out."""
    if "graph" not in query.lowered:
        return None
    words = query.words
    for brace in groups.opening(query):
        name = words[brace - 1]
        if words[brace - 2].upper() != "GRAPH" or not tokens.is_variable(name):
            continue
        if brace + 1 != query.partners[brace] and not _binds(query, brace, name[1:]):
            return brace
    return None


def _binds(query: Tokens, brace: int, variable: str) -> bool:
    """Tell whether each solution of a group has its graph from a triple pattern."""
    is_bound = False
    for element in groups.elements(query, brace):
        if not _is_harmless(query, element, variable, is_bound=is_bound):
            return False
        is_bound = is_bound or element.kind in {groups.TRIPLES, groups.GROUP}
    return is_bound


def _is_harmless(query: Tokens, element: Element, variable: str, *, is_bound: bool) -> bool:
    """Tell whether the engine reads *element* as if the graph were given."""
    is_named = groups.mentions(query, element.first, element.last, variable)
    match element.kind:
        case groups.TRIPLES | "UNION":
            return True
        case groups.GROUP:
            return element.inner is not None and _binds(query, element.inner, variable)
        case "OPTIONAL" if is_bound and not is_named:
            return element.inner is not None and _binds(query, element.inner, variable)
        case "FILTER" | "BIND" | "VALUES" if not is_named:
            return not groups.has(query, element.first, element.last, _BREAKS)
    return False


def _spread_at(query: Tokens, brace: int, names: Sequence[str], longest: int) -> str:
    """Write the ``GRAPH ?g`` at *brace* out as a union of its graphs.

    Raises:
        QueryError: The query would grow beyond all bounds.
    """
    end = query.partners[brace]
    size = query.end(end) - query.starts[brace]
    if len(query.text) + len(names) * (size + 200) > longest:
        line, column = query.place(brace - 2)
        raise QueryError(
            f"line {line}, column {column}: GRAPH with a variable, around a sub-select, VALUES"
            f" or MINUS, cannot be asked of {len(names)} graphs; name one, or put GRAPH inside",
            line,
            column,
        )
    variable = query.words[brace - 1]
    parts = [
        f"{{ GRAPH <{name}> {_copied(query, brace, number)} VALUES {variable} {{ <{name}> }} }}"
        for number, name in enumerate(names)
    ]
    written = _union(parts) if parts else f"VALUES {variable} {{}}"
    return f"{query.text[: query.starts[brace - 2]]}{written}{query.text[query.end(end) :]}"


def _copied(query: Tokens, brace: int, number: int) -> str:
    """Copy a group, with the labels of blank nodes of its own, since no two may share one."""
    end = query.partners[brace]
    labels = {word for word in query.words[brace:end] if _LABEL.fullmatch(word)}
    if not labels:
        return query.text[query.starts[brace] : query.end(end)]
    return " ".join(
        f"{word}_{number}" if word in labels else word for word in query.words[brace : end + 1]
    )


def _union(parts: Sequence[str]) -> str:
    """Join *parts* by UNION, as a tree that is no deeper than it has to be."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return f"{{ {_union(parts[:middle])} UNION {_union(parts[middle:])} }}"
