"""The pages of things over HTTP."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from teixit import protocol, web
from teixit import store as teixit_store
from teixit.explorer.things.kinds import KINDS
from teixit.languages import LANGUAGES
from teixit.namespaces import PREFIXES, THING
from teixit.web.explorer import things
from teixit.web.site import Site
from teixit.workers import Limits

SMALL = """
id:x a teixit:FlagshipProject ; rdfs:label "<script>alert(1)</script>"@ca ;
  foaf:homepage <javascript:alert(1)> .
<urn:elsewhere> a teixit:FlagshipProject .
id:gone prov:invalidatedAtTime "2026-11-28T00:00:00Z"^^xsd:dateTime ;
  rdfs:label "old"@en ; dct:isReplacedBy id:x .
id:lost prov:invalidatedAtTime "2026-11-28T00:00:00Z"^^xsd:dateTime .
"""

#: A report that is made up, in the cells of a table.
REPORTED = f"""
id:action-1 a teixit:Action ; rdfs:label "Acció"@ca .
<{THING}source-table-x/cell-2-b> {{
  <{THING}source-table-x/report-7> teixit:reportsOn id:action-1 ; teixit:percentDone 40.0 .
  id:action-1 dct:description "Descrita"@es .
}}
<{THING}source-table-x/cell-2-b> a teixit:Passage ; rdfs:label "fila 2, columna B"@es ;
  oa:hasSource id:source-table-x ; oa:hasSelector [ oa:exact "31" ] .
id:source-table-x rdfs:label "Tabla inventada"@es .
"""

Visit = Callable[[Store], FlaskClient]


class Headings(HTMLParser):
    """The headings of a page with their text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - of the parser
        if re.fullmatch(r"h[1-6]", tag):
            self._open = tag
            self.found.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, text = self.found[-1]
            self.found[-1] = tag, text + data


@pytest.fixture(scope="module")
def visit() -> Visit:
    def client(graph: Store) -> FlaskClient:
        found = Site.around(
            lambda _: ([], "1"), lambda: "1", protocol.ENDPOINT, Limits(), graph=graph
        )
        return web.create_app(found).test_client()

    return client


@pytest.fixture
def small(visit: Visit) -> FlaskClient:
    graph = Store()
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    graph.load((prefixes + SMALL).encode(), RdfFormat.TURTLE)
    return visit(graph)


def shipped(store: Store) -> list[str]:
    found: dict[str, None] = {}
    for kind in KINDS:
        rows = [row["thing"].value for row in store.query(f"SELECT ?thing {{ ?thing a <{kind}> }}")]
        assert rows, kind
        found |= dict.fromkeys(rows)
    return [iri.removeprefix(THING) for iri in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_thing_has_a_page_with_one_first_heading(
    store: Store, visit: Visit, language: str
) -> None:
    client = visit(store)
    for name in shipped(store):
        answer = client.get(f"/{language}/about/{name}")
        assert answer.status_code == 200, name
        headings = Headings()
        headings.feed(answer.text)
        assert [tag for tag, _ in headings.found].count("h1") == 1, name
        assert all(text.strip() for _, text in headings.found), name
        assert f'<html lang="{language}"' in answer.text
        assert "{" not in re.sub(r"<[^>]*>", "", answer.text), name


def test_a_page_leads_to_its_passages_its_drawing_and_its_document(
    store: Store, visit: Visit
) -> None:
    page = visit(store).get("/en/about/project-coopolis").text
    assert 'href="/en/text/source-territorialitzacio#passage-2919-3033"' in page
    assert 'href="/en/network/project-coopolis"' in page
    assert 'href="/doc/project-coopolis.en.html"' in page
    assert 'href="/en/about/neighbourhood-16"' in page
    assert 'href="/en/map"' in page
    assert "its exact point on the map (coordinates)" in page


def test_it_can_be_had_as_files(store: Store, visit: Visit) -> None:
    client = visit(store)
    address = "/ca/about/project-coopolis"
    held = json.loads(client.get(address, headers={"Accept": "application/json"}).data)
    assert held["places"][1]["text"] == "la Bordeta"
    for name in ("csv", "xlsx"):
        assert client.get(f"{address}?download={name}").status_code == 200


def test_its_places_can_be_had_as_geojson(store: Store, visit: Visit) -> None:
    client = visit(store)
    held = json.loads(client.get("/es/about/project-coopolis?download=geojson").data)
    found = {place["properties"]["Lugar"]: place["geometry"]["type"] for place in held["features"]}
    assert found == {"Sants-Montjuïc": "MultiPolygon", "la Bordeta": "Polygon"}
    assert client.get("/es/about/theme-co-production?download=geojson").status_code == 400


def test_progress_stands_beside_its_source_and_a_cell_is_cited_as_one(
    visit: Visit, tmp_path: Path
) -> None:
    file = tmp_path / "reported.trig"
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    file.write_text(prefixes + REPORTED, "utf-8")
    page = visit(teixit_store.load([file])).get("/es/about/action-1").text
    assert '<h2 id="progress">Hasta dónde ha llegado, según las fuentes</h2>' in page
    assert '<td class="number"><bdi>40</bdi></td>' in page
    assert '<a href="/doc/source-table-x.es.html">Tabla inventada</a>' in page
    assert 'href="/es/list/progress"' in page
    cell = '<q>31</q> <a href="/es/about/source-table-x/cell-2-b">fila 2, columna B</a>'
    assert f'<li class="extract">{cell} · otra fuente</li>' in re.sub(r"\n\s*", "", page)


def test_other_kinds_are_sent_on_to_their_document(store: Store, visit: Visit) -> None:
    answer = visit(store).get("/es/about/source-territorialitzacio")
    assert answer.status_code == 303
    assert answer.location == "/doc/source-territorialitzacio.es.html"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["nothing", "a%20b%3C"])
def test_what_is_not_there_is_told_in_the_language(
    small: FlaskClient, language: str, name: str
) -> None:
    answer = small.get(f"/{language}/about/{name}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.text


def test_what_was_withdrawn_is_gone(small: FlaskClient) -> None:
    answer = small.get("/en/about/gone")
    assert answer.status_code == 410
    assert "withdrawn on 2026-11-28" in answer.text
    assert 'href="/en/about/x"' in answer.text
    assert small.get("/en/about/lost").status_code == 410
    assert small.get("/en/about/gone?download=json").status_code == 410


def test_hostile_names_are_harmless_and_a_missing_translation_is_marked(
    small: FlaskClient,
) -> None:
    page = small.get("/en/about/x").text
    assert "<script" not in page
    assert 'href="javascript:' not in page
    assert '<h1 lang="ca">' in page
    assert "(only in Catalan)" in page


def test_the_sitemap_has_the_pages_of_all_things(store: Store, visit: Visit) -> None:
    with visit(store).application.app_context():
        found = [*things.pages()]
    assert {page.addresses["es"] for page in found} == {
        f"/es/about/{name}" for name in shipped(store)
    }
    assert all(page.addresses.keys() == {*LANGUAGES} for page in found)


def test_the_sitemap_leaves_out_what_is_not_ours(small: FlaskClient) -> None:
    with small.application.app_context():
        assert [page.addresses["en"] for page in things.pages()] == ["/en/about/x"]
