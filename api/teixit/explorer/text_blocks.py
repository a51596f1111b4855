"""A text cut into lines, and its lines into the passages that are spoken of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True, slots=True)
class Span:
    """Where a passage stands: from *start* to before *end*, in characters (code points)."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: as it is, or a passage.

    Args:
        text: Of a piece that is no passage; else empty.
        passage: The name of the passage; else empty.
        pieces: What the passage is made of.
    """

    text: str = ""
    passage: str = ""
    pieces: Sequence["Piece"] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines that belong together, since a passage goes from one to the next.

    Args:
        first: The number of its first line; the first line of the text is 1.
        last: The number of its last line.
        pieces: Its text; none where the line is blank.
        passages: The names of its passages, in the order in which they begin.
    """

    first: int
    last: int
    pieces: Sequence[Piece]
    passages: Sequence[str]


def blocks(text: str, spans: Sequence[Span]) -> Sequence[Block]:
    """Cut a *text* into blocks.

    Args:
        text: With line feeds at the ends of its lines.
        spans: Its passages, by where they start, the longer ones first. One that begins in
            another and ends after it is shown up to where that ends.
    """
    found, waiting = [], list(spans)
    for first, last, start, end in _places(text, spans):
        own = _before(end, waiting)
        waiting = waiting[len(own) :]
        pieces = [*_pieces(text, start, end, own)] if text[start:end].strip() else []
        found.append(Block(first, last, pieces, [span.name for span in own]))
    return found


def _places(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, int, int]]:
    """Give for each block its first and last line, and where it starts and ends."""
    first, start, at = 1, 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        at += len(line)
        if not any(span.start <= at < span.end for span in spans):
            yield first, number, start, at
            first, start = number + 1, at + 1
        at += 1


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Piece]:
    at, waiting = start, list(spans)
    while waiting:
        span, *following = waiting
        inner = _before(span.end, following)
        waiting = following[len(inner) :]
        if at < span.start:
            yield Piece(text[at : span.start])
        at = min(span.end, end)
        yield Piece(passage=span.name, pieces=[*_pieces(text, span.start, at, inner)])
    if at < end:
        yield Piece(text[at:end])


def _before(end: int, spans: Sequence[Span]) -> Sequence[Span]:
    """Give those at the beginning of *spans* that start before the *end*."""
    return [*takewhile(lambda span: span.start < end, spans)]
