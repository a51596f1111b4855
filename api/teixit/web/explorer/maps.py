"""The map of the districts."""

from collections.abc import Iterator

from flask import Blueprint, Response, request

from teixit.discovery.sitemaps import Page
from teixit.explorer import maps
from teixit.explorer.territory import SHADES, Territory
from teixit.languages import LANGUAGES
from teixit.web.explorer import showing
from teixit.web.texts import messages

blueprint = Blueprint("maps", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/map")
def districts(language: str) -> str | Response:
    """Show the map, shaded by what the address asks for.

    Raises:
        ChoiceError: There is no such map.
    """
    words, territory = messages(language), Territory(showing.reader(language))
    shade, year = request.args.get("shade", SHADES[0]), request.args.get("year", "")
    view = maps.of(territory, words, shade, year)
    drawing = maps.draw(territory, words, view)
    return showing.show(view, "explorer/map.html", drawing=drawing, shades=maps.TITLES)


def pages() -> Iterator[Page]:
    """Give the page of each map, for the sitemap."""
    for shade in SHADES:
        yield Page({tag: f"/{tag}/map?shade={shade}" for tag in LANGUAGES})
