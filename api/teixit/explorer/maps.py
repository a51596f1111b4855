"""The map: the ten districts, each with what is known to be there or to concern it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from teixit.errors import ChoiceError
from teixit.explorer import addresses, plotting
from teixit.explorer.areas import NOTHING, Area
from teixit.explorer.gathering import Gathered, amount, flat, witnesses
from teixit.explorer.territory import FORMS, SHADES, Place, Shade, Territory, Words, counted
from teixit.explorer.views import Cell, Table, View

#: What maps shaded by each are headed.
TITLES: Final[Mapping[Shade, str]] = MappingProxyType(
    {
        "projects": "map.of_projects",
        "actions": "map.of_actions",
        "measures": "map.of_measures",
    }
)
#: In how many tones places are shaded.
_TONES: Final = 4
_YEAR: Final = re.compile("[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Tone:
    """A line of the legend: the class of the tone, and what it stands for."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MapView(View):
    """The map, without its lines.

    Args:
        shade: What it is shaded by.
        year: That actions are scheduled in; None for all years.
        years: That can be chosen.
        districts: What was found in each; empty where nobody says anything.
        neighbourhoods: Those that somebody says a project is in.
        legend: The tones that are in use.
    """

    shade: Shade
    year: int | None
    years: Sequence[int]
    districts: Sequence[Gathered]
    neighbourhoods: Sequence[Gathered]
    legend: Sequence[Tone]


def of(territory: Territory, words: Words, wanted: str, scheduled: str = "") -> MapView:
    """Shade the districts of a *territory* by what is said of them.

    Args:
        territory: Of the graph.
        words: The texts of the site.
        wanted: What counts.
        scheduled: Of actions only those scheduled in this year, if there is one; nothing else has
            years.

    Raises:
        ChoiceError: There is no such map.
    """
    shade, year = _choice(words, wanted, scheduled)
    found = [(place, _found(territory, place, shade, year)) for place in territory.districts]
    districts = [gathered for _, gathered in found]
    neighbourhoods = [
        Gathered(territory.cell(place.iri), projects(territory, place))
        for place in territory.places.values()
        if place.kind == "neighbourhood" and territory.projects_in(place.iri)
    ]
    return MapView(
        title=words["map.title"],
        summary=_summary(words, shade, districts),
        tables=(
            _by_district(words, shade, year, found),
            _by_neighbourhood(words, neighbourhoods),
            witnesses("sources", districts, words),
        ),
        shade=shade,
        year=year,
        years=_years(territory) if shade == "actions" else [],
        districts=districts,
        neighbourhoods=neighbourhoods,
        legend=[*_legend(words, shade, [len(gathered.things) for gathered in districts])],
        asked=territory.reader.asked,
    )


def _choice(words: Words, wanted: str, scheduled: str) -> tuple[Shade, int | None]:
    is_year = not scheduled or _YEAR.fullmatch(scheduled)
    shade = next((shade for shade in SHADES if shade == wanted), None)
    if shade is None or not is_year:
        raise ChoiceError(words["map.wrong"])
    return shade, int(scheduled) if scheduled and shade == "actions" else None


def draw(territory: Territory, words: Words, view: MapView) -> str:
    """Draw the map of a *view* as SVG."""
    from teixit.explorer import cartography  # noqa: PLC0415 - memory that other pages do not need

    counts = [len(gathered.things) for gathered in view.districts]
    areas = tuple(
        Area(
            place.name,
            f"{place.name}: {_said(words, view.shade, count)}",
            place.boundary.value,
            tone(count, max(counts)),
            addresses.about(place.iri, territory.reader.language),
            str(count) if count else "?",
            parts=plotting.parts(territory, place),
        )
        for place, count in zip(territory.districts, counts, strict=True)
        if place.boundary is not None
    )
    return cartography.drawn(view.tables[0].caption, areas, plotting.marks(territory, words))


def table(territory: Territory, words: Words, caption: str, places: Sequence[Place]) -> Table:
    """List *places* below a *caption*, for files: their boundaries and the projects in them."""
    columns = ("territory.code", "territory.place", "map.amount", "map.of_projects")
    found = [(place, projects(territory, place)) for place in places]
    return Table(
        "places",
        caption,
        [words[key] for key in columns],
        [
            [
                Cell(place.code),
                territory.cell(place.iri, territory.known.graphs(place.iri, place.iri)),
                amount(things, words),
                flat(things, words),
            ]
            for place, things in found
        ],
        [place.boundary and place.boundary.value for place in places],
    )


