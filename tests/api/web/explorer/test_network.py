"""The network on a page, over the shipped graph and over one that is hostile."""

import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from teixit import protocol, web
from teixit.languages import LANGUAGES
from teixit.web.site import Site
from teixit.workers import Limits

HOSTILE = b"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix teixit: <https://w3id.org/teixit/def#> .
@prefix id: <https://w3id.org/teixit/id/> .
<urn:g> {
  id:a a teixit:Action ; rdfs:label "\\"><script>alert(1)</script>"@ca ;
    dct:subject <javascript:alert(1)> , id:b .
  <javascript:alert(1)> a teixit:Theme ; rdfs:label "\\u202E<b>"@ca .
  id:b a teixit:Theme ; rdfs:label "onload=\\"x\\""@en .
}
"""


def pages(graph: Store) -> FlaskClient:
    site = Site.around(lambda _: ([], "1"), lambda: "1", protocol.ENDPOINT, Limits(), graph=graph)
    return web.create_app(site).test_client()


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    return pages(store)


@pytest.fixture(scope="module")
def hostile() -> FlaskClient:
    store = Store()
    store.load(HOSTILE, RdfFormat.TRIG)
    for quad in [*store]:
        store.add(quad.__class__(quad.subject, quad.predicate, quad.object))
    return pages(store)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_has_a_link_for_each_thing(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/network/project-coopolis").text
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert drawing.count("<a href=") == drawing.count("<rect") == 15
    assert drawing.count('<g class="wire') == 18
    assert f'href="/{language}/about/district-03"' in drawing
    assert len(re.findall(r'aria-label="[^"]+: [^"]+"', drawing)) == 15
    assert drawing.count('class="centre"') == 1
    assert "style=" not in page


def test_the_steps_can_be_chosen(client: FlaskClient) -> None:
    near = client.get("/ca/network/project-coopolis?steps=1").text
    assert near.count("<rect") == 7
    assert '<a href="/ca/network/project-coopolis?steps=1" aria-current="true">' in near


@pytest.mark.parametrize("steps", ["0", "3", "x", "", "<b>"])
def test_other_steps_are_refused_in_the_reader_s_words(client: FlaskClient, steps: str) -> None:
    answer = client.get(
        "/es/network/project-coopolis",
        query_string={"steps": steps},
        headers={"Accept": "text/html"},
    )
    assert answer.status_code == 400
    assert "se esperaba 1 o 2" in answer.text
    assert "<b>" not in answer.text
    assert "en inglés" not in answer.text


def test_a_thing_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/en/network/nowhere", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "There is nothing called “nowhere”" in answer.text


def test_a_program_is_told_too(client: FlaskClient) -> None:
    answer = client.get("/en/network/nowhere", headers={"Accept": "application/json"})
    assert answer.json["detail"].startswith("There is nothing called")  # type: ignore[index]


def test_it_can_be_had_as_a_file(client: FlaskClient) -> None:
    told = client.get("/en/network/project-coopolis?download=json").json
    assert told["steps"] == 2  # type: ignore[index]
    rows = client.get("/en/network/project-coopolis?download=csv").text.splitlines()
    assert rows[0].lstrip("\ufeff") == "Thing,Link,To what"
    assert len(rows) == 19


def test_what_is_hostile_stays_a_text(hostile: FlaskClient) -> None:
    page = hostile.get("/ca/network/a").text
    assert page.count("<rect") == 3
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert 'onload="' not in page
    assert '<g role="img" aria-label="tema: \u202e&lt;b&gt;\u202c">' in page


def test_what_is_left_out_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teixit.explorer.network.MOST", 10)
    page = client.get("/en/network/piess-2016-2019/line-territorialitzacio?steps=1").text
    assert page.count("<rect") == 10
    assert re.search(r'<a href="/en/list/themes">Themes</a>: \d', page)
    assert "<li>Plans: 1</li>" in page
