"""The pages of the explorer over a graph, without a server."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store

from teixit import protocol, web
from teixit.queries import Query
from teixit.web.site import Site
from teixit.workers import Limits

Explore = Callable[[Store], FlaskClient]


@pytest.fixture(scope="session")
def explore() -> Explore:
    """Make the site of a graph; what pages say of the dataset is left out."""

    def ask(query: Query) -> tuple[list[dict[str, str]], str]:
        del query
        return [], "1"

    def over(store: Store) -> FlaskClient:
        site = Site.around(ask, lambda: "1", protocol.ENDPOINT, Limits(), graph=store)
        return web.create_app(site).test_client()

    return over


@pytest.fixture(scope="session")
def whole(explore: Explore, store: Store) -> FlaskClient:
    """The site of the graph that Teixit ships."""
    return explore(store)