def tone(count: int, most: int) -> str:
    """Give the tone of a place with *count* things where another has the *most* of all."""
    return f"level-{-(-count * _TONES // most)}" if count else NOTHING


def _legend(words: Words, shade: Shade, counts: Sequence[int]) -> Iterator[Tone]:
    """Say what each tone stands for that is in use, from the least to the most."""
    used: dict[str, list[int]] = {}
    for count in sorted(counts):
        used.setdefault(tone(count, max(counts)), []).append(count)
    for name, of_tone in used.items():
        least, most = of_tone[0], of_tone[-1]
        if not least:
            yield Tone(name, words["territory.nothing"])
        elif least == most:
            yield Tone(name, counted(words, FORMS[shade], most))
        else:
            number = f"{least}–{most}"
            yield Tone(name, words[FORMS[shade][1]].format(number=number))


def _found(territory: Territory, place: Place, shade: Shade, year: int | None) -> Gathered:
    find: Mapping[Shade, Callable[[], Sequence[Cell]]] = {
        "projects": lambda: projects(territory, place),
        "actions": lambda: _reached(territory, place, territory.actions_on(place.iri, year), year),
        "measures": lambda: _reached(territory, place, territory.measures_on(place.iri)),
    }
    return Gathered(territory.cell(place.iri), find[shade]())


def projects(territory: Territory, place: Place) -> Sequence[Cell]:
    """Show the projects in a *place*, each with who says that it is there."""
    found = territory.projects_in(place.iri)
    return [territory.cell(thing, territory.where(thing, place.iri)) for thing in found]


def _reached(
    territory: Territory, place: Place, elements: Sequence[str], year: int | None = None
) -> Sequence[Cell]:
    """Show what concerns a place: who concludes so, and who says that it is in that year."""
    found = []
    for element in elements:
        concluded = territory.reached.graphs(element, place.iri)
        said = territory.scheduled.graphs(element, str(year)) if year is not None else []
        found.append(territory.cell(element, [*concluded, *said]))
    return found


def _by_district(
    words: Words, shade: Shade, year: int | None, found: Sequence[tuple[Place, Gathered]]
) -> Table:
    columns = ("territory.code", "territory.district", "map.amount", TITLES[shade])
    rows = [
        [
            Cell(place.code),
            gathered.subject,
            amount(gathered.things, words),
            flat(gathered.things, words),
        ]
        for place, gathered in found
    ]
    places = [place.boundary and place.boundary.value for place, _ in found]
    caption = _caption(words, shade, year)
    return Table("districts", caption, [words[key] for key in columns], rows, places)


def _by_neighbourhood(words: Words, neighbourhoods: Sequence[Gathered]) -> Table:
    columns = ("territory.neighbourhood", "map.amount", "map.of_projects")
    rows = [
        [gathered.subject, amount(gathered.things, words), flat(gathered.things, words)]
        for gathered in neighbourhoods
    ]
    caption = words["map.neighbourhoods"]
    return Table("neighbourhoods", caption, [words[key] for key in columns], rows)


def _years(territory: Territory) -> Sequence[int]:
    reached = {
        element for place in territory.districts for element in territory.actions_on(place.iri)
    }
    years = {year for element in reached for year in territory.scheduled.values(element)}
    return sorted(int(year) for year in years if year.isdecimal())


def _said(words: Words, shade: Shade, count: int) -> str:
    return counted(words, FORMS[shade], count) if count else words["territory.nothing"]


def _caption(words: Words, shade: Shade, year: int | None) -> str:
    if year is not None:
        return words["map.caption_year"].format(shade=words[TITLES[shade]], year=year)
    return words["map.caption"].format(shade=words[TITLES[shade]])


def _summary(words: Words, shade: Shade, districts: Sequence[Gathered]) -> str:
    told = sum(1 for gathered in districts if gathered.things)
    what = words[TITLES[shade]].lower()
    return words["map.summary"].format(shade=what, told=told, districts=len(districts))
