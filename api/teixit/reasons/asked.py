"""Queries made of parts of a query, as texts."""

from collections.abc import Iterable

from teixit.reasons.outline import Outline


def braced(text: str) -> str:
    """Put *text* in the braces of a group."""
    return f"{{\n{text}\n}}"


def solutions(outline: Outline, group: str, most: int, names: Iterable[str] = ("*",)) -> str:
    """Ask for different solutions of a *group*, *most* of them."""
    listed = " ".join(names)
    return f"{outline.head}SELECT DISTINCT {listed} {outline.graphs} {braced(group)} LIMIT {most:d}"
