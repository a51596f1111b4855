"""Answers are cited, and found again: by another process, and after the data have changed."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from markupsafe import escape
from werkzeug.test import Client

from teixit import __version__, citing, exporting, protocol, store
from teixit.citing import Cited
from teixit.citing.references import BIBTEX, CSL
from teixit.exporting import MANIFEST
from teixit.languages import LANGUAGES

OLD, LATER = "0.0.9", "0.0.8"
PAGE = {"Accept": "text/html", "Accept-Language": "en"}
ROWS = "SELECT ?s ?o { ?s <urn:p> ?o }"
NODES = "SELECT ?b ?o { ?b <urn:q> ?o }"
GRAPH = "CONSTRUCT { ?s <urn:x> ?b } { ?s <urn:p> ?b }"
SAME = "ASK { ?s <urn:p> ?o }"
FORMATS = {
    ROWS: ("csv", "tsv", "json", "xml", "xlsx", "parquet"),
    NODES: ("csv", "tsv", "json", "xml"),
    GRAPH: ("ttl", "nt", "rdf", "jsonld"),
    SAME: ("json", "xml"),
}
BEFORE = """<urn:a> <urn:p> 1 , 2 . <urn:b> <urn:p> "è"@ca . [] <urn:q> 1 . [] <urn:q> 2 ."""
NOW = """<urn:a> <urn:p> 1 . <urn:b> <urn:p> "è"@ca , "<b>" . [] <urn:q> 1 . [] <urn:q> 2 ."""


@dataclass(frozen=True)
class Cites:
    """A service that serves NOW and keeps a release of BEFORE, and what has been cited of both."""

    client: Client
    before: Path
    data: str

    def cited(self, query: str, **graphs: Any) -> Cited:
        """Cite what the release of before answers."""
        asked = protocol.Operation(query)
        found = protocol.evaluate(store.load_files([self.before]), asked)
        sha256 = citing.settled(found, query).sha256
        return Cited(query, OLD, self.data[:16], "2026-01-02", sha256, **graphs)

    def now(self, query: str) -> str:
        """Give the address by which the answer of now is cited."""
        page = self.client.get(f"/en/cite?{urlencode({'query': query})}", headers=PAGE)
        assert page.status_code == 200, page.text
        found = re.search(r'href="(/answers\?[^"]*)"', page.text)
        assert found
        return unescape(found[1])

    def report(self, address: str) -> Any:
        found = self.client.get(address.replace("/answers", "/answers/check", 1))
        assert found.headers["Content-Type"] == "application/json"
        return json.loads(found.data)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: Any) -> tuple[Path, Path, Path, str]:
    """Both editions, the folder that keeps the first, and the hash of its data."""
    folder, data = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("data")
    for name, text in (("before.ttl", BEFORE), ("now.ttl", NOW)):
        (data / name).write_text(text)
    contents = exporting.export(folder / OLD, [data / "before.ttl"], parquet=False)
    told = replace(contents, version=OLD, modified="2026-01-02")
    (folder / OLD / MANIFEST).write_bytes(told.written())
    return data / "before.ttl", data / "now.ttl", folder, contents.rdfc10


@pytest.fixture(scope="module")
def cites(serve: Callable[..., Any], kept: tuple[Path, Path, Path, str]) -> Iterator[Cites]:
    before, now, folder, data = kept
    with serve(now, quiet=True, releases=str(folder)) as service:
        yield Cites(service.released, before, data)


@pytest.fixture(scope="module")
def again(serve: Callable[..., Any], kept: tuple[Path, Path, Path, str]) -> Iterator[Client]:
    """Another process that serves NOW."""
    with serve(kept[1], quiet=True) as service:
        yield service.client


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_cited_in_the_language_of_the_reader(cites: Cites, language: str) -> None:
    address = f"/{language}/cite?{urlencode({'query': ROWS})}"
    page = cites.client.get(address, headers={"Accept": "text/html"})
    assert f'<html lang="{language}">' in page.text
    assert "https://w3id.org/teixit/answers?query=SELECT" in page.text
    assert "@misc{teixit-" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "ETag" not in page.headers
    asking = cites.client.get(f"/{language}/cite").text
    assert f'action="/{language}/cite"' in asking


@pytest.mark.parametrize("query", FORMATS)
def test_the_same_release_gives_the_same_bytes_in_another_process_too(
    cites: Cites, again: Client, query: str
) -> None:
    address = cites.now(query)
    files = {name: cites.client.get(f"{address}&download={name}") for name in FORMATS[query]}
    for name, file in files.items():
        assert file.status_code == 200
        assert cites.client.get(f"{address}&download={name}").data == file.data
        assert 'rel="cite-as"' in file.headers["Link"]
        assert "Memento-Datetime" not in file.headers
        assert again.get(f"{address}&download={name}").data == file.data
    sha256 = address.rpartition("=")[2]
    lines = files.get("tsv") or files.get("nt")
    assert lines is None or hashlib.sha256(lines.data).hexdigest() == sha256
    assert cites.report(address)["verdict"] == "same"
    page = cites.client.get(address, headers=PAGE).text
    assert "It is still the same answer" in page


def test_a_later_release_shows_what_has_changed(cites: Cites) -> None:
    cited = cites.cited(ROWS)
    told = cites.report(cited.address)
    assert told["verdict"] == "changed"
    assert told["cited"] == dict(cited.vouched)
    assert told["served"]["release"] == __version__
    assert (told["added"]["total"], told["removed"]["total"]) == (1, 1)
    (added,) = told["added"]["first"]["results"]["bindings"]
    assert added["o"] == {"type": "literal", "value": "<b>"}
    (removed,) = told["removed"]["first"]["results"]["bindings"]
    assert removed["o"]["value"] == "2"
    page = cites.client.get(cited.address, headers=PAGE)
    assert "The answer has changed since it was cited" in page.text
    assert "Rows added: 1. Rows removed: 1." in page.text
    assert "&lt;b&gt;" in page.text
    assert "<b>" not in page.text
    file = cites.client.get(f"{cited.address}&download=tsv")
    assert file.headers["Memento-Datetime"] == "Fri, 02 Jan 2026 00:00:00 GMT"
    assert hashlib.sha256(file.data).hexdigest() == cited.sha256


@pytest.mark.parametrize(
    ("query", "now"),
    [(GRAPH, '<urn:b> <urn:x> "<b>" .'), ("ASK { <urn:a> <urn:p> 2 }", "false")],
)
def test_other_answers_change_too(cites: Cites, query: str, now: str) -> None:
    cited = cites.cited(query)
    told = cites.report(cited.address)
    assert (told["verdict"], told["added"]) == ("changed", {"total": 1, "first": [now]})
    page = cites.client.get(cited.address, headers=PAGE).text
    assert page.count('<tr><th scope="row"') == 2
    assert str(escape(now)) in page


@pytest.mark.parametrize("query", [NODES, SAME])
def test_an_answer_that_has_not_changed_is_the_same_of_another_release(
    cites: Cites, query: str
) -> None:
    cited = cites.cited(query)
    assert cites.report(cited.address)["verdict"] == "unchanged"
    assert cites.client.get(cited.address).status_code == 200
    assert "this answer has not" in cites.client.get(cited.address, headers=PAGE).text


@pytest.mark.parametrize(
    ("word", "change"),
    [
        ("altered", {"sha256": "0" * 64}),
        ("altered", {"query": "SELECT ?s { ?s <urn:p> ?o }"}),
        ("lost", {"release": LATER}),
        ("lost", {"data": "0" * 16}),
        ("lost", {"data": ""}),
    ],
)
def test_an_address_that_does_not_fit_says_so(
    cites: Cites, word: str, change: dict[str, str]
) -> None:
    cited = replace(cites.cited(ROWS), **change)
    assert cites.report(cited.address)["verdict"] == word
    page = cites.client.get(cited.address, headers=PAGE)
    assert page.status_code == 200
    assert "still the same" not in page.text
    told = cites.client.get(cited.address)
    assert told.status_code == 404
    assert f"cited: release {cited.release}" in json.loads(told.data)["detail"]


def test_what_the_release_of_now_does_not_answer_is_altered(cites: Cites) -> None:
    address = cites.now(ROWS)
    assert cites.report(address[:-4] + "0000")["verdict"] == "altered"


def test_graphs_belong_to_what_is_cited(cites: Cites) -> None:
    fields = {"query": ROWS, "default-graph-uri": "urn:g", "named-graph-uri": "urn:h"}
    page = cites.client.get(f"/en/cite?{urlencode(fields)}", headers=PAGE).text
    assert "default-graph-uri=urn%3Ag&amp;named-graph-uri=urn%3Ah" in page
    assert '<input type="hidden" name="named-graph-uri" value="urn:h">' in page
    found = re.search(r'href="(/answers\?[^"]*)"', page)
    assert found
    assert cites.report(unescape(found[1]))["verdict"] == "same"


def test_references_for_programs(cites: Cites) -> None:
    asked = f"/es/cite?{urlencode({'query': ROWS})}"
    for name, type_ in (("bib", BIBTEX), ("csl", CSL)):
        file = cites.client.get(f"{asked}&download={name}")
        assert file.headers["Content-Type"].startswith(type_)
        assert file.headers["Content-Disposition"].startswith("attachment; filename=teixit-")
        assert cites.client.get(asked, headers={"Accept": type_}).data == file.data
    (item,) = json.loads(cites.client.get(f"{asked}&download=csl").data)
    assert item["title"].startswith("Respuesta a una consulta (")
    assert item["container-title"] == "https://w3id.org/teixit"
    answer = item["URL"].removeprefix("https://w3id.org/teixit")
    again = cites.client.get(answer, headers={"Accept": CSL, "Accept-Language": "es"})
    assert json.loads(again.data) == [item]
    old = cites.cited("#+ title@ca: Què?\n" + ROWS)
    text = cites.client.get(f"{old.address}&download=bib&language=ca").text
    assert "title = {{Què?}}" in text
    assert "year = {2026}" in text


def test_what_is_asked_badly_is_refused(cites: Cites) -> None:
    client = cites.client
    address = cites.now(ROWS)
    for wrong in (
        f"{address}&download=exe",
        f"{address}&download=csv&download=csv",
        address.replace("release=", "release=x"),
        address.replace("SELECT", "SELEKT"),
        "/answers",
        "/answers/check",
        "/en/cite?query=",
        "/en/cite?query=SELECT",
    ):
        assert client.get(wrong).status_code == 400, wrong
    assert client.get(address, headers={"Accept": "image/png"}).status_code == 406
    for path in ("/en/cite", "/answers"):
        assert client.post(path).status_code == 405
        assert client.options(path).headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("language", "said"), [("ca", "cada vegada"), ("es", "cada vez"), ("en", "each time")]
)
def test_what_is_another_answer_each_time_is_not_cited(
    cites: Cites, language: str, said: str
) -> None:
    asked = f"/{language}/cite?{urlencode({'query': 'SELECT (NOW() AS ?n) {}'})}"
    page = cites.client.get(asked, headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert said in page.text
    fleeting = replace(cites.cited(ROWS), query="SELECT (RAND() AS ?n) {}").address
    assert cites.client.get(fleeting).status_code == 400


def test_what_the_standard_leaves_open_is_marked(cites: Cites) -> None:
    asked = f"/en/cite?{urlencode({'query': ROWS + ' LIMIT 1'})}"
    assert "The standard leaves open" in cites.client.get(asked, headers=PAGE).text
    address = cites.now(f"{ROWS} LIMIT 1")
    assert "The standard leaves open" in cites.client.get(address, headers=PAGE).text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("CONSTRUCT { ?s <urn:x> ?long } { ?s <urn:q> ?o . BIND (%s AS ?long) }", "Its beginning"),
        ("SELECT ?long { ?s <urn:q> ?o . BIND (%s AS ?long) }", "Download BibTeX"),
    ],
)
def test_of_a_long_answer_the_page_shows_little(cites: Cites, query: str, said: str) -> None:
    text = f"REPLACE('{'0123456789' * 30}', '.', '{'x' * 6000}')"
    page = cites.client.get(f"/en/cite?{urlencode({'query': query % text})}", headers=PAGE)
    assert page.status_code == 200
    assert said in page.text
    assert len(page.text) < 200_000


def test_a_title_of_strangers_is_no_markup(cites: Cites) -> None:
    query = '#+ title@en: <script>alert(1)</script>" onload="x\n' + ROWS
    page = cites.client.get(f"/en/cite?{urlencode({'query': query})}", headers=PAGE).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
