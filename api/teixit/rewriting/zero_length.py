"""Paths of length zero from a term that the graph does not have.

By SPARQL 1.1 Query, section 18.4, ``:a :p* ?x`` has the solution ``?x = :a`` in every graph.
The engine finds it only where the graph has a statement about ``:a``.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from teixit import tokens
from teixit.rewriting import groups
from teixit.rewriting.edits import applied
from teixit.tokens import Tokens

#: The most solutions of length zero of one path: ``(a*|b*|…)`` has one for each part.
_MOST: Final = 8
#: A path that no graph has: with it, only a path of length zero leads from a term to itself.
_NOWHERE: Final = "<urn:teixit:nowhere>*"
#: A question mark that begins no variable; in a text or an IRI too, since it is a first look.
_QUESTION: Final = re.compile(r"\?(?![A-Za-z0-9_\x80-\U0010ffff])")
_NUMBER_SIGNS: Final = frozenset({"+", "-"})


class _UnknownError(Exception):
    """The tokens are none that this module reads; the engine is left alone with them."""


@dataclass(frozen=True)
class _Statement:
    """A subject, a path and an object, each as written, and how many zero lengths it has."""

    subject: str
    path: str
    value: str
    zeros: int


def complete(query: Tokens, base: str, has: Callable[[str], bool]) -> str | None:
    """Add to the paths of *query* what the engine leaves out.

    Args:
        query: The tokens of the query.
        base: The IRI to which its IRIs are relative.
        has: What tells whether the engine finds an IRI in any graph that is asked.

    Returns:
        The text of a query with all solutions, or None where the engine finds them.
    """
    if not _may_be_empty(query):
        return None
    written = [
        (query.starts[element.first], query.end(element.last - 1), new)
        for element in _triples(query)
        if (new := _completed(query, element, base, has)) is not None
    ]
    return applied(query.text, written)


def _may_be_empty(query: Tokens) -> bool:
    """Tell whether *query* can have a path of length zero, which ends with ``*`` or ``?``."""
    has_star = "*" in query.text.replace("SELECT *", "").replace("(*)", "")
    return (has_star and "*" in query.words) or (
        _QUESTION.search(query.text) is not None and "?" in query.words
    )


def _triples(query: Tokens) -> Iterator[groups.Element]:
    """Yield the triples of all groups."""
    for brace in groups.opening(query):
        for element in groups.elements(query, brace):
            if element.kind == groups.TRIPLES and element.last > element.first:
                yield element


def _completed(
    query: Tokens, element: groups.Element, base: str, has: Callable[[str], bool]
) -> str | None:
    try:
        statements = list(_statements(query, element))
    except (_UnknownError, IndexError):
        return None
    written = [
        None if _is_found(query, one, base, has) else _written(query, one, base)
        for one in statements
    ]
    if not any(written):
        return None
    plain = [f"{one.subject} {one.path} {one.value} ." for one in statements]
    return " ".join(new or old for new, old in zip(written, plain, strict=True))


def _written(query: Tokens, one: _Statement, base: str) -> str | None:
    """Write *one* statement with its solutions of length zero, if the engine lacks them."""
    subject, value = _is_ground(one.subject), _is_ground(one.value)
    if not 0 < one.zeros <= _MOST or not (subject or value):
        return None
    if subject and value:
        if _same(query, one, base):
            bound = ""
        else:
            return None
    else:
        variable = one.value if subject else one.subject
        if not tokens.is_variable(variable):
            return None
        bound = f"BIND ({one.subject if subject else one.value} AS {variable}) "
    term = one.subject if subject else one.value
    other = f"UNION {{ {bound}FILTER NOT EXISTS {{ {term} {_NOWHERE} {term} }} }} "
    return f"{{ {{ {one.subject} {one.path} {one.value} }} {other * one.zeros}}}"


def _is_found(query: Tokens, one: _Statement, base: str, has: Callable[[str], bool]) -> bool:
    """Tell whether the engine knows the end of the path that has a name."""
    term = one.subject if _is_ground(one.subject) else one.value
    return one.zeros > 0 and groups.is_constant(term) and has(query.iri(term, base))


def _same(query: Tokens, one: _Statement, base: str) -> bool:
    if groups.is_constant(one.subject) and groups.is_constant(one.value):
        return query.iri(one.subject, base) == query.iri(one.value, base)
    return one.subject == one.value


def _is_ground(term: str) -> bool:
    return term[0] not in "?$_[(" and not term.startswith("<<")


def _statements(query: Tokens, element: groups.Element) -> Iterator[_Statement]:
    """Read the triples of one subject (rule 81).

    Raises:
        _UnknownError: They have what this module does not know, such as annotations.
    """
    index = _after_term(query, element.first)
    subject = _text(query, element.first, index)
    while index < element.last:
        verb = index
        index, zeros = _path(query, index)
        path = _text(query, verb, index)
        while True:
            first = index
            index = _after_term(query, index)
            yield _Statement(subject, path, _text(query, first, index), zeros)
            if index >= element.last or query.words[index] != ",":
                break
            index += 1
        while index < element.last and query.words[index] == ";":
            index += 1
            if index < element.last and query.words[index] == ";":
                continue
            break
        else:
            if index < element.last:
                raise _UnknownError


def _text(query: Tokens, first: int, last: int) -> str:
    return query.text[query.starts[first] : query.end(last - 1)]


def _after_term(query: Tokens, index: int) -> int:
    """Find the end of a subject or an object.

    Raises:
        _UnknownError: There is none at *index*.
    """
    word = query.words[index]
    if query.partners[index] > index:
        return query.partners[index] + 1
    if word in _NUMBER_SIGNS:
        return index + 2
    if word[0] in "\"'":
        following = query.words[index + 1 : index + 2]
        if following and following[0][0] == "@":
            return index + 2
        return index + 3 if following == ["^^"] else index + 1
    if tokens.is_operand(word) or word.isdigit():
        return index + 1
    raise _UnknownError


def _path(query: Tokens, index: int) -> tuple[int, int]:
    """Read a verb or a path (rules 88 to 96): where it ends, and its zero lengths.

    Raises:
        _UnknownError: There is none at *index*.
    """
    if tokens.is_variable(query.words[index]):
        return index + 1, 0
    index, zeros = _sequence(query, index)
    while query.words[index] == "|":
        index, more = _sequence(query, index + 1)
        zeros += more
    return index, zeros


def _sequence(query: Tokens, index: int) -> tuple[int, int]:
    index, zeros = _step(query, index)
    while query.words[index] == "/":
        index, more = _step(query, index + 1)
        zeros *= more
    return index, zeros


def _step(query: Tokens, index: int) -> tuple[int, int]:
    while query.words[index] == "^":
        index += 1
    index, zeros = _primary(query, index)
    match query.words[index]:
        case "*" | "?":
            return index + 1, 1
        case "+":
            return index + 1, min(1, zeros)
    return index, zeros


def _primary(query: Tokens, index: int) -> tuple[int, int]:
    word = query.words[index]
    if word == "(":
        end, zeros = _path(query, index + 1)
        if query.partners[index] != end:
            raise _UnknownError
        return end + 1, zeros
    if word == "!":
        inner = index + 1 + (query.words[index + 1] == "^")
        return max(inner, query.partners[inner]) + 1, 0
    if word == "a" or groups.is_constant(word):
        return index + 1, 0
    raise _UnknownError
