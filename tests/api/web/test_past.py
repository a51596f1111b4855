"""Our documents are answered as they were, from the dumps of releases."""

import asyncio
import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize
from werkzeug.test import Client

from teixit import __version__, exporting
from teixit.errors import LimitError
from teixit.exporting import MANIFEST, Contents, ExportedFile, Shelf, dumps
from teixit.languages import LANGUAGES
from teixit.web.exchange import Incoming
from teixit.web.exported import Exports
from teixit.web.formats import DOCUMENTS
from teixit.web.log import Log
from teixit.web.pages import Pages
from teixit.web.past import Past

OLD, OLDEST = "0.0.9", "0.0.8"
BEFORE = {"Accept-Datetime": "Sat, 03 Jan 2026 00:00:00 GMT"}
AFTER = {"Accept-Datetime": "Sat, 01 Jan 2028 00:00:00 GMT"}
ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix : <https://w3id.org/teixit/def#> .
<https://w3id.org/teixit/def> {
  <https://w3id.org/teixit/def> a owl:Ontology ;
    owl:versionIRI <https://w3id.org/teixit/def/0.0.9> ;
    dct:title "Ontologia vella"@ca , "Ontología vieja"@es , "Old ontology"@en ;
    dct:description "Era així"@ca , "Era así"@es , "So it was"@en .
  :Weaver a owl:Class ; rdfs:label "Teixidora"@ca , "Tejedora"@es , "Weaver"@en ;
    rdfs:isDefinedBy <https://w3id.org/teixit/def> .
}
"""
THINGS = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/teixit/id/both> rdfs:label "abans"@ca , "antes"@es , "before"@en .
<https://w3id.org/teixit/id/gone> rdfs:label "fora"@ca , "fuera"@es , "gone"@en .
<https://w3id.org/teixit/id/caf\\u00E9> rdfs:label "cafè"@ca .
"""
NOW = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/teixit/id/both> rdfs:label "ara"@ca , "ahora"@es , "now"@en .
<https://w3id.org/teixit/id/new> rdfs:label "nou"@ca , "nuevo"@es , "new"@en .
"""


def keep(folder: Path, version: str, day: str, *sources: Path) -> None:
    """Export *sources* as a release of another number and day."""
    contents = exporting.export(folder / version, [*sources], parquet=False)
    shapes = folder / version / dumps.SHAPES
    text = shapes.read_text().replace(f"shapes/{__version__}", f"shapes/{version}").encode()
    shapes.write_bytes(text)
    named = ExportedFile.of(dumps.SHAPES, ("shapes", "The shapes", "text/turtle"), text)
    files = tuple(named if each.name == dumps.SHAPES else each for each in contents.files)
    told = replace(contents, version=version, modified=day, files=files)
    (folder / version / MANIFEST).write_bytes(told.written())


def long(folder: Path, version: str) -> None:
    """Put a release there whose graph is said to be too long to be asked."""
    (folder / version).mkdir()
    dump = ExportedFile.of(dumps.DUMP, ("graph", "All", "application/n-quads"), b"")
    with (folder / version / dumps.DUMP).open("wb") as file:
        file.truncate(dumps.LARGEST + 1)
    dump = replace(dump, bytes=dumps.LARGEST + 1)
    day = "2025-01-01"
    contents = Contents(version, day, day, "data", "hash", 1, 1, (dump,))
    (folder / version / MANIFEST).write_bytes(contents.written())


@pytest.fixture(scope="module")
def site(serve: Callable[..., Any], tmp_path_factory: Any) -> Iterator[Client]:
    """A service with an old release that is kept, and one that is too long."""
    place = tmp_path_factory.mktemp("data")
    (place / "old.trig").write_text(ONTOLOGY)
    (place / "things.ttl").write_text(THINGS)
    (place / "now.ttl").write_text(NOW)
    keep(place / "kept", OLD, "2026-01-02", place / "old.trig", place / "things.ttl")
    long(place / "kept", OLDEST)
    with serve(place / "now.ttl", quiet=True, releases=str(place / "kept")) as service:
        yield service.released


def canonical(body: bytes, type_: str) -> str:
    dataset = Dataset(parse(body, RdfFormat.from_media_type(type_)))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = serialize(dataset, format=RdfFormat.N_QUADS).decode().splitlines()
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


@pytest.mark.parametrize(
    ("path", "when", "location"),
    [
        ("/doc/both", BEFORE, f"/releases/{OLD}/doc/both"),
        ("/doc/both", AFTER, f"/releases/{__version__}/doc/both"),
        ("/doc/both.ca.html", BEFORE, f"/releases/{OLD}/doc/both.ca.html"),
        ("/doc/gone", AFTER, f"/releases/{OLD}/doc/gone"),
        ("/doc/caf%C3%A9", AFTER, f"/releases/{OLD}/doc/caf%C3%A9"),
        ("/doc/new.ttl", BEFORE, f"/releases/{__version__}/doc/new.ttl"),
        ("/def", BEFORE, f"/def/{OLD}"),
        ("/shapes.rdf", BEFORE, f"/shapes/{OLD}.rdf"),
        ("/datasets/graph", BEFORE, f"/releases/{OLD}/"),
    ],
)
def test_who_asks_for_another_time_is_sent_on(
    site: Client, path: str, when: dict[str, str], location: str
) -> None:
    answer = site.get(path, headers=when)
    assert (answer.status_code, answer.headers["Location"]) == (302, location)
    assert "Accept-Datetime" in answer.headers["Vary"]
    for relation in ("original timegate", "timemap"):
        assert f'rel="{relation}"' in answer.headers["Link"]
    then = site.get(location)
    assert then.status_code == 200
    assert then.headers["Memento-Datetime"]


def test_a_thing_that_was_there_leads_to_its_document(site: Client) -> None:
    assert site.get("/id/gone").status_code == 404
    answer = site.get("/id/gone", headers=BEFORE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/doc/gone")
    assert site.get("/id/never", headers=BEFORE).status_code == 404


@pytest.mark.parametrize("path", ["/doc/never", "/datasets/none", "/def/9.9.9"])
def test_what_never_was_is_not_there(site: Client, path: str) -> None:
    assert site.get(path, headers=BEFORE).status_code == 404


def test_a_version_is_of_no_other_time(site: Client) -> None:
    assert site.get(f"/def/{OLD}", headers=AFTER).status_code == 200


def test_what_is_no_time_is_refused(site: Client) -> None:
    answer = site.get("/doc/both", headers={"Accept-Datetime": "yesterday"})
    assert (answer.status_code, "Accept-Datetime" in answer.text) == (400, True)


def test_an_answer_of_today_is_not_kept_for_who_asks_for_another_time(site: Client) -> None:
    assert "now" in site.get("/doc/both").text
    assert site.get("/doc/both", headers=BEFORE).status_code == 302
    assert "now" in site.get("/doc/both").text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"/releases/{OLD}/doc/both", "before"),
        (f"/def/{OLD}", "Weaver"),
        (f"/shapes/{OLD}", f"shapes/{OLD}"),
    ],
)
def test_what_was_is_given_in_every_form(site: Client, path: str, said: str) -> None:
    hashes = set()
    for ending, type_ in DOCUMENTS.items():
        chosen = site.get(path, headers={"Accept": type_})
        named = site.get(f"{path}.{ending}")
        assert chosen.mimetype == named.mimetype == type_
        assert chosen.data == named.data
        assert chosen.headers["Content-Location"] == f"{path}.{ending}"
        assert chosen.headers["Memento-Datetime"] == "Fri, 02 Jan 2026 00:00:00 GMT"
        assert "immutable" in chosen.headers["Cache-Control"]
        hashes.add(canonical(chosen.data, type_))
    assert len(hashes) == 1
    assert said in site.get(path).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [f"/releases/{OLD}/doc/both", f"/def/{OLD}", f"/shapes/{OLD}"])
def test_what_was_is_shown_in_every_language(site: Client, path: str, language: str) -> None:
    page = site.get(f"{path}.{language}.html")
    assert page.status_code == 200
    assert page.headers["Memento-Datetime"] == "Fri, 02 Jan 2026 00:00:00 GMT"
    assert page.headers["Cache-Control"] == "no-cache"
    assert f'<html lang="{language}">' in page.text
    assert f'href="{path}.es.html"' in page.text
    assert site.get(path, headers={"Accept": "text/html"}).mimetype == "text/html"


def test_the_page_says_of_when_it_is(site: Client) -> None:
    page = site.get(f"/releases/{OLD}/doc/both.en.html").text
    assert f"in version {OLD}, of 2026-01-02" in page
    assert '<a href="/doc/both">How it is today</a>' in page


def test_long_documents_are_compressed_for_those_who_like_it(site: Client) -> None:
    plain = site.get(f"/shapes/{OLD}.ttl")
    packed = site.get(f"/shapes/{OLD}.ttl", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = site.get(f"/shapes/{OLD}.ttl", headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304


def test_the_times_of_a_document_are_listed(site: Client) -> None:
    counts = {"/doc/both": 2, "/doc/gone": 1, "/doc/never": 0, "/def": 1, "/shapes": 2}
    for path, count in counts.items():
        listed = site.get(f"/releases/timemap{path}")
        assert listed.mimetype == "application/link-format"
        assert listed.text.count('rel="memento"') == count
    assert site.get("/releases/timemap/datasets/graph").text.count('rel="memento"') == 2
    for path in ("/nothing", "/def/0.0.9"):
        assert site.get(f"/releases/timemap{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/releases/{OLD}/doc/new",
        f"/releases/{OLD}/doc/no%20name",
        f"/releases/{OLD}/doc/new.en.html",
        "/releases/9.9.9/doc/both",
        f"/releases/{OLDEST}/doc/both",
        f"/def/{OLDEST}",
        "/def/0.0.7",
        "/shapes/old",
    ],
)
def test_what_was_not_there_is_not_there(site: Client, path: str) -> None:
    assert site.get(path).status_code == 404


def test_what_is_not_accepted_is_told(site: Client) -> None:
    answer = site.get(f"/releases/{OLD}/doc/both", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert f'</releases/{OLD}/doc/both.ttl>; rel="alternate"' in answer.headers["Link"]
    assert "Memento-Datetime" not in answer.headers


def test_the_ontology_of_today_says_of_when_it_is(serve: Callable[..., Any]) -> None:
    arguments = ['{"kind": "shipped"}', "{}", '{"quiet": true}']
    with serve(arguments=arguments) as service:
        client = service.released
        for path in ("/def", "/shapes"):
            assert "Memento-Datetime" in client.get(f"{path}/{__version__}").headers
            assert "Memento-Datetime" not in client.get(path).headers
            assert 'rel="original timegate"' in client.get(path).headers["Link"]
        assert 'rel="timemap"' in client.get("/datasets/graph").headers["Link"]


def test_so_many_may_wait(tmp_path: Path) -> None:
    (tmp_path / "things.ttl").write_text(THINGS)
    keep(tmp_path / "kept", OLD, "2026-01-02", tmp_path / "things.ttl")

    async def stays() -> Mapping[str, Any]:
        return await asyncio.Event().wait() or {}

    async def scene(count: int) -> list[object]:
        with closing(Log(BytesIO())) as log:
            exports = Exports(Shelf.of(tmp_path / "kept"), tmp_path, log)
            with closing(Pages(Flask("none"))) as pages:
                past = Past(exports, pages)
                told = {"accept-datetime": BEFORE["Accept-Datetime"]}
                asked = [Incoming("GET", "/", b"", "1.1", told, "a", stays) for _ in range(count)]
                known = (past.is_known("/doc/gone", each) for each in asked)
                return await asyncio.gather(*known, return_exceptions=True)

    found = asyncio.run(scene(66))
    assert found.count(True) == 64
    assert [str(each) for each in found if isinstance(each, LimitError)] == [
        "too many ask how it was; try again in a moment"
    ] * 2
