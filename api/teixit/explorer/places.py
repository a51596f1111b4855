"""What is known of one district or neighbourhood: what is there, what reaches it, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from pyoxigraph import NamedNode

from teixit.errors import ChoiceError
from teixit.explorer.gathering import Gathered
from teixit.explorer.reading import Row, number
from teixit.explorer.territory import Kind, Place, Territory, Words
from teixit.explorer.views import Cell, Evidence
from teixit.namespaces import THING, expand

#: What is known of a place itself: of each property what it is called.
_FACTS: Final[Mapping[str, str]] = {
    expand("dct:identifier"): "territory.code",
    expand("geo:hasMetricArea"): "place.area",
    expand("foaf:page"): "place.page",
    expand("owl:sameAs"): "place.same",
}
_TOUCHES: Final = expand("geo:sfTouches")
_SQUARE_KILOMETRE: Final = 1_000_000
#: How much of a wrong code is repeated, in characters.
_REPEATED: Final = 20


@dataclass(frozen=True, slots=True)
class Reach:
    """An action and why it reaches a place.

    Args:
        action: With who concludes that it does.
        reasons: What it names that lies in the place, with the passage that names it; and where
            that lies, with who says so.
        years: That it is scheduled in, with the passages that say so.
    """

    action: Cell
    reasons: Sequence[Gathered]
    years: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a place.

    Args:
        within: The district of a neighbourhood, with who says so; None of a district.
        projects: Those that lie in it, each with the parts of it that they are in.
        axes: Those that run through it, likewise.
        actions: That reach it.
        measures: That reach it, with who concludes so.
        everywhere: What the plan says of every district.
        parts: The neighbourhoods of a district, each with the projects in it.
        neighbours: What it touches, with who says so.
        facts: Its code, its area, its pages: what each is called, and its values.
    """

    within: Cell | None
    projects: Sequence[Gathered]
    axes: Sequence[Gathered]
    actions: Sequence[Reach]
    measures: Sequence[Cell]
    everywhere: Sequence[Cell]
    parts: Sequence[Gathered]
    neighbours: Sequence[Cell]
    facts: Sequence[Gathered]

    def gathered(self, words: Words) -> Iterator[Gathered]:
        """Give all facts under what they are called, to list who says them."""
        yield Gathered(Cell(words["place.projects"]), [one.subject for one in self.projects])
        yield Gathered(Cell(words["place.axes"]), [one.subject for one in self.axes])
        for reach in self.actions:
            yield Gathered(Cell(words["place.actions"]), [reach.action])
            for reason in reach.reasons:
                yield Gathered(Cell(words["place.names"]), [reason.subject])
                yield Gathered(Cell(words["place.lies"]), reason.things)
            yield Gathered(Cell(words["place.years"]), reach.years)
        yield Gathered(Cell(words["place.measures"]), self.measures)
        yield Gathered(Cell(words["place.everywhere"]), self.everywhere)
        yield Gathered(Cell(words["place.parts"]), [one.subject for one in self.parts])
        yield Gathered(Cell(words["place.neighbours"]), self.neighbours)
        yield from self.facts

    def sources(self, words: Words) -> Sequence[Gathered]:
        """Turn it around: give all who say something, each with what they say."""
        found: dict[Evidence, dict[str, dict[str, None]]] = {}
        for gathered in self.gathered(words):
            for thing in gathered.things:
                for one in thing.evidence:
                    said = found.setdefault(one, {}).setdefault(gathered.subject.text, {})
                    said[thing.text] = None
        return [
            Gathered(
                Cell(one.name, one.address, evidence=(one,)),
                [Cell(f"{name}: {', '.join(things)}") for name, things in said.items()],
            )
            for one, said in sorted(found.items(), key=lambda item: _order(item[0]))
        ]


def known(territory: Territory, words: Words, place: Place) -> Known:
    """Gather what is known of a *place*.

    Raises:
        RequestError: The graph cannot be asked.
    """
    rows = territory.reader.rows("place-facts", place=NamedNode(place.iri))
    is_district = place.kind == "district"
    return Known(
        within=_within(territory, place),
        projects=_located(territory, place, territory.projects_in(place.iri)),
        axes=_located(territory, place, territory.axes_in(place.iri)),
        actions=[*_reaches(territory, place)],
        measures=[
            territory.cell(measure, territory.reached.graphs(measure, place.iri))
            for measure in territory.measures_on(place.iri)
        ],
        everywhere=[
            territory.cell(element, territory.everywhere.graphs(element, element))
            for element in (territory.everywhere.things if is_district else ())
        ],
        parts=[_part(territory, part) for part in territory.parts(place.iri)],
        neighbours=[*_neighbours(territory, rows)],
        facts=[*_facts(territory, words, rows)],
    )


