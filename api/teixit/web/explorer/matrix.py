"""The matrix: rows that are chosen, by districts."""

from collections.abc import Iterator

from flask import Blueprint, request
from werkzeug.wrappers import Response

from teixit.discovery.sitemaps import Page
from teixit.explorer.matrix import CHOICES, matrix
from teixit.languages import LANGUAGES
from teixit.web.explorer import showing
from teixit.web.texts import messages

blueprint = Blueprint("matrix", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/matrix")
def by_district(language: str) -> str | Response:
    """Show which rows reach which districts; ``rows`` says what stands in them."""
    texts = messages(language)
    rows = request.args.get("rows", next(iter(CHOICES)))
    view = matrix(showing.reader(language), texts, rows)
    choices = {name: texts[choice.name] for name, choice in CHOICES.items()}
    return showing.show(view, "explorer/matrix.html", choices=choices)


def pages() -> Iterator[Page]:
    """Give the page of each choice, for the sitemap."""
    for rows in CHOICES:
        yield Page({tag: f"/{tag}/matrix?rows={rows}" for tag in LANGUAGES})
