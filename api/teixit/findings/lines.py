"""On which line of a file a statement stands: Turtle, TriG, N-Triples and N-Quads."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from teixit import namespaces
from teixit.tokens import Tokens, is_iri, is_name, is_string, scan

_WRITTEN_IN_LINES: Final = frozenset({".ttl", ".trig", ".nt", ".nq"})
_RDF_TYPE: Final = namespaces.expand("rdf:type")
_PREFIX: Final = frozenset({"prefix", "@prefix"})
_OPENS: Final = frozenset("[(")
_CLOSES: Final = frozenset("])")
#: What marks a statement about a statement, which is not told apart.
_OPAQUE: Final = frozenset({"<<", ">>"})


def line_of(file: Path, node: str, path: str | None, value: str | None) -> int | None:
    """Find the line of *file* with a statement, or else with the first one on its subject.

    Args:
        file: An RDF file.
        node: The IRI of the subject.
        path: The IRI of the property, if it is known.
        value: The IRI of the object, or its text, if it is known.

    Returns:
        The line, counted from 1; None where the file has no lines to speak of, or the subject
        is a blank node.
    """
    if file.suffix not in _WRITTEN_IN_LINES:
        return None
    known = _lines(file)
    exact = known.get((node, path or "", value or ""))
    return exact or known.get((node, path or "", "")) or known.get((node, "", ""))


@cache
def _lines(file: Path) -> dict[tuple[str, str, str], int]:
    """Give the first line of each statement, of each property of a subject, of each subject."""
    text = namespaces.rebased(file.read_bytes()).decode("utf-8")
    lines: dict[tuple[str, str, str], int] = {}
    for line, subject, predicate, value in _Walk(scan(text)).statements():
        for key in ((subject, predicate, value), (subject, predicate, ""), (subject, "", "")):
            lines.setdefault(key, line)
    return lines


class _Walk:
    """A walk over the tokens of a file that is known to parse."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._prefixes: defaultdict[str, str] = defaultdict(str)
        self._said: list[str] = []
        self._outside: list[list[str]] = []
        self._line, self._read = 1, 0

    def statements(self) -> Iterator[tuple[int, str, str, str]]:
        """Give line, subject, predicate and object of each statement, blank nodes as ``""``."""
        words = self._tokens.words
        for index, word in enumerate(words):
            if word.lower() in _PREFIX:
                self._prefixes[words[index + 1]] = words[index + 2][1:-1]
                continue
            if word in _OPENS and len(self._said) == 2:  # noqa: PLR2004 - an object without a name
                subject, predicate = self._said
                yield self._line_of(index), subject, predicate, ""
            if not self._turned(word) and self._is_term(words, index):
                self._said.append(self._term(word))
                if len(self._said) == 3:  # noqa: PLR2004 - subject, predicate, object
                    subject, predicate, value = self._said
                    yield self._line_of(index), subject, predicate, value

    def _turned(self, word: str) -> bool:
        """Go where a mark leads: to the next object, predicate, subject, in or out of brackets."""
        if word == ",":
            del self._said[2:]
        elif word == ";":
            del self._said[1:]
        elif word in {".", "{", "}"}:
            self._said.clear()
        elif word in _OPENS:
            self._outside.append(self._said)
            self._said = [""] if word == "[" else ["", "", ""]
        elif word in _CLOSES:
            self._said = self._outside.pop()
            self._said.append("")
        else:
            return word in _OPAQUE
        return True

    def _is_term(self, words: list[str], index: int) -> bool:
        """Tell whether a token is a term by itself, and none that says more of a literal."""
        before = words[index - 1] if index else ""
        is_directive = before.lower() in _PREFIX or words[index - 2].lower() in _PREFIX
        says_more = words[index].startswith(("@", "^^")) or before == "^^"
        return not is_directive and not says_more and words[index] not in {"+", "-"}

    def _term(self, word: str) -> str:
        if word == "a":
            return _RDF_TYPE
        if is_iri(word):
            return word[1:-1]
        if is_name(word):
            prefix, _, local = word.partition(":")
            return self._prefixes[f"{prefix}:"] + local.replace("\\", "")
        if is_string(word):
            mark = word[:3] if word[:3] in {'"""', "'''"} else word[0]
            return _unescaped(word[len(mark) : -len(mark)])
        return "" if word.startswith("_:") else word

    def _line_of(self, index: int) -> int:
        start = self._tokens.starts[index]
        self._line += self._tokens.text.count("\n", self._read, start)
        self._read = start
        return self._line


def _unescaped(text: str) -> str:
    for written, meant in (('\\"', '"'), ("\\n", "\n"), ("\\\\", "\\")):
        text = text.replace(written, meant)
    return text
