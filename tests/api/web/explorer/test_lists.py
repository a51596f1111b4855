"""The lists on pages, over the shipped graph and over one that is hostile."""

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from teixit import protocol, web
from teixit.explorer.lists import declared
from teixit.languages import LANGUAGES
from teixit.web.explorer import lists
from teixit.web.site import Site
from teixit.workers import Limits

HTML = {"Accept": "text/html"}
HOSTILE = b"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix teixit: <https://w3id.org/teixit/def#> .
@prefix id: <https://w3id.org/teixit/id/> .
<urn:g> {
  id:a a teixit:FlagshipProject ; rdfs:label "\\"><script>alert(1)</script>"@ca ;
    teixit:hasKind <javascript:alert(1)> , <http://e.example/?a=1&b="> .
  <javascript:alert(1)> rdfs:label "\\u202E<b>"@ca .
}
""".replace(b'b="', b"b='")
#: No source that is shipped says how far anything has come.
EMPTY = {"progress"}


def pages(graph: Store) -> FlaskClient:
    site = Site.around(lambda _: ([], "1"), lambda: "1", protocol.ENDPOINT, Limits(), graph=graph)
    return web.create_app(site).test_client()


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    return pages(store)


def addresses(page: str, rel: str) -> list[str]:
    return [unescape(found) for found in re.findall(rf'<a href="([^"]+)"[^>]* rel="{rel}"', page)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(declared.lists().keys() - EMPTY))
def test_a_list_is_a_page(client: FlaskClient, name: str, language: str) -> None:
    page = client.get(f"/{language}/list/{name}").text
    listing = declared.lists()[name]
    assert f"<h1>{listing.title[language]}</h1>" in page
    assert page.count("<summary>") >= len(listing.facets)
    assert page.count('aria-sort="ascending"') == 1
    assert page.count('scope="col"') == 1 + len(listing.columns)
    assert "style=" not in page
    others = {tag for tag in LANGUAGES if f'href="/{tag}/list/{name}"' in page}
    assert others == {*LANGUAGES}


def test_choices_stand_in_the_address_and_can_be_removed(client: FlaskClient) -> None:
    page = client.get("/en/list/projects?role=role-pioneer&sort=-kind").text
    narrowed = addresses(page, "nofollow")
    assert "/en/list/projects?role=role-pioneer&sort=-kind&district=district-03" in narrowed
    assert "/en/list/projects?sort=-kind" in narrowed  # without the choice
    assert "/en/list/projects?role=role-pioneer&sort=kind" in narrowed  # the other way round
    assert "/en/list/projects?role=role-pioneer" in narrowed  # by name
    assert 'Remove<span class="visually-hidden">: <bdi>pioneer project</bdi></span></a>' in page
    assert "How the plan presents it: <bdi>pioneer project</bdi>" in page


def test_what_has_no_result_is_no_link(client: FlaskClient) -> None:
    page = client.get("/en/list/projects?kind=kind-urban-axis").text
    assert '<span class="none"><bdi>Nou Barris</bdi></span> <span class="count">0</span>' in page
    assert "district=district-08" not in page


def test_what_can_be_followed_has_a_result(client: FlaskClient) -> None:
    page = client.get("/ca/list/organisations").text
    followed = [found for found in addresses(page, "nofollow") if "download" not in found]
    for found in followed:
        if found.startswith("/ca/list/"):
            answer = client.get(found)
            assert answer.status_code == 200
            assert "En total: 0" not in answer.text
    assert len(followed) > 10


def test_pages_keep_what_is_chosen(client: FlaskClient) -> None:
    page = client.get("/es/list/neighbourhoods?project=-&sort=area&page=2").text
    assert addresses(page, "prev") == ["/es/list/neighbourhoods?project=-&sort=area"]
    assert addresses(page, "next") == ["/es/list/neighbourhoods?project=-&sort=area&page=3"]
    assert "Página 2 de 3" in page
    last = client.get("/es/list/neighbourhoods?page=3").text
    assert addresses(last, "prev") == ["/es/list/neighbourhoods?page=2"]
    assert addresses(last, "next") == []


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/ca/list/res", 404, "No hi ha cap llista «res»"),
        ("/ca/list/projects?x=1", 400, "no es pot triar per «x»"),
        ("/es/list/projects?district=district-11", 400, "no es ningún valor de «distrito»"),
        ("/en/list/projects?sort=size", 400, "cannot be sorted by “size”"),
        ("/en/list/projects?page=0", 400, "There is no page “0”"),
        ("/en/list/projects?page=2", 404, "The list has no page 2: the last one is 1."),
        ("/en/list/projects?kind=<script>", 400, "“&lt;script&gt;” is no value"),
    ],
)
def test_a_mistake_is_told(client: FlaskClient, address: str, status: int, said: str) -> None:
    answer = client.get(address, headers=HTML)
    assert (answer.status_code, said in answer.text) == (status, True), answer.text


def test_choices_that_have_nothing_together_are_told(client: FlaskClient) -> None:
    page = client.get("/en/list/projects?kind=kind-urban-axis&district=district-08").text
    assert "In all: 0" in page
    assert "Nothing has all that is chosen" in page
    assert page.count("Remove<span") == 2


def test_files_have_the_whole_list(client: FlaskClient) -> None:
    rows = client.get("/en/list/neighbourhoods?download=csv&page=2").text.splitlines()
    assert len(rows) == 74
    assert client.get("/en/list/projects?download=xlsx").data.startswith(b"PK")
    told = client.get("/en/list/projects", headers={"Accept": "application/json"}).json
    assert told["total"] == 6
    assert [facet["key"] for facet in told["facets"]] == [
        *("district", "kind", "role", "action", "organisation"),
    ]
    refused = client.get("/en/list/projects?download=geojson", headers=HTML)
    assert refused.status_code == 400


def test_districts_are_drawn(client: FlaskClient) -> None:
    answer = client.get("/ca/list/districts?download=geojson&axis=axis-eix-muntanya")
    features = json.loads(answer.data)["features"]
    assert len(features) == 3
    assert {feature["geometry"]["type"] for feature in features} <= {"Polygon", "MultiPolygon"}


def test_what_is_hostile_stays_a_text() -> None:
    store = Store()
    store.load(HOSTILE, RdfFormat.TRIG)
    for quad in [*store]:
        store.add(quad.__class__(quad.subject, quad.predicate, quad.object))
    client = pages(store)
    page = client.get("/ca/list/projects").text
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "<b>" not in page
    narrowed = "/ca/list/projects?kind=http%3A%2F%2Fe.example%2F%3Fa%3D1%26b%3D%27"
    assert narrowed in addresses(page, "nofollow")
    assert "En total: 1" in client.get(narrowed).text


def test_an_empty_graph_has_empty_lists() -> None:
    answer = pages(Store()).get("/en/list/projects")
    assert answer.status_code == 200
    assert "In all: 0" in answer.text
    assert "No source says anything of this kind" in answer.text
    assert "Nothing has all that is chosen" not in answer.text


def test_each_list_stands_in_the_sitemap() -> None:
    assert [page.addresses["es"] for page in lists.pages()] == [
        f"/es/list/{name}" for name in declared.lists()
    ]
