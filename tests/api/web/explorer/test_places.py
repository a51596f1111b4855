"""The pages of districts and neighbourhoods, and of two side by side."""

import re

import pytest
from flask.testing import FlaskClient

from teixit.languages import LANGUAGES
from teixit.web.explorer import places


@pytest.fixture
def client(whole: FlaskClient) -> FlaskClient:
    return whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_district_leads_on(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/about/district-03")
    assert page.status_code == 200
    for onward in (
        f"/{language}/map",
        f"/{language}/compare?district=03",
        f"/{language}/network/district-03",
        f"/{language}/about/project-coopolis",
        f"/{language}/about/piess-2016-2019/action-31-1",
        f"/{language}/about/neighbourhood-16",
        f"/{language}/about/district-04",
        f"/{language}/text/source-territorialitzacio#passage-3341-3475",
        "http://www.wikidata.org/entity/Q753075",
    ):
        assert f'href="{onward}"' in page.text
    assert page.text.count("<h1>") == 1


def test_a_reason_is_told_with_the_words_of_the_plan(client: FlaskClient) -> None:
    page = client.get("/en/about/district-10").text
    assert '<q lang="ca">Impulsar projectes emblemàtics' in page
    assert "in the text of the plan" in page


def test_the_ids_of_a_page_are_its_own(client: FlaskClient) -> None:
    for address in ("district-03", "district-06", "neighbourhood-16", "neighbourhood-01"):
        ids = re.findall(r'\bid="([^"]+)"', client.get(f"/ca/about/{address}").text)
        assert len(ids) == len(set(ids))


def test_a_place_that_is_not_there_is_told_in_the_language_of_the_reader(
    client: FlaskClient,
) -> None:
    page = client.get("/ca/about/district-99", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "No hi ha cap lloc que es digui district-99." in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_districts_are_compared(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/compare?district=03&district=10")
    assert page.status_code == 200
    assert '<option value="03" selected>Sants-Montjuïc</option>' in page.text
    assert '<option value="10" selected>Sant Martí</option>' in page.text
    assert page.text.count("<svg") == 1
    assert f'href="/{language}/about/project-can-pico"' in page.text


@pytest.mark.parametrize("asked", ["", "?district=", "?district=03", "?district=03&district="])
def test_before_two_are_chosen_there_is_a_form(client: FlaskClient, asked: str) -> None:
    page = client.get(f"/es/compare{asked}")
    assert page.status_code == 200
    assert "Elija dos distritos" in page.text
    assert "<table" not in page.text


@pytest.mark.parametrize(
    "asked", ["district=03&district=99", "district=<b>", "district=03&district=03"]
)
def test_a_pair_that_is_none_is_told_in_the_language_of_the_reader(
    client: FlaskClient, asked: str
) -> None:
    page = client.get(f"/ca/compare?{asked}", headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "No hi ha cap parella" in page.text
    assert "<b>" not in page.text


def test_a_comparison_can_be_had_as_a_file(client: FlaskClient) -> None:
    response = client.get("/en/compare?district=03&district=10&download=csv")
    assert response.status_code == 200
    assert "Eix Pere IV" in response.text


def test_all_places_are_in_the_sitemap(client: FlaskClient) -> None:
    with client.application.test_request_context("/sitemap.xml"):
        found = [page.addresses["ca"] for page in places.pages()]
    assert len(found) == len(set(found)) == 10 + 73 + 1
    assert {"/ca/about/district-01", "/ca/about/neighbourhood-73", "/ca/compare"} <= {*found}


def test_a_project_has_a_map_and_a_theme_has_none(client: FlaskClient) -> None:
    assert 'viewBox="0 0 1000' in client.get("/ca/about/project-coopolis").text
    assert "viewBox" not in client.get("/ca/about/theme-co-production").text


def test_no_link_of_a_district_leads_to_nothing(client: FlaskClient) -> None:
    names = ("district-03", "district-05", "district-06", "neighbourhood-01", "neighbourhood-16")
    links = {
        link.partition("#")[0]
        for name in names
        for link in re.findall(r'href="(/en/[^"]+)"', main(client.get(f"/en/about/{name}").text))
        if "download=" not in link
    }
    assert len(links) > 40
    assert {link for link in links if client.get(link).status_code >= 400} == set()


def main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]
