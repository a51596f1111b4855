import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client

from teixit import paths, queries
from teixit.languages import LANGUAGES
from teixit.namespaces import BASE

ENGLISH_FIRST = {"Accept-Language": "en-GB,en;q=0.9,ca;q=0.5"}


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("es-ES,es;q=0.9,en;q=0.8", "es"),
        ("en;q=0.5, ca;q=0.9", "ca"),
        ("en-GB", "en"),
        ("fr, de", "ca"),
        ("*", "ca"),
        ("", "ca"),
    ],
)
def test_the_root_leads_to_the_language_of_the_reader(
    client: Client, wanted: str, language: str
) -> None:
    response = client.get("/", headers={"Accept-Language": wanted, "Host": "evil.example"})
    assert (response.status_code, response.location) == (302, f"/{language}/")
    assert "Accept-Language" in response.headers["Vary"]


def test_an_address_without_its_slash_leads_to_the_page(client: Client) -> None:
    assert client.get("/es", headers=ENGLISH_FIRST).location == "/es/"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ca", ("economia social i solidària", "Un districte", "Persones tècniques de districte")),
        ("es", ("economía social y solidaria", "Un distrito", "Personas técnicas de distrito")),
        ("en", ("social and solidarity economy", "A district", "District technical staff")),
    ],
)
def test_the_start_page_speaks_the_language_of_its_address(
    shipped: FlaskClient, language: str, words: tuple[str, ...]
) -> None:
    text = shipped.get(f"/{language}/", headers=ENGLISH_FIRST).text
    assert f'<html lang="{language}">' in text
    assert [word for word in words if word not in text] == []
    for other in LANGUAGES:
        assert f'<link rel="alternate" hreflang="{other}" href="{BASE}{other}/">' in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "research"])
def test_a_page_has_one_heading_landmarks_and_each_place_once(
    client: Client, language: str, page: str
) -> None:
    text = client.get(f"/{language}/{page}").text
    tags = ("h1", "main", "header", "nav", "footer")
    counts = {tag: len(re.findall(f"<{tag}[ >]", text)) for tag in tags}
    assert counts == {"h1": 1, "main": 1, "header": 1, "nav": 2, "footer": 1}
    assert re.findall('id="([^"]+)"', text) == list(dict.fromkeys(re.findall('id="([^"]+)"', text)))
    assert '<a class="skip" href="#content">' in text


def test_four_doors_lead_to_what_there_is(shipped: FlaskClient) -> None:
    text = shipped.get("/ca/").text
    doors = re.findall(r'<section aria-labelledby="(\w+)">(.*?)</section>', text, re.DOTALL)
    found = {name: re.findall('href="([^"]+)"', inside) for name, inside in doors}
    districts = [f"/ca/about/district-{number:02}" for number in range(1, 11)]
    assert found["district"] == [*districts, *districts, "/ca/map", "/ca/compare"]
    assert "/ca/about/project-can-pico" in found["project"]
    assert "/ca/text/source-territorialitzacio" in found["plan"]
    assert {"/ca/plan", "/ca/timeline", "/ca/matrix"} <= set(found["plan"])
    assert {"/ca/list/audiences", "/ca/list/themes"} <= set(found["group"])
    assert ">29 Promoure i reforçar" in text


def test_a_box_searches(shipped: FlaskClient) -> None:
    text = shipped.get("/en/").text
    assert '<form class="search" role="search" action="/en/search">' in text
    assert '<label for="search">' in text


def test_over_the_data_of_others_the_start_page_says_what_it_finds(client: Client) -> None:
    text = client.get("/en/").text
    assert "<h1>What these data hold</h1>" in text
    assert "&lt;b&gt;&amp;amp;" in text  # the one measure, with a name that is no markup
    assert text.count("These data say nothing of the kind.") == 4
    assert "Scheduled does not mean done" not in text


def test_the_start_page_can_be_had_as_data(shipped: FlaskClient) -> None:
    told = shipped.get("/en/", headers={"Accept": "application/json"}).json
    assert told
    assert told["measures"][0]["text"].startswith("29 Promote")
    assert len(told["districts"]) == 10


def test_where_people_are_is_marked(shipped: FlaskClient) -> None:
    text = shipped.get("/es/").text
    assert 'href="/es/map">Mapa</a>' in text
    assert text.count('aria-current="page"') == 0
    assert 'href="/es/map" aria-current="page"' in shipped.get("/es/map").text


@pytest.mark.parametrize(
    ("language", "words"), [("ca", "Feu la vostra"), ("es", "Haga su"), ("en", "Ask your own")]
)
def test_those_who_do_research_have_a_page_with_every_question(
    client: Client, language: str, words: str
) -> None:
    text = client.get(f"/{language}/research").text
    assert words in text
    assert '<label for="query">' in text
    titles = [query.title[language] for query in queries.catalogue(paths.QUESTIONS)]
    links = re.findall(r'<li><a href="(/../questions/[^"]+)">([^<]+)</a>', text)
    assert sorted(title for _, title in links) == sorted(titles)
    for address, _ in links:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_what_is_in_the_graph_is_counted(client: Client) -> None:
    text = client.get("/en/research").text
    assert "<dt>measures</dt><dd>1</dd>" in text
    assert "<dt>statements</dt><dd>4</dd>" in text


def test_the_files_of_others_are_not_offered(client: Client, shipped: FlaskClient) -> None:
    assert "/catalog.ttl" in shipped.get("/ca/research").text
    assert "/catalog.ttl" not in client.get("/ca/research").text


def test_pages_run_no_script_and_set_no_cookie(client: Client) -> None:
    response = client.get("/ca/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "Set-Cookie" not in response.headers
    assert not re.search(r"<script|<style| style=| on\w+=", response.text)


def test_pages_need_nothing_from_elsewhere(client: Client) -> None:
    # The addresses of the page itself, in this language and in others, load nothing.
    links = r'<link (?!rel="canonical"|rel="alternate" hreflang)[^>]*href="([^"]+)"'
    for address in re.findall(links, client.get("/ca/").text):
        assert address.startswith("/")
        with client.get(address) as response:
            assert response.status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_the_feed_of_releases(client: Client, language: str) -> None:
    page = client.get(f"/{language}/").text
    assert '<link rel="alternate" href="/feed.atom" type="application/atom+xml"' in page
    assert client.get("/feed.atom").status_code == 200


def test_the_map_of_the_start_page_is_left_out_where_nothing_has_a_place(
    client: Client, shipped: FlaskClient
) -> None:
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="map"' in shipped.get("/ca/").text
    assert "<svg" not in client.get("/ca/").text


def test_of_many_queries_of_a_page_the_main_one_stands_first(shipped: FlaskClient) -> None:
    tools = shipped.get("/ca/method").text.partition('<h2 id="tools">')[2]
    first, _, others = tools.partition("<details>")
    assert first.count('href="/sparql?query=') == 1
    assert "Les altres consultes d’aquesta pàgina (5)" in others
    assert others.count('href="/sparql?query=') == 5
