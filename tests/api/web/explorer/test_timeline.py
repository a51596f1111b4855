import csv
import re
from collections.abc import Callable
from io import StringIO
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from teixit.languages import LANGUAGES

HOSTILE = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix teixit: <https://w3id.org/teixit/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<javascript:alert(1)> a teixit:Measure ; teixit:number "<script>1</script>" .
<javascript:alert(2)> a teixit:Action ; teixit:belongsToMeasure <javascript:alert(1)> ;
  rdfs:label "<script>2</script>"@fr .
<urn:m> a teixit:Measure ; teixit:number 7 .
<urn:stray> a teixit:Action ; rdfs:label "=1" .
<urn:g> { <javascript:alert(1)> teixit:coversYear "2016"^^xsd:gYear , "2017"^^xsd:gYear .
  <javascript:alert(2)> teixit:scheduledYear "2017"^^xsd:gYear , "\\"><script>"^^xsd:gYear . }
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_measures_head_groups_of_rows(whole: FlaskClient, language: str) -> None:
    page = whole.get(f"/{language}/timeline").text
    assert page.count("<h1>") == 1
    assert page.count('scope="rowgroup"') == 4
    assert page.count('<th scope="row">') == 12 + 1
    assert page.count('<td class="scheduled"><svg class="bar"') == 41
    assert page.count('<td class="empty"><svg') == 48 - 41
    for number in (29, 31, 32):
        assert f'href="/{language}/about/piess-2016-2019/measure-{number}"' in page
    ids = re.findall(' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_missing_measure_and_what_is_scheduled_are_said_in_words(whole: FlaskClient) -> None:
    page = whole.get("/en/timeline").text
    missing = page.partition('<tbody class="missing">')[2].partition("</tbody>")[0]
    assert "The page has no measure 30" in missing
    assert "/en/about/source-territorialitzacio/conclusion-gaps" in missing
    assert "does not mean that it was done" in page
    assert '<span class="visually-hidden">scheduled</span>' in page
    assert '<span class="visually-hidden">not scheduled</span>' in page
    assert "Every measure shown has an action scheduled in each of its years." in page
    assert "<td>1 action</td>" in page


def test_filters_are_links_that_keep_what_else_is_chosen(whole: FlaskClient) -> None:
    page = whole.get("/ca/timeline?year=2016&measure=32").text
    for address in (
        "/ca/timeline?year=2017&amp;measure=32",
        "/ca/timeline?year=2016&amp;measure=29",
        "/ca/timeline?measure=32",
        "/ca/timeline?year=2016",
    ):
        assert f'href="{address}"' in page
    assert 'measure=32" aria-current="true">2016 (1)</a>' in page
    assert '<th scope="col" class="chosen">2016</th>' in page
    assert page.count('<td class="scheduled">') == 2


def test_no_choice_leads_to_nothing(whole: FlaskClient) -> None:
    page = whole.get("/en/timeline?measure=30").text
    assert "<li>2016 (0)</li>" in page
    choices = page.partition('<nav class="choose"')[2].partition("</nav>")[0]
    for address in re.findall('href="([^"]+)"', choices):
        assert "/about/" in whole.get(address.replace("&amp;", "&")).text


def test_a_measure_without_actions_in_the_year_says_so(
    explore: Callable[[Store], FlaskClient],
) -> None:
    store = Store()
    store.load(HOSTILE.encode(), RdfFormat.TRIG)
    client = explore(store)
    page = client.get("/en/timeline").text
    assert "a year without any scheduled action" in page
    assert "the page does not offer this year" in page
    assert "Nothing in the sources says which actions this measure has." in page
    page = client.get("/en/timeline?year=2016").text
    assert "No action of this measure is scheduled in 2016." in page


def test_what_is_hostile_is_text(explore: Callable[[Store], FlaskClient]) -> None:
    store = Store()
    store.load(HOSTILE.encode(), RdfFormat.TRIG)
    client = explore(store)
    page = client.get("/ca/timeline").text
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "&lt;script&gt;2" in page
    assert "'=1" in client.get("/ca/timeline?download=csv").text
    choices = page.partition('<nav class="choose"')[2].partition("</nav>")[0]
    for address in re.findall('href="([^"]+)"', choices):
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_of_an_empty_graph_it_says_that_there_is_nothing(
    explore: Callable[[Store], FlaskClient],
) -> None:
    answer = explore(Store()).get("/es/timeline?year=2016")
    assert answer.status_code == 200
    assert "ninguna fuente dice nada de ello" in answer.text
    assert "<table" not in answer.text


@pytest.mark.parametrize("choice", ["year=2031", "measure=28", "year=<b>"])
def test_what_the_plan_does_not_have_is_answered_in_the_language_of_the_reader(
    whole: FlaskClient, choice: str
) -> None:
    answer = whole.get(f"/es/timeline?{choice}", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert '<html lang="es">' in answer.text
    assert re.search("no está. Se puede elegir entre: (2016, 2017|29, 30)", answer.text)
    assert "<b>" not in answer.text


def test_it_can_be_had_as_files(whole: FlaskClient) -> None:
    answer = whole.get("/ca/timeline?measure=32&download=csv")
    rows = [*csv.reader(StringIO(answer.text.removeprefix("\ufeff")))]
    assert rows[0] == [
        *("Actuació", "Acció", "2016", "2017", "2018", "2019", "Qui ho diu", "Adreça")
    ]
    assert rows[1][2:6] == [*("programada",) * 2, *("no hi està programada",) * 2]
    assert rows[1][6].startswith("Fer un estudi")
    told = whole.get("/ca/timeline?measure=32", headers={"Accept": "application/json"}).json
    assert [len(group["actions"]) for group in told["groups"]] == [3]
    assert whole.get("/ca/timeline?download=xlsx").data.startswith(b"PK")


def test_a_running_service_shows_it(live_endpoint: str) -> None:
    address = f"{live_endpoint.removesuffix('/sparql')}/ca/timeline?year=2016"
    with urlopen(address) as answer:  # noqa: S310 - our own server
        page = answer.read().decode()
    assert "Accions programades l’any 2016, per actuacions: 8." in page
    assert not re.search(r"<script|<style| style=| on\w+=", page)
