import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from teixit import guard, queries, tokens
from teixit.errors import QueryError, RefusedError, RequestError, TooLargeError

ELSEWHERE = "<http://elsewhere.example/sparql>"
#: As the workers have it.
STACK = 256 * 1024 * 1024
HOSTILE = Path(__file__).parents[3] / "shared" / "checks" / "hostile"

CALLS = [
    f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service silent {ELSEWHERE}{{ ?s ?p ?o }} }}",
    "SELECT * { VALUES ?u { <urn:x> } SERVICE ?u { ?s ?p ?o } }",
    "PREFIX : <urn:x:> ASK { SERVICE:a {} }",
    "PREFIX x: <urn:x:> ASK { SERVICEx:a {} }",
    "PREFIX x: <urn:x:> ASK { SERVICEsilentx:a {} }",
    f"ASK {{ SERVICESILENT{ELSEWHERE}{{}} }}",
    f"ASK {{ ?s ?p 1SERVICE {ELSEWHERE} {{}} }}",
    f"ASK {{ ?s ?p 1.e5SERVICE {ELSEWHERE} {{}} }}",
    f"ASK {{ ?s ?p trueSERVICE {ELSEWHERE} {{}} }}",
    f"ASK {{ ?s ?p 'a'@enSERVICE SERVICE {ELSEWHERE} {{}} }}",
    f"ASK {{ SERVICE # where?\n {ELSEWHERE} {{}} }}",
    f"ASK {{ ?s ?p x:a\\# SERVICE {ELSEWHERE} {{}} }}",
    "ASK { FILTER(?a<?b)SERVICE?u#>\n{ ?s ?p ?o } }",
    f"ASK {{ FILTER('a'<'x>') SERVICE {ELSEWHERE} {{}} FILTER('y'='y') }}",
    f"ASK {{ FILTER(1<#>'''\n2) SERVICE {ELSEWHERE} {{}} #'''\n }}",
    f"ASK {{ FILTER(1<<'>') SERVICE {ELSEWHERE} {{}} FILTER('y'='y') }}",
    f"ASK {{ SERVICE <{'x' * 500}> {{}} }}",
    f"ASK {{ {'{} ' * 300} SERVICE {ELSEWHERE} {{}} }}",
]


def check(query: str, *allowed: str) -> None:
    guard.check(tokens.scan(query), frozenset(allowed))


@pytest.mark.parametrize("query", CALLS)
def test_a_call_to_another_server_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(RefusedError, match="SERVICE is refused"):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?x { ?service ?p ?x }",
        "SELECT * { ?s a <http://other.example/service#Thing> }",
        "PREFIX service: <urn:x:> SELECT * { ?s service:of ?o }",
        "PREFIX service: <urn:x:> SELECT * { GRAPH service:of { ?s ?p ?o } }",
        "PREFIX x: <urn:x:> SELECT * { ?s x:service ?o { ?o ?p ?q } }",
        "# Each SERVICE ?x { } of the city\nSELECT * { ?s ?p 'a SERVICE ?x {' }",
        "# it's said\nSELECT * { ?s <http://a/o'b> '''SERVICE ?x {''' }",
        "BASE <http://service/> SELECT * { ?s <#p> ?o }",
    ],
)
def test_the_word_alone_is_not_refused(query: str) -> None:
    check(query)


def test_the_line_is_named() -> None:
    with pytest.raises(RefusedError, match=r"^line 3: "):
        check("ASK {\n\n SERVICE ?u {} }")


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_a_server_on_the_list_may_be_asked(silent: str) -> None:
    check(f"ASK {{ SERVICE {silent}<http://a/> {{ ?s ?p ?o }} }}", "http://a/")


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <http://b/> {} }",
        "ASK { SERVICE ?a {} }",
        "ASK { SERVICE <http://a/> {} SERVICE <http://b/> {} }",
        "BASE <http://a/> ASK { SERVICE <> {} }",
        "PREFIX x: <http://a/> ASK { SERVICE x: {} }",
        "ASK { FILTER('a'<'x>') SERVICE <http://a/> {} FILTER('y'='y') }",
        "ASK { SERVICE",
    ],
)
def test_a_server_not_on_the_list_is_refused(query: str) -> None:
    with pytest.raises(RefusedError):
        check(query, "http://a/")


def nested(before: str, opening: str, inner: str, closing: str, after: str) -> tuple[str, ...]:
    return before, opening, inner, closing, after


