"""Every IRI of ours answers over HTTP, in every form, by the rules of HTTP."""

import hashlib
import json
import re
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize
from rdflib import Graph
from werkzeug.test import Client

from teixit import namespaces
from teixit.languages import LANGUAGES
from teixit.web.formats import DOCUMENTS

MEASURE = "piess-2016-2019/measure-29"
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
#: What the service of the fixtures is started with, for the graph that Teixit ships.
SHIPPED = ['{"kind": "shipped"}', "{}", '{"quiet": true}']
WITHDRAWN = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/teixit/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:old prov:invalidatedAtTime "2026-11-28T00:00:00Z"^^xsd:dateTime ; dct:isReplacedBy id:new ;
  rdfs:label "vell"@ca , "viejo"@es , "old"@en .
id:new rdfs:label "nou"@ca , "nuevo"@es , "new"@en ; rdfs:comment "café" .
<https://w3id.org/teixit/id/caf\\u00E9> rdfs:label "cafè"@ca .
"""


@pytest.fixture(scope="module")
def site(serve) -> Iterator[Client]:
    """The graph that Teixit ships."""
    with serve(arguments=SHIPPED) as found:
        yield found.client


@pytest.fixture(scope="module")
def other(serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A graph without sources, in which something was withdrawn."""
    file: Path = tmp_path_factory.mktemp("data") / "withdrawn.ttl"
    file.write_text(WITHDRAWN)
    with serve(file) as found:
        yield found.client


def canonical(body: bytes, type_: str) -> str:
    """The SHA-256 of the sorted N-Quads that RDFC-1.0 gives."""
    dataset = Dataset(parse(body, RdfFormat.from_media_type(type_)))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = serialize(dataset, format=RdfFormat.N_QUADS).decode().splitlines()
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def test_a_thing_leads_to_its_document(site: Client) -> None:
    response = site.get(f"/id/{MEASURE}", headers={"Host": "evil.example"})
    assert (response.status_code, response.data) == (303, b"")
    assert response.location == f"/doc/{MEASURE}"
    assert response.headers["Link"] == f'</doc/{MEASURE}>; rel="describedby"'
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("address", [f"/doc/{MEASURE}", "/def", "/def/0.1.0", "/shapes"])
def test_every_format_of_a_document_says_the_same(site: Client, address: str) -> None:
    hashes = set()
    for ending, type_ in DOCUMENTS.items():
        chosen = site.get(address, headers={"Accept": type_})
        named = site.get(f"{address}.{ending}", headers={"Accept": "image/png"})
        assert (chosen.status_code, named.status_code) == (200, 200)
        assert chosen.mimetype == named.mimetype == type_
        assert ("charset=utf-8" in chosen.content_type) is type_.startswith("text/")
        assert chosen.headers["Content-Location"] == f"{address}.{ending}"
        assert chosen.data == named.data
        hashes.add(canonical(chosen.data, type_))
    assert len(hashes) == 1


