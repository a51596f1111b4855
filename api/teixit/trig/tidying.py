"""A file that somebody has written, in the one form: its comments stay with what they are above."""

import re
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, parse

from teixit.errors import KnowledgeError
from teixit.tokens import Tokens, is_iri, is_name, is_string, scan
from teixit.trig.document import Block, Document, Subject

_COMMENT: Final = re.compile(r"#[^\r\n]*")
_PREFIX: Final = ("@prefix", "prefix")
_ENDS_FACT: Final = frozenset(",;.}")


def tidied(text: str, file: Path | str) -> str:
    """Give *text* in the one form.

    Graphs stay in the order in which they are written. In each, subjects and facts go in their
    natural order, and take the comments above them, or behind them in their line, along.

    Args:
        text: TriG.
        file: What an error calls it.

    Raises:
        KnowledgeError: It does not parse, or has what our data do without: blank nodes,
            collections, a base, statements about statements or outside of graphs with names.
            The message says the line.
    """
    try:
        before = set(parse(text, format=RdfFormat.TRIG))
    except SyntaxError as error:
        raise KnowledgeError(f"{file}:{error.lineno}:{error.offset}: {error.msg}") from error
    written = read(text, file).written()
    assert set(parse(written, format=RdfFormat.TRIG)) == before  # noqa: S101 - no fact is lost
    return written


def read(text: str, file: Path | str) -> Document:
    """Read the graphs, subjects, facts and comments of *text*, which is known to parse.

    Raises:
        KnowledgeError: As :func:`tidied` does, but for a text that does not parse.
    """
    return _Reading(scan(text), file).document()


class _Reading:
    """A walk over the tokens of a file that is known to parse."""

    def __init__(self, tokens: Tokens, file: Path | str) -> None:
        self._tokens, self._file = tokens, file
        self._next = 0
        self._above: list[str] = []
        self._owner: list[str] = self._above

    def document(self) -> Document:
        """Read all of the file."""
        document = Document()
        while self._word:
            if self._word.lower() in _PREFIX:
                self._prefix(document)
            else:
                document.blocks.append(self._block())
        self._hear()
        document.last = self._above
        return document

    @property
    def _word(self) -> str:
        """The token that is next; none at the end."""
        words = self._tokens.words
        return words[self._next] if self._next < len(words) else ""

    def _prefix(self, document: Document) -> None:
        directive = self._take()
        self._own(document.comments)
        prefix, iri = self._take().removesuffix(":"), self._take()[1:-1]
        if document.prefixes.setdefault(prefix, iri) != iri:
            raise self._refusal(f"{prefix}: again, for another IRI", "one IRI for each prefix")
        if directive.startswith("@"):
            self._take()

    def _block(self) -> Block:
        if self._word.lower() == "graph":
            self._take()
        block = Block(self._name())
        self._own(block.comments)
        if self._word != "{":
            raise self._refusal(self._word, "statements in graphs that have names")
        self._take()
        while self._word != "}":
            self._statements(block)
        self._take()
        self._own(block.last)
        return block

    def _statements(self, block: Block) -> None:
        """Read what is said of one subject, and what ends it."""
        subject = block.subjects.setdefault(self._name(), Subject())
        self._own(subject.comments)
        while self._word not in {".", "}"}:
            predicate = self._name()
            self._fact(subject, predicate)
            while self._word == ",":
                self._take()
                self._fact(subject, predicate)
            while self._word == ";":
                self._take()
        if self._word == ".":
            self._take()

    def _fact(self, subject: Subject, predicate: str) -> None:
        self._own(subject.facts.setdefault((predicate, self._object()), []))
        if self._word not in _ENDS_FACT:
            raise self._refusal(self._word, "statements, and none about statements")

    def _name(self) -> str:
        """Take a name; ``a`` is one."""
        if not is_iri(self._word) and not is_name(self._word) and self._word != "a":
            raise self._refusal(self._word, "a name: blank nodes and bases have no place here")
        return self._take()

    def _object(self) -> str:
        if is_string(self._word):
            text = self._take()
            if self._word.startswith("@"):
                return text + self._take()
            return text + self._take() + self._take() if self._word == "^^" else text
        if self._word in {"+", "-"}:
            return self._take() + self._take()
        is_plain = self._word in {"true", "false"} or self._word[0] in ".0123456789"
        return self._take() if is_plain else self._name()

    def _take(self) -> str:
        """Go on behind the next token, and give it."""
        word = self._word
        self._hear()
        self._next += 1
        return word

    def _hear(self) -> None:
        """Note the comments before the next token: one behind another token belongs to that."""
        tokens, at = self._tokens, self._next
        start = tokens.end(at - 1) if at else 0
        end = tokens.starts[at] if self._word else len(tokens.text)
        behind, *above = tokens.text[start:end].split("\n")
        if at:
            self._owner += _COMMENT.findall(behind)
        else:
            above.insert(0, behind)
        self._above += [found for line in above for found in _COMMENT.findall(line)]

    def _own(self, comments: list[str]) -> None:
        """Leave the comments above what was just read with it, and those behind it to come."""
        comments += self._above
        self._above = []
        self._owner = comments

    def _refusal(self, found: str, expected: str) -> KnowledgeError:
        line, column = self._tokens.place(min(self._next, len(self._tokens.starts) - 1))
        return KnowledgeError(f"{self._file}:{line}:{column}: {found}; expected {expected}")
