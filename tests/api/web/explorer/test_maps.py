"""The map as a page, on the graph that Teixit ships."""

import gzip
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from werkzeug.test import Client

from teixit import web
from teixit.languages import LANGUAGES
from teixit.web.explorer import maps

CSS = Path(web.__file__).parent / "static" / "site.css"


@pytest.fixture
def client(whole: FlaskClient) -> FlaskClient:
    return whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_is_small_and_its_parts_are_links(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/map")
    assert page.status_code == 200
    assert "style=" not in page.text
    assert f'href="/{language}/about/district-10"' in page.text
    assert f'href="/{language}/about/neighbourhood-45"' in page.text
    assert len(gzip.compress(page.data)) + len(gzip.compress(CSS.read_bytes())) < 100_000


def test_each_choice_is_a_link_and_the_chosen_one_says_so(client: FlaskClient) -> None:
    page = client.get("/ca/map?shade=actions&year=2017").text
    assert '<a href="/ca/map?shade=projects">Projectes</a>' in page
    assert '<a href="/ca/map?shade=actions&amp;year=2018">2018</a>' in page
    assert re.search(r'year=2017" aria-current="true">2017</a>', page)
    assert "previstes per al 2017" in page
    assert "no vol dir que s’hagi dut a terme" in page


def test_the_table_beside_it_says_who_says_so(client: FlaskClient) -> None:
    page = client.get("/en/map").text
    assert page.count('<p class="silent">nothing in the sources says so</p>') == 7
    assert "Objective OE 14 of the economic development plan of Sants-Montjuïc" in page
    assert "not at an address" in page


def test_a_map_that_cannot_be_is_a_page_in_the_language_of_the_reader(client: FlaskClient) -> None:
    page = client.get("/es/map?shade=colour", headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "Aquí no hay ningún mapa así." in page.text
    assert client.get("/es/map?year=x", headers={"Accept": "application/json"}).status_code == 400


def test_the_districts_can_be_had_with_their_figures(client: FlaskClient) -> None:
    response = client.get("/ca/map?shade=actions&download=geojson")
    features = json.loads(response.data)["features"]
    figures = {one["properties"]["Districte"]: one["properties"]["Nombre"] for one in features}
    assert figures["Nou Barris"] == 2
    assert figures["Gràcia"] == "cap font no en diu res"
    told = client.get("/ca/map", headers={"Accept": "application/json"}).json
    assert (told["shade"], len(told["districts"])) == ("projects", 10)


def test_a_graph_of_something_else_has_no_map(explore) -> None:
    page = explore(Store()).get("/en/map")
    assert page.status_code == 200
    assert "This graph has no boundaries of districts" in page.text


def test_the_map_is_served(serve) -> None:
    with serve(arguments=['{"kind": "shipped"}', "{}", '{"quiet": true}']) as found:
        client: Client = found.client
        page = client.get("/ca/map", headers={"Accept": "text/html"})
        assert (page.status_code, page.text.count('viewBox="0 0 1000')) == (200, 1)
        assert client.get("/es/about/district-03").status_code == 200


def test_each_map_is_in_the_sitemap() -> None:
    found = [page.addresses["es"] for page in maps.pages()]
    assert found[0] == "/es/map?shade=projects"
    assert len(found) == 3
