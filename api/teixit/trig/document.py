"""What a file in TriG says, in the words that it uses, and how it is laid out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from teixit.languages import LANGUAGES
from teixit.namespaces import PREFIXES

_DIGITS: Final = re.compile(r"(\d+)")
_LITERAL: Final = re.compile(
    r"""(?P<text>["'].*["'])(?:@(?P<language>[\w-]+)|\^\^(?P<type>.+))?""", re.DOTALL
)
_TYPE: Final = f"{PREFIXES['rdf']}type"
#: What is said first of a subject: what it is, and what it is called.
_FIRST: Final = (_TYPE, f"{PREFIXES['rdfs']}label")

Natural = list[str | int]


@dataclass
class Subject:
    """What is said of one thing: predicates and objects, each with the comments above it."""

    comments: list[str] = field(default_factory=list)
    facts: dict[tuple[str, str], list[str]] = field(default_factory=dict)


@dataclass
class Block:
    """A named graph.

    Args:
        name: As it is written.
        comments: What stands above it.
        subjects: By how they are written.
        last: The comments after the last subject.
    """

    name: str
    comments: list[str] = field(default_factory=list)
    subjects: dict[str, Subject] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)


@dataclass
class Document:
    """A file.

    Args:
        comments: What stands at its head.
        prefixes: The IRIs that its prefixes stand for.
        blocks: Its graphs, in the order in which it has them.
        last: The comments at its end.
    """

    comments: list[str] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    last: list[str] = field(default_factory=list)

    def written(self) -> str:
        """Lay the file out: graphs as they come, subjects and facts in their natural order."""
        used = self._used()
        prefixes = [
            f"@prefix {p}: <{self.prefixes[p]}> ." for p in sorted(self.prefixes.keys() & used)
        ]
        parts = [self.comments, prefixes, *map(self._block, self.blocks), self.last]
        return "\n\n".join("\n".join(part) for part in parts if part) + "\n"

    def _block(self, block: Block) -> list[str]:
        subjects = sorted(block.subjects, key=lambda name: natural(self.iri(name)))
        lines = [*block.comments, f"{block.name} {{"]
        for name in subjects:
            lines += ["", *self._subject(name, block.subjects[name])]
        if block.last:
            lines += ["", *_indented(block.last, 4)]
        return [*lines, "}"]

    def _subject(self, name: str, subject: Subject) -> Iterator[str]:
        yield from _indented([*subject.comments, name], 4)
        for fact in sorted(subject.facts, key=self._place):
            yield from _indented([*subject.facts[fact], f"{fact[0]} {fact[1]} ;"], 8)
        yield "    ."

    def _place(self, fact: tuple[str, str]) -> tuple[bool, bool, str, bool, int, Natural]:
        """Say where a fact stands among those of its subject: a text by its language."""
        predicate, said = self.iri(fact[0]), fact[1]
        literal = _LITERAL.fullmatch(said)
        language = literal["language"] if literal else None
        rank = LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)
        place = natural(said if literal else self.iri(said))
        first = [predicate != name for name in _FIRST]
        return first[0], first[1], predicate, literal is not None, rank, place

    def iri(self, term: str) -> str:
        """Give the IRI of *term*; the term itself where it is a number or a truth value."""
        if term.startswith("<"):
            return term[1:-1]
        if term == "a":
            return _TYPE
        prefix, colon, local_name = term.partition(":")
        return f"{self.prefixes[prefix]}{local_name}" if colon else term

    def _used(self) -> set[str]:
        return {term.partition(":")[0] for term in self._terms() if term[0] not in "<\"'"}

    def _terms(self) -> Iterator[str]:
        for block in self.blocks:
            yield block.name
            for name, subject in block.subjects.items():
                yield name
                for predicate, said in subject.facts:
                    yield predicate
                    literal = _LITERAL.fullmatch(said)
                    yield (literal["type"] or said) if literal else said


def natural(text: str) -> Natural:
    """Sort ``action-29-2`` before ``action-29-10``."""
    return [int(part) if part.isdecimal() else part for part in _DIGITS.split(text)]


def _indented(lines: Iterable[str], depth: int) -> list[str]:
    return [f"{' ' * depth}{line}" for line in lines]
