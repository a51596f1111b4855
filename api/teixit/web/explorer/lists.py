"""The lists, by what their things can be chosen by."""

from collections.abc import Iterator

from flask import Blueprint, request
from werkzeug.wrappers import Response

from teixit.discovery.sitemaps import Page
from teixit.explorer.lists import choosing, declared, making
from teixit.languages import LANGUAGES
from teixit.web.explorer import showing

blueprint = Blueprint("lists", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/list/<name>")
def listed(language: str, name: str) -> str | Response:
    """Show a page of the list called *name*; a file has all of it.

    Raises:
        ChoiceError: There is no such list, or it does not have what is chosen.
    """
    asked = {key: request.args.getlist(key) for key in request.args if key != showing.FILE}
    choice = choosing.read(name, asked, language)
    reader, wanted = showing.reader(language), showing.wanted()
    if wanted is None:
        view = making.page(reader, choice)
    else:
        view = making.whole(reader, choice, places=wanted == "geojson")
    return showing.show(view, "explorer/list.html")


def pages() -> Iterator[Page]:
    """Give the lists, for the sitemap."""
    for name in declared.lists():
        yield Page({tag: f"/{tag}/list/{name}" for tag in LANGUAGES})
