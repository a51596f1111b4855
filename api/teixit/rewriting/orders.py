"""``ORDER BY`` over values of several kinds.

SPARQL 1.1 Query, section 15.1, leaves open which of two literals that no operator compares
comes first. The engine then compares their texts, which together with its comparison of
numbers and times is no order at all: 9 < 10, "10" < "9a", but "9a" > 9. Where its sort notices
that, it ends the process. So each key gets one before it that tells the kinds apart.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from teixit.rewriting.edits import Edit, applied
from teixit.tokens import Tokens, is_variable

FUNCTION: Final = NamedNode("urn:teixit:kind")
#: The keys of one query that are looked after; it may have thousands, and each costs a text.
_MOST: Final = 16
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
#: Texts are in the order of their characters, with a language or without.
_STRINGS: Final = frozenset(
    {
        f"{_XSD}string",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString",
    }
)
_NUMBERS: Final = frozenset(
    {
        *(f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float", "long", "int")),
        *(f"{_XSD}{name}" for name in ("short", "byte", "unsignedLong", "unsignedInt")),
        *(f"{_XSD}{name}" for name in ("unsignedShort", "unsignedByte", "positiveInteger")),
        *(f"{_XSD}{kind}Integer" for kind in ("nonNegative", "nonPositive", "negative")),
    }
)
#: What has an order only among those with a time zone, or among those without.
_TIMES: Final = frozenset(
    f"{_XSD}{name}"
    for name in ("dateTime", "date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
)
_ZONE: Final = re.compile(r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z")
#: Months and days have no order between them.
_DURATION: Final = f"{_XSD}duration"
_DIGITS: Final = re.compile("[0-9.-]+")
#: These give numbers, texts or yes and no, whatever they are given; an error sorts first.
_OF_ONE_KIND: Final = frozenset(
    {
        "COUNT", "SUM", "AVG", "GROUP_CONCAT", "STR", "LANG", "STRLEN", "CONCAT", "UCASE", "LCASE",
        "SUBSTR", "REPLACE", "STRBEFORE", "STRAFTER", "ENCODE_FOR_URI", "ABS", "ROUND", "CEIL",
        "FLOOR", "RAND", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TZ", "BOUND",
        "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "ISNUMERIC", "REGEX", "CONTAINS", "STRSTARTS",
        "STRENDS", "LANGMATCHES", "SAMETERM", "IRI", "URI", "DATATYPE", "UUID", "STRUUID", "MD5",
        "SHA1", "SHA256", "SHA384", "SHA512", "BNODE",
    }
)  # fmt: skip
_DIRECTIONS: Final = frozenset({"ASC", "DESC"})
#: What stands before the subject of a triple, and nothing else that binds a variable.
_BEFORE_SUBJECT: Final = frozenset({"{", ".", "}"})

#: What stands before a variable that is only named, as a key of GROUP BY or in a subquery.
_BEFORE_NAMED: Final = frozenset({"BY", "SELECT", "DISTINCT", "REDUCED"})


def kind(*arguments: NamedNode | BlankNode | Literal | Triple) -> Literal | None:
    """Give the place of a term among the kinds, between which there is an order.

    None, which sorts first, is for texts, the commonest, and for IRIs and blank nodes: the
    engine has these before all literals. Triple terms come last, in the order of their text.
    """
    (term,) = arguments
    if isinstance(term, Triple):
        return Literal(f"triple {term}")
    if not isinstance(term, Literal):
        return None
    name = term.datatype.value
    if name in _TIMES:
        return _place(f"{name} {_ZONE.search(term.value) is not None}")
    return _place(f"{name} {_DIGITS.sub('', term.value)}" if name == _DURATION else name)


@lru_cache(1024)
def _place(name: str) -> Literal | None:
    if name in _STRINGS:
        return None
    return Literal(1) if name in _NUMBERS else Literal(f"literal {name}")


def told_apart(query: Tokens) -> str | None:
    """Put the kind before each sort key of *query* that may be of several; None if none may."""
    return applied(query.text, _edits(query)) if "order" in query.lowered else None


def _edits(query: Tokens) -> Iterator[Edit]:
    words, left = query.words, _MOST
    for index, word in enumerate(words[:-1]):
        if word.upper() != "ORDER" or words[index + 1].upper() != "BY":
            continue
        for first, last in _keys(query, index + 2):
            if left and not _is_of_one_kind(query, first, last):
                left -= 1
                yield _edit(query, first, last)


def _keys(query: Tokens, index: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last token of each sort key (rule 24), up to an EXISTS."""
    words = query.words
    while index < len(words):
        last = index
        if not is_variable(words[index]):
            opening = index + (words[index] != "(")
            is_call = words[index].upper() != "VALUES" and words[index] not in _BEFORE_SUBJECT
            if not is_call or words[opening : opening + 1] != ["("]:
                return
            last = query.partners[opening]
            if last < 0:
                return
        yield index, last
        index = last + 1


def _edit(query: Tokens, first: int, last: int) -> Edit:
    is_directed = query.words[first].upper() in _DIRECTIONS
    place = query.starts[first]
    key = query.text[query.starts[first + is_directed] : query.end(last)]
    direction = query.words[first] if is_directed else "ASC"
    return place, place, f"{direction}({FUNCTION}({key})) "


def _is_of_one_kind(query: Tokens, first: int, last: int) -> bool:
    """Tell whether a key surely gives terms that the engine has an order for."""
    first += query.words[first].upper() in _DIRECTIONS
    while query.words[first] == "(" and query.partners[first] == last:
        first, last = first + 1, last - 1
    if first == last and is_variable(query.words[first]):
        return all(
            _gives_one_kind(query, index)
            for index, word in enumerate(query.words[:first])
            if word[0] in "?$" and word[1:] == query.words[first][1:]
        )
    is_call = query.words[first + 1 : first + 2] == ["("] and query.partners[first + 1] == last
    return is_call and query.words[first].upper() in _OF_ONE_KIND


def _gives_one_kind(query: Tokens, index: int) -> bool:
    """Tell whether the variable at *index* gets terms of one kind there, or none at all."""
    words = query.words
    before = words[index - 1].upper()
    if before == "AS" and words[index - 2] == ")":
        opening = query.partners[index - 2]
        return words[opening - 1].upper() in _OF_ONE_KIND and words[opening - 2] == "("
    is_listed = "{" not in words[:index] and before != "AS"
    return is_listed or before in _BEFORE_NAMED or before in _BEFORE_SUBJECT
