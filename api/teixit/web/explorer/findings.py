"""What the shapes find in the data, in words."""

from collections.abc import Iterator

from flask import Blueprint, Response, url_for

from teixit.discovery.sitemaps import Page
from teixit.explorer.breaches import breaches
from teixit.languages import LANGUAGES
from teixit.web.explorer import showing
from teixit.web.site import site
from teixit.web.texts import messages

blueprint = Blueprint("findings", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/findings")
def show(language: str) -> str | Response:
    """Tell what the shapes find in the data that are served.

    Raises:
        LimitError: They are still being checked.
    """
    told = breaches(language, messages(language), site().findings())
    return showing.show(told, "explorer/findings.html")


def pages() -> Iterator[Page]:
    """Give the page of what is found, for the sitemap."""
    yield Page({tag: url_for("findings.show", language=tag) for tag in LANGUAGES})
