"""Why there is no answer."""

from collections.abc import Callable, Mapping

import pytest
from pyoxigraph import NamedNode, Quad, Store

from teixit import paths, queries, reasons
from teixit.errors import LimitError, QueryError
from teixit.explorer.wording import Wording
from teixit.languages import LANGUAGES
from teixit.queries import Found, Query, Remote
from teixit.reasons import bounded
from teixit.reasons.explaining import Why
from teixit.web.texts import foreign_names, messages

PREFIX = "PREFIX : <http://one.example/>\n"


def wording(language: str = "en") -> Wording:
    return Wording(language, messages(language), foreign_names())


def why(store: Store | Remote, text: str, language: str = "en") -> Why:
    return reasons.why(store, PREFIX + text, wording(language))


def empties(found: Why) -> list[str]:
    """The parts with which the first group has nothing left any more."""
    return [one.text for one in found.groups[-1] if one.so_far is False][:1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SELECT * { ?s :name ?n ; :knows ?o . ?o :age 9 . ?s :age 7 . ?o :likes ?x }",
            "?o :likes ?x",
        ),
        ("SELECT * { ?s :knows ?o FILTER(?s = ?o) }", "FILTER(?s = ?o)"),
        ("SELECT * { FILTER(?n > 10) ?s :age ?n }", "FILTER(?n > 10)"),
        ("SELECT * { ?s :age ?n MINUS { ?s :age ?n } }", "MINUS { ?s :age ?n }"),
        (
            "SELECT * { ?s :age ?n FILTER NOT EXISTS { ?s ?p ?o } }",
            "FILTER NOT EXISTS { ?s ?p ?o }",
        ),
        ("SELECT * { VALUES ?s { :x } ?s :age ?n }", "?s :age ?n"),
        ("SELECT * { ?s :age ?n } VALUES ?s { :x :y }", "VALUES ?s { :x :y }"),
        ("SELECT * { { ?s :x ?n } UNION { ?s :y ?n } }", "{ ?s :x ?n } UNION { ?s :y ?n }"),
        ("SELECT * { ?s :age ?n { ?s :knows ?o . ?s :x ?y } }", "?s :x ?y"),
        ("SELECT * { GRAPH :g1 { ?s :knows ?o FILTER(?o = :x) } }", "FILTER(?o = :x)"),
        ("SELECT * { GRAPH ?g { ?s :age 7 ; :likes ?o } }", "GRAPH ?g { ?s :likes ?o . }"),
        ("SELECT * { { SELECT ?s { ?s :knows ?o . ?o :x ?z } } ?s :age ?n }", "?o :x ?z"),
        (
            "SELECT * { { SELECT ?s { ?s :knows ?o } LIMIT 0 } ?s :age ?n }",
            "{ SELECT ?s { ?s :knows ?o } LIMIT 0 }",
        ),
        ("SELECT (COUNT(*) AS ?n) { ?s :x ?o }", "?s :x ?o"),
        ("SELECT ?s (COUNT(*) AS ?n) FROM :g1 { ?s :age ?o } GROUP BY ?s", "?s :age ?o"),
        ("ASK { :a :knows ?x . ?x :age ?y }", "?x :age ?y"),
        ("CONSTRUCT { ?s :is ?o } WHERE { ?s :x ?o }", "?s :x ?o"),
        ("SELECT * { OPTIONAL { ?s :age ?n } BIND (1 AS ?m) ?s :x ?m }", "?s :x ?m"),
    ],
)
def test_the_part_that_empties_an_answer_is_found(small: Store, text: str, expected: str) -> None:
    found = why(small, text)
    assert found.state == "empty"
    assert empties(found) == [expected]
    assert any(expected in sentence for sentence in found.told)
    assert len(found.tables[0].rows) == sum(map(len, found.groups))


def test_each_part_is_told_with_what_it_matches_alone_and_what_there_is_without(
    small: Store,
) -> None:
    [parts] = why(small, "SELECT * { ?s :age ?n ;\n :name ?o ;\n :x ?z }").groups
    assert [(one.line, one.alone, one.so_far, one.without) for one in parts] == [
        (2, 2, True, False),
        (3, 5, True, False),
        (4, 0, False, True),
    ]


