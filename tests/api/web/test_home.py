import re

import pytest
from werkzeug.test import Client

from teixit import paths, queries
from teixit.languages import LANGUAGES

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
        ("ca", ("economia social i solidària", "Feu la vostra pregunta", "actuacions")),
        ("es", ("economía social y solidaria", "Haga su pregunta", "actuaciones")),
        ("en", ("social and solidarity economy", "Ask your own question", "measures")),
    ],
)
def test_the_start_page_speaks_the_language_of_its_address(
    client: Client, language: str, words: tuple[str, ...]
) -> None:
    text = client.get(f"/{language}/", headers=ENGLISH_FIRST).text
    assert f'<html lang="{language}">' in text
    assert all(word in text for word in words)
    for other in LANGUAGES:
        assert f'<link rel="alternate" hreflang="{other}" href="/{other}/">' in text


def test_the_start_page_has_one_heading_landmarks_and_a_label(client: Client) -> None:
    text = client.get("/ca/").text
    counts = {tag: len(re.findall(f"<{tag}[ >]", text)) for tag in ("h1", "main", "header", "nav")}
    assert counts == {"h1": 1, "main": 1, "header": 1, "nav": 2}
    assert re.findall('id="([^"]+)"', text) == list(dict.fromkeys(re.findall('id="([^"]+)"', text)))
    assert '<a class="skip" href="#content">' in text
    assert '<label for="query">' in text


def test_every_question_is_a_link_to_its_answer(client: Client) -> None:
    text = client.get("/es/").text
    titles = [query.title["es"] for query in queries.catalogue(paths.QUESTIONS)]
    links = re.findall(r'<li><a href="(/sparql\?query=[^"]+)">([^<]+)</a>', text)
    assert sorted(title for _, title in links) == sorted(titles)
    for address, _ in links:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_what_is_in_the_graph_is_counted(client: Client) -> None:
    text = client.get("/en/").text
    assert "<dt>measures</dt><dd>1</dd>" in text
    assert "<dt>statements</dt><dd>4</dd>" in text


def test_pages_run_no_script_and_set_no_cookie(client: Client) -> None:
    response = client.get("/ca/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "Set-Cookie" not in response.headers
    assert not re.search(r"<script|<style| style=| on\w+=", response.text)


def test_pages_need_nothing_from_elsewhere(client: Client) -> None:
    # The canonical address is that of the page itself, and loads nothing.
    links = r'<link (?!rel="canonical")[^>]*href="([^"]+)"'
    for address in re.findall(links, client.get("/ca/").text):
        assert address.startswith("/")
        with client.get(address) as response:
            assert response.status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_the_feed_of_releases(client: Client, language: str) -> None:
    page = client.get(f"/{language}/").text
    assert '<link rel="alternate" href="/feed.atom" type="application/atom+xml"' in page
    assert client.get("/feed.atom").status_code == 200
