"""The pages of districts and neighbourhoods: a sentence, what is known, and where it is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from teixit.explorer import addresses, maps, places, plotting
from teixit.explorer.areas import Area
from teixit.explorer.gathering import Gathered, flat, witnesses
from teixit.explorer.places import Known
from teixit.explorer.territory import Kind, Place, Territory, Words, counted
from teixit.explorer.views import Table, View

_TITLES: Final[Mapping[Kind, str]] = MappingProxyType(
    {"district": "place.title_district", "neighbourhood": "place.title_neighbourhood"}
)
_PARTS: Final = ("place.one_part", "place.more_parts")


@dataclass(frozen=True, kw_only=True)
class PlaceView(View):
    """The page of a district or a neighbourhood.

    Args:
        iri: Its name on the web.
        kind: Which of the two it is.
        code: That the city gives it.
        known: What is known of it.
        sources: All who say something here, each with what they say.
    """

    iri: str
    kind: Kind
    code: str
    known: Known
    sources: Sequence[Gathered]


def of(territory: Territory, words: Words, kind: Kind, code: str) -> PlaceView:
    """Make the page of the place of this *kind* that has this *code*.

    Raises:
        ChoiceError: The graph has no such place.
        RequestError: The graph cannot be asked.
    """
    place = places.named(territory, words, kind, code)
    known = places.known(territory, words, place)
    return PlaceView(
        title=words[_TITLES[kind]].format(name=place.name),
        summary=_begun(" ".join(_sentences(words, place, known))),
        tables=[*_tables(territory, words, place, known)],
        asked=territory.reader.asked,
        iri=place.iri,
        kind=kind,
        code=code,
        known=known,
        sources=known.sources(words),
    )


def draw(territory: Territory, words: Words, *chosen: Place) -> str:
    """Draw the *chosen* places and what is around them, as SVG: nothing where there are none."""
    from teixit.explorer import cartography  # noqa: PLC0415 - memory that other pages do not need

    if not chosen:
        return ""
    districts = {place.iri if place.kind == "district" else place.district for place in chosen}
    areas = tuple(
        _area(territory, place, chosen, inside=place.iri in districts)
        for place in territory.districts
        if place.boundary is not None
    )
    names = ", ".join(place.name for place in chosen)
    focus = _focus(territory, chosen, districts)
    return cartography.drawn(
        words["place.drawing"].format(names=names),
        areas,
        plotting.marks(territory, words),
        focus.boundary.value if focus and focus.boundary else None,
    )


def draw_reach(territory: Territory, words: Words, thing: str) -> str:
    """Draw the places that a *thing* lies in, or the districts that it concerns, as SVG."""
    return draw(territory, words, *_reach(territory, thing))


def reach(territory: Territory, words: Words, thing: str) -> Table:
    """List the places that a *thing* lies in or concerns, with their boundaries, for files."""
    return maps.table(territory, words, words["thing.places"], _reach(territory, thing))


def _reach(territory: Territory, thing: str) -> tuple[Place, ...]:
    where = {*territory.located.values(thing), *territory.reached.values(thing)}
    return tuple(place for iri, place in territory.places.items() if iri in where)


def _focus(
    territory: Territory, chosen: Sequence[Place], districts: Collection[str | None]
) -> Place | None:
    """Look at one place, or at the district that several are in; else at the whole city."""
    if len(chosen) == 1:
        return chosen[0]
    return next((territory.places.get(iri or "") for iri in districts if len(districts) == 1), None)


def _area(territory: Territory, place: Place, chosen: Sequence[Place], *, inside: bool) -> Area:
    """Draw a district: one that is looked at has its neighbourhoods, another leads to its page."""
    boundary = place.boundary.value if place.boundary else ""
    if not inside:
        address = addresses.about(place.iri, territory.reader.language)
        return Area(place.name, place.name, boundary, "around", address)
    of_district = plotting.parts(territory, place, {one.iri for one in chosen})
    tone = "here" if place in chosen else "around"
    name = place.name if len(chosen) > 1 else ""
    return Area(name, place.name, boundary, tone, parts=of_district)


def _sentences(words: Words, place: Place, known: Known) -> Iterator[str]:
    """Say in words what the page is about: who, where, and how much is known."""
    if known.within is None:
        number = counted(words, _PARTS, len(known.parts))
        yield words["place.district_is"].format(name=place.name, code=place.code, number=number)
    else:
        within = known.within.text
        yield words["place.neighbourhood_is"].format(
            name=place.name, code=place.code, district=within
        )
    if known.projects:
        yield counted(words, ("place.one_project", "place.more_projects"), len(known.projects))
    else:
        yield words["place.no_project"]
    if known.actions:
        yield counted(words, ("place.one_action", "place.more_actions"), len(known.actions))
    else:
        yield words["place.no_action"]


def _begun(text: str) -> str:
    """Begin a sentence with a capital letter: the names of neighbourhoods may have none."""
    return text[:1].upper() + text[1:]


def _tables(territory: Territory, words: Words, place: Place, known: Known) -> Iterator[Table]:
    yield _projects(words, known)
    yield _actions(words, known)
    parts = [place, *territory.parts(place.iri)]
    yield maps.table(territory, words, words["place.parts"], parts)
    neighbours = [[one] for one in known.neighbours]
    yield Table("neighbours", words["place.neighbours"], [words["territory.place"]], neighbours)
    facts = [[one.subject, value] for one in known.facts for value in one.things]
    columns = [words["territory.subject"], words["territory.thing"]]
    yield Table("facts", words["place.facts"], columns, facts)
    yield witnesses("sources", known.gathered(words), words)


def _projects(words: Words, known: Known) -> Table:
    columns = [words["territory.thing"], words["place.lies"]]
    found = [*known.projects, *known.axes]
    rows = [[one.subject, flat(one.things, words)] for one in found]
    return Table("projects", words["place.projects_and_axes"], columns, rows)


def _actions(words: Words, known: Known) -> Table:
    columns = [words["place.actions"], words["place.names"], words["place.years"]]
    rows = [
        [
            reach.action,
            flat([one.subject for one in reach.reasons], words),
            flat(reach.years, words),
        ]
        for reach in known.actions
    ]
    return Table("actions", words["place.actions"], columns, rows)
