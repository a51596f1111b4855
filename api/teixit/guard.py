"""What a query may not ask for, seen before the engine sees the query.

The engine reads a query without a scan of tokens of its own, and takes ``?a<'x'>`` for a
comparison where the grammar sees an IRI. So the limits count what either reading can find.
"""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from teixit import tokens
from teixit.errors import QueryError, RefusedError, TooLargeError
from teixit.tokens import Tokens

#: How deep brackets may be nested: each level is a level of the engine's stack.
DEPTH: Final = 60
#: How many operators and brackets a query may have: a chain of them is a tree as deep.
OPERATORS: Final = 400
#: The longest query, in bytes of UTF-8.
BYTES: Final = 256 * 1024

Allowed: TypeAlias = frozenset[str]

_OPENING: Final = frozenset({"(", "{", "[", "<<"})
_CLOSING: Final = frozenset({")", "}", "]", ">>"})
_SYMBOLS: Final = "(){}[]|&!=<>+-*/^?~"
_MARKS: Final = _SYMBOLS.encode()
_COUNTED: Final = frozenset(
    {"||", "&&", "!", "!=", "=", "<", ">", "<=", ">=", "+", "-", "*", "/", "^", "|", "?", "~"}
)
#: An IRI that no comparison can be read in: nothing begins with two slashes.
_SAFE_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
#: Such an IRI without a quote, which could end a string: it has no symbols, wherever it stands.
_PLAIN_IRI: Final = re.compile(rb"""<[A-Za-z][A-Za-z0-9+.-]*+://[^\x00-\x20<>"'{}|^`\\]*+>""")
#: The start of what could be an IRI, with a character in it that begins a string or a comment.
_TREACHEROUS: Final = re.compile(r"""<[^\x00-\x20<>"{}|^`\\]*['#]""")

#: The engine asks for no boundary of words: ``trueSERVICEsilent<…>`` is read by it.
_SERVICE: Final = re.compile(r"(?:true|false)?service(?:silent)?", re.IGNORECASE)
#: SERVICE in the prefix of a name, which the engine may cut there.
_SERVICE_NAME: Final = re.compile(r"(?:true|false)?service[^:]*:", re.IGNORECASE)
#: After these a name before a brace is the name of a graph.
_BEFORE_GRAPH: Final = frozenset({"GRAPH", "FROM", "NAMED"})


def check(query: Tokens, allowed_services: Allowed = frozenset()) -> None:
    """Refuse a *query* that the engine cannot be trusted with.

    It runs before any parser and takes a time that grows with the length of the query.

    Args:
        query: The tokens of the query.
        allowed_services: The IRIs of the other servers that this one may ask, as the query
            writes them in full; none by default.

    Raises:
        TooLargeError: It is longer than :data:`BYTES`.
        QueryError: It is no Unicode text, nests deeper than :data:`DEPTH`, has more operators than
            :data:`OPERATORS`, or has a string without end.
        RefusedError: It has a SERVICE pattern (SPARQL 1.1 Federated Query, section 2) that
            asks a server not in *allowed_services*.
    """
    try:
        written = query.text.encode()
    except UnicodeEncodeError as error:
        raise QueryError("expected a query in Unicode, found half a character") from error
    if len(written) > BYTES:
        raise TooLargeError(f"expected a query of at most {BYTES // 1024} kB")
    if not _is_small(written) and not _is_small(_PLAIN_IRI.sub(b"", written)):
        _refuse_open_strings(query)
        _count(query)
    if "service" in query.lowered:
        _refuse_services(query, allowed_services)


def _is_small(written: bytes) -> bool:
    """Tell whether a text has so few symbols that no reading of it can pass a limit."""
    opening = len(written) - len(written.translate(None, b"({[")) + written.count(b"<<")
    return opening <= DEPTH and len(written) - len(written.translate(None, _MARKS)) <= OPERATORS


def _refuse_open_strings(query: Tokens) -> None:
    """Refuse a long string without end, which the engine reads on as a short one.

    Raises:
        QueryError: There is one; says line and column.
    """
    last = query.words[-1] if query.words else ""
    if last[:3] in {'"""', "'''"} and not tokens.is_string(last):
        line, column = query.place(len(query.words) - 1)
        raise QueryError(
            f"line {line}, column {column}: the string that begins here has no end", line, column
        )


