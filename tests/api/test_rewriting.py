from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from teixit import rewriting, tokens
from teixit.errors import QueryError
from teixit.rewriting import labels

BASE = "http://base/"
GRAPHS = ["urn:g:2", "urn:g:1"]
KNOWN = {"http://base/known"}


def rewritten(query: str, names: list[str] = GRAPHS) -> str | None:
    return rewriting.rewritten(
        tokens.scan(query), BASE, lambda: names, lambda: ["a", "b"], lambda iri: iri in KNOWN
    )


@pytest.mark.parametrize(
    "query",
    [
        "",
        "ASK {}",
        "SELECT * { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (?a * 2 AS ?b) { ?s <p> ?a }",
        "SELECT * { ?s <p>* ?o ; <q>? ?r }",
        "SELECT * { ?s ?p ?o FILTER(?a * <f>(1) * 3 > 2) }",
        "SELECT * { <s> <p>+ ?o ; <q>/<r> ?t ; ^<u> ?v ; !(<w>|^<x>) ?y ; !<z> 1 }",
        "SELECT * { <s> <p>* <t> }",
        "SELECT * { <known> <p>* ?o . ?s <p>? <http://base/known> }",
        "SELECT * { <s> <p>* [] . <t> <p>* _:b }",
        "SELECT * { <s> <p>* ?o {| <q> 1 |} }",
        "SELECT * { <s> <p>* ?o ~ <r> }",
        "SELECT * { <s> (<p>*|<q>*|<p>*|<q>*|<p>*|<q>*|<p>*|<q>*|<r>*) ?o }",
        "SELECT * { <s> <p>* }",
        "SELECT * { <s> (<p>* ?o }",
        "SELECT * { <s> (<p> <q>)* ?o }",
        "SELECT * { <s> , * ?o }",
        "SELECT * { <s> <p>* ?o ] }",
        "SELECT (BNODE() AS ?b) { VALUES ?x { <a> } }",
        "SELECT * {} ORDER BY BNODE('a')",
        "ASK { ?s ?p 1 } HAVING (BNODE('a'))",
        "SELECT (BNODE('a') AS ?b)",
        "BNODE ( 'a' ) {",
        "BNODE ( 'a'",
        "ASK { BNODE('a') }",
        "ASK (BNODE('a')) {}",
        "SELECT * { <s> <p>* [] VALUES (?x) { (1) } FILTER",
        "SELECT * { <s> <p>* [] VALUES (?x) { (1) } FILTER }",
        "ASK { GRAPH ?g {} }",
        "ASK { GRAPH <g> { VALUES ?x { 1 } } }",
        "ASK { GRAPH ?g { ?g ?p ?o } }",
        "ASK { GRAPH ?g { ?s ?p ?o OPTIONAL { ?o ?q ?r } VALUES ?s { 1 } FILTER(?r > 1) } }",
        "ASK { GRAPH ?g { { ?s ?p ?o } UNION { ?o ?p 1 } BIND(1 AS ?x) FILTER EXISTS { ?s ?p 1 }}}",
        "ASK { GRAPH ?g { ?s ?p ?o {| <p> 1 |} . } }",
        "GRAPH ?g",
        "'GROUP_CONCAT(?x)' GROUP_CONCAT",
    ],
)
def test_a_query_without_need_is_left_alone(query: str) -> None:
    assert rewritten(query) is None


def absent(term: str) -> str:
    return f"FILTER NOT EXISTS {{ {term} <urn:teixit:nowhere>* {term} }}"


A_EN = absent("'a'@en")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "SELECT * { <s> <p>* ?o }",
            f"SELECT * {{ {{ {{ <s> <p>* ?o }} UNION {{ BIND (<s> AS ?o) {absent('<s>')} }} }} }}",
        ),
        (
            "SELECT * { ?s <p>? 'a'@en . ?t ?u ?v }",
            (
                f"SELECT * {{ {{ {{ ?s <p>? 'a'@en }} UNION {{ BIND ('a'@en AS ?s) {A_EN} }} }}"
                " . ?t ?u ?v }"
            ),
        ),
        (
            "ASK { <a> <p>* <http://base/a> }",
            f"ASK {{ {{ {{ <a> <p>* <http://base/a> }} UNION {{ {absent('<a>')} }} }} }}",
        ),
    ],
)
def test_paths_of_no_length_are_added(query: str, expected: str) -> None:
    assert rewritten(query) == expected


