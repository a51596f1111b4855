"""What people are told of an answer, at the bench and at the endpoint alike."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = ("/en/query", "/sparql?language=en")


def page(client: Client, where: str, query: str, **more: str) -> str:
    joined = "&" if "?" in where else "?"
    asked = f"{where}{joined}{urlencode({'query': query, **more})}"
    found = client.get(asked, headers=BROWSER)
    assert found.status_code == 200
    return found.text.split('<section id="answer"')[1].split("</section>")[0]


@pytest.mark.parametrize("where", PAGES)
def test_things_have_their_names_beside_them_and_values_say_what_they_are(
    client: Client, where: str
) -> None:
    query = """
        PREFIX teixit: <https://w3id.org/teixit/def#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT ?thing ?mixed ?year { VALUES (?thing ?mixed ?year) {
          (<urn:m> 'hola'@ca '2016'^^xsd:gYear) (teixit:Measure 1 '2017'^^xsd:gYear) } }
    """
    answer = page(client, where, query)
    assert '>thing <span class="iri">thing</span></th>' in answer
    assert '>year <span class="iri">year</span></th>' in answer
    assert 'scope="col">mixed</th>' in answer
    assert (
        '>hola <span class="iri" lang="zxx">ca</span> <span class="iri">text</span></td>' in answer
    )
    assert '>1 <span class="iri">whole number</span></td>' in answer
    assert '<a href="/en/def#Measure">teixit:Measure</a>' in answer


def test_ways_to_see_an_answer_are_those_that_it_has(client: Client) -> None:
    query = "SELECT ?n (COUNT(?v) AS ?c) { VALUES (?n ?v) { ('a' 1) ('b' 1) } } GROUP BY ?n"
    answer = page(client, "/en/query", query)
    assert re.findall(r'rel="nofollow"(?: aria-current="true")?>(table|chart|map)', answer) == [
        "table",
        "chart",
    ]
    assert '<img src="/en/query.svg?view=chart&amp;query=SELECT' in answer
    plain = page(client, "/en/query", query, view="table")
    assert "<img" not in plain
    assert "See the answer as" not in page(client, "/en/query", "ASK {}")
    graph = page(client, "/en/query", "CONSTRUCT { <urn:a> <urn:p> <urn:b> } {}", view="network")
    assert '<img src="/en/query.svg?view=network' in graph
    assert ">text</a>" in graph


def test_a_graph_that_is_long_is_no_network(client: Client) -> None:
    numbers, path = " ".join(map(str, range(1000))), "x" * 300
    query = f"""CONSTRUCT {{ ?a <urn:p> <urn:b> }} {{ VALUES ?n {{ {numbers} }}
        BIND (IRI(CONCAT("urn:{path}", STR(?n))) AS ?a) }}"""
    assert "<img" not in page(client, "/en/query", query, view="network")


@pytest.mark.parametrize("where", PAGES)
def test_programs_that_give_the_same_answer_are_shown(client: Client, where: str) -> None:
    answer = page(client, where, "SELECT ('\"' AS ?q) {}")
    assert "--data-urlencode &#39;query=SELECT (&#39;&#34;&#39;&#34;&#39;" in answer
    assert "SPARQLWrapper" in answer
    assert "read.csv" in answer
    assert "query.rq" not in answer
    assert "query.rq" in page(client, where, f"SELECT (1 AS ?q) {{}} #{'x' * 8000}")


def test_rows_are_asked_who_says_so_as_far_as_they_can_be(client: Client) -> None:
    query = "SELECT ?a { VALUES ?a { 1 'x'@ca 'y' <urn:a> } }"
    answer = page(client, "/en/query", query)
    assert answer.count('aria-label="Who says so? Row ') == 4
    assert "bind-a=%22x%22@ca" in answer
    assert "Row 1" not in page(client, "/en/query", "SELECT (BNODE() AS ?a) {}")
    assert "Row 1" not in page(client, "/en/query", "SELECT (<<( <urn:a> <urn:b> 1 )>> AS ?a) {}")
    told = {"default-graph-uri": "urn:g:one"}
    answer = page(client, "/en/query", "SELECT ?o { ?s ?p ?o }", **told)
    (link,) = re.findall(r'class="who" href="([^"]*)"', answer)
    assert link.endswith("&amp;default-graph-uri=urn%3Ag%3Aone")
    assert client.get(unescape(link), headers=BROWSER).status_code == 200
    many = " ".join(map(str, range(101)))
    answer = page(client, "/en/query", f"SELECT ?a {{ VALUES ?a {{ {many} }} }}")
    assert answer.count('class="who" href') == 100
    assert "The first 100 rows can be asked" in answer
    long = page(client, "/en/query", f"SELECT ?a {{ VALUES ?a {{ {many} }} }} #{'x' * 3000}")
    assert 50 < long.count('class="who" href') < 70
    assert 'class="who" href' not in page(client, "/en/query", f"SELECT * {{}} #{'x' * 7000}")


def test_without_the_names_of_things_the_answer_is_given_and_not_kept(client: Client) -> None:
    """They are so long that no query can ask for all of them."""
    path = "x" * 300
    numbers = " ".join(map(str, range(1000)))
    query = f"""SELECT ?x {{ VALUES ?n {{ {numbers} }}
        BIND (IRI(CONCAT("http://x.example/{path}", STR(?n))) AS ?x) }}"""
    found = client.get(f"/en/query?{urlencode({'query': query})}", headers=BROWSER)
    assert found.status_code == 200
    assert "Rows: 1,000." in found.text
    assert found.headers["Cache-Control"] == "no-store"
