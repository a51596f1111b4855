"""What harvesters ask for answers over HTTP as they ask: HEAD first, and accepting anything."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from werkzeug.test import Client

from teixit import __version__, namespaces
from teixit.catalogue import wording
from teixit.web import catalogue

SHIPPED = ['{"kind": "shipped"}', "{}", '{"quiet": true}']
#: What a graph says of itself that has a catalogue.
DESCRIBED = """
@prefix id: <https://w3id.org/teixit/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix void: <http://rdfs.org/ns/void#> .
id:dataset-graph a void:Dataset ; void:triples 3 ; prov:wasDerivedFrom id:source .
"""
TYPES = {
    "/catalog.ttl": "text/turtle",
    "/catalog.rdf": "application/rdf+xml",
    "/catalog.jsonld": "application/ld+json",
    "/catalog.dcat-ap-2.1.1.ttl": "text/turtle",
    "/federador.rdf": "application/rdf+xml",
    "/ckan/package.json": "application/json",
    "/lod-cloud.json": "application/json",
    "/data.json": "application/json",
    "/void.ttl": "text/turtle",
    "/void.rdf": "application/rdf+xml",
    "/void.jsonld": "application/ld+json",
}
ADDRESSES = [*TYPES, "/catalog", "/void", "/.well-known/void"]


@pytest.fixture(scope="module")
def site(serve) -> Iterator[Client]:
    """The graph that Teixit ships; who asks for its release first waits until it is made."""
    with serve(arguments=SHIPPED) as found:
        yield found.released


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_and_get_agree_and_whoever_accepts_anything_is_answered(
    site: Client, address: str
) -> None:
    head, got = (ask(address, headers={"Accept": "*/*"}) for ask in (site.head, site.get))
    assert (head.status_code, got.status_code) == (200, 200)
    assert not head.data
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == got.headers[name]
    wanted = TYPES.get(address, "text/turtle")
    assert got.mimetype == wanted
    assert (got.mimetype_params.get("charset") == "utf-8") == wanted.startswith("text/")
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in got.headers
    assert got.text
    if wanted != "application/json":
        form = RdfFormat.from_media_type(wanted)
        assert form is not None
        assert list(parse(got.data, form))


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_it_already_gets_nothing(site: Client, address: str) -> None:
    known = site.get(address).headers["ETag"]
    again = site.get(address, headers={"If-None-Match": known})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", known)


@pytest.mark.parametrize("address", ADDRESSES)
def test_gzip_is_the_same_packed(site: Client, address: str) -> None:
    plain = site.get(address, headers={"Accept-Encoding": "identity"})
    packed = site.get(address, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("address", ["/catalog", "/void", "/.well-known/void"])
@pytest.mark.parametrize("type_", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_a_form_is_negotiated(site: Client, address: str, type_: str) -> None:
    got = site.get(address, headers={"Accept": type_})
    assert got.mimetype == type_
    named = site.get(got.headers["Content-Location"])
    assert (named.mimetype, named.data) == (type_, got.data)
    assert site.get(address, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_can_be_changed(site: Client, address: str) -> None:
    refused = site.post(address, data="x")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert site.options(address).headers["Allow"] == "GET, HEAD, OPTIONS"


def test_void_is_what_the_graph_says_of_itself(site: Client) -> None:
    whole = f"{namespaces.BASE}id/record-void"
    kept = site.get(f"/graphs?graph={whole}", headers={"Accept": "text/turtle"})
    found = site.get("/.well-known/void")
    assert found.data == kept.data
    assert b"void:DatasetDescription" in found.data


def test_the_three_forms_of_void_say_the_same(site: Client) -> None:
    found = set()
    for address in catalogue.VOID:
        answer = site.get(address)
        form = RdfFormat.from_media_type(answer.mimetype)
        assert form is not None
        dataset = Dataset(parse(answer.data, form))
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found.add("\n".join(sorted(map(str, dataset))))
    assert len(found) == 1


def test_another_graph_has_no_catalogue(service) -> None:
    for address in ("/catalog.ttl", "/federador.rdf", "/void.ttl"):
        assert service.client.get(address).status_code == 404


def test_it_is_of_what_the_service_exports(site: Client) -> None:
    assert f"releases/{__version__}/teixit.nq.gz" in site.get("/catalog.ttl").text
    assert f"/releases/{__version__}/teixit.nq" in site.get("/en/datasets/graph").text


@pytest.mark.parametrize(
    ("language", "how"), [("ca", "Com citar"), ("es", "Cómo citar"), ("en", "How to cite")]
)
def test_its_page_says_how_to_cite_it(site: Client, language: str, how: str) -> None:
    page = site.get(f"/releases/{__version__}.{language}.html").text
    assert how in page
    assert f"https://w3id.org/teixit/releases/{__version__}/" in page
    assert wording.datasets()["graph"].title[language] in page


def test_what_is_too_long_for_files_has_no_catalogue(serve, tmp_path: Path) -> None:
    long = tmp_path / "long.nt"
    long.write_bytes(b"<urn:a> <urn:b> <urn:c> .\n" * 700_000)
    void = tmp_path / "void.ttl"
    void.write_text(DESCRIBED)
    with serve(void, long, quiet=True) as found:
        answer = found.client.get("/catalog.ttl")
        assert (answer.status_code, "cannot be had as files" in answer.text) == (404, True)
        assert found.client.get("/datasets/graph").status_code == 404
