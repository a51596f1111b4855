"""The page of the shapes: each rule where its fragment leads, in three languages."""

import re
from html import unescape

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from werkzeug.test import Client

from teixit import namespaces, paths, store
from teixit.findings import Severity
from teixit.languages import LANGUAGES
from teixit.web import shapes

QUADS = [quad for file in sorted(paths.SHAPES.glob("*.ttl")) for quad in store.read(file)]
KINDS = tuple(
    NamedNode(f"{namespaces.PREFIXES['sh']}{kind}")
    for kind in ("NodeShape", "PropertyShape", "SPARQLConstraint")
)


def local(quad: Quad) -> str:
    return str(quad.subject).strip("<>").removeprefix(namespaces.SHAPE)


def named() -> set[str]:
    """The shapes and rules, but for those that only stand within a path of another."""
    return {local(quad) for quad in QUADS if quad.object in KINDS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_rule_is_told_where_its_fragment_leads(client: Client, language: str) -> None:
    text = client.get(f"/{language}/shapes").text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert named() <= set(ids)
    message = namespaces.expand("sh:message")
    messages = {
        quad.object.value
        for quad in QUADS
        if quad.predicate.value == message
        and isinstance(quad.object, Literal)
        and quad.object.language == language
    }
    words = " ".join(unescape(text).split())
    assert [told for told in messages if told not in words] == []


def test_links_lead_to_terms_and_rules_that_are_there(client: Client) -> None:
    text = client.get("/es/shapes").text
    terms = set(re.findall(r'href="/es/def#(\w+)"', text))
    assert terms <= namespaces.TERMS
    assert terms >= namespaces.CLASSES
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r' id="([^"]+)"', text))
    assert '<link rel="alternate" type="text/turtle" href="/shapes.ttl">' in text
    assert f'<link rel="canonical" href="{namespaces.SHAPES}.es.html">' in text


def test_without_a_language_the_page_is_in_that_of_the_reader(client: Client) -> None:
    answer = client.get("/shapes.html", headers={"Accept-Language": "en"})
    assert '<html lang="en">' in answer.text
    assert "<h1>Rules of Teixit</h1>" in answer.text


def test_what_holds_a_term_is_known() -> None:
    found = shapes.read().of_terms()
    assert {namespaces.term(name) for name in namespaces.CLASSES} <= found.keys()
    names = {shape.name for shape in found[namespaces.term("locatedIn")]}
    assert "FlagshipProject-place" in names
    for holding in found.values():
        assert {shape.name for shape in holding} <= named()
        assert all(shape.names.keys() == set(LANGUAGES) for shape in holding)


def test_how_bad_it_is_is_told() -> None:
    rules = {rule.name: rule for shape in shapes.read().shapes for rule in shape.rules}
    assert {rule.severity for rule in rules.values()} == set(Severity)
    assert rules["Term-status"].severity is Severity.VIOLATION
