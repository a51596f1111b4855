"""The page of one thing, by its kind; a thing of another kind has its document only."""

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect
from werkzeug.wrappers import Response as AnyResponse

from teixit.discovery.sitemaps import Page
from teixit.explorer import addresses, place_pages
from teixit.explorer.territory import Territory
from teixit.explorer.things.kinds import KINDS
from teixit.explorer.things.making import view
from teixit.explorer.things.shown import ThingView, WithdrawnView
from teixit.languages import LANGUAGES
from teixit.namespaces import THING
from teixit.web.explorer import showing
from teixit.web.texts import messages

blueprint = Blueprint("things", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/about/<path:name>")
def about(language: str, name: str) -> str | AnyResponse:
    """Tell about the thing of ours called *name*.

    Raises:
        NotFoundError: There is no such thing.
        HTTPException: The page cannot be had in the form that is asked for.
        RequestError: The workers or the other server cannot say.
    """
    iri = f"{THING}{name}"
    shown = view(iri, showing.reader(language), showing.wording(language))
    if shown is None:
        return redirect(addresses.document(iri, language), 303)
    if isinstance(shown, WithdrawnView):
        return _gone(showing.show(shown, "explorer/withdrawn.html"))
    if not (isinstance(shown, ThingView) and shown.places):
        return showing.show(shown, "explorer/thing.html", drawing="")
    territory, words = Territory(showing.reader(language)), messages(language)
    found = replace(shown, tables=[*shown.tables, place_pages.reach(territory, words, iri)])
    drawing = place_pages.draw_reach(territory, words, iri)
    return showing.show(found, "explorer/thing.html", drawing=drawing)


def pages() -> Iterator[Page]:
    """Give the pages of all things, in the order of their names, for the sitemap."""
    listed = showing.reader(LANGUAGES[0]).rows("things-listed")
    things = sorted({row["thing"].value for row in listed if row["kind"].value in KINDS})
    for iri in things:
        if iri.startswith(THING):
            yield Page({tag: addresses.about(iri, tag) or "" for tag in LANGUAGES})


def _gone(shown: str | Response) -> Response:
    response = make_response(shown)
    response.status_code = 410
    return response