def test_paths_are_completed_wherever_they_stand() -> None:
    text = rewritten("SELECT * { { SELECT ?x { <s> <p>* ?x } } OPTIONAL { <t> <p>? ?y } }") or ""
    assert text.count("UNION") == 2


def test_only_the_outermost_star_shows_too_much() -> None:
    inner = "{ SELECT * { BIND(BNODE('x') AS ?a) FILTER EXISTS { BIND(BNODE('y') AS ?b) } } }"
    for outer, stars in (("CONSTRUCT { ?a <p> 1 }", 1), ("SELECT DISTINCT *", 1), ("ASK", 1)):
        text = rewritten(f"{outer} {inner}") or ""
        assert text.count("*") == stars
        assert text.count("STRUUID") == 2


@pytest.mark.parametrize(
    ("path", "count"),
    [
        *[("(<p>*)", 1), ("^(<p>*)", 1), ("<p>*/<q>*", 1), ("<p>*|<q>", 1), ("<p>*|<q>?", 2)],
        *[("(<p>*)+", 1), ("(<p>|<q>)*", 1), ("a*", 1), ("!<p>?", 1), ("!(<p>|^<q>)*", 1)],
        *[("!^<p>*", 1), ("((<p>?))/(<q>|<r>*)", 1)],
    ],
)
def test_each_way_to_go_nowhere_counts(path: str, count: int) -> None:
    text = rewritten(f"SELECT * {{ 1 {path} ?o }}") or ""
    assert text.count("UNION") == count


def test_other_statements_of_the_subject_are_kept() -> None:
    text = rewritten(
        'SELECT * { <s> <p>* ?o , -1 ; a "x"^^<t> , [] , (1 2) ; ; <q> <<( <a> <b> 1 )>> ; }'
    )
    assert text is not None
    kept = ["<s> <p>* -1 .", '<s> a "x"^^<t> .', "<s> a [] .", "<s> a (1 2) ."]
    assert [part for part in [*kept, "<s> <q> <<( <a> <b> 1 )>> ."] if part not in text] == []


@pytest.mark.parametrize(
    ("group", "copy"),
    [
        ("{ VALUES ?x { 1 } }", None),
        ("{ SELECT ?x { ?x ?y ?z } }", None),
        ("{ { SELECT * { ?x ?y ?z } } }", None),
        ("{ ?x ?y ?z MINUS { ?a ?b ?c } }", None),
        ("{ OPTIONAL { ?x ?y ?z } ?a ?b ?c }", None),
        ("{ ?x ?y ?z OPTIONAL { ?x ?y ?g } }", None),
        ("{ ?x ?y ?z FILTER(BOUND(?g)) }", None),
        ("{ ?x ?y ?z FILTER EXISTS { ?x ?y ?z MINUS { ?a ?b ?c } } }", None),
        ("{ ?x ?y ?z FILTER NOT EXISTS { SELECT * {} } }", None),
        ("{ GRAPH <h> { ?x ?y ?z } }", None),
        ("{ { ?x ?y ?z } UNION {} }", None),
        ("{ LATERAL 1 }", None),
        ("{ _:a ?y _:b OPTIONAL {} }", "{ _:a_0 ?y _:b_0 OPTIONAL { } }"),
    ],
)
def test_a_graph_is_asked_one_by_one_where_it_has_to_be(group: str, copy: str | None) -> None:
    first, second = copy or group, (copy or group).replace("_0", "_1")
    assert rewritten(f"ASK {{ GRAPH ?g {group} }} LIMIT 1") == (
        f"ASK {{ {{ {{ GRAPH <urn:g:1> {first} VALUES ?g {{ <urn:g:1> }} }} UNION"
        f" {{ GRAPH <urn:g:2> {second} VALUES ?g {{ <urn:g:2> }} }} }} }} LIMIT 1"
    )


def test_without_graphs_nothing_is_found() -> None:
    assert rewritten("ASK { GRAPH ?g { VALUES ?x { 1 } } }", []) == "ASK { VALUES ?g {} }"


