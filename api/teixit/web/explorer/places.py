"""The pages of districts and neighbourhoods, and two districts side by side."""

from collections.abc import Iterator
from typing import Final, get_args

from flask import Blueprint, Response, make_response, request

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
    """Tell about a district or a neighbourhood."""
    words, territory = messages(language), Territory(showing.reader(language))
    view = place_pages.of(territory, words, kind, f"{number:02}")
    drawing = place_pages.draw(territory, words, territory.places[view.iri])
    return showing.show(view, "explorer/place.html", drawing=drawing)


@blueprint.get(f"/{showing.LANGUAGE}/compare")
def compare(language: str) -> Response:
    """Compare two districts; with none, offer the choice; with others, say so with status 400."""
    words, territory = messages(language), Territory(showing.reader(language))
    codes = [code for code in request.args.getlist(_DISTRICT) if code]
    view = comparison.of(territory, words, codes)
    wrong = not view.aspects and len(codes) != len(view.chosen)
    pair = [place for place in territory.districts if place.code in view.chosen]
    drawing = place_pages.draw(territory, words, *pair) if view.aspects else ""
    response = make_response(
        showing.show(view, "explorer/compare.html", drawing=drawing, wrong=wrong)
    )
    response.status_code = 400 if wrong else response.status_code
    return response


def pages() -> Iterator[Page]:
    """Give the page of each district and neighbourhood, and the choice of two, for the sitemap."""
    for place in Territory(showing.reader(LANGUAGES[0])).places:
        yield Page({tag: addresses.about(place, tag) or "" for tag in LANGUAGES})
    yield Page({tag: f"/{tag}/compare" for tag in LANGUAGES})