def test_json_ld_brings_its_context(site: Client) -> None:
    document = site.get(f"/doc/{MEASURE}.jsonld").json
    assert document["@context"]["dct"] == "http://purl.org/dc/terms/"


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html;q=0.3,text/turtle", "text/turtle"),
        ("text/*", "text/turtle"),
        (CHROME, "text/html"),
        ("application/json, application/ld+json;q=0.9", "application/ld+json"),
    ],
)
def test_the_client_chooses_the_form(site: Client, accept: str | None, type_: str) -> None:
    response = site.get(f"/doc/{MEASURE}", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (200, type_)


def test_rdflib_reads_a_thing_by_itself(serve) -> None:
    with serve(arguments=SHIPPED) as found:
        assert len(Graph().parse(f"{found.address}/id/{MEASURE}")) > 20
        assert len(Graph().parse(f"{found.address}/def")) > 500


def test_a_document_names_all_its_forms(site: Client) -> None:
    link = site.head(f"/doc/{MEASURE}").headers["Link"]
    assert f'<https://w3id.org/teixit/doc/{MEASURE}>; rel="canonical"' in link
    assert f'<https://w3id.org/teixit/id/{MEASURE}>; rel="describes"' in link
    assert f'</doc/{MEASURE}.ttl>; rel="describedby"; type="text/turtle"' in link
    assert "describes" not in site.head("/def").headers["Link"]
    for ending, type_ in DOCUMENTS.items():
        assert f'</doc/{MEASURE}.{ending}>; rel="alternate"; type="{type_}"' in link
    for tag in LANGUAGES:
        assert f'</doc/{MEASURE}.{tag}.html>; rel="alternate"' in link


@pytest.mark.parametrize("address", [f"/doc/{MEASURE}", "/def", "/shapes.ttl"])
def test_what_is_known_is_not_sent_again(site: Client, address: str) -> None:
    for accept in ("text/turtle", "text/html"):
        first = site.get(address, headers={"Accept": accept})
        etag, since = first.headers["ETag"], first.headers["Last-Modified"]
        for known in ({"If-None-Match": etag}, {"If-Modified-Since": since}):
            again = site.get(address, headers={"Accept": accept, **known})
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["ETag"] == etag
            assert "Accept" in again.headers["Vary"]
        for other in (formatdate(0, usegmt=True), "yesterday"):
            asked = {"Accept": accept, "If-Modified-Since": other}
            assert site.get(address, headers=asked).status_code == 200


def test_each_form_is_known_by_another_etag(site: Client) -> None:
    asked = [{"Accept": type_} for type_ in (*DOCUMENTS.values(), "text/html")]
    etags = {site.get(f"/doc/{MEASURE}", headers=wish).headers["ETag"] for wish in asked}
    assert len(etags) == len(asked)


def test_a_document_is_compressed_for_those_who_like_it(site: Client) -> None:
    plain = site.get(f"/doc/{MEASURE}.ttl", headers={"Accept-Encoding": "identity"})
    packed = site.get(f"/doc/{MEASURE}.ttl", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data)


@pytest.mark.parametrize("address", [f"/id/{MEASURE}", f"/doc/{MEASURE}", "/def", "/shapes.rdf"])
def test_what_only_is_read_cannot_be_changed(site: Client, address: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        response = site.open(address, method=method, data=b"x")
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert site.options(address).headers["Allow"] == "GET, HEAD, OPTIONS"
    given, told = site.get(address), site.head(address)
    assert (told.status_code, told.data) == (given.status_code, b"")
    for name in ("Content-Type", "ETag", "Content-Length", "Link"):
        assert told.headers.get(name) == given.headers.get(name)


def test_who_accepts_nothing_that_there_is_learns_what_there_is(site: Client) -> None:
    response = site.get(f"/doc/{MEASURE}", headers={"Accept": "application/x-nothing"})
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")
    assert "text/turtle" in response.text
    assert f'</doc/{MEASURE}.ttl>; rel="alternate"' in response.headers["Link"]
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    "address",
    [
        "/id/nothing",
        "/doc/nothing",
        "/doc/nothing.ttl",
        "/doc/",
        "/id/%3C%3E",
        "/def/9.9.9",
        "/def/9.9.9.html",
        "/shapes/9.9.9",
        "/def.exe",
    ],
)
def test_what_is_not_there_is_not_found(site: Client, address: str) -> None:
    told = site.get(address)
    assert (told.status_code, told.mimetype) == (404, "application/problem+json")
    shown = site.get(address, headers={"Accept": CHROME, "Accept-Language": "es"})
    assert (shown.status_code, shown.mimetype) == (404, "text/html")
    assert '<html lang="es">' in shown.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thing_has_a_page_in_each_language(site: Client, language: str) -> None:
    page = site.get(f"/doc/{MEASURE}.{language}.html")
    label = {"ca": "Promoure i reforçar", "es": "Promover y reforzar", "en": "Promote and"}
    assert page.content_type == "text/html; charset=utf-8"
    assert f'<html lang="{language}">' in page.text
    assert f"<h1>{label[language]}" in page.text
    (place,) = re.findall('<link rel="canonical" href="([^"]+)">', page.text)
    assert place.endswith(f"/doc/{MEASURE}.{language}.html")
    assert "canonical" not in page.headers["Link"]
    for ending, type_ in DOCUMENTS.items():
        assert f'rel="alternate" type="{type_}" href="/doc/{MEASURE}.{ending}"' in page.text
    for tag in LANGUAGES:
        address = f"{namespaces.BASE}doc/{MEASURE}.{tag}.html"
        assert f'rel="alternate" hreflang="{tag}" href="{address}"' in page.text
    asked = {"Accept": CHROME, "Accept-Language": f"{language}-XX"}
    chosen = site.get(f"/doc/{MEASURE}", headers=asked)
    assert chosen.headers["Content-Location"] == f"/doc/{MEASURE}.{language}.html"
    assert chosen.data == page.data


@pytest.mark.parametrize("name", [MEASURE, "district-03", "neighbourhood-16"])
def test_a_document_leads_to_the_page_in_plain_words_and_back(site: Client, name: str) -> None:
    assert f'href="/es/about/{name}"' in site.get(f"/doc/{name}.es.html").text
    assert f'href="/doc/{name}.es.html"' in site.get(f"/es/about/{name}").text
    assert "/es/about/" not in site.get("/doc/scale-city.es.html").text


def test_a_page_quotes_the_sentence_beside_what_it_says(site: Client) -> None:
    page = site.get(f"/doc/{MEASURE}.en.html").text
    quoted = re.search(r"<blockquote[^>]*>29Promoure i reforçar.*?</dl>", page, re.DOTALL)
    assert quoted
    assert ">belongs to line</a>" in quoted[0]
    assert ">translation into English</a>" in page.replace("Translation", "translation")
    assert "belongs to measure</a> (5)" in page
    assert '<dd><time datetime="2026-11-22">' in page
    assert "Promover" not in page  # the reader's language is enough


def test_the_page_of_a_passage_tells_what_it_says(site: Client) -> None:
    graph = site.get(f"/doc/{MEASURE}.nt").text
    name = re.search(r"<https://w3id.org/teixit/id/(source-[^>]*/passage-\d+-\d+)>", graph)
    assert name
    page = site.get(f"/doc/{name[1]}.ca.html").text
    assert "Què diu aquest graf" in page
    assert "/graphs?graph=https://w3id.org/teixit/id/" in page.replace("%3A", ":")


def test_what_is_too_much_for_a_page_is_counted(site: Client) -> None:
    everything = site.get("/doc/record-sources.en.html").text
    assert "Its first 100 statements are shown." in everything


def test_the_ontology_and_the_shapes_have_pages(site: Client) -> None:
    for own in ("/def", "/shapes", "/def/0.1.0"):
        page = site.get(own, headers={"Accept": CHROME, "Accept-Language": "es"})
        assert (page.status_code, page.mimetype) == (200, "text/html")
        assert page.headers["Content-Location"] == f"{own}.es.html"
        assert '<html lang="es">' in page.text
    assert site.get("/def.ca.html").status_code == 200


def test_what_is_withdrawn_says_so_and_what_came_in_its_place(other: Client) -> None:
    assert other.get("/id/old").status_code == 303
    for ending, type_ in DOCUMENTS.items():
        response = other.get(f"/doc/old.{ending}")
        assert (response.status_code, response.mimetype) == (410, type_)
        assert "ETag" not in response.headers
        assert b"isReplacedBy" in response.data
    page = other.get("/doc/old.en.html")
    assert page.status_code == 410
    assert "Withdrawn on 2026-11-28" in page.text
    assert 'In its place: <a href="/doc/new.en.html">new</a>.' in page.text
    assert other.get("/doc/new").status_code == 200


def test_a_graph_without_sources_has_pages_too(other: Client) -> None:
    page = other.get("/doc/new.en.html").text
    assert "Without a named source" in page
    assert "café" in page
    assert "Teixit (s. d.)." in page


def test_what_another_server_holds_has_documents_without_a_date(
    serve, tmp_path: Path, other: Client
) -> None:
    file = tmp_path / "held.ttl"
    file.write_text(WITHDRAWN)
    with serve(file) as held:
        source = json.dumps({"kind": "remote", "url": f"{held.address}/sparql"})
        with serve(arguments=[source, "{}", '{"quiet": true}']) as asking:
            response = asking.client.get("/doc/new.nt")
            assert asking.client.get("/doc/new.en.html").status_code == 200
            assert asking.client.get("/doc/old").status_code == 410
    assert not {"ETag", "Last-Modified"} & set(response.headers.keys())
    assert sorted(response.data.splitlines()) == sorted(other.get("/doc/new.nt").data.splitlines())


def test_a_name_with_accents_is_written_as_addresses_are(other: Client) -> None:
    response = other.get("/id/caf%C3%A9")
    assert (response.status_code, response.location) == (303, "/doc/caf%C3%A9")
    assert other.get("/doc/caf%C3%A9").status_code == 200


def test_the_files_that_a_page_names_are_there(site: Client) -> None:
    page = site.get(f"/doc/{MEASURE}.ca.html").text
    files = re.findall(rf'href="(/doc/{MEASURE}\.\w+)"', page)
    assert {site.get(file).status_code for file in files} == {200}


CELL = """@prefix id: <https://w3id.org/teixit/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix teixit: <https://w3id.org/teixit/def#> .
@prefix table: <https://w3id.org/teixit/id/source-table-x/> .
id:project-x a teixit:FlagshipProject ; rdfs:label "X"@en .
table:cell-12-d { id:project-x a teixit:FlagshipProject ; rdfs:label "X"@en }
table:cell-12-d a teixit:Passage ; teixit:startLine 12 ; oa:hasSelector table:selector-12-d ;
  rdfs:label "“x.xlsx”, sheet “Projects”, row 12, column D"@en .
table:selector-12-d oa:exact "X" .
"""


def test_a_cell_of_a_table_is_called_by_its_place(serve, tmp_path: Path) -> None:
    file = tmp_path / "x.trig"
    file.write_text(CELL, "utf-8")
    with serve(file) as found:
        body = found.client.get("/doc/project-x.en.html").text
    assert "<h3>“x.xlsx”, sheet “Projects”, row 12, column D</h3>" in body
    assert "<blockquote cite=" in body
