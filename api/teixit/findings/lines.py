"""On which line of a file a statement stands: Turtle, TriG, N-Triples and N-Quads."""

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urljoin

from teixit import namespaces
from teixit.cursor import Cursor
from teixit.findings.ways import ways
from teixit.tokens import Tokens, is_iri, is_string, scan

_WRITTEN_IN_LINES: Final = frozenset({".ttl", ".trig", ".nt", ".nq"})
_DIRECTIVES: Final = frozenset({"@prefix", "prefix", "@base", "base", "@version", "version"})
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROL: Final = MappingProxyType(dict(zip("tbnrf", "\t\b\n\r\f", strict=True)))
_TYPE, _FIRST, _REST, _NIL = (
    namespaces.expand(f"rdf:{name}") for name in ("type", "first", "rest", "nil")
)
#: What ends all that is said with one property, or of one subject.
_ENDS: Final = frozenset({";", ".", "}", "]", ""})
#: So many files are kept in mind.
_FILES: Final = 64


class Statement(NamedTuple):
    """A statement as a file makes it.

    Attributes:
        subject: Its IRI; of a blank node the way to it (:func:`teixit.findings.ways.ways`).
        predicate: Its IRI.
        value: An IRI, the text of a literal, or a way.
        language: The tag of a literal's language, in small letters; empty where it has none.
        line: The line where the value begins, counted from 1.
        start: The line where the subject is named, or its bracket opens.
    """

    subject: str
    predicate: str
    value: str
    language: str
    line: int
    start: int


class _Blank(str):
    """The name of a blank node within a file."""

    __slots__ = ()


def line_of(
    file: Path, node: str, path: str | None, value: str | None, language: str = ""
) -> int | None:
    """Find the line of *file* with a statement, or else with the first one on its subject.

    Args:
        file: An RDF file, compressed if it ends in ``.gz``.
        node: The IRI of the subject, or the way to it.
        path: The IRI of the property, if it is known.
        value: The IRI of the object, the way to it, or its text, if it is known.
        language: The tag of the text's language.

    Returns:
        The line, counted from 1; None where the file has no lines to speak of, or does not speak
        of the subject.
    """
    known = _places(file)
    exact = known.get((node, path or "", f"{value or ''}@{language.lower()}"))
    return exact or known.get((node, path or "", "")) or known.get((node, "", ""))


@lru_cache(maxsize=_FILES)
def statements(file: Path) -> tuple[Statement, ...]:
    """Read the statements of a file that is known to parse, in the order in which it makes them.

    None where the file is not written in lines.
    """
    is_packed = file.suffix == ".gz"
    if (file.with_suffix("") if is_packed else file).suffix not in _WRITTEN_IN_LINES:
        return ()
    content = file.read_bytes()
    text = namespaces.rebased(gzip.decompress(content) if is_packed else content).decode("utf-8")
    made = list(_Walk(scan(text)).statements())
    said: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in made:
        said[one.subject].append((one.predicate, one.value))
    names = ways(said, _Blank)
    return tuple(
        one._replace(subject=_called(one.subject, names), value=_called(one.value, names))
        for one in made
    )


def _called(term: str, names: Mapping[str, str]) -> str:
    return names[term] if isinstance(term, _Blank) else term


@lru_cache(maxsize=_FILES)
def _places(file: Path) -> dict[tuple[str, str, str], int]:
    """Give the first line of each statement, of each property of a subject, of each subject."""
    lines: dict[tuple[str, str, str], int] = {}
    for one in statements(file):
        lines.setdefault((one.subject, "", ""), one.start)
        lines.setdefault((one.subject, one.predicate, ""), one.line)
        lines.setdefault((one.subject, one.predicate, f"{one.value}@{one.language}"), one.line)
    return lines


