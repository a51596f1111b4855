"""Texts that turn the direction of reading keep that to themselves (Unicode Annex 9)."""

from typing import Final

#: What begins an embedding, an override or an isolate, and what ends each.
_ENDS: Final = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_BEGINNINGS: Final = frozenset(_ENDS)


def closed(value: object) -> object:
    """End what a text of the graph begins, so that what a page says after it reads as ever.

    For ``finalize`` of Jinja: it is given each value that a template writes. What is markup
    already stays as it is.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    if value.isascii() or _BEGINNINGS.isdisjoint(value):
        return value
    return value + "".join(_ENDS[sign] for sign in reversed(value) if sign in _ENDS)