def named(territory: Territory, words: Words, kind: Kind, code: str) -> Place:
    """Find the place of this *kind* that has this *code*.

    Raises:
        ChoiceError: The graph has no such place.
    """
    place = territory.places.get(f"{THING}{kind}-{code}")
    if place is None or place.kind != kind:
        said = words["place.missing"].format(name=f"{kind}-{code[:_REPEATED]}")
        raise ChoiceError(said, HTTPStatus.NOT_FOUND)
    return place


def _within(territory: Territory, place: Place) -> Cell | None:
    if place.district is None:
        return None
    return territory.cell(place.district, territory.known.graphs(place.iri, place.iri))


def _part(territory: Territory, part: Place) -> Gathered:
    subject = territory.cell(part.iri, territory.known.graphs(part.iri, part.iri))
    found = territory.projects_in(part.iri)
    return Gathered(
        subject, [territory.cell(thing, territory.where(thing, part.iri)) for thing in found]
    )


def _located(territory: Territory, place: Place, things: Iterable[str]) -> Sequence[Gathered]:
    """Show *things* that lie in a place, each with the parts of it that somebody says."""
    return [
        Gathered(
            territory.cell(thing, territory.where(thing, place.iri)),
            [*_places_of(territory, thing, territory.parts(place.iri))],
        )
        for thing in things
    ]


def _places_of(territory: Territory, thing: str, places: Iterable[Place]) -> Iterator[Cell]:
    for place in places:
        graphs = territory.located.graphs(thing, place.iri)
        if graphs:
            yield territory.cell(place.iri, graphs)


def _reaches(territory: Territory, place: Place) -> Iterator[Reach]:
    """Give the actions that reach a place: for a neighbourhood, those that name what is in it."""
    things = territory.things_in(place.iri)
    elements: Iterable[str] = territory.actions_on(place.iri)
    if place.kind == "neighbourhood":
        elements = dict.fromkeys(
            element for thing in things for element in territory.actions_naming(thing)
        )
    for element in elements:
        reasons = [thing for thing in things if thing in territory.named.values(element)]
        yield Reach(
            territory.cell(element, territory.reached.graphs(element, place.iri)),
            [_reason(territory, element, thing, place) for thing in reasons],
            [
                Cell(year, evidence=territory.evidence(territory.scheduled.graphs(element, year)))
                for year in territory.scheduled.values(element)
            ],
        )


def _reason(territory: Territory, element: str, thing: str, place: Place) -> Gathered:
    where = (place, *territory.parts(place.iri))
    return Gathered(
        territory.cell(thing, territory.named.graphs(element, thing)),
        [*_places_of(territory, thing, where)],
    )


def _neighbours(territory: Territory, rows: Iterable[Row]) -> Iterator[Cell]:
    graphs: dict[str, list[str]] = {}
    for row in rows:
        iri, property_, graph = (_value(row, name) for name in ("value", "property", "graph"))
        if property_ == _TOUCHES and iri in territory.places:
            graphs.setdefault(iri, []).append(graph)
    for iri in territory.places:
        if iri in graphs:
            yield territory.cell(iri, graphs[iri])


def _facts(territory: Territory, words: Words, rows: Sequence[Row]) -> Iterator[Gathered]:
    for property_, key in _FACTS.items():
        of_property = [row for row in rows if _value(row, "property") == property_]
        if of_property:
            values = [_fact(territory, words, row) for row in of_property]
            yield Gathered(Cell(words[key]), values)


def _fact(territory: Territory, words: Words, row: Row) -> Cell:
    evidence = territory.evidence([_value(row, "graph")])
    area = number(row["value"])
    if area is not None:
        size = f"{area / _SQUARE_KILOMETRE:.2f}".replace(".", words["territory.decimal"])
        return Cell(words["place.square_kilometres"].format(size=size), evidence=evidence)
    shown = territory.reader.cell(row, "value", "value", evidence)
    return Cell(shown.text, shown.address, shown.language, evidence=evidence)


def _value(row: Row, name: str) -> str:
    return str(getattr(row.get(name), "value", ""))


def _order(one: Evidence) -> tuple[str, str]:
    """Put the plan first, then other sources, then what we conclude."""
    voices = ("passage", "extract", "conclusion", "translation", "record")
    return f"{voices.index(one.voice)}", one.name
