"""The timeline: actions by years."""

from collections.abc import Iterator

from flask import Blueprint, request
from werkzeug.wrappers import Response

from teixit.discovery.sitemaps import Page
from teixit.explorer.timeline import timeline
from teixit.languages import LANGUAGES
from teixit.web.explorer import showing
from teixit.web.texts import messages

blueprint = Blueprint("timeline", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/timeline")
def by_year(language: str) -> str | Response:
    """Show in which years actions are scheduled; ``year`` and ``measure`` choose some of them."""
    chosen = request.args.get("year"), request.args.get("measure")
    view = timeline(showing.reader(language), messages(language), *chosen)
    return showing.show(view, "explorer/timeline.html")


def pages() -> Iterator[Page]:
    """Give the page of all years and measures, for the sitemap."""
    yield Page({tag: f"/{tag}/timeline" for tag in LANGUAGES})
