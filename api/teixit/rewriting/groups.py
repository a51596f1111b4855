"""The elements of a group graph pattern, as far as a rewrite has to know them.

The names of rules are those of SPARQL 1.1 Query Language, section 19.8.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from teixit.tokens import Tokens, is_iri, is_name

TRIPLES: Final = "triples"
GROUP: Final = "group"
SUBSELECT: Final = "select"
OTHER: Final = "other"

#: What a group is introduced with, besides nothing.
_BEFORE_GROUP: Final = frozenset({"OPTIONAL", "MINUS", "LATERAL"})
_NAMED: Final = frozenset({"GRAPH", "SERVICE"})
_ELEMENTS: Final = frozenset({"FILTER", "BIND", "VALUES", "UNION", *_BEFORE_GROUP, *_NAMED})


@dataclass(frozen=True)
class Element:
    """One element of a group: its kind, and its tokens from *first* up to *last*, excluded.

    The kind is one of the constants of this module or the keyword that it begins with;
    *inner* is the place of the brace that opens its group, if it has one.
    """

    kind: str
    first: int
    last: int
    inner: int | None = None


def opening(query: Tokens) -> Iterator[int]:
    """Yield the places of the braces that open a group, in the order of the text."""
    for index, word in enumerate(query.words):
        if word == "{" and query.partners[index] > 0 and not _holds_data(query, index):
            yield index


def elements(query: Tokens, brace: int) -> Iterator[Element]:
    """Yield what stands in the group that the *brace* opens (rule 53)."""
    end = query.partners[brace]
    index = brace + 1
    if query.words[index].upper() == "SELECT":
        yield Element(SUBSELECT, index, end)
        return
    while index < end:
        if query.words[index] == ".":
            index += 1
            continue
        found = _element(query, index, end)
        yield found
        index = found.last


def has(query: Tokens, first: int, last: int, keywords: frozenset[str]) -> bool:
    """Tell whether one of *keywords* stands between two places."""
    return any(word.upper() in keywords for word in query.words[first:last])


def mentions(query: Tokens, first: int, last: int, variable: str) -> bool:
    """Tell whether *variable*, named without its sign, stands between two places."""
    return f"?{variable}" in query.words[first:last] or f"${variable}" in query.words[first:last]


def _element(query: Tokens, index: int, end: int) -> Element:
    keyword = query.words[index].upper()
    if keyword == "{":
        return Element(GROUP, index, query.partners[index] + 1, index)
    if keyword == "UNION":
        return Element(keyword, index, index + 1)
    if keyword in _BEFORE_GROUP or keyword in _NAMED:
        brace = _next_brace(query, index, end)
        if brace is None:
            return Element(OTHER, index, end)
        return Element(keyword, index, query.partners[brace] + 1, brace)
    if keyword in {"BIND", "VALUES", "FILTER"}:
        return Element(keyword, index, _after_constraint(query, index, end, keyword))
    return Element(TRIPLES, index, _after_triples(query, index, end))


def _next_brace(query: Tokens, index: int, end: int) -> int | None:
    """Find the brace of a group within the four tokens that can stand before it."""
    for place in range(index + 1, min(index + 5, end)):
        if query.words[place] == "{":
            return place
    return None


def _after_constraint(query: Tokens, index: int, end: int, keyword: str) -> int:
    """Find the end of FILTER, BIND or VALUES: the bracket that closes it."""
    closing = "}" if keyword == "VALUES" else ")"
    index += 1
    while index < end:
        partner = query.partners[index]
        if partner > index:
            index = partner
            if query.words[index] in {closing, "}"}:
                return index + 1
        index += 1
    return end


def _after_triples(query: Tokens, index: int, end: int) -> int:
    while index < end:
        word = query.words[index]
        if (
            word == "."
            or word.upper() in _ELEMENTS
            or (word == "{" and not _annotates(query, index))
        ):
            break
        index = max(index, query.partners[index]) + 1
    return index


def _annotates(query: Tokens, brace: int) -> bool:
    """Tell whether the *brace* belongs to an annotation, ``{| … |}`` (SPARQL 1.2)."""
    return query.words[brace + 1] == "|"


def _holds_data(query: Tokens, brace: int) -> bool:
    """Tell whether the *brace* opens the data of VALUES, or an annotation."""
    index = brace - 1
    if query.words[index] == ")":
        index = query.partners[index]
    return query.words[index - 1].upper() == "VALUES" or _annotates(query, brace)


def is_constant(word: str) -> bool:
    """Tell whether the token *word* is an IRI, written in full or as a name."""
    return is_iri(word) or is_name(word)
