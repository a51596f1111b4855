"""Who says what: statements with all those who make each of them, and what years they name."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias
from unicodedata import combining, normalize

from pyoxigraph import Literal

from teixit.explorer.reading import Reader, Row
from teixit.explorer.views import Evidence, Voice
from teixit.languages import LANGUAGES
from teixit.namespaces import TERM
from teixit.queries import Term

_YEAR: Final = re.compile(r"-?\d{4,9}")
#: In the order of how near they are to the plan.
_ORDER: Final[Sequence[Voice]] = ("passage", "extract", "conclusion", "translation", "record")

#: What is said by each property: the values, each with those who say so.
Said: TypeAlias = Mapping[str, Mapping[Term, tuple[Evidence, ...]]]


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Give what *text* is sorted by: without accents, numbers in it by their size, before words."""
    plain = "".join(sign for sign in normalize("NFD", text.casefold()) if not combining(sign))
    parts = re.split(r"([0-9]+)", plain)
    digits = (part.lstrip("0") if part.isdecimal() else None for part in parts)
    found = zip(parts, digits, strict=True)
    words = sys.maxsize  # no number has so many digits
    return tuple((words, part) if own is None else (len(own), own) for part, own in found if part)


def voices_of(reader: Reader, rows: Iterable[Row]) -> Mapping[str, Evidence]:
    """Read who speaks in each graph, by the IRIs of the graphs.

    Args:
        reader: Whose language it is told in.
        rows: As :meth:`Reader.evidence` has them, in all languages.
    """
    found: dict[str, dict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        for name, value in row.items():
            found[row["graph"].value][name].add(value)
    told = {}
    for graph, parts in found.items():
        row = {name: _chosen(values, reader.language) for name, values in parts.items()}
        told[graph] = reader.evidence(row)
    return {graph: evidence for graph, evidence in told.items() if evidence is not None}


def _chosen(values: Iterable[Term], language: str) -> Term:
    """Choose of *values* a term of ours, or the text for a reader of *language*."""
    tags = (language, *LANGUAGES)

    def rank(value: Term) -> tuple[int, str]:
        if isinstance(value, Literal) and value.language in tags:
            return tags.index(value.language), value.value
        return (0 if value.value.startswith(TERM) else len(tags)), value.value

    return min(values, key=rank)


def said_by(rows: Iterable[Row], variable: str, voices: Mapping[str, Evidence]) -> Said:
    """Gather what *rows* say by property: what *variable* has, and who says so in ``?graph``."""
    graphs: dict[str, dict[Term, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        found = graphs[row["property"].value][row[variable]]
        if "graph" in row:
            found[row["graph"].value] = None
    return {
        property_: {value: _ordered(voices, named) for value, named in values.items()}
        for property_, values in graphs.items()
    }


def _ordered(voices: Mapping[str, Evidence], graphs: Iterable[str]) -> tuple[Evidence, ...]:
    """Put those who say so in order: the plan first, and what nobody knows of last."""
    return in_order(voices[graph] for graph in graphs if graph in voices)


def in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Sort *evidence*, the plan first, each once."""
    return tuple(
        sorted(
            dict.fromkeys(evidence),
            key=lambda one: (_ORDER.index(one.voice), natural(one.address), one.name),
        )
    )


def year_of(value: Term | None) -> int | None:
    """Read a year (XSD 1.1, section 3.3.11); nothing where it is none."""
    found = _YEAR.match(value.value) if isinstance(value, Literal) else None
    return int(found[0]) if found else None
