"""A file that somebody has written, in the one form: its comments stay with what they are above."""

import re
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, parse

from teixit.cursor import Cursor
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


class _Reading(Cursor):
    """A walk over a file, in which each comment finds what it belongs to."""

    def __init__(self, tokens: Tokens, file: Path | str) -> None:
        super().__init__(tokens)
        self._file = file
        self._above: list[str] = []
        self._owner: list[str] = self._above

    def document(self) -> Document:
        """Read all of the file."""
        document = Document()
        while self.word:
            if self.word.lower() in _PREFIX:
                self._prefix(document)
            else:
                document.blocks.append(self._block())
        self._hear()
        document.last = self._above
        return document

    def _prefix(self, document: Document) -> None:
        directive = self.take()
        self._own(document.comments)
        prefix, iri = self.take().removesuffix(":"), self.take()[1:-1]
        if document.prefixes.setdefault(prefix, iri) != iri:
            raise self._refusal(f"{prefix}: again, for another IRI", "one IRI for each prefix")
        if directive.startswith("@"):
            self.take()

    def _block(self) -> Block:
        if self.word.lower() == "graph":
            self.take()
        block = Block(self._name())
        self._own(block.comments)
        if self.word != "{":
            raise self._refusal(self.word, "statements in graphs that have names")
        self.take()
        while self.word != "}":
            self._statements(block)
        self.take()
        self._own(block.last)
        return block

    def _statements(self, block: Block) -> None:
        """Read what is said of one subject, and what ends it."""
        subject = block.subjects.setdefault(self._name(), Subject())
        self._own(subject.comments)
        while self.word not in {".", "}"}:
            predicate = self._name()
            self._fact(subject, predicate)
            while self.word == ",":
                self.take()
                self._fact(subject, predicate)
            while self.word == ";":
                self.take()
        if self.word == ".":
            self.take()

    def _fact(self, subject: Subject, predicate: str) -> None:
        self._own(subject.facts.setdefault((predicate, self._object()), []))
        if self.word not in _ENDS_FACT:
            raise self._refusal(self.word, "statements, and none about statements")

    def _name(self) -> str:
        """Take a name; ``a`` is one."""
        if not is_iri(self.word) and not is_name(self.word) and self.word != "a":
            raise self._refusal(self.word, "a name: blank nodes and bases have no place here")
        return self.take()

    def _object(self) -> str:
        is_plain = self.word in {"true", "false"} or self.word[0] in "+-.0123456789"
        if is_plain or is_string(self.word):
            return "".join(self.take_term())
        return self._name()

    def take(self) -> str:
        """Go on behind the next token, and give it; comments before it are noted."""
        self._hear()
        return super().take()

    def _hear(self) -> None:
        """Note the comments before the next token: one behind another token belongs to that."""
        tokens, at = self.tokens, self.at
        start = tokens.end(at - 1) if at else 0
        end = tokens.starts[at] if self.word else len(tokens.text)
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
        line, column = self.tokens.place(min(self.at, len(self.tokens.starts) - 1))
        return KnowledgeError(f"{self._file}:{line}:{column}: {found}; expected {expected}")
