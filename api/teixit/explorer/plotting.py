"""What of a territory is drawn on its maps: the lines of neighbourhoods, and marks of projects."""

from collections.abc import Collection, Iterator, Sequence

from teixit.explorer import addresses
from teixit.explorer.areas import Area, Mark
from teixit.explorer.territory import FORMS, Place, Territory, Words, counted


def parts(
    territory: Territory, district: Place, here: Collection[str] | None = None
) -> tuple[Area, ...]:
    """Give the neighbourhoods of a *district* as lines of a map.

    Args:
        territory: That they are in.
        district: Where its neighbourhoods lead to their pages, it leads nowhere itself.
        here: The IRIs of those that are looked at; by default none is, and none leads anywhere.
    """
    language = territory.reader.language
    return tuple(
        Area(
            place.name,
            place.name,
            place.boundary.value,
            "here" if here and place.iri in here else "",
            None if here is None else addresses.about(place.iri, language),
        )
        for place in territory.parts(district.iri)
        if place.boundary is not None
    )


def marks(territory: Territory, words: Words) -> tuple[Mark, ...]:
    """Mark the neighbourhoods that projects are in, and the districts where nobody says more."""
    return tuple(_marks(territory, words))


def _marks(territory: Territory, words: Words) -> Iterator[Mark]:
    language = territory.reader.language
    for place in territory.places.values():
        within = {thing for part in territory.parts(place.iri) for thing in _in(territory, part)}
        found = [thing for thing in _in(territory, place) if thing not in within]
        if found and place.boundary is not None:
            number = counted(words, FORMS["projects"], len(found))
            names = ", ".join(map(territory.name, found))
            address = addresses.about(place.iri, language)
            said = words["map.mark"].format(place=place.name, number=number, names=names)
            yield Mark(said, place.boundary.value, address, str(len(found)))


def _in(territory: Territory, place: Place) -> Sequence[str]:
    return territory.projects_in(place.iri)