#: What the engine takes apart level by level.
NESTS = {
    "groups": nested("SELECT * ", "{", "?s ?p ?o", "}", ""),
    "selects": nested("SELECT * ", "{SELECT * ", "{}", "}", ""),
    "optionals": nested("SELECT * {", "OPTIONAL{?s ?p ?o ", "", "}", "}"),
    "graphs": nested("SELECT * {", "GRAPH ?g{", "?s ?p ?o", "}", "}"),
    "exists": nested("SELECT * {", "?s ?p ?o FILTER EXISTS{", "?s ?p ?o", "}", "}"),
    "functions": nested("SELECT (", "STR(", "1", ")", " AS ?x){}"),
    "brackets": nested("SELECT (", "(1+", "1", ")", " AS ?x){}"),
    "negations": nested("SELECT (", "!(", "1", ")", " AS ?x){}"),
    "nodes": nested("SELECT * {?s ?p ", "[<urn:p> ", "?o", "]", "}"),
    "lists": nested("SELECT * {?s ?p ", "(", "?o", ")", "}"),
    "triple terms": nested("SELECT * {?s ?p ", "<<(<urn:a> <urn:b> ", "1", ")>>", "}"),
    "reifiers": nested("SELECT * {?s ?p ", "<<<urn:a> <urn:b> ", "1", ">>", "}"),
    "annotations": nested("SELECT * {?s ?p ?o ", "{|<urn:b> 1", "", "|}", "}"),
    "paths": nested("SELECT * {?s ", "(", "<urn:p>", ")", " ?o}"),
    "steps": nested("SELECT * {?s ", "^(", "<urn:p>", ")*", " ?o}"),
    "hidden in a comparison": nested("SELECT (?a<b:", "(", "1", ")", ">2 AS ?x){}"),
    "data": nested("SELECT * {VALUES ?x {", "<<(<urn:a> <urn:b> ", "1", ")>>", "}}"),
}
#: What the engine makes a tree of that is as deep as it is long.
CHAINS = {
    "or": ("SELECT * {?s ?p ?o FILTER(", "?o ||", "?o)}"),
    "plus": ("SELECT (1", "+1", " AS ?x){}"),
    "minus": ("SELECT (1", "-1", " AS ?x){}"),
    "minus after a prefix": ("PREFIX x: <urn:x> SELECT (x:", "-1", " AS ?x){}"),
    "minus between truths": ("SELECT (true", "-true", " AS ?x){}"),
    "minus in a comparison": ("SELECT (?a<b:", "-c:", ">2 AS ?x){}"),
    "product": ("SELECT (1", " * 1", " AS ?x){}"),
    "negation": ("SELECT (", "!", "1 AS ?x){}"),
    "union": ("SELECT * {{}", "UNION{?s ?p ?o}", "}"),
    "optional": ("SELECT * {", "OPTIONAL{?s ?p ?o}", "}"),
    "bind": ("SELECT * {", "BIND(?x AS ?y)", "}"),
    "filter": ("SELECT * {", "FILTER isIRI(?x)", "}"),
    "values": ("SELECT * {", "VALUES ?x {1}", "}"),
    "sequence": ("ASK {?s <urn:p>", "/<urn:p>", " ?o}"),
    "sequence in a comparison": ("PREFIX b: <urn:b> ASK {?s ?p<b:c", "/b:c", "> ?o}"),
    "alternative": ("ASK {?s <urn:p>", "|<urn:p>", " ?o}"),
    "selected": ("SELECT ", "(1 AS ?x)", "{}"),
    "sorted": ("SELECT * {} ORDER BY ", "(1)", ""),
    "nodes": ("SELECT * {", "[] ?p ?o . ", "}"),
}
#: Of these joins the engine's planner takes minutes, and no stack: a worker's time ends it. They
#: get a mistake at their end, so that only the parser sees them.
PLANNED = {"values", "sequence", "nodes", "union", "optional"}


@pytest.mark.parametrize("name", NESTS)
def test_what_nests_too_deep_is_refused(name: str) -> None:
    before, opening, inner, closing, after = NESTS[name]
    for depth in (61, 10_000):
        query = before + opening * depth + inner + closing * depth + after
        with pytest.raises((QueryError, TooLargeError), match="at most"):
            check(query[: guard.BYTES - 1])


@pytest.mark.parametrize("name", CHAINS)
def test_what_is_too_long_a_chain_is_refused(name: str) -> None:
    before, link, after = CHAINS[name]
    with pytest.raises(QueryError, match="at most 400 operators and brackets"):
        check(before + link * 10_000 + after)


def on_a_deep_stack(query: str) -> None:
    """Let the engine have *query* on a stack like that of the workers; if it dies, so do we."""

    def ask() -> None:
        with queries.client_to_blame(query):
            list(Store().query(query))

    size = threading.stack_size(STACK)
    try:
        thread = threading.Thread(target=lambda: _quietly(ask))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)


def _quietly(ask: Callable[[], None]) -> None:
    try:
        ask()
    except (QueryError, TypeError):  # it need not be SPARQL; ASK is no list
        return


def passing() -> Iterator[str]:
    """The deepest and the longest queries of each kind that may pass."""
    for before, opening, inner, closing, after in NESTS.values():
        for depth in range(guard.DEPTH, 0, -1):
            query = before + opening * depth + inner + closing * depth + after
            if passes(query):
                yield query
                break
    for name, (before, link, after) in CHAINS.items():
        for length in range(guard.OPERATORS, 0, -7):
            if passes(query := before + link * length + after):
                yield f"{query} %" if name in PLANNED else query
                break


