"""The map of the districts."""

from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Response, make_response, request

from teixit.discovery.sitemaps import Page
from teixit.explorer import maps
from teixit.explorer.territory import Territory
from teixit.languages import LANGUAGES
from teixit.web.explorer import showing
from teixit.web.texts import messages

blueprint = Blueprint("maps", __name__)

#: How many digits a year has.
_YEAR: Final = 4


@blueprint.get(f"/{showing.LANGUAGE}/map")
def districts(language: str) -> Response:
    """Show the map, shaded by what the address asks for; what cannot be is said with status 400."""
    wanted, year = request.args.get("shade", maps.SHADES[0]), request.args.get("year", "")
    is_year = year.isdecimal() and year.isascii() and len(year) == _YEAR
    shade = next((shade for shade in maps.SHADES if shade == wanted), None)
    wrong = shade is None or (bool(year) and not is_year)
    words, territory = messages(language), Territory(showing.reader(language))
    chosen = int(year) if is_year else None
    view = maps.of(territory, words, shade or maps.SHADES[0], None if wrong else chosen)
    response = make_response(
        showing.show(
            view,
            "explorer/map.html",
            drawing=maps.draw(territory, words, view),
            shades=maps.TITLES,
            wrong=wrong,
        )
    )
    response.status_code = 400 if wrong else response.status_code
    return response


def pages() -> Iterator[Page]:
    """Give the page of each map, for the sitemap."""
    for shade in maps.SHADES:
        yield Page({tag: f"/{tag}/map?shade={shade}" for tag in LANGUAGES})
