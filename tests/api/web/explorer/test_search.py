"""The page of a search: in the reader's language, as files, and for questions of any kind."""

import json
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from teixit import protocol, web
from teixit.languages import LANGUAGES
from teixit.queries import Query
from teixit.searching import Index
from teixit.web.site import Site
from teixit.workers import Limits

LONGEST = 40_000


@pytest.fixture(scope="module")
def searching(store: Store, index: Index) -> FlaskClient:
    """The pages of a site with the index of the shipped graph."""

    def ask(query: Query) -> tuple[list[dict[str, str]], str]:
        found = query.rows(store)
        return [{name: term.value for name, term in row.items()} for row in found], "shipped"

    site = Site.around(
        ask, lambda: "shipped", protocol.ENDPOINT, Limits(), graph=store, index=lambda: index
    )
    return web.create_app(site).test_client()


def page(client: FlaskClient, language: str, question: str, **more: str) -> str:
    response = client.get(f"/{language}/search", query_string={"q": question, **more})
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_marked_in_the_results(searching: FlaskClient, language: str) -> None:
    said = page(searching, language, "l'economía")
    assert "<mark>" in said
    assert f'href="/{language}/about/piess-2016-2019"' in said
    assert f'href="/{language}/search?q=l%27econom%C3%ADa&amp;kind=theme"' in said
    assert said.count("<h1>") == 1
    assert '<meta name="robots" content="noindex">' in said


def test_a_text_in_another_language_says_in_which(searching: FlaskClient) -> None:
    said = page(searching, "en", "eje montaña")
    assert 'Found as in Spanish:</span> <bdi lang="es"><mark>Eje</mark>' in said


def test_a_passage_leads_to_the_text(searching: FlaskClient) -> None:
    said = page(searching, "ca", "cadascun dels 10 districtes", kind="passage")
    assert 'href="/ca/text/source-territorialitzacio#passage-785-853"' in said


def test_results_have_pages(searching: FlaskClient) -> None:
    first, second = (page(searching, "ca", "barri", page=number) for number in ("1", "2"))
    assert "page=2" in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in second
    assert 'start="21"' in second
    last = page(searching, "ca", "barri", page="99")
    assert 'rel="next"' not in last


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_words_there_is_a_hint(searching: FlaskClient, language: str) -> None:
    said = searching.get(f"/{language}/search").text
    assert '<form class="search" role="search"' in said
    assert "<mark>" not in said
    assert '<h2 id="ways">' not in said


def test_where_nothing_is_found_there_are_ways_on(searching: FlaskClient) -> None:
    said = page(searching, "en", "xyzzy")
    assert "Nothing was found for “xyzzy”" in said
    for path in ("map", "plan", "list/projects", "list/audiences", "list/themes"):
        assert f'<li><a href="/en/{path}">' in said
    assert "Try fewer words" in page(searching, "en", "?!")


def test_where_a_kind_has_nothing_the_others_are_offered(searching: FlaskClient) -> None:
    said = page(searching, "en", "coopolis", kind="district")
    assert re.search(r'<a href="/en/search\?q=coopolis">See the \d+ results of other kinds', said)


def test_some_of_the_words_are_said_to_be_some(searching: FlaskClient) -> None:
    assert "these results have some of them" in page(searching, "en", "economia xyzzy")
    assert "One result for “mesura 31”" in page(searching, "en", "mesura 31")


def test_the_same_can_be_had_as_json(searching: FlaskClient) -> None:
    response = searching.get("/es/search?q=coopolis", headers={"Accept": "application/json"})
    found = json.loads(response.data)
    assert found["hits"][0]["name"]["address"] == "/es/about/project-coopolis"
    assert found["hits"][0]["pieces"] == [{"text": "Coòpolis", "marked": True}]
    assert found["kinds"][0] == {"kind": "project", "name": "Proyectos", "count": 1}


def test_files_have_all_results(searching: FlaskClient) -> None:
    response = searching.get("/en/search?q=barri&download=csv")
    lines = response.data.decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,What it is,Text that was found,Language of the text,Identifier"
    assert len(lines) - 1 > 20
    assert (
        searching.get("/en/search?download=csv").data.decode("utf-8-sig").splitlines() == lines[:1]
    )


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a%00b", "a+b"),
        ("%E2%80%AEtxet", "txet"),
        ("x" * 10_000, "x" * 200),
        ("%E2%80%AE", ""),
    ],
)
def test_what_nobody_can_read_is_left_out_of_addresses(
    searching: FlaskClient, raw: str, clean: str
) -> None:
    response = searching.get(f"/ca/search?q={raw}&kind=theme")
    assert response.status_code == 303
    assert response.headers["Location"] == f"/ca/search?q={clean}&kind=theme"
    assert searching.get(response.headers["Location"]).status_code == 200


@given(st.text(), st.text(max_size=20), st.text(max_size=20))
def test_no_question_does_harm(
    searching: FlaskClient, question: str, kind: str, number: str
) -> None:
    query = "&".join(
        f"{name}={quote(value, errors='replace')}"
        for name, value in (("q", question), ("kind", kind), ("page", number))
    )
    response = searching.get(f"/en/search?{query}", follow_redirects=True)
    assert response.status_code == 200
    assert len(response.data) < LONGEST
    assert not re.search("[\u202a-\u202e\u2066-\u2069\0]", response.text)


def test_markup_in_a_question_is_text(searching: FlaskClient) -> None:
    said = page(searching, "ca", '"><script>alert(1)</script>')
    assert "<script" not in said


def test_an_index_of_former_data_is_said_to_be_so(store: Store, index: Index) -> None:
    def ask(query: Query) -> tuple[list[dict[str, str]], str]:
        found = query.rows(store)
        return [{name: term.value for name, term in row.items()} for row in found], "newer"

    site = Site.around(ask, lambda: "newer", protocol.ENDPOINT, Limits(), index=lambda: index)
    answer = web.create_app(site).test_client().get("/ca/search?q=economia")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_site_that_is_not_searched_says_so(app: "web.Flask") -> None:
    client = app.test_client()
    assert client.get("/ca/search").status_code == 200
    answer = client.get("/ca/search?q=economia", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert "La cerca encara no és a punt" in answer.text
    assert int(answer.headers["Retry-After"]) > 0
