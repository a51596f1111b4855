"""A view on a page and in files, through a site that shows one."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Blueprint, Flask, Response, current_app
from flask.testing import FlaskClient
from pyoxigraph import Store

from teixit import protocol, web
from teixit.explorer.views import Asked, Cell, Evidence, Table, View
from teixit.queries import Query
from teixit.web.explorer import showing
from teixit.web.site import Site
from teixit.workers import Limits

ADDRESS = "https://graph.example.org"
OVERRIDE = "\u202e"
EVIDENCE = [
    Evidence("passage", "línia 55", "/ca/text/page#passage-55", "Impulsar <b>", "segur"),
    Evidence("record", "javascript:a", ""),
]
CELLS = [
    Cell("<b>Gràcia</b>", "/ca/about/district-06", evidence=EVIDENCE),
    Cell("Pole", "/ca/about/pole", "en"),
    Cell("Pôle", language="fr"),
    Cell(f"à{OVERRIDE}b", number=4.0),
]
TABLE = Table("places", "Llocs", list("abcd"), [CELLS], ["POINT (2 41)"])
QUESTION = Asked("Què hi ha?", 'ASK { ?s ?p "<" }')
VIEW = View(title="Els “llocs”", summary="Això & allò.", tables=[TABLE], asked=[QUESTION])
EMPTY = View(title="Res", summary="No hi ha res.")
EDITION = {"version": "0.1.0", "modified": "2026-11-28", "publisher": "Teixit"}
EDITION |= {"ca": "El graf", "es": "El grafo", "en": "The graph"}


TEMPLATE = """{% extends "explorer/view.html" %}
{% from "explorer/_parts.html" import table with context %}
{% block view %}{% for one in view.tables %}{{ table(one) }}{% endfor %}{% endblock %}"""


def views() -> Blueprint:
    blueprint = Blueprint("shown", __name__)

    @blueprint.get(f"/{showing.LANGUAGE}/shown/<path:name>")
    def shown(language: str, name: str) -> str | Response:  # noqa: ARG001 - of the address
        view = {"view": VIEW, "empty": EMPTY}[name]
        return showing.show(view, current_app.jinja_env.from_string(TEMPLATE))

    @blueprint.get(f"/{showing.LANGUAGE}/addresses/<path:name>")
    def addresses(language: str, name: str) -> list[str]:  # noqa: ARG001 - of the address
        return [
            showing.address(),
            showing.address(language="es", name="b c"),
            showing.address(page=2, sort=None),
            showing.address(download="csv"),
        ]

    @blueprint.get("/shown/without-language")
    def without() -> str | Response:
        return showing.show(EMPTY, "explorer/view.html")

    @blueprint.get(f"/{showing.LANGUAGE}/shown-reader")
    def reader(language: str) -> str:
        return showing.reader(language).language

    return blueprint


def site(edition: list[dict[str, str]]) -> FlaskClient:
    def ask(query: Query) -> tuple[list[dict[str, str]], str]:
        return {"edition": edition}.get(query.name, []), "1"

    found = Site.around(ask, lambda: "1", protocol.ENDPOINT, Limits(), ADDRESS, graph=Store())
    app: Flask = web.create_app(found)
    app.register_blueprint(views())
    return app.test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return site([EDITION])


@pytest.fixture
def addresses(client: FlaskClient) -> Callable[[str], list[str]]:
    def ask(query: str) -> list[str]:
        answer = client.get(f"/ca/addresses/a?{query}")
        assert answer.status_code == 200, answer.text
        return answer.json  # type: ignore[no-any-return]

    return ask


def test_a_view_is_a_page_with_all_that_can_be_done_with_it(client: FlaskClient) -> None:
    page = client.get("/ca/shown/view?year=2016").text
    assert '<html lang="ca">' in page
    assert "<h1>Els “llocs”</h1>" in page
    assert f'<link rel="canonical" href="{ADDRESS}/ca/shown/view?year=2016">' in page
    assert '<meta name="description" content="Això &amp; allò.">' in page
    assert f'<link rel="alternate" hreflang="es" href="{ADDRESS}/es/shown/view?year=2016">' in page
    for name in ("csv", "xlsx", "json", "geojson"):
        assert f'href="/ca/shown/view?year=2016&amp;download={name}"' in page
    assert "/sparql?query=ASK+%7B+?s+?p+%22%3C%22+%7D&amp;language=ca" in page.replace("%3F", "?")
    assert "El graf" in page


def test_without_what_describes_the_graph_the_view_is_cited_alone() -> None:
    page = site([]).get("/ca/shown/empty").text
    assert f"Res. Teixit. {ADDRESS}/ca/shown/empty" in page


def test_a_view_without_tables_or_questions_says_so_by_saying_nothing(client: FlaskClient) -> None:
    page = client.get("/en/shown/empty").text
    assert "download=json" in page
    assert "download=csv" not in page
    assert "/sparql?query=" not in page
    assert client.get("/shown/without-language").status_code == 200


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("image/png", "text/html"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("application/json;q=0.5, text/csv", "text/csv"),
    ],
)
def test_the_same_address_gives_the_form_that_is_liked(
    client: FlaskClient, accept: str, media_type: str
) -> None:
    answer = client.get("/ca/shown/view", headers={"Accept": accept})
    assert answer.mimetype == media_type
    assert "Content-Disposition" not in answer.headers


def test_the_files_have_names_and_the_content_of_the_page(client: FlaskClient) -> None:
    for name in ("csv", "xlsx", "json", "geojson"):
        answer = client.get(f"/ca/shown/view?download={name}")
        said = answer.headers["Content-Disposition"]
        assert said == f'attachment; filename="teixit-ca-shown-view.{name}"'
    (row,) = client.get("/ca/shown/view?download=json").json["tables"][0]["rows"]  # type: ignore[index]
    assert [cell["text"] for cell in row] == [cell.text for cell in CELLS]


def test_a_form_that_a_view_has_not_is_refused(client: FlaskClient) -> None:
    for wanted in ("geojson", "exe", "<script>"):
        reader = {"Accept": "text/html"}
        answer = client.get(f"/ca/shown/empty?download={wanted}", headers=reader)
        assert (answer.status_code, answer.mimetype) == (400, "text/html")
        assert "<script>" not in answer.text
    answer = client.get("/ca/shown/empty", headers={"Accept": "text/csv"})
    assert answer.status_code == 400


def test_texts_are_escaped_and_marked_and_lead_where_they_may(client: FlaskClient) -> None:
    page = client.get("/ca/shown/view").text
    assert '<a href="/ca/about/district-06">&lt;b&gt;Gràcia&lt;/b&gt;</a>' in page
    assert '<q lang="ca">Impulsar &lt;b&gt;</q>' in page
    assert '<a href="/ca/text/page#passage-55">' in page
    assert 'href=""' not in page
    assert 'href="javascript' not in page
    assert '<a href="/ca/about/pole" lang="en">Pole</a>' in page
    assert '<span lang="fr">Pôle</span>' in page
    assert f"<bdi>à{OVERRIDE}b\u202c</bdi>" in page


def test_an_address_keeps_what_the_reader_chose(addresses: Callable[[str], list[str]]) -> None:
    assert addresses("kind=a&kind=b%26&sort=name&download=csv") == [
        "/ca/addresses/a?kind=a&kind=b%26&sort=name",
        "/es/addresses/b%20c?kind=a&kind=b%26&sort=name",
        "/ca/addresses/a?kind=a&kind=b%26&page=2",
        "/ca/addresses/a?kind=a&kind=b%26&sort=name&download=csv",
    ]


def test_without_choices_an_address_has_none(addresses: Callable[[str], list[str]]) -> None:
    assert addresses("")[:2] == ["/ca/addresses/a", "/es/addresses/b%20c"]


HOSTILE = ["_external=1", "_scheme=javascript", "_anchor=x", "_method=POST", "endpoint=x", "self=1"]
HOSTILE += ["language=fr", "name=..", "values=1", "%3Cscript%3E=%22%3E"]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_name_of_a_choice_changes_where_an_address_leads(
    addresses: Callable[[str], list[str]], query: str
) -> None:
    for address in addresses(query):
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc, parts.fragment) == ("", "", "")
        assert parts.path in {"/ca/addresses/a", "/es/addresses/b%20c"}
        assert {*parse_qs(parts.query)} <= {*parse_qs(query), "page", "download"}


def test_the_graph_is_asked_in_the_language_of_the_address(client: FlaskClient) -> None:
    assert client.get("/es/shown-reader").text == "es"
    assert client.get("/fr/shown-reader").status_code == 404