@dataclass
class _Counter:
    """What has been counted so far."""

    query: Tokens
    depth: int = 0
    operators: int = 0
    #: The depth of the data block of VALUES that we are in: its rows count for nothing.
    block: int | None = None
    is_block_next: bool = False

    def take(self, index: int, word: str, before: str) -> None:
        """Count one token.

        Raises:
            QueryError: A limit is passed.
        """
        if word in _OPENING:
            self._open(word, index)
        elif word in _CLOSING:
            if self.block == self.depth:
                self.block = None
            self.depth = max(0, self.depth - 1)
        elif word in _COUNTED:
            self.operators += not self._is_sign(word, index, before)
        elif word[0] == "<" and tokens.is_operand(before) and not _SAFE_IRI.match(word):
            self._take_both_ways(word, index)
        elif word.upper() == "VALUES":
            self.is_block_next = True
        if self.operators > OPERATORS:
            self._refuse("operators and brackets", OPERATORS, index)

    def _open(self, word: str, index: int) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            self._refuse("levels of brackets", DEPTH, index)
        if word == "{" and self.is_block_next:
            self.block, self.is_block_next = self.depth, False
        self.operators += self.block is None or word != "("

    def _is_sign(self, word: str, index: int, before: str) -> bool:
        """Tell a number's own sign from an operator."""
        following = self.query.words[index + 1 : index + 2]
        is_number = word in "+-" and following != [] and following[0][0] in "0123456789."
        return is_number and (self.block is not None or before in {"(", ","})

    def _take_both_ways(self, word: str, index: int) -> None:
        """Count what is in *word*, an IRI by the grammar and perhaps a comparison.

        Raises:
            QueryError: It could begin a string or a comment too, which hides what follows.
        """
        if "'" in word or "#" in word:
            _refuse_ambiguous(self.query, index)
        self.operators += sum(map(word[1:-1].count, _SYMBOLS))
        if self.depth + word.count("(") + word.count("[") > DEPTH:
            self._refuse("levels of brackets", DEPTH, index)

    def _refuse(self, what: str, most: int, index: int) -> None:
        line, column = self.query.place(index)
        raise QueryError(
            f"line {line}, column {column}: expected at most {most} {what}, found more;"
            " ask for less at once, or give lists as VALUES",
            line,
            column,
        )


def _count(query: Tokens) -> None:
    """Count brackets and operators.

    Raises:
        QueryError: There are too many, or they cannot be counted.
    """
    counter = _Counter(query)
    before = ";"
    for index, word in enumerate(query.words):
        if word == "<<" and _is_treacherous(query, index, before):
            _refuse_ambiguous(query, index)
        counter.take(index, word, before)
        before = word


def _is_treacherous(query: Tokens, index: int, before: str) -> bool:
    """Tell whether ``<<`` could be a comparison with an IRI that hides a quote."""
    return tokens.is_operand(before) and bool(
        _TREACHEROUS.match(query.text, query.starts[index] + 1)
    )


def _refuse_ambiguous(query: Tokens, index: int) -> None:
    line, column = query.place(index)
    raise QueryError(
        f"line {line}, column {column}: this < can be read as a comparison and as the start of"
        " an IRI, which a query of this size may not have; put a space after it, or write the"
        " IRI in full",
        line,
        column,
    )


def _refuse_services(query: Tokens, allowed: Allowed) -> None:
    """Refuse calls of other servers, however they are written.

    Raises:
        RefusedError: The query has one, or could have one.
        QueryError: It has a long string without end.
    """
    _refuse_open_strings(query)
    words = query.words
    last = query.lowered.rfind("service")
    before = ";"
    for index, word in enumerate(words):
        if word[0] == "<" and _hides(query, index, before) and query.starts[index] < last:
            _refuse(query, index)
        if _SERVICE.fullmatch(word) and not _is_allowed(words, index, allowed):
            _refuse(query, index)
        is_called = words[index + 1 : index + 2] == ["{"] and before.upper() not in _BEFORE_GRAPH
        if is_called and _SERVICE_NAME.match(word):
            _refuse(query, index)
        before = word


def _hides(query: Tokens, index: int, before: str) -> bool:
    """Tell whether ``<`` may be a comparison here, and a quote after it hide what follows."""
    word = query.words[index]
    if word == "<<":
        return _is_treacherous(query, index, before)
    is_plain = "'" not in word and "#" not in word
    return not is_plain and tokens.is_operand(before) and not _SAFE_IRI.match(word)


def _is_allowed(words: list[str], index: int, allowed: Allowed) -> bool:
    """Tell whether the SERVICE at *index* asks one of *allowed* servers, named in full."""
    rest = words[index + 1 : index + 4]
    if rest and rest[0].upper() == "SILENT":
        rest = rest[1:]
    return len(rest) > 1 and rest[1] == "{" and rest[0][1:-1] in allowed and rest[0][0] == "<"


def _refuse(query: Tokens, index: int) -> None:
    line, _ = query.place(index)
    raise RefusedError(f"line {line}: SERVICE is refused; no other server is asked")
