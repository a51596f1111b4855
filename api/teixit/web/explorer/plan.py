"""The page of the plan."""

from collections.abc import Iterator

from flask import Blueprint, Response

from teixit.discovery.sitemaps import Page
from teixit.explorer.plan import view
from teixit.web.explorer import showing

blueprint = Blueprint("plan", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/plan")
def plan(language: str) -> str | Response:
    """Tell the plan from its lines down to its actions, by year.

    Raises:
        HTTPException: The page cannot be had in the form that is asked for.
        RequestError: The workers or the other server cannot say.
    """
    shown = view(showing.reader(language), showing.wording(language))
    return showing.show(shown, "explorer/plan.html")


def pages() -> Iterator[Page]:
    """Give the page of the plan, for the sitemap."""
    yield showing.page("plan.plan")
