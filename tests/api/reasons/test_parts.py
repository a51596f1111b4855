"""A group taken apart and put together again matches the same."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import groupby
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, Store

from teixit import engine, paths, queries, tokens
from teixit.errors import RequestError
from teixit.reasons.outline import outline
from teixit.reasons.parts import joined, ordered, split
from teixit.tokens import Tokens

QUESTIONS = sorted(paths.QUESTIONS.glob("*.rq"))


def regrouped(query: Tokens) -> str:
    """The query, with its group taken apart and put together again."""
    found = outline(query)
    parts = joined(ordered(split(query, found.brace)))
    end = query.partners[found.brace]
    before, after = query.text[: query.starts[found.brace]], query.text[query.end(end) :]
    return f"{before}{{ {parts} }}{after}"


def answer(store: Store, text: str) -> object:
    """The answer, without the variables that stand for blank nodes."""
    found = engine.query(store, text)
    if isinstance(found, QueryBoolean):
        return bool(found)
    if not isinstance(found, QuerySolutions):
        return len([*found])
    names = sorted(
        name for variable in found.variables if not (name := variable.value).startswith("teixit_")
    )
    return Counter(tuple(str(row[name]) for name in names) for row in found)


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: file.stem)
def test_each_question_has_the_same_answer_when_it_is_put_together_again(
    store: Store, file: Path
) -> None:
    query = tokens.scan(queries.read(file).text)
    assert answer(store, query.text) == answer(store, regrouped(query))


QUERIES = [
    'SELECT * { ?s :name "Anna", "Anna"@ca ; :knows ?o, [ :name ?n ] . }',
    "SELECT * { [ :knows ?o ; ; ] :name ?n }",
    "SELECT ?n { _:x.y-z :name ?n . ?s ?p _:x.y-z }",
    "SELECT * { ?s :knows/:knows|^:likes ?o # a { comment\n . ?o (:knows)* ?x }",
    'SELECT * { ?s :name "a { } . b" . FILTER(STRLEN(?n) > 1) ?s :name ?n }',
    "SELECT * { { ?s :knows ?o } UNION { ?s :likes ?o } UNION { ?s :age ?o } ?s :name ?n }",
    "SELECT * { ?s :age ?n BIND(?n + 1 AS ?m) FILTER(?m = 8) VALUES ?s { :c :d } }",
    "SELECT * { GRAPH ?g { ?s :knows ?o ; :name ?n } ?g ?p ?v }",
    "SELECT * { GRAPH ?g { ?s :knows ?o FILTER(?s = :a) } }",
    "SELECT * { GRAPH ?g { } }",
    "SELECT * { { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s } ?s :age -7, +7, 7 }",
    "SELECT * { ?s :age 7 MINUS { ?s :name 'Bel'^^:type } OPTIONAL { ?s :knows ?o } }",
    "SELECT * { ?s !(:knows|^:name) ?o . ?s !a ?o . ?s :knows? ?x . ?s :knows+ ?y }",
    "SELECT ?x { ?x :list () . ?y :list (1 ?z [ :age 3 ]) . () :list true }",
    "SELECT * { ?s ^(:knows/:knows) ?o . ?s (^:knows)/(:name) ?n }",
    "CONSTRUCT { ?s :is ?o } WHERE { ?s :knows ?o ; :name ?n }",
    "CONSTRUCT WHERE { ?s :knows ?o ; :name ?n }",
    "ASK { :a :knows ?x . ?x :knows :c }",
    "SELECT * {}",
    "SELECT * { SELECT ?s { ?s :knows ?o } }",
    "SELECT * { [ :knows ?o ; :name ?n ] . [] :age ?a }",
    "SELECT * { << ?s :knows ?o >> :name ?n . ?s :knows ?o }",
    "BASE <http://two.example/> SELECT * FROM :g1 FROM NAMED :g2 { ?s :knows ?o }",
]


@pytest.mark.parametrize("text", QUERIES)
def test_each_way_to_write_a_group_has_the_same_answer(small: Store, text: str) -> None:
    query = tokens.scan(f"PREFIX : <http://one.example/>\n{text}")
    assert answer(small, query.text) == answer(small, regrouped(query))


def test_what_is_not_taken_apart_stays_as_it_is(small: Store) -> None:
    text = "SELECT * { ?s ?p _:b {| ?a ?b |} . _:b ?q ?r }"
    query = tokens.scan(text)
    [first, second] = split(query, outline(query).brace)
    assert first.pattern is None
    assert first.text == "?s ?p ?teixit_blank_b_ {| ?a ?b |} ."
    assert second.text == "?teixit_blank_b_ ?q ?r ."
    assert answer(small, text) == answer(small, regrouped(query))


def of_folder(folder: Path) -> Store:
    """All the data beside some queries, merged, and in a named graph too."""
    store = Store()
    for file in sorted({*folder.glob("*.ttl"), *folder.glob("*.rdf")} - {folder / "manifest.ttl"}):
        for graph in (DefaultGraph(), NamedNode(f"http://example.org/{file.name}")):
            with suppress(SyntaxError):
                store.load(path=file, base_iri="http://example.org/", to_graph=graph)
    return store


def test_the_queries_of_the_suites_have_the_same_answers(shared: Callable[[str], Path]) -> None:
    """Those that are right, and have the same answer each time."""
    files = sorted(shared("suites/rdf-tests/sparql").rglob("*.rq"))
    checked = found = 0
    for folder, named in groupby(files, key=lambda file: file.parent):
        store = of_folder(folder)
        for file in named:
            query = tokens.scan(file.read_text("utf-8"))
            try:
                expected, text = answer(store, query.text), regrouped(query)
            except RequestError:
                continue
            if answer(store, query.text) == expected:
                assert answer(store, text) == expected, file
                checked += 1
                found += bool(expected)
    assert checked > 300
    assert found > 200
