"""Queries made of parts of a query, as texts."""

from collections.abc import Iterable
from typing import Final

from teixit.reasons.outline import Outline

#: So many rows tell that there are many.
MANY: Final = 1000


def braced(text: str) -> str:
    """Put *text* in the braces of a group."""
    return f"{{\n{text}\n}}"


def whether(outline: Outline, group: str) -> str:
    """Ask whether a *group*, given without its braces, has any solution."""
    return f"{outline.head}ASK {outline.graphs} {braced(group)}"


def counted(outline: Outline, group: str) -> str:
    """Ask how many solutions a *group* has, as far as :data:`MANY` and one more."""
    inner = braced(f"SELECT * {braced(group)} LIMIT {MANY + 1}")
    return f"{outline.head}SELECT (COUNT(*) AS ?number) {outline.graphs} {braced(inner)}"


def solutions(outline: Outline, group: str, most: int, names: Iterable[str] = ("*",)) -> str:
    """Ask for different solutions of a *group*, *most* of them."""
    listed = " ".join(names)
    return f"{outline.head}SELECT DISTINCT {listed} {outline.graphs} {braced(group)} LIMIT {most:d}"
