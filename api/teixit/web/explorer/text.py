"""The text of a source with its passages, or what was taken from it."""

from collections.abc import Iterator, Mapping
from functools import cache

from flask import Blueprint, Response

from teixit.discovery.sitemaps import Page
from teixit.explorer.source_text import source_text, texts
from teixit.languages import LANGUAGES
from teixit.namespaces import expand
from teixit.web.explorer import showing
from teixit.web.texts import foreign_names, messages

blueprint = Blueprint("text", __name__)


@blueprint.get(f"/{showing.LANGUAGE}/text/<path:name>")
def show(language: str, name: str) -> str | Response:
    """Show the source called *name*."""
    told, foreign = messages(language), _foreign(language)
    shown = source_text(showing.reader(language), told, foreign, name)
    return showing.show(shown, "explorer/text.html")


def pages() -> Iterator[Page]:
    """Give the pages of the sources whose text is here, for the sitemap."""
    found = zip(*(texts(showing.reader(tag)) for tag in LANGUAGES), strict=True)
    for cells in found:
        yield Page({tag: cell.address or "" for tag, cell in zip(LANGUAGES, cells, strict=True)})


@cache
def _foreign(language: str) -> Mapping[str, str]:
    """Give what terms of others are called, by their IRIs."""
    return {expand(name): texts[language] for name, texts in foreign_names().items()}
