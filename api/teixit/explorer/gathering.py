"""What was found of a place, for pages that show it as lists and for files that show it as rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from teixit.explorer.territory import Words
from teixit.explorer.views import Cell, Table


@dataclass(frozen=True, slots=True)
class Gathered:
    """A place, or another subject, and the things that somebody says are there.

    Args:
        subject: Which leads to its page.
        things: Each with who says so; empty where nobody says anything.
    """

    subject: Cell
    things: Sequence[Cell]


def flat(cells: Sequence[Cell], words: Words) -> Cell:
    """Put *cells* into one, for files: none at all says that nothing in the sources does."""
    if not cells:
        return Cell(words["territory.nothing"])
    evidence = dict.fromkeys(one for cell in cells for one in cell.evidence)
    return Cell("; ".join(cell.text for cell in cells), evidence=[*evidence])


def amount(cells: Sequence[Cell], words: Words) -> Cell:
    """Count *cells*: where there are none, the sources are silent, and do not say nought."""
    if not cells:
        return Cell(words["territory.nothing"])
    return Cell(str(len(cells)), number=float(len(cells)))


def witnesses(name: str, found: Iterable[Gathered], words: Words) -> Table:
    """List who says so: a row for each thing and each source of it."""
    columns = ("subject", "thing", "source", "sentence", "confidence")
    rows = [*_witnessed(found)]
    texts = {
        "subject": words["territory.subject"],
        "thing": words["territory.thing"],
        "source": words["territory.source"],
        "sentence": words["territory.sentence"],
        "confidence": words["territory.confidence"],
    }
    return Table(name, words["territory.witnesses"], [texts[key] for key in columns], rows)


def _witnessed(found: Iterable[Gathered]) -> Iterator[Sequence[Cell]]:
    for gathered in found:
        for thing in gathered.things:
            for one in thing.evidence:
                source = Cell(one.name, one.address)
                sentence, confidence = Cell(one.sentence or ""), Cell(one.confidence or "")
                yield gathered.subject, thing, source, sentence, confidence
