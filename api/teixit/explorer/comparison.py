"""Two districts side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from teixit.errors import ChoiceError
from teixit.explorer import maps, places
from teixit.explorer.gathering import Gathered, flat, witnesses
from teixit.explorer.places import Known
from teixit.explorer.territory import FORMS, Place, Territory, Words, counted
from teixit.explorer.views import Cell, Table, View

_SIDE_BY_SIDE: Final = 2
#: What two districts share that is worth a sentence.
_SHARED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"place.projects": FORMS["projects"], "place.actions": FORMS["actions"]}
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """What two districts are compared by.

    Args:
        name: What it is called.
        both: What is true of the one and of the other.
        left: What is known of the one, each with who says so.
        right: What is known of the other.
    """

    name: str
    both: Sequence[Cell]
    left: Sequence[Cell]
    right: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class ComparisonView(View):
    """Two districts side by side.

    Args:
        districts: That can be chosen: their codes and their names.
        chosen: The codes of those that are compared; fewer than two where there is a choice still.
        headings: The names of those that are compared, which lead to their pages.
        aspects: What they are compared by.
    """

    districts: Sequence[tuple[str, str]]
    chosen: Sequence[str]
    headings: Sequence[Cell]
    aspects: Sequence[Aspect]


def of(territory: Territory, words: Words, codes: Sequence[str]) -> ComparisonView:
    """Compare the districts that have these *codes*, two of them; with fewer, offer the choice.

    Raises:
        ChoiceError: There are no such districts, or more than two, or one is named twice.
        RequestError: The graph cannot be asked.
    """
    by_code = {place.code: place for place in territory.districts}
    found = [by_code[code] for code in dict.fromkeys(codes) if code in by_code]
    if len(codes) > min(len(found), _SIDE_BY_SIDE):
        raise ChoiceError(words["compare.wrong"])
    pair = found if len(found) == _SIDE_BY_SIDE else []
    aspects = [*_aspects(territory, words, *pair)] if pair else []
    return ComparisonView(
        title=_title(words, pair),
        summary=_summary(words, aspects) if pair else words["compare.choose"],
        tables=_tables(territory, words, pair, aspects) if pair else [],
        asked=territory.reader.asked,
        districts=[(place.code, place.name) for place in territory.districts],
        chosen=[place.code for place in found],
        headings=[territory.cell(place.iri) for place in pair],
        aspects=aspects,
    )


def _aspects(territory: Territory, words: Words, one: Place, other: Place) -> Iterator[Aspect]:
    """Compare what can be shared, then what each has of its own."""
    left, right = (places.known(territory, words, place) for place in (one, other))
    for name, mine, yours in zip(_names(words), _lists(left), _lists(right), strict=True):
        others = {cell.text for cell in yours}
        both = [
            Cell(cell.text, cell.address, cell.language) for cell in mine if cell.text in others
        ]
        yield Aspect(name, both, mine, yours)
    facts = {fact.subject.text: fact.things for fact in right.facts}
    for fact in left.facts:
        yield Aspect(fact.subject.text, [], fact.things, facts.get(fact.subject.text, []))


def _names(words: Words) -> Sequence[str]:
    return (
        words["place.projects"],
        words["place.axes"],
        words["place.actions"],
        words["place.measures"],
        words["place.neighbours"],
        words["place.parts"],
    )


def _lists(known: Known) -> Sequence[Sequence[Cell]]:
    return (
        [one.subject for one in known.projects],
        [one.subject for one in known.axes],
        [reach.action for reach in known.actions],
        known.measures,
        known.neighbours,
        [one.subject for one in known.parts],
    )


def _title(words: Words, pair: Sequence[Place]) -> str:
    if not pair:
        return words["compare.title"]
    left, right = (place.name for place in pair)
    return words["compare.title_of"].format(left=left, right=right)


def _summary(words: Words, aspects: Sequence[Aspect]) -> str:
    """Say what the two share: the plan's actions before all, then how many of anything else."""
    shared = {aspect.name: len(aspect.both) for aspect in aspects}
    told = [
        counted(words, forms, shared[words[key]])
        for key, forms in _SHARED.items()
        if shared[words[key]]
    ]
    if told:
        return words["compare.share"].format(shared=", ".join(told))
    return words["compare.share_nothing"]


def _tables(
    territory: Territory, words: Words, pair: Sequence[Place], aspects: Sequence[Aspect]
) -> Sequence[Table]:
    headings = [territory.cell(place.iri) for place in pair]
    said = [
        Gathered(Cell(f"{heading.text}: {aspect.name}", heading.address), things)
        for aspect in aspects
        for heading, things in zip(headings, (aspect.left, aspect.right), strict=True)
    ]
    return [
        _beside(words, headings, aspects),
        maps.table(territory, words, words["place.parts"], pair),
        witnesses("sources", said, words),
    ]


def _beside(words: Words, headings: Sequence[Cell], aspects: Sequence[Aspect]) -> Table:
    columns = [words["compare.aspect"], *(one.text for one in headings), words["compare.both"]]
    rows = [
        [
            Cell(aspect.name),
            flat(aspect.left, words),
            flat(aspect.right, words),
            Cell("; ".join(cell.text for cell in aspect.both)),
        ]
        for aspect in aspects
    ]
    return Table("comparison", words["compare.caption"], columns, rows)
