import csv
import re
from collections.abc import Callable
from io import StringIO
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from teixit.explorer.matrix import CHOICES
from teixit.languages import LANGUAGES

HOSTILE = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix esadm: <http://vocab.linkeddata.es/datosabiertos/def/sector-publico/territorio#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix teixit: <https://w3id.org/teixit/def#> .
<javascript:alert(1)> a esadm:Distrito ; dct:identifier "\\"><script>1</script>" .
<javascript:alert(2)> a teixit:Measure ; rdfs:label "<script>2</script>"@fr , "=SUM(1)"@ca .
<urn:g> { <javascript:alert(2)> teixit:concernsDistrict <javascript:alert(1)> . }
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", CHOICES)
def test_every_choice_is_a_page_in_every_language(
    whole: FlaskClient, language: str, rows: str
) -> None:
    page = whole.get(f"/{language}/matrix?rows={rows}").text
    assert page.count("<h1>") == 1
    assert f'href="/{language}/matrix?rows={rows}" aria-current="true"' in page
    for district in range(1, 11):
        assert f'href="/{language}/about/district-{district:02}"' in page
    assert len(re.findall("matrix\\?rows=", page)) >= len(CHOICES)
    ids = re.findall(' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = set(re.findall('href="#([^"]+)"', page))
    assert links <= set(ids), links - set(ids)


def test_cells_are_told_apart_by_a_mark_and_a_word_and_the_empty_ones_are_explained(
    whole: FlaskClient,
) -> None:
    page = whole.get("/en/matrix?rows=themes").text
    assert len(re.findall(r'<td class="empty"><svg [^>]+aria-hidden="true".+?</svg>', page)) == 184
    empty = '<span class="visually-hidden">nothing in the sources says so</span>'
    assert page.count(empty) == 184
    full = r'<td class="full">\s*<span class="how"><svg .+?</svg> <a href="#why-\d+-\d+">([a-z ]+)<'
    assert set(re.findall(full, page)) == {"we conclude it", "every district"}
    assert "empty cell means that nothing in the sources says so" in page


def test_a_full_cell_says_through_what_and_leads_to_who_says_so(whole: FlaskClient) -> None:
    page = whole.get("/ca/matrix?rows=actions").text
    assert '<a href="/ca/about/project-coopolis">Coòpolis</a>' in page
    reasons = page.partition('<table class="reasons">')[2]
    assert "/ca/text/source-territorialitzacio#passage-" in reasons
    assert "/ca/about/extract-pde-sants-montjuic" in reasons
    assert "/ca/about/conclusion-districts-touched" in reasons


def test_the_region_can_be_reached_and_has_a_name(whole: FlaskClient) -> None:
    page = whole.get("/ca/matrix").text
    assert '<div class="matrix" role="region" aria-labelledby="matrix" tabindex="0">' in page
    assert page.count('<th scope="row">') > 3
    assert page.count('<th scope="col"') >= 12


def test_it_can_be_had_as_files(whole: FlaskClient) -> None:
    answer = whole.get("/es/matrix?rows=projects&download=csv")
    rows = [*csv.reader(StringIO(answer.text.removeprefix("\ufeff")))]
    assert rows[0][:2] == ["Proyectos", "01 Ciutat Vella"]
    assert rows[1][1] == "ninguna fuente lo dice"
    assert rows[-1][-1] == "6"
    told = whole.get("/es/matrix?rows=projects", headers={"Accept": "application/json"}).json
    assert (told["rows"], told["full"], len(told["lines"])) == ("projects", 6, 6)
    workbook = whole.get("/es/matrix?rows=projects&download=xlsx").data
    assert workbook.startswith(b"PK")


@pytest.mark.parametrize(
    ("language", "said"),
    [("ca", "no és cap"), ("es", "no es ninguna"), ("en", "is none")],
)
def test_another_choice_is_answered_in_the_language_of_the_reader(
    whole: FlaskClient, language: str, said: str
) -> None:
    answer = whole.get(f"/{language}/matrix?rows=<b>", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert f'<html lang="{language}">' in answer.text
    assert f"rows=&lt;b&gt; {said}" in answer.text
    assert ": measures, projects, actions, audiences, themes." in answer.text


@pytest.mark.parametrize("rows", CHOICES)
def test_of_an_empty_graph_it_says_that_there_is_nothing(
    explore: Callable[[Store], FlaskClient], rows: str
) -> None:
    answer = explore(Store()).get(f"/en/matrix?rows={rows}")
    assert answer.status_code == 200
    assert "nothing in the sources says anything of it" in answer.text
    assert "<table" not in answer.text


def test_what_is_hostile_is_text(explore: Callable[[Store], FlaskClient]) -> None:
    store = Store()
    store.load(HOSTILE.encode(), RdfFormat.TRIG)
    client = explore(store)
    page = client.get("/ca/matrix").text
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "&lt;script&gt;1" in page
    assert "'=SUM(1)" in client.get("/ca/matrix?download=csv").text


def test_more_districts_than_fit_make_a_region_that_scrolls(
    explore: Callable[[Store], FlaskClient],
) -> None:
    store = Store()
    kind = "<http://vocab.linkeddata.es/datosabiertos/def/sector-publico/territorio#Distrito>"
    code = "<http://purl.org/dc/terms/identifier>"
    districts = "".join(f'<urn:{n}> a {kind} ; {code} "{n}" .' for n in range(12))
    measure = "<urn:m> a <https://w3id.org/teixit/def#Measure> ."
    store.load(f"{districts} {measure}".encode(), RdfFormat.TURTLE)
    assert '<div class="matrix many" role="region"' in explore(store).get("/ca/matrix").text


def test_a_running_service_shows_it(live_endpoint: str) -> None:
    address = f"{live_endpoint.removesuffix('/sparql')}/ca/matrix?rows=projects"
    with urlopen(address) as answer:  # noqa: S310 - our own server
        page = answer.read().decode()
    assert "De les 60 caselles, 6 són plenes i 54 són buides." in page
    assert not re.search(r"<script|<style| style=| on\w+=", page)
