"""The page of the ontology: all of it, in three languages, where its fragments lead."""

import re
from html import unescape
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode, Quad, Store
from werkzeug.test import Client

from teixit import namespaces, protocol, queries, web
from teixit.languages import LANGUAGES
from teixit.queries import Query
from teixit.web.site import Site
from teixit.web.vocabulary import address_of
from teixit.workers import Limits

TERM_LABEL = re.compile(r'<section class="term" id="(\w+)">\s*<h3>([^<]+) <code>', re.DOTALL)


def pages(store: Store) -> Flask:
    def ask(query: Query) -> tuple[list[dict[str, str]], str]:
        found = query.rows(store)
        return [{name: term.value for name, term in row.items()} for row in found], "1"

    return web.create_app(Site.around(ask, lambda: "1", protocol.ENDPOINT, Limits()))


@pytest.fixture(scope="module")
def texts(store: Store) -> dict[str, str]:
    """The page in each language."""
    reader = pages(store).test_client()
    found = {language: reader.get(f"/{language}/def") for language in LANGUAGES}
    assert {answer.status_code for answer in found.values()} == {200}
    return {language: answer.text for language, answer in found.items()}


def said(store: Store, property_: str, language: str) -> dict[str, str]:
    """What the graph says of our terms by *property_*, by their local names."""
    quads = store.quads_for_pattern(None, NamedNode(namespaces.expand(property_)), None)
    return {
        quad.subject.value.removeprefix(namespaces.TERM): quad.object.value
        for quad in quads
        if isinstance(quad.object, Literal)
        and quad.object.language == language
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(namespaces.TERM)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_term_is_described_where_its_fragment_leads(
    texts: dict[str, str], store: Store, language: str
) -> None:
    labels = {name: unescape(label) for name, label in TERM_LABEL.findall(texts[language])}
    assert labels == said(store, "rdfs:label", language)
    assert labels.keys() == namespaces.TERMS
    for definition in said(store, "skos:definition", language).values():
        assert definition in unescape(texts[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_speaks_the_language(texts: dict[str, str], store: Store, language: str) -> None:
    text = unescape(texts[language])
    assert f'<html lang="{language}">' in text
    ontology = NamedNode(namespaces.ONTOLOGY)
    for property_ in ("dct:title", "dct:description"):
        values = store.quads_for_pattern(ontology, NamedNode(namespaces.expand(property_)), None)
        spoken = {
            quad.object.value
            for quad in values
            if isinstance(quad.object, Literal) and quad.object.language == language
        }
        assert all(value in text for value in spoken)
        assert spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_within_the_page_leads_nowhere(texts: dict[str, str], language: str) -> None:
    ids = re.findall(r' id="([^"]+)"', texts[language])
    assert len(ids) == len(set(ids))
    links = set(re.findall(r'href="#([^"]+)"', texts[language]))
    assert links - set(ids) == set()
    assert links >= namespaces.TERMS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_joins_what_the_ontology_joins(texts: dict[str, str], language: str) -> None:
    (drawing,) = re.findall(r"<svg.*?</svg>", texts[language], re.DOTALL)
    assert 'aria-labelledby="loom-title"' in drawing
    assert "<title id=" in drawing
    linked = set(re.findall(r'<a href="#(\w+)">', drawing))
    assert linked == namespaces.TERMS
    assert drawing.count('<path class="arrow"') == len(namespaces.PROPERTIES)
    assert drawing.count('<circle class="dot"') >= len(namespaces.PROPERTIES)
    assert not re.search(r"style=|<style|<script|xlink", drawing)


def test_it_is_found_by_machines_too(texts: dict[str, str]) -> None:
    for language, text in texts.items():
        assert f'<link rel="canonical" href="{namespaces.ONTOLOGY}.{language}.html">' in text
        for other in LANGUAGES:
            address = f"{namespaces.BASE}def.{other}.html"
            assert f'<link rel="alternate" hreflang="{other}" href="{address}">' in text
        for name, type_ in {"ttl": "text/turtle", "rdf": "application/rdf+xml"}.items():
            assert f'<link rel="alternate" type="{type_}" href="/def.{name}">' in text


def section(text: str, name: str) -> str:
    (found,) = re.findall(rf'<section class="term" id="{name}">.*?</section>', text, re.DOTALL)
    return unescape(found)


def test_a_class_says_all_that_is_known_of_it(texts: dict[str, str]) -> None:
    text = section(texts["en"], "Measure")
    for link in ("#PlanElement", "#belongsToLine", "http://www.w3.org/ns/prov#Plan"):
        assert f'href="{link}"' in text
    assert "in testing" in text
    assert f'href="{address_of(namespaces.thing("measure", "29", namespaces.PLAN))}"' in text
    assert 'href="/en/shapes#Measure"' in text
    assert queries.named("cq01-measures-of-the-line").title["en"] in text
    assert 'href="#Measure"' in section(texts["en"], "PlanElement")


def test_a_property_says_all_that_is_known_of_it(texts: dict[str, str]) -> None:
    text = section(texts["ca"], "locatedIn")
    for link in ("#FlagshipProject", "#TerritorialAxis", "http://schema.org/location"):
        assert f'href="{link}"' in text
    assert "propietat amb coses per valor" in text
    assert "</a> → <a" in text
    assert 'href="/ca/shapes#FlagshipProject-place"' in text
    assert "un sol valor" in section(texts["ca"], "belongsToLine")
    assert "línea estratégica" in section(texts["es"], "StrategicLine")


def test_without_a_language_the_page_is_in_that_of_the_reader(store: Store) -> None:
    reader = pages(store).test_client()
    answer = reader.get("/def.html", headers={"Accept-Language": "es"})
    assert '<html lang="es">' in answer.text


def test_a_graph_without_the_ontology_has_no_page_of_it(client: Client) -> None:
    answer = client.get("/en/def", headers={"Accept": "text/html"})
    assert answer.status_code == 404


def test_a_poor_ontology_is_shown_as_far_as_it_goes() -> None:
    poor, ontology = Store(), NamedNode(namespaces.ONTOLOGY)
    for property_ in ("dct:title", "dct:description"):
        text = Literal("Poca cosa", language="ca")
        poor.add(Quad(ontology, NamedNode(namespaces.expand(property_)), text))
    defined = NamedNode(namespaces.expand("rdfs:isDefinedBy"))
    for term in ("Measure", "number"):
        poor.add(Quad(NamedNode(namespaces.term(term)), defined, ontology))
        poor.add(Quad(NamedNode(namespaces.term(term)), NamedNode("urn:odd"), Literal("one")))
    text = pages(poor).test_client().get("/en/def").text
    assert "Poca cosa" in text
    assert "<h3>Measure <code>teixit:Measure</code></h3>" in text
    assert "<svg" not in text


def test_a_running_service_shows_it_whatever_host_is_asked_for(live_endpoint: str) -> None:
    address = f"{live_endpoint.removesuffix('/sparql')}/en/def"
    found = []
    for host in ("w3id.org", "graph.example.org"):
        with urlopen(Request(address, headers={"Host": host})) as answer:  # noqa: S310 - ours
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            found.append(answer.read())
    assert found[0] == found[1]
    assert b'id="Measure"' in found[0]


@pytest.mark.parametrize(
    ("iri", "address"),
    [
        (f"{namespaces.THING}district-03", "/id/district-03"),
        ("http://schema.org/Place", "http://schema.org/Place"),
        ("javascript:alert(1)", None),
    ],
)
def test_a_link_leads_here_to_what_is_ours_and_nowhere_to_harm(
    iri: str, address: str | None
) -> None:
    assert address_of(iri) == address
