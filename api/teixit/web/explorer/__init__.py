"""The explorer: a module has the blueprint of one view; ``showing`` is what all of them need."""

from collections.abc import Callable, Iterable
from typing import Final

from flask import Blueprint

from teixit.discovery.sitemaps import Page
from teixit.web.explorer import (
    findings,
    lists,
    maps,
    matrix,
    method,
    network,
    places,
    plan,
    reasons,
    search,
    text,
    things,
    timeline,
)

#: The blueprints of all views.
BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    findings.blueprint,
    lists.blueprint,
    maps.blueprint,
    matrix.blueprint,
    method.blueprint,
    network.blueprint,
    places.blueprint,
    plan.blueprint,
    reasons.blueprint,
    search.blueprint,
    text.blueprint,
    things.blueprint,
    timeline.blueprint,
)
#: What gives the pages of the views for the sitemap, in the order in which they stand there.
PAGES: Final[tuple[Callable[[], Iterable[Page]], ...]] = (
    maps.pages,
    places.pages,
    plan.pages,
    lists.pages,
    matrix.pages,
    timeline.pages,
    text.pages,
    method.pages,
    findings.pages,
    things.pages,
)
