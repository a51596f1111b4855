"""The texts of the sources over HTTP."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store

from teixit.explorer import addresses
from teixit.languages import LANGUAGES
from teixit.namespaces import expand
from teixit.web.explorer import findings, method, text

PAGE = "/text/source-territorialitzacio"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_passage_of_the_graph_has_its_place(
    shipped: FlaskClient, store: Store, language: str
) -> None:
    page = shipped.get(f"/{language}{PAGE}").text
    places = re.findall('id="([^"]+)"', page)
    assert len(places) == len(set(places))
    kind = NamedNode(expand("teixit:Passage"))
    is_a = NamedNode(expand("rdf:type"))
    passages = {quad.subject for quad in store.quads_for_pattern(None, is_a, kind)}
    assert len(passages) == 46
    for passage in passages:
        assert isinstance(passage, NamedNode)
        where, _, place = str(addresses.about(passage.value, language)).partition("#")
        assert where == f"/{language}{PAGE}"
        assert place in places


def test_the_text_is_in_its_own_language_and_all_else_in_the_reader_s(
    shipped: FlaskClient,
) -> None:
    page = unescape(shipped.get(f"/en{PAGE}").text)
    assert '<html lang="en">' in page
    assert '<p class="words" lang="ca"><span class="passage" id="passage-0-38">Territorial' in page
    assert "lines 34–37" in page
    assert "strategic line" in page


def test_what_is_said_leads_on(shipped: FlaskClient) -> None:
    page = shipped.get(f"/es{PAGE}").text
    assert '<a href="/es/about/project-can-pico">' in page
    assert '<a href="/doc/source-territorialitzacio/passage-2919-3033.es.html">' in page
    assert "Sí" in page or "sí" in page  # that a list is open-ended


def test_other_documents_have_a_page_without_their_text(shipped: FlaskClient) -> None:
    page = shipped.get("/ca/text/source-bcn-geodata").text
    assert 'class="words"' not in page
    assert "CartoBCN" in page
    assert re.search(r"Se’n mostren 15 coses de \d+", unescape(page))
    silent = unescape(shipped.get("/ca/text/source-el-nacional-2016").text)
    assert "només fonamenta conclusions nostres" in silent


def test_what_is_no_source_is_not_found(shipped: FlaskClient) -> None:
    for name in ("nothing", "district-03", "<script>"):
        assert shipped.get(f"/ca/text/{name}").status_code == 404


def test_the_table_can_be_downloaded(shipped: FlaskClient) -> None:
    answer = shipped.get(f"/ca{PAGE}?download=csv")
    assert answer.headers["Content-Disposition"].endswith('source-territorialitzacio.csv"')
    assert "29" in answer.text


def test_the_texts_are_in_the_sitemap_with_the_pages_beside_them(shipped: FlaskClient) -> None:
    with shipped.application.test_request_context():
        told = [*text.pages(), *method.pages(), *findings.pages()]
    paths = [PAGE, "/method", "/findings"]
    assert [page.addresses for page in told] == [
        {language: f"/{language}{path}" for language in LANGUAGES} for path in paths
    ]