def passes(query: str) -> bool:
    try:
        check(query)
    except RequestError:
        return False
    return True


def test_the_engine_survives_the_most_that_passes() -> None:
    queries_ = list(passing())
    assert len(queries_) == len(NESTS) + len(CHAINS)
    for query in queries_:
        on_a_deep_stack(query)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ VALUES ?x {{ {'1 ' * 20_000} }} }}",
        f"SELECT * {{ VALUES ?x {{ {'-1 ' * 20_000} }} }}",
        f"SELECT * {{ VALUES (?x ?y) {{ {'(1 -2) ' * 20_000} }} }}",
        f"SELECT * {{ VALUES (?x ?y) {{ {'(1 2) ' * 9_000} }} FILTER(?x = 1) }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({','.join(['-1'] * 20_000)})) }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({','.join(['<http://a/b#c>'] * 9_000)})) }}",
        f"SELECT * {{ {'?s <http://example.org/long-name#p> ?o . ' * 300} }}",
        f"SELECT * {{ {'?s <urn:p> ?o . ' * 300} }}",
        f"SELECT * {{ {'?s a ?o ; <p> ?o . ' * 300} }}",
        f"SELECT * {{ ?s ?p '''{'((' * 500}''' }} # {'((' * 500}",
        f"SELECT * {{ ?s ?p <http://a/{'((' * 500}> }}",
        f"SELECT * {{ {'OPTIONAL { ?s ?p ?o } ' * 150} }}",
        "SELECT * {} }" + ") " * 500,
    ],
)
def test_long_queries_are_fine(query: str) -> None:
    check(query)


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ FILTER('a'<'x>' && {'(' * 100}1{')' * 100}) FILTER('y'='y') }}",
        f"ASK {{ FILTER(1<#>'''\n{'(' * 100}1{')' * 100}) #'''\n }}",
        f"ASK {{ FILTER(1<<'>' && {'(' * 100}1{')' * 100}) FILTER('y'='y') }}",
    ],
)
def test_a_comparison_that_looks_like_an_iri_hides_nothing(query: str) -> None:
    with pytest.raises(QueryError, match="can be read as a comparison and as the start of an IRI"):
        check(query)


@pytest.mark.parametrize("quote", ["'''", '"""'])
def test_a_string_without_end_hides_nothing(quote: str) -> None:
    text = f"SELECT * {{VALUES ?x {{ {quote}a{quote[0]}#\\q\n }} {'(' * 100} #{quote}"
    with pytest.raises(QueryError, match="line 1, column 23: the string that begins here") as found:
        check(text)
    assert (found.value.line, found.value.column) == (1, 23)
    with pytest.raises(QueryError, match="has no end"):
        check(f"ASK {{VALUES ?x {{ {quote}a{quote[0]}#\\q\n }} SERVICE ?x {{}} #{quote}")


def test_the_place_of_what_is_too_much_is_said() -> None:
    with pytest.raises(QueryError, match="line 2, column 61: ") as found:
        check(f"ASK\n{'{' * 100}")
    assert (found.value.line, found.value.column) == (2, 61)


@pytest.mark.parametrize("letter", ["x", "é"])
def test_a_query_has_at_most_256_kilobytes(letter: str) -> None:
    longest = (guard.BYTES - 6) // (1 if letter != "é" else 2)
    check("ASK{}#" + letter * longest)
    with pytest.raises(TooLargeError, match="at most 256 kB"):
        check("ASK{}#" + letter * (longest + 1))


def test_half_a_character_is_no_text() -> None:
    with pytest.raises(QueryError, match="half a character"):
        check("ASK {} #\ud800")


@given(st.lists(st.sampled_from([*"<>'\"#\\(){}[]?:.|&!=+-*/ \na1", "SERVICE", "VALUES", "'''"])))
def test_any_text_is_judged(pieces: list[str]) -> None:
    text = "".join(pieces)
    for long in (text, text * (20_000 // (len(text) + 1))):
        assert passes(long) in {True, False}


def test_the_check_of_the_longest_texts_is_quick() -> None:
    for piece in (
        "(",
        "<a'",
        "<<",
        "?a<b:",
        "x:a ",
        "SERVICE",
        "service:",
        "VALUES{",
        "1 -",
        "'''",
    ):
        begun = time.monotonic()
        passes(piece * (guard.BYTES // len(piece)))
        assert time.monotonic() - begun < 20, piece  # what is quadratic takes minutes


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="../shared/checks/hostile is not here")
@pytest.mark.parametrize("number", ["049", "055", "057", "059", "061", "063", "065", "067", "069"])
def test_the_hostile_queries_are_refused(number: str) -> None:
    (file,) = HOSTILE.glob(f"{number}-*.rq")
    with pytest.raises(QueryError, match="at most"):
        check(file.read_text("utf-8"))
