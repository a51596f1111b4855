"""Changes to the text of a query, at places that its tokens name."""

from collections.abc import Iterable
from typing import TypeAlias

#: From where to where in the text, and what comes there instead.
Edit: TypeAlias = tuple[int, int, str]


def applied(text: str, edits: Iterable[Edit]) -> str | None:
    """Make all *edits* in *text*, each once; None if there are none.

    None of them may begin within another.
    """
    written, end = [], 0
    for first, last, new in sorted(set(edits)):
        written += [text[end:first], new]
        end = last
    return "".join([*written, text[end:]]) if written else None