def test_two_parts_can_be_to_blame_together(small: Store) -> None:
    text = "SELECT * { ?s :age ?n FILTER(?n > 10) FILTER(?n < 5) }"
    found = why(small, text)
    assert any("Without these two" in sentence for sentence in found.told)
    three = why(small, "SELECT * { ?s :age ?n FILTER(?n > 10) FILTER(?n < 5) FILTER(?n = 6) }")
    assert not any("Without these two" in sentence for sentence in three.told)
    [alone] = why(small, "SELECT * { FILTER(1 = 2) FILTER (2 = 3) }").groups
    assert [one.so_far for one in alone] == [False, False]


def test_a_great_count_is_told_as_great() -> None:
    store, knows = Store(), NamedNode("http://one.example/knows")
    for number in range(1001):
        store.add(Quad(NamedNode(f"urn:{number}"), knows, NamedNode("urn:x")))
    found = why(store, "SELECT * { ?s :knows ?o FILTER(?o = ?s) }")
    assert "> 1000" in found.told[0]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("SELECT * { ?s :age ?n }", "answered"),
        ("SELECT (COUNT(*) AS ?n) { ?s :age ?o }", "answered"),
        ("ASK { ?s :age ?o }", "answered"),
        ("CONSTRUCT WHERE { ?s :age ?o }", "answered"),
        ("SELECT * FROM :g3 { ?s :age ?n }", "answered"),
        ("SELECT * { ?s :age ?n } LIMIT 0", "modified"),
        ("SELECT ?s { ?s :age ?n } GROUP BY ?s HAVING (COUNT(*) > 5)", "modified"),
    ],
)
def test_what_is_not_empty_is_said_to_be_so(small: Store, text: str, state: str) -> None:
    found = why(small, text)
    assert (found.state, found.told, found.groups, found.mends) == (state, [], [], [])


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("SELECT * { ?s a :person }", ":person", ":Person"),
        ("SELECT * { ?s <https://one.example/Knows> ?o }", "<https://one.example/Knows>", ":knows"),
        ("SELECT * { ?s :knows/:nam ?o }", ":nam", ":name"),
        ("SELECT * { ?s :name 'anna' }", "'anna'", '"Anna"'),
        ("SELECT * { ?s :name 'Anna'@en }", "'Anna'@en", '"Anna"@ca'),
        ('SELECT * { ?s :age "7" }', '"7"', '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("SELECT * { ?s :name ?n FILTER(?n = 'bel') }", "'bel'", '"Bel"'),
        ("SELECT * { ?s :name ?n FILTER(?n = 'Anna'@en) }", "'Anna'@en", '"Anna"@ca'),
        (
            "SELECT * { ?s :age ?n FILTER(?n = '7'^^:number) }",
            "'7'^^:number",
            '"7"^^<http://www.w3.org/2001/XMLSchema#integer>',
        ),
        ("SELECT * { ?s :age ?n ; ^:knows ?o . ?o :likes ?x . ?s :name 'Bel' }", "", ""),
        ("SELECT * { :d :knows ?o }", ":knows", "^:knows"),
        ("SELECT * { :a ^:knows ?o }", "^:knows", ":knows"),
        ("SELECT * { :d :knows+ ?o }", ":knows+", "^(:knows+)"),
        ("SELECT * { ?s :knows :B , ?o }", "", ""),
    ],
)
def test_how_a_query_may_have_been_meant(small: Store, text: str, before: str, after: str) -> None:
    found = why(small, text)
    proposed = [(mend.before, mend.after) for mend in found.mends if mend.answers]
    assert (before, after) in proposed or not before
    for mend in found.mends:
        assert (why(small, mend.query.removeprefix(PREFIX)).state == "answered") == mend.answers


def test_no_more_mends_are_proposed_than_are_read(small: Store) -> None:
    text = "SELECT * { ?s :name 'anna' , 'bel' , 'carme' ; :nam ?x ; a :person }"
    assert len(why(small, text).mends) == 4


def test_a_query_that_is_as_deep_as_may_be_is_not_taken_apart(small: Store) -> None:
    found = why(small, f"SELECT * {'{ ' * 59}?s :x ?o {'} ' * 59}")
    assert (found.state, found.groups) == ("unknown", [])


def test_things_of_the_graph_are_proposed_by_their_names(store: Store) -> None:
    text = """SELECT * { ?p <https://w3id.org/teixit/def#locatedIn>
        <https://w3id.org/teixit/id/district-3> }"""
    found = why(store, text)
    assert found.mends[0].after == "<https://w3id.org/teixit/id/district-03>"


