"""How a query that finds nothing may have been meant, tried out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from teixit import namespaces, paths, queries, tokens
from teixit.queries import Term
from teixit.reasons import asked, near
from teixit.reasons.bounded import Bounded, UnlessTooMuch
from teixit.reasons.emptying import Level, Piece
from teixit.reasons.outline import outline
from teixit.reasons.parts import joined, split
from teixit.reasons.patterns import Path, Pattern
from teixit.rewriting.groups import is_constant
from teixit.tokens import Tokens

#: So many values are shown of what a filter leaves nothing of, and so many texts are compared.
_EXAMPLES: Final = 5
#: So many mends are proposed, and tried out.
_MOST: Final = 4
_TEXT: Final = "teixit_text"


@dataclass(frozen=True, slots=True)
class Mend:
    """Another way to write a part of a query.

    Args:
        line: Where the part is, counted from 1.
        before: What stands there now; it is unknown to the graph in this place, or leads nowhere.
        after: What may have been meant.
        query: The whole query so.
        answers: Whether that has an answer; nothing where it was not found out.
    """

    line: int
    before: str
    after: str
    query: str
    answers: bool | None


@dataclass(frozen=True, slots=True)
class Mending:
    """Looks for mends.

    Args:
        graph: Who is asked.
        query: The tokens of the query.
    """

    graph: Bounded
    query: Tokens

    def mends(self, levels: Sequence[Level]) -> list[Mend]:
        """Propose mends for what empties groups, those that give an answer first."""
        found: dict[Mend, None] = {}
        with UnlessTooMuch():
            for mend in self._all(levels):
                found[mend] = None
                if len(found) == _MOST:
                    break
        return sorted(found, key=lambda mend: not mend.answers)

    def _all(self, levels: Sequence[Level]) -> Iterator[Mend]:
        for level in reversed(levels):
            for piece in _culprits(level):
                if piece.part.pattern is not None:
                    yield from self._of_pattern(level, piece.part.pattern)
                elif piece.part.kind == "FILTER":
                    yield from self._of_filter(level, piece)

    def examples(self, level: Level, piece: Piece) -> list[dict[str, Term]]:
        """Give some values of the variables of a filter before it is asked, if that is possible."""
        names = [f"?{name}" for name in _variables(self.query, piece)]
        if not names:
            return []
        group = level.group(piece)
        with UnlessTooMuch():
            return self.graph.rows(asked.solutions(level.outline, group, _EXAMPLES, names))
        return []

    def _of_pattern(self, level: Level, pattern: Pattern) -> Iterator[Mend]:
        yield from self._of_text(level, pattern)
        for path in _steps(pattern.path):
            if path.text != "a" and not tokens.is_variable(path.text):
                place = path.place
                if not self._is_known(level, f"?s {path.text} ?o"):
                    yield from self._of_iri(place, "properties")
        is_class = pattern.path.text == "a"
        for node, probe in ((pattern.subject, "{} ?p ?o"), (pattern.object, "?s ?p {}")):
            if is_constant(node.text) and not self._is_known(level, probe.format(node.text)):
                kind = "classes" if is_class and node is pattern.object else "things"
                yield from self._of_iri(node.first, kind)
        yield from self._turned(level, pattern)

    def _is_known(self, level: Level, pattern: str) -> bool:
        return self.graph.holds(asked.whether(level.outline, level.wrap(pattern))) is not False

    def _of_iri(self, place: int, kind: str) -> Iterator[Mend]:
        """Propose IRIs that are near the one at a *place*."""
        word = self.query.words[place]
        iri = self.query.iri(word, f"{namespaces.BASE}sparql")
        values = {"word": Literal(near.word(iri))} if kind == "things" else {}
        rows = queries.named(kind, paths.QUERIES / "reasons").rows(self.graph, **values)
        known = (row["term"].value for row in rows if isinstance(row["term"], NamedNode))
        for other in near.nearest(iri, known):
            yield self._mend(place, place + 1, near.short(other, self.query.prologue[0].items()))

    def _of_text(self, level: Level, pattern: Pattern) -> Iterator[Mend]:
        """Propose the texts that a thing has which differ in case, language or datatype alone."""
        node = pattern.object
        if node.first < 0 or node.text[0] not in "\"'":
            return
        group = (
            f"{pattern.subject.text} {pattern.path.text} ?{_TEXT} ."
            f" FILTER (LCASE(STR(?{_TEXT})) = LCASE(STR({node.text})))"
        )
        for row in self._texts(level, level.wrap(group)):
            yield self._mend(node.first, node.last, str(row[_TEXT]))

    def _texts(self, level: Level, group: str) -> list[dict[str, Term]]:
        return self.graph.rows(asked.solutions(level.outline, group, _EXAMPLES, [f"?{_TEXT}"]))

    def _of_filter(self, level: Level, piece: Piece) -> Iterator[Mend]:
        """Propose the texts that the variables of a filter have, in place of its own."""
        for first, last in _texts_of(self.query, piece):
            text = "".join(self.query.words[first:last])
            for name in _variables(self.query, piece):
                group = (
                    f"{level.group(piece)}\nBIND (?{name} AS ?{_TEXT})"
                    f" FILTER (LCASE(STR(?{_TEXT})) = LCASE(STR({text})))"
                    f" FILTER (!sameTerm(?{_TEXT}, {text}))"
                )
                for row in self._texts(level, group):
                    yield self._mend(first, last, str(row[_TEXT]))

    def _turned(self, level: Level, pattern: Pattern) -> Iterator[Mend]:
        """Propose to go the other way, if that leads anywhere."""
        path = pattern.path
        if path.place < 0 or path.text == "a" or tokens.is_variable(path.text):
            return
        turned = f"^{path.text}" if path.kind == "step" else f"^({path.text})"
        if path.kind == "^":
            turned = path.parts[0].text
        group = f"{pattern.subject.text} {turned} {pattern.object.text}"
        if self.graph.holds(asked.whether(level.outline, level.wrap(group))):
            mend = self._mend(path.place, self._end(path), turned)
            if mend.answers:
                yield mend

    def _end(self, path: Path) -> int:
        """Find the token after a *path*."""
        end, text = path.place, ""
        while text != path.text:
            text += self.query.words[end]
            end += 1
        return end

    def _mend(self, first: int, last: int, after: str) -> Mend:
        query = self.query
        start, end = query.starts[first], query.end(last - 1)
        text = f"{query.text[:start]}{after}{query.text[end:]}"
        line, _ = query.place(first)
        return Mend(line, query.text[start:end], after, text, self._answers(text))

    def _answers(self, text: str) -> bool | None:
        scanned = tokens.scan(text)
        found = outline(scanned)
        group = joined(split(scanned, found.brace))
        return self.graph.holds(asked.whether(found, f"{asked.braced(group)}\n{found.data}"))


def _culprits(level: Level) -> list[Piece]:
    """Give the pieces that match nothing alone, or else that with which nothing is left."""
    silent = [piece for piece in level.pieces if piece.alone == 0]
    first = [] if level.first is None else [level.pieces[level.first]]
    freeing = [piece for piece in level.pieces if piece.without]
    return silent or [*first, *(piece for piece in freeing if piece not in first)]


def _steps(path: Path) -> Iterator[Path]:
    if path.kind == "step":
        yield path
    for part in path.parts:
        yield from _steps(part)


def _variables(query: Tokens, piece: Piece) -> list[str]:
    words = query.words[piece.part.first : piece.part.last]
    return [*dict.fromkeys(word[1:] for word in words if tokens.is_variable(word))][:3]


def _texts_of(query: Tokens, piece: Piece) -> Iterator[tuple[int, int]]:
    """Yield the places of the texts in a filter, each with its language or datatype."""
    words = query.words
    for first in range(piece.part.first, piece.part.last):
        if tokens.is_string(words[first]):
            last = first + 1
            if words[last].startswith("@"):
                last += 1
            elif words[last] == "^^":
                last += 2
            yield first, last
