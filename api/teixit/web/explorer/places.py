"""The pages of districts and neighbourhoods, and two districts side by side."""

from collections.abc import Iterator
from typing import Final, get_args

from flask import Blueprint, Response, request

from teixit.discovery.sitemaps import Page
from teixit.explorer import addresses, comparison, place_pages
from teixit.explorer.territory import Kind, Territory
from teixit.languages import LANGUAGES
from teixit.web.explorer import showing
from teixit.web.texts import messages

blueprint = Blueprint("places", __name__)

_KINDS: Final = ", ".join(get_args(Kind))
#: The parameter of an address that names a district by its code, twice.
_DISTRICT: Final = "district"


@blueprint.get(f"/{showing.LANGUAGE}/about/<any({_KINDS}):kind>-<int(fixed_digits=2):number>")
def about(language: str, kind: Kind, number: int) -> str | Response:
    """Tell about a district or a neighbourhood.

    Raises:
        ChoiceError: There is no such place.
    """
    words, territory = messages(language), Territory(showing.reader(language))
    view = place_pages.of(territory, words, kind, f"{number:02}")
    drawing = place_pages.draw(territory, words, territory.places[view.iri])
    return showing.show(view, "explorer/place.html", drawing=drawing)


@blueprint.get(f"/{showing.LANGUAGE}/compare")
def compare(language: str) -> str | Response:
    """Compare two districts; with fewer, offer the choice.

    Raises:
        ChoiceError: There are no two such districts.
    """
    words, territory = messages(language), Territory(showing.reader(language))
    codes = [code for code in request.args.getlist(_DISTRICT) if code]
    view = comparison.of(territory, words, codes)
    pair = [place for place in territory.districts if place.code in view.chosen]
    drawing = place_pages.draw(territory, words, *pair) if view.aspects else ""
    return showing.show(view, "explorer/compare.html", drawing=drawing)


def pages() -> Iterator[Page]:
    """Give the page of each district and neighbourhood, and the choice of two, for the sitemap."""
    for place in Territory(showing.reader(LANGUAGES[0])).places:
        yield Page({tag: addresses.about(place, tag) or "" for tag in LANGUAGES})
    yield Page({tag: f"/{tag}/compare" for tag in LANGUAGES})
