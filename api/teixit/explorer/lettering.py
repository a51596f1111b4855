"""How much room words take in a drawing, whatever font the reader has."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

#: About how wide a character is, in ems: narrow ones, wide ones, those of East Asia, and others.
_NARROW: Final = frozenset("iljtfrI.,:;'’|!()[] ·-")
_WIDE: Final = frozenset("mwMW@%—…")
_WIDTHS: Final = (0.38, 0.95, 1.05, 0.62)
_CAPITAL: Final = 0.74
_CUT: Final = "…"


def width(text: str, size: float) -> float:
    """Say about how wide a *text* is in letters of this *size*, in pixels; rather too wide."""
    return size * sum(map(_width, text))


def lines(text: str, room: float, size: float, most: int) -> Sequence[str]:
    """Break a *text* into lines that are no wider than *room*, in pixels.

    A word that is too long is broken; what does not fit in *most* lines is cut, after a word where
    that can be: what is read aloud begins with what is seen.
    """
    broken = [*_lines(text, room, size)]
    if len(broken) <= most:
        return broken
    last = broken[most - 1]
    while last and width(last + _CUT, size) > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*broken[: most - 1], last + _CUT]


def _lines(text: str, room: float, size: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, size) <= room:
            line = longer
            continue
        if line:
            yield line
        line = ""
        for character in word:
            if width(line + character, size) > room:
                yield line
                line = ""
            line += character
    if line:
        yield line


def _width(character: str) -> float:
    narrow, wide, east, other = _WIDTHS
    if character in _NARROW:
        return narrow
    if character in _WIDE:
        return wide
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return east
    return _CAPITAL if character.isupper() else other
