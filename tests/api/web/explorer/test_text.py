"""The texts of the sources over HTTP."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store

from teixit.explorer import addresses
from teixit.languages import LANGUAGES
from teixit.namespaces import expand

PAGE = "/text/source-territorialitzacio"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_passage_of_the_graph_has_its_place(
    shipped: FlaskClient, store: Store, language: str
) -> None:
    text = shipped.get(f"/{language}{PAGE}").text
    places = re.findall('id="([^"]+)"', text)
    assert len(places) == len(set(places))
    kind = NamedNode(expand("teixit:Passage"))
    is_a = NamedNode(expand("rdf:type"))
    passages = {quad.subject for quad in store.quads_for_pattern(None, is_a, kind)}
    assert len(passages) == 46
    for passage in passages:
        assert isinstance(passage, NamedNode)
        page, _, place = str(addresses.about(passage.value, language)).partition("#")
        assert page == f"/{language}{PAGE}"
        assert place in places


def test_the_text_is_in_its_own_language_and_all_else_in_the_reader_s(
    shipped: FlaskClient,
) -> None:
    text = unescape(shipped.get(f"/en{PAGE}").text)
    assert '<html lang="en">' in text
    assert '<p class="words" lang="ca"><span class="passage" id="passage-0-38">Territorial' in text
    assert "lines 34–37" in text
    assert "strategic line" in text


def test_what_is_said_leads_on(shipped: FlaskClient) -> None:
    text = shipped.get(f"/es{PAGE}").text
    assert '<a href="/es/about/project-can-pico">' in text
    assert '<a href="/doc/source-territorialitzacio/passage-2919-3033.es.html">' in text
    assert "Sí" in text or "sí" in text  # that a list is open-ended


def test_other_documents_have_a_page_without_their_text(shipped: FlaskClient) -> None:
    text = shipped.get("/ca/text/source-bcn-geodata").text
    assert 'class="words"' not in text
    assert "CartoBCN" in text
    assert re.search(r"Se’n mostren 15 coses de \d+", unescape(text))
    silent = unescape(shipped.get("/ca/text/source-el-nacional-2016").text)
    assert "només fonamenta conclusions nostres" in silent


def test_what_is_no_source_is_not_found(shipped: FlaskClient) -> None:
    for name in ("nothing", "district-03", "<script>"):
        assert shipped.get(f"/ca/text/{name}").status_code == 404


def test_the_table_can_be_downloaded(shipped: FlaskClient) -> None:
    answer = shipped.get(f"/ca{PAGE}?download=csv")
    assert answer.headers["Content-Disposition"].endswith('source-territorialitzacio.csv"')
    assert "29" in answer.text