def test_graphs_within_graphs_are_written_out_too() -> None:
    text = rewritten("ASK { GRAPH ?g { GRAPH $h { VALUES ?x { 1 } } } }") or ""
    assert text.count("GRAPH <urn:g:") == 6
    assert "GRAPH ?" not in text


def test_graphs_within_graphs_without_end_are_said() -> None:
    group = "VALUES ?x { 1 }"
    for level in range(20):
        group = f"GRAPH ?g{level} {{ {group} }}"
    with pytest.raises(QueryError, match="cannot be asked of 2 graphs"):
        rewritten(f"ASK {{ {group} }}")


def test_too_many_graphs_are_said() -> None:
    many = [f"urn:g:{number}" for number in range(20_000)]
    with pytest.raises(
        QueryError, match=r"^line 1, column 7: GRAPH with a variable.* 20000 graphs"
    ):
        rewritten("ASK { GRAPH ?g { VALUES ?x { 1 } } }", many)


NODE, ROW = "<urn:teixit:blank-node>", "?teixit_row"
OWN = f"BIND (STRUUID() AS {ROW}"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "SELECT ?b { ?s ?p ?o BIND(BNODE(?o) AS ?b) }",
            f"SELECT ?b {{ ?s ?p ?o {OWN}_6) BIND({NODE}(?o, {ROW}_6) AS ?b) }}",
        ),
        (
            "SELECT * { BIND(BNODE('x') AS ?a) BIND(bnode('x') AS ?b) }",
            (
                f"SELECT ?a ?b {{ {OWN}_3) BIND({NODE}('x', {ROW}_3) AS ?a)"
                f" BIND({NODE}('x', {ROW}_3) AS ?b) }}"
            ),
        ),
        (
            "SELECT (BNODE(?o) AS ?b) { ?s ?p ?o }",
            f"SELECT ({NODE}(?o, {ROW}_9) AS ?b) {{{{ ?s ?p ?o }} {OWN}_9)}}",
        ),
        (
            "SELECT (BNODE(?o) AS ?b) { ?s ?p ?o } GROUP BY ?o",
            (
                f'SELECT ({NODE}(?o, COALESCE(SAMPLE({ROW}_9), "")) AS ?b)'
                f" {{{{ ?s ?p ?o }} {OWN}_9)}} GROUP BY ?o"
            ),
        ),
    ],
)
def test_solutions_are_told_apart(query: str, expected: str) -> None:
    assert rewritten(query) == expected


def test_triples_between_make_other_solutions() -> None:
    text = rewritten("ASK { BIND(BNODE('x') AS ?a) ?s ?p ?o BIND(BNODE('x') AS ?b) }") or ""
    assert text.count("STRUUID") == 2


def test_a_name_has_one_node_in_a_solution_and_another_in_the_next() -> None:
    first, second = Literal("row 1"), Literal("row 2")
    node = labels.blank_node(Literal("x"), first)
    assert isinstance(node, BlankNode)
    assert labels.blank_node(Literal("x"), first) == node
    assert labels.blank_node(Literal("x"), second) != node
    assert labels.blank_node(Literal("y"), first) != node
    for wrong in (NamedNode("urn:x"), Literal("x", language="en"), Literal(1)):
        assert labels.blank_node(wrong, first) is None


def test_what_is_joined_has_no_language() -> None:
    assert rewritten("SELECT (GROUP_CONCAT(STR(?x) ; SEPARATOR=')') AS ?y) {}") == (
        "SELECT (STR(GROUP_CONCAT(STR(?x) ; SEPARATOR=')')) AS ?y) {}"
    )


PIECES = st.sampled_from(
    [
        *"{}()[]<>?.;,*+|/^!a1",
        *(" ", "?x", "<a>", "a:b", "_:a", "'a'", "GRAPH ?g {", "SELECT", "*", "BNODE(", "VALUES"),
        *("FILTER", "BIND(", "UNION", "MINUS {", "OPTIONAL {", "GROUP_CONCAT(", "EXISTS", "<<"),
    ]
)


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_any_text_can_be_read(text: str) -> None:
    with suppress(QueryError):  # too many graphs
        assert rewritten(f"SELECT * {{ {text} }}") != ""