class _Walk(Cursor):
    """A walk over a file, from statement to statement."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._count = 0
        self._line, self._counted = 1, 0

    def statements(self) -> Iterator[Statement]:
        """Go over all of the file."""
        while self.word:
            if self.word.lower() in _DIRECTIVES:
                self._direct()
            elif self.word.lower() in {"{", "}", ".", "graph"}:
                self.take()
            else:
                yield from self._block()

    def take(self) -> str:
        """Go on behind the next token, and give it; count the lines up to where it begins."""
        start = self.tokens.starts[self.at]
        self._line += self.tokens.text.count("\n", self._counted, start)
        self._counted = start
        return super().take()

    def _direct(self) -> None:
        """Take a directive: a prefix, the base, or the version of RDF."""
        match self.take().lower().removeprefix("@"):
            case "prefix":
                prefix = self.take()
                self._prefixes[prefix] = self._iri(self.take())
            case "base":
                self._base = self._iri(self.take())
            case _:
                self.take()

    def _block(self) -> Iterator[Statement]:
        """Read what is said of one subject, or the name of a graph."""
        made: list[Statement] = []
        subject, _, line = self._term(made)
        if self.word != "{":
            yield from made
            yield from self._said_of(subject, line)

    def _said_of(self, subject: str, start: int) -> Iterator[Statement]:
        """Read properties and values, up to what ends them."""
        while self.word not in _ENDS:
            predicate = self._iri(self.take())
            while self.word not in _ENDS:
                made: list[Statement] = []
                value, language, line = self._term(made)
                yield from made
                yield Statement(subject, predicate, value, language, line, start)
                if self.word == "," or is_iri(self.word or ".") or self.word.startswith("_:"):
                    self.take()  # what parts two values, or the graph at the end of N-Quads
            while self.word == ";":
                self.take()

    def _term(self, made: list[Statement]) -> tuple[str, str, int]:
        """Take a subject or a value; what it says within brackets goes to *made*.

        Gives what it is called, its language, and the line where it begins.
        """
        words = self.take_term()
        line = self._line
        if words[0] == "[":
            return self._bracketed(line, made), "", line
        if words[0] == "(":
            return self._listed(line, made), "", line
        if is_string(words[0]):
            language = words[1][1:].lower() if words[-1].startswith("@") else ""
            return _text(words[0]), language, line
        return self._iri("".join(words)), "", line

    def _bracketed(self, line: int, made: list[Statement]) -> str:
        node = self._blank()
        made += self._said_of(node, line)
        self.take()
        return node

    def _listed(self, line: int, made: list[Statement]) -> str:
        """Read a list: cells that lead from one to the next (RDF Schema, section 5.2)."""
        head = cell = _NIL
        while self.word != ")":
            before, cell = cell, self._blank()
            inner: list[Statement] = []
            value, language, at = self._term(inner)
            made += [*inner, Statement(cell, _FIRST, value, language, at, at)]
            if before == _NIL:
                head = cell
            else:
                made.append(Statement(before, _REST, cell, "", at, line))
        if cell != _NIL:
            made.append(Statement(cell, _REST, _NIL, "", self._line, line))
        self.take()
        return head

    def _blank(self) -> _Blank:
        self._count += 1
        return _Blank(f"[{self._count}]")

    def _iri(self, word: str) -> str:
        """Give the IRI that a word stands for; a number or a truth value is itself."""
        if word.startswith("_:"):
            return _Blank(word)
        if is_iri(word):
            iri = _ESCAPE.sub(_unescaped, word[1:-1])
            return urljoin(self._base, iri) if self._base else iri
        prefix, colon, local = word.partition(":")
        if not colon:
            return _TYPE if word == "a" else word
        return self._prefixes[f"{prefix}:"] + _ESCAPE.sub(r"\3", local)


def _text(word: str) -> str:
    mark = 3 if word[:3] in {'"""', "'''"} else 1
    return _ESCAPE.sub(_unescaped, word[mark:-mark])


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _CONTROL.get(found[3], found[3])
