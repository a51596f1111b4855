"""Which part of a group empties it: each part alone, all up to it, and all without it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from teixit.reasons import asked
from teixit.reasons.bounded import Bounded, UnlessTooMuch
from teixit.reasons.outline import Outline
from teixit.reasons.outline import outline as read_outline
from teixit.reasons.parts import DEPENDENT, HARMLESS, Part, joined, ordered, split
from teixit.tokens import Tokens

#: Of so many parts it is asked what they match alone, and what there is without them.
_LOOKED_AT: Final = 16
#: So many others are left out together with the part that empties a group.
_PAIRS: Final = 8
#: So deep is a group looked into that matches nothing itself.
_DEPTH: Final = 3

#: The kind of the data at the end of a query, which its filters do not see.
DATA: Final = "DATA"

_Wrap: TypeAlias = Callable[[str], str]


@dataclass(slots=True)
class Piece:
    """A part of a group, and what was found of it; nothing where it was not asked.

    Args:
        part: The part.
        alone: How many solutions it has alone, as far as they were counted.
        so_far: Whether the group has solutions up to and with it; filters come last.
        without: Whether the group has solutions without it.
    """

    part: Part
    alone: int | None = None
    so_far: bool | None = None
    without: bool | None = None


@dataclass(slots=True)
class Level:
    """A group that is empty.

    Args:
        outline: What its parts are asked with.
        wrap: What puts them where they are looked for, such as in a graph.
        pieces: Its parts, the filters last.
        first: The place among them of the first with which nothing is left; None if not known.
        before: How many solutions there are before that one; None if not counted.
        pair: Two parts without which there is something, where no single one is to blame.
    """

    outline: Outline
    wrap: _Wrap
    pieces: list[Piece]
    first: int | None = None
    before: int | None = None
    pair: tuple[Piece, Piece] | None = None

    def group(self, *left_out: Piece, upto: int | None = None) -> str:
        """Write the group with its pieces, or those before a place, but for some."""
        kept = [piece.part for piece in self.pieces[:upto] if piece not in left_out]
        inside = joined(part for part in kept if part.kind != DATA)
        data = [part.text for part in kept if part.kind == DATA]
        return self.wrap("\n".join([asked.braced(inside), *data]) if data else inside)


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Looks into groups that match nothing.

    Args:
        graph: Who is asked.
        query: The tokens of the query.
    """

    graph: Bounded
    query: Tokens
    levels: list[Level] = field(default_factory=list)

    def look(self, outline: Outline, wrap: _Wrap = str) -> Sequence[Level]:
        """Find what empties the group of an *outline*, and, where that is a group, what in it."""
        parts = ordered(split(self.query, outline.brace))
        if outline.data:
            parts.append(_data(self.query, outline))
        level = Level(outline, wrap, [Piece(part) for part in parts])
        self.levels.append(level)
        self._first(level)
        self._alone(level)
        self._without(level)
        self._pair(level)
        self._inside(level)
        return self.levels

    def _holds(self, level: Level, group: str) -> bool | None:
        return self.graph.holds(asked.whether(level.outline, group))

    def _first(self, level: Level) -> None:
        """Find the first piece with which nothing is left: once empty, a group stays so."""
        low, high = 0, len(level.pieces)
        while high - low > 1:
            middle = (low + high) // 2
            found = self._holds(level, level.group(upto=middle))
            if found is None:
                return
            low, high = (middle, high) if found else (low, middle)
        level.first = low
        for place, piece in enumerate(level.pieces):
            piece.so_far = place < low
        if low:
            level.before = self._counted(level, level.group(upto=low))

    def _counted(self, level: Level, group: str) -> int | None:
        with UnlessTooMuch():
            [row] = self.graph.rows(asked.counted(level.outline, group))
            return int(row["number"].value)
        return None

    def _alone(self, level: Level) -> None:
        for piece in _nearest(level):
            if piece.part.kind not in DEPENDENT:
                piece.alone = self._counted(level, level.wrap(piece.part.text))

    def _without(self, level: Level) -> None:
        for piece in _nearest(level):
            if piece.part.kind not in HARMLESS and len(level.pieces) > 1:
                piece.without = self._holds(level, level.group(piece))

    def _pair(self, level: Level) -> None:
        """Leave out another piece together with the first, where no single one is to blame."""
        if level.first is None or any(piece.without is not False for piece in _blamed(level)):
            return
        one = level.pieces[level.first]
        for other in [piece for piece in _blamed(level) if piece is not one][:_PAIRS]:
            if len(level.pieces) > 2 and self._holds(level, level.group(one, other)):  # noqa: PLR2004
                level.pair = one, other
                return

    def _inside(self, level: Level) -> None:
        """Look into the first group that matches nothing itself."""
        for piece in level.pieces:
            part = piece.part
            if piece.alone == 0 and len(part.inner) == 1 and len(self.levels) < _DEPTH:
                outline, wrap = self._inner(level, part)
                group = wrap(joined(split(self.query, outline.brace)))
                if self.graph.holds(asked.whether(outline, group)) is False:
                    self.look(outline, wrap)
                return

    def _inner(self, level: Level, part: Part) -> tuple[Outline, _Wrap]:
        """Give the outline of the group within a *part*, and where it is looked for."""
        query, brace = self.query, part.inner[0]
        outer = level.outline
        inner = replace(outer, brace=brace, modifiers={}, computed={})
        if query.words[brace + 1].upper() == "SELECT":
            found = read_outline(query, brace + 1, query.partners[brace])
            inner = replace(found, head=outer.head, graphs=outer.graphs)
        if part.kind != "GRAPH":
            return inner, level.wrap
        name = query.words[brace - 1]
        return inner, lambda text: level.wrap(f"GRAPH {name} {asked.braced(text)}")


def _nearest(level: Level) -> list[Piece]:
    """Give the pieces nearest to the first with which nothing is left, as many as are asked."""
    place = level.first or 0
    near = sorted(range(len(level.pieces)), key=lambda index: abs(index - place))
    return [level.pieces[index] for index in sorted(near[:_LOOKED_AT])]


def _blamed(level: Level) -> list[Piece]:
    return [piece for piece in level.pieces if piece.part.kind not in HARMLESS]


def _data(query: Tokens, outline: Outline) -> Part:
    words = query.words
    place = next(
        index
        for index in range(query.partners[outline.brace], len(words))
        if words[index].upper() == "VALUES"
    )
    return Part(DATA, outline.data, place, len(words))
