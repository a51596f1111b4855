"""Why an answer is empty, in words: which part of the query empties it, and how to mend it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pyoxigraph import Store

from teixit.errors import QueryError
from teixit.explorer.views import Cell, Table, View
from teixit.explorer.wording import Wording
from teixit.queries import Remote
from teixit.reasons import asked
from teixit.reasons.bounded import Bounded
from teixit.reasons.emptying import Emptiness, Level, Piece
from teixit.reasons.mending import Mend, Mending
from teixit.reasons.outline import Outline, outline, read
from teixit.reasons.parts import joined, split
from teixit.tokens import Tokens

#: What is known: there is an answer; the pattern matches, but what follows leaves nothing of it;
#: the pattern matches nothing; nobody can say.
State: TypeAlias = Literal["answered", "modified", "empty", "unknown"]

_STATES: Final = {
    "answered": "why.answered",
    "modified": "why.modified",
    "empty": "why.summary",
    "unknown": "why.unknown",
}
_COLUMNS: Final = ("why.line", "why.part", "why.alone", "why.so_far", "why.without")


@dataclass(frozen=True, slots=True)
class Looked:
    """A part of the query, and what was found of it.

    Args:
        line: Where it is, counted from 1.
        text: In SPARQL.
        alone: How many solutions it has alone, as far as they were counted; nothing for what means
            nothing alone.
        so_far: Whether there is anything up to and with it.
        without: Whether there is anything without it.
    """

    line: int
    text: str
    alone: int | None
    so_far: bool | None
    without: bool | None


@dataclass(frozen=True, slots=True)
class Example:
    """What variables have before a filter is asked: as terms in SPARQL, by their names."""

    line: int
    text: str
    values: Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class Why(View):
    """Why an answer is empty.

    Args:
        query: The query.
        state: Whether it is, and whether its pattern is.
        told: What empties it, sentence by sentence.
        groups: The parts of the group that is empty, and of those in it that are.
        examples: What the filters that leave nothing are asked of.
        mends: How the query may have been meant.
    """

    query: str
    state: State
    told: Sequence[str] = ()
    groups: Sequence[Sequence[Looked]] = ()
    examples: Sequence[Example] = ()
    mends: Sequence[Mend] = ()


def why(store: Store | Remote, query: str, wording: Wording) -> Why:
    """Say why the answer to *query* is empty, if it is.

    Args:
        store: The graph, here or through the workers.
        query: The query.
        wording: The words of the page.

    Raises:
        QueryError: The query is no SPARQL, passes a limit, or has no pattern to take apart.
        RequestError: The workers cannot say.
    """
    graph, scanned = Bounded(store), read(query)
    found = outline(scanned)
    state = _state(graph, scanned, found)
    levels = [*Emptiness(graph, scanned).look(found)] if state == "empty" else []
    telling = _Telling(scanned, wording)
    groups = [[telling.looked(piece) for piece in level.pieces] for level in levels]
    mending = Mending(graph, scanned)
    return Why(
        title=wording.texts["why.title"],
        summary=wording.texts[_STATES[state]],
        tables=[telling.table(groups)],
        query=query,
        state=state,
        told=[sentence for level in levels for sentence in telling.told(level)],
        groups=groups,
        mends=mending.mends(levels),
        examples=[*telling.examples(mending, levels)],
    )


def _state(graph: Bounded, query: Tokens, found: Outline) -> State:
    """Find out whether there is an answer, and whether the pattern matches anything."""
    inside = joined(split(query, found.brace))
    matches = asked.whether(found, f"{asked.braced(inside)}\n{found.data}")
    try:
        answered = _is_answered(graph, query, found, matches)
        if answered is None or answered:
            return "unknown" if answered is None else "answered"
        matched = graph.holds(matches)
    except QueryError:
        graph.query(query.text)  # which says what is wrong with it, and where
        return "unknown"  # or it is too deep for one more pair of braces
    if matched is None:
        return "unknown"
    return "modified" if matched else "empty"


def _is_answered(graph: Bounded, query: Tokens, found: Outline, matches: str) -> bool | None:
    """Tell whether there is an answer. What counts all there is has one row, even of nothing."""
    if found.form != "SELECT" or (found.grouped and "GROUP" not in found.modifiers):
        return graph.holds(matches)
    select = query.text.removeprefix(found.head).replace(found.graphs, "", 1)
    return graph.holds(asked.whether(found, asked.braced(select)))


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells what was found."""

    query: Tokens
    wording: Wording

    def looked(self, piece: Piece) -> Looked:
        """Tell of a part."""
        return Looked(
            self._line(piece), _plain(piece.part.text), piece.alone, piece.so_far, piece.without
        )

    def _line(self, piece: Piece) -> int:
        line, _ = self.query.place(piece.part.first)
        return line

    def _say(self, key: str, piece: Piece, **values: object) -> str:
        text = _plain(piece.part.text)
        return self.wording.say(key, line=self._line(piece), part=text, **values)

    def told(self, level: Level) -> Iterator[str]:
        """Tell what empties a group."""
        silent = [piece for piece in level.pieces if piece.alone == 0]
        for piece in silent:
            yield self._say("why.silent", piece)
        if level.first is not None and not silent:
            before = "?" if level.before is None else _number(level.before)
            key = "why.first" if level.first else "why.at_once"
            yield self._say(key, level.pieces[level.first], before=before)
        for piece in level.pieces:
            if piece.without and len(silent) < 2:  # noqa: PLR2004 - else no single one is to blame
                yield self._say("why.freeing", piece)
        if level.pair is not None:
            one, other = level.pair
            text, line = _plain(other.part.text), self._line(other)
            yield self._say("why.pair", one, other=text, other_line=line)

    def examples(self, mending: Mending, levels: Sequence[Level]) -> Iterator[Example]:
        """Tell of the values that filters are asked of, where one of them leaves nothing."""
        for level in levels:
            piece = None if level.first is None else level.pieces[level.first]
            if piece is None or piece.part.kind != "FILTER":
                continue
            rows = mending.examples(level, piece)
            values = [[(name, str(term)) for name, term in row.items()] for row in rows]
            yield Example(self._line(piece), _plain(piece.part.text), values)

    def table(self, groups: Sequence[Sequence[Looked]]) -> Table:
        """List the parts of the group, and of the groups within it."""
        rows = [
            (
                Cell(str(one.line), number=one.line),
                Cell(one.text),
                Cell("" if one.alone is None else _number(one.alone)),
                Cell(self._verdict(one.so_far)),
                Cell(self._verdict(one.without)),
            )
            for looked in groups
            for one in looked
        ]
        texts = self.wording.texts
        return Table("parts", texts["why.caption"], [texts[key] for key in _COLUMNS], rows)

    def _verdict(self, found: bool | None) -> str:  # noqa: FBT001 - yes, no or not known
        if found is None:
            return ""
        return self.wording.texts["why.some" if found else "why.none"]


def _plain(text: str) -> str:
    return " ".join(text.removesuffix(" .").split())


def _number(count: int) -> str:
    return f"> {asked.MANY}" if count > asked.MANY else str(count)
