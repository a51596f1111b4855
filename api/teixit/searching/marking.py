"""Where the words of a question stand in a text, and which text of a thing shows them best."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from teixit.searching import words
from teixit.searching.asking import Said
from teixit.searching.words import Word

#: A longer text is shown in part: so many characters, so many of them before the first word.
_SHOWN: Final = 280
_BEFORE: Final = 80
_CUT: Final = "…"
#: A name says more than another name, and that more than a text.
_WORTH: Final = {"name": 2, "other": 1, "text": 0}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether it is what was searched for."""

    text: str
    marked: bool


def best(said: Sequence[Said], asked: Sequence[str], language: str) -> Said | None:
    """Give the text that has most of the words *asked*; the reader's *language* breaks a tie.

    None where no text has any of them: then it is the class of the thing that is called so.
    """

    def worth(one: Said) -> tuple[int, int, int, bool]:
        found = {word.folded for word in words.words(one.value)}
        begun = sum(any(words.begins(word, part) for word in found) for part in asked)
        return begun, len(found & set(asked)), _WORTH[one.role], one.language == language

    chosen = max((one for one in said if one.role in _WORTH), key=worth, default=None)
    return chosen if chosen and worth(chosen)[0] else None


def marked(text: str, asked: Sequence[str]) -> Sequence[Piece]:
    """Give the whole of a *text* in pieces."""
    return _pieces(text, _hits(text, asked), 0, len(text))


def excerpt(text: str, asked: Sequence[str]) -> Sequence[Piece]:
    """Give a *text* in pieces; of a long one, what is around the first word that was found."""
    hits = _hits(text, asked)
    if len(text) <= _SHOWN:
        return _pieces(text, hits, 0, len(text))
    start = max(hits[0].start - _BEFORE, 0) if hits else 0
    if start:
        start = _after_space(text, start, hits[0].start)
    end = start + _SHOWN
    if end < len(text):
        end = max(text.rfind(" ", start, end), hits[0].end if hits else start + 1)
    before = [Piece(_CUT, marked=False)] if start else []
    after = [Piece(_CUT, marked=False)] if end < len(text) else []
    return [*before, *_pieces(text, hits, start, end), *after]


def _after_space(text: str, start: int, most: int) -> int:
    """Give where the next word begins, no farther than *most*."""
    space = text.find(" ", start, most)
    return start if space < 0 else space + 1


def _hits(text: str, asked: Sequence[str]) -> Sequence[Word]:
    return [
        word for word in words.words(text) if any(words.begins(word.folded, part) for part in asked)
    ]


def _pieces(text: str, hits: Sequence[Word], start: int, end: int) -> Sequence[Piece]:
    """Cut what stands from *start* to *end*; a word that is cut through is not marked."""
    found = []
    for hit in hits:
        if start <= hit.start and hit.end <= end:
            found += [Piece(text[start : hit.start], marked=False)]
            found += [Piece(text[hit.start : hit.end], marked=True)]
            start = hit.end
    found.append(Piece(text[start:end], marked=False))
    return [piece for piece in found if piece.text]
