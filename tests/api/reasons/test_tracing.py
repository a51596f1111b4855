"""The triples behind a row."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from teixit import tokens
from teixit.errors import LimitError, QueryError
from teixit.queries import Term
from teixit.reasons.bounded import Bounded
from teixit.reasons.tracing import SOLUTIONS, Trace, traced

PREFIX = "PREFIX : <http://one.example/>\n"
A, B, C, D, G1, G2 = (
    NamedNode(f"http://one.example/{name}") for name in ("a", "b", "c", "d", "g1", "g2")
)


def behind(store: Store, text: str, **row: Term) -> Trace:
    return traced(Bounded(store), tokens.scan(PREFIX + text), row)


def short(term: object) -> str:
    return str(getattr(term, "value", term)).rpartition("/")[2]


def told(trace: Trace) -> Mapping[str, list[str] | str]:
    """By pattern its triples, or why there are none."""
    return {
        found.text: [" ".join(map(short, triple)) for triple, _ in found.triples]
        or found.reason
        or ""
        for found in trace.patterns.values()
    }


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("SELECT * { ?s :age ?n }", {"s": C}, {"?s :age ?n": ["c age 7"]}),
        (
            "SELECT * { ?s :knows/:knows ?o }",
            {"s": A, "o": C},
            {"?s :knows/:knows ?o": ["a knows b", "b knows c"]},
        ),
        ("SELECT * { ?o ^:knows ?s }", {"s": B}, {"?o ^:knows ?s": ["b knows c"]}),
        (
            "SELECT * { ?s :knows+ ?o }",
            {"s": A, "o": D},
            {"?s :knows+ ?o": ["a knows b", "b knows c", "c knows d"]},
        ),
        ("SELECT * { ?s :knows* ?o }", {"s": A, "o": A}, {"?s :knows* ?o": "itself"}),
        ("SELECT * { ?s :self+ ?o }", {"s": C}, {"?s :self+ ?o": ["c self c"]}),
        ("SELECT * { ?s :knows? ?o }", {"s": A, "o": B}, {"?s :knows? ?o": ["a knows b"]}),
        ("SELECT * { ?s :knows? ?o }", {"s": A, "o": A}, {"?s :knows? ?o": "itself"}),
        (
            "SELECT * { ?s (:knows/:knows)+ ?o }",
            {"s": A, "o": C},
            {"?s (:knows/:knows)+ ?o": ["a knows b", "b knows c"]},
        ),
        (
            "SELECT * { ?s (^:knows|:self) ?o }",
            {"s": B, "o": A},
            {"?s (^:knows|:self) ?o": ["a knows b", "b self a"]},
        ),
        (
            "SELECT * { ?s !(:name|^:self) ?o }",
            {"s": C, "o": D},
            {"?s !(:name|^:self) ?o": ["c knows d"]},
        ),
        (
            "SELECT * { GRAPH ?g { ?s :knows+ ?o } }",
            {"s": A, "o": C, "g": G2},
            {"?s :knows+ ?o": ["a knows b", "b knows c"]},
        ),
        (
            "SELECT * { ?s a :Person ; ?p 'Bel' }",
            {"s": B},
            {"?s a :Person": ["b 22-rdf-syntax-ns#type Person"], "?s ?p 'Bel'": ["b name Bel"]},
        ),
        ("ASK { :a :likes ?x }", {}, {":a :likes ?x": "unnamed"}),
        (
            "SELECT ?s (COUNT(?o) AS ?n) { ?s :knows ?o } GROUP BY ?s",
            {"s": A, "n": Literal(1)},
            {"?s :knows ?o": ["a knows b"]},
        ),
        (
            "SELECT ?y { ?s :age ?n } GROUP BY (?n * 2 AS ?y) HAVING (COUNT(*) > 0)",
            {"y": Literal(14)},
            {"?s :age ?n": ["c age 7"]},
        ),
        (
            "SELECT (STR(?n) AS ?m) { ?s :age ?n }",
            {"m": Literal("9")},
            {"?s :age ?n": ["d age 9"]},
        ),
    ],
)
def test_the_triples_of_each_kind_of_pattern(
    small: Store, text: str, row: Mapping[str, Term], expected: object
) -> None:
    assert told(behind(small, text, **row)) == expected


def test_optional_parts_and_branches_have_what_the_row_has(small: Store) -> None:
    text = """SELECT ?s ?n { ?s :knows ?o OPTIONAL { ?s :age ?n }
        { ?s :name ?x } UNION { ?s :self ?y } }"""
    with_age = told(behind(small, text, s=C, n=Literal(7)))
    assert with_age["?s :age ?n"] == ["c age 7"]
    assert with_age["?s :self ?y"] == ["c self c"]
    without = told(behind(small, text, s=B))
    assert without["?s :age ?n"] == without["?s :self ?y"] == "unbound"


def test_nobody_states_that_something_is_not_there(small: Store) -> None:
    text = """SELECT * { ?s :name ?n FILTER NOT EXISTS { ?s :age ?a } MINUS { ?s :self ?s }
        FILTER EXISTS { ?s :knows ?o . ?o :knows ?p } BIND (EXISTS { ?s :self ?q } AS ?has) }"""
    found = told(behind(small, text, s=A))
    assert found["FILTER NOT EXISTS { ?s :age ?a }"] == "absence"
    assert found["MINUS { ?s :self ?s }"] == "absence"
    assert found["?o :knows ?p"] == ["b knows c"]
    assert found["BIND (EXISTS { ?s :self ?q } AS ?has)"] == "condition"


def test_a_way_in_a_part_that_has_no_match_is_not_made_up(small: Store) -> None:
    text = "SELECT * { { ?s :knows ?o } UNION { ?s :self+ ?o } }"
    assert told(behind(small, text, s=A, o=B))["?s :self+ ?o"] == "unbound"


def test_of_several_ways_the_shortest_is_told() -> None:
    store, knows = Store(), NamedNode("http://one.example/knows")
    one, other, end = (NamedNode(f"urn:{name}") for name in "xyz")
    for first, last in ((one, other), (other, one), (other, end), (one, end)):
        store.add(Quad(first, knows, last))
    found = behind(store, "SELECT * { ?s :knows+ ?o }", s=one, o=end)
    assert [triple for told in found.patterns.values() for triple, _ in told.triples] == [
        (one, knows, end)
    ]
    between, last = NamedNode("urn:between"), NamedNode("urn:last")
    store.add(Quad(end, knows, between))
    store.add(Quad(between, knows, last))
    found = behind(store, "SELECT * { ?s :knows+ ?o }", s=one, o=last)
    assert len(found.patterns.popitem()[1].triples) == 3
    found = behind(store, "SELECT * { ?s :knows+ ?o }", s=one, o=one)
    assert len(found.patterns.popitem()[1].triples) == 2


def test_a_way_that_is_too_long_is_not_looked_for() -> None:
    store, knows = Store(), NamedNode("http://one.example/knows")
    ends = [NamedNode(f"urn:{number}") for number in range(203)]
    for one, other in pairwise(ends):
        store.add(Quad(one, knows, other))
    found = behind(store, "SELECT * { ?s :knows+ ?o }", s=ends[0], o=ends[-1])
    assert told(found) == {"?s :knows+ ?o": "spent"}


def test_a_sub_select_is_traced_by_what_it_gives(small: Store) -> None:
    text = """SELECT ?s ?n { { SELECT ?s (COUNT(?o) AS ?n) { ?s :knows ?o } GROUP BY ?s }
        ?s :age ?a VALUES ?a { 7 8 } } VALUES ?n { 1 }"""
    found = told(behind(small, text, s=C, n=Literal(1)))
    assert found == {"?s :knows ?o": ["c knows d"], "?s :age ?a": ["c age 7"]}


def test_groups_are_traced_so_deep_and_no_deeper(small: Store) -> None:
    text = "SELECT * { ?s :age 7 " + "FILTER EXISTS { ?s :knows ?o " * 5 + "} " * 5 + "}"
    assert len(behind(small, text, s=C).patterns) == 4


def test_no_more_solutions_are_traced_than_are_read(small: Store) -> None:
    trace = behind(small, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?x ?y ?z }", n=Literal(1))
    assert trace.more
    assert trace.solutions == SOLUTIONS


def test_a_row_that_is_not_in_the_answer_has_nothing_behind_it(small: Store) -> None:
    trace = behind(small, "SELECT * { ?s :age ?n }", s=A)
    assert (trace.solutions, trace.more, trace.patterns) == (0, False, {})
    assert behind(small, "SELECT * { ?s :likes ?n }", s=A, n=BlankNode()).solutions == 1


def test_what_is_not_taken_apart_is_said(small: Store) -> None:
    text = "SELECT * { ?s :age 7 . ?s ?p ?o {| ?a ?b |} OPTIONAL { ?x ?y ?z {| ?c ?d |} } }"
    assert "unread" not in told(behind(small, "SELECT * { ?s :age 7 }")).values()
    assert told(behind(small, text))["?s ?p ?o {| ?a ?b |}"] == "unread"


def test_too_much_is_not_looked_for(small: Store) -> None:
    query = tokens.scan(f"{PREFIX}SELECT * {{ ?s :knows+ ?o ; :age ?n }}")
    trace = traced(Bounded(small, 1), query, {"s": C})
    assert told(trace) == {"?s :knows+ ?o": "spent", "?s :age ?n": ["c age 7"]}
    with pytest.raises(LimitError):
        traced(Bounded(small, 0), query, {"s": C})


class Busy(Bounded):
    """Workers that have no time after the first query."""

    def query(self, *args: object, **values: object) -> object:  # type: ignore[override]
        try:
            return super().query(*args, **values)  # type: ignore[arg-type]
        except LimitError as error:
            raise LimitError(str(error), "busy") from error


def test_who_is_busy_is_asked_again_later(small: Store) -> None:
    query = tokens.scan(f"{PREFIX}SELECT * {{ ?s :knows+ ?o }}")
    with pytest.raises(LimitError):
        traced(Busy(small, 1), query, {"s": C})


@pytest.mark.parametrize(
    "text",
    ["DESCRIBE :a", "", "nonsense", "SELECT", "SELECT * {", "ASK", "ASK { OPTIONAL ?x }"],
)
def test_what_has_no_pattern_has_nothing_behind_it(small: Store, text: str) -> None:
    with pytest.raises(QueryError):
        behind(small, text)
