"""The page about the method: where the data come from, and how far they can be trusted."""

from collections.abc import Iterator

from flask import Blueprint, Response, url_for

from teixit.discovery.sitemaps import Page
from teixit.explorer.method import method
from teixit.languages import LANGUAGES
from teixit.web.explorer import showing
from teixit.web.texts import messages

blueprint = Blueprint("method", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/method")
def show(language: str) -> str | Response:
    """Tell how the graph was made."""
    return showing.show(
        method(showing.reader(language), messages(language)), "explorer/method.html"
    )


def pages() -> Iterator[Page]:
    """Give the page about the method, for the sitemap."""
    yield Page({tag: url_for("method.show", language=tag) for tag in LANGUAGES})
