"""Where crawlers look before they look at anything else."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from flask import Blueprint, Response, url_for
from werkzeug.exceptions import NotFound

from teixit import namespaces
from teixit.discovery import links, sitemaps
from teixit.discovery.records import NAMES, Record
from teixit.discovery.sitemaps import Page
from teixit.languages import LANGUAGES
from teixit.web import explorer, notebooks, query_pages, question_pages, ways
from teixit.web.site import site

blueprint = Blueprint("finding", __name__)

#: RFC 9727, section 4.2: what the links of the file mean.
_PROFILE: Final = "https://www.rfc-editor.org/info/rfc9727"


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let every crawler read all, and say where the sitemap is (RFC 9309)."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {site().address}/sitemap.xml\n"
    return Response(text, mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List the pages, each in all its languages, and the datasets.

    The addresses are those of the site that is crawled, since a sitemap may name no other host;
    without a public address they are names under the base IRI, by which everything is reached.

    Raises:
        HTTPException: What is served is not what Teixit ships, and has no description.
    """
    found = site()
    records = _records()
    pages = [_absolute(page, found.address) for page in (*_pages(), *_views(), *_documents())]
    modified = max(record.modified for record in records.values())
    written = sitemaps.write(pages, records.values(), f"{found.address}/sparql", modified)
    return Response(written, mimetype=sitemaps.MEDIA_TYPE)


@blueprint.get("/linkset.json")
def linkset() -> Response:
    """Give the links of every page and file of the datasets (RFC 9264).

    Raises:
        HTTPException: What is served is not what Teixit ships, and has no description.
    """
    return _links(links.linkset(_records().values(), site().address), links.LINKSET)


@blueprint.get("/.well-known/api-catalog")
def interfaces() -> Response:
    """Say what programs can ask here (RFC 9727)."""
    address = site().address
    response = _links(links.interfaces(address), f'{links.LINKSET}; profile="{_PROFILE}"')
    own = links.Link("api-catalog", f"{address}/.well-known/api-catalog", links.LINKSET, _PROFILE)
    response.headers["Link"] = links.header([own])
    return response


def _links(told: Mapping[str, Any], media_type: str) -> Response:
    return Response(json.dumps(told, indent=1), content_type=media_type)


def _records() -> Mapping[str, Record]:
    records = site().records()
    if not records:
        raise NotFound("what is served here has no description of its datasets")
    return records


def _pages() -> Iterator[Page]:
    """Give the pages that are not about one thing."""
    start = {tag: url_for("home.start", language=tag) for tag in LANGUAGES}
    yield Page(start)
    yield Page({tag: url_for("home.research", language=tag) for tag in LANGUAGES})
    yield query_pages.page_in_each_language()
    yield from question_pages.pages()
    yield from ways.pages()
    yield from notebooks.pages()
    for name in NAMES:
        named = {tag: url_for("landing.dataset_in", name=name, language=tag) for tag in LANGUAGES}
        yield Page(named, url_for("landing.dataset", name=name))
    for about in ("def", "shapes", "releases"):
        yield Page({tag: f"/{about}.{tag}.html" for tag in LANGUAGES})
    fared = {tag: url_for("landing.quality_in", language=tag) for tag in LANGUAGES}
    yield Page(fared, url_for("landing.quality"))


def _views() -> Iterator[Page]:
    """Give the pages of the explorer."""
    for pages in explorer.PAGES:
        yield from pages()


def _documents() -> Iterable[Page]:
    """Give the documents about things, in the order of their names."""
    for row in site().rows("things"):
        name = row["thing"].removeprefix(namespaces.THING)
        yield Page({tag: f"/doc/{name}.{tag}.html" for tag in LANGUAGES})


def _absolute(page: Page, address: str) -> Page:
    named = {tag: address + path for tag, path in page.addresses.items()}
    return Page(named, address + page.neutral if page.neutral else "")
