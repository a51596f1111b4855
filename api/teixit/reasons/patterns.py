"""The triple patterns of a query, one by one, read from its tokens.

A property list (``;`` and ``,``), a blank node with one (``[ … ]``) and a collection (``( … )``)
are told as the triples that they stand for (SPARQL 1.1 Query, sections 4.1.4, 4.2 and 4.2.4), with
variables in the place of blank nodes, which match the same. What SPARQL 1.2 adds, such as triple
terms, is not taken apart.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, cast

from teixit import tokens
from teixit.namespaces import expand
from teixit.rewriting.groups import is_constant
from teixit.tokens import Tokens

#: How a path is made: a property or a variable, or what its sign makes of its parts.
Kind: TypeAlias = Literal["step", "^", "/", "|", "?", "*", "+", "!"]
_Part: TypeAlias = Callable[[], "Path"]

#: How the variables begin that stand for blank nodes.
FRESH: Final = "?teixit_blank_"
_FIRST: Final = f"<{expand('rdf:first')}>"
_REST: Final = f"<{expand('rdf:rest')}>"
_NIL: Final = f"<{expand('rdf:nil')}>"
_SIGNS: Final = frozenset("+-")


class UnreadError(Exception):
    """These triples are written in a way that is not taken apart."""


@dataclass(frozen=True, slots=True)
class Path:
    """A property path (SPARQL 1.1 Query, section 9.1), or the property or variable that it is.

    Args:
        kind: How it is made.
        text: As the query writes it.
        parts: What it is made of.
        place: Where it begins, among the tokens.
    """

    kind: Kind
    text: str
    parts: tuple["Path", ...] = ()
    place: int = -1


@dataclass(frozen=True, slots=True)
class Node:
    """A subject or an object: its text, and its tokens from *first* up to *last*, excluded.

    They are none where the text is not in the query: a variable in the place of a blank node.
    """

    text: str
    first: int = -1
    last: int = -1


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern."""

    subject: Node
    path: Path
    object: Node

    @property
    def text(self) -> str:
        """The pattern in SPARQL."""
        return f"{self.subject.text} {self.path.text} {self.object.text}"


def patterns(query: Tokens, first: int, last: int) -> list[Pattern]:
    """Read the triples with one subject that stand between two places (rule 81).

    Raises:
        UnreadError: They are not taken apart.
    """
    reading = _Reading(query, first, last)
    try:
        reading.triples()
    except IndexError:  # the engine says what is wrong with it
        raise UnreadError from None
    return reading.found


def variable(label: str) -> str:
    """Name the variable in the place of the blank node with this *label*, such as ``_:b``."""
    plain = label[2:].replace("-", "_").replace(".", "_")
    return f"{FRESH}{plain}_"


class _Reading:
    """Reads triples, token by token."""

    def __init__(self, query: Tokens, first: int, last: int) -> None:
        self._words = query.words[:last]
        self._at = first
        self.found: list[Pattern] = []

    @property
    def _word(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def _take(self) -> str:
        word = self._words[self._at]
        self._at += 1
        return word

    def _takes(self, word: str) -> bool:
        """Pass over *word*, if it stands here."""
        found = self._word == word
        self._at += found
        return found

    def _since(self, first: int) -> str:
        return "".join(self._words[first : self._at])

    def triples(self) -> None:
        """Read a subject and what is said of it."""
        subject = self._node()
        if self._word:
            self._properties(subject, "")

    def _properties(self, subject: Node, end: str) -> None:
        while self._word != end:
            if self._takes(";"):
                continue
            path = self._path()
            self._add(subject, path)
            while self._takes(","):
                self._add(subject, path)

    def _add(self, subject: Node, path: Path) -> None:
        # What is said of an object comes after the triple that leads to it.
        place = len(self.found)
        self.found.insert(place, Pattern(subject, path, self._node()))

    def _node(self) -> Node:
        first = self._at
        word = self._take()
        if word == "[":
            node = self._fresh(first)
            self._properties(node, "]")
            self._take()
            return node
        if word == "(":
            return self._collection()
        if word in {"{", "}", "<<", "]", ")", "."}:
            raise UnreadError
        if word.startswith("_:"):
            return Node(variable(word))
        self._ending(word)
        return Node(self._since(first), first, self._at)

    def _ending(self, word: str) -> None:
        """Pass over what else belongs to a literal: its language, its datatype, its digits."""
        if word[0] in "\"'":
            self._at += self._word == "^^" or self._word.startswith("@")
            is_typed = self._words[self._at - 1] == "^^"
            self._at += is_typed
        else:
            self._at += word in _SIGNS

    def _fresh(self, place: int) -> Node:
        return Node(f"{FRESH}{place}")

    def _collection(self) -> Node:
        if self._takes(")"):
            return Node(_NIL)
        head = node = self._fresh(self._at)
        while True:
            self.found.append(Pattern(node, Path("step", _FIRST), self._node()))
            following = Node(_NIL) if self._word == ")" else self._fresh(self._at)
            self.found.append(Pattern(node, Path("step", _REST), following))
            if self._takes(")"):
                return head
            node = following

    def _path(self) -> Path:
        return self._chain("|", lambda: self._chain("/", self._element))

    def _chain(self, sign: Literal["|", "/"], part: _Part) -> Path:
        first = self._at
        parts = [part()]
        while self._takes(sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Path(sign, self._since(first), tuple(parts), first)

    def _element(self) -> Path:
        first = self._at
        if self._takes("^"):
            part = self._element()
            return Path("^", self._since(first), (part,), first)
        primary = self._primary()
        if self._word not in {"?", "*", "+"}:
            return primary
        kind = cast(Kind, self._take())
        return Path(kind, self._since(first), (primary,), first)

    def _primary(self) -> Path:
        first = self._at
        word = self._take()
        if word == "(":
            inner = self._path()
            self._take()
            return replace(inner, text=self._since(first)) if inner.parts else inner
        if word == "!":
            part = self._element()
            return Path("!", self._since(first), (part,), first)
        if word != "a" and not tokens.is_variable(word) and not is_constant(word):
            raise UnreadError
        return Path("step", word, (), first)