def test_what_a_filter_was_asked_of_is_shown(small: Store) -> None:
    [example] = why(small, "SELECT * { ?s :age ?n FILTER(?n > 10) }").examples
    assert example.text == "FILTER(?n > 10)"
    assert sorted(value for row in example.values for _, value in row) == [
        f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>' for number in (7, 9)
    ]
    [silent] = why(small, "SELECT * { ?s :age ?n FILTER(1 = 2) }").examples
    assert silent.values == []


@pytest.mark.parametrize(
    "query", [*queries.catalogue(paths.QUESTIONS)], ids=lambda query: query.name
)
def test_each_question_has_an_answer_or_a_reason(store: Store, query: Query) -> None:
    found = reasons.why(store, query.text, wording("ca"))
    assert found.state == "answered" or (found.state == "empty" and found.told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_each_language(small: Store, language: str) -> None:
    found = why(small, "SELECT * { ?s :x ?n FILTER(?n > 1) }", language)
    assert found.title == messages(language)["why.title"]
    assert all("{" not in sentence for sentence in found.told)


@pytest.mark.parametrize(
    "text",
    ["DESCRIBE :a", "", "nonsense", "SELECT * { ?s ?p }", "SELECT * { ?s ?p ?o", "SELECT ?x"],
)
def test_what_cannot_be_taken_apart_is_refused(small: Store, text: str) -> None:
    with pytest.raises(QueryError):
        why(small, text)


@pytest.mark.parametrize(
    "text", ["{" * 5000 + "}" * 5000, "{ ?s ?p " + "[ ?p " * 5000 + "]" * 5000 + "}"]
)
def test_what_is_too_deep_is_not_taken_apart(small: Store, text: str) -> None:
    with pytest.raises(QueryError, match="levels of brackets"):
        why(small, f"ASK {text}")
    with pytest.raises(QueryError, match="levels of brackets"):
        reasons.who(small, f"ASK {text}", {}, wording())


def test_an_error_has_its_place_in_the_query_as_it_was_written(small: Store) -> None:
    with pytest.raises(QueryError, match="line 3") as refused:
        why(small, "SELECT ?s FROM :g1 {\n ?s ?p }")
    assert refused.value.line == 3


class Weak:
    """Workers that give up on some queries, or after some."""

    def __init__(
        self, store: Store, too_much: str = "", reason: str = "time", most: int = 1000
    ) -> None:
        self._store, self._too_much, self._reason = store, too_much, reason
        self._left = most

    def query(self, text: str, **asked: object) -> Found:
        self._left -= 1
        if self._left < 0 or (self._too_much and self._too_much in text):
            raise LimitError("too much", self._reason)
        values = asked.get("values")
        assert values is None or isinstance(values, Mapping)
        return bounded.Bounded(self._store).query(text, values=values)


EMPTY = "SELECT * { ?s :name ?n ; :age ?a . ?s :nam ?z FILTER(?n = 'x' && ?a > 10) }"
FILTERED = "SELECT * { ?s :name ?n ; :age ?a . FILTER(?n = 'bel' && ?a > 10) }"


@pytest.mark.parametrize("too_much", ["ASK", "COUNT(*)", "teixit_text", "DISTINCT", ":nam"])
def test_what_takes_too_much_is_left_out(small: Store, too_much: str) -> None:
    for text in (EMPTY, FILTERED):
        assert why(Weak(small, too_much), text).state in {"unknown", "empty"}
        with pytest.raises(LimitError, match="too much"):
            why(Weak(small, too_much, "busy"), text if too_much != "teixit_text" else FILTERED)


@pytest.mark.parametrize("text", [EMPTY, FILTERED])
def test_no_more_is_asked_than_is_allowed(small: Store, text: str) -> None:
    whole = why(small, text)
    for most in range(1, 30):
        found = why(Weak(small, most=most), text)
        assert found.state == ("empty" if most > 1 else "unknown")
        assert set(found.told) <= {*whole.told} or most < 9
        assert len(found.mends) <= len(whole.mends)
    assert why(Weak(small, most=60), text) == whole


def test_a_graph_behind_another_server_is_asked_in_the_same_way(
    small: Store, elsewhere: Callable[[Store], Remote]
) -> None:
    assert why(elsewhere(small), EMPTY) == why(small, EMPTY)
